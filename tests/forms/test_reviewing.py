"""The 归类复核单 as a workbook: what is asked, what it offers, and that it stays in the house."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from riskpipe import vocabulary as v
from riskpipe.forms.reviewing import ASKED, review_workbook
from riskpipe.forms.rowheights import FIXED
from riskpipe.rules import Rules

RULES = Rules(Path("no-office-rules"))
ROW = {
    "subject_table": "举报登记",
    "subject_no": "JB-20261008-001",
    "excerpt": "渠边护栏倒伏",
    "system_category": "未分类",
    "system_margin": 0.012,
    "drawn_as": "待复核",
}


@pytest.fixture(scope="module")
def book():
    content = review_workbook([ROW] * 3, [ROW], "0123456789abcdef", RULES)
    return openpyxl.load_workbook(io.BytesIO(content))


def letter(sheet, heading):
    return next(cell.column_letter for cell in sheet[3] if cell.value == heading)


def validation_of(sheet, heading):
    column = letter(sheet, heading)
    found = sheet.data_validations.dataValidation
    return next(one for one in found if str(one.sqref).startswith(f"{column}4"))


def test_the_sheets_stand_in_the_order_of_the_forms(book):
    assert book.sheetnames == ["填表说明", "归类复核单", "抽检", "字典"]
    alone = review_workbook([ROW], [], "0123456789abcdef", RULES)
    names = openpyxl.load_workbook(io.BytesIO(alone)).sheetnames
    assert names == ["填表说明", "归类复核单", "字典"]


@pytest.mark.parametrize("name", ["归类复核单", "抽检"])
def test_it_says_that_it_is_for_internal_use_and_by_which_rules(book, name):
    sheet = book[name]
    assert sheet["A1"].value == f"{name}（内部使用，不得外传）"
    assert sheet.oddHeader.right.text == "内部使用，不得外传"
    assert "0123456789abcdef" in sheet["A2"].value


def test_the_answers_offered_are_the_five_and_never_unclassified(book):
    offered = validation_of(book["归类复核单"], "复核类别").formula1
    place = offered.removeprefix("'字典'!").replace("$", "")
    values = [cell.value for (cell,) in book["字典"][place]]
    assert values == [*map(str, v.FOUR_CATEGORIES), "非突发事件"]


def test_the_kinds_offered_are_those_of_the_row_s_category(book):
    sheet = book["归类复核单"]
    formula = validation_of(sheet, "复核种类").formula1
    assert formula.startswith("OFFSET(")
    assert f"MATCH(${letter(sheet, '复核类别')}4," in formula
    pairs = [
        (row[0].value, row[1].value)
        for row in book["字典"].iter_rows(min_row=4, min_col=4, max_col=5)
        if row[0].value
    ]
    assert pairs == [(str(c), name) for c, names in v.SUBCATEGORIES.items() for name in names]


def test_what_is_given_is_grey_and_what_is_asked_is_not(book):
    sheet = book["归类复核单"]
    asked = ("复核类别", "复核种类", "复核人", "复核日期", "复核说明")
    assert len(asked) == len(ASKED)
    colours = {c.value: sheet[f"{c.column_letter}4"].fill.fgColor.rgb for c in sheet[3]}
    assert {heading for heading, rgb in colours.items() if rgb != "FFEDEDED"} == set(asked)
    assert validation_of(sheet, "复核日期").type == "date"


def test_rows_show_their_text_and_may_still_grow(book):
    long = ROW | {"excerpt": "渠边护栏倒伏，" * 20}
    content = review_workbook([ROW, long], [], "v", RULES)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["归类复核单"]
    assert sheet.row_dimensions[5].height > 2 * sheet.row_dimensions[4].height
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not FIXED.search(parts.read("xl/worksheets/sheet2.xml"))


def test_an_empty_list_is_still_a_workbook():
    content = review_workbook([], [], "v", RULES)
    assert openpyxl.load_workbook(io.BytesIO(content))["归类复核单"].max_row >= 3
