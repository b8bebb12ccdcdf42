"""From call to payout: one batch, counted step by step; the rest of the money kept apart."""

from riskpipe.tables.register import Hazards
from riskpipe.tables.rewards import Settlements
from tests.marts.drawing import cases, periods, said
from tests.rows import rows
from tests.setlogic import made

STEPS = (
    *("call_count", "tipoff_count", "hazard_count", "accepted_count", "verified_count"),
    *("substantiated_count", "rewarded_count", "ineligible_count"),
)
MONEY = ("due_yuan", "approved_yuan", "paid_yuan", "lapsed_yuan")
YES = {"is_tipoff": True, "is_verified": True, "is_substantiated": True}


def batch():
    return cases(
        {"received_on": "2025-11-01", **YES},  # T0 paid 200
        {"received_on": "2025-11-02", **YES},  # T1 paid 500, approved again and lapsed 300
        {"received_on": "2025-11-03", **YES},  # T2 refused a reward
        {"received_on": "2025-11-04", **YES},  # T3 no payout row at all
        {"received_on": "2025-11-05", **YES},  # T4 awaits approval
        {"received_on": "2025-11-06", "is_tipoff": True, "is_verified": True},  # T5 not so
        {"received_on": "2025-11-07", "is_tipoff": True},  # T6 not verified yet
        {"received_on": "2025-11-08", "is_accepted": False},  # T7 merged into T0
        {"received_on": "2025-12-01", "is_tipoff": True},  # T8 the next month
    )


def payouts():
    return rows(
        Settlements,
        [
            {
                "payout_no": "1",
                "tipoff_no": "T0",
                "state": "已领取",
                "due_stated_yuan": "200",
                "approved_yuan": "200",
                "paid_yuan": "200",
            },
            {
                "payout_no": "2",
                "tipoff_no": "T1",
                "state": "已领取",
                "due_stated_yuan": "500",
                "approved_yuan": "500",
                "paid_yuan": "500",
            },
            {
                "payout_no": "3",
                "tipoff_no": "T1",
                "state": "逾期放弃",
                "due_stated_yuan": "300",
                "approved_yuan": "300",
                "lapsed_yuan": "300",
            },
            {"payout_no": "4", "tipoff_no": "T2", "state": "不予奖励", "due_stated_yuan": "0"},
            {
                "payout_no": "5",
                "tipoff_no": "T4",
                "state": "待审批",
                "due_stated_yuan": "200",
                "approved_yuan": "200",
            },
        ],
    )


def funnel():
    hazards = rows(
        Hazards,
        [
            {"hazard_id": "A", "first_tipoff_no": "T0", "tipoff_count": 2},
            {"hazard_id": "B", "first_tipoff_no": "T1"},
            {"hazard_id": "C", "first_tipoff_no": "T8"},
            {"hazard_id": "D"},  # found by inspection: no tip-off's hazard
        ],
    )
    given = {
        "cases": batch(),
        "settlements": payouts(),
        "hazards": hazards,
        "periods": periods("2025-10-01", "2025-12-31"),
    }
    return made("marts/funnel", given, "2025-12-31")


def test_each_step_is_counted_for_the_same_batch():
    # November: 8 calls; less the merged one 7 tip-offs; 2 hazards told first in it;
    # 7 accepted; 6 verified; 5 substantiated; 2 with money received; of the 5, T2 (refused)
    # and T3 (no row) get none, T4 still awaits.
    assert said(funnel(), "month_on", *STEPS) == [
        ("2025-10-01", 0, 0, 0, 0, 0, 0, 0, 0),
        ("2025-11-01", 8, 7, 2, 7, 6, 5, 2, 2),
        ("2025-12-01", 1, 1, 1, 1, 0, 0, 0, 0),
    ]


def test_four_amounts_are_four_columns():
    # due 200 + 500 + 300 + 0 + 200; approved without what awaits: 200 + 500 + 300
    assert said(funnel(), *MONEY)[1] == ("1200.00", "1000.00", "700.00", "300.00")
