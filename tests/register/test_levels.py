"""The legal level of an incident: both sides of every boundary of every scale, by hand.

The tables are drawn from the texts (国务院令第493号第三条, 公安部 2007 火灾等级, 国办函〔2014〕119号
附件1, 分级标准（试行）), not from levels.csv: 以上 includes the number, 以下 does not, the highest
criterion met decides, and what was not given is not nought.
"""

import pytest

from riskpipe import vocabulary as v
from riskpipe.tables.delivered import LandedIncidents
from riskpipe.tables.register import Levels, Versions
from tests.rows import rows, values
from tests.setlogic import made, packaged, rules_of

NUMBERS = ("deaths", "serious_injuries", "direct_loss_yuan")


def incident(**row):
    """One incident as the register holds it."""
    full = {"row_id": "i1", "incident_no": "SJ-1", "happened_at": "2025-05-01 10:00", **row}
    given = {
        "landed_incidents": rows(LandedIncidents, [full]),
        "versions": rows(Versions, [{"row_id": "i1", "kind": "incidents", "is_current": True}]),
    }
    return made("register/incidents", given, "2025-12-31")


def level(category, subcategory, **row):
    table = incident(category=category, subcategory=subcategory, **row)
    return values(table, "level_computed")[0][0]


ORDER_493 = (
    ("deaths", 0, "一般"),
    ("deaths", 2, "一般"),
    ("deaths", 3, "较大"),
    ("deaths", 9, "较大"),
    ("deaths", 10, "重大"),
    ("deaths", 29, "重大"),
    ("deaths", 30, "特别重大"),
    ("serious_injuries", 0, "一般"),
    ("serious_injuries", 9, "一般"),
    ("serious_injuries", 10, "较大"),
    ("serious_injuries", 49, "较大"),
    ("serious_injuries", 50, "重大"),
    ("serious_injuries", 99, "重大"),
    ("serious_injuries", 100, "特别重大"),
    ("direct_loss_yuan", "0.00", "一般"),
    ("direct_loss_yuan", "9999999.99", "一般"),
    ("direct_loss_yuan", "10000000.00", "较大"),
    ("direct_loss_yuan", "49999999.99", "较大"),
    ("direct_loss_yuan", "50000000.00", "重大"),
    ("direct_loss_yuan", "99999999.99", "重大"),
    ("direct_loss_yuan", "100000000.00", "特别重大"),
)
BY_493 = [kind for kind in v.SUBCATEGORIES["事故灾难"] if kind != "环境污染和生态破坏"]


@pytest.mark.parametrize("kind", [*BY_493, None])
@pytest.mark.parametrize(("number", "value", "expected"), ORDER_493)
def test_accidents_and_fires_at_both_sides_of_every_boundary(kind, number, value, expected):
    known = dict.fromkeys(NUMBERS, 0) | {number: value}
    assert level("事故灾难", kind, **known) == expected


ENVIRONMENT_2014 = (
    *((n, value, level) for n, value, level in ORDER_493 if n != "direct_loss_yuan"),
    ("direct_loss_yuan", "4999999.99", "一般"),
    ("direct_loss_yuan", "5000000.00", "较大"),
    ("direct_loss_yuan", "19999999.99", "较大"),
    ("direct_loss_yuan", "20000000.00", "重大"),
    ("direct_loss_yuan", "99999999.99", "重大"),
    ("direct_loss_yuan", "100000000.00", "特别重大"),
)


@pytest.mark.parametrize(("number", "value", "expected"), ENVIRONMENT_2014)
def test_pollution_has_a_scale_of_its_own_and_order_493_does_not_reach_it(number, value, expected):
    known = dict.fromkeys(NUMBERS, 0) | {number: value}
    assert level("事故灾难", "环境污染和生态破坏", **known) == expected


MASS = (
    ({"deaths": 2}, None),
    ({"deaths": 3}, "重大"),
    ({"deaths": 9}, "重大"),
    ({"deaths": 10}, "特别重大"),
    ({"serious_injuries": 4, "minor_injuries": 5}, None),
    ({"serious_injuries": 4, "minor_injuries": 6}, "重大"),
    ({"serious_injuries": 29, "minor_injuries": 0}, "重大"),
    ({"serious_injuries": 0, "minor_injuries": 30}, "特别重大"),
    ({"minor_injuries": 9}, None),  # 受伤 not split: the total stands under 轻伤
    ({"minor_injuries": 10}, "重大"),
    ({"people_affected": 999}, None),
    ({"people_affected": 1000}, "重大"),
    ({"people_affected": 4999}, "重大"),
    ({"people_affected": 5000}, "特别重大"),
    ({"direct_loss_yuan": "100000000"}, None),  # loss grades no mass incident
)


