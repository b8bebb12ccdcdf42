"""Delimited text (CSV, TSV) becomes one grid; a row's number is its record number.

Encodings are tried in a fixed order: byte order mark, strict UTF-8, GB18030. Nothing is
guessed: text that decodes but cannot be Chinese office text (NUL, private characters,
replacement marks) is refused. Arrow's parser reads the regular files, the standard library's
strict one those with ragged or blank lines; both give the same rows.
"""

import csv
import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from riskpipe.intake.grid import Grid, Refusal, text_cells
from riskpipe.settings import IntakeLimits

MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\x84\x31\x95\x33": "gb18030",
}
DELIMITERS = ",\t;|"
BROKEN = ("\x00", "\ufffd", "锟斤拷", "烫烫烫")
"""锟斤拷 is what UTF-8 replacement marks become when read as GBK, 烫烫烫 unset memory."""


def decoded(content: bytes) -> str:
    """The file's text by the fixed order of encodings. Raises Refusal."""
    text = _by_mark(content)
    if text is None:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = _as(content, "gb18030")
            if pc.any(
                pc.match_substring_regex(pa.array([text], pa.large_string()), "[\ue000-\uf8ff]")
            ).as_py():
                raise Refusal("mojibake", {}) from None
    if any(mark in text for mark in BROKEN):
        raise Refusal("mojibake", {})
    return text


def grid(content: bytes, limits: IntakeLimits) -> Grid:
    """The rows of a delimited file as text. Raises Refusal."""
    text = decoded(content)
    delimiter = _delimiter(text)
    cells = _fast(text, delimiter)
    if cells is None:
        cells = _strict(text, delimiter, limits)
    if cells.num_rows > limits.max_rows or cells.num_columns > limits.max_columns:
        raise Refusal("too_many_cells", {"sheet": "", "limit": limits.max_rows})
    return Grid("", cells, 1, None, (), epoch_1904=False, broken=())


def _by_mark(content: bytes) -> str | None:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _as(content, encoding).removeprefix("\ufeff")
    return None


def _as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal("encoding", {}) from None


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line that is not blank; a comma if none."""
    first = next((line for line in text[:65536].splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda mark: (first.count(mark), mark == ","))


def _fast(text: str, delimiter: str) -> pa.Table | None:
    """Arrow's parser, only where it cannot differ: no blank line, same width, paired quotes."""
    if text.count('"') % 2 or "\n\n" in text or "\n\r\n" in text or text[:1] in "\r\n":
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


def _strict(text: str, delimiter: str, limits: IntakeLimits) -> pa.Table:
    csv.field_size_limit(limits.max_file_mb * 2**20)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Refusal("quotes", {}) from None
    width = max(map(len, rows), default=0)
    if width > limits.max_columns:
        raise Refusal("too_many_cells", {"sheet": "", "limit": limits.max_columns})
    columns = [
        pa.array([row[at] if at < len(row) and row[at] else None for row in rows], pa.string())
        for at in range(width)
    ]
    return text_cells(columns)
