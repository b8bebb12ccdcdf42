"""Which cells of a sheet come back, and as what: nobody's personal data, everything else as told.

The parts of a sheet and what the file's rows say of people go in; out come the cells that may be
shown, null where nothing comes back, and which columns were held back and why. When it is
not certain that a column is without a reporter, it is held back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.identity.keys import Keys
from riskpipe.identity.personal import is_personal, take_out
from riskpipe.identity.vault import Sealed
from riskpipe.intake.grid import text_cells
from riskpipe.intake.layout import Layouts, plain
from riskpipe.returns.places import Part
from riskpipe.returns.telling import Teller
from riskpipe.rules import Rules
from riskpipe.vocabulary import Kind

ABOUT_PEOPLE = frozenset({Kind.TIPOFFS, Kind.PAYOUTS})
"""Kinds whose sheets are about persons: a column nobody knows may hold one there."""
SEARCHED_ROWS = 40
LONGEST_HEADING = 40


@dataclass(frozen=True)
class Held:
    """A column that does not come back: the heading's row and column (from 1), and the word why."""

    row: int
    column: int
    why: str


@dataclass(frozen=True)
class Withholding:
    """What a file's sheets are looked through with."""

    teller: Teller
    people: Mapping[tuple[str, int], Mapping[str, str]]
    """Sheet and row number → personal field → cell, joined over the file's 🔒 sheets."""
    personal_words: Mapping[str, str]
    """Plain heading of personal data → its field; empty for what serves no duty of the office."""
    facts_sheets: frozenset[str]
    aside_sheets: frozenset[str]
    own_items: frozenset[str]
    column: str
    keys: Keys

    def shown(self, part: Part, records: frozenset[int]) -> tuple[pa.Table, tuple[Held, ...]]:
        """A part's cells as they may be shown, same shape; `records` are its rows of data."""
        if part.found is None:
            if plain(part.grid.name) in self.facts_sheets:
                return self._facts(part), ()
            if plain(part.grid.name) in self.aside_sheets:
                return self._told(part.grid.cells), ()
            return self._unknown(part)
        above = self._told(part.grid.cells.slice(0, part.body))
        below, held = self._below(part, records)
        return pa.concat_tables([above, below]), held

    def _told(self, cells: pa.Table) -> pa.Table:
        return text_cells([self.teller.column(column) for column in cells.columns])

    def _below(self, part: Part, records: frozenset[int]) -> tuple[pa.Table, tuple[Held, ...]]:
        """Rows under the headings: read columns as they were landed, the others by `_why_held`."""
        cells = part.grid.cells.slice(part.body)
        why = {place: self._why_held(part, place) for place in range(cells.num_columns)}
        shown = self._as_landed(part, cells, [place for place, reason in why.items() if not reason])
        first = part.grid.first_row + part.body
        others = pa.array([first + row not in records for row in range(cells.num_rows)], pa.bool_())
        # A row that is no record has no person of its own; anybody's of the file goes.
        told = self._told(shown.filter(others))
        columns = [
            pc.replace_with_mask(column.combine_chunks(), others, one.combine_chunks())
            for column, one in zip(shown.columns, told.columns, strict=True)
        ]
        held = tuple(
            Held(part.heading_cell(place), place + 1, reason)
            for place, reason in why.items()
            if reason and cells.column(place).null_count < cells.num_rows
        )
        return text_cells(columns), held

    def _why_held(self, part: Part, place: int) -> str:
        """Why a column is held back: held (a person's), left_out (nobody knows it), or not at all."""
        assert part.found is not None
        layout = part.found.layout
        if layout.joins or any(place in places for places in part.personal.values()):
            return "held"
        if any(place in places for places in part.found.columns.values()):
            return ""
        names = part.found.block.names[place] if place < len(part.found.block.names) else ()
        if any(plain(name) == self.column for name in names):
            return "former"  # what an earlier return sheet added
        if any(self.field_of(name) is not None for name in names):
            return "held"
        return "left_out" if layout.kind in ABOUT_PEOPLE else ""

    def field_of(self, heading: str) -> str | None:
        """The personal field a heading nobody read may stand over; None when it names no person.

        The longest known heading inside it counts: 诉求人姓名 holds 姓名.
        """
        name = plain(heading)
        inside = [word for word in self.personal_words if word in name]
        return self.personal_words[max(inside, key=len)] if inside else None

    def unsealed(self, parts: Sequence[Part]) -> Iterator[Sealed]:
        """People in columns that nobody read: they are in no vault, and named elsewhere all the same."""
        for part in parts:
            for place, (row, field) in self._unread_people(part).items():
                below = part.grid.cells.column(place).slice(row + 1).drop_null().unique()
                for cell in below.to_pylist():
                    yield Sealed(part.grid.name, "", (), {}, {field: cell})

    def _unread_people(self, part: Part) -> dict[int, tuple[int, str]]:
        """Column → the row of its heading (a place in the part) and its field."""
        found: dict[int, tuple[int, str]] = {}
        read = {place for places in part.personal.values() for place in places}
        for place, column in enumerate(part.grid.cells.columns):
            if place in read:
                continue
            if part.found is None:
                row = None if self._is_beside(part) else self._personal_heading(column)
                field = self.field_of(column[row].as_py()) if row is not None else None
            elif self._why_held(part, place) == "held":
                row = part.body - 1
                names = part.found.block.names[place] if place < len(part.found.block.names) else ()
                field = next(filter(None, map(self.field_of, names)), None)
            else:
                continue
            if row is not None and field:
                found[place] = row, field
        return found

    def _as_landed(self, part: Part, cells: pa.Table, places: Sequence[int]) -> pa.Table:
        """The columns as landing has them: each row's own persons are masked wherever it names them.

        The same function does it, over tables of one column a field; a field under several
        columns takes several tables.
        """
        people = self._people(part, cells)
        shown: dict[int, pa.Array] = {}
        for layer in filter(None, _layers(part, places)):
            table = pa.table(
                {
                    **{name: cells.column(place) for name, place in layer.items()},
                    **people,
                }
            )
            masked = take_out(table, self.keys).table
            shown |= {place: masked[name].combine_chunks() for name, place in layer.items()}
        blank = pa.nulls(cells.num_rows, pa.string())
        return text_cells([shown.get(place, blank) for place in range(cells.num_columns)])

    def _people(self, part: Part, cells: pa.Table) -> dict[str, pa.Array]:
        """Personal columns: what was sealed of a row, else what stands in it."""
        name, first = part.grid.name, part.grid.first_row + part.body
        sealed = [self.people.get((name, first + row), {}) for row in range(cells.num_rows)]
        places = {field: list(found) for field, found in part.personal.items()}
        for place, (_, field) in self._unread_people(part).items():
            if place not in places.setdefault(field, []):
                places[field].append(place)
        columns = {}
        for field in dict.fromkeys([*places, *(field for row in sealed for field in row)]):
            own = [cells.column(place).to_pylist() for place in places.get(field, ())]
            joined = ["、".join(filter(None, row)) or None for row in zip(*own, strict=True)]
            joined = joined or [None] * cells.num_rows
            columns[field] = pa.array(
                [row.get(field) or cell for row, cell in zip(sealed, joined, strict=True)],
                pa.string(),
            )
        return columns

    def _is_beside(self, part: Part) -> bool:
        """填表说明, 字典, 报送信息: what they print under 姓名 is no person."""
        return plain(part.grid.name) in self.aside_sheets | self.facts_sheets

    def _facts(self, part: Part) -> pa.Table:
        """报送信息: the sender's own people (填报人, 联系电话) go back to their own unit."""
        told = [column.to_pylist() for column in self._told(part.grid.cells).columns]
        written = [column.to_pylist() for column in part.grid.cells.columns]
        for row, cells in enumerate(zip(*written, strict=True)):
            item = next((place for place, cell in enumerate(cells) if cell), len(cells))
            if item < len(cells) and plain(cells[item]) in self.own_items:
                for place in range(item + 1, len(cells)):
                    if cells[place] and not self.teller.names_somebody(cells[place]):
                        told[place][row] = cells[place]
        return text_cells([pa.array(column, pa.string()) for column in told])

    def _unknown(self, part: Part) -> tuple[pa.Table, tuple[Held, ...]]:
        """A sheet without a table: all masked, and nothing below a heading of personal data."""
        held: list[Held] = []
        columns = []
        for place, column in enumerate(part.grid.cells.columns):
            cells = self.teller.column(column)
            row = self._personal_heading(column)
            if row is not None:
                below = pa.nulls(len(cells) - row - 1, pa.string())
                cells = pa.concat_arrays([cells.slice(0, row + 1), below])
                held.append(Held(part.grid.first_row + row, place + 1, "held_unread"))
            columns.append(cells)
        return text_cells(columns), tuple(held)

    def _personal_heading(self, column: pa.ChunkedArray) -> int | None:
        for row, cell in enumerate(column.slice(0, SEARCHED_ROWS).to_pylist()):
            if cell and len(cell) <= LONGEST_HEADING and self.field_of(cell) is not None:
                return row
        return None


