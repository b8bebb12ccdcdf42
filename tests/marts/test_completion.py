"""One word, 办结率, and its denominators (DOMAIN §3.5), differing as published ones did."""

import pytest

from tests.marts.drawing import cases, periods, said
from tests.setlogic import made


def rates(given, month_on, as_of, first="2025-04-01"):
    table = made("marts/completion", {"cases": given, "periods": periods(first, as_of)}, as_of)
    wanted = said(table, "month_on", "basis", "numerator_count", "denominator_count")
    return {basis: (n, d) for month, basis, n, d in wanted if month == month_on}


def fixture():
    return cases(
        # answered on the spot, nobody sent
        {"received_on": "2025-05-02", "closed_on": "2025-05-02"},
        # sent, closed within its limit
        {
            "received_on": "2025-05-03",
            "dispatched_on": "2025-05-03",
            "due_on": "2025-05-10",
            "closed_on": "2025-05-08",
        },
        # closed late, still in the month
        {
            "received_on": "2025-05-04",
            "dispatched_on": "2025-05-05",
            "due_on": "2025-05-12",
            "closed_on": "2025-05-20",
        },
        # not yet due at the month's end, closed in June within its limit
        {
            "received_on": "2025-05-28",
            "dispatched_on": "2025-05-29",
            "due_on": "2025-06-05",
            "closed_on": "2025-06-03",
        },
        # due in May, closed in mid June, after the cut-off of the 11th
        {
            "received_on": "2025-05-20",
            "dispatched_on": "2025-05-20",
            "due_on": "2025-05-27",
            "closed_on": "2025-06-15",
        },
        # came in April, sent in May, closed on the due day itself
        {
            "received_on": "2025-04-29",
            "dispatched_on": "2025-05-02",
            "due_on": "2025-05-09",
            "closed_on": "2025-05-09",
        },
        # sent on the last day, due in June, still open
        {"received_on": "2025-05-30", "dispatched_on": "2025-05-31", "due_on": "2025-06-20"},
        # refused
        {"received_on": "2025-05-30", "is_accepted": False},
    )


def test_five_bases_on_one_fixture():
    assert rates(fixture(), "2025-05-01", "2025-06-30") == {
        "all": (5, 6),  # accepted in May: all but the April one and the refused; 1 open
        "transferred": (3, 6),  # sent in May, six; closed by 31 May: 8th, 20th, 9th
        "cohort": (3, 5),  # came and sent in May, five; by 11 June: 8th, 20th, 3 June
        "due": (3, 4),  # closed or due in May: 8th, 20th, 9th, and the one open past the 27th
        "on_time": (2, 4),  # limits in May: kept on the 8th and the 9th
    }


def test_what_is_not_yet_due_counts_in_the_next_month():
    # June: closed on the 3rd within its limit; open past the 20th. The late one of May never
    # comes again: each case counts once.
    assert rates(fixture(), "2025-06-01", "2025-06-30")["due"] == (1, 2)


def test_the_due_day_has_come_on_the_as_of_date_and_not_before():
    given = cases(
        {"received_on": "2025-05-02", "dispatched_on": "2025-05-02", "due_on": "2025-05-20"}
    )
    assert rates(given, "2025-05-01", "2025-05-19")["on_time"] == (0, 0)
    assert rates(given, "2025-05-01", "2025-05-20")["on_time"] == (0, 1)


def test_only_what_has_come_due_as_fengcheng_counted():
    # 3,656 received in a month, 3,456 of them closed, 200 within their limit at its end:
    # 3,456 stay in the denominator of `due`, all 3,656 in that of `all`.
    done = {
        "received_on": "2025-05-06",
        "dispatched_on": "2025-05-06",
        "due_on": "2025-05-20",
        "closed_on": "2025-05-16",
    }
    undue = {"received_on": "2025-05-28", "dispatched_on": "2025-05-28", "due_on": "2025-06-11"}
    found = rates(cases(*[done] * 3456, *[undue] * 200), "2025-05-01", "2025-05-31")
    assert found["due"] == (3456, 3456)
    assert found["all"] == (3456, 3656)


def test_sent_and_closed_in_the_month_as_huaibei_counted():
    # 2,274 sent in March 2021, 1,715 closed in it: 75.42 %; by May all are closed.
    sent = {"received_on": "2021-03-10", "dispatched_on": "2021-03-10"}
    given = cases(
        *[{**sent, "closed_on": "2021-03-31"}] * 1715,
        *[{**sent, "closed_on": "2021-04-01"}] * (2274 - 1715),
    )
    found = rates(given, "2021-03-01", "2021-05-31", first="2021-03-01")
    assert found["transferred"] == (1715, 2274)
    assert round(100 * 1715 / 2274, 2) == 75.42
    assert found["all"] == found["cohort"] == (2274, 2274)


def test_a_total_rate_is_a_ratio_of_sums_not_a_mean_of_ratios():
    one = {"received_on": "2025-05-02", "closed_on": "2025-05-03"}
    hotline = {**one, "channel": "12345热线转办"}
    given = cases(
        *[{**one, "channel": "网站及网络平台"}] * 2,
        *[hotline] * 6,
        *[{**hotline, "closed_on": None}] * 2,
    )
    table = made(
        "marts/completion",
        {"cases": given, "periods": periods("2025-05-01", "2025-05-31")},
        "2025-05-31",
    )
    rows_ = [row for row in table.to_pylist() if row["basis"] == "all"]
    total = sum(r["numerator_count"] for r in rows_) / sum(r["denominator_count"] for r in rows_)
    mean = sum(r["completion_rate"] for r in rows_) / len(rows_)
    # 2/2 and 6/8: (2 + 6) / (2 + 8) = 0.8, the mean of 1 and 0.75 is 0.875.
    assert total == 0.8
    assert mean == 0.875


def test_received_and_closed_stand_beside_every_basis_and_zero_months_are_there():
    table = made(
        "marts/completion",
        {"cases": fixture(), "periods": periods("2025-03-01", "2025-06-30")},
        "2025-06-30",
    )
    assert table.num_rows == 4 * 5  # four months, one channel, five bases
    found = {
        row[:2]: row[2:]
        for row in said(
            table, "month_on", "basis", "received_count", "closed_count", "completion_rate"
        )
    }
    assert found[("2025-05-01", "due")] == (7, 5, 0.75)
    assert found[("2025-03-01", "due")] == (0, 0, None)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-06-10", {"transferred", "due", "on_time"}),
        ("2025-06-11", {"transferred", "due", "on_time", "cohort"}),
    ],
)
def test_a_basis_is_final_once_its_cutoff_has_passed(as_of, expected):
    table = made(
        "marts/completion",
        {"cases": fixture(), "periods": periods("2025-05-01", as_of)},
        as_of,
    )
    found = said(table, "month_on", "basis", "is_final")
    assert {basis for month, basis, final in found if month == "2025-05-01" and final} == expected
