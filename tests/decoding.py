"""Everything a file holds, as text: what a leak test must read to be believed.

In: a file of any kind. Out: pairs of a place inside it and a text, or the raw bytes. Files
are known by their first bytes and opened as what they are: Parquet, Arrow, DuckDB, SQLite,
zip with all it holds, gzip and its kin, text in the encodings offices use. Nothing is
searched for here (leaks.py).
"""

import bz2
import gzip
import io
import json
import lzma
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
import pyarrow.parquet as pq

DEEPEST = 6
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")

Piece = tuple[str, str | bytes]


class UndecodableError(Exception):
    """A file that looks like a container and cannot be opened: unchecked is not clean."""


def decoded(path: Path) -> Iterator[Piece]:
    """Everything a file holds: (place inside, text or raw bytes)."""
    if _magic(path)[8:12] == b"DUCK":
        yield from _duckdb(path)
        yield " (raw)", path.read_bytes()
    elif _magic(path).startswith(b"SQLite format 3"):
        yield from _sqlite(path)
        yield " (raw)", path.read_bytes()
    else:
        yield from decoded_bytes("", path.read_bytes(), 0)


def decoded_bytes(where: str, content: bytes, depth: int) -> Iterator[Piece]:
    """The same for bytes in memory: a member of an archive, a blob in a table."""
    yield f"{where} (raw)", content
    if depth > DEEPEST:
        raise UndecodableError(f"{where} is nested too deep")
    try:
        yield from _opened(where, content, depth)
    except (
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        lzma.LZMAError,
        zipfile.BadZipFile,
        pa.ArrowException,
    ) as error:
        raise UndecodableError(f"{where or 'file'} ({type(error).__name__})") from error


def _opened(where: str, content: bytes, depth: int) -> Iterator[Piece]:
    if content.startswith(b"PAR1"):
        yield from _parquet(where, content, depth)
    elif content.startswith(b"ARROW1"):
        yield from _arrow(where, pa.ipc.open_file(content).read_all(), depth)
    elif content.startswith(b"PK\x03\x04"):
        yield from _zip(where, content, depth)
    elif (unpacked := _unpacked(content)) is not None:
        yield from decoded_bytes(f"{where}!unpacked", unpacked, depth + 1)
    elif content[8:12] == b"DUCK" or content.startswith(b"SQLite format 3"):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "member"
            copy.write_bytes(content)
            yield from ((where + place, text) for place, text in decoded(copy))
    elif (text := as_text(content)) is not None:
        yield where, text


