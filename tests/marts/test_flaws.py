"""What was wrong in the deliveries: by month, sender, kind, what it cost, and rule."""

from riskpipe.tables.intake import Deliveries, Notices, RejectedCells, RejectedRows, Sheets
from tests.marts.drawing import said
from tests.marts.test_delivery import delivered, sheet
from tests.rows import rows
from tests.setlogic import made


def line(number, rule, **row):
    plain = {
        "content_hash": f"h{number}",
        "sheet": "台账",
        "rule": rule,
        "reason": f"{rule}的原因",
    }
    return {**plain, **row}


def flaws():
    return made(
        "marts/flaws",
        {
            "deliveries": rows(
                Deliveries,
                [
                    delivered(1, delivered_on="2025-05-02"),
                    delivered(2, delivered_on="2025-05-03", content_hash="h1", status="重复内容"),
                    delivered(3, delivered_on="2025-05-20"),
                    # not known yet on the as-of day
                    delivered(4, delivered_on="2025-07-01"),
                ],
            ),
            "sheets": rows(
                Sheets,
                [
                    sheet(1),
                    # a second table on the same sheet
                    sheet(5, content_hash="h1", kind="majors"),
                    sheet(3),
                    sheet(4),
                ],
            ),
            "rejected_rows": rows(RejectedRows, [line(1, "bad_day"), line(3, "bad_day")]),
            "rejected_cells": rows(
                RejectedCells,
                [line(1, "bad_day"), line(1, "bad_day", row_no=2), line(4, "bad_day")],
            ),
            "notices": rows(Notices, [line(1, "total_mismatch"), line(9, "total_mismatch")]),
        },
        "2025-06-30",
    )


def test_a_rule_is_counted_by_what_it_cost_and_repeated_content_once():
    names = ("month_on", "sender", "kind", "weight", "rule", "line_count", "file_count")
    # h1's sheet holds two tables: its lines count once. h9 is of no delivery, h4 of a later one.
    assert sorted(said(flaws(), *names)) == [
        ("2025-05-01", "甲街道", "findings", "拒收", "bad_day", 2, 2),
        ("2025-05-01", "甲街道", "findings", "提示", "total_mismatch", 1, 1),
        ("2025-05-01", "甲街道", "findings", "清空", "bad_day", 2, 1),
    ]


def test_every_rule_is_told_in_words():
    assert {row[0] for row in said(flaws(), "reason")} == {
        "bad_day的原因",
        "total_mismatch的原因",
    }
