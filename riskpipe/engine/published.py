"""Writes the DuckDB file readers open, from finished Parquets, and proves it before handing over.

`close()` swallows a failing checkpoint (a full disk leaves a good commit and an empty file),
so: CHECKPOINT, no write-ahead log left, reopen read-only, compare every count. What is
renamed into place, and when, is the caller's business (riskpipe/publishing.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq


class PublishError(RuntimeError):
    """The file could not be written whole; the message says why, in Chinese."""


@dataclass(frozen=True)
class PublishedTable:
    """One table of the file: where its rows are, and what its readers should be told."""

    schema: str
    name: str
    parquet: Path
    comment: str
    column_comments: tuple[tuple[str, str], ...]


def write_database(path: Path, tables: Iterable[PublishedTable], memory_mb: int) -> dict[str, int]:
    """Write and verify a new DuckDB file at `path`; rows by `schema.name`.

    Raises PublishError when anything written cannot be read back.
    """
    tables = tuple(tables)
    try:
        _write(path, tables, memory_mb)
        counts = _read_counts(path, tables)
    except (duckdb.Error, OSError) as error:
        raise PublishError(
            f"写入发布文件失败（{type(error).__name__}）。请检查磁盘空间与写权限后重试。"
        ) from None
    expected = {_full(table): pq.read_metadata(table.parquet).num_rows for table in tables}
    if counts != expected:
        raise PublishError("发布文件写入后行数不符：磁盘可能已满，请清理后重试。")
    return counts


def _write(path: Path, tables: tuple[PublishedTable, ...], memory_mb: int) -> None:
    connection = duckdb.connect(
        str(path),
        config={
            "memory_limit": f"{memory_mb}MB",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    try:
        for table in tables:
            _copy(connection, table)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    if path.with_name(path.name + ".wal").exists():
        raise PublishError("发布文件写入未完成：留有预写日志，请检查磁盘空间后重试。")


def _copy(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> None:
    connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{table.schema}"')
    full = f'"{table.schema}"."{table.name}"'
    connection.execute(
        f"CREATE TABLE {full} AS SELECT * FROM read_parquet(?)", [str(table.parquet)]
    )
    connection.execute(f"COMMENT ON TABLE {full} IS {_quoted(table.comment)}")
    for column, comment in table.column_comments:
        connection.execute(f'COMMENT ON COLUMN {full}."{column}" IS {_quoted(comment)}')


def _read_counts(path: Path, tables: tuple[PublishedTable, ...]) -> dict[str, int]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            _full(table): _one(connection, f'SELECT count(*) FROM "{table.schema}"."{table.name}"')
            for table in tables
        }


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _full(table: PublishedTable) -> str:
    return f"{table.schema}.{table.name}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
