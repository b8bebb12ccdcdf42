"""Places with hazards and the three grid levels: distinct within a year, nothing dropped."""

from riskpipe.tables.register import Grids
from tests.marts.drawing import cases, discoveries, periods, said
from tests.rows import rows
from tests.setlogic import made


def test_a_place_found_twice_is_first_once_a_year():
    shop = {"sender": "区网格中心", "place_type": "工矿商贸企业", "unit_name": "某商店"}
    table = made(
        "marts/places",
        {
            "discoveries": discoveries(
                {**shop, "found_on": "2024-12-31"},  # last year's first
                {**shop, "found_on": "2025-01-05"},  # this year's first
                {**shop, "found_on": "2025-01-05"},  # a second hazard the same day
                {**shop, "found_on": "2025-03-05"},  # found again: counted in March, not first
                {**shop, "found_on": "2025-03-05", "street": "乙街道"},  # another street's
                {**shop, "found_on": "2025-03-06", "unit_name": None},  # a hazard without a place
            )
        },
        "2025-12-31",
    )
    names = ("place_count", "first_time_count", "hazard_count")
    assert said(table, "month_on", "street", *names) == [
        ("2024-12-01", "甲街道", 1, 1, 1),
        ("2025-01-01", "甲街道", 1, 1, 2),
        ("2025-03-01", "乙街道", 1, 1, 1),
        ("2025-03-01", "甲街道", 1, 0, 2),
    ]


def test_a_place_under_two_types_is_one_place_of_the_year():
    table = made(
        "marts/places",
        {
            "discoveries": discoveries(
                {"found_on": "2025-01-05", "unit_name": "某店", "place_type": "工矿商贸企业"},
                {"found_on": "2025-02-05", "unit_name": "某店", "place_type": "其它场所"},
            )
        },
        "2025-12-31",
    )
    assert said(table, "place_type", "place_count", "first_time_count") == [
        ("工矿商贸企业", 1, 1),
        ("其它场所", 1, 0),
    ]


def test_two_senders_count_their_own_places():
    table = made(
        "marts/places",
        {
            "discoveries": discoveries(
                {"found_on": "2025-01-05", "unit_name": "某店", "sender": "区网格中心"},
                {"found_on": "2025-01-06", "unit_name": "某店", "sender": "甲街道"},
            )
        },
        "2025-12-31",
    )
    assert said(table, "sender", "first_time_count") == [("区网格中心", 1), ("甲街道", 1)]


GRIDS = rows(
    Grids,
    [
        {"grid_no": "1", "grid_name": "某区", "grid_level": 1},
        {
            "grid_no": "11",
            "grid_name": "甲街道",
            "grid_level": 2,
            "parent_no": "1",
            "street": "甲街道",
        },
        {
            "grid_no": "12",
            "grid_name": "乙街道",
            "grid_level": 2,
            "parent_no": "1",
            "street": "乙街道",
        },
        {
            "grid_no": "111",
            "grid_name": "永安网格",
            "grid_level": 3,
            "parent_no": "11",
            "street": "甲街道",
            "community": "永安社区",
        },
        {
            "grid_no": "112",
            "grid_name": "和平网格",
            "grid_level": 3,
            "parent_no": "11",
            "street": "甲街道",
            "community": "两格社区",
        },
        {
            "grid_no": "113",
            "grid_name": "康乐网格",
            "grid_level": 3,
            "parent_no": "11",
            "street": "甲街道",
            "community": "两格社区",
        },
    ],
)


def test_three_levels_add_up_and_no_record_is_lost():
    given = {
        "grids": GRIDS,
        "periods": periods("2025-02-01", "2025-03-31"),
        "cases": cases(
            {"received_on": "2025-03-01", "street": "甲街道", "grid": "111"},
            {"received_on": "2025-03-02", "street": "甲街道", "grid": "永安社区"},
            {"received_on": "2025-03-03", "street": "甲街道", "grid": "两格社区"},  # which one?
            {"received_on": "2025-03-04", "street": "乙街道"},
            {"received_on": "2025-03-05", "street": "街道不明"},
        ),
        "discoveries": discoveries(
            {"found_on": "2025-03-06", "street": "甲街道", "grid": "和平网格"},
            {"found_on": "2025-03-06", "street": "丙街道", "grid": "112"},
        ),
    }
    table = made("marts/gridrollup", given, "2025-03-31")
    assert table.num_rows == 2 * 6
    names = (
        "tipoff_own_count",
        "finding_own_count",
        "tipoff_count",
        "finding_count",
        "own_count",
        "total_count",
    )
    found = [
        row[1:] for row in said(table, "month_on", "grid_no", *names) if row[0] == "2025-03-01"
    ]
    assert found == [
        ("1", 1, 0, 5, 2, 1, 7),  # one knows no street; all seven come together here
        ("11", 1, 0, 3, 2, 1, 5),  # 两格社区 names two grids: it stays with the street
        ("111", 2, 0, 2, 0, 2, 2),
        ("112", 0, 2, 0, 2, 2, 2),  # by name, and by number whatever the street says
        ("113", 0, 0, 0, 0, 0, 0),
        ("12", 1, 0, 1, 0, 1, 1),
    ]
    assert sum(table["total_count"].to_pylist()) == 7 + 5 + 2 + 2 + 1  # February: zeros
