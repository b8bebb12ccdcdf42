"""Who reported what and when, and what became of the rows."""

import pytest

from riskpipe.tables.intake import Deliveries, RejectedCells, RejectedRows, Sheets
from riskpipe.tables.register import Obligations
from tests.marts.drawing import periods, said
from tests.rows import rows
from tests.setlogic import made


def delivered(number, **row):
    plain = {
        "delivery_id": f"d{number}",
        "path": f"{number}.xlsx",
        "content_hash": f"h{number}",
        "sender": "甲街道",
        "status": "已接收",
    }
    return {**plain, **row}


def sheet(number, **row):
    counts = dict.fromkeys(
        (
            "rows_seen",
            "rows_accepted",
            "rows_rejected",
            "titles",
            "headings",
            "totals",
            "notes",
            "blanks",
        ),
        0,
    )
    plain = {
        "sheet_id": f"s{number}",
        "content_hash": f"h{number}",
        "kind": "findings",
        "status": "已接收",
        "sheet": "台账",
    }
    return {**counts, **plain, **row}


def coverage(deliveries, sheets, as_of="2025-05-31", owed=None):
    owed = owed or [{"unit": "甲街道", "owed_kind": "隐患排查台账", "due_day": 5}]
    given = {
        "deliveries": rows(Deliveries, deliveries),
        "sheets": rows(Sheets, sheets),
        "obligations": rows(Obligations, owed),
        "periods": periods("2025-04-01", as_of),
    }
    table = made("marts/coverage", given, as_of)
    names = ("month_on", "status", "due_on", "received_on", "late_days", "accepted_count")
    return {row[0]: row[1:] for row in said(table, *names)}


@pytest.mark.parametrize(
    ("delivery", "status", "late_days"),
    [
        ({"delivered_on": "2025-05-04"}, "已报", 0),
        ({"delivered_on": "2025-05-05"}, "已报", 0),  # on the due day itself
        ({"delivered_on": "2025-05-06"}, "迟报", 1),
        ({"delivered_on": "2025-05-05", "status": "重复内容"}, "已报", 0),
        ({"delivered_on": "2025-05-05", "status": "拒收"}, "未报", 0),
    ],
)
def test_reported_zero_late_and_none_are_four_things(delivery, status, late_days):
    found = coverage([delivered(1, **delivery)], [sheet(1, rows_accepted=7)])["2025-04-01"]
    assert (found[0], found[1], found[3]) == (status, "2025-05-05", late_days)


ZERO = {"is_zero_report": True, "stated_kind": "隐患排查台账"}
FACTS = {"kind": None, "status": "附表", "sheet": "报送信息"}


@pytest.mark.parametrize(
    "lies",
    [
        [sheet(1)],  # the empty ledger
        [sheet(1, **FACTS)],  # 报送信息 alone
        [sheet(1), sheet(2, content_hash="h1", **FACTS)],
        [],
    ],
)
@pytest.mark.parametrize(
    ("day", "status", "late_days"), [("2025-05-05", "零报告", 0), ("2025-05-07", "迟报", 2)]
)
def test_zero_is_reported_with_an_empty_table_or_with_none(lies, day, status, late_days):
    found = coverage([delivered(1, delivered_on=day, **ZERO)], lies)["2025-04-01"]
    assert found == (status, "2025-05-05", day, late_days, 0)


def test_a_zero_report_counts_for_the_report_it_names_and_no_other():
    owed = [
        {"row_id": kind, "unit": "甲街道", "owed_kind": kind, "due_day": 5}
        for kind in ("隐患排查台账", "突发事件")
    ]
    zero = delivered(1, delivered_on="2025-05-04", is_zero_report=True, stated_kind="突发事件")
    table = made(
        "marts/coverage",
        {
            "deliveries": rows(Deliveries, [zero]),
            "sheets": rows(Sheets, [sheet(1, **FACTS)]),
            "obligations": rows(Obligations, owed),
            "periods": periods("2025-04-01", "2025-05-31"),
        },
        "2025-05-31",
    )
    assert [
        row for row in said(table, "month_on", "owed_kind", "status") if row[0][:7] == "2025-04"
    ] == [
        ("2025-04-01", "突发事件", "零报告"),
        ("2025-04-01", "隐患排查台账", "未报"),
    ]


