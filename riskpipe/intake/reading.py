"""One delivered file read whole: bytes in, rows of text under field names out, all accounted.

Each sheet ends as a `Body` (its layout known, its records ready for identity) or as a refusal,
an attached or an empty sheet; `Count`s say what each row was. Problems never raise beyond
here: they become data. Typing, masking and judging come after.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.intake import delimited, facts, jsonlines, look, workbook
from riskpipe.intake.fields import fields_of, unvalued_of
from riskpipe.intake.grid import Grid, Notice, Refusal, Traits, cleaned
from riskpipe.intake.heading import Found, NoTable, find
from riskpipe.intake.layout import Layout, Layouts, plain
from riskpipe.intake.look import Nature
from riskpipe.intake.noticing import noticed, unknown_headings
from riskpipe.intake.parts import parts
from riskpipe.intake.rows import Mark, filled_cells, marks
from riskpipe.intake.totals import Marked, checked
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
    unvalued: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Field → numbers of the rows whose cell is a formula saved without its result."""


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
    for number, grid in enumerate(_tables(grids, layouts), 1):
        if plain(grid.name) in layouts.facts_sheets:
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
        case Nature.WEB_PAGE:
            return workbook.page_grids(content, limits)
        case Nature.JSON_LINES:
            return [jsonlines.grid(content, limits)]
        case Nature.DELIMITED:
            return [delimited.grid(content, limits)]


def _tables(grids: Iterable[Grid], layouts: Layouts) -> Iterator[Grid]:
    """The tables of all sheets in their order; one sheet may hold several, one under the other."""
    beside = layouts.aside_sheets | layouts.facts_sheets
    for grid in grids:
        if plain(grid.name) in layouts.aside_sheets:
            yield grid
        elif plain(grid.name) in beside:
            yield cleaned(grid)
        else:
            yield from parts(cleaned(grid), layouts)


def _sheet(number: int, grid: Grid, layouts: Layouts, rules: Rules) -> tuple[Sheet, Body | None]:
    name = plain(grid.name)
    if name in layouts.aside_sheets | layouts.facts_sheets or not grid.cells.num_rows:
        return _aside(number, grid), None
    try:
        found = find(grid, layouts)
    except Refusal as refusal:
        if not _filled(grid).any():
            return _aside(number, grid), None
        near = refusal.near if isinstance(refusal, NoTable) else None
        return _refused(number, grid, near, problem_of(refusal, rules)), None
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


def _refused(number: int, grid: Grid, near: Found | None, problem: Problem) -> Sheet:
    filled = int(_filled(grid).sum())
    count = Count(grid.cells.num_rows, filled, {"blank": grid.cells.num_rows - filled})
    notices = (*noticed(grid, None), *(unknown_headings(grid, near) if near else ()))
    return Sheet(number, grid.name, None, problem, False, None, (), count, grid.traits, notices)


def _body(number: int, grid: Grid, found: Found, layouts: Layouts) -> tuple[Sheet, Body]:
    marked = marks(grid, found, layouts)
    kept = pa.array(np.flatnonzero(marked == Mark.RECORD))
    ignored = {
        mark.name.lower(): int((marked == mark).sum())
        for mark in Mark
        if mark < Mark.BROKEN and mark
    }
    heading = (grid.first_row + found.first, grid.first_row + found.last)
    unknown = unknown_headings(grid, found)
    sheet = Sheet(
        number,
        grid.name,
        found.layout,
        None,
        False,
        heading if found.first >= 0 else None,
        tuple(notice.heading for notice in unknown if notice.heading),
        Count(grid.cells.num_rows, len(kept), ignored),
        grid.traits,
        (*noticed(grid, found), *unknown, *_mismatches(grid, found, marked, layouts)),
    )
    return sheet, Body(
        sheet,
        found.layout,
        fields_of(grid, found, kept, layouts),
        pc.add(kept.cast(pa.int64()), grid.first_row),
        found.headings,
        found.units,
        grid.epoch_1904,
        unvalued_of(grid, found, kept),
    )


def _mismatches(
    grid: Grid, found: Found, marked: np.ndarray, layouts: Layouts
) -> tuple[Notice, ...]:
    """Totals that the records do not add up to."""
    closing = np.flatnonzero((marked == Mark.TOTAL) | (marked == Mark.NOTE))
    headings = np.flatnonzero(marked == Mark.HEADING)
    breaks = headings[headings > found.last]
    table = Marked(grid, found, marked == Mark.RECORD, closing.tolist(), breaks.tolist())
    return checked(table, layouts)
