"""What holds for any tip-offs and findings: nothing is lost on the way into a mart."""

import datetime as dt
from collections import Counter
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as some

from riskpipe import vocabulary as v
from tests.marts.drawing import cases, discoveries, periods, said
from tests.setlogic import made

FIRST, AS_OF = dt.date(2024, 1, 1), "2026-02-28"
DAYS = some.dates(FIRST, dt.date(2026, 2, 28)).map(str)
CELLS = [
    (c.value, sub) for c in v.Category for sub in (*v.SUBCATEGORIES.get(c, ()), "未细分", "另类")
]

CASES = some.lists(
    some.builds(
        lambda day, cell, channel, due, closed: {
            "received_on": day,
            "category": cell[0],
            "subcategory": cell[1],
            "channel": channel,
            "dispatched_on": day,
            "due_on": due,
            "closed_on": closed,
        },
        DAYS,
        some.sampled_from(CELLS),
        some.sampled_from(v.CHANNELS[:3]),
        some.none() | DAYS,
        some.none() | DAYS,
    ),
    max_size=30,
)
LINES = some.lists(
    some.builds(
        lambda found, due, done, street: {
            "found_on": found,
            "due_on": due,
            "rectified_on": done,
            "street": street,
        },
        DAYS,
        some.none() | DAYS,
        some.none() | DAYS,
        some.sampled_from(("甲街道", "乙街道")),
    ),
    max_size=30,
)


@cache
def spans():
    return periods(str(FIRST), AS_OF)


def months_of(given):
    return Counter(row["received_on"][:8] + "01" for row in given)


@settings(max_examples=12, deadline=None)
@given(CASES)
def test_every_case_is_in_the_category_table_of_its_month(drawn):
    table = cases(*drawn)
    monthly = made("marts/monthly", {"cases": table, "periods": spans()}, AS_OF)
    printed = made("marts/categories", {"monthly": monthly, "periods": spans()}, AS_OF)
    found: Counter[str] = Counter()
    year: Counter[str] = Counter()
    for month, subject, count, so_far in said(
        printed, "month_on", "subject", "count", "year_count"
    ):
        found[month] += count if subject == "举报" else 0
        year[month] += so_far if subject == "举报" else 0
    assert +found == months_of(drawn)
    assert year["2025-12-01"] == sum(n for m, n in months_of(drawn).items() if m[:4] == "2025")


@settings(max_examples=12, deadline=None)
@given(CASES)
def test_no_rate_exceeds_one_and_each_case_comes_due_once(drawn):
    table = made("marts/completion", {"cases": cases(*drawn), "periods": spans()}, AS_OF)
    rows = table.to_pylist()
    assert all(0 <= r["numerator_count"] <= r["denominator_count"] for r in rows)
    limited = sum(row["due_on"] is not None for row in drawn)
    assert sum(r["denominator_count"] for r in rows if r["basis"] == "due") == limited


@settings(max_examples=12, deadline=None)
@given(LINES)
def test_stocks_chain_and_end_with_what_is_open(drawn):
    given_tables = {"discoveries": discoveries(*drawn), "periods": spans()}
    table = made("marts/stocks", given_tables, AS_OF)
    before: dict[tuple[str, str], int] = {}
    for row in table.to_pylist():
        group = (row["street"], row["grade"])
        assert row["opening_count"] == before.get(group, 0)
        assert (
            row["opening_count"] + row["found_count"] - row["rectified_count"]
            == (row["closing_count"])
        )
        assert 0 <= row["overdue_count"] <= row["closing_count"]
        before[group] = row["closing_count"]
    assert sum(before.values()) == sum(row["rectified_on"] is None for row in drawn)
