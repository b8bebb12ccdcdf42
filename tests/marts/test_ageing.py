"""Age bands at their edges, running clocks past their limit, limits kept by month."""

import pytest

from riskpipe.tables.register import Clocks, Hazards
from tests.marts.drawing import said
from tests.rows import rows
from tests.setlogic import made


def ageing(*hazards):
    plain = {"street": "甲街道", "grade": "一般", "is_open": True}
    given = [{**plain, "hazard_id": f"H{n}", **row} for n, row in enumerate(hazards)]
    return made("marts/ageing", {"hazards": rows(Hazards, given)}, "2025-04-10")


@pytest.mark.parametrize(
    ("first_seen_on", "band", "days"),
    [
        ("2025-04-10", "7天以内", 0),
        ("2025-04-03", "7天以内", 7),
        ("2025-04-02", "8—15天", 8),
        ("2025-03-11", "16—30天", 30),
        ("2025-03-10", "31—60天", 31),
        ("2025-01-10", "61—90天", 90),
        ("2025-01-09", "91—180天", 91),
        ("2024-02-29", "180天以上", 406),  # 366 days to 1 March 2025 and 40 more
        ("2025-04-11", "7天以内", 0),  # dated after the as-of date: no negative age
    ],
)
def test_each_band_holds_both_its_ends(first_seen_on, band, days):
    found = said(ageing({"first_seen_on": first_seen_on}), "band", "open_count", "oldest_days")
    assert len(found) == 7
    assert [row for row in found if row[1]] == [(band, 1, days)]


@pytest.mark.parametrize(
    ("hazard", "overdue"),
    [
        ({"due_on": "2025-04-10"}, 0),
        ({"due_on": "2025-04-09"}, 1),
        ({"due_on": "2025-04-09", "rectified_on": "2025-04-09"}, 0),
        ({}, 0),
    ],
)
def test_the_due_day_itself_is_not_overdue(hazard, overdue):
    found = said(ageing({"first_seen_on": "2025-04-10", **hazard}), "open_count", "overdue_count")
    assert found[0] == (1, overdue)


def test_closed_hazards_leave_their_group_with_zeros():
    found = said(
        ageing(
            {"first_seen_on": "2025-04-10", "is_open": False},
            {"first_seen_on": "2025-04-10", "street": None, "grade": None},
        ),
        *("band_order", "street", "grade", "open_count", "oldest_days"),
    )
    assert len(found) == 14  # 7 bands × 2 groups
    assert found[:2] == [(1, "甲街道", "一般", 0, None), (1, "街道不明", "未定级", 1, 0)]


def clocks():
    plain = {
        "clock": "办理期限",
        "subject_kind": "工单",
        "subject_no": "A",
        "street": "甲街道",
        "unit": "甲街道",
        "starts_on": "2025-03-01",
        "overdue_days": 0,
    }
    return rows(
        Clocks,
        [
            {
                **plain,
                "clock_id": "open",
                "due_on": "2025-03-31",
                "is_due": True,
                "is_open": True,
                "is_overdue": True,
                "overdue_days": 10,
                "hazard_id": "H",
                "street": None,
            },
            {
                **plain,
                "clock_id": "late",
                "due_on": "2025-03-31",
                "is_due": True,
                "stopped_on": "2025-04-01",
                "is_overdue": True,
                "overdue_days": 1,
            },
            {
                **plain,
                "clock_id": "kept",
                "due_on": "2025-03-31",
                "is_due": True,
                "stopped_on": "2025-03-31",
                "is_on_time": True,
            },
            {**plain, "clock_id": "today", "due_on": "2025-04-10", "is_due": True, "is_open": True},
            {
                **plain,
                "clock_id": "soon",
                "due_on": "2025-04-11",
                "is_open": True,
                "is_due_soon": True,
            },
        ],
    )


def test_only_running_clocks_are_listed_with_their_hazard():
    hazard = {"hazard_id": "H", "street": "乙街道", "unit_name": "某厂", "grade": "重大"}
    given = {"clocks": clocks(), "hazards": rows(Hazards, [hazard])}
    table = made("marts/overdue", given, "2025-04-10")
    assert said(table, "clock_id", "street", "unit_name", "grade", "overdue_days") == [
        ("open", "乙街道", "某厂", "重大", 10)
    ]


def test_limits_by_month_kept_late_and_still_running():
    table = made("marts/timeliness", {"clocks": clocks()}, "2025-04-10")
    names = ("due_count", "on_time_count", "late_count", "overdue_count", "on_time_rate")
    assert said(table, "month_on", "street", *names) == [
        ("2025-03-01", "甲街道", 2, 1, 1, 0, 0.5),
        ("2025-03-01", "街道不明", 1, 0, 0, 1, 0.0),
        ("2025-04-01", "甲街道", 1, 0, 0, 0, 0.0),
    ]
