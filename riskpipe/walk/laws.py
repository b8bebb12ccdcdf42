"""The laws that a run's tables must keep, asked of the tables themselves; counts only.

Nothing is lost (rows add up and are landed), keys are unique, reporters stay behind keyed
pseudonyms, everything published stands on what it was made from, and the register holds one
row a record. Dagster's checks and the tests ask here; a law about single rows is the model's.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pyarrow.compute as pc
import pyarrow.parquet as pq

from riskpipe.intake.layout import layouts_of
from riskpipe.publishing import stale_tables
from riskpipe.rules import Rules
from riskpipe.tables import all_models
from riskpipe.tables.base import Model, columns_of, key_of, kind_of
from riskpipe.tables.intake import Sheets
from riskpipe.walk.bench import Bench
from riskpipe.walk.steps import steps
from riskpipe.warehouse import Warehouse

IGNORED = ("titles", "headings", "totals", "notes", "blanks")
PSEUDONYM = re.compile(r"^[A-Z][0-9a-f]{20}$")
VERSIONS = "register/versions"
FOLDED = frozenset({"register/incidents"})
"""Tables that hold fewer rows than records are current: an incident has several reports."""


def unbalanced_sheets(warehouse: Warehouse) -> int:
    """How many sheets' rows do not add up: seen = accepted + rejected + ignored."""
    rows = warehouse.read(key_of(Sheets)).to_pylist()
    return sum(row["rows_seen"] != _accounted(row) for row in rows)


def unlanded_rows(warehouse: Warehouse, rules: Rules) -> dict[str, int]:
    """Accepted less landed rows of sheets by kind, where it is not nought.

    A row that holds several findings is one row of its sheet. Sheets that join another (the
    🔒 ones) land in the vault and are left out.
    """
    joining = {layout.name for layout in layouts_of(rules).layouts if layout.joins}
    lost: Counter[str] = Counter()
    for row in warehouse.read(key_of(Sheets)).to_pylist():
        if row["kind"] and row["layout"] not in joining:
            lost[row["kind"]] += row["rows_accepted"]
    for model in all_models():
        if kind := kind_of(model):
            lost[kind.value] -= _sheet_rows(warehouse, model)
    return {kind: count for kind, count in sorted(lost.items()) if count}


def _sheet_rows(warehouse: Warehouse, model: Model) -> int:
    """How many rows of delivered sheets landed, however many records each became."""
    key = key_of(model)
    if "item_no" not in {column.name for column in columns_of(model)}:
        return warehouse.rows_of(key)
    places = pq.read_table(warehouse.table_path(key), columns=["content_hash", "sheet", "row_no"])
    return places.group_by(places.column_names).aggregate([]).num_rows


def repeated_keys(bench: Bench) -> dict[str, int]:
    """Repeats in columns that must be unique, by `table.column`."""
    found = {}
    for model in _standing(bench):
        for name in (c.name for c in columns_of(model) if c.unique):
            values = pq.read_table(bench.path_of(key_of(model)), columns=[name])[name]
            found[f"{key_of(model)}.{name}"] = len(values) - pc.count_distinct(values).as_py()
    return {place: count for place, count in found.items() if count}


def open_reporters(bench: Bench) -> dict[str, int]:
    """Values in reporter columns that are no pseudonym, by `table.column`."""
    found = {}
    for model in _standing(bench):
        for name in (c.name for c in columns_of(model) if c.personal == "reporter"):
            values = pq.read_table(bench.path_of(key_of(model)), columns=[name])[name]
            fine = pc.match_substring_regex(values.drop_null(), PSEUDONYM.pattern)
            found[f"{key_of(model)}.{name}"] = len(fine) - (pc.sum(fine).as_py() or 0)
    return {place: count for place, count in found.items() if count}


def out_of_date(bench: Bench) -> list[str]:
    """Tables that do not stand on what their inputs and rules are now."""
    return stale_tables(bench)


def uncounted_records(bench: Bench) -> dict[str, int]:
    """Current versions less rows of the register's table of each kind, where not nought."""
    versions = bench.own.read(VERSIONS)
    current = Counter(versions.filter(versions["is_current"])["kind"].to_pylist())
    made = {step.key for step in steps()} - FOLDED
    differences = {
        f"register/{kind}": count - bench.own.rows_of(f"register/{kind}")
        for kind, count in sorted(current.items())
        if f"register/{kind}" in made
    }
    return {key: count for key, count in differences.items() if count}


def _standing(bench: Bench) -> Iterator[Model]:
    return (model for model in all_models() if bench.path_of(key_of(model)).exists())


def _accounted(row: dict[str, int]) -> int:
    return row["rows_accepted"] + row["rows_rejected"] + sum(row[name] for name in IGNORED)
