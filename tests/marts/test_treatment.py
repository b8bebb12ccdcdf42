"""Ledger lines: what is rectified, signed off, open and overdue; batches and stocks."""

import pytest

from riskpipe.tables.register import Findings, Lifecycle, Links, States
from tests.marts.drawing import discoveries, periods, said
from tests.rows import rows
from tests.setlogic import made

LIFECYCLE = rows(
    Lifecycle,
    [
        {"state": "整改中", "is_open": True, "is_closed": False},
        {"state": "已销号", "is_open": False, "is_closed": True},
    ],
)
FACTS = ("rectified_on", "is_recheck_passed", "signed_off_on", "is_overdue")


def line(finding, state=None):
    given = {
        "findings": rows(Findings, [{"finding_no": "F", "inspected_on": "2025-03-01", **finding}]),
        "links": rows(Links, [{"hazard_id": "H", "member_no": "F", "row_id": "r1"}]),
        "lifecycle": LIFECYCLE,
    }
    if state is not None:
        given["states"] = rows(States, [{"hazard_id": "H", "row_id": "r1", **state}])
    return said(made("marts/discoveries", given, "2025-03-31"), "hazard_id", *FACTS)[0]


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        ({"state": "整改中"}, (None, False, None, False)),
        # the claim alone: rectified, not signed off
        ({"state": "整改中", "rectified_on": "2025-03-09"}, ("2025-03-09", False, None, False)),
        # a failed re-inspection takes the claim back, a new claim after it stands again
        (
            {
                "state": "整改中",
                "rectified_on": "2025-03-09",
                "rechecked_on": "2025-03-09",
                "recheck_result": "不合格",
            },
            (None, False, None, False),
        ),
        (
            {
                "state": "整改中",
                "rectified_on": "2025-03-12",
                "rechecked_on": "2025-03-09",
                "recheck_result": "不合格",
            },
            ("2025-03-12", False, None, False),
        ),
        # said to be done without a date: the day of discovery, the earliest it can be
        ({"state": "整改中", "state_stated": "当场整改"}, ("2025-03-01", False, None, False)),
        # a sign-off counts in a closed state only
        (
            {
                "state": "已销号",
                "rectified_on": "2025-03-09",
                "rechecked_on": "2025-03-10",
                "recheck_result": "合格",
                "signed_off_on": "2025-03-11",
            },
            ("2025-03-09", True, "2025-03-11", False),
        ),
        (
            {"state": "整改中", "rectified_on": "2025-03-09", "signed_off_on": "2025-03-11"},
            ("2025-03-09", False, None, False),
        ),
        # the due day itself is not overdue; the day after is
        ({"state": "整改中", "due_on": "2025-03-31"}, (None, False, None, False)),
        ({"state": "整改中", "due_on": "2025-03-30"}, (None, False, None, True)),
        (
            {"state": "整改中", "due_on": "2025-03-30", "rectified_on": "2025-03-31"},
            ("2025-03-31", False, None, False),
        ),
    ],
)
def test_the_registers_state_speaks_for_its_line(state, facts):
    assert line({"due_on": "2025-03-01"} if "due_on" in state else {}, state) == ("H", *facts)


def test_another_line_of_the_hazard_speaks_for_itself():
    signed = {
        "state": "已销号",
        "rectified_on": "2025-03-09",
        "rechecked_on": "2025-03-10",
        "recheck_result": "合格",
        "signed_off_on": "2025-03-11",
    }
    assert line(signed) == ("H", "2025-03-09", True, "2025-03-11", False)
    unproven = {**signed, "recheck_result": None}
    assert line(unproven) == ("H", "2025-03-09", False, None, False)


def test_a_line_without_a_date_counts_when_it_was_received():
    given = {
        "findings": rows(Findings, [{"finding_no": "F", "received_on": "2025-04-02"}]),
        "lifecycle": LIFECYCLE,
    }
    table = made("marts/discoveries", given, "2025-04-30")
    assert said(table, "found_on", "month_on", "street", "grade", "place_type") == [
        ("2025-04-02", "2025-04-01", "街道不明", "未定级", "未分类型")
    ]


