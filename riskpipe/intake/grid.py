"""The one shape every file is read into: a grid of text with row numbers as Excel shows them.

A workbook gives one grid a sheet, a CSV or JSON-lines file one grid. Blank cells are null (after `cleaned`).
What cannot become a grid becomes a `Refusal`: a code and the facts its message needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

UNSEEN = "".join(
    chr(code)
    for first, last in (
        (0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x1680, 0x1680), (0x180E, 0x180E),
        (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
    )
    for code in range(first, last + 1)
)  # fmt: skip
"""White space, zero-width and direction marks: a cell of nothing else is blank to whoever typed it."""


@dataclass(frozen=True)
class Merge:
    """A merged range, all bounds included, counted from 1 as Excel does."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Traits:
    """What a sheet shows beside the text of its cells. Rows and columns count from 1.

    `pictures` are (row, how many) of floating and in-cell pictures, `unvalued` the (row, column,
    formula, its first 200 characters) of cells whose formula was saved without its result.
    """

    is_hidden: bool
    hidden_rows: tuple[int, ...]
    pictures: tuple[tuple[int, int], ...]
    unvalued: tuple[tuple[int, int, str], ...]


PLAIN = Traits(False, (), (), ())
"""The traits of a file that can have none (CSV, JSON lines)."""


@dataclass(frozen=True)
class Notice:
    """Something to look at about rows that are not rejected for it.

    `rule` is a row of screening/reasons.csv, `facts` what its sentence needs beside the
    heading; `value` is the cell as written (masked before it is told).
    """

    rule: str
    rows: tuple[int, ...]
    heading: str | None
    value: str | None
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Grid:
    """A sheet as written: row i of `cells` is the sheet's row `first_row` + i.

    `keys` are column names that come with the file (JSON lines) and stand in no row; None
    where headings have to be found. `epoch_1904` says how bare date serials count.
    """

    name: str
    cells: pa.Table
    first_row: int
    keys: tuple[str, ...] | None
    merges: tuple[Merge, ...]
    epoch_1904: bool
    broken: tuple[int, ...]
    """Numbers of rows that are no whole record (a damaged JSON line): rejected, never blank."""
    traits: Traits = PLAIN


class Refusal(Exception):  # noqa: N818  it is an answer about a file, not a programming error
    """A file or sheet that cannot be taken in: a code of refusals.csv and facts for its message.

    Raised inside intake and caught by `reading`; it becomes data in the account. The facts
    never hold a cell of a data row.
    """

    def __init__(self, code: str, facts: Mapping[str, object]) -> None:
        super().__init__(code)
        self.code = code
        self.facts = MappingProxyType(dict(facts))


def text_cells(columns: list[pa.Array]) -> pa.Table:
    """Columns of text as a table with positional names."""
    return pa.table(columns, names=[str(place) for place in range(len(columns))])


def held(cells: pa.Table, texts: pa.Array) -> np.ndarray:
    """Which cells hold one of the texts, as booleans by column and row; all columns in one look."""
    chunks = [chunk for column in cells.columns for chunk in column.chunks]
    found = pc.is_in(pa.chunked_array(chunks, pa.string()), value_set=texts)
    return np.asarray(found).reshape(cells.num_columns, cells.num_rows)


def cleaned(grid: Grid) -> Grid:
    """The grid with cells of nothing but white space made null."""
    columns = [_nulled(column.combine_chunks().cast(pa.string())) for column in grid.cells.columns]
    return replace(grid, cells=text_cells(columns)) if columns else grid


def _nulled(text: pa.Array) -> pa.Array:
    blank = pc.equal(pc.utf8_trim(text, characters=UNSEEN), "")
    return pc.if_else(blank, pa.scalar(None, pa.string()), text) if pc.any(blank).as_py() else text
