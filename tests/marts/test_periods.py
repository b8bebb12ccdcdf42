"""Statistical months: leap years, the year's boundary, offices that close on the 25th."""

from riskpipe import calendar
from riskpipe.tables.register import Findings
from tests.marts.drawing import cases, periods, said
from tests.rows import rows
from tests.setlogic import made, packaged


def test_every_month_stands_from_the_first_fact_to_the_as_of_month():
    months = [m for (m,) in said(periods("2024-11-30", "2025-02-03"), "month_on")]
    assert months == ["2024-11-01", "2024-12-01", "2025-01-01", "2025-02-01"]


def test_days_of_leap_and_plain_february_and_of_the_year_so_far():
    table = periods("2024-02-01", "2025-03-05")
    found = {
        row[0]: row[1:]
        for row in said(table, "month_on", "day_count", "prior_year_day_count", "year_day_count")
    }
    # 2024 is a leap year: 31 + 29 = 60 days to the end of February, 2025: 31 + 28 = 59.
    assert found["2024-02-01"] == (29, 28, 60)
    assert found["2025-02-01"] == (28, 29, 59)
    assert found["2025-01-01"] == (31, 31, 31)


def test_no_year_on_year_before_a_year_of_facts_and_no_completeness_before_the_end():
    found = {
        row[0]: row[1:]
        for row in said(
            periods("2024-02-01", "2025-03-05"), "month_on", "has_prior_year", "is_complete"
        )
    }
    assert found["2025-01-01"] == (False, True)
    assert found["2025-02-01"] == (True, True)
    assert found["2025-03-01"] == (True, False)


def test_an_office_that_closes_on_the_25th_has_months_of_other_days():
    days = calendar.days(packaged(), 25)
    table = made(
        "marts/periods", {"days": days, "cases": cases({"received_on": "2025-03-01"})}, "2025-03-25"
    )
    # 26 February to 25 March: 3 + 25 = 28 days; the year began on 26 December: 31 + 31 + 28 = 90.
    assert said(table, "month_on", "starts_on", "ends_on", "day_count", "year_day_count") == [
        ("2025-03-01", "2025-02-26", "2025-03-25", 28, 90)
    ]


def test_without_a_fact_the_reported_month_stands_alone():
    table = made("marts/periods", {}, "2025-03-05")
    assert said(table, "month_on", "has_prior_year") == [("2025-03-01", False)]


def test_a_back_dated_ledger_line_does_not_make_the_year_comparable():
    given = {
        "cases": cases({"received_on": "2025-01-05"}),
        "findings": rows(Findings, [{"finding_no": "F", "inspected_on": "2024-02-01"}]),
    }
    found = dict(said(made("marts/periods", given, "2026-01-31"), "month_on", "has_prior_year"))
    assert len(found) == 24  # February 2024 to January 2026: the line has its month
    assert [month for month, has in found.items() if has] == ["2026-01-01"]
