"""How months, spans and issue numbers are written."""

import datetime as dt

import pytest

from riskpipe.consultation.period import Period, issue_number


def period(month, starts, ends, as_of):
    year = month.replace(month=1)
    return Period(month, starts, ends, year, year, as_of)


def test_a_month_in_words():
    october = period(
        dt.date(2026, 10, 1), dt.date(2026, 10, 1), dt.date(2026, 10, 31), dt.date(2026, 11, 3)
    )
    assert october.month == "2026年10月"
    assert october.year == "2026年1—10月累计"
    assert october.span == "2026年10月1日至10月31日"
    assert october.cut_off == "2026年11月3日24时"
    assert october.prior_month_on == dt.date(2026, 9, 1)
    assert len(october.year_months) == len(october.prior_year_months) == 10


def test_january_of_an_office_that_closes_on_the_25th():
    january = period(
        dt.date(2026, 1, 1), dt.date(2025, 12, 26), dt.date(2026, 1, 25), dt.date(2026, 1, 28)
    )
    assert january.months == "1月"
    assert january.span == "2025年12月26日至2026年1月25日"
    assert january.prior_month_on == dt.date(2025, 12, 1)


@pytest.mark.parametrize(
    ("first", "read"),
    [
        ("", "〔2026〕第10期"),
        ("2023-12", "〔2026〕第10期（总第35期）"),
        ("2026-09", "〔2026〕第2期（总第2期）"),
        ("2026-11", "〔2026〕第10期"),
    ],
)
def test_issue_numbers(first, read):
    assert issue_number(dt.date(2026, 10, 1), first) == read
