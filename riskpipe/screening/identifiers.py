"""Numbers that are names (编号, 单号, 文号): one spelling of each, and none that lost its digits.

A text column goes in; invisible marks, full-width forms, blanks, the marks of "this is text" (a
leading apostrophe, ="00123") and the point that a number cell gained (2026001.0) are gone from
what comes out. 1.38E+10 has lost its digits and is bad: nobody can say which number it was.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.text import fold

NUMBERED = "^[!-~]+$"
ODD = r"^['`\"=]|\"$|\.0+$|[eE]"
GUARDED = r"^=\"(.*)\"$|^\"(.*)\"$|^['’‘`](.+)$"
POINTED = r"^(\d+)\.0+$"
SCIENTIFIC = r"^-?\d(?:\.\d+[eE]\+?|[eE]\+)\d+$"


def identified(text: pa.Array) -> tuple[pa.Array, np.ndarray]:
    """The numbers tidied, null where blank or bad, and where they are bad."""
    whole = _all(text, NUMBERED)
    if whole and not pc.any(pc.match_substring_regex(text, ODD)).as_py():
        return text, np.zeros(len(text), dtype=bool)
    tidied = text if whole else pc.replace_substring_regex(fold(text), r"\s+", "")
    tidied = pc.replace_substring_regex(tidied, GUARDED, r"\1\2\3")
    tidied = pc.replace_substring_regex(tidied, POINTED, r"\1")
    bad = np.asarray(pc.fill_null(pc.match_substring_regex(tidied, SCIENTIFIC), False))
    is_gone = pc.or_(pa.array(bad), pc.fill_null(pc.equal(tidied, ""), False))
    return pc.if_else(is_gone, pa.scalar(None, pa.string()), tidied), bad


def _all(text: pa.Array, pattern: str) -> bool:
    return pc.all(pc.match_substring_regex(text, pattern), skip_nulls=True).as_py() is not False
