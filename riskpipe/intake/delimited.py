"""Delimited text (CSV, TSV) becomes one grid; a row's number is its record number.

Decoded text comes from encodings.py. Arrow's parser reads the regular files, the standard
library's strict one those with ragged or blank lines; both give the same rows. Rows that are
no whole record are marked broken, and a quote that swallowed rows refuses the file: ragged.py.
"""

import csv
import io
import re

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from riskpipe.intake.encodings import decoded
from riskpipe.intake.grid import Grid, Refusal, text_cells
from riskpipe.intake.ragged import broken_rows, heading_of, refuse_swallowed
from riskpipe.settings import IntakeLimits

DELIMITERS = ",\t;|"
TOLD = re.compile(r'"?sep=(.)"?\r?(?:\n|$)', re.IGNORECASE)
"""Excel's first line that names the delimiter; it stays a row, so that numbers stand."""
QUOTED = re.compile(r'"[^"]*"')
SEARCHED, SEARCHED_LINES = 65_536, 20
GUARD = '="'
GUARDED = r'^="([^"]*)"$|^\'([=+\-@\d].*)$'
"""How programs tell Excel that a cell is text: ="00123", or an apostrophe before it."""


def grid(content: bytes, limits: IntakeLimits) -> Grid:
    """The rows of a delimited file as text. Raises Refusal."""
    text = decoded(content)
    delimiter = _delimiter(text)
    cells = _fast(text, delimiter)
    broken: tuple[int, ...] = ()
    if cells is not None:
        sizes, width = [cells.num_columns] * cells.num_rows, cells.num_columns
    else:
        rows = _strict(text, delimiter, limits)
        cells, broken = _table(rows, limits), broken_rows(rows)
        sizes, width = [*map(len, rows)], len(rows[heading_of(rows)]) if rows else 0
    if cells.num_rows > limits.max_rows:
        raise Refusal("too_many_cells", {"sheet": "", "limit": limits.max_rows})
    if cells.num_columns > limits.max_columns:
        raise Refusal("too_many_cells", {"sheet": "", "limit": limits.max_columns})
    if _has_breaks(text, cells.num_rows):
        refuse_swallowed(cells, sizes, width, delimiter)
    if GUARD in text or "'" in text:
        cells = text_cells([_unguarded(column.combine_chunks()) for column in cells.columns])
    return Grid("", cells, 1, None, (), epoch_1904=False, broken=broken)


def _has_breaks(text: str, rows: int) -> bool:
    """Whether there are line breaks inside cells: more than rows have ends."""
    feeds, returns = text.count("\n"), text.count("\r")
    ends = feeds or returns
    return ends + (text[-1:] not in ("\n", "\r")) > rows or returns > ends


def _delimiter(text: str) -> str:
    """The one that cuts most of the first lines into the same number of cells; else a comma."""
    if told := TOLD.match(text):
        return told[1]
    bare = QUOTED.sub("", text[:SEARCHED])
    lines = [line for line in bare.splitlines() if line.strip()][:SEARCHED_LINES]
    return max(DELIMITERS, key=lambda mark: (_agreement(lines, mark), mark == ","))


def _agreement(lines: list[str], mark: str) -> int:
    counts = [line.count(mark) for line in lines if mark in line]
    return max((count * counts.count(count) for count in counts), default=0)


def _fast(text: str, delimiter: str) -> pa.Table | None:
    """Arrow's parser, only where it cannot differ: no blank line, same width, paired quotes."""
    if text.count('"') % 2 or "\n\n" in text or "\n\r\n" in text or text[:1] in "\r\n":
        return None
    if GUARD in text:
        return None
    content = text.encode()
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(content),
            read_options=pa_csv.ReadOptions(
                autogenerate_column_names=True, use_threads=False, block_size=len(content) + 1
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types={f"f{place}": pa.string() for place in range(4096)},
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return text_cells([column.combine_chunks() for column in table.columns])


def _strict(text: str, delimiter: str, limits: IntakeLimits) -> list[list[str]]:
    csv.field_size_limit(limits.max_file_mb * 2**20)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Refusal("quotes", {}) from None


def _table(rows: list[list[str]], limits: IntakeLimits) -> pa.Table:
    width = max(map(len, rows), default=0)
    if width > limits.max_columns:
        raise Refusal("too_many_cells", {"sheet": "", "limit": limits.max_columns})
    columns = [
        pa.array([row[at] if at < len(row) and row[at] else None for row in rows], pa.string())
        for at in range(width)
    ]
    return text_cells(columns)


def _unguarded(text: pa.Array) -> pa.Array:
    guarded = pc.match_substring_regex(text, GUARDED)
    if not pc.any(guarded).as_py():
        return text
    bare = pc.replace_substring_regex(text, GUARDED, r"\1\2")
    return pc.if_else(pc.equal(bare, ""), pa.scalar(None, pa.string()), bare)
