"""What a tip-off counts as: its month, its dates, whether accepted, verified, closed."""

import pytest

from riskpipe.tables.register import Clocks, Events, Tipoffs
from tests.marts.drawing import said
from tests.rows import rows
from tests.setlogic import made


def one(tipoff, *names, **others):
    table = made("marts/cases", {"tipoffs": rows(Tipoffs, [tipoff]), **others}, "2025-06-30")
    return said(table, *names)[0]


@pytest.mark.parametrize(
    ("dates", "received"),
    [
        ({"reported_at": "2024-02-29 23:59"}, ("2024-02-29", "2024-02-01", "2024-01-01")),
        ({"reported_at": "2024-12-31 23:59:59"}, ("2024-12-31", "2024-12-01", "2024-01-01")),
        ({"reported_at": "2025-01-01 00:00"}, ("2025-01-01", "2025-01-01", "2025-01-01")),
        (
            {"city_dispatched_at": "2025-03-31 18:00", "dispatched_at": "2025-04-01 09:00"},
            ("2025-03-31", "2025-03-01", "2025-01-01"),
        ),
        ({"dispatched_at": "2025-04-01 09:00"}, ("2025-04-01", "2025-04-01", "2025-01-01")),
        ({"received_on": "2025-05-06"}, ("2025-05-06", "2025-05-01", "2025-01-01")),
    ],
)
def test_the_month_is_that_of_the_first_date_known(dates, received):
    assert one({"tipoff_no": "A", **dates}, "received_on", "month_on", "year_on") == received


@pytest.mark.parametrize(
    ("row", "is_tipoff", "is_accepted"),
    [
        ({"acceptance": "受理"}, True, True),
        ({"acceptance": "不予受理"}, True, False),
        ({"acceptance": "移送（转办）"}, True, False),
        ({"acceptance": "并案"}, False, False),
        ({"acceptance": "受理", "merged_into_no": "B"}, False, True),
        ({"acceptance": "受理", "matter": "非隐患类诉求"}, False, True),
        ({"dispatched_at": "2025-03-01 08:00"}, True, True),
        ({"closed_at": "2025-03-01 08:00"}, True, True),
        ({}, True, False),
    ],
)
def test_what_counts_as_a_tipoff_and_as_accepted(row, is_tipoff, is_accepted):
    found = one(
        {"tipoff_no": "A", "reported_at": "2025-03-01 08:00", **row}, "is_tipoff", "is_accepted"
    )
    assert found == (is_tipoff, is_accepted)


@pytest.mark.parametrize(
    ("verification", "expected"),
    [
        ("属实", (True, True)),
        ("基本属实", (True, True)),
        ("部分属实", (True, True)),
        ("不属实", (True, False)),
        ("无法核实", (True, False)),
        (None, (False, False)),
    ],
)
def test_substantiated_is_the_first_three_results(verification, expected):
    tipoff = {"tipoff_no": "A", "verification": verification}
    assert one(tipoff, "is_verified", "is_substantiated") == expected


def test_a_closing_after_the_as_of_date_is_no_closing():
    at = {"tipoff_no": "A", "closed_at": "2025-06-30 23:59"}
    after = {"tipoff_no": "A", "closed_at": "2025-07-01 00:00"}
    assert one(at, "closed_on", "closed_month_on") == ("2025-06-30", "2025-06-01")
    assert one(after, "closed_on", "closed_month_on") == (None, None)


def test_progress_records_close_and_call_back_what_the_sheet_leaves_open():
    events = rows(
        Events,
        [
            {
                "event_id": "1",
                "subject_kind": "工单",
                "subject_no": "A",
                "step": "办结",
                "happened_at": "2025-06-02 10:00",
            },
            {
                "event_id": "2",
                "subject_kind": "工单",
                "subject_no": "A",
                "step": "回访",
                "happened_at": "2025-06-03 10:00",
                "satisfaction": "不满意",
                "outcome": "未解决",
            },
            {
                "event_id": "3",
                "subject_kind": "工单",
                "subject_no": "A",
                "step": "回访",
                "happened_at": "2025-06-09 10:00",
                "satisfaction": "基本满意",
                "outcome": "已解决",
            },
            {
                "event_id": "4",
                "subject_kind": "隐患",
                "subject_no": "A",
                "step": "办结",
                "happened_at": "2025-06-20 10:00",
            },
        ],
    )
    found = one(
        {"tipoff_no": "A", "satisfaction": "满意"},
        *("closed_on", "satisfaction", "solved"),
        events=events,
    )
    # The later callback counts; a record of a finding with the same number does not.
    assert found == ("2025-06-02", "基本满意", "已解决")


def test_the_clock_knows_the_limit_better_than_the_sheet():
    clocks = rows(
        Clocks,
        [
            {
                "clock_id": "1",
                "clock": "办理期限",
                "subject_kind": "工单",
                "subject_no": "A",
                "due_on": "2025-05-20",
            },
            {
                "clock_id": "2",
                "clock": "市交办期限",
                "subject_kind": "工单",
                "subject_no": "A",
                "due_on": "2025-05-30",
            },
        ],
    )
    tipoff = {"tipoff_no": "A", "due_on": "2025-05-10", "city_due_on": "2025-05-15"}
    assert one(tipoff, "due_on", "due_month_on", clocks=clocks) == ("2025-05-20", "2025-05-01")
    assert one(tipoff, "due_on", "due_month_on") == ("2025-05-10", "2025-05-01")


def test_a_community_stands_for_the_grid_where_none_is_given():
    assert one({"tipoff_no": "A", "grid": "QL01-001", "community": "永安社区"}, "grid") == (
        "QL01-001",
    )
    assert one({"tipoff_no": "A", "community": "永安社区"}, "grid") == ("永安社区",)