def test_a_report_named_without_saying_zero_reports_nothing():
    silent = delivered(1, delivered_on="2025-05-04", stated_kind="隐患排查台账")
    assert coverage([silent], [sheet(1, **FACTS)])["2025-04-01"][0] == "未报"


def test_rows_beside_a_zero_report_are_no_zero():
    found = coverage([delivered(1, delivered_on="2025-05-04", **ZERO)], [sheet(1, rows_accepted=7)])
    assert found["2025-04-01"][::4] == ("已报", 7)


def test_a_refused_ledger_is_not_saved_by_the_zero_beside_it():
    lies = [sheet(1, status="拒收"), sheet(2, content_hash="h1", kind="majors")]
    file = delivered(1, delivered_on="2025-05-04", status="部分接收", **ZERO)
    assert coverage([file], lies)["2025-04-01"][0] == "未报"


def test_a_withdrawn_file_reports_nothing():
    file = delivered(1, delivered_on="2025-05-04", reason="withdrawn")
    assert coverage([file], [sheet(1, rows_accepted=7)])["2025-04-01"][0] == "未报"


def test_the_month_in_a_files_name_counts_where_no_period_is_stated():
    # 红旗街道_隐患排查台账_2025-04.xlsx, two months late: 5 May to 2 July is 58 days.
    late = delivered(1, delivered_on="2025-07-02", named_month_on="2025-04-01")
    found = coverage([late], [sheet(1, rows_accepted=7)], as_of="2025-07-10")
    assert found["2025-04-01"] == ("迟报", "2025-05-05", "2025-07-02", 58, 7)
    assert (found["2025-05-01"][0], found["2025-06-01"][0]) == ("未报", "未报")


def test_a_stated_period_beats_the_month_in_the_name():
    file = delivered(
        1, delivered_on="2025-06-02", named_month_on="2025-04-01", period_to_on="2025-05-31"
    )
    found = coverage([file], [sheet(1, rows_accepted=7)], as_of="2025-06-10")
    assert (found["2025-04-01"][0], found["2025-05-01"][0]) == ("未报", "已报")


def test_the_order_of_landing_changes_nothing():
    files = [
        delivered(1, delivered_on="2025-05-20"),
        delivered(2, delivered_on="2025-05-02", **ZERO),
        delivered(3, delivered_on="2025-06-04"),
    ]
    lies = [sheet(1, rows_accepted=9), sheet(2), sheet(3, rows_accepted=1)]
    plain = coverage(files, lies, as_of="2025-06-10")
    assert plain["2025-04-01"][0] == "已报"
    assert coverage(files[::-1], lies[::-1], as_of="2025-06-10") == plain


def test_nothing_delivered_is_missing_only_after_the_due_day():
    assert coverage([], [], as_of="2025-05-05")["2025-04-01"][0] == "未到期"
    assert coverage([], [], as_of="2025-05-06")["2025-04-01"][0] == "未报"


def test_a_stated_period_beats_the_day_it_came():
    # A ledger of January to April delivered in June is April's, and late: 2 June is 28 days
    # after 5 May; May's own is missing.
    file = delivered(
        1, delivered_on="2025-06-02", period_from_on="2025-01-01", period_to_on="2025-04-30"
    )
    found = coverage([file], [sheet(1, rows_accepted=7)], as_of="2025-06-10")
    assert found["2025-04-01"] == ("迟报", "2025-05-05", "2025-06-02", 28, 7)
    assert found["2025-05-01"] == ("未报", "2025-06-05", None, 0, 0)


