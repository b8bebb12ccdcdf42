"""Every step after landing, found from its model: the rule table, the `.sql` or the Python.

`register/hazards` is made by riskpipe/register/hazards.sql, or by `build` in
riskpipe/register/hazards.py with the keys it reads in `INPUTS`; `rules/tariffs` is the
merged CSV of the stage whose tables module declares it; `calendar/*` come from settings.
A SQL step's inputs are the tables it names after FROM and JOIN, so the file itself is the
only place that says them. Landing is not here: see riskpipe/reception.py and gathering.py.
"""

import hashlib
import re
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from riskpipe import calendar
from riskpipe.rules import PACKAGE
from riskpipe.tables import all_models, model_of
from riskpipe.tables.base import Model, key_of, name_of
from riskpipe.tables.shared import Days, Run
from riskpipe.walk.bench import Bench, Step
from riskpipe.walk.ruletables import rule_table

NAMED = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)\b")
COMMENT = re.compile(r"--[^\n]*")
CTE = re.compile(r"\b([a-z_]+)\s+AS\s*\(")


@cache
def steps() -> tuple[Step, ...]:
    """All computed steps, each after what it reads; ties in the order of the models."""
    found = {step.key: step for step in (_step(model) for model in all_models()) if step}
    order = TopologicalSorter(
        {key: [name for name in step.inputs if name in found] for key, step in found.items()}
    )
    order.prepare()
    sequence: list[Step] = []
    place = {key: number for number, key in enumerate(found)}
    while order.is_active():
        for key in sorted(order.get_ready(), key=place.__getitem__):
            sequence.append(found[key])
            order.done(key)
    return tuple(sequence)


def step_of(key: str) -> Step:
    """The step that makes `key`. Raises KeyError when none does."""
    return {step.key: step for step in steps()}[key]


def is_sql(key: str) -> bool:
    """Whether a table is made by a SELECT."""
    return (PACKAGE / f"{key}.sql").exists()


def sql_of(key: str) -> str:
    """The text of a SQL step."""
    return (PACKAGE / f"{key}.sql").read_text("utf-8")


def tables_named_in(sql: str) -> tuple[str, ...]:
    """One-word names of the tables a SELECT reads, its own CTEs left out, sorted."""
    text = COMMENT.sub("", sql)
    known = {name_of(model): key_of(model) for model in all_models()}
    named = set(NAMED.findall(text)) - set(CTE.findall(text))
    return tuple(sorted(known[name] for name in named if name in known))


def _step(model: Model) -> Step | None:
    key = key_of(model)
    if model is Run:
        return Step(model, (), (), _code(calendar.__file__), _run, _run_given)
    if model is Days:
        return Step(model, (), calendar.RULES, _code(calendar.__file__), _days, _days_given)
    if key.startswith("rules/"):
        return _rule_step(model)
    if is_sql(key):
        return _sql_step(model)
    if (PACKAGE / f"{key}.py").exists():
        return _python_step(model)
    return None


def _sql_step(model: Model) -> Step:
    sql = sql_of(key_of(model))
    keys = tables_named_in(sql)

    def make(bench: Bench) -> pa.RecordBatchReader:
        bench.engine.see({key.rpartition("/")[2]: bench.path_of(key) for key in keys})
        return bench.engine.select(sql)

    return Step(model, keys, (), _code(*_words()) + _hash(sql), make, _nothing)


def _python_step(model: Model) -> Step:
    key = key_of(model)
    module = import_module(f"riskpipe.{key.replace('/', '.')}")
    stage = sorted((PACKAGE / key).parent.glob("*.py"))

    keys = tuple(sorted(key_of(model_of(name)) for name in module.INPUTS))

    def make(bench: Bench) -> pa.RecordBatchReader:
        inputs = {key.rpartition("/")[2]: pq.read_table(bench.path_of(key)) for key in keys}
        return module.build(inputs, bench.rules).to_reader()

    return Step(model, keys, getattr(module, "RULES", ()), _code(*stage), make, _nothing)


def _rule_step(model: Model) -> Step:
    stage = model.__module__.rpartition(".")[2]
    name = f"{stage}/{name_of(model)}"

    def make(bench: Bench) -> pa.RecordBatchReader:
        return rule_table(bench.rules.rows(name), model, name).to_reader()

    return Step(model, (), (name,), "", make, _nothing)


def _run(bench: Bench) -> pa.RecordBatchReader:
    return calendar.run_table(bench.settings, bench.as_of, bench.month_on).to_reader()


def _days(bench: Bench) -> pa.RecordBatchReader:
    return calendar.days(bench.rules, bench.settings.month_closes_on).to_reader()


def _run_given(bench: Bench) -> str:
    return str(_run(bench).read_all().to_pylist())


def _days_given(bench: Bench) -> str:
    return str(bench.settings.month_closes_on)


def _nothing(_bench: Bench) -> str:
    return ""


def _words() -> list[Path]:
    return sorted((PACKAGE / "engine").glob("words.*.sql"))


def _code(*paths: Path | str) -> str:
    return _hash("".join(Path(path).read_text("utf-8") for path in paths))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
