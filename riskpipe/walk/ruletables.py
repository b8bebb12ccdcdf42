"""Hands a rule CSV to SQL as a typed table: text cells to the model's types, strictly."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from riskpipe.rules import RuleError
from riskpipe.tables.base import Model, columns_of, schema_of

FLAGS = {"是": True, "否": False}


def rule_table(rows: Iterable[Mapping[str, str]], model: Model, name: str) -> pa.Table:
    """The rows as a table of `model`; columns of the CSV that the model lacks are notes.

    Raises RuleError naming the rule file, the row's first cell and the column.
    """
    columns = columns_of(model)
    typed = [
        {column.name: _cell(row, column.name, column.arrow, name) for column in columns}
        for row in rows
    ]
    return pa.Table.from_pylist(typed, schema=schema_of(model))


def _cell(row: Mapping[str, str], column: str, arrow: pa.DataType, name: str) -> Any:
    text = row.get(column, "")
    if text == "":
        return None
    try:
        return _reader(arrow)(text)
    except (ValueError, ArithmeticError, KeyError):
        first = next(iter(row.values()))
        raise RuleError(
            f"规则 {name} 中“{first}”一行的 {column} 列“{text}”不是有效的值：请改正后重试。"
        ) from None


def _reader(arrow: pa.DataType) -> Callable[[str], Any]:
    if pa.types.is_date(arrow):
        return date.fromisoformat
    if pa.types.is_boolean(arrow):
        return FLAGS.__getitem__
    if pa.types.is_integer(arrow):
        return int
    if pa.types.is_decimal(arrow):
        return Decimal
    if pa.types.is_floating(arrow):
        return float
    return str
