"""A record that leaves a cumulative ledger is listed and stays; a partial delivery takes none."""

import datetime as dt
import random

import pyarrow as pa
import pytest

from riskpipe.tables.delivered import LandedFindings
from riskpipe.tables.intake import Deliveries, Sheets
from tests.rows import rows, values
from tests.setlogic import walked

MARCH, APRIL, MAY = "2025-03-05", "2025-04-05", "2025-05-05"


def ledgers(*given, as_of="2025-12-31", shuffled=None):
    """What vanished, from (day, numbers, changes of the delivery) in any order of landing."""
    deliveries, sheets, findings = [], [], []
    for place, (day, numbers, *more) in enumerate(given):
        changes = more[0] if more else {}
        content = f"c{place}"
        sheet = {"content_hash": content, "kind": "findings", "layout": "findings_ledger"}
        counts = {"sheet_id": content, "rows_rejected": changes.pop("rejected", 0)}
        sheets.append(sheet | counts | {"layout": changes.pop("layout", "findings_ledger")})
        deliveries.append(
            {
                "delivery_id": f"d{place}",
                "content_hash": content,
                "delivered_on": day,
                "sender": "红旗街道",
                "nature": "累计重报",
            }
            | changes
        )
        findings += [
            {"row_id": f"{content}-{no}", "content_hash": content, "finding_no": no}
            for no in numbers
        ]
    if shuffled is not None:
        for table in (deliveries, sheets, findings):
            random.Random(shuffled).shuffle(table)
    given_tables = {
        "deliveries": rows(Deliveries, deliveries),
        "sheets": rows(Sheets, sheets),
        "landed_findings": rows(LandedFindings, findings),
    }
    return walked(["vanished", "findings"], given_tables, as_of)


def gone(*given, **more):
    found = ledgers(*given, **more)["vanished"]
    return values(found, "number", "last_seen_on", "missing_since_on")


def day(month):
    return dt.date(2025, month, 5)


def test_a_record_that_the_next_ledger_lacks_is_listed_and_stays_in_the_register():
    tables = ledgers((MARCH, "ABC"), (APRIL, "ABD"), (MAY, "ABD"))
    named = ("number", "sender", "last_seen_on", "missing_since_on", "row_id", "state")
    assert values(tables["vanished"], *named) == [
        ("C", "红旗街道", day(3), day(4), "c0-C", "待整改")
    ]
    assert values(tables["findings"], "finding_no") == [("A",), ("B",), ("C",), ("D",)]


def test_as_of_the_day_before_nothing_is_missing_yet():
    assert gone((MARCH, "ABC"), (APRIL, "AB"), as_of="2025-04-04") == []


def test_what_comes_back_has_not_vanished():
    assert gone((MARCH, "ABC"), (APRIL, "AB"), (MAY, "ABC")) == []


@pytest.mark.parametrize("nature", ["补报", "更正重报", "首次报送"])
def test_a_partial_delivery_takes_nothing_away(nature):
    assert gone((MARCH, "ABC"), (APRIL, "AB", {"nature": nature})) == []


def test_what_a_late_addition_brought_may_vanish_like_any_other():
    found = gone((MARCH, "AB"), ("2025-03-20", "C", {"nature": "补报"}), (APRIL, "AB"))
    assert found == [("C", dt.date(2025, 3, 20), day(4))]


def test_a_new_years_ledger_is_no_continuation():
    # Of four records one stands in the next: less than half.
    assert gone((MARCH, "ABCD"), (APRIL, "AEFG")) == []
    # Of four records two do: half.
    assert [number for number, *_ in gone((MARCH, "ABCD"), (APRIL, "ABEF"))] == ["C", "D"]


def test_without_a_stated_nature_the_ledger_must_repeat_itself_on_the_whole():
    plain = {"nature": None}
    chance = ((MARCH, "ABCDEF", dict(plain)), (APRIL, "GH", dict(plain)), (MAY, "GI", dict(plain)))
    assert gone(*chance) == []  # 1 of 8 repeated over all, though 1 of 2 in May
    grown = ((MARCH, "ABC", dict(plain)), (APRIL, "ABCD", dict(plain)), (MAY, "ABD", dict(plain)))
    assert gone(*grown) == [("C", day(4), day(5))]


def test_another_sender_who_still_lists_it_keeps_it():
    other = {"sender": "区住建局"}
    assert gone((MARCH, "ABC"), (APRIL, "AB"), ("2025-04-20", "C", other)) == []


def test_another_sheet_layout_is_another_ledger():
    assert gone((MARCH, "ABC"), (APRIL, "AB", {"layout": "findings_grid"})) == []


def test_rows_rejected_in_that_delivery_are_told_beside_it():
    table = ledgers((MARCH, "ABC"), (APRIL, "AB", {"rejected": 1}))["vanished"]
    assert values(table, "number", "rejected_count") == [("C", 1)]


def test_the_order_of_landing_changes_nothing():
    def drawn():
        return (MARCH, "ABCD"), (APRIL, "ABC"), (MAY, "AB", {"rejected": 2})

    plain = ledgers(*drawn())["vanished"]
    assert plain.num_rows == 2
    for seed in range(5):
        assert ledgers(*drawn(), shuffled=seed)["vanished"].equals(plain)


def test_one_content_sent_in_two_months_was_seen_in_both():
    landed = {
        "deliveries": rows(
            Deliveries,
            [
                {
                    "delivery_id": f"d{place}",
                    "content_hash": content,
                    "delivered_on": when,
                    "sender": "红旗街道",
                    "nature": "累计重报",
                }
                for place, (when, content) in enumerate([(MARCH, "a"), (APRIL, "a"), (MAY, "b")])
            ],
        ),
        "sheets": rows(
            Sheets,
            [
                {"sheet_id": c, "content_hash": c, "kind": "findings", "layout": "findings_ledger"}
                for c in "ab"
            ],
        ),
        "landed_findings": rows(
            LandedFindings,
            [
                {"row_id": f"{c}{no}", "content_hash": c, "finding_no": no}
                for c, numbers in (("a", "AB"), ("b", "A"))
                for no in numbers
            ],
        ),
    }
    table = walked(["vanished"], landed, "2025-12-31")["vanished"]
    assert isinstance(table, pa.Table)
    assert values(table, "number", "last_seen_on", "missing_since_on") == [("B", day(4), day(5))]