def batch():
    return discoveries(
        {
            "found_on": "2025-03-01",
            "due_on": "2025-03-10",
            "rectified_on": "2025-03-10",
            "is_rechecked": True,
            "is_recheck_passed": True,
            "signed_off_on": "2025-03-12",
        },
        {
            "found_on": "2025-03-02",
            "due_on": "2025-03-10",
            "rectified_on": "2025-04-02",
            "is_rechecked": True,
        },
        {"found_on": "2025-03-31", "due_on": "2025-04-10", "rectified_on": "2025-04-01"},
        {"found_on": "2025-03-05", "due_on": "2025-03-15", "is_overdue": True},
        {"found_on": "2025-03-05"},
        {"found_on": "2025-04-01", "grade": "重大"},
    )


def test_a_batch_is_followed_to_the_as_of_date():
    table = made("marts/treatment", {"discoveries": batch()}, "2025-04-30")
    names = [name for name in table.column_names if name.endswith("_count")]
    assert names == [
        *("found_count", "rectified_count", "rechecked_count", "recheck_passed_count"),
        *("signed_off_count", "open_count", "unsigned_count", "overdue_count"),
        *("late_count", "heaped_count"),
    ]
    # Of March's five three are rectified (one on its limit's day, one late), one signed off:
    # 5 - 3 = 2 open, 3 - 1 = 2 not signed off.
    assert said(table, "month_on", "grade", *names) == [
        ("2025-03-01", "一般", 5, 3, 2, 1, 1, 2, 2, 1, 1, 1),
        ("2025-04-01", "重大", 1, 0, 0, 0, 0, 1, 0, 0, 0, 0),
    ]


def test_stocks_carry_over():
    given = {"discoveries": batch(), "periods": periods("2025-03-01", "2025-05-05")}
    table = made("marts/stocks", given, "2025-05-05")
    names = (
        "opening_count",
        "found_count",
        "rectified_count",
        "signed_off_count",
        "closing_count",
        "overdue_count",
    )
    # March: 5 found, 1 rectified, 4 left, of which the second and fourth are past their limit.
    # April: 4 + 0 - 2 = 2 left; the second is rectified on 2 April, the fourth still is not.
    # May: nothing moves.
    assert said(table, "month_on", "grade", *names) == [
        ("2025-03-01", "一般", 0, 5, 1, 1, 4, 2),
        ("2025-03-01", "重大", 0, 0, 0, 0, 0, 0),
        ("2025-04-01", "一般", 4, 0, 2, 0, 2, 1),
        ("2025-04-01", "重大", 0, 1, 0, 0, 1, 0),
        ("2025-05-01", "一般", 2, 0, 0, 0, 2, 1),
        ("2025-05-01", "重大", 1, 0, 0, 0, 1, 0),
    ]


@pytest.mark.parametrize(("due_on", "overdue"), [("2025-03-30", 1), ("2025-03-31", 0)])
def test_at_the_months_end_its_last_day_is_not_overdue(due_on, overdue):
    given = {
        "discoveries": discoveries({"found_on": "2025-03-01", "due_on": due_on}),
        "periods": periods("2025-03-01", "2025-03-31"),
    }
    table = made("marts/stocks", given, "2025-03-31")
    assert said(table, "overdue_count") == [(overdue,)]


def test_a_rectification_dated_before_its_discovery_never_makes_a_negative_stock():
    given = {
        "discoveries": discoveries({"found_on": "2025-04-02", "rectified_on": "2025-03-20"}),
        "periods": periods("2025-03-01", "2025-04-30"),
    }
    table = made("marts/stocks", given, "2025-04-30")
    assert said(table, "found_count", "rectified_count", "closing_count") == [(0, 0, 0), (1, 1, 0)]
