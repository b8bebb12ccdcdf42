"""Dagster's SQLite event log, with its database connections kept instead of made for every event.

Dagster 1.13 makes a SQLAlchemy engine for each event it stores: it opens the file, compiles
every statement anew and checkpoints on closing, which is most of what a step costs. Nothing
else differs, so a home written by either is read by both. Named in the office's dagster.yaml.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sql import create_engine
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

KEPT = 16
"""Database files kept open; there is one a run, and the web server may look at many."""


class EventLog(SqliteEventLogStorage):
    """The event log of a Dagster home, one kept connection a database file."""

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "EventLog":
        """Made by Dagster from dagster.yaml."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _engine(self, shard: str) -> Engine:
        engines: dict[str, Engine] = self.__dict__.setdefault("_engines", {})
        if shard not in engines:
            if len(engines) >= KEPT:
                engines.pop(next(iter(engines))).dispose()
            engines[shard] = _engine_on(self.conn_string_for_shard(shard))
        return engines[shard]

    def dispose(self) -> None:
        """Close the files."""
        for engine in self.__dict__.pop("_engines", {}).values():
            engine.dispose()
        super().dispose()


def _engine_on(database: str) -> Engine:
    # The lock of the storage lets one thread in at a time, so connections may change threads.
    engine = create_engine(
        database,
        poolclass=QueuePool,
        pool_size=1,
        connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _flush_less)
    return engine


def _flush_less(connection: Any, _record: Any) -> None:
    """With a write-ahead log a kill loses nothing; a power cut may lose the last events."""
    connection.execute("PRAGMA synchronous=NORMAL")