def test_the_first_of_two_deliveries_counts_and_a_report_of_rows_is_no_zero_report():
    files = [
        delivered(1, delivered_on="2025-05-02", **ZERO),
        delivered(2, delivered_on="2025-05-20"),
    ]
    found = coverage(files, [sheet(1), sheet(2, rows_accepted=9)])
    assert found["2025-04-01"] == ("已报", "2025-05-05", "2025-05-02", 0, 9)


def test_another_kind_or_another_sender_reports_nothing_for_it():
    files = [
        delivered(1, delivered_on="2025-05-02", sender="乙街道"),
        delivered(2, delivered_on="2025-05-02"),
    ]
    found = coverage(files, [sheet(1), sheet(2, kind="incidents")])
    assert found["2025-04-01"][0] == "未报"


def test_an_obligation_holds_within_its_dates():
    owed = [
        {
            "unit": "甲街道",
            "owed_kind": "隐患排查台账",
            "due_day": 5,
            "valid_from_on": "2025-05-01",
            "valid_to_on": "2025-05-31",
        }
    ]
    found = coverage([], [], as_of="2025-06-30", owed=owed)
    assert list(found) == ["2025-05-01"]


def quality():
    return made(
        "marts/quality",
        {
            "deliveries": rows(
                Deliveries,
                [
                    delivered(1, delivered_on="2025-05-02"),
                    # the same content again, under another name
                    delivered(2, delivered_on="2025-05-03", content_hash="h1", status="重复内容"),
                    delivered(3, delivered_on="2025-05-04", status="无法读取", content_hash=None),
                    delivered(4, delivered_on="2025-06-04"),
                ],
            ),
            "sheets": rows(
                Sheets,
                [
                    sheet(
                        1,
                        rows_seen=14,
                        rows_accepted=6,
                        rows_rejected=2,
                        titles=1,
                        headings=2,
                        totals=1,
                        notes=1,
                        blanks=1,
                    ),
                    sheet(
                        9,
                        content_hash="h1",
                        kind=None,
                        status="附表",
                        sheet="报送信息",
                        rows_seen=5,
                        notes=5,
                    ),
                    sheet(4, rows_seen=3, headings=1, rows_accepted=2),
                ],
            ),
            "rejected_rows": rows(
                RejectedRows,
                [
                    {"content_hash": "h1", "sheet": "台账", "rule": "date", "reason": "日期看不懂"},
                    {
                        "content_hash": "h1",
                        "sheet": "台账",
                        "rule": "street",
                        "reason": "没有此街道",
                    },
                ],
            ),
            "rejected_cells": rows(
                RejectedCells,
                [
                    {
                        "content_hash": "h1",
                        "sheet": "台账",
                        "rule": "street",
                        "reason": "没有此街道",
                    },
                ],
            ),
        },
        "2025-06-30",
    )


def test_rows_add_up_and_repeated_content_counts_its_rows_once():
    names = (
        "month_on",
        "kind",
        "file_count",
        "refused_count",
        "seen_count",
        "accepted_count",
        "rejected_count",
        "ignored_count",
        "rejected_cell_count",
    )
    # 14 = 6 + 2 + (1 + 2 + 1 + 1 + 1); the file that cannot be opened has no rows to count
    assert said(quality(), *names) == [
        ("2025-05-01", "findings", 2, 0, 14, 6, 2, 6, 1),
        ("2025-05-01", "未识别", 1, 1, 0, 0, 0, 0, 0),
        ("2025-05-01", "附表", 2, 0, 5, 0, 0, 5, 0),
        ("2025-06-01", "findings", 1, 0, 3, 2, 0, 1, 0),
    ]


def test_the_commonest_reason_and_the_rate():
    # street: once as a row, once as a cell; date: once. 6 / (6 + 2)
    names = ("top_rule", "top_reason", "top_rule_count", "accepted_rate")
    assert said(quality(), *names) == [
        ("street", "没有此街道", 2, 0.75),
        (None, None, None, None),
        (None, None, None, None),
        (None, None, None, 1.0),
    ]
