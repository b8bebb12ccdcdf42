"""A stated level that its own numbers do not give is listed, with what decided and by which text."""

from decimal import Decimal

import pytest

from riskpipe.tables.register import Incidents
from tests.rows import rows, values
from tests.setlogic import made

ORDER = "国务院令第493号第三条第一款第{}项"
ROAD = {
    "incident_no": "SJ-1",
    "category": "事故灾难",
    "subcategory": "交通运输事故",
    "happened_at": "2025-10-01 02:00",
    "report_kind": "终报（核报）",
    "deaths": 0,
    "serious_injuries": 0,
    "minor_injuries": 0,
    "direct_loss_yuan": 0,
    "level_computed": "一般",
    "level_id": "accident-4",
}
MASS = ROAD | {
    "category": "社会安全事件",
    "subcategory": "群体性事件",
    "people_affected": 200,
    "level_computed": None,
    "level_id": None,
}


def listed(row):
    return made("register/mislevels", {"incidents": rows(Incidents, [row])}, "2025-12-31")


def test_five_deaths_called_major_are_listed_with_number_threshold_and_clause():
    """The 2016 report of DOMAIN §1.4: 5 deaths on a road, told as 重大."""
    row = ROAD | {
        "deaths": 5,
        "direct_loss_yuan": None,
        "level_stated": "重大",
        "level_computed": "较大",
        "level_id": "accident-3",
    }
    names = ("difference", "criterion", "figure", "threshold", "unknown", "source")
    assert values(listed(row), *names) == [
        ("填报偏高", "死亡", Decimal("5.00"), Decimal("3.00"), "直接经济损失", ORDER.format("三"))
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"deaths": 3, "serious_injuries": 60}, ("重伤", 60, 50)),
        ({"deaths": 9, "direct_loss_yuan": "50000000.00"}, ("直接经济损失", 50000000, 50000000)),
        ({"deaths": 12, "serious_injuries": 60}, ("死亡", 12, 10)),
    ],
)
def test_the_criterion_that_reached_the_level_is_named(row, expected):
    given = (
        ROAD | row | {"level_stated": "较大", "level_computed": "重大", "level_id": "accident-2"}
    )
    assert values(listed(given), "difference", "criterion", "figure", "threshold") == [
        ("填报偏低", *expected)
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"level_stated": "一般"}, None),
        ({"level_stated": None}, None),
        ({"level_stated": "较大"}, "填报偏高"),
        # 未达一般级 is below every grade of the law: fine while nobody died or was badly hurt
        ({"level_stated": "未达一般级"}, None),
        ({"level_stated": "未达一般级", "serious_injuries": None}, None),
        ({"level_stated": "未达一般级", "deaths": 1}, "填报偏低"),
        ({"level_stated": "未达一般级", "serious_injuries": 1}, "填报偏低"),
        # deaths not given: nothing to compute by, and the stated level is not called wrong
        ({"level_stated": "较大", "deaths": None, "level_computed": None, "level_id": None},
         "数字不全"),
    ],
)  # fmt: skip
def test_an_accident(row, expected):
    found = values(listed(ROAD | row), "difference")
    assert found == ([(expected,)] if expected else [])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"level_stated": "重大"}, "填报偏高"),
        ({"level_stated": "重大", "people_affected": None}, "数字不全"),
        ({"level_stated": "较大"}, "没有分级标准"),  # the text has 特别重大 and 重大 only
        ({"level_stated": "未达一般级"}, None),
        ({"level_stated": "重大", "level_computed": "特别重大", "level_id": "mass-1",
          "people_affected": 5000}, "填报偏低"),
        ({"level_stated": "一般", "subcategory": "涉外"}, "没有分级标准"),
        ({"level_stated": None, "subcategory": "涉外"}, None),
    ],
)  # fmt: skip
def test_a_social_security_event(row, expected):
    found = values(listed(MASS | row), "difference")
    assert found == ([(expected,)] if expected else [])


@pytest.mark.parametrize("category", ["自然灾害", "公共卫生事件"])
def test_where_the_law_grades_by_texts_not_checked_the_stated_level_stands(category):
    row = MASS | {"category": category, "subcategory": "其他", "level_stated": "重大", "deaths": 1}
    assert listed(row).num_rows == 0


def test_what_was_not_given_is_named_in_the_order_of_the_scale():
    row = ROAD | {
        "deaths": None,
        "serious_injuries": None,
        "direct_loss_yuan": None,
        "level_stated": "重大",
        "level_computed": None,
        "level_id": None,
    }
    assert values(listed(row), "unknown", "criterion", "source") == [
        ("死亡、重伤、直接经济损失", None, None)
    ]


def test_the_clause_of_an_ungraded_event_is_that_of_the_law():
    row = MASS | {"subcategory": "涉外", "level_stated": "一般"}
    assert values(listed(row), "source", "level_computed") == [("突发事件应对法第三条", None)]
