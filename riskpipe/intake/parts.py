"""The tables that stand one under the other on a sheet, each as a grid of its own.

A grid goes in; its parts come out from top to bottom, every row in exactly one of them, so that
what comes after sees one table at a time. A part begins with the title rows above its headings. A
heading that only repeats for the printed page begins none; tables side by side are not told apart
here (heading.py refuses them).
"""

import sys
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pyarrow as pa

from riskpipe.intake.blocks import DEEPEST, FEWEST_KNOWN, SEARCHED_ROWS, blocks, head_of
from riskpipe.intake.grid import Grid, Traits, held
from riskpipe.intake.heading import Found, rank, tried
from riskpipe.intake.layout import Layouts
from riskpipe.intake.rows import filled_cells
from riskpipe.intake.totals import label_of

FEWEST_OF_A_TABLE = 3
"""Headings that make a further table even where a needed one is missing."""
MOST_CANDIDATES = 5_000
"""Rows looked at cell by cell: a sheet with more is one table that repeats such words as data."""
MOST_TITLE_CELLS = 3
TITLE_ROWS = 6
LABEL = ("：", ":")


@dataclass(frozen=True)
class _Start:
    """A heading block, the row (of a title above it perhaps) where its part begins, its titles."""

    found: Found
    opens: int
    titles: frozenset[tuple[str, ...]]


def parts(grid: Grid, layouts: Layouts) -> list[Grid]:
    """The tables of a sheet from top to bottom; the grid itself where there is but one."""
    if grid.keys is not None or not grid.cells.num_rows:
        return [grid]
    filled = filled_cells(grid.cells)
    rows = _candidates(grid, filled, layouts)
    if not len(rows) or (rows[-1] - rows[0] < len(rows) <= DEEPEST and rows[0] < SEARCHED_ROWS):
        return [grid]  # one heading block and nothing else that looks like one
    starts = _starts(rows, grid, layouts)
    starts = [
        start
        for place, start in enumerate(starts)
        if _is_table(start, starts[place + 1 :], grid, filled)
    ]
    if not any(start.found.is_whole for start in starts):
        return [grid]
    # What stands so far above the first headings is no title of theirs.
    is_far = starts[0].found.first >= SEARCHED_ROWS
    return _cut(grid, [start.opens for start in starts if start is not starts[0] or is_far])


def _starts(rows: np.ndarray, grid: Grid, layouts: Layouts) -> list[_Start]:
    """Where each table of the sheet starts; headings repeated for a page are no start."""
    starts: list[_Start] = []
    before: Found | None = None
    for row in map(int, rows):
        free = before.last + 1 if before else 0
        found = _table_at(row, free, grid, layouts) if row >= free else None
        if found is None:
            continue
        opens = _opening(found.first, before, grid, layouts)
        above = opens if starts else max(0, found.first - TITLE_ROWS)
        start = _Start(found, opens, _titles(grid, above, found.first, layouts))
        if not starts or _is_another(start, starts[-1]):
            starts.append(start)
        before = found
    return starts


def _is_table(start: _Start, after: list[_Start], grid: Grid, filled: np.ndarray) -> bool:
    """A block that lacks needed headings is a table only when rows like records follow it."""
    if start.found.is_whole:
        return True
    end = after[0].opens if after else grid.cells.num_rows
    width = sum(map(bool, start.found.block.names))
    return bool((filled[start.found.last + 1 : end] * 2 >= width).any())


def _is_another(start: _Start, before: _Start) -> bool:
    """Other headings or columns than before, or the same under a title of its own."""
    is_same = (
        start.found.layout.name == before.found.layout.name
        and start.found.block.names == before.found.block.names
    )
    return not is_same or not start.titles <= before.titles


def _candidates(grid: Grid, filled: np.ndarray, layouts: Layouts) -> np.ndarray:
    """Rows that may be the first of a heading block, found without reading every cell.

    Known headings as they are printed are looked up in whole columns at once. The first rows
    of the sheet and rows under a blank or sparse one are looked at in all spellings.
    """
    known = held(grid.cells, layouts.spellings).sum(axis=0, dtype=np.int32)
    under_gap = np.concatenate(([False], filled[:-1] <= 1)) & (filled >= FEWEST_OF_A_TABLE)
    under_gap[:SEARCHED_ROWS] = True
    near = np.flatnonzero(under_gap & (known < FEWEST_KNOWN))
    if len(near) <= MOST_CANDIDATES:
        known[near] = _spelled_otherwise(near, grid, layouts)
    rows = np.flatnonzero(known >= FEWEST_KNOWN)
    return rows if len(rows) <= MOST_CANDIDATES else rows[rows < SEARCHED_ROWS]


