"""A counted metric with its bases: this month, the month before, the same month last year.

Rows of a monthly mart come in, whole numbers with the numbers they are compared with go out;
a base the office has no data for is None, not 0. Wording and choice stand elsewhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from riskpipe.consultation.desk import Desk, total
from riskpipe.consultation.issue import Part
from riskpipe.consultation.wording import compare, month_on_month, year_on_year
from riskpipe.vocabulary import FOUR_CATEGORIES, Category

BESIDE = (Category.NONE, Category.UNCLASSIFIED)
"""The two answers beside the four categories, told apart from them."""


@dataclass(frozen=True)
class Counted:
    """A month's or a year's count with its bases; `month_before` is None for a year."""

    now: int
    year_before: int | None
    month_before: int | None


def of_month(desk: Desk, mart: str, column: str, **where: Any) -> Counted:
    """Count of the month reported, with its bases."""
    period = desk.period
    return Counted(
        _sum(desk, mart, column, (period.month_on,), where),
        _base(desk, mart, column, (period.prior_year_month_on,), where),
        _base(desk, mart, column, (period.prior_month_on,), where),
    )


def of_year(desk: Desk, mart: str, column: str, **where: Any) -> Counted:
    """Count of the year so far, with that of the same months last year."""
    period = desk.period
    return Counted(
        _sum(desk, mart, column, period.year_months, where),
        _base(desk, mart, column, period.prior_year_months, where),
        None,
    )


def told_month(desk: Desk, metric: str, counted: Counted, *scope: str) -> list[Part]:
    """`26起，同比上升8.3%（上年同期24起），环比下降3.7%（上月27起）`."""
    basis = desk.period.month
    return [
        desk.count(metric, counted.now, basis, *scope),
        desk.metrics[metric].unit,
        "，",
        *compare(desk, metric, counted.now, counted.year_before, year_on_year(basis), *scope),
        "，",
        *compare(desk, metric, counted.now, counted.month_before, month_on_month(desk), *scope),
    ]


def told_year(desk: Desk, metric: str, counted: Counted, *scope: str) -> list[Part]:
    """`286起，同比上升8.3%（上年同期264起）`."""
    basis = desk.period.year
    return [
        desk.count(metric, counted.now, basis, *scope),
        desk.metrics[metric].unit,
        "，",
        *compare(desk, metric, counted.now, counted.year_before, year_on_year(basis), *scope),
    ]


def by_category(desk: Desk, subject: str, months: tuple[date, ...]) -> list[tuple[str, int]]:
    """The four categories in their order, always; then the answers beside them if not zero."""
    rows = desk.rows("categories", subject=subject, month_on=months)
    counts = {
        category: total([row for row in rows if row["category"] == category], "count")
        for category in (*FOUR_CATEGORIES, *BESIDE)
    }
    return [
        (category.value, count)
        for category, count in counts.items()
        if count or category in FOUR_CATEGORIES
    ]


def _sum(desk: Desk, mart: str, column: str, months: tuple[date, ...], where: Any) -> int:
    return total(desk.rows(mart, month_on=months, **where), column)


def _base(desk: Desk, mart: str, column: str, months: tuple[date, ...], where: Any) -> int | None:
    if not desk.has(min(months)):
        return None
    return _sum(desk, mart, column, months, where)
