"""Candidate heading rows: what the first rows of a grid would call each column.

A grid goes in, `Block`s come out: runs of one to five rows in which known headings stand, with
every column's names from the lowest row up. Merged parents are spread over their children,
sub-headings that no layout knows hang under their parent, a row that only numbers the columns is
passed over. Which layout fits is heading.py's question.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from riskpipe.intake.formulas import written_out
from riskpipe.intake.grid import Grid
from riskpipe.intake.layout import Layouts, plain

SEARCHED_ROWS = 40
DEEPEST = 5
FEWEST_KNOWN = 2
"""A further heading row adds at least so many known headings; one could be a cell of data."""
FEWEST_NUMBERED = 3
DIGIT = re.compile(r"\d")
UNIT_CELL = re.compile(r"[(（].{1,6}[)）]")
ORDINALS = "甲乙丙丁戊"
"""Printed forms number their text columns 甲 乙 丙 and their figures 1 2 3 in one row."""

Rows = list[list[str]]


@dataclass(frozen=True)
class Block:
    """Rows (places in the grid, both included) taken as headings; `rows` is their own text."""

    first: int
    last: int
    names: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    written: tuple[int, ...]
    """Where each column's lowest heading stands: under one merged across, in another column."""

    def is_ambiguous(self, column: int, others: Iterable[int]) -> bool:
        """Whether another column has the same lowest heading, typed again under another parent."""
        child, *parents = self.names[column]
        return any(
            self.written[other] != self.written[column]
            and self.names[other][1:] != tuple(parents)
            and plain(self.names[other][0]) == plain(child)
            for other in others
            if self.names[other]
        )


def head_of(grid: Grid, at: int, count: int) -> Rows:
    """`count` rows from place `at` as text, blank as "", formula headings written out."""
    top = grid.cells.slice(at, count)
    columns = [column.to_pylist() for column in top.columns]
    head = [[column[row] or "" for column in columns] for row in range(top.num_rows)]
    for (row, column), text in written_out(grid, at, at + len(head) - 1).items():
        if column < grid.cells.num_columns:
            head[row - at][column] = text
    return head


def blocks(head: Rows, at: int, grid: Grid, layouts: Layouts) -> list[Block]:
    """Every run of rows that could be the headings; `head` begins at place `at` of the grid."""
    texts = {cell for row in head for cell in row if cell}
    headings = {cell for cell in texts if layouts.owners(cell)}
    known = [[cell in headings for cell in row] for row in head]
    return [
        _block(head, at, first, end, grid)
        for first, row in enumerate(known)
        if any(row)
        for end in _ends(head, known, at, first, grid)
    ]


def _block(head: Rows, at: int, first: int, end: int, grid: Grid) -> Block:
    last = min(end, len(head) - 1)
    names, written = _names(head, at, first, last, grid)
    below = last + 1
    if below < len(head) and _numbers_columns(head[below]):
        last = below
    rows = tuple(tuple(row) for row in head[first : last + 1])
    return Block(at + first, at + last, names, rows, written)


def _ends(head: Rows, known: list[list[bool]], at: int, first: int, grid: Grid) -> list[int]:
    """Where a block that begins at a row may end, each end once."""
    ends = []
    for last in range(first, min(first + DEEPEST, len(head))):
        if last > first and sum(known[last]) < FEWEST_KNOWN:
            if not _hangs_under(head, first, last):
                break
            if last + 1 < len(head):
                continue
        end = max(last, _merged_down(grid, at + first, at + last, known[first]) - at)
        ends.append(_with_children(head, first, end))
    return sorted(set(ends))


def _merged_down(grid: Grid, first: int, last: int, known: list[bool]) -> int:
    """The last row that a known heading of the block reaches down to by a merge."""
    reached = [
        merge.last_row - grid.first_row
        for merge in grid.merges
        if first <= merge.first_row - grid.first_row <= last
        and 0 < merge.last_row - merge.first_row < DEEPEST
        and known[min(merge.first_column, len(known)) - 1]
    ]
    return max(reached, default=last)


def _with_children(head: Rows, first: int, last: int) -> int:
    """The last row, further down where sub-headings no layout knows follow."""
    end = last
    while end + 1 < min(first + DEEPEST, len(head)) and _hangs_under(head, first, end + 1):
        end += 1
    return end


def _hangs_under(head: Rows, first: int, row: int) -> bool:
    """A row of sub-headings: it fills nothing but what lies under a parent, and holds no digit.

    A parent's children begin under it and go on under blank cells to its right; a record has
    something under headings of their own. Units in brackets may stand under any heading.
    """
    above, cells = head[first], head[row]
    filled = [place for place, cell in enumerate(cells) if cell]
    if not filled or any(DIGIT.search(cells[place]) for place in filled):
        return False
    if all(UNIT_CELL.fullmatch(cells[place].strip()) for place in filled):
        return True
    parents = [place for place, cell in enumerate(above) if cell]
    under = [place for place in filled if not above[place] and parents and place > parents[0]]
    beside = {place + 1 for place in filled}
    return bool(under) and all(
        place in under or (place + 1 in under and place + 1 in beside) for place in filled
    )


def _numbers_columns(cells: list[str]) -> bool:
    """A row that only numbers the columns: 甲 乙 1 2 3 …, or 1 2 3 …."""
    filled = [cell.strip() for cell in cells if cell]
    figures = [int(cell) for cell in filled if cell.isascii() and cell.isdigit() and len(cell) < 4]
    letters = [cell for cell in filled if cell in ORDINALS]
    return (
        len(figures) >= FEWEST_NUMBERED
        and len(figures) + len(letters) == len(filled)
        and figures == list(range(1, len(figures) + 1))
    ) and filled[: len(letters)] == list(ORDINALS[: len(letters)])


def _names(
    head: Rows, at: int, first: int, last: int, grid: Grid
) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """Per column its headings from the lowest row up, parents spread over their children.

    Beside them, per column, the column where the lowest one is written.
    """
    rows = [list(head[row]) for row in range(first, last + 1)]
    origins = [list(range(len(row))) for row in rows]
    is_spread = False
    for merge in grid.merges:
        row = merge.first_row - grid.first_row - at - first
        if 0 <= row < len(rows) and merge.first_column <= len(rows[row]):
            start = merge.first_column - 1
            is_spread |= merge.last_column > merge.first_column
            for column in range(start + 1, min(merge.last_column, len(rows[row]))):
                rows[row][column], origins[row][column] = rows[row][start], start
    if not is_spread:
        _spread(rows)
    columns = range(len(rows[0]))
    filled = [
        [row for row in reversed(range(len(rows))) if rows[row][column]] for column in columns
    ]
    return (
        tuple(tuple(rows[row][column] for row in filled[column]) for column in columns),
        tuple(origins[filled[c][0]][c] if filled[c] else c for c in columns),
    )


def _spread(rows: Rows) -> None:
    """Without merged ranges: a blank parent over a child takes the parent to its left."""
    for upper, lower in pairwise(rows):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column]:
                upper[column] = upper[column - 1]


def path_of(names: tuple[str, ...]) -> str:
    """A column's names as they are shown, from the parent down: 整改/责任人."""
    return "/".join(dict.fromkeys(reversed(names)))


def paths(names: tuple[str, ...]) -> tuple[str, ...]:
    """What a column may be called with its parents: all of them, then each parent alone."""
    child, *parents = names
    return tuple(dict.fromkeys(("".join(reversed(names)), *(parent + child for parent in parents))))
