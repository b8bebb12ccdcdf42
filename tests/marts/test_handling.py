"""Dispatches, callbacks and payouts by state."""

from riskpipe.tables.register import Events
from riskpipe.tables.rewards import Settlements
from tests.marts.drawing import cases, said
from tests.rows import rows
from tests.setlogic import made


def test_dispatches_by_first_assignee():
    sent = {"received_on": "2025-05-02", "dispatched_on": "2025-05-03", "channel": "视频巡查"}
    given = {
        "cases": cases(
            {
                **sent,
                "first_assignee": "区交警大队",
                "due_on": "2025-05-10",
                "closed_on": "2025-05-10",
            },  # T0: closed on the due day
            {
                **sent,
                "first_assignee": "区交警大队",
                "due_on": "2025-05-10",
                "closed_on": "2025-05-11",
            },  # T1: a day late
            {**sent, "first_assignee": "区交警大队", "due_on": "2025-06-01"},  # T2: not due yet
            {**sent, "first_assignee": "区城管局"},  # T3
            {"received_on": "2025-05-02", "first_assignee": "未派发"},  # T4: never sent
        ),
        "events": rows(
            Events,
            [
                {"event_id": "1", "subject_kind": "工单", "subject_no": "T1", "step": "改派"},
                {"event_id": "2", "subject_kind": "工单", "subject_no": "T1", "step": "改派"},
                {"event_id": "3", "subject_kind": "工单", "subject_no": "T3", "step": "退单"},
                {"event_id": "4", "subject_kind": "工单", "subject_no": "T3", "step": "签收"},
            ],
        ),
    }
    table = made("marts/dispatches", given, "2025-05-31")
    names = [name for name in table.column_names if name.endswith("_count")]
    # dispatched, closed, due by 31 May, of these in time, passed on (twice is one), sent back
    assert said(table, "channel", "first_assignee", *names) == [
        ("视频巡查", "区交警大队", 3, 2, 2, 1, 1, 0),
        ("视频巡查", "区城管局", 1, 0, 0, 0, 0, 1),
    ]


def test_satisfaction_is_over_effective_callbacks():
    day = {"received_on": "2025-05-02"}
    given = cases(
        {**day, "satisfaction": "满意", "solved": "已解决"},
        {**day, "satisfaction": "基本满意", "solved": "部分解决"},
        {**day, "satisfaction": "不满意", "solved": "未解决"},
        {**day, "satisfaction": "未评价"},
        {**day, "satisfaction": "未接通"},
        {**day, "satisfaction": "拒访"},
        day,
        {"received_on": "2025-06-02", "satisfaction": "未接通"},
    )
    table = made("marts/callbacks", {"cases": given}, "2025-06-30")
    names = [name for name in table.column_names if name not in ("channel", "satisfied_rate")]
    # six callbacks in May, three of them effective, two content: 2/3; June has none effective
    assert said(table, *names) == [
        ("2025-05-01", 6, 3, 2, 3, 1),
        ("2025-06-01", 1, 0, 0, 0, 0),
    ]
    assert table["satisfied_rate"].to_pylist() == [2 / 3, None]


def test_payouts_by_month_of_approval_matter_and_state():
    fire = {"reward_matter": "一般事故隐患", "state": "已领取"}
    given = rows(
        Settlements,
        [
            {
                "payout_no": "1",
                **fire,
                "approved_on": "2025-03-31",
                "due_stated_yuan": "200",
                "due_computed_yuan": "500",
                "approved_yuan": "200",
                "paid_yuan": "200",
            },
            {
                "payout_no": "2",
                **fire,
                "approved_on": "2025-03-01",
                "due_stated_yuan": "0.10",
                "due_computed_yuan": None,
                "approved_yuan": "0.20",
                "paid_yuan": "0.20",
            },
            {
                "payout_no": "3",
                **fire,
                "state": "逾期放弃",
                "approved_on": "2025-04-01",
                "approved_yuan": "500",
                "lapsed_yuan": "500",
            },
            {"payout_no": "4", "state": None, "received_on": "2025-04-03"},
        ],
    )
    table = made("marts/rewardsums", {"settlements": given}, "2025-04-30")
    # 200 + 0.10, 500, 200 + 0.20: exact to the 分, never 200.20000000000002
    assert said(table, *table.column_names) == [
        ("2025-03-01", "一般事故隐患", "已领取", 2, "200.10", "500.00", "200.20", "200.20", "0.00"),
        ("2025-04-01", "一般事故隐患", "逾期放弃", 1, "0.00", "0.00", "500.00", "0.00", "500.00"),
        ("2025-04-01", "未填事项", "未填状态", 1, "0.00", "0.00", "0.00", "0.00", "0.00"),
    ]
