"""The engines that run set logic: see the tables, learn the words, run a SELECT, give Arrow.

The same SQL text runs on each; nothing is transpiled. DuckDB is the embedded default and
the only door to the `duckdb` package; Spark is for data that already lives in a cluster.
Words that the two spell differently are defined once per engine in words.<engine>.sql.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pyarrow as pa


class Engine(Protocol):
    """What a step needs of an engine."""

    def see(self, tables: Mapping[str, Path]) -> None:
        """Make each Parquet readable under its one-word name."""

    def select(self, sql: str) -> pa.RecordBatchReader:
        """Run one SELECT; its rows as a stream of Arrow batches, to be read before the next."""

    def close(self) -> None:
        """Give back what the engine holds."""


def words_of(engine: str) -> list[str]:
    """The statements that teach an engine its words, in file order."""
    text = (Path(__file__).parent / f"words.{engine}.sql").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]
