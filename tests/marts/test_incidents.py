"""Incidents: two levels side by side, outside apart, two 30-minute clocks at their edges."""

from riskpipe.tables.register import Incidents
from tests.marts.drawing import said
from tests.rows import rows
from tests.setlogic import made

ROAD = {
    "category": "事故灾难",
    "subcategory": "交通运输事故",
    "deaths": 0,
    "missing": 0,
    "serious_injuries": 0,
    "minor_injuries": 0,
}


def counted(*incidents):
    given = [{"incident_no": f"S{n}", **ROAD, **row} for n, row in enumerate(incidents)]
    return made("marts/incidentcounts", {"incidents": rows(Incidents, given)}, "2025-12-31")


def test_levels_stated_and_computed_stand_apart():
    day = {"happened_at": "2025-10-01 02:00"}
    table = counted(
        {**day, "level_stated": "重大", "level_computed": "较大", "deaths": 5},
        {
            **day,
            "level_stated": "重大",
            "level_computed": "较大",
            "deaths": 3,
            "direct_loss_yuan": "1500000.50",
        },
        {**day, "level_stated": "较大", "level_computed": "较大", "deaths": 3},
        {**day, "category": "社会安全事件", "subcategory": "群体性事件"},
        {**day, "level_stated": "较大", "level_computed": "较大", "is_outside": True},
    )
    names = (
        "category",
        "level_stated",
        "level_computed",
        "is_outside",
        "incident_count",
        "deaths",
        "direct_loss_yuan",
        "loss_known_count",
    )
    assert said(table, *names) == [
        ("事故灾难", "较大", "较大", False, 1, 3, "0.00", 0),
        ("事故灾难", "较大", "较大", True, 1, 0, "0.00", 0),
        ("事故灾难", "重大", "较大", False, 2, 8, "1500000.50", 1),
        ("社会安全事件", "未定级", "未定级", False, 1, 0, "0.00", 0),
    ]


def test_an_unknown_count_of_people_adds_nothing():
    table = counted(
        {"happened_at": "2025-10-01", "deaths": None}, {"happened_at": "2025-10-02", "deaths": 2}
    )
    assert said(table, "incident_count", "deaths") == [(2, 2)]


def test_half_an_hour_is_in_time_and_a_minute_more_is_not():
    day = {"happened_at": "2025-10-01 02:00"}
    table = counted(
        {**day, "received_at": "2025-10-01 02:30"},
        {**day, "received_at": "2025-10-01 02:31"},
        {**day, "received_at": None},
        {
            **day,
            "received_at": "2025-10-01 02:10",
            "consented_at": "2025-10-01 02:20",
            "reported_up_at": "2025-10-01 02:50",
        },
        {
            **day,
            "received_at": "2025-10-01 02:10",
            "consented_at": "2025-10-01 02:20",
            "reported_up_at": "2025-10-01 02:51",
        },
        # no time of consent: reported up, and nothing to measure it by
        {**day, "received_at": "2025-10-01 02:10", "reported_up_at": "2025-10-01 02:20"},
    )
    names = (
        "incident_count",
        "received_on_time_count",
        "reported_up_count",
        "reported_up_on_time_count",
    )
    assert said(table, *names) == [(6, 4, 3, 1)]


def test_two_in_the_morning_belongs_to_the_new_month():
    table = counted({"happened_at": "2025-09-30 23:59:59"}, {"happened_at": "2025-10-01 00:00"})
    assert said(table, "month_on", "incident_count") == [("2025-09-01", 1), ("2025-10-01", 1)]
