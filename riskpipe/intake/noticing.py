"""What a reader of a sheet should look at although no row is rejected for it.

A grid and the headings found go in, notices come out: a hidden sheet, hidden rows, rows with
pictures, headings nobody knows, columns without one. Their sentences are data
(screening/reasons.csv); what is wrong with a value is screening's.
"""

import numpy as np
import pyarrow.compute as pc

from riskpipe.intake.formulas import written_out
from riskpipe.intake.grid import Grid, Notice
from riskpipe.intake.heading import Found
from riskpipe.intake.nearest import nearest

UNKNOWN_HEADING = "unknown_heading"
WIDE_ROW, FEWEST_WIDE = 4, 2
"""Rows above the headings that are filled like a table's, and more than one of them."""


def noticed(grid: Grid, found: Found | None) -> tuple[Notice, ...]:
    """The notices of one table; `found` is None where no layout reads it."""
    told = (*_hidden_sheet(grid, found), *_hidden(grid), *_pictures(grid))
    return told if found is None else (*told, *_spelled(grid, found), *_above(grid, found))


def unknown_headings(grid: Grid, found: Found) -> tuple[Notice, ...]:
    """A notice for each filled column that the layout does not know, the nearest headings in it.

    A column without any heading is told by its letter. Values are not looked at.
    """
    unread = dict(found.unread)
    return tuple(
        _unknown(grid, found, place, unread.get(place))
        for place, names in enumerate(found.block.names)
        if (place in unread or not names) and _is_filled(grid, place, found.last)
    )


def _unknown(grid: Grid, found: Found, place: int, heading: str | None) -> Notice:
    row = (max(grid.first_row, grid.first_row + found.last),)
    if heading is None:
        return Notice("no_heading", row, None, None, {"column": letters_of(place)})
    alike = nearest(heading, found.layout)
    hint = f"最接近的是{'、'.join(f'“{printed}”' for printed in alike)}。" if alike else ""
    facts = {"hint": hint, "layout": found.layout.name, "nearest": list(alike)}
    return Notice(UNKNOWN_HEADING, row, heading, None, facts)


def _is_filled(grid: Grid, place: int, last: int) -> bool:
    """Whether a column holds anything below the headings: an empty one needs no line."""
    below = grid.cells.column(place).slice(max(0, last + 1))
    return below.null_count < len(below)


def letters_of(place: int) -> str:
    """What Excel calls the column at a place counted from 0: A, Z, AA."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _hidden_sheet(grid: Grid, found: Found | None) -> tuple[Notice, ...]:
    if not grid.traits.is_hidden:
        return ()
    row = grid.first_row + (max(0, found.last) if found else 0)
    return (Notice("hidden_sheet", (row,), None, None, {"sheet": grid.name}),)


def _hidden(grid: Grid) -> tuple[Notice, ...]:
    rows = grid.traits.hidden_rows
    return (Notice("hidden_rows", rows, None, None, {}),) if rows else ()


def _pictures(grid: Grid) -> tuple[Notice, ...]:
    return tuple(
        Notice("pictures", (row,), None, None, {"count": count})
        for row, count in grid.traits.pictures
    )


def _spelled(grid: Grid, found: Found) -> tuple[Notice, ...]:
    """Headings that are formulas without a saved result, read by what they spell."""
    return tuple(
        Notice("heading_formula", (grid.first_row + row,), text, None, {})
        for (row, _), text in sorted(written_out(grid, found.first, found.last).items())
    )


def _above(grid: Grid, found: Found) -> tuple[Notice, ...]:
    """Rows above the headings that are filled like a table's: they are read as titles."""
    top = grid.cells.slice(0, max(0, found.first))
    filled = np.zeros(top.num_rows, dtype=np.int32)
    for column in top.columns:
        filled += np.asarray(pc.fill_null(pc.invert(pc.match_substring(column, "：")), False))
    rows = np.flatnonzero(filled >= WIDE_ROW) + grid.first_row
    if len(rows) < FEWEST_WIDE:
        return ()
    return (Notice("rows_above", tuple(map(int, rows)), None, None, {}),)
