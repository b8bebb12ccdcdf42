"""The records of one table under field names: a column of the sheet becomes a field of the kind.

A grid, the headings found and the places of its records go in, a table of text comes out: values
of cells merged downward and of 同上 in every row they hold for, columns of one parent joined, what
the layout makes constant, falls back to or repairs by an explicit map. Nothing is typed.
"""

import re
from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.intake.grid import Grid, held
from riskpipe.intake.heading import Found
from riskpipe.intake.layout import Layouts, plain

STATED = "_stated"
"""Ending of the field that keeps what was written before a repair."""
SPACES = ("", " ", "　")
WHOLE = re.compile(r"^(\d+)\.0+$")


def fields_of(grid: Grid, found: Found, kept: pa.Array, layouts: Layouts) -> pa.Table:
    """Text columns by field for the rows at the places `kept`."""
    cells = _filled_down(grid, found).take(kept) if len(kept) else grid.cells.slice(0, 0)
    return _fields(_without_ditto(cells, found, layouts), found)


def unvalued_of(grid: Grid, found: Found, kept: pa.Array) -> dict[str, tuple[int, ...]]:
    """Field → row numbers of records whose cell is a formula saved without its result."""
    fields = {place: field for field, places in found.columns.items() for place in places}
    records = set((np.asarray(kept) + grid.first_row).tolist()) if grid.traits.unvalued else set()
    rows: dict[str, set[int]] = {}
    for row, column, _ in grid.traits.unvalued:
        if row in records and column - 1 in fields:
            rows.setdefault(fields[column - 1], set()).add(row)
    return {field: tuple(sorted(numbers)) for field, numbers in sorted(rows.items())}


def _filled_down(grid: Grid, found: Found) -> pa.Table:
    """The table with values of vertically merged cells in every row they cover."""
    cells = grid.cells
    down: dict[int, list[tuple[int, int]]] = {}
    for merge in grid.merges:
        first, last = merge.first_row - grid.first_row, merge.last_row - grid.first_row
        if first > found.last and last > first and merge.first_column <= cells.num_columns:
            down.setdefault(merge.first_column - 1, []).append((first, last))
    for place, ranges in down.items():
        values = cells.column(place).to_pylist()
        for first, last in ranges:
            for row in range(first + 1, min(last + 1, len(values))):
                values[row] = values[first]
        cells = cells.set_column(place, str(place), pa.array(values, pa.string()))
    return cells


def _without_ditto(cells: pa.Table, found: Found, layouts: Layouts) -> pa.Table:
    """同上 and 〃 replaced by what the record above holds in that column (DOMAIN §4.2).

    On the first record they stay as written, and under the number too: two records are not
    one because their numbers were not written out.
    """
    words = pa.array(sorted(spaced(layouts.ditto)), pa.string())
    own = found.columns.get(found.layout.number, ())
    is_ditto = held(cells, words)
    for place in np.flatnonzero(is_ditto.any(axis=1)):
        if place not in own:
            source = np.where(is_ditto[place], -1, np.arange(cells.num_rows))
            source = np.maximum.accumulate(source)
            source[source < 0] = np.flatnonzero(source < 0)
            repeated = cells.column(int(place)).take(pa.array(source))
            cells = cells.set_column(int(place), str(place), repeated)
    return cells


def spaced(words: Iterable[str]) -> set[str]:
    """Words with and without a space, plain or wide, between their characters or after them."""
    return {space.join(word) + after for word in words for space in SPACES for after in SPACES}


def _fields(cells: pa.Table, found: Found) -> pa.Table:
    """Columns under field names, with the layout's fallbacks, constants and repaired values."""
    columns: dict[str, pa.Array] = {}
    for name, places in found.columns.items():
        if not name:
            continue
        values = [cells.column(place).combine_chunks() for place in places]
        columns[name] = values[0] if len(values) == 1 else _together(values)
    for name, others in found.layout.fallbacks.items():
        there = [columns[other] for other in others if other in columns]
        if name not in columns and there:
            columns[name] = pc.coalesce(*there)
    for name, value in found.layout.constants.items():
        constant = pa.scalar(value, pa.string())
        if name not in columns:
            columns[name] = pa.repeat(constant, cells.num_rows)
    for name, repairs in found.layout.repairs.items():
        if name in columns:
            columns[f"{name}{STATED}"] = columns[name]
            columns[name] = _repaired(columns[name], repairs)
    return pa.table(columns)


def _together(values: list[pa.Array]) -> pa.Array:
    """Several columns under one merged heading: what is filled, joined by 、."""
    return pc.if_else(
        pc.and_(*(pc.is_null(value) for value in values[:2]))
        if len(values) == 2
        else _all_null(values),
        pa.scalar(None, pa.string()),
        pc.binary_join_element_wise(*values, "、", null_handling="skip"),
    )


def _all_null(values: list[pa.Array]) -> pa.Array:
    nothing = pc.is_null(values[0])
    for value in values[1:]:
        nothing = pc.and_(nothing, pc.is_null(value))
    return nothing


def _repaired(values: pa.Array, repairs: Mapping[str, str]) -> pa.Array:
    """Values that stand in the layout's explicit map, replaced; all others as written.

    A grade typed as a number comes from some files as 3.0: in the map it is 3.
    """
    coded = values.dictionary_encode()
    written = coded.dictionary.to_pylist()
    fixed = [repairs.get(WHOLE.sub(r"\1", plain(text)), text) for text in written]
    return pa.array(fixed, pa.string()).take(coded.indices)