@pytest.mark.parametrize(("row", "expected"), MASS)
def test_mass_incidents_at_both_sides_of_every_boundary(row, expected):
    known = {"deaths": 0, "direct_loss_yuan": 0} | row
    assert level("社会安全事件", "群体性事件", **known) == expected


NOT_GRADED = [
    *((category, kind) for category in ("自然灾害", "公共卫生事件") for kind in v.SUBCATEGORIES[category]),
    *(("社会安全事件", kind) for kind in v.SUBCATEGORIES["社会安全事件"] if kind != "群体性事件"),
]  # fmt: skip


@pytest.mark.parametrize(("category", "kind"), [*NOT_GRADED, ("自然灾害", None)])
def test_without_a_checked_text_no_level_is_computed(category, kind):
    worst = {"deaths": 40, "serious_injuries": 200, "direct_loss_yuan": "200000000"}
    assert level(category, kind, people_affected=9000, **worst) is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, None),
        ({"serious_injuries": 9}, None),
        ({"direct_loss_yuan": "9999999.99"}, None),
        ({"serious_injuries": 0, "direct_loss_yuan": 0}, None),
        ({"deaths": 0}, "一般"),  # deaths known: not above 一般 by what is known
        ({"serious_injuries": 10}, "较大"),  # met whatever the deaths were
        ({"direct_loss_yuan": "50000000"}, "重大"),
        ({"missing": 30}, None),  # 失踪 is no criterion of article 3
        ({"deaths": 2, "missing": 8}, "一般"),
    ],
)
def test_a_number_not_given_is_not_nought(row, expected):
    assert level("事故灾难", "交通运输事故", **row) == expected


@pytest.mark.parametrize(
    ("deaths", "serious", "loss", "expected"),
    [
        (1, 12, "60000000", "重大"),
        (30, 0, "0", "特别重大"),
        (3, 100, "10000000", "特别重大"),
        (2, 49, "999.99", "较大"),
    ],
)
def test_the_highest_criterion_decides(deaths, serious, loss, expected):
    row = {"deaths": deaths, "serious_injuries": serious, "direct_loss_yuan": loss}
    assert level("事故灾难", "工矿商贸等企业安全事故", **row) == expected


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("交通运输事故", "2007-05-31 23:59", None),
        ("交通运输事故", "2007-06-01 00:00", "较大"),
        ("火灾", "2007-06-25 23:59", None),
        ("火灾", "2007-06-26 00:00", "较大"),
        ("环境污染和生态破坏", "2014-12-28 23:59", None),
        ("环境污染和生态破坏", "2014-12-29 00:00", "较大"),
    ],
)
def test_a_scale_counts_from_its_first_day(kind, day, expected):
    assert level("事故灾难", kind, deaths=5, happened_at=day) == expected


@pytest.mark.parametrize(
    ("category", "kind", "expected"),
    [
        ("事故灾难", "交通运输事故", "2025-05-08"),
        ("事故灾难", "火灾", "2025-05-08"),
        ("事故灾难", "工矿商贸等企业安全事故", "2025-05-31"),
        ("事故灾难", None, "2025-05-31"),
        ("社会安全事件", "群体性事件", None),
    ],
)
def test_deaths_are_restated_for_thirty_days_and_seven_for_roads_and_fires(
    category, kind, expected
):
    table = incident(category=category, subcategory=kind, deaths=1)
    (found,) = values(table, "restated_until_on")[0]
    assert (found and found.isoformat()) == expected


def test_every_scale_goes_down_in_every_criterion_and_names_its_clause():
    scales = {}
    for row in rules_of(Levels).to_pylist():
        scales.setdefault((row["category"], row["subcategory"]), []).append(row)
    for grades in scales.values():
        ranked = sorted(grades, key=lambda row: row["level_rank"])
        assert [row["level"] for row in ranked] == list(v.INCIDENT_LEVELS[: len(ranked)])
        for name in ("min_deaths", "min_serious", "min_injuries", "min_people", "min_loss_yuan"):
            bounds = [row[name] for row in ranked if row[name] is not None]
            assert bounds == sorted(set(bounds), reverse=True)
    assert all(row["source"] for row in packaged().rows("register/levels"))
