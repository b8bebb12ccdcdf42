"""Tables from short row dicts: what a test does not say is filled from the model.

`rows(Tipoffs, [{"tipoff_no": "A", "street": "甲街道"}])` gives an Arrow table of the model's
schema. A required column left out gets a plain value of its type (a code column its first
code, `row_id` a running `r1`, `r2` …, `record_key` the row's own number); an optional one
stays empty. Texts are read as dates, times and money where the column is one, so a test can
write "2025-03-01", "2025-03-01 08:30" and "12.50".
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from riskpipe.tables.base import Column, Model, columns_of, schema_of

NUMBERS = (
    "tipoff_no",
    "finding_no",
    "payout_no",
    "matter_no",
    "grid_no",
    "unit",
    "campaign",
)


def rows(model: Model, given: Sequence[Mapping[str, Any]]) -> pa.Table:
    """An Arrow table of `model` with one row per dict. Raises KeyError on unknown columns."""
    columns = columns_of(model)
    names = {column.name for column in columns}
    for row in given:
        if unknown := set(row) - names:
            raise KeyError(f"{model.__name__} has no {sorted(unknown)}")
    full = [_filled(columns, row, number) for number, row in enumerate(given, 1)]
    return pa.Table.from_pylist(full, schema=schema_of(model))


def values(table: pa.Table, *names: str) -> list[tuple[Any, ...]]:
    """The named columns of a table as plain tuples, in the table's order."""
    return [tuple(row[name] for name in names) for row in table.select(list(names)).to_pylist()]


def _filled(columns: Sequence[Column], row: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {
        c.name: _typed(c, row[c.name]) if c.name in row else _left_out(c, row, number)
        for c in columns
    }


def _left_out(column: Column, row: Mapping[str, Any], number: int) -> Any:
    if column.nullable:
        return None
    if column.name == "row_id":
        return f"r{number}"
    if column.name == "record_key":
        return next((str(row[name]) for name in NUMBERS if name in row), f"k{number}")
    return _plain(column)


def _plain(column: Column) -> Any:
    if column.codes:
        return column.codes[0]
    if pa.types.is_date(column.arrow):
        return dt.date(2025, 1, 1)
    if pa.types.is_timestamp(column.arrow):
        return dt.datetime(2025, 1, 1)
    if pa.types.is_boolean(column.arrow):
        return False
    if pa.types.is_integer(column.arrow):
        return 1
    if pa.types.is_decimal(column.arrow):
        return Decimal("0.00")
    if pa.types.is_floating(column.arrow):
        return 0.0
    return "-"


def _typed(column: Column, value: Any) -> Any:
    if not isinstance(value, str):
        return Decimal(value).quantize(Decimal("0.01")) if _is_money(column, value) else value
    if pa.types.is_date(column.arrow):
        return dt.date.fromisoformat(value)
    if pa.types.is_timestamp(column.arrow):
        return dt.datetime.fromisoformat(value)
    if pa.types.is_decimal(column.arrow):
        return Decimal(value).quantize(Decimal("0.01"))
    return value


def _is_money(column: Column, value: Any) -> bool:
    return value is not None and pa.types.is_decimal(column.arrow)
