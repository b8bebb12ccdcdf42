"""Rows of a text file that are no whole record, and quotes that swallowed some.

A row with filled cells beyond the headings had a bare delimiter inside a cell: which of its
cells are displaced cannot be told, so it is broken. Blank ones beyond them do no harm, unless
the row's cells look like those of the other rows only when moved back (its last cells were
blank, and the bare delimiter pushed them out). A shorter row is one whose last cells are
blank (Excel leaves their delimiters out) — unless it and the row after it together make one
row and only the first begins as rows do: a bare line break cut it in two, and both are broken.
A lost closing quote makes one cell of whole rows; each of them still has its delimiters, by
which the file is refused.
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.intake.grid import Refusal

SURE_WIDTH = 6
"""From so many columns on one swallowed row is proof; delimiters in fewer may be prose."""
SURE_ROWS = 3
SAMPLED = 200
CLEARLY = 2
KINDS = (
    ("", re.compile("")),
    ("day", re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月].*")),
    ("figure", re.compile(r"[\d.,%+-]+")),
    ("code", re.compile("[!-~]+")),
    ("word", re.compile("[\u3400-\u9fff（）]{1,6}")),
)
"""What a cell looks like; anything longer is text."""


def broken_rows(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Numbers, from 1, of the rows that are no whole record."""
    head = heading_of(rows)
    width = len(rows[head]) if rows else 0
    usual = _usual_kinds([row for row in rows[head + 1 :] if len(row) == width][:SAMPLED], width)
    broken: set[int] = set()
    for at in range(head + 1, len(rows)):
        if any(cell.strip() for cell in rows[at][width:]) or _is_pushed(rows[at], usual):
            broken.add(at + 1)
        elif at + 1 < len(rows) and _are_halves(rows[at], rows[at + 1], usual):
            broken |= {at + 1, at + 2}
    return tuple(sorted(broken))


def _usual_kinds(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """What the cells of each column mostly look like."""
    return [
        Counter(_kind(row[place]) for row in rows).most_common(1)[0][0] if rows else ""
        for place in range(width)
    ]


def _kind(cell: str) -> str:
    return next((kind for kind, shape in KINDS if shape.fullmatch(cell.strip())), "text")


def _is_pushed(row: Sequence[str], usual: Sequence[str]) -> bool:
    """Whether the cells from some place on fit the columns clearly better when moved back."""
    extra = len(row) - len(usual)
    if extra <= 0:
        return False
    kinds = [_kind(cell) for cell in row]
    fits = [one == other for one, other in zip(kinds, usual, strict=False)]
    moved = [one == other for one, other in zip(kinds[extra:], usual, strict=False)]
    return any(
        sum(moved[place + 1 :]) - sum(fits[place + 1 :]) >= CLEARLY
        for place in range(len(usual))
        if all(kinds[place : place + extra + 1])  # the pieces of the cell that was cut
    )


def _are_halves(one: Sequence[str], other: Sequence[str], usual: Sequence[str]) -> bool:
    """A row cut inside a cell: it begins as rows do, what follows does not, and the cell counts twice."""
    width = len(usual)
    if not (0 < len(one) < width and len(other) < width and len(one) + len(other) == width + 1):
        return False
    return _kind(one[0]) == usual[0] != _kind(other[0])


def heading_of(rows: Sequence[Sequence[str]]) -> int:
    """The place of the first row that fills at least half of what the fullest row fills."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    most = max(filled, default=0)
    return next((at for at, count in enumerate(filled) if count and 2 * count >= most), 0)


def refuse_swallowed(cells: pa.Table, sizes: Sequence[int], width: int, delimiter: str) -> None:
    """Raise Refusal (quotes) where a cell holds the end of one row and the start of another.

    `sizes` are how many cells each row has, `width` how many the headings.
    """
    for place, column in enumerate(cells.columns):
        for row in _broken_over_lines(column, delimiter):
            # A row that lost its end to this cell has as many cells fewer as the cell ends later.
            last = place + width - sizes[row]
            if _are_rows(column[row].as_py(), place, last, width, delimiter):
                raise Refusal("quotes", {})


def _broken_over_lines(column: pa.ChunkedArray, delimiter: str) -> list[int]:
    """Rows whose cell has a line break and a delimiter."""
    lines = pc.match_substring_regex(column, "[\r\n]")
    both = pc.and_(lines, pc.match_substring(column, delimiter))
    return np.flatnonzero(np.asarray(pc.fill_null(both, False))).tolist()


def _are_rows(cell: str, place: int, last: int, width: int, delimiter: str) -> bool:
    """The rest of a row from its cell `place` on, perhaps whole rows, one up to its cell `last`."""
    counts = [line.count(delimiter) for line in cell.splitlines()]
    if len(counts) < 2:
        return False
    opens, *whole, ends = counts
    if opens != width - 1 - place or ends != last or any(count != width - 1 for count in whole):
        return False
    return len(whole) >= SURE_ROWS or width >= SURE_WIDTH
