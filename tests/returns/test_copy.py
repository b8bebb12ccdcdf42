"""The sender's own workbook comes back: its look kept, mistakes marked, nothing live in it."""

import zipfile
from datetime import datetime

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from riskpipe import reception
from riskpipe.returns.appearance import FILLS
from riskpipe.returns.plan import Tone
from tests.intake.builders import LEDGER, finding, with_part, workbook

RED, YELLOW = (f"00{FILLS[tone]}" for tone in (Tone.WRONG, Tone.LOOK))
TITLE = ["红旗街道隐患排查台账"]


def ledger(path, *rows, name="隐患排查台账"):
    return workbook(path, {name: [TITLE, LEDGER, *rows]}, ["A1:H1"])


def coloured(sheet, colour):
    return {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == colour
    }


def test_wrong_cells_are_red_commented_and_told_in_a_column_of_their_own(tmp_path, send_back):
    path = ledger(
        tmp_path / "a.xlsx", finding(1), finding(2, 隐患描述=None), finding(3, 整改期限="立即")
    )
    sheet = openpyxl.load_workbook(send_back(path))["隐患排查台账"]
    assert coloured(sheet, RED) == {"D4", "F5"}
    assert "“隐患描述”" in sheet["D4"].comment.text
    assert "“整改期限”" in sheet["F5"].comment.text
    assert sheet["D4"].comment.author == "青岚区应急管理局"
    assert sheet["I2"].value == "退回原因"
    assert [sheet.cell(row, 9).value is None for row in (3, 4, 5)] == [True, False, False]
    assert "隐患描述" in sheet["I4"].value
    assert sheet["F5"].value == "立即"


def test_all_reasons_of_a_row_stand_in_its_cell_a_line_each(tmp_path, send_back):
    path = ledger(tmp_path / "a.xlsx", finding(1, 隐患描述=None, 检查日期="昨天"))
    sheet = openpyxl.load_workbook(send_back(path))["隐患排查台账"]
    first, second = sheet["I3"].value.split("\n")
    assert ("“检查日期”" in first, "“隐患描述”" in second) == (True, True)
    assert coloured(sheet, RED) == {"C3", "D3"}


def test_the_look_of_the_sheet_is_kept(tmp_path, send_back):
    path = ledger(tmp_path / "a.xlsx", finding(1), finding(2, 隐患描述=None))
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet.column_dimensions["D"].width = 41.5
    sheet.row_dimensions[1].height = 33
    sheet["D3"].font = Font(name="仿宋", size=14, bold=True, color="FF112233")
    sheet["D3"].fill = PatternFill("solid", fgColor="FFABCDEF")
    sheet["C3"].value = datetime(2026, 1, 5)
    sheet["C3"].number_format = "yyyy-mm-dd"
    sheet["A3"].number_format = "000"
    sheet.freeze_panes = "A3"
    pick = DataValidation("list", formula1='"一般,重大"', allow_blank=True, prompt="请选择")
    pick.add("E3:E90")
    sheet.add_data_validation(pick)
    sheet.oddFooter.center.text = "第&P页"
    sheet.print_title_rows = "2:2"
    notes = book.create_sheet("填表说明")
    notes["B2"] = "逐项填写"
    book.save(path)
    back = openpyxl.load_workbook(send_back(path))
    assert back.sheetnames == ["退回说明", "隐患排查台账", "填表说明"]
    sheet = back["隐患排查台账"]
    assert sheet.column_dimensions["D"].width == 41.5
    assert sheet.row_dimensions[1].height == 33
    assert (sheet["D3"].font.name, sheet["D3"].font.size, sheet["D3"].font.bold) == (
        "仿宋",
        14,
        True,
    )
    assert sheet["D3"].fill.fgColor.rgb == "FFABCDEF"
    assert (sheet["C3"].value, sheet["C3"].number_format) == (datetime(2026, 1, 5), "yyyy-mm-dd")
    assert (sheet["A3"].value, sheet["A3"].number_format) == (1, "000")
    assert sheet.freeze_panes == "A3"
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:H1"]
    (kept,) = sheet.data_validations.dataValidation
    assert (kept.formula1, kept.prompt, str(kept.sqref)) == ('"一般,重大"', "请选择", "E3:E90")
    assert sheet.oddFooter.center.text == "第&P页"
    assert sheet.print_title_rows == "$2:$2"
    assert back["填表说明"]["B2"].value == "逐项填写"