def _spelled_otherwise(rows: np.ndarray, grid: Grid, layouts: Layouts) -> np.ndarray:
    """How many cells of each row are known headings, whatever their marks and spaces.

    A formula that was saved without its result may be a heading too.
    """
    columns = [column.to_pylist() for column in grid.cells.take(pa.array(rows)).columns]
    texts = {text for column in columns for text in column if text}
    headings = {text for text in texts if layouts.owners(text)}
    known = np.zeros(len(rows), dtype=np.int32)
    for column in columns:
        known += np.array([text in headings for text in column], dtype=np.int32)
    unvalued = [row - grid.first_row for row, _, _ in grid.traits.unvalued]
    return known + np.isin(rows, unvalued) * FEWEST_KNOWN


def _table_at(row: int, free: int, grid: Grid, layouts: Layouts) -> Found | None:
    """The best heading block that holds a row or adjoins the one that does."""
    at = max(free, row - DEEPEST + 1)
    head = head_of(grid, at, 2 * DEEPEST + row - at)
    found = [
        one
        for one in tried(blocks(head, at, grid, layouts), layouts)
        if one.is_whole or _is_broken(one)
    ]
    ends = [one.last for one in found if one.first <= row <= one.last]
    near = [one for one in found if ends and one.first <= min(ends) + 1]
    return max(near, key=lambda one: (one.is_whole, rank(one, grid)), default=None)


def _is_broken(found: Found) -> bool:
    """Headings of a table that misses needed ones: most of its cells are known headings."""
    seen = sum(map(len, found.columns.values()))
    return len(found.columns) >= FEWEST_OF_A_TABLE and seen > len(found.unread)


def _opening(first: int, before: Found | None, grid: Grid, layouts: Layouts) -> int:
    """The row where the part begins: up from its headings over title and blank rows.

    `before` is the table above, whose records end there: a row in doubt is one of them.
    """
    free = before.last + 1 if before else 0
    opens = first
    while opens > max(free, first - TITLE_ROWS) and _may_be_title(opens - 1, before, grid, layouts):
        opens -= 1
    while opens < first and not _row(grid, opens):
        opens += 1  # blank rows right under the records before stay with these
    return opens


def _may_be_title(row: int, before: Found | None, grid: Grid, layouts: Layouts) -> bool:
    """Blank, a text at the left, labelled facts (填报单位：…); a little more under a blank row."""
    texts = _row(grid, row)
    if any(label_of(text, layouts) for text in texts) or all(text.isdigit() for text in texts):
        return not texts
    if all(any(mark in text for mark in LABEL) for text in texts):
        return True
    filled = [place for place, column in enumerate(grid.cells.columns) if column[row].is_valid]
    if len(filled) == 1 and filled[0] <= 1:
        return True
    top = before.last + 1 if before else 0
    needed = (
        {before.columns.get(field, (-1,))[0] for field in before.layout.needed} if before else set()
    )
    is_apart = row == top or not _row(grid, row - 1)
    return is_apart and len(filled) <= MOST_TITLE_CELLS and len(needed.intersection(filled)) <= 1


def _titles(grid: Grid, first: int, last: int, layouts: Layouts) -> frozenset[tuple[str, ...]]:
    """The texts of title rows; page numbers and signature lines between pages are none."""
    texts = (_row(grid, row) for row in range(first, last))
    return frozenset(row for row in texts if row and not layouts.notes.match(row[0]))


def _row(grid: Grid, row: int) -> tuple[str, ...]:
    cells = (column[row].as_py() for column in grid.cells.columns)
    return tuple(cell.strip() for cell in cells if cell)


def _cut(grid: Grid, cuts: list[int]) -> list[Grid]:
    bounds = [0, *cuts, grid.cells.num_rows]
    return [_slice(grid, first, end) for first, end in pairwise(bounds)] if cuts else [grid]


def _slice(grid: Grid, first: int, end: int) -> Grid:
    """Rows of the grid under their own numbers; what hangs below all rows goes with the last."""
    top = grid.first_row + first if first else 0
    bottom = grid.first_row + end if end < grid.cells.num_rows else sys.maxsize
    here = range(top, bottom)
    traits = grid.traits
    return replace(
        grid,
        cells=grid.cells.slice(first, end - first),
        first_row=grid.first_row + first,
        merges=tuple(merge for merge in grid.merges if merge.first_row in here),
        broken=tuple(row for row in grid.broken if row in here),
        traits=Traits(
            traits.is_hidden,
            tuple(row for row in traits.hidden_rows if row in here),
            tuple(one for one in traits.pictures if one[0] in here),
            tuple(one for one in traits.unvalued if one[0] in here),
        ),
    )
