"""Payouts laid beside what is due: a lawful one has no doubt, each broken rule is named."""

import re
from decimal import Decimal

import pytest

from riskpipe.tables.register import Links, Payouts, Tipoffs
from riskpipe.tables.rewards import Audits, Claims, Entitlements
from riskpipe.walk.steps import sql_of
from tests.rows import rows, values
from tests.setlogic import made, rules_of

LAWFUL = {
    "payout_no": "J1",
    "tipoff_no": "A",
    "reward_matter": "重大事故隐患",
    "verification": "属实",
    "due_yuan": "500",
    "approved_yuan": "500",
    "approved_by": "审",
    "approved_on": "2025-03-10",
    "notified_on": "2025-03-12",
    "claim_by_on": "2025-05-11",
    "paid_yuan": "500",
    "paid_on": "2025-03-20",
    "voucher_no": "V1",
    "handled_by": "经",
    "checked_by": "复",
    "state": "已领取",
}
TIP = {"verification": "属实", "closed_at": "2025-03-01 09:00", "received_by": "受"}
DUE = {
    "due_yuan": "500",
    "cap_yuan": "500",
    "is_defined": True,
    "is_eligible": True,
    "steps": "定额",
}


def tables(*payouts, tip=None, due=None, same_hazard=False):
    numbers = sorted({p["tipoff_no"] for p in payouts})
    given = {
        "payouts": rows(Payouts, [{"row_id": p["payout_no"]} | p for p in payouts]),
        "tipoffs": rows(
            Tipoffs, [TIP | {"row_id": f"t{n}", "tipoff_no": n} | (tip or {}) for n in numbers]
        ),
        "links": rows(
            Links,
            [
                {"hazard_id": "T-A" if same_hazard else f"T-{n}", "member_no": n, "row_id": f"t{n}"}
                for n in numbers
            ],
        ),
        "claims": rows(Claims, [{"tipoff_no": n, "is_substantiated": True} for n in numbers]),
        "entitlements": rows(Entitlements, [DUE | {"tipoff_no": n} | (due or {}) for n in numbers]),
    }
    given["discrepancies"] = made("rewards/discrepancies", given, "2025-12-31")
    return given | {"settlements": made("rewards/settlements", given, "2025-12-31")}


def doubts(*payouts, **given):
    return sorted(values(tables(*payouts, **given)["discrepancies"], "payout_no", "rule_id"))


def test_a_lawful_payout_has_no_doubt():
    assert doubts(LAWFUL) == []


@pytest.mark.parametrize(
    ("changes", "given", "expected"),
    [
        ({"verification": "不属实"}, {"tip": {"verification": "不属实"}}, ["not-substantiated"]),
        ({"verification": None}, {"tip": {"verification": None}}, ["not-substantiated"]),
        ({}, {"due": {"is_eligible": False, "due_yuan": "0"}}, ["not-eligible"]),
        ({}, {"due": {"is_defined": False, "due_yuan": None, "cap_yuan": None}}, ["due-undefined"]),
        ({}, {"due": {"due_yuan": "200"}}, ["due-differs"]),
        (
            {"due_yuan": "600", "approved_yuan": "600", "paid_yuan": "600"},
            {"due": {"due_yuan": "600"}},
            ["over-cap"],
        ),
        ({"approved_yuan": "400", "paid_yuan": "400"}, {}, ["approved-differs"]),
        ({"paid_yuan": "499.99"}, {}, ["paid-differs"]),
        ({"approved_on": "2025-02-28"}, {}, ["early-approval"]),
        ({"paid_on": "2025-03-09", "notified_on": "2025-03-08"}, {}, ["paid-before-approval"]),
        ({"approved_on": None}, {}, ["paid-before-approval"]),
        ({"paid_on": "2025-03-11"}, {}, ["paid-before-notice"]),
        ({"paid_on": "2025-05-12"}, {}, ["paid-late"]),
        ({"checked_by": "经"}, {}, ["same-hands"]),
        ({"approved_by": "复"}, {}, ["approver-hands"]),
        ({"approved_by": "受"}, {}, ["approver-received"]),
    ],
)
def test_each_broken_rule_is_named(changes, given, expected):
    assert doubts(LAWFUL | changes, **given) == [("J1", rule) for rule in expected]


SECOND = LAWFUL | {
    "payout_no": "J2",
    "tipoff_no": "B",
    "voucher_no": "V2",
    "approved_on": "2025-03-09",
}


def test_a_hazard_has_one_living_payout_the_first_approved():
    assert doubts(LAWFUL, SECOND, same_hazard=True) == [("J1", "duplicate")]
    assert doubts(LAWFUL, SECOND) == []


@pytest.mark.parametrize(
    "state", ["审批未通过", "逾期放弃", "主动放弃", "不予奖励", "支付退回", "已追回"]
)
def test_what_is_no_longer_living_duplicates_nothing(state):
    lapsed = SECOND | {"state": state, "paid_on": None, "paid_yuan": None}
    assert doubts(LAWFUL, lapsed, same_hazard=True) == []


def test_two_payouts_on_one_tip_off_and_one_voucher():
    again = LAWFUL | {"payout_no": "J2"}
    assert doubts(LAWFUL, again) == [("J2", "duplicate"), ("J2", "voucher-reused")]


def test_the_settlement_lays_the_amounts_side_by_side():
    wrong = LAWFUL | {"due_yuan": "600", "paid_on": "2025-03-01"}
    lapsed = SECOND | {
        "state": "逾期放弃",
        "approved_yuan": "200",
        "paid_yuan": None,
        "paid_on": None,
    }
    table = tables(wrong, lapsed)["settlements"]
    assert values(
        table,
        "payout_no",
        "is_living",
        "due_stated_yuan",
        "due_computed_yuan",
        "difference_yuan",
        "lapsed_yuan",
        "finding_count",
        "finding",
    ) == [
        (
            "J1",
            True,
            Decimal("600.00"),
            Decimal("500.00"),
            Decimal("100.00"),
            Decimal("0.00"),
            4,
            "应奖金额与复算不符；审批金额与应奖不符；先发后批；发放早于通知；",
        ),
        (
            "J2",
            False,
            Decimal("500.00"),
            Decimal("500.00"),
            Decimal("0.00"),
            Decimal("200.00"),
            0,
            None,
        ),
    ]


def test_a_payout_without_a_tip_off_is_still_settled():
    given = {"payouts": rows(Payouts, [LAWFUL])}
    table = made("rewards/settlements", given, "2025-12-31")
    assert values(table, "payout_no", "hazard_id", "due_computed_yuan") == [("J1", None, None)]


def test_every_audit_rule_is_found_and_shown():
    rules = set(rules_of(Audits)["rule_id"].to_pylist())
    assert set(re.findall(r"'([a-z-]+)' AS rule_id", sql_of("rewards/discrepancies"))) == rules
    assert set(re.findall(r"rule_id = '([a-z-]+)'", sql_of("rewards/settlements"))) == rules
