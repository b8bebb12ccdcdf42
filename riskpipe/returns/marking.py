"""Which cells of a sheet are marked, and with which words.

A sheet's parts, the lines of its rejected rows, emptied cells and notices, and what was held
back go in; marks and the reasons of each row come out. Words are those of the lines; how a mark looks
is the writers' business.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from riskpipe.intake.grid import Grid
from riskpipe.returns.places import Part
from riskpipe.returns.plan import Mark, Tone
from riskpipe.returns.withholding import Held

REFUSED_SHEET = "refused_sheet"
"""The rule under which every row of a refused sheet is rejected: told once, on its headings."""


@dataclass(frozen=True)
class Lines:
    """What the account says of one sheet: lines of the three lists, and why it was refused."""

    rejected: Sequence[Mapping[str, Any]]
    emptied: Sequence[Mapping[str, Any]]
    notices: Sequence[Mapping[str, Any]]
    refusal: str | None


def marks_of(
    grid: Grid,
    parts: Sequence[Part],
    lines: Lines,
    held: Iterable[Held],
    words: Mapping[str, str],
) -> tuple[tuple[Mark, ...], dict[int, str]]:
    """Marks by row and column, one a cell, and row → all its reasons, a line each."""
    found: dict[tuple[int, int], list[tuple[Tone, str]]] = {}
    reasons: dict[int, list[str]] = {}
    wrong = [line for line in (*lines.rejected, *lines.emptied) if line["rule"] != REFUSED_SHEET]
    for line in wrong:
        row, column = _cell_of(line, parts)
        is_whole = column is None
        text = (words["row"] if is_whole else "") + line["reason"]
        found.setdefault((row, column or _first_column(row, grid)), []).append((Tone.WRONG, text))
        reasons.setdefault(row, []).append(line["reason"])
    for line in lines.notices:
        row, column = _cell_of(line, parts)
        text = words["look"] + line["reason"]
        found.setdefault((row, column or _first_column(row, grid)), []).append((Tone.LOOK, text))
    for one in held:
        if one.why in words:
            found.setdefault((one.row, one.column), []).append((Tone.REMARK, words[one.why]))
    if lines.refusal:
        _mark_refusal(found, grid, parts, words["refused"].format(message=lines.refusal))
    marks = tuple(_mark(row, column, said) for (row, column), said in sorted(found.items()))
    return marks, {row: "\n".join(dict.fromkeys(told)) for row, told in sorted(reasons.items())}


def _mark(row: int, column: int, said: list[tuple[Tone, str]]) -> Mark:
    tones = {tone for tone, _ in said}
    tone = next(tone for tone in Tone if tone in tones)
    return Mark(row, column, tone, "\n".join(dict.fromkeys(text for _, text in said if text)))


def _cell_of(line: Mapping[str, Any], parts: Sequence[Part]) -> tuple[int, int | None]:
    """Row and column (from 1) of a line; no column where the whole row is meant."""
    row = line["row_no"]
    part = next((part for part in parts if row in part.rows), None)
    column = part.column_of(line["heading"]) if part and line["heading"] else None
    return row, None if column is None else column + 1


def _first_column(row: int, grid: Grid) -> int:
    """The first filled cell of a row, where a remark on the whole row is seen."""
    at = row - grid.first_row
    if not 0 <= at < grid.cells.num_rows:
        return 1
    cells = (column[at].as_py() for column in grid.cells.columns)
    return next((place for place, cell in enumerate(cells, 1) if cell), 1)


def _mark_refusal(
    found: dict[tuple[int, int], list[tuple[Tone, str]]],
    grid: Grid,
    parts: Sequence[Part],
    message: str,
) -> None:
    """The row that should be the headings: red all over, its first cell says why."""
    row = next((part.heading_rows[1] for part in parts if part.heading_rows), None)
    if row is None:
        row = _fullest_row(grid)
    at = row - grid.first_row
    filled = [place for place, cells in enumerate(grid.cells.columns, 1) if cells[at].as_py()]
    for place in filled or [1]:
        told = message if place == (filled or [1])[0] else ""
        found.setdefault((row, place), []).insert(0, (Tone.WRONG, told))


def _fullest_row(grid: Grid) -> int:
    """Of the first rows the one with most cells: headings, if there are any."""
    top = grid.cells.slice(0, 20).to_pylist()
    counts = [sum(bool(cell) for cell in row.values()) for row in top]
    return grid.first_row + (counts.index(max(counts)) if counts else 0)
