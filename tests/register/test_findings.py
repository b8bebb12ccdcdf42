"""Where a ledger line belongs when its sheet has no street column."""

from riskpipe.tables.delivered import LandedFindings, LandedUnits
from tests.rows import rows, values
from tests.setlogic import delivered, walked


def test_a_streets_own_ledger_needs_no_street_column():
    given = {
        "deliveries": delivered("2025-03-05", "own", sender="甲街道办事处"),
        "landed_findings": rows(
            LandedFindings,
            [
                {"row_id": "1", "content_hash": "own", "finding_no": "F1"},
                {"row_id": "2", "content_hash": "own", "finding_no": "F2", "street": "乙街道"},
            ],
        ),
        "landed_units": rows(
            LandedUnits,
            [{"row_id": "u", "content_hash": "own", "unit": "甲街道办事处", "street": "甲街道"}],
        ),
    }
    table = walked(["findings"], given, "2025-03-31")["findings"]
    assert values(table, "finding_no", "street") == [("F1", "甲街道"), ("F2", "乙街道")]


def test_a_bureaus_ledger_without_a_street_stays_unknown():
    given = {
        "deliveries": delivered("2025-03-05", "own", sender="区应急管理局"),
        "landed_findings": rows(
            LandedFindings, [{"row_id": "1", "content_hash": "own", "finding_no": "F1"}]
        ),
        "landed_units": rows(
            LandedUnits, [{"row_id": "u", "content_hash": "own", "unit": "区应急管理局"}]
        ),
    }
    table = walked(["findings"], given, "2025-03-31")["findings"]
    assert values(table, "finding_no", "street") == [("F1", None)]
