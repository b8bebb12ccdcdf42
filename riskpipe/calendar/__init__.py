"""The calendar as a table: which days are worked, and which statistical month each is in.

Holidays and make-up workdays (调休) are data; a year whose notice is not loaded is worked
Monday to Friday and marked provisional. Offices that close their month on the 25th get
other month labels, so SQL never computes a month from a date: it joins `days`.
"""

from datetime import date, timedelta

import pyarrow as pa

from riskpipe.rules import Rules
from riskpipe.settings import Settings
from riskpipe.tables.base import schema_of
from riskpipe.tables.shared import Days, Run

FIRST = date(2000, 1, 1)
LAST = date(2035, 12, 31)
RULES = ("calendar/holidays", "calendar/notices")


def next_month(month_on: date) -> date:
    """First day of the following calendar month."""
    return (month_on.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(month_on: date) -> date:
    """First day of the preceding calendar month."""
    return (month_on.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_end(month_on: date, closes_on: int) -> date:
    """Last day of the statistical month labelled `month_on`."""
    last = next_month(month_on) - timedelta(days=1)
    return last if closes_on >= last.day else last.replace(day=closes_on)


def month_start(month_on: date, closes_on: int) -> date:
    """First day of the statistical month labelled `month_on`: the day after the last one's."""
    return month_end(month_before(month_on), closes_on) + timedelta(days=1)


def month_of(day: date, closes_on: int) -> date:
    """Label (first calendar day) of the statistical month `day` belongs to."""
    month_on = day.replace(day=1)
    return month_on if day <= month_end(month_on, closes_on) else next_month(month_on)


def days(rules: Rules, closes_on: int) -> pa.Table:
    """The table `days`: one row a calendar day from FIRST to LAST."""
    exceptions = _exceptions(rules)
    known = {int(row["year"]) for row in rules.rows("calendar/notices")}
    rows, workday_no = [], 0
    for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
        is_workday = exceptions.get(day, day.weekday() < 5)
        workday_no += is_workday
        month_on = month_of(day, closes_on)
        rows.append(
            {
                "day_on": day,
                "month_on": month_on,
                "year_on": month_on.replace(month=1),
                "is_workday": is_workday,
                "workday_no": workday_no,
                "is_provisional": day.year not in known,
            }
        )
    return pa.Table.from_pylist(rows, schema=schema_of(Days))


def run_table(settings: Settings, as_of: date, month_on: date) -> pa.Table:
    """The one-row table `run`: as-of date, reported month and the settings SQL needs."""
    closes_on = settings.month_closes_on
    row = {
        "as_of_on": as_of,
        "month_on": month_on,
        "month_starts_on": month_start(month_on, closes_on),
        "month_ends_on": month_end(month_on, closes_on),
        "year_on": month_on.replace(month=1),
        "year_starts_on": month_start(month_on.replace(month=1), closes_on),
        "due_soon_days": settings.due_soon_days,
        "minimum_base": settings.minimum_base,
        "district": settings.district,
    }
    return pa.Table.from_pylist([row], schema=schema_of(Run))


def last_complete_month(as_of: date, closes_on: int) -> date:
    """Label of the newest statistical month that had ended before `as_of`."""
    month_on = month_of(as_of, closes_on)
    return month_on if month_end(month_on, closes_on) < as_of else month_before(month_on)


def _exceptions(rules: Rules) -> dict[date, bool]:
    found: dict[date, bool] = {}
    for row in rules.rows("calendar/holidays"):
        day, last = date.fromisoformat(row["from_on"]), date.fromisoformat(row["to_on"])
        while day <= last:
            found[day] = row["is_workday"] == "是"
            day += timedelta(days=1)
    return found