def as_text(content: bytes) -> str | None:
    """Text in an encoding offices use, None for bytes that are no text."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\x00" in content[:4096]:
        half = (
            "utf-16-le" if content[1:200:2].count(0) >= content[0:200:2].count(0) else "utf-16-be"
        )
        try:
            text = content.decode(half)
        except UnicodeDecodeError:
            return None
        return text if "\x00" not in text[:200] else None
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Small random bytes may pass for GB18030; text has no control characters.
        return None if encoding == "gb18030" and CONTROL.search(text) else text
    text = content.decode("utf-8", "ignore")
    return text if len(CONTROL.findall(text)) * 50 <= len(text) else None


def _magic(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


def _unpacked(content: bytes) -> bytes | None:
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content)
    if content.startswith(b"BZh"):
        return bz2.decompress(content)
    if content.startswith(b"\xfd7zXZ\x00"):
        return lzma.decompress(content)
    if content.startswith(b"\x28\xb5\x2f\xfd"):
        return pa.input_stream(pa.BufferReader(content), compression="zstd").read()
    return None


def _zip(where: str, content: bytes, depth: int) -> Iterator[Piece]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield f"{where}!comment", archive.comment
        for member in archive.infolist():
            yield f"{where}!names", member.filename
            yield from decoded_bytes(f"{where}!{member.filename}", archive.read(member), depth + 1)


def _parquet(where: str, content: bytes, depth: int) -> Iterator[Piece]:
    file = pq.ParquetFile(pa.BufferReader(content))
    for key, value in (file.metadata.metadata or {}).items():
        yield f"{where}#metadata {key!r}", value.decode("utf-8", "replace")
    for batch in file.iter_batches(batch_size=65_536):
        yield from _arrow(where, pa.Table.from_batches([batch]), depth)


def _arrow(where: str, table: pa.Table, depth: int) -> Iterator[Piece]:
    for pairs in (table.schema.metadata, *(field.metadata for field in table.schema)):
        for key, value in (pairs or {}).items():
            yield f"{where}#metadata {key!r}", value.decode("utf-8", "replace")
    for name, column in zip(table.column_names, table.columns, strict=True):
        yield f"{where}#columns", name
        yield from _column(f"{where}#{name}", column, depth)


def _column(where: str, column: pa.ChunkedArray, depth: int) -> Iterator[Piece]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        for chunk in column.chunks:
            # Also what the dictionary holds and no row uses any more.
            yield from _column(where, pa.chunked_array([chunk.dictionary]), depth)
    elif (
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
    ):
        for value in filter(None, column.unique().to_pylist()):
            yield from decoded_bytes(where, value, depth + 1)
    elif pa.types.is_floating(kind):
        large = pc.unique(column.filter(pc.greater(pc.abs(column), 1e6))).to_pylist()
        yield where, "\n".join(f"{value:.0f}" for value in large)
    elif pa.types.is_nested(kind):
        yield (
            where,
            "\n".join(
                json.dumps(value, ensure_ascii=False, default=_plain)
                for value in column.to_pylist()
            ),
        )
    elif not pa.types.is_null(kind) and not pa.types.is_boolean(kind):
        yield (
            where,
            "\n".join(
                value
                for value in column.unique().cast(pa.string()).to_pylist()
                if value is not None
            ),
        )


def _plain(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _duckdb(path: Path) -> Iterator[Piece]:
    """Every table, view, comment and setting; columns of any type, cast to text if odd."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.duckdb"
            shutil.copyfile(path, copy)
            wal = path.with_name(path.name + ".wal")
            if wal.exists():
                shutil.copyfile(wal, copy.with_name(copy.name + ".wal"))
            with duckdb.connect(str(copy), read_only=not wal.exists()) as database:
                for listing in (
                    "duckdb_tables()",
                    "duckdb_views()",
                    "duckdb_columns()",
                    "duckdb_schemas()",
                    "duckdb_constraints()",
                ):
                    yield (
                        f"#{listing}",
                        repr(database.execute(f"SELECT * FROM {listing}").fetchall()),
                    )
                names = database.execute(
                    "SELECT database_name, schema_name, table_name FROM duckdb_tables()"
                    " WHERE database_name = current_database()"
                ).fetchall()
                for parts in names:
                    table = ".".join('"' + part.replace('"', '""') + '"' for part in parts)
                    for batch in database.sql(f"SELECT * FROM {table}").to_arrow_reader(65_536):
                        yield from _arrow(
                            f"#{parts[1]}.{parts[2]}", pa.Table.from_batches([batch]), 0
                        )
    except duckdb.Error as error:
        raise UndecodableError(type(error).__name__) from error


def _sqlite(path: Path) -> Iterator[Piece]:
    """Every table of a copy taken with its write-ahead log."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            for ending in ("", "-wal", "-shm", "-journal"):
                beside = path.with_name(path.name + ending)
                if beside.exists():
                    shutil.copyfile(beside, Path(folder) / f"copy{ending}")
            database = sqlite3.connect(Path(folder) / "copy")
            database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            try:
                yield from _sqlite_tables(database)
            finally:
                database.close()
    except sqlite3.Error as error:
        raise UndecodableError(type(error).__name__) from error


def _sqlite_tables(database: sqlite3.Connection) -> Iterator[Piece]:
    for name, kind, sql in database.execute("SELECT name, type, sql FROM sqlite_master").fetchall():
        yield "#schema", f"{name} {sql}"
        if kind != "table" or (sql or "").upper().startswith("CREATE VIRTUAL"):
            continue
        rows = database.execute('SELECT * FROM "{}"'.format(name.replace('"', '""')))
        while some := rows.fetchmany(2_000):
            cells = [cell for row in some for cell in row if cell is not None]
            yield (
                f"#{name}",
                "\n".join(
                    f"{c:.0f}" if isinstance(c, float) else str(c)
                    for c in cells
                    if not isinstance(c, bytes)
                ),
            )
            for blob in (cell for cell in cells if isinstance(cell, bytes)):
                yield from decoded_bytes(f"#{name}", blob, 1)
