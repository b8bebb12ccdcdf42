"""Spark, for data that already lives in a cluster (extra `riskpipe[spark]`).

Given a session (through Connect or local), it sees the same Parquets and runs the same SQL
text as DuckDB. Times are TIMESTAMP without zone, the session zone is Asia/Shanghai.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from riskpipe.engine import words_of


class Spark:
    """A Spark session that knows the words and sees the tables it is shown."""

    def __init__(self, session: Any) -> None:
        """Wrap a `pyspark.sql.SparkSession`."""
        self._session = session
        session.conf.set("spark.sql.session.timeZone", "Asia/Shanghai")
        session.conf.set("spark.sql.timestampType", "TIMESTAMP_NTZ")
        for word in words_of("spark"):
            session.sql(word)

    def see(self, tables: Mapping[str, Path]) -> None:
        """Make each Parquet readable under its one-word name."""
        for name, path in tables.items():
            self._session.read.parquet(str(path)).createOrReplaceTempView(name)

    def select(self, sql: str) -> pa.RecordBatchReader:
        """Run one SELECT; its rows as a stream of Arrow batches."""
        return self._session.sql(sql).toArrow().to_reader()

    def close(self) -> None:
        """Nothing to give back: the session is the caller's."""
