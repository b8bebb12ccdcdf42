"""Runs set logic in a test: one table from given tables, or the whole walk from landed rows.

`made("register/hazards", {"members": …})` runs one step on the embedded engine; tables a
test leaves out are empty. `walked(["hazards"], landed, as_of)` builds the named tables and all
they read, in order, from delivered rows. Results are held to their models, as in a real run.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import duckdb
import pyarrow as pa

from riskpipe import calendar
from riskpipe.engine import words_of
from riskpipe.rules import Rules
from riskpipe.settings import Settings
from riskpipe.tables import model_of
from riskpipe.tables.base import Model, key_of, name_of, schema_of
from riskpipe.walk.bench import conform
from riskpipe.walk.ruletables import rule_table
from riskpipe.walk.steps import sql_of, steps, tables_named_in
from tests.rows import rows

NOWHERE = Path("/nonexistent")
"""No office overlay: the packaged rules alone."""

DISTRICT = "青岚区"


@cache
def packaged() -> Rules:
    return Rules(office=NOWHERE)


@cache
def days() -> pa.Table:
    return calendar.days(packaged(), 31)


@cache
def rules_of(model: Model) -> pa.Table:
    """A rule table from the packaged CSV."""
    name = f"{model.__module__.rpartition('.')[2]}/{name_of(model)}"
    return rule_table(packaged().rows(name), model, name)


def run_on(as_of: str) -> pa.Table:
    """The one-row table `run` as of an ISO day, its month the reported one."""
    day = dt.date.fromisoformat(as_of)
    settings = Settings(district=DISTRICT)
    return calendar.run_table(settings, day, day.replace(day=1))


def made(key: str, given: Mapping[str, pa.Table], as_of: str) -> pa.Table:
    """The table `key` from `given` tables by name; rule tables and the calendar are real."""
    model = model_of(key)
    try:
        sql = sql_of(key_of(model))
    except FileNotFoundError:
        return conform(_by_python(model, given), model)
    connection = engine()
    for needed in tables_named_in(sql):
        name = needed.rpartition("/")[2]
        connection.register(name, _table(needed, given, as_of))
    return conform(connection.sql(sql).to_arrow_table(), model)


@cache
def engine() -> duckdb.DuckDBPyConnection:
    """One embedded engine for the whole test run: opening it costs more than a small SELECT."""
    connection = duckdb.connect(config={"threads": 1})
    for word in words_of("duckdb"):
        connection.execute(word)
    return connection


def walked(
    wanted: Iterable[str], landed: Mapping[str, pa.Table], as_of: str
) -> dict[str, pa.Table]:
    """The wanted tables and everything they read, from delivered tables, by name."""
    by_name = {name_of(step.model): step for step in steps()}
    built = dict(landed)

    def build(name: str) -> None:
        step = by_name.get(name)
        if name in built or step is None or step.key.startswith(("rules/", "calendar/")):
            return
        for key in step.inputs:
            build(key.rpartition("/")[2])
        built[name] = made(step.key, built, as_of)

    for name in wanted:
        build(name)
    return built


def delivered(day: str, *hashes: str, sender: str = "红旗街道") -> pa.Table:
    """Deliveries of the given contents on one day."""
    return rows(
        model_of("deliveries"),
        [
            {
                "delivery_id": f"{day}/{name}",
                "path": f"{day}/{sender}/{name}.xlsx",
                "content_hash": name,
                "delivered_on": day,
                "sender": sender,
            }
            for name in hashes
        ],
    )


def _by_python(model: Model, given: Mapping[str, pa.Table]) -> pa.Table:
    module = import_module(f"riskpipe.{key_of(model).replace('/', '.')}")
    inputs = {name: given.get(name, _empty(name)) for name in module.INPUTS}
    return module.build(inputs, packaged())


def _table(key: str, given: Mapping[str, pa.Table], as_of: str) -> pa.Table:
    name = key.rpartition("/")[2]
    if name in given:
        return given[name]
    if key == "calendar/run":
        return run_on(as_of)
    if key == "calendar/days":
        return days()
    if key.startswith("rules/"):
        return rules_of(model_of(key))
    return _empty(name)


def _empty(name: str) -> pa.Table:
    return schema_of(model_of(name)).empty_table()
