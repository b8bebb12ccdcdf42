"""The list of levels that differ: by the month it happened, what is outside left out."""

from riskpipe.tables.register import Mislevels
from tests.marts.drawing import said
from tests.rows import rows
from tests.setlogic import made


def test_each_stands_in_its_month_and_outside_is_left_out():
    base = {"category": "事故灾难", "level_stated": "重大", "difference": "填报偏高"}
    given = [
        base | {"incident_no": "B", "happened_at": "2025-10-01 00:00"},
        base | {"incident_no": "A", "happened_at": "2025-10-31 23:59", "figure": "5"},
        base | {"incident_no": "C", "happened_at": "2025-09-30 23:59"},
        base | {"incident_no": "D", "happened_at": "2025-10-02 10:00", "is_outside": True},
    ]
    table = made("marts/mislevellist", {"mislevels": rows(Mislevels, given)}, "2025-12-31")
    assert said(table, "month_on", "incident_no", "happened_on", "figure") == [
        ("2025-09-01", "C", "2025-09-30", None),
        ("2025-10-01", "A", "2025-10-31", "5.00"),
        ("2025-10-01", "B", "2025-10-01", None),
    ]
