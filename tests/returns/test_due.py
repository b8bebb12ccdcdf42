"""What is due back, and what a later delivery takes off the list: one rule a test, tables by hand."""

from datetime import date

import pyarrow as pa
import pytest

from riskpipe.returns import due
from riskpipe.tables.base import schema_of
from riskpipe.tables.intake import Deliveries, RejectedCells, Sheets

OCTOBER = {"period_from_on": date(2026, 10, 1), "period_to_on": date(2026, 10, 31)}
SOUND = {"status": "已接收", "rows_rejected": 0, "rows_accepted": 10}


def delivery(name, day, **changed):
    """Ten records, three of them rejected, unless told otherwise."""
    row = dict.fromkeys(schema_of(Deliveries).names) | {
        "delivery_id": f"{name}-{day}",
        "path": f"2026-11-{day:02d}/红旗街道/{name}.xlsx",
        "content_hash": f"{name}-{day}-content",
        "sender": "红旗街道",
        "kinds": "隐患排查台账",
        "delivered_on": date(2026, 11, day),
        "status": "部分接收",
        "rows_seen": 13,
        "rows_accepted": 7,
        "rows_rejected": 3,
        "rows_ignored": 3,
        "is_zero_report": False,
    }
    return row | OCTOBER | changed


def listed(*deliveries, sheets=(), cells=()):
    """Names of the deliveries that are due."""
    tables = [
        pa.Table.from_pylist([*rows], schema=schema_of(model))
        for rows, model in ((deliveries, Deliveries), (sheets, Sheets), (cells, RejectedCells))
    ]
    return [row["delivery_id"] for row in due(*tables).to_pylist()]


def cell(name):
    return dict.fromkeys(schema_of(RejectedCells).names, "x") | {"content_hash": name, "row_no": 4}


def refused_sheet(content):
    row = dict.fromkeys(schema_of(Sheets).names)
    return row | {"content_hash": content, "reason": "headings", "message": "缺少列"}


def test_rejected_rows_emptied_cells_refused_sheets_and_refused_files_are_due():
    found = listed(
        delivery("rows", 1),
        delivery("cell", 2, **SOUND, sender="甲街道"),
        delivery("sheet", 3, **SOUND, sender="乙街道"),
        delivery(
            "file",
            4,
            status="拒收",
            rows_seen=None,
            rows_accepted=None,
            rows_rejected=None,
            sender="丙街道",
        ),
        delivery("sound", 5, **SOUND, sender="丁街道"),
        sheets=[refused_sheet("sheet-3-content")],
        cells=[cell("cell-2-content")],
    )
    assert set(found) == {"rows-1", "cell-2", "sheet-3", "file-4"}


def test_the_counts_are_those_of_the_delivery():
    tables = [
        pa.Table.from_pylist(rows, schema=schema_of(model))
        for rows, model in (
            ([delivery("a", 1)], Deliveries),
            ([refused_sheet("a-1-content")], Sheets),
            ([cell("a-1-content"), cell("a-1-content"), cell("other")], RejectedCells),
        )
    ]
    (row,) = due(*tables).to_pylist()
    assert (row["rejected_count"], row["emptied_count"], row["refused_count"]) == (3, 2, 1)


def test_what_was_withdrawn_or_stands_there_twice_is_not_due():
    assert listed(delivery("a", 1, reason="withdrawn"), delivery("b", 2, status="重复内容")) == []


def test_a_whole_later_delivery_takes_the_older_one_off():
    assert listed(delivery("a", 1), delivery("b", 9, **SOUND)) == []


def test_what_is_still_wrong_in_it_is_told_from_the_later_one():
    later = delivery("b", 9, rows_accepted=9, rows_rejected=1)
    assert listed(delivery("a", 1), later) == ["b-9"]


@pytest.mark.parametrize(
    "changed",
    [
        {"sender": "青禾街道"},
        {"kinds": "举报登记"},
        {"period_from_on": date(2026, 9, 1), "period_to_on": date(2026, 9, 30)},
        {"rows_accepted": 9},
        {"nature": "补报", "rows_accepted": 50},
        {"delivered_on": date(2026, 11, 1)},
    ],
    ids=[
        "another sender",
        "another kind",
        "another month",
        "fewer rows",
        "more rows besides",
        "same day",
    ],
)
def test_in_doubt_the_older_one_stays(changed):
    assert "a-1" in listed(delivery("a", 1), delivery("b", 9, **SOUND | changed))


def test_an_unknown_sender_takes_nothing_off():
    unknown = {"sender": "报送单位不明"}
    assert listed(delivery("a", 1, **unknown), delivery("a", 9, **SOUND, **unknown)) == ["a-1"]


def test_a_cumulative_later_ledger_covers_the_month():
    later = delivery("b", 9, **SOUND | {"period_from_on": date(2026, 1, 1), "nature": "累计重报"})
    assert listed(delivery("a", 1), later) == []


def test_a_correction_of_the_same_day_comes_after_what_it_corrects():
    later = delivery("b", 1, **SOUND, nature="更正重报")
    assert listed(delivery("a", 1), later) == []


def test_a_correction_of_single_rows_answers_for_them_when_it_is_sound():
    three = {"rows_accepted": 3, "rows_rejected": 0, "status": "已接收", "nature": "更正重报"}
    assert listed(delivery("a", 1), delivery("b", 9, **three)) == []
    assert listed(delivery("a", 1), delivery("b", 9, **three | {"rows_accepted": 2})) == ["a-1"]
    one_wrong = three | {"rows_rejected": 1, "status": "部分接收"}
    assert listed(delivery("a", 1), delivery("b", 9, **one_wrong)) == ["a-1", "b-9"]


def test_rows_of_a_refused_sheet_are_answered_only_by_a_sound_delivery():
    sheets = [refused_sheet("a-1-content")]
    refused = delivery("a", 1, status="拒收", rows_accepted=0, rows_rejected=13)
    assert listed(refused, delivery("b", 9, **SOUND), sheets=sheets) == []
    still = delivery("b", 9, rows_accepted=12, rows_rejected=1)
    assert listed(refused, still, sheets=sheets) == ["a-1", "b-9"]


@pytest.mark.parametrize(
    "name",
    ["台账", "退回_2026-11-01_台账", "台账(2)", "台账（更正）", "台账更正重报", "退回_台账(3)"],
)
def test_without_kind_or_period_a_file_of_the_same_name_is_meant(name):
    nothing = {"kinds": None, "period_from_on": None, "period_to_on": None}
    refused = delivery(
        "台账",
        1,
        **nothing,
        status="无法读取",
        rows_seen=None,
        rows_accepted=None,
        rows_rejected=None,
    )
    later = delivery(name, 9, **SOUND | {"period_from_on": None, "period_to_on": None})
    assert listed(refused, later) == []
    other = delivery("别的台账", 9, **SOUND | {"period_from_on": None, "period_to_on": None})
    assert listed(refused, other) == ["台账-1"]


def test_the_month_in_the_names_stands_for_a_period():
    month = {"period_from_on": None, "period_to_on": None, "named_month_on": date(2026, 10, 1)}
    assert listed(delivery("a", 1, **month), delivery("b", 9, **SOUND | month)) == []
    september = month | {"named_month_on": date(2026, 9, 1)}
    assert listed(delivery("a", 1, **month), delivery("b", 9, **SOUND | september)) == ["a-1"]


def test_the_list_is_by_sender_whatever_the_order_of_the_ledger():
    rows = [delivery("a", 2), delivery("b", 1, sender="丙街道"), delivery("c", 3, sender="甲街道")]
    assert listed(*rows) == listed(*reversed(rows))
