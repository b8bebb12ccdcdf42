"""What is due, by the tariff row in force that day; every amount here was worked out by hand."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskpipe.rewards.entitlements import due_for, tariff_for
from riskpipe.tables.rewards import Claims, Tariffs
from tests.rows import rows, values
from tests.setlogic import made, rules_of

PLAIN = {
    "tipoff_no": "A",
    "row_id": "t",
    "matter": "重大事故隐患",
    "rule_on": "2025-03-01",
    "is_named": True,
    "is_substantiated": True,
    "is_first": True,
    "is_joined": False,
    "penalty_count": 0,
    "is_penalty_final": False,
    "district": "某区",
}
SHENZHEN_2025 = "依据：深圳市2025年1月举报奖励说明：避免重大伤亡的可超上限，另行报批"
FINED = {"penalty_count": 1, "is_penalty_final": True}


def entitled(**changes):
    claims = rows(Claims, [PLAIN | changes])
    given_tables = {"claims": claims, "tariffs": rules_of(Tariffs)}
    table = made("rewards/entitlements", given_tables, "2025-12-31")
    return values(table, "rule_id", "due_yuan", "is_defined", "is_eligible")[0]


@pytest.mark.parametrize(
    ("fine", "due"),
    [
        # 15 % of the fine, at least 3,000 and at most 300,000 yuan.
        ("50000", "7500.00"),
        ("20000", "3000.00"),
        ("19999.99", "3000.00"),
        ("20000.01", "3000.00"),
        ("20000.04", "3000.01"),
        ("33333.33", "5000.00"),
        ("33333.37", "5000.01"),
        ("2000000", "300000.00"),
        ("2000000.10", "300000.00"),
        ("0", "3000.00"),
    ],
)
def test_the_national_rule_is_a_share_of_the_fine_within_bounds(fine, due):
    assert entitled(**FINED, penalty_yuan=fine) == ("cn2018-major", Decimal(due), True, True)


def test_the_base_is_open_until_the_fine_is_final():
    assert entitled() == ("cn2018-major", None, False, True)
    open_fine = {"penalty_count": 1, "is_penalty_final": False, "penalty_yuan": "50000"}
    assert entitled(**open_fine) == ("cn2018-major", None, False, True)


@pytest.mark.parametrize(
    ("level", "deaths", "due"),
    [
        ("一般", 1, "30000.00"),
        ("一般", 2, "60000.00"),
        ("较大", 3, "120000.00"),
        ("重大", 5, "250000.00"),
        ("重大", 10, "300000.00"),
        ("特别重大", 5, "300000.00"),
    ],
)
def test_a_concealed_accident_is_paid_by_the_dead(level, deaths, due):
    claim = {"matter": "瞒报谎报生产安全事故", "death_count": deaths, "death_level": level}
    assert entitled(**claim) == ("cn2018-concealed", Decimal(due), True, True)


def test_a_concealed_accident_without_confirmed_dead_is_undefined():
    assert entitled(matter="瞒报谎报生产安全事故") == ("cn2018-concealed", None, False, True)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"district": "青岚区"}, ("ql2023-major", Decimal("500.00"), True, True)),
        (
            {"district": "青岚区", "matter": "一般事故隐患"},
            ("ql2023-minor", Decimal("200.00"), True, True),
        ),
        ({"district": "青岚区", "matter": "其他"}, ("ql2023-other", Decimal("200.00"), True, True)),
        (
            {"district": "青岚区", "rule_on": "2022-12-31"} | FINED | {"penalty_yuan": "50000"},
            ("cn2018-major", Decimal("7500.00"), True, True),
        ),
        (
            {"district": "深圳市", "rule_on": "2010-11-30", "matter": "一般事故隐患"},
            ("sz2010-minor", Decimal("500.00"), True, True),
        ),
        (
            {"district": "深圳市", "rule_on": "2016-12-31"},
            ("sz2010-major", Decimal("500.00"), True, True),
        ),
        (
            {"district": "深圳市", "rule_on": "2018-01-03"},
            (None, None, False, True),
        ),
        (
            {"district": "深圳市", "rule_on": "2025-01-01", "matter": "一般事故隐患"},
            ("sz2025-minor", Decimal("500.00"), True, True),
        ),
        (
            {"district": "深圳市", "rule_on": "2025-01-01"} | FINED | {"penalty_yuan": "100000"},
            ("sz2025-major", Decimal("15000.00"), True, True),
        ),
        ({"matter": "一般事故隐患"}, (None, None, False, True)),
    ],
)
def test_the_rule_of_the_place_and_day_is_chosen(changes, expected):
    assert entitled(**changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"is_substantiated": False}, (Decimal("0.00"), True, False)),
        ({"is_joined": True}, (Decimal("0.00"), True, False)),
        ({"is_first": False}, (Decimal("0.00"), True, False)),
        ({"is_named": False}, (Decimal("0.00"), True, False)),
        ({"is_named": None}, (None, False, True)),
        ({"is_named": False, "district": "青岚区"}, (Decimal("500.00"), True, True)),
        ({"is_named": None, "district": "青岚区"}, (Decimal("500.00"), True, True)),
    ],
)
def test_who_is_not_rewarded(changes, expected):
    assert entitled(**changes)[1:] == expected


def test_one_case_under_three_rules_gives_three_explained_amounts():
    claims = rows(
        Claims,
        [
            PLAIN
            | FINED
            | {"penalty_yuan": "40000", "tipoff_no": number, "district": place, "rule_on": on}
            for number, place, on in (
                ("1", "深圳市", "2010-11-30"),
                ("2", "深圳市", "2018-06-01"),
                ("3", "深圳市", "2025-06-01"),
            )
        ],
    )
    table = made(
        "rewards/entitlements", {"claims": claims, "tariffs": rules_of(Tariffs)}, "2025-12-31"
    )
    assert values(table, "due_yuan", "base_yuan", "steps") == [
        (Decimal("500.00"), None, "依据：深圳12350举报奖励公告：市级每件500元；定额 500.00 元"),
        (
            Decimal("6000.00"),
            Decimal("40000.00"),
            "依据：安监总财〔2018〕19号；基数：生效处罚 40000.00 元；× 15% ＝ 6000.00 元",
        ),
        (
            Decimal("6000.00"),
            Decimal("40000.00"),
            SHENZHEN_2025 + "；基数：生效处罚 40000.00 元；× 15% ＝ 6000.00 元",
        ),
    ]


SHARE = {
    "formula": "share",
    "share_percent": 15,
    "floor_yuan": Decimal(3000),
    "cap_yuan": Decimal(300000),
    "pays_anonymous": False,
}


@settings(deadline=None)
@given(st.integers(0, 10**10), st.integers(0, 10**10))
def test_a_larger_fine_never_pays_less_and_the_bounds_hold(one, other):
    def fen(penalty):
        claim = PLAIN | FINED | {"penalty_yuan": Decimal(penalty).scaleb(-2)}
        return due_for(claim, SHARE).fen

    low, high = sorted((one, other))
    assert 300_000 <= fen(low) <= fen(high) <= 30_000_000
    assert due_for(
        PLAIN | FINED | {"penalty_yuan": Decimal(high).scaleb(-2)}, SHARE | {"cap_yuan": None}
    ).fen >= fen(high)


def test_no_two_rows_of_one_place_and_matter_are_in_force_on_one_day():
    tariffs = rules_of(Tariffs).to_pylist()
    for row in tariffs:
        for on in (row["valid_from_on"], row["valid_to_on"] or dt.date(2030, 1, 1)):
            chosen = tariff_for(row["jurisdiction"], row["matter"], on, tariffs)
            assert chosen is not None
            assert chosen["tariff_id"] == row["tariff_id"]
