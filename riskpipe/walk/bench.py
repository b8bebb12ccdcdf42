"""The bench a step works at: where its inputs are, where its table goes, run or skip.

The register of the office stands on a bench of its own; a month's issue has another, with
its own as-of date and its own tables, over the same landing. A step's fingerprint chains
its code, its model, its rules and the fingerprints of what it reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from riskpipe.engine import Engine
from riskpipe.engine.duck import DuckDB
from riskpipe.rules import Rules
from riskpipe.settings import Settings
from riskpipe.tables.base import Model, key_of, schema_of
from riskpipe.warehouse import Warehouse, fingerprint

Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


class StepError(RuntimeError):
    """A step whose result breaks its model, or whose inputs are missing; message in Chinese."""


@dataclass(frozen=True)
class Bench:
    """An office's settings and rules, one as-of date, one month, one folder of tables."""

    settings: Settings
    as_of: date
    month_on: date
    own: Warehouse
    shared: Warehouse

    @cached_property
    def rules(self) -> Rules:
        """The merged rule set."""
        return Rules(self.settings.rules_folder)

    def home_of(self, key: str) -> Warehouse:
        """Landed tables are shared by all benches; everything later is the bench's own."""
        return self.shared if key.startswith("intake/") else self.own

    def path_of(self, key: str) -> Path:
        """Parquet of a table as this bench sees it."""
        return self.home_of(key).table_path(key)

    @cached_property
    def engine(self) -> Engine:
        """The embedded engine with its words; opening one costs as much as a small step."""
        spill = self.shared.root / "spill"
        return DuckDB(spill, self.settings.memory_mb)


@dataclass(frozen=True)
class Step:
    """One table's making: its model, the keys it reads, the rules and code it depends on."""

    model: Model
    inputs: tuple[str, ...]
    rules: tuple[str, ...]
    code: str
    make: Callable[[Bench], pa.RecordBatchReader]
    given: Callable[[Bench], str]
    """What of the settings and dates of the bench it depends on, as text."""

    @property
    def key(self) -> str:
        """The table's key, `register/hazards`."""
        return key_of(self.model)


@dataclass(frozen=True)
class Outcome:
    """What running a step came to."""

    key: str
    rows: int
    is_skipped: bool


def stamp_of(step: Step, bench: Bench) -> str:
    """The fingerprint the step's table must carry to be up to date.

    Raises StepError when an input was never built.
    """
    parts = [step.code, str(schema_of(step.model)), step.given(bench)]
    if step.rules:
        parts.append(bench.rules.version(step.rules))
    for key in step.inputs:
        found = bench.home_of(key).fingerprint_of(key)
        if found is None:
            raise StepError(f"表 {step.key} 所需的 {key} 尚未生成：请先运行 riskpipe run。")
        parts.append(found)
    return fingerprint(parts)


def build(step: Step, bench: Bench) -> Outcome:
    """Make the step's table on this bench unless it already stands with the same stamp."""
    stamp, home = stamp_of(step, bench), bench.home_of(step.key)
    if home.fingerprint_of(step.key) == stamp:
        return Outcome(step.key, home.rows_of(step.key), is_skipped=True)
    rows = home.write(step.key, conforming(step.make(bench), step.model), stamp)
    return Outcome(step.key, rows, is_skipped=False)


def conforming(batches: pa.RecordBatchReader, model: Model) -> pa.RecordBatchReader:
    """The same rows in their model's columns and types, batch by batch.

    Raises StepError on other columns at once, and while the rows are read on a cast that
    loses something or an empty required cell; the message holds no value. That keys are
    unique is asked of the finished table (riskpipe/walk/laws.py).
    """
    _check_columns(batches.schema, model)
    typed = (_typed(batch, model) for batch in batches)
    return pa.RecordBatchReader.from_batches(schema_of(model), typed)


def conform(table: pa.Table, model: Model) -> pa.Table:
    """A table in memory in its model's columns and types; raises StepError as conforming."""
    _check_columns(table.schema, model)
    return _typed(table, model)


def _check_columns(found: pa.Schema, model: Model) -> None:
    wanted = schema_of(model)
    if found.names != wanted.names:
        odd = sorted(set(found.names) ^ set(wanted.names))
        raise StepError(f"表 {key_of(model)} 的列与模型不符：{odd or '次序不同'}")


def _typed(rows: Rows, model: Model) -> Rows:
    try:
        return rows.cast(schema_of(model))
    except (pa.ArrowInvalid, ValueError) as error:
        reason = str(error).split(":")[0]
        raise StepError(f"表 {key_of(model)} 的内容与模型不符：{reason}") from None
