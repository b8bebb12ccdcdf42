"""Where on a delivered sheet its tables stand, and which column holds what.

A grid goes in; its parts come out from top to bottom with what intake finds in each: headings and columns, or
the reason why there is no table. Nothing of a row is looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from riskpipe.identity.personal import is_personal
from riskpipe.intake.grid import Grid, Refusal, cleaned
from riskpipe.intake.heading import Found, find
from riskpipe.intake.layout import Layouts, plain
from riskpipe.intake.parts import parts


@dataclass(frozen=True)
class Part:
    """A table of a sheet, or rows in which none was found (`found` is None)."""

    grid: Grid
    found: Found | None

    @property
    def title(self) -> str:
        """What the found layout calls such a sheet; empty where none was found."""
        return self.found.layout.title if self.found else ""

    @property
    def body(self) -> int:
        """Where the rows under the headings begin: a place in the part's grid from 0."""
        return self.found.last + 1 if self.found else 0

    @property
    def rows(self) -> range:
        """The sheet's row numbers that belong to the part."""
        return range(self.grid.first_row, self.grid.first_row + self.grid.cells.num_rows)

    @property
    def heading_rows(self) -> tuple[int, int] | None:
        """First and last heading row as numbers of the sheet; None where keys come with the file."""
        if self.found is None or self.found.first < 0:
            return None
        return self.grid.first_row + self.found.first, self.grid.first_row + self.found.last

    def heading_cell(self, place: int) -> int:
        """The row (of the sheet) in which the lowest heading of a column stands."""
        rows = self.heading_rows
        if rows is None:
            return self.grid.first_row
        column = self.grid.cells.column(place)
        filled = [
            row
            for row in range(rows[1], rows[0] - 1, -1)
            if column[row - self.grid.first_row].as_py()
        ]
        return next(iter(filled), rows[0])

    @cached_property
    def personal(self) -> Mapping[str, tuple[int, ...]]:
        """Columns (places from 0) of every personal field."""
        columns = self.found.columns if self.found else {}
        return {name: places for name, places in columns.items() if name and is_personal(name)}

    def column_of(self, heading: str) -> int | None:
        """The column a heading stands over, read or unread; None when it does not stand there."""
        if self.found is None:
            return None
        for field, text in self.found.headings.items():
            if plain(text) == plain(heading) and field in self.found.columns:
                return self.found.columns[field][0]
        wanted = plain(heading)
        names = self.found.block.names
        by_path = {plain(text): column for column, text in reversed(self.found.unread)}
        by_name = {plain(one): c for c, words in reversed([*enumerate(names)]) for one in words[:1]}
        return by_path.get(wanted, by_name.get(wanted))


def parts_of(grid: Grid, layouts: Layouts) -> list[Part]:
    """The parts of a sheet; a sheet beside the tables (填表说明, 报送信息) is one without a table."""
    name = plain(grid.name)
    if name in layouts.aside_sheets | layouts.facts_sheets or not grid.cells.num_columns:
        return [Part(grid, None)]
    return [_part(part, layouts) for part in parts(cleaned(grid), layouts)]


def _part(grid: Grid, layouts: Layouts) -> Part:
    try:
        return Part(grid, find(grid, layouts))
    except Refusal:
        return Part(grid, None)
