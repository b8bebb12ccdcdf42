"""Which members can be linked at all, and by what key: whole columns in, whole columns out.

Most reports share nothing with any other. Arrow finds the few that do, so that the loops of
links.py see only them. What a shared key means, and which report leads, is settled there.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.text import fold

NOT_LETTERS: Final = r"[^\p{L}\p{N}]+"
HOUSE: Final = r"\p{N}|[一二三四五六七八九十百]+[号弄栋幢座楼组队]"
"""A street alone holds many hazards: an address is compared only when it names a house."""

CITIZENS: Final = "群众举报"
"""The origin of a finding that answers a tip-off."""


def plain(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Texts as they are compared: folded, lower case, letters and digits only."""
    return pc.replace_substring_regex(pc.utf8_lower(fold(texts)), NOT_LETTERS, "")


def often(keys: pa.Array) -> pa.Array:
    """The keys that stand more than once."""
    counts = pc.value_counts(keys.drop_null())
    return counts.field("values").filter(pc.greater(counts.field("counts"), 1))


def keys_of(members: pa.Table, column: str, min_letters: int, nameless: Iterable[str]) -> pa.Array:
    """Per member `street|sub-category|text` in comparing form; null where nothing is comparable."""
    text = plain(members[column])
    is_good = pc.greater_equal(pc.utf8_length(text), min_letters)
    is_good = pc.and_kleene(is_good, pc.invert(pc.is_in(text, pa.array(sorted(nameless)))))
    if column == "address":
        is_good = pc.and_kleene(is_good, pc.match_substring_regex(text, HOUSE))
    key = pc.binary_join_element_wise(
        members["street"].combine_chunks(), members["subcategory"].combine_chunks(), text, "|"
    )
    return pc.if_else(pc.fill_null(is_good, False), key, pa.scalar(None, pa.string()))


def may_join(members: pa.Table, keys: Mapping[str, pa.Array]) -> pa.Array:
    """Which members can be linked to another at all: by a number on either side or by a key.

    A key joins tip-offs, and a finding that answers one; other findings never look at it.
    """
    number = members["member_no"].combine_chunks()
    named = [members[name].combine_chunks() for name in ("merged_no", "source_no", "cited_no")]
    result = pc.is_in(number, pa.concat_arrays(named).drop_null())
    for column in named:
        result = pc.or_(result, pc.is_in(column, pc.drop_null(number)))
    is_tipoff = pc.equal(members["member_kind"].combine_chunks(), "tipoff")
    is_answer = pc.fill_null(pc.equal(members["origin"].combine_chunks(), CITIZENS), False)
    may_match = pc.or_(is_tipoff, is_answer)
    for key in keys.values():
        shares = pc.and_(pc.is_valid(key), pc.is_in(key, often(key.filter(may_match))))
        result = pc.or_(result, pc.and_(may_match, shares))
    return result
