"""Which tip-offs a reward may be due for, and the facts a tariff asks."""

import datetime as dt
from decimal import Decimal

from riskpipe.tables.register import Events, Hazards, Links, Members, Payouts, Tipoffs
from tests.rows import rows, values
from tests.setlogic import made


def claims(tipoffs, links=(), **given):
    full = [
        {"row_id": f"row {t['tipoff_no']}", "acceptance": "受理", "matter": "生产安全事故隐患"} | t
        for t in tipoffs
    ]
    tables = {
        "tipoffs": rows(Tipoffs, full),
        "links": rows(
            Links,
            [
                {
                    "hazard_id": hazard,
                    "member_kind": "tipoff",
                    "member_no": number,
                    "row_id": f"row {number}",
                }
                for hazard, number in links
            ],
        ),
        "members": rows(
            Members,
            [
                {
                    "row_id": row["row_id"],
                    "member_no": row["tipoff_no"],
                    "seen_at": row.get("accepted_at", "2025-01-01"),
                }
                for row in full
            ],
        ),
    }
    return made("rewards/claims", tables | given, "2025-12-31")


def test_substantiated_tip_offs_of_the_public_and_whatever_was_paid():
    paid = rows(Payouts, [{"payout_no": "J1", "tipoff_no": "D", "reward_matter": "其他"}])
    table = claims(
        [
            {"tipoff_no": "A", "verification": "基本属实"},
            {"tipoff_no": "B", "verification": "不属实"},
            {"tipoff_no": "C", "verification": "属实", "channel": "网格上报"},
            {"tipoff_no": "D", "verification": "无法核实"},
            {"tipoff_no": "E", "verification": "属实", "matter": "非隐患类诉求"},
            {"tipoff_no": "F", "verification": "属实", "acceptance": "移送（转办）"},
            {"tipoff_no": "G", "verification": "部分属实", "matter": "安全生产违法行为"},
        ],
        payouts=paid,
    )
    assert values(table, "tipoff_no", "matter", "is_substantiated") == [
        ("A", "一般事故隐患", True),
        ("D", "其他", False),
        ("G", "安全生产违法行为", True),
    ]


def test_a_major_hazard_makes_the_tip_off_one_of_a_major_hazard():
    table = claims(
        [{"tipoff_no": "A", "verification": "属实", "accepted_at": "2025-03-02 08:00"}],
        links=[("T-A", "A")],
        hazards=rows(Hazards, [{"hazard_id": "T-A", "grade": "重大"}]),
    )
    assert values(table, "matter", "rule_on", "district") == [
        ("重大事故隐患", dt.date(2025, 3, 2), "青岚区")
    ]


def test_the_first_accepted_caller_of_a_hazard_is_first_a_grid_worker_never():
    told = {"verification": "属实"}
    table = claims(
        [
            told | {"tipoff_no": "A", "accepted_at": "2025-03-02 08:00"},
            told | {"tipoff_no": "B", "accepted_at": "2025-03-01 08:00"},
            told | {"tipoff_no": "C", "accepted_at": "2025-02-01 08:00", "acceptance": "并案"},
            told | {"tipoff_no": "D", "accepted_at": "2025-03-05 08:00"},
            {"tipoff_no": "E", "accepted_at": "2025-01-01 08:00", "channel": "网格上报"},
        ],
        links=[("T-B", "A"), ("T-B", "B"), ("T-B", "C"), ("T-B", "E")],
    )
    assert values(table, "tipoff_no", "is_first", "is_joined") == [
        ("A", False, False),
        ("B", True, False),
        ("C", False, True),
        ("D", True, False),
    ]


def penalty(event_id, number, yuan, force, on="2025-03-01"):
    return {
        "event_id": event_id,
        "hazard_id": "T-A",
        "step": "行政处罚",
        "subject_no": "A",
        "happened_at": on,
        "penalty_no": number,
        "penalty_yuan": yuan,
        "penalty_force": force,
    }


def test_each_decision_counts_once_as_it_last_stood_and_all_must_be_in_force():
    def base(*penalties):
        table = claims(
            [{"tipoff_no": "A", "verification": "属实"}],
            links=[("T-A", "A")],
            events=rows(Events, penalties),
        )
        return values(table, "penalty_count", "is_penalty_final", "penalty_yuan")[0]

    first = penalty("1", "罚1", "10000", "未生效")
    in_force = penalty("2", "罚1", "12000", "已生效", on="2025-04-01")
    second = penalty("3", "罚2", "8000.50", "已生效")
    revoked = penalty("4", "罚3", "99999", "已撤销")
    assert base() == (0, False, None)
    assert base(first) == (1, False, None)
    assert base(first, in_force) == (1, True, Decimal("12000.00"))
    assert base(first, in_force, second, revoked) == (2, True, Decimal("20000.50"))
    assert base(first, second) == (2, False, Decimal("8000.50"))


def test_without_a_handling_record_the_payout_sheets_penalty_is_the_base():
    paid = rows(
        Payouts,
        [{"payout_no": "J1", "tipoff_no": "A", "penalty_no": "罚1", "penalty_yuan": "5000"}],
    )
    table = claims([{"tipoff_no": "A", "verification": "属实"}], payouts=paid)
    assert values(table, "penalty_count", "is_penalty_final", "penalty_yuan") == [
        (1, True, Decimal("5000.00"))
    ]