def test_a_sheet_that_begins_further_right_is_marked_where_it_stands(tmp_path, send_back):
    path = workbook(
        tmp_path / "a.xlsx",
        {"隐患排查台账": [[], [None, None, *LEDGER], [None, None, *finding(1, 隐患描述=None)]]},
    )
    sheet = openpyxl.load_workbook(send_back(path))["隐患排查台账"]
    assert coloured(sheet, RED) == {"F3"}
    assert sheet["K2"].value == "退回原因"
    assert sheet["D3"].value == "YH-01-202601-0001"


def test_text_that_begins_like_a_formula_stays_text_and_formulas_become_values(tmp_path, send_back):
    texts = ["=1+1", "+86", "-5", "@SUM(A1)"]
    rows = [finding(n, 备注=text) for n, text in enumerate(texts, 1)]
    path = ledger(tmp_path / "a.xlsx", *rows, finding(5, 隐患描述=None))
    book = openpyxl.load_workbook(path)
    for row in range(3, 7):
        book.active.cell(row, 8).data_type = "s"
    book.active["A7"] = "=40+2"
    book.save(path)
    with_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<f>40+2</f><v />", b"<f>40+2</f><v>42</v>").replace(
            b"<f>40+2</f><v></v>", b"<f>40+2</f><v>42</v>"
        ),
    )
    out = send_back(path)
    sheet = openpyxl.load_workbook(out)["隐患排查台账"]
    assert [sheet.cell(row, 8).value for row in range(3, 7)] == texts
    assert {sheet.cell(row, 8).data_type for row in range(3, 7)} == {"s"}
    assert all(sheet.cell(row, 8).quotePrefix for row in range(3, 7))
    assert sheet["A7"].value == 42
    with zipfile.ZipFile(out) as archive:
        parts = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in part for part in parts)


def test_what_is_to_be_looked_at_is_yellow_and_no_reason(tmp_path, send_back):
    path = ledger(tmp_path / "a.xlsx", finding(1), finding(2), finding(3, 隐患描述=None))
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    sheet = openpyxl.load_workbook(send_back(path))["隐患排查台账"]
    assert coloured(sheet, YELLOW) == {"A3"}
    assert sheet["A3"].comment.text.startswith("提示：")
    assert sheet["I3"].value is None
    assert not sheet.row_dimensions[3].hidden


def test_a_comment_of_the_sender_stays_below_the_reason(tmp_path, send_back):
    path = ledger(tmp_path / "a.xlsx", finding(1, 整改期限="立即"))
    book = openpyxl.load_workbook(path)
    book.active["F3"].comment = Comment("与企业商定", "王五")
    book.active["G3"].comment = Comment("已电话核实", "王五")
    book.save(path)
    sheet = openpyxl.load_workbook(send_back(path))["隐患排查台账"]
    assert sheet["F3"].comment.text.endswith("原批注：与企业商定")
    assert sheet["G3"].comment.text == "已电话核实"
    assert sheet["G3"].comment.author != "王五"


@pytest.mark.parametrize("program", ["Excel", "LibreOffice"])
def test_a_second_return_shows_only_what_is_still_wrong(tmp_path, send_back, program):
    path = ledger(tmp_path / "a.xlsx", finding(1, 整改期限="立即"), finding(2, 隐患描述=None))
    book = openpyxl.load_workbook(path)
    book.active["F3"].comment = Comment("与企业商定", "王五")
    book.save(path)
    first = send_back(path)
    book = openpyxl.load_workbook(first)
    cell = book["隐患排查台账"]["F3"]
    cell.value = "2026-01-12"
    if program == "LibreOffice":  # saves colours opaque and forgets whose comments they were
        cell.fill = PatternFill("solid", fgColor=f"FF{FILLS[Tone.WRONG]}")
        cell.comment = Comment(cell.comment.text, " ")
    book.save(tmp_path / "b.xlsx")
    back = openpyxl.load_workbook(send_back(tmp_path / "b.xlsx"))
    sheet = back["隐患排查台账"]
    assert back.sheetnames == ["退回说明", "隐患排查台账"]
    assert coloured(sheet, RED) == {"D4"}
    assert sheet["F3"].comment.text == "与企业商定"
    assert [cell.value for cell in sheet[2]].count("退回原因") == 1
    assert (sheet["I3"].value, "隐患描述" in sheet["I4"].value) == (None, True)


