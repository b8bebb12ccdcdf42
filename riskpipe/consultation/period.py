"""The month reported: its labels as an office prints them, and the months beside it.

Dates of the run come in, Chinese words for them go out. Which day belongs to which month is
decided by the calendar, never here: months are labels (their first day).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Period:
    """A statistical month, its bounds and the cut-off day."""

    month_on: date
    starts_on: date
    ends_on: date
    year_on: date
    year_starts_on: date
    as_of: date

    @property
    def month(self) -> str:
        """`2026年10月`."""
        return f"{self.month_on.year}年{self.month_on.month}月"

    @property
    def year(self) -> str:
        """`2026年1—10月累计`; January stands alone."""
        return f"{self.year_on.year}年{self.months}累计"

    @property
    def months(self) -> str:
        """`1—10月`."""
        return "1月" if self.month_on.month == 1 else f"1—{self.month_on.month}月"

    @property
    def span(self) -> str:
        """`2026年10月1日至10月31日`."""
        ends = _day(self.ends_on)
        if self.ends_on.year == self.starts_on.year:
            ends = ends.partition("年")[2]
        return f"{_day(self.starts_on)}至{ends}"

    @property
    def year_span(self) -> str:
        """`2026年1月1日至10月31日`."""
        ends = _day(self.ends_on)
        if self.ends_on.year == self.year_starts_on.year:
            ends = ends.partition("年")[2]
        return f"{_day(self.year_starts_on)}至{ends}"

    @property
    def cut_off(self) -> str:
        """`2026年11月3日24时`."""
        return f"{_day(self.as_of)}24时"

    @property
    def prior_year_month_on(self) -> date:
        """Label of the same month a year earlier."""
        return self.month_on.replace(year=self.month_on.year - 1)

    @property
    def prior_year_on(self) -> date:
        """Label of January a year earlier."""
        return self.year_on.replace(year=self.year_on.year - 1)

    @property
    def prior_month_on(self) -> date:
        """Label of the month before."""
        return _shifted(self.month_on, -1)

    @property
    def next_month_on(self) -> date:
        """Label of the month after."""
        return _shifted(self.month_on, 1)

    @property
    def year_months(self) -> tuple[date, ...]:
        """Labels of the year's months up to this one."""
        return tuple(
            self.year_on.replace(month=month) for month in range(1, self.month_on.month + 1)
        )

    @property
    def prior_year_months(self) -> tuple[date, ...]:
        """The same months a year earlier."""
        return tuple(month.replace(year=month.year - 1) for month in self.year_months)


def period_of(run: Mapping[str, Any]) -> Period:
    """The period of a run's one row (`as_of_on`, `month_on`, `month_starts_on`, …)."""
    return Period(
        month_on=run["month_on"],
        starts_on=run["month_starts_on"],
        ends_on=run["month_ends_on"],
        year_on=run["month_on"].replace(month=1),
        year_starts_on=run["year_starts_on"],
        as_of=run["as_of_on"],
    )


def issue_number(month_on: date, first_month: str) -> str:
    """`〔2026〕第10期（总第35期）`; the running total only where the office said its first month.

    Raises ValueError when `first_month` is neither empty nor `YYYY-MM`.
    """
    if not first_month:
        return f"〔{month_on.year}〕第{month_on.month}期"
    year, month = (int(part) for part in first_month.split("-"))
    total = (month_on.year - year) * 12 + month_on.month - month + 1
    within = total if year == month_on.year else month_on.month
    if total < 1:
        return f"〔{month_on.year}〕第{month_on.month}期"
    return f"〔{month_on.year}〕第{within}期（总第{total}期）"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _shifted(month_on: date, by: int) -> date:
    months = month_on.year * 12 + month_on.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)
