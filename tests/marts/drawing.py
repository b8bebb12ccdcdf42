"""Draws a mart's inputs and says its rows so that a test reads like the printed table."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pyarrow as pa

from riskpipe.tables.marts import Cases, Discoveries
from tests.rows import rows
from tests.setlogic import made


def month(day: str) -> str:
    """The first of the day's calendar month: offices in these tests close on the last day."""
    return day[:8] + "01"


def cases(*given: dict[str, Any]) -> pa.Table:
    """Cases from dates: every month column follows from its date."""
    return rows(Cases, [_case(number, row) for number, row in enumerate(given)])


def _case(number: int, row: dict[str, Any]) -> dict[str, Any]:
    full = {"tipoff_no": f"T{number}", "channel": "12345热线转办", "is_accepted": True, **row}
    full["month_on"] = month(full["received_on"])
    full["year_on"] = full["received_on"][:4] + "-01-01"
    for what in ("dispatched", "due", "closed"):
        if full.get(f"{what}_on"):
            full[f"{what}_month_on"] = month(full[f"{what}_on"])
    return full


def discoveries(*given: dict[str, Any]) -> pa.Table:
    """Ledger lines as the counting marts see them; the months follow from the dates."""
    return rows(
        Discoveries,
        [
            {
                "row_id": f"r{number}",
                "finding_no": f"F{number}",
                "street": "甲街道",
                "grade": "一般",
                "sender": "甲街道",
                **row,
                "month_on": month(row["found_on"]),
                "year_on": row["found_on"][:4] + "-01-01",
            }
            for number, row in enumerate(given)
        ],
    )


def periods(first: str, as_of: str) -> pa.Table:
    """The statistical months from that of `first` to that of `as_of`."""
    return made("marts/periods", {"cases": cases({"received_on": first})}, as_of)


def said(table: pa.Table, *names: str) -> list[tuple[Any, ...]]:
    """The named columns as tuples, dates and money as text."""
    return [tuple(_said(row[name]) for name in names) for row in table.to_pylist()]


def _said(value: Any) -> Any:
    if isinstance(value, Decimal | dt.date):
        return str(value)
    return value
