"""One row per incident, the final report standing; levels are in test_levels.py."""

import datetime as dt

import pyarrow as pa

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
