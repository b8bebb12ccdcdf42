"""The lists of the annex, and stated totals beside counted ones."""

import pytest

from riskpipe.tables.marts import Monthly
from riskpipe.tables.register import Findings, Majors, Matters, Totals, Violations
from tests.marts.drawing import discoveries, periods, said
from tests.rows import rows
from tests.setlogic import made

SECURED = {
    "measures": "停用并更换",
    "funds_yuan": "0",
    "responsible_person": "某某",
    "due_on": "2025-04-30",
    "emergency_plan": "已制定",
}


def major(row, found=None):
    given = {"majors": rows(Majors, [{"finding_no": "F", "found_on": "2025-04-01", **row}])}
    if found is not None:
        line = {"row_id": "r1", "finding_no": "F", "street": "甲街道"}
        given["findings"] = rows(Findings, [{**line, "state": "整改中"}])
        given["discoveries"] = discoveries({**line, "found_on": "2025-04-01", **found})
    return made("marts/majorlist", given, "2025-05-01")


@pytest.mark.parametrize("missing", [None, *SECURED])
def test_five_securings_one_by_one(missing):
    table = major({name: value for name, value in SECURED.items() if name != missing})
    flags = ("has_measures", "has_funds", "has_person", "has_due", "has_plan")
    found = said(table, "secured_count", *flags)[0]
    expected = [name != missing for name in SECURED]  # 0 yuan is filled in, blank is not
    assert found == (sum(expected), *expected)


@pytest.mark.parametrize(
    ("row", "found", "expected"),
    [
        # 1 April to 1 May: 30 days; the limit of 30 April passed a day ago
        (SECURED, {}, (True, 30, True, "整改中", "甲街道")),
        ({**SECURED, "due_on": "2025-05-01"}, {}, (True, 30, False, "整改中", "甲街道")),
        ({**SECURED, "extended_to_on": "2025-05-20"}, {}, (True, 30, False, "整改中", "甲街道")),
        (SECURED, {"rectified_on": "2025-04-20"}, (True, 30, False, "整改中", "甲街道")),
        (
            SECURED,
            {"signed_off_on": "2025-04-20", "rectified_on": "2025-04-20"},
            (False, None, False, "整改中", "甲街道"),
        ),
        ({**SECURED, "delisted_on": "2025-04-28"}, {}, (False, None, False, "整改中", "甲街道")),
        (SECURED, None, (True, 30, True, "台账无此号", "街道不明")),
    ],
)
def test_on_the_list_until_delisted_or_signed_off(row, found, expected):
    names = ("is_open", "open_days", "is_overdue", "state", "street")
    assert said(major(row, found), *names) == [expected]


def test_a_ledger_line_of_several_items_lists_its_hazard_once():
    lines = [{"row_id": f"r{n}", "finding_no": "F", "item_no": n} for n in (1, 2)]
    given = {
        "majors": rows(Majors, [{"finding_no": "F"}]),
        "findings": rows(Findings, lines),
        "discoveries": discoveries(
            *({"row_id": line["row_id"], "found_on": "2025-04-01"} for line in lines)
        ),
    }
    assert made("marts/majorlist", given, "2025-05-01").num_rows == 1


def test_nobody_is_named_on_the_list_of_major_hazards():
    assert not [
        name for name in major(SECURED).column_names if "person" in name and name != "has_person"
    ]


@pytest.mark.parametrize(
    ("state", "due_on", "expected"),
    [
        ("办理中", "2025-05-01", (True, False, 0)),  # due today
        ("办理中", "2025-04-30", (True, True, 1)),
        ("已反馈", "2025-04-21", (True, True, 10)),  # answered is not closed
        ("已办结", "2025-04-21", (False, False, 0)),
        ("待签收", None, (True, False, 0)),
        (None, "2025-04-30", (True, True, 1)),
    ],
)
def test_supervised_matters_are_open_until_closed(state, due_on, expected):
    given = rows(
        Matters, [{"matter_no": "M", "state": state, "due_on": due_on, "assigned_on": "2025-03-31"}]
    )
    table = made("marts/matterlist", {"matters": given}, "2025-05-01")
    assert said(table, "is_open", "is_overdue", "overdue_days") == [expected]
    assert said(table, "month_on") == [("2025-03-01",)]


def test_violations_by_rule_and_street():
    rule = {"rule_id": "v1", "rule_title": "未复查先销号"}
    given = rows(
        Violations,
        [
            {"violation_id": "1", **rule, "street": "甲街道"},
            {"violation_id": "2", **rule, "street": "甲街道"},
            {"violation_id": "3", **rule},
        ],
    )
    table = made("marts/violationcounts", {"violations": given}, "2025-05-01")
    assert said(table, "rule_id", "street", "violation_count") == [
        ("v1", "甲街道", 2),
        ("v1", "街道不明", 1),
    ]


def counts(*given):
    zeros = dict.fromkeys(("prior_month_count", "prior_year_count", "prior_year_year_count"), 0)
    plain = {"month_on": "2025-03-01", "category": "事故灾难", "street": "甲街道", **zeros}
    return rows(Monthly, [{**plain, **row} for row in given])


def test_stated_totals_stand_beside_what_is_counted_never_added():
    month = {"month_on": "2025-03-01", "year_value": 30.0}
    totals = rows(
        Totals,
        [
            {**month, "indicator": "突发事件起数", "breakdown": "合计", "month_value": 12.0},
            {**month, "indicator": "突发事件起数", "breakdown": "事故灾难", "month_value": 9.0},
            {**month, "indicator": "举报来件数", "breakdown": "12350电话", "month_value": 5.0},
            {**month, "indicator": "群众报警", "breakdown": "合计", "month_value": 1000.0},
        ],
    )
    monthly = counts(
        {"subject": "突发事件", "channel": "不分渠道", "count": 7, "year_count": 20},
        {
            "subject": "突发事件",
            "channel": "不分渠道",
            "count": 4,
            "year_count": 9,
            "category": "自然灾害",
        },
        {
            "subject": "突发事件",
            "channel": "不分渠道",
            "count": 3,
            "year_count": 3,
            "street": "区外",
        },
        {"subject": "举报", "channel": "12350电话", "count": 5, "year_count": 6},
        {"subject": "举报", "channel": "12345热线转办", "count": 8, "year_count": 8},
    )
    table = made(
        "marts/indicators",
        {"totals": totals, "monthly": monthly, "periods": periods("2025-03-01", "2025-03-31")},
        "2025-03-31",
    )
    names = (
        "indicator",
        "breakdown",
        "stated_month",
        "counted_month",
        "counted_year",
        "difference",
    )
    # 事故灾难 7, with 自然灾害 4 the total inside the district is 11 of 29; 区外 is left out.
    assert said(table, *names) == [
        ("举报来件数", "12350电话", 5.0, 5, 6, 0.0),
        ("突发事件起数", "事故灾难", 9.0, 7, 20, 2.0),
        ("突发事件起数", "合计", 12.0, 11, 29, 1.0),
        ("群众报警", "合计", 1000.0, None, None, None),
    ]
