"""A rulebook that comes back from an analyst: a workbook's sheets as rows under their headings.

A file and the headings each sheet should have go in, `Page`s come out; cells are text, as
everything intake reads, through the same limited child. A file that cannot be read raises
RuleError, in Chinese. What the rows mean, and whether they are right, is not known here; writing
the workbook is forms'.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from riskpipe.intake.grid import Grid, Refusal, cleaned
from riskpipe.intake.layout import plain
from riskpipe.intake.reading import grids_of, problem_of
from riskpipe.rules import RuleError, Rules
from riskpipe.settings import IntakeLimits

SEARCHED_ROWS = 10
FEWEST_HEADINGS = 2


@dataclass(frozen=True)
class Page:
    """A sheet: the headings it has, and its filled rows by row number, cells by heading."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def pages_of(
    path: Path, headings: Mapping[str, Collection[str]], rules: Rules, limits: IntakeLimits
) -> dict[str, Page]:
    """The named sheets that are there and have headings. Raises RuleError for an unreadable file."""
    try:
        grids = [cleaned(grid) for grid in grids_of(path.read_bytes(), path.name, limits)]
    except Refusal as refusal:
        raise RuleError(f"{path.name} 读不出：{problem_of(refusal, rules).message}") from None
    named = {plain(grid.name): grid for grid in grids}
    pages = {
        name: _page(named[plain(name)], wanted)
        for name, wanted in headings.items()
        if plain(name) in named
    }
    return {name: page for name, page in pages.items() if page is not None}


def _page(grid: Grid, wanted: Collection[str]) -> Page | None:
    """The rows below the row that holds most of the headings."""
    rows = _cells(grid)
    known = {plain(name): name for name in wanted}
    scores = [len({plain(cell) for cell in cells} & known.keys()) for cells in rows[:SEARCHED_ROWS]]
    if not scores or max(scores) < min(FEWEST_HEADINGS, len(known)):
        return None
    at = scores.index(max(scores))
    names = [known.get(plain(cell), cell) for cell in rows[at]]
    below = (
        (grid.first_row + row, dict(zip(names, cells, strict=True)))
        for row, cells in enumerate(rows)
        if row > at and any(cells)
    )
    return Page(tuple(names), tuple(below))


def _cells(grid: Grid) -> list[list[str]]:
    columns = [column.to_pylist() for column in grid.cells.columns]
    return [[(cell or "").strip() for cell in row] for row in zip(*columns, strict=True)]
