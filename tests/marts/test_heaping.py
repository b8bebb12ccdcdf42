"""Completion on the very day of the limit: how often, by who sent it and in the ledger as it lies."""

import pytest

from riskpipe.tables.delivered import LandedFindings
from riskpipe.tables.intake import Deliveries
from riskpipe.tables.register import Disagreements, Findings, Matters, Tipoffs, Versions
from tests.marts.drawing import said
from tests.rows import rows
from tests.setlogic import made

LIMIT = "2025-07-20"
NAMED = ("kind", "sender", "record_count", "complete_count", "on_limit_count", "early_count",
         "late_count", "on_limit_rate")  # fmt: skip


def test_on_before_and_after_the_limit_by_sender():
    findings = [
        {"sender": "甲街道", "due_on": LIMIT, "rectified_on": LIMIT},
        {"sender": "甲街道", "due_on": LIMIT, "rectified_on": LIMIT},
        {"sender": "甲街道", "due_on": LIMIT, "rectified_on": "2025-07-19"},
        {"sender": "甲街道", "due_on": LIMIT, "rectified_on": "2025-07-21"},
        {"sender": "甲街道", "due_on": LIMIT},  # still open
        {"sender": "甲街道", "rectified_on": LIMIT},  # no limit
        {"sender": "乙街道", "due_on": LIMIT},
        # a second problem in the same cell: one row, one pair of dates
        {"sender": "乙街道", "due_on": LIMIT, "rectified_on": LIMIT, "item_no": 2},
    ]
    tipoffs = [{"sender": "热线", "due_on": LIMIT, "closed_at": f"{LIMIT} 16:30"}]
    matters = [{"sender": "督查室", "due_on": LIMIT, "answered_on": "2025-07-25"}]
    full = [row | {"row_id": f"r{n}", "finding_no": f"F{n}"} for n, row in enumerate(findings)]
    table = made(
        "marts/heaping",
        {
            "findings": rows(Findings, full),
            "tipoffs": rows(Tipoffs, tipoffs),
            "matters": rows(Matters, matters),
        },
        "2025-12-31",
    )
    assert said(table, *NAMED) == [
        ("findings", "乙街道", 1, 0, 0, 0, 0, None),
        ("findings", "甲街道", 6, 4, 2, 1, 1, 0.5),
        ("matters", "督查室", 1, 1, 0, 0, 1, 0.0),
        ("tipoffs", "热线", 1, 1, 1, 0, 0, 1.0),
    ]


def test_a_ledger_as_it_lies_counts_repeated_rows_and_no_items_twice():
    def line(number, key, done, item=1):
        return {
            "row_id": f"r{number}",
            "content_hash": "book",
            "record_key": key,
            "item_no": item,
            "due_on": LIMIT,
            "rectified_on": done,
        }

    lines = [
        line(1, "A", LIMIT),
        line(2, "B", LIMIT),
        line(3, "B", LIMIT, item=2),  # a second problem in the same cell
        line(4, "A", "2025-07-22"),  # A again, on the other sheet
        line(5, "C", None),
    ]
    keys = [row["record_key"] + ("" if row["item_no"] == 1 else "#2") for row in lines]
    given = {
        "landed_findings": rows(LandedFindings, lines),
        "versions": rows(
            Versions,
            [
                {"row_id": row["row_id"], "content_hash": "book", "record_key": key}
                for row, key in zip(lines, keys, strict=True)
            ],
        ),
        "deliveries": rows(
            Deliveries,
            [
                {
                    "delivery_id": d,
                    "content_hash": "book",
                    "delivered_on": d,
                    "path": f"{d}/甲.xlsx",
                }
                for d in ("2025-09-05", "2025-08-05")
            ],
        ),
        "disagreements": rows(
            Disagreements, [{"kind": "findings", "row_id": "r1", "other_row_id": "r4"}]
        ),
    }
    table = made("register/ledgers", given, "2025-12-31")
    named = ("path", "delivered_on", "line_count", "record_count", "repeated_count",
             "disagreement_count", "complete_count", "on_limit_count", "early_count",
             "late_count")  # fmt: skip
    assert said(table, *named) == [("2025-08-05/甲.xlsx", "2025-08-05", 4, 3, 1, 1, 3, 2, 0, 1)]
    assert table["on_limit_rate"].to_pylist() == [pytest.approx(2 / 3)]
