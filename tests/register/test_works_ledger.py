"""The number-less ledger of a building site: read by its own layout, one hazard per find.

Real workbooks go through reception: two sheets with headings of their own, the second repeating
rows of the first. All persons, firms and sites are invented.
"""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from riskpipe.rules import Rules
from tests.register.landing import Landed, landed_from
from tests.rows import values
from tests.setlogic import walked

FULL = ["序号", "检查时间", "检查单位", "检查人", "检查项目+标段", "检查工点", "隐患问题描述",
        "隐患类型", "隐患等级", "整改要求（措施）", "整改期限", "整改责任单位", None, None, None,
        "整改责任人", "整改完成日期", "整改情况", "备注"]  # fmt: skip
PARTS = {11: "建设单位", 12: "设计单位", 13: "施工单位", 14: "监理单位"}
SHORT = ["序号", "检查日期", "检查工点", "问题描述", "隐患级别", "整改措施", "整改时限",
         "责任人", "整改完成时间", "完成情况"]  # fmt: skip


def full(
    number, day, place, text, grade="3级", due="2025-07-20", done="2025-07-20", state="已整改"
):
    return [number, day, "项目安质部", "甲某", "一标", place, text, "高处作业", grade, "立即整改到位",
            due, None, None, "某建公司", None, "乙某", done, state, None]  # fmt: skip


def short(number, day, place, text, grade="3", due="2025-07-20", done="2025-07-20", state="已整改"):
    return [number, day, place, text, grade, "整改到位", due, "乙某", done, state]


def book(path: Path, whole, recent) -> Path:
    """总表: a merged title, headings over rows 2 to 5; 2025: headings in row 1, no title."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "总表"
    sheet.append(["某线建设系统安全隐患库"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(FULL))
    for place, heading in enumerate(FULL, 1):
        if place - 1 in PARTS:
            sheet.cell(4, place, PARTS[place - 1])
            sheet.merge_cells(start_row=4, start_column=place, end_row=5, end_column=place)
        else:
            sheet.cell(2, place, heading)
            sheet.merge_cells(start_row=2, start_column=place, end_row=5, end_column=place)
    sheet.cell(2, 12, "整改责任单位")
    sheet.merge_cells(start_row=2, start_column=12, end_row=3, end_column=15)
    for at, row in enumerate(whole, 6):
        for place, value in enumerate(row, 1):
            sheet.cell(at, place, value)
    second = workbook.create_sheet("2025")
    for row in (SHORT, *recent):
        second.append(row)
    workbook.save(path)
    return path


@pytest.fixture(scope="module")
def landed(tmp_path_factory) -> Landed:
    folder = tmp_path_factory.mktemp("works")
    whole = [
        full(1, dt.date(2025, 6, 30), "1号隧道进口", "掌子面未及时喷浆"),
        full(2, "2025.7.1", "2号桥墩", "临边防护\n缺失", grade="5级"),
        full(
            3, "2025-07-02", "1号隧道进口", "逃生通道堆放材料", due="2025-07-30", done="2025-07-12"
        ),
    ]
    recent = [
        short(1, "2025-07-01", "2号桥墩", "临边防护缺失", grade="一般3级"),
        short(
            2, "2025年7月2日", "1号隧道进口", "逃生通道堆放材料", due="2025-08-30", state="整改中"
        ),
    ]
    path = book(folder / "安全隐患库.xlsx", whole, recent)
    return landed_from({("2025-08-07", "某线指挥部"): [path]}, folder)


def test_both_sheets_are_read_by_the_works_layout_and_no_row_is_lost(landed):
    named = ("sheet", "layout", "rows_accepted", "rows_rejected")
    assert values(landed.tables["sheets"], *named) == [
        ("总表", "findings_works", 3, 0),
        ("2025", "findings_works", 2, 0),
    ]


def test_grades_are_read_by_the_ledgers_own_scheme_and_no_other(landed):
    findings = landed.tables["landed_findings"].sort_by(
        [("sheet", "ascending"), ("row_no", "ascending")]
    )
    assert values(findings, "sheet", "row_no", "grade") == [
        ("2025", 2, "一般"),
        ("2025", 3, "一般"),
        ("总表", 6, "一般"),
        ("总表", 7, None),
        ("总表", 8, "一般"),
    ]
    assert [(cell["row_no"], cell["value"]) for cell in landed.cells] == [(7, "5级")]


def test_a_unit_under_its_sub_heading_is_the_responsible_unit(landed):
    said = dict(values(landed.tables["landed_findings"], "row_id", "responsible_unit"))
    assert sorted(filter(None, said.values())) == ["某建公司"] * 3


def test_a_row_on_both_sheets_is_one_finding_and_its_contradictions_are_listed(landed):
    tables = walked(["findings", "disagreements", "hazards"], landed.tables, "2025-12-31")
    assert tables["findings"].num_rows == 3
    assert tables["hazards"].num_rows == 3
    told = values(tables["disagreements"], "title", "value", "other_value", "is_same_day")
    # 2号桥墩: the standing copy has no legible grade. 逃生通道: limit, completion and state differ.
    assert sorted(told, key=str) == sorted(
        [
            ("隐患等级", None, "一般", True),
            ("整改期限", "2025-07-30", "2025-08-30", True),
            ("整改完成日期", "2025-07-12", "2025-07-20", True),
            ("整改状态", "已整改待复查", "整改中", True),
            ("整改措施", None, None, True),
            ("整改措施", None, None, True),
        ],
        key=str,
    )


def test_the_account_of_the_ledger_as_it_lies(landed):
    table = walked(["ledgers"], landed.tables, "2025-12-31")["ledgers"]
    named = ("line_count", "record_count", "repeated_count", "complete_count")
    assert values(table, *named) == [(5, 3, 2, 5)]
    # Rows 1, 2 of 总表 and 1 of 2025 end on the day of the limit; the other two before it.
    assert values(table, "on_limit_count", "early_count", "late_count", "on_limit_rate") == [
        (3, 2, 0, 0.6)
    ]


def test_with_a_number_column_the_numbered_ledger_reads_every_heading_of_the_works_ledger():
    rules = Rules(Path("/nonexistent"))
    works = rules.document("intake/layouts/findings_works")["headings"]
    ledger = rules.document("intake/layouts/findings_ledger")["headings"]
    assert {
        (field, word)
        for field, words in works.items()
        for word in words
        if word not in ledger[field]
    } == set()


def test_a_grade_of_the_scheme_is_mapped_and_what_was_written_stays(landed):
    found = sorted(values(landed.tables["landed_findings"], "grade_stated", "grade"))
    # 5级 is no grade of the scheme: the cell is emptied, the word kept
    assert found == [
        ("3", "一般"),
        ("3级", "一般"),
        ("3级", "一般"),
        ("5级", None),
        ("一般3级", "一般"),
    ]
