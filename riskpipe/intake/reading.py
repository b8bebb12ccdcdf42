"""One delivered file read whole: bytes in, rows of text under field names out, all accounted.

Each sheet ends as a `Body` (its layout known, its records ready for identity) or as a refusal,
an attached or an empty sheet; `Count`s say what each row was. Problems never raise beyond
here: they become data. Typing, masking and judging come after.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.intake import delimited, facts, jsonlines, look, workbook
from riskpipe.intake.grid import Grid, Notice, Refusal, Traits, cleaned
from riskpipe.intake.heading import Found, find
from riskpipe.intake.layout import Layout, Layouts, plain
from riskpipe.intake.look import Nature
from riskpipe.intake.noticing import noticed
from riskpipe.intake.rows import Mark, filled_cells, marks
from riskpipe.rules import Rules
from riskpipe.settings import IntakeLimits

NO_FACTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Problem:
    """Why a file or sheet was refused: code, status and a Chinese sentence with the next step."""

    code: str
    status: str
    message: str


@dataclass(frozen=True)
class Count:
    """What the rows of a sheet were; records still await screening."""

    seen: int
    records: int
    ignored: Mapping[str, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet's account. `layout` is None where none was found, `problem` where all is well."""

    number: int
    name: str
    layout: Layout | None
    problem: Problem | None
    is_aside: bool
    heading_rows: tuple[int, int] | None
    unread: tuple[str, ...]
    count: Count
    traits: Traits
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class Body:
    """The records of one sheet: text columns by field, their row numbers and headings."""

    sheet: Sheet
    layout: Layout
    fields: pa.Table
    row_no: pa.Array
    headings: Mapping[str, str]
    units: Mapping[str, str]
    epoch_1904: bool


@dataclass(frozen=True)
class Reading:
    """A file read: its sheets' accounts and bodies, or the one problem that stopped it."""

    facts: Mapping[str, str]
    sheets: tuple[Sheet, ...]
    bodies: tuple[Body, ...]
    refused_rows: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Row numbers of the filled rows of refused sheets, by sheet number: all rejected."""
    broken_rows: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Row numbers of lines that are no whole record, by sheet number: rejected."""
    problem: Problem | None = None


def problem_of(refusal: Refusal, rules: Rules) -> Problem:
    """The refusal as the office's words. Raises KeyError for a code without a row."""
    rows = {row["code"]: row for row in rules.rows("intake/refusals")}
    row = rows[refusal.code]
    return Problem(refusal.code, row["status"], row["message"].format(**refusal.facts))


def read(
    content: bytes, name: str, layouts: Layouts, rules: Rules, limits: IntakeLimits
) -> Reading:
    """Read a file's bytes. Never raises for what is in them."""
    try:
        grids = grids_of(content, name, limits)
    except Refusal as refusal:
        return Reading(NO_FACTS, (), (), problem=problem_of(refusal, rules))
    if not any(grid.cells.num_rows for grid in grids):
        empty = problem_of(Refusal("empty_workbook", {}), rules)
        return Reading(NO_FACTS, (), (), problem=empty)
    found: dict[str, str] = {}
    sheets, bodies, refused, broken = [], [], {}, {}
    for number, written in enumerate(grids, 1):
        name = plain(written.name)
        grid = written if name in layouts.aside_sheets else cleaned(written)
        if name in layouts.facts_sheets:
            found |= facts.facts_of(grid, layouts)
        sheet, body = _sheet(number, grid, layouts, rules)
        sheets.append(sheet)
        if body is not None:
            bodies.append(body)
            broken[number] = grid.broken
        elif sheet.problem:
            filled = np.flatnonzero(_filled(grid)) + grid.first_row
            refused[number] = tuple(int(row) for row in filled)
    return Reading(found, tuple(sheets), tuple(bodies), refused, broken)


def grids_of(content: bytes, name: str, limits: IntakeLimits) -> list[Grid]:
    """The grids of a file of any known nature. Raises Refusal."""
    match look.nature_of(content, name, limits):
        case Nature.WORKBOOK:
            return workbook.grids(content, True, limits)
        case Nature.OLD_WORKBOOK:
            return workbook.grids(content, False, limits)
        case Nature.JSON_LINES:
            return [jsonlines.grid(content, limits)]
        case Nature.DELIMITED:
            return [delimited.grid(content, limits)]


def _sheet(number: int, grid: Grid, layouts: Layouts, rules: Rules) -> tuple[Sheet, Body | None]:
    name = plain(grid.name)
    if name in layouts.aside_sheets | layouts.facts_sheets or not grid.cells.num_rows:
        return _aside(number, grid), None
    try:
        found = find(grid, layouts)
    except Refusal as refusal:
        if not filled_cells(grid.cells).any():
            return _aside(number, grid), None
        return _refused(number, grid, problem_of(refusal, rules)), None
    return _body(number, grid, found, layouts)


def _aside(number: int, grid: Grid) -> Sheet:
    filled = int((filled_cells(grid.cells) > 0).sum()) if grid.cells.num_columns else 0
    rows = grid.cells.num_rows
    count = Count(rows, 0, {"note": filled, "blank": rows - filled})
    return Sheet(number, grid.name, None, None, True, None, (), count, grid.traits, ())


def _filled(grid: Grid) -> np.ndarray:
    """Rows that hold anything, readable or not."""
    filled = filled_cells(grid.cells) > 0
    filled[[number - grid.first_row for number in grid.broken]] = True
    return filled


def _refused(number: int, grid: Grid, problem: Problem) -> Sheet:
    filled = int(_filled(grid).sum())
    count = Count(grid.cells.num_rows, filled, {"blank": grid.cells.num_rows - filled})
    return Sheet(number, grid.name, None, problem, False, None, (), count, grid.traits, ())


def _body(number: int, grid: Grid, found: Found, layouts: Layouts) -> tuple[Sheet, Body]:
    marked = marks(grid, found, layouts)
    kept = pa.array(np.flatnonzero(marked == Mark.RECORD))
    ignored = {
        mark.name.lower(): int((marked == mark).sum())
        for mark in Mark
        if mark < Mark.BROKEN and mark
    }
    heading = (grid.first_row + found.first, grid.first_row + found.last)
    sheet = Sheet(
        number,
        grid.name,
        found.layout,
        None,
        False,
        heading if found.first >= 0 else None,
        tuple(text for place, text in found.unread if _is_filled(grid, place, found.last)),
        Count(grid.cells.num_rows, len(kept), ignored),
        grid.traits,
        noticed(grid),
    )
    cells = _filled_down(grid, found).take(kept) if len(kept) else grid.cells.slice(0, 0)
    row_no = pc.add(kept.cast(pa.int64()), grid.first_row)
    fields = _fields(cells, found)
    return sheet, Body(
        sheet, found.layout, fields, row_no, found.headings, found.units, grid.epoch_1904
    )


def _is_filled(grid: Grid, place: int, last: int) -> bool:
    """Whether an unread column holds anything: an empty one needs no line in the account."""
    return (
        grid.cells.column(place).slice(max(0, last + 1)).null_count < grid.cells.num_rows - last - 1
    )


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
    """Values that stand in the layout's explicit map, replaced; all others as written."""
    coded = values.dictionary_encode()
    fixed = [repairs.get(plain(text), text) for text in coded.dictionary.to_pylist()]
    return pa.array(fixed, pa.string()).take(coded.indices)
