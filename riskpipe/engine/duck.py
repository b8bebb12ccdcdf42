"""DuckDB, the embedded default: reads Parquet in place, no database file."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from riskpipe.engine import words_of

BATCH_ROWS = 122_880
"""Rows of a batch, DuckDB's own row group: what is in memory of a result at a time."""


class DuckDB:
    """An in-memory DuckDB that knows the words and sees the tables it is shown."""

    def __init__(self, spill: Path, memory_mb: int) -> None:
        """Open; `spill` is where it may put what does not fit into `memory_mb`."""
        self._connection = duckdb.connect(
            config={
                "memory_limit": f"{memory_mb}MB",
                "temp_directory": str(spill),
                "preserve_insertion_order": True,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        # Its own bar of progress would run through the one the command line draws.
        self._connection.execute("SET enable_progress_bar = false")
        for word in words_of("duckdb"):
            self._connection.execute(word)

    def see(self, tables: Mapping[str, Path]) -> None:
        """Make each Parquet readable under its one-word name."""
        for name, path in tables.items():
            self._connection.read_parquet(str(path)).create_view(name, replace=True)

    def select(self, sql: str) -> pa.RecordBatchReader:
        """Run one SELECT; its rows as a stream of Arrow batches, to be read before the next."""
        return self._connection.sql(sql).to_arrow_reader(BATCH_ROWS)

    def close(self) -> None:
        """Give memory and spill back."""
        self._connection.close()
