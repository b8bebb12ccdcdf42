"""Deadlines in days, working days and minutes; what is provisional is never overdue."""

import datetime as dt

import pytest

from riskpipe.tables.register import Events, Findings, Incidents, Matters, Payouts, States, Tipoffs
from tests.rows import rows, values
from tests.setlogic import made

COLUMNS = ("clock", "rule_id", "due_on", "stopped_on", "is_overdue", "overdue_days", "is_on_time")


def clocks(as_of, **given):
    return made("register/clocks", given, as_of)


def tipoff(**row):
    return {"tipoffs": rows(Tipoffs, [{"row_id": "t", "tipoff_no": "A"} | row])}


def order(**row):
    return tipoff(channel="12345热线转办", **row)


def day(month, number, year=2025):
    return dt.date(year, month, number)


@pytest.mark.parametrize(
    ("closed_at", "as_of", "expected"),
    [
        (None, "2025-03-20", (None, False, 0, False)),
        (None, "2025-03-21", (None, True, 1, False)),
        ("2025-03-20 23:59", "2025-03-31", (day(3, 20), False, 0, True)),
        ("2025-03-25 08:00", "2025-03-31", (day(3, 25), True, 5, False)),
        # Known only later: on the 23rd the case was still open and three days late.
        ("2025-03-25 08:00", "2025-03-23", (None, True, 3, False)),
    ],
)
def test_a_stated_deadline_is_the_end_of_its_day(closed_at, as_of, expected):
    table = clocks(
        as_of, **order(dispatched_at="2025-03-10 09:00", due_on="2025-03-20", closed_at=closed_at)
    )
    assert values(table, *COLUMNS) == [("办理期限", "stated", day(3, 20), *expected)]


def test_without_a_stated_deadline_an_order_has_thirteen_working_days():
    # 24 Sep 2025 is a Wednesday. Worked: 25 26, (Sunday 28 made up) 28 29 30; 1-8 Oct holiday;
    # 9 10, (Saturday 11 made up) 11, 13 14 15 16 17: the thirteenth is 17 Oct.
    table = clocks("2025-10-18", **order(dispatched_at="2025-09-24 15:00"))
    assert values(table, *COLUMNS) == [
        ("办理期限", "handling-12345", day(10, 17), None, True, 1, False)
    ]


def test_two_clocks_run_side_by_side():
    table = clocks(
        "2025-03-31",
        **order(
            dispatched_at="2025-03-10 09:00",
            due_on="2025-03-20",
            city_dispatched_at="2025-03-07 09:00",
            city_due_on="2025-03-14",
            closed_at="2025-03-18 10:00",
        ),
    )
    assert values(table, *COLUMNS) == [
        ("办理期限", "stated", day(3, 20), day(3, 18), False, 0, True),
        ("市交办期限", "stated", day(3, 14), day(3, 18), True, 4, False),
    ]


def test_verification_is_due_sixty_days_after_acceptance_and_may_be_extended():
    accepted = {"channel": "12350电话", "acceptance": "受理", "accepted_at": "2025-01-10 09:00"}
    plain = clocks("2025-03-12", **tipoff(**accepted))
    step = {
        "event_id": "e",
        "step": "延期批复",
        "outcome": "同意",
        "subject_kind": "举报",
        "subject_no": "A",
    }
    extension = rows(Events, [step | {"happened_at": "2025-03-01", "due_on": "2025-04-10"}])
    longer = clocks("2025-03-12", **tipoff(**accepted), events=extension)
    assert values(plain, *COLUMNS) == [
        ("核查期限", "verify-12350", day(3, 11), None, True, 1, False)
    ]
    assert values(longer, "clock", "due_on", "is_overdue") == [
        ("办理期限", day(4, 10), False),
        ("核查期限", day(4, 10), False),
    ]


def test_a_recorded_verification_stops_the_clock_before_the_closing():
    checked = rows(
        Events,
        [
            {
                "event_id": "e",
                "step": "核查",
                "source": "progress",
                "subject_kind": "举报",
                "subject_no": "A",
                "happened_at": "2025-02-01 10:00",
            }
        ],
    )
    accepted = {
        "acceptance": "受理",
        "accepted_at": "2025-01-10 09:00",
        "closed_at": "2025-04-01 09:00",
    }
    table = clocks("2025-12-31", **tipoff(**accepted, verification="属实"), events=checked)
    assert values(table, *COLUMNS) == [
        ("核查期限", "verify-12350", day(3, 11), day(2, 1), False, 0, True)
    ]


