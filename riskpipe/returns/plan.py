"""What a return sheet shows, before anybody writes it: a cover and the pages with their marks.

Everything in a plan may be told: its texts are masked, its blanks are blank. The two writers
(copying.py on the sender's own workbook, rebuilding.py from nothing) take it as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from riskpipe.intake.grid import Merge


class Tone(StrEnum):
    """What a mark says of its cell: wrong (red), to be looked at (yellow), or a remark only."""

    WRONG = "wrong"
    LOOK = "look"
    REMARK = "remark"


@dataclass(frozen=True)
class Mark:
    """A cell to colour and to comment. Row and column count from 1, in the grid's own columns."""

    row: int
    column: int
    tone: Tone
    text: str


@dataclass(frozen=True)
class Page:
    """One sheet as it goes back: row i of `cells` is the sheet's row `first_row` + i.

    `source` is its name in the delivered workbook, `reasons` what the added column says by
    row, `headings` the heading rows (first, last) of its tables.
    """

    name: str
    source: str
    cells: pa.Table
    first_row: int
    merges: tuple[Merge, ...]
    marks: tuple[Mark, ...]
    reasons: Mapping[int, str]
    headings: tuple[tuple[int, int], ...]
    reason_column: int

    @property
    def is_marked(self) -> bool:
        """Whether anything on it has to be put right."""
        return any(mark.tone is Tone.WRONG for mark in self.marks)


@dataclass(frozen=True)
class Line:
    """A line of the cover; `style` is title, text, head, row, item, step or warning."""

    style: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The whole: `words` are those of returns.toml that the writers put down themselves."""

    cover: tuple[Line, ...]
    pages: tuple[Page, ...]
    epoch_1904: bool
    words: Mapping[str, str]
