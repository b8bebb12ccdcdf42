"""Styles of the sender's cells in another workbook, each made once.

Two cells go in, the second then looks like the first. Names inside a style (fonts, number
formats) are texts too: one that may not be told is replaced. Runs inside the limited child.
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.fills import FILL_NONE

from riskpipe.returns.appearance import FILLS, FONT
from riskpipe.returns.telling import Teller

GENERAL = "General"
OURS = frozenset(FILLS.values())


def styles(teller: Teller) -> Callable[[Any, Any], None]:
    """A function that gives a cell or column of one new workbook the style of one of another."""
    known: dict[tuple[int, ...], Any] = {}

    def style(old: Any, new: Any) -> None:
        # openpyxl has no other word for "the same style": setting five properties of a
        # hundred thousand cells takes a minute, this a second.
        key = tuple(old._style)  # noqa: SLF001
        if key not in known:
            _restyle(old, new, teller)
            known[key] = copy(new._style)  # noqa: SLF001
        else:
            new._style = copy(known[key])  # noqa: SLF001

    return style


def _restyle(old: Any, new: Any, teller: Teller) -> None:
    new.font = _font(old.font, teller)
    new.fill = PatternFill(FILL_NONE) if is_our_fill(old.fill) else copy(old.fill)
    new.border = copy(old.border)
    new.alignment = copy(old.alignment)
    written = old.number_format
    new.number_format = written if teller(written) == written else GENERAL


def _font(old: Font, teller: Teller) -> Font:
    font = copy(old)
    if font.name and teller(font.name) != font.name:
        font.name = FONT
    return font


def is_our_fill(fill: Any) -> bool:
    """A colour an earlier return sheet put there; the sender has seen to the cell since.

    Office programs write another transparency before the same colour.
    """
    colour = getattr(fill, "fgColor", None)
    return isinstance(colour, Color) and str(colour.rgb)[-6:] in OURS
