"""Workbooks that would hang, starve or abort a reader are refused, and the next file is read."""

import re

from riskpipe.intake.reading import read
from riskpipe.settings import IntakeLimits
from tests.intake.builders import LEDGER, finding, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"


def good(tmp_path):
    return workbook(tmp_path / "a.xlsx", {"台账": [LEDGER, finding(1)]})


def test_a_stray_cell_at_the_far_corner_is_refused(tmp_path, reader):
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = with_part(good(tmp_path), SHEET, lambda part: part.replace(b"</sheetData>", stray))
    problem = reader(path).problem
    assert problem.code == "far_cell"
    assert "Ctrl+End" in problem.message
    assert reader(good(tmp_path)).problem is None


def test_a_document_type_declaration_is_refused(tmp_path, reader):
    def declared(part: bytes) -> bytes:
        head, _, rest = (
            part.partition(b"?>")
            if part.startswith(b"<?xml")
            else (b'<?xml version="1.0"', b"", part)
        )
        return head + b'?><!DOCTYPE x [<!ENTITY a "b">]>' + rest

    assert reader(with_part(good(tmp_path), SHEET, declared)).problem.code == "dtd"


def test_a_zip_whose_parts_grow_past_what_they_state_is_stopped(tmp_path, layouts, rules):
    path = with_part(good(tmp_path), SHEET, lambda part: part + b" " * 3_000_000)
    content = bytearray(path.read_bytes())
    small = IntakeLimits(max_inflated_mb=2)
    assert read(bytes(content), "a.xlsx", layouts, rules, small).problem.code == "bomb"


def test_a_truncated_sheet_is_refused(tmp_path, reader):
    path = with_part(good(tmp_path), SHEET, lambda part: part[: len(part) // 2])
    assert reader(path).problem.code in ("damaged", "damaged_sheet")


def test_too_many_rows_are_refused(tmp_path, layouts, rules):
    path = workbook(tmp_path / "a.xlsx", {"台账": [LEDGER, *map(finding, range(1, 30))]})
    problem = read(path.read_bytes(), "a.xlsx", layouts, rules, IntakeLimits(max_rows=10)).problem
    assert problem.code == "too_many_rows"


def test_a_workbook_without_content_says_how_to_report_nothing(tmp_path, reader):
    problem = reader(workbook(tmp_path / "a.xlsx", {"台账": []})).problem
    assert problem.code == "empty_workbook"
    assert "零报告" in problem.message


def test_the_1904_epoch_of_a_workbook_is_seen(tmp_path, reader):
    path = with_part(
        good(tmp_path),
        "xl/workbook.xml",
        lambda part: re.sub(rb"<workbookPr\b", b'<workbookPr date1904="1"', part),
    )
    assert reader(path).bodies[0].epoch_1904 is True


def test_facts_of_the_delivery_are_read_and_persons_are_not(tmp_path, reader):
    facts = [
        ["项目", "内容"],
        ["报送单位", "红旗街道"],
        ["填报条数", 1],
        ["填报人", "某人"],
        ["专项行动", None],
    ]
    reading = reader(
        workbook(
            tmp_path / "a.xlsx",
            {"报送信息": facts, "隐患排查台账": [LEDGER, finding(1)], "字典": [["码"]]},
        )
    )
    assert dict(reading.facts) == {"sending_unit": "红旗街道", "stated_rows": "1"}
    assert [sheet.is_aside for sheet in reading.sheets] == [True, False, True]
