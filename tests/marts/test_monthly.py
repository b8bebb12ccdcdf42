"""环比、同比、累计、均比 by hand, over a leap day and two year boundaries."""

from riskpipe.tables.marts import Monthly
from riskpipe.tables.register import Hazards, Incidents
from tests.marts.drawing import cases, periods, said
from tests.rows import rows
from tests.setlogic import made

FIVE = ("count", "prior_month_count", "prior_year_count", "year_count", "prior_year_year_count")


def test_one_cell_over_three_years():
    # December 2023: 2, January 2024: 3, February 2024 (one on the 29th): 1,
    # December 2024: 4, January 2025: 5; nothing else.
    days = [
        *["2023-12-31"] * 2,
        *["2024-01-01"] * 3,
        "2024-02-29",
        *["2024-12-31"] * 4,
        *["2025-01-01"] * 5,
    ]
    table = made(
        "marts/monthly",
        {
            "cases": cases(*({"received_on": day} for day in days)),
            "periods": periods("2023-12-01", "2025-02-28"),
        },
        "2025-02-28",
    )
    found = {row[0]: row[1:] for row in said(table, "month_on", *FIVE, "three_year_count")}
    assert found["2023-12-01"] == (2, 0, 0, 2, 0, 0)
    assert found["2024-01-01"] == (3, 2, 0, 3, 0, 0)  # 累计 starts anew, 环比 does not
    assert found["2024-02-01"] == (1, 3, 0, 4, 0, 0)
    assert found["2024-03-01"] == (0, 1, 0, 4, 0, 0)  # a zero beside its 环比 base
    assert found["2024-11-01"] == (0, 0, 0, 4, 0, 0)
    assert found["2024-12-01"] == (4, 0, 2, 8, 2, 2)  # 3 + 1 + 4 = 8; 2023 had its 2
    assert found["2025-01-01"] == (5, 4, 3, 5, 3, 3)
    assert found["2025-02-01"] == (0, 5, 1, 5, 4, 1)  # 累计 5 against 3 + 1 = 4
    assert len(found) == 15  # December 2023 to February 2025


def test_three_years_make_the_mean():
    days = [
        "2022-03-01",
        *["2023-03-01"] * 2,
        *["2024-03-01"] * 4,
        *["2025-03-01"] * 8,
        "2021-03-01",
    ]
    table = made(
        "marts/monthly",
        {
            "cases": cases(*({"received_on": day} for day in days)),
            "periods": periods("2021-03-01", "2025-03-31"),
        },
        "2025-03-31",
    )
    found = {row[0]: row[1:] for row in said(table, "month_on", "count", "three_year_count")}
    assert found["2025-03-01"] == (8, 7)  # 1 + 2 + 4; 2021 lies too far back


def test_subjects_stand_apart_and_blanks_have_names():
    table = made(
        "marts/monthly",
        {
            "cases": cases(
                {
                    "received_on": "2025-03-01",
                    "category": "未分类",
                    "subcategory": "未细分",
                    "street": "街道不明",
                }
            ),
            "hazards": rows(Hazards, [{"hazard_id": "H", "first_seen_on": "2025-03-31"}]),
            "incidents": rows(
                Incidents,
                [
                    {
                        "incident_no": "S1",
                        "category": "事故灾难",
                        "subcategory": "火灾",
                        "happened_at": "2025-03-31 23:59",
                        "street": "甲街道",
                    },
                    {
                        "incident_no": "S2",
                        "category": "事故灾难",
                        "subcategory": "火灾",
                        "happened_at": "2025-03-05 08:00",
                        "street": "区外",
                        "is_outside": True,
                    },
                ],
            ),
            "periods": periods("2025-03-01", "2025-03-31"),
        },
        "2025-03-31",
    )
    key = ("subject", "category", "subcategory", "street", "channel", "count")
    assert said(table, *key) == [
        ("举报", "未分类", "未细分", "街道不明", "12345热线转办", 1),
        ("突发事件", "事故灾难", "火灾", "区外", "不分渠道", 1),
        ("突发事件", "事故灾难", "火灾", "甲街道", "不分渠道", 1),
        ("隐患", "未分类", "未细分", "街道不明", "来源不明", 1),
    ]


def monthly(*given):
    plain = {
        "month_on": "2025-03-01",
        "subject": "突发事件",
        "category": "事故灾难",
        "subcategory": "火灾",
        "street": "甲街道",
        **dict.fromkeys(FIVE, 0),
    }
    return rows(Monthly, [{**plain, **row} for row in given])


def test_the_category_table_writes_its_zeros():
    table = made(
        "marts/categories",
        {"monthly": monthly({"count": 2}), "periods": periods("2025-02-01", "2025-03-31")},
        "2025-03-31",
    )
    # 2 months × (32 cells of 举报 + 32 of 隐患 + 30 of 突发事件, which has no 非突发 and 未分类)
    assert table.num_rows == 2 * (32 + 32 + 30)
    found = said(table, "month_on", "subject", "subcategory", "count")
    assert [row for row in found if row[3]] == [("2025-03-01", "突发事件", "火灾", 2)]
    first = said(table, "month_on", "subject", "category", "subcategory")[0]
    assert first == ("2025-02-01", "举报", "自然灾害", "水旱")


def test_outside_the_district_is_not_in_the_category_table():
    given = monthly({"count": 2, "street": "区外"}, {"count": 3})
    table = made(
        "marts/categories",
        {"monthly": given, "periods": periods("2025-03-01", "2025-03-31")},
        "2025-03-31",
    )
    assert sum(table["count"].to_pylist()) == 3


def test_a_subcategory_nobody_knows_is_counted_as_unsplit():
    given = monthly({"count": 2, "subcategory": "自燃"}, {"count": 1, "subcategory": "未细分"})
    table = made(
        "marts/categories",
        {"monthly": given, "periods": periods("2025-03-01", "2025-03-31")},
        "2025-03-31",
    )
    found = said(table, "category", "subcategory", "count")
    assert [row for row in found if row[2]] == [("事故灾难", "未细分", 3)]


def test_days_stand_beside_the_counts_for_daily_means():
    table = made(
        "marts/categories",
        {"monthly": monthly(), "periods": periods("2025-02-01", "2025-02-28")},
        "2025-02-28",
    )
    assert set(said(table, "day_count", "prior_year_day_count")) == {(28, 29)}
