"""Where tables live: Parquet files, each carrying the fingerprint of what it came from.

A table is one Parquet under `tables/<schema>/<name>.parquet`, written to a temporary name,
flushed to disk and renamed, so a reader sees the old or the new whole. Its fingerprint (a
hash of inputs, rules and code) stands in the file itself: the same fingerprint means the
step need not run again, and after a kill nothing has to be believed but the files. No
content is looked at here.
"""

import contextlib
import glob
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

FINGERPRINT = b"riskpipe.fingerprint"


class WarehouseBusyError(RuntimeError):
    """Another run holds the warehouse; the message says which."""


def fingerprint(parts: Iterable[str]) -> str:
    """One hash (32 hex digits) of an ordered series of texts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32]


@dataclass(frozen=True)
class Warehouse:
    """The folders of one office's warehouse. Everything but issues and vault can be rebuilt."""

    root: Path

    @property
    def tables(self) -> Path:
        """Computed tables."""
        return self.root / "tables"

    @property
    def landing(self) -> Path:
        """Cached landings, one folder per delivered content."""
        return self.root / "landing"

    @property
    def vault(self) -> Path:
        """Sealed identities; never rebuilt from here, never read by a step."""
        return self.root / "vault"

    @property
    def issues(self) -> Path:
        """One folder per month's issue."""
        return self.root / "issues"

    @property
    def published(self) -> Path:
        """The DuckDB file that readers open."""
        return self.root / "risk.duckdb"

    @property
    def dagster_home(self) -> Path:
        """Dagster's run and event storage."""
        return self.root / "dagster"

    def table_path(self, key: str) -> Path:
        """Path of a table's Parquet by its key, `register/hazards`."""
        return self.tables / f"{key}.parquet"

    def fingerprint_of(self, key: str) -> str | None:
        """The fingerprint a table carries; None when it is missing or unreadable."""
        return parquet_fingerprint(self.table_path(key))

    def read(self, key: str) -> pa.Table:
        """A table as Arrow. Raises FileNotFoundError when it was never built."""
        return pq.read_table(self.table_path(key))

    def rows_of(self, key: str) -> int:
        """Row count from the Parquet footer."""
        return pq.read_metadata(self.table_path(key)).num_rows

    def write(self, key: str, rows: pa.Table | pa.RecordBatchReader, stamp: str) -> int:
        """Write a table whole or not at all, with its fingerprint; how many rows it has.

        A stream is written as it is read, so a table may be larger than memory.
        """
        if isinstance(rows, pa.RecordBatchReader):
            return _write_stream(self.table_path(key), rows, stamp)
        write_parquet(self.table_path(key), rows, stamp)
        return rows.num_rows

    @contextlib.contextmanager
    def lock(self, who: str) -> Iterator[None]:
        """Hold the warehouse for one run; `who` is told to whoever comes second.

        Raises WarehouseBusyError at once when another process holds it. The operating system
        lets go when the holder dies, so a kill leaves nothing to clean up. In one process
        locks nest: the command line and the run it starts may both take it.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        holder = self.root / "run.holder"
        lock = FileLock(self.root / "run.lock", is_singleton=True)
        is_outer = not lock.is_locked
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise WarehouseBusyError(
                f"数据仓 {self.root} 正被另一次运行占用（{_told(holder)}）：请等它结束后重试。"
            ) from None
        try:
            if is_outer:
                holder.write_text(f"{who}，进程 {os.getpid()}", "utf-8")
            yield
        finally:
            if is_outer:
                holder.unlink(missing_ok=True)
            lock.release()


def _told(holder: Path) -> str:
    """What the holder said of itself; it may be about to say it, or just gone."""
    try:
        return holder.read_text("utf-8") or "未知进程"
    except OSError:
        return "未知进程"


def parquet_fingerprint(path: Path) -> str | None:
    """The fingerprint inside a Parquet; None when the file is missing or damaged."""
    try:
        stamp = (pq.read_metadata(path).metadata or {}).get(FINGERPRINT)
    except (OSError, pa.ArrowInvalid):
        return None
    return stamp.decode() if stamp else None


def write_parquet(path: Path, table: pa.Table, stamp: str) -> None:
    """Write `table` to `path` by temporary file, flush and rename."""
    marked = table.replace_schema_metadata(stamped(table.schema, stamp).metadata)
    with replacing(path) as temporary:
        pq.write_table(marked, temporary, compression="zstd")


def _write_stream(path: Path, batches: pa.RecordBatchReader, stamp: str) -> int:
    schema, rows = stamped(batches.schema, stamp), 0
    with (
        replacing(path) as temporary,
        pq.ParquetWriter(temporary, schema, compression="zstd") as to,
    ):
        for batch in batches:
            to.write_batch(batch.replace_schema_metadata(schema.metadata))
            rows += batch.num_rows
    return rows


def stamped(schema: pa.Schema, stamp: str) -> pa.Schema:
    """The schema with a fingerprint in its metadata, as `parquet_fingerprint` finds it."""
    return schema.with_metadata({**(schema.metadata or {}), FINGERPRINT: stamp.encode()})


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that becomes it, flushed, when the block succeeds.

    What a killed run left of the same file goes first: it may be as large as the file. Who may
    read the result is the umask's business (mkstemp would close it to colleagues).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for litter in path.parent.glob(f".{glob.escape(path.name)}.*.tmp*"):
        litter.unlink(missing_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    temporary.touch(exist_ok=False)
    try:
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