def personal_words(layouts: Layouts, rules: Rules) -> dict[str, str]:
    """Every heading of personal data of any kind of sheet, in plain form, with its field."""
    tables = [*rules.document("intake/personal").values()]
    tables += [layout.personal for layout in layouts.layouts]
    return {
        plain(alias): field if is_personal(field) else ""
        for table in tables
        for field, aliases in table.items()
        for alias in aliases
    }


def people_of(sealed: Sequence[Sealed]) -> dict[tuple[str, int], Mapping[str, str]]:
    """What was taken out of each row, by sheet and row number."""
    return {(row.sheet, int(row.row_no)): row.values for row in sealed if row.row_no.isdigit()}


def _layers(part: Part, places: Sequence[int]) -> Iterator[dict[str, int]]:
    """Columns by field name, each field once a layer; unread columns under names of their own."""
    assert part.found is not None
    wanted = set(places)
    fields = {
        name: [place for place in found if place in wanted]
        for name, found in part.found.columns.items()
        if name
    }
    read = {place for found in fields.values() for place in found}
    unread = {f"unread {place}": place for place in places if place not in read}
    depth = max([1, *(len(found) for found in fields.values())])
    for level in range(depth):
        layer = {name: found[level] for name, found in fields.items() if level < len(found)}
        yield layer | (unread if level == 0 else {})
