"""One row per incident, the final report standing; the legal level beside the stated one."""

import datetime as dt

import pyarrow as pa
import pytest

from riskpipe.tables.delivered import LandedIncidents
from riskpipe.tables.register import Versions
from tests.rows import rows, values
from tests.setlogic import delivered, made, walked


def incidents(*given):
    full = [
        {
            "row_id": f"i{n}",
            "incident_no": f"SJ-{n}",
            "category": "事故灾难",
            "happened_at": "2025-05-01",
        }
        | row
        for n, row in enumerate(given, 1)
    ]
    versions = [{"row_id": row["row_id"], "kind": "incidents", "is_current": True} for row in full]
    tables = {"landed_incidents": rows(LandedIncidents, full), "versions": rows(Versions, versions)}
    return made("register/incidents", tables, "2025-12-31")


def level(**row):
    return values(incidents(row), "level_computed")[0][0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"deaths": 30}, "特别重大"),
        ({"deaths": 29}, "重大"),
        ({"deaths": 10}, "重大"),
        ({"deaths": 9}, "较大"),
        ({"deaths": 3}, "较大"),
        ({"deaths": 2}, "一般"),
        ({"deaths": 0}, "一般"),
        ({"serious_injuries": 100}, "特别重大"),
        ({"serious_injuries": 99}, "重大"),
        ({"serious_injuries": 50}, "重大"),
        ({"serious_injuries": 49}, "较大"),
        ({"serious_injuries": 10}, "较大"),
        ({"serious_injuries": 9}, "一般"),
        ({"direct_loss_yuan": "100000000"}, "特别重大"),
        ({"direct_loss_yuan": "99999999.99"}, "重大"),
        ({"direct_loss_yuan": "50000000"}, "重大"),
        ({"direct_loss_yuan": "49999999.99"}, "较大"),
        ({"direct_loss_yuan": "10000000"}, "较大"),
        ({"direct_loss_yuan": "9999999.99"}, "一般"),
        ({"deaths": 1, "serious_injuries": 12, "direct_loss_yuan": "60000000"}, "重大"),
        ({}, None),
        ({"deaths": 5, "happened_at": "2007-05-31"}, None),
    ],
)
def test_accidents_by_state_council_order_493(row, expected):
    assert level(**row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"deaths": 10}, "特别重大"),
        ({"deaths": 9}, "重大"),
        ({"deaths": 3}, "重大"),
        ({"deaths": 2}, None),
        ({"serious_injuries": 10, "minor_injuries": 20}, "特别重大"),
        ({"minor_injuries": 29}, "重大"),
        ({"minor_injuries": 9}, None),
        ({"people_affected": 5000}, "特别重大"),
        ({"people_affected": 4999}, "重大"),
        ({"people_affected": 1000}, "重大"),
        ({"people_affected": 999}, None),
        ({"subcategory": "涉外", "deaths": 30}, None),
    ],
)
def test_mass_incidents_have_a_scale_of_their_own(row, expected):
    assert level(**({"category": "社会安全事件", "subcategory": "群体性事件"} | row)) == expected


@pytest.mark.parametrize("category", ["自然灾害", "公共卫生事件"])
def test_where_no_checked_rule_grades_there_is_no_computed_level(category):
    assert level(category=category, deaths=40) is None


def test_the_final_report_stands_and_all_are_counted():
    deliveries = pa.concat_tables([delivered("2025-06-02", "may"), delivered("2025-07-02", "june")])
    same = {"incident_no": "SJ-1", "category": "事故灾难", "happened_at": "2025-05-30 02:00"}
    given = {
        "deliveries": deliveries,
        "landed_incidents": rows(
            LandedIncidents,
            [
                same
                | {
                    "row_id": "1",
                    "content_hash": "may",
                    "report_kind": "首报（初报）",
                    "deaths": 1,
                },
                same | {"row_id": "2", "content_hash": "may", "report_kind": "续报", "deaths": 2},
                same
                | {
                    "row_id": "3",
                    "content_hash": "june",
                    "report_kind": "终报（核报）",
                    "deaths": 5,
                },
                same | {"row_id": "4", "content_hash": "june", "report_kind": "续报", "deaths": 9},
            ],
        ),
    }
    columns = ("incident_no", "row_id", "deaths", "report_count", "level_computed", "received_on")
    june = walked(["incidents"], given, "2025-06-30")["incidents"]
    july = walked(["incidents"], given, "2025-07-31")["incidents"]
    first = dt.date(2025, 6, 2)
    assert values(june, *columns) == [("SJ-1", "2", 2, 2, "一般", first)]
    assert values(july, *columns) == [("SJ-1", "3", 5, 4, "较大", first)]


def test_an_incident_outside_the_district_is_marked():
    table = incidents({"street": "区外"}, {"street": "红旗街道"}, {"street": None})
    assert values(table, "incident_no", "is_outside") == [
        ("SJ-1", True),
        ("SJ-2", False),
        ("SJ-3", False),
    ]