def test_what_was_refused_or_moved_has_no_clock():
    for acceptance in ("不予受理", "移送（转办）", "并案", "待处理"):
        given = tipoff(acceptance=acceptance, accepted_at="2025-01-10 09:00", due_on="2025-02-01")
        assert clocks("2025-12-31", **given).num_rows == 0


def finding(**row):
    found = {
        "row_id": "f",
        "finding_no": "Y",
        "inspected_on": "2025-03-03",
        "grade": row.pop("grade", "一般"),
    }
    standing = {"hazard_id": "F-Y", "finding_no": "Y", "row_id": "f", "state": "待整改"} | row
    return {"findings": rows(Findings, [found]), "states": rows(States, [standing])}


def test_a_rectification_is_due_on_the_ledgers_day():
    late = finding(due_on="2025-03-10", rectified_on="2025-03-12")
    assert values(clocks("2025-03-31", **late), *COLUMNS) == [
        ("整改期限", "stated", day(3, 10), day(3, 12), True, 2, False)
    ]


def test_a_major_hazard_is_rechecked_within_ten_days():
    given = finding(
        grade="重大", due_on="2025-03-10", rectified_on="2025-03-10", rechecked_on="2025-03-21"
    )
    assert values(clocks("2025-03-31", **given), *COLUMNS) == [
        ("复查期限", "recheck-major", day(3, 20), day(3, 21), True, 1, False),
        ("整改期限", "stated", day(3, 10), day(3, 10), False, 0, True),
    ]


def test_soon_due_is_within_three_days_and_still_open():
    given = finding(due_on="2025-03-10")
    found = {
        as_of: values(clocks(as_of, **given), "is_due_soon", "is_due")[0]
        for as_of in ("2025-03-06", "2025-03-07", "2025-03-10", "2025-03-11")
    }
    assert found == {
        "2025-03-06": (False, False),
        "2025-03-07": (True, False),
        "2025-03-10": (True, True),
        "2025-03-11": (False, True),
    }


def test_a_deadline_on_an_unpublished_holiday_notice_is_never_overdue():
    table = clocks("2034-12-31", **order(dispatched_at="2034-03-01 09:00"))
    assert values(table, "clock", "is_provisional", "is_due", "is_overdue", "overdue_days") == [
        ("办理期限", True, True, False, 0)
    ]


@pytest.mark.parametrize(
    ("up_at", "expected"),
    [
        ("2025-05-01 10:30", (False, True, 30)),
        ("2025-05-01 10:31", (True, False, 31)),
        ("2025-05-02 00:10", (True, False, 850)),
        ("2025-05-01 09:50", (False, True, None)),
    ],
)
def test_urgent_news_go_up_within_half_an_hour_of_consent(up_at, expected):
    incident = {
        "row_id": "i",
        "incident_no": "SJ-1",
        "happened_at": "2025-05-01 09:00",
        "received_at": "2025-05-01 09:31",
        "consented_at": "2025-05-01 10:00",
        "reported_up_at": up_at,
    }
    table = clocks("2025-05-31", incidents=rows(Incidents, [incident]))
    assert values(table, "clock", "is_overdue", "is_on_time", "used_minutes", "overdue_days") == [
        ("上报30分钟", *expected, 0),
        ("接报30分钟", True, False, 31, 0),
    ]


def test_matters_and_rewards_have_their_clocks():
    matters = rows(
        Matters,
        [
            {
                "row_id": "m1",
                "matter_no": "D1",
                "assigned_on": "2025-03-01",
                "due_on": "2025-03-20",
                "answered_on": "2025-03-18",
                "state": "已反馈",
            },
            {
                "row_id": "m2",
                "matter_no": "D2",
                "assigned_on": "2025-03-01",
                "due_on": "2025-03-20",
                "answered_on": "2025-03-18",
                "state": "办理中",
            },
        ],
    )
    payouts = rows(
        Payouts,
        [
            {"row_id": "p1", "payout_no": "J1", "notified_on": "2025-01-10", "state": "已通知"},
            {"row_id": "p2", "payout_no": "J2", "notified_on": "2025-01-10", "state": "逾期放弃"},
        ],
    )
    table = clocks("2025-03-31", matters=matters, payouts=payouts)
    assert values(table, "subject_no", "clock", "rule_id", "due_on", "is_overdue") == [
        ("D1", "督办期限", "stated", day(3, 20), False),
        ("D2", "督办期限", "stated", day(3, 20), True),
        ("J1", "领取期限", "claim", day(3, 11), True),
    ]