def test_the_additions_do_not_disturb_the_reading(tmp_path, send_back, desk):
    path = ledger(tmp_path / "a.xlsx", finding(1), finding(2, 隐患描述=None))
    book = openpyxl.load_workbook(send_back(path))
    book["隐患排查台账"]["D4"] = "2号楼楼道堆放纸箱"
    book.save(tmp_path / "b.xlsx")
    found = reception.inspect(tmp_path / "b.xlsx", desk)
    assert (found["status"], found["rows_accepted"], found["rows_rejected"]) == ("已接收", 2, 0)
    assert found["rejected_cells"] == []
    assert [sheet["unread"] for sheet in found["sheet_accounts"]] == [None, None]


def test_headings_of_several_rows_get_one_heading_for_the_reasons(tmp_path, send_back, desk):
    parents = [*LEDGER[:6], "整改", None]
    children = [None] * 6 + ["整改状态", "备注"]
    path = workbook(
        tmp_path / "a.xlsx",
        {"隐患排查台账": [parents, children, finding(1), finding(2, 隐患描述=None)]},
        [*(f"{letter}1:{letter}2" for letter in "ABCDEF"), "G1:H1"],
    )
    back = send_back(path)
    sheet = openpyxl.load_workbook(back)["隐患排查台账"]
    assert "I1:I2" in {str(one) for one in sheet.merged_cells.ranges}
    assert sheet["I1"].value == "退回原因"
    found = reception.inspect(back, desk)
    assert (found["rows_accepted"], found["rows_rejected"]) == (1, 1)


def test_what_a_workbook_may_hide_has_no_way_through(tmp_path, send_back):
    path = ledger(tmp_path / "a.xlsx", finding(1, 隐患描述=None))
    book = openpyxl.load_workbook(path)
    book.properties.creator = book.properties.lastModifiedBy = "王五"
    book.defined_names["常量"] = DefinedName("常量", attr_text='"王五"')
    book.defined_names["范围"] = DefinedName("范围", attr_text="'隐患排查台账'!$A$1:$A$9")
    book.active.protection.set_password("1234")
    book.active["G3"].hyperlink = "https://example.invalid/王五"
    book.save(path)
    out = send_back(path)
    back = openpyxl.load_workbook(out)
    assert back.properties.creator != "王五"
    assert back.properties.lastModifiedBy is None
    assert list(back.defined_names) == ["范围"]
    assert not back["隐患排查台账"].protection.sheet
    with zipfile.ZipFile(out) as archive:
        assert "王五" not in "".join(archive.read(n).decode("utf-8") for n in archive.namelist())
        assert b"example.invalid" not in b"".join(map(archive.read, archive.namelist()))


def test_the_same_file_gives_the_same_bytes(tmp_path, send_back):
    path = ledger(tmp_path / "a.xlsx", finding(1, 隐患描述=None))
    assert send_back(path).read_bytes() == send_back(path).read_bytes()


def test_a_macro_workbook_comes_back_without_its_macros(tmp_path, send_back):
    path = ledger(tmp_path / "a.xlsm", finding(1, 隐患描述=None))
    plain, macro = (
        b"openxmlformats-officedocument.spreadsheetml.sheet.main",
        b"ms-excel.sheet.macroEnabled.main",
    )
    with_part(path, "[Content_Types].xml", lambda part: part.replace(plain, macro))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0macro")
    out = send_back(path)
    with zipfile.ZipFile(out) as archive:
        assert not [name for name in archive.namelist() if "vba" in name]
    assert coloured(openpyxl.load_workbook(out)["隐患排查台账"], RED) == {"D3"}


def test_colours_by_rule_and_sheets_of_a_chart_do_no_harm(tmp_path, send_back):
    path = ledger(tmp_path / "a.xlsx", finding(1, 隐患描述=None), finding(2))
    book = openpyxl.load_workbook(path)
    green = PatternFill(bgColor="FF00FF00")
    rules = book["隐患排查台账"].conditional_formatting
    rules.add("A3:A9", FormulaRule(formula=["$A3=1"], fill=green))
    rules.add("B3:B9", FormulaRule(formula=['$B3="王五"'], font=Font(name="仿宋")))
    rules.add("C3:C9", FormulaRule(formula=["$C3=1"]))
    book.create_chartsheet("图").add_chart(BarChart())
    book.save(path)
    back = openpyxl.load_workbook(send_back(path))
    assert back.sheetnames == ["退回说明", "隐患排查台账"]
    kept = {
        str(ranges.sqref): rule.dxf.fill.bgColor.rgb if rule.dxf and rule.dxf.fill else None
        for ranges in back["隐患排查台账"].conditional_formatting
        for rule in ranges.rules
    }
    assert kept == {"A3:A9": "FF00FF00", "B3:B9": None, "C3:C9": None}
