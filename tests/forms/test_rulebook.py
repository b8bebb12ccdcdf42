"""The 归类规则簿 and the comparison as files, read back with openpyxl."""

import io

import openpyxl
import pytest

from riskpipe.classification.rulebook.book import kind_names, sheets_of
from riskpipe.classification.rulebook.comparing import Comparison, Move, Tally
from riskpipe.classification.rulebook.decision import settings_of
from riskpipe.classification.rulebook.standing import ADDED, OFF, PACKAGED, RuleRow, packaged
from riskpipe.forms.rulebook import Rulebook, rulebook_workbook
from riskpipe.forms.rulemoves import moves_workbook

WORD = {
    "id": "N1",
    "word": "=滑坡",
    "category": "自然灾害",
    "subcategory": "地质",
    "weight": "2.0",
    "kind": "hazard",
    "group": "slide",
    "source": "条例",
    "note": "",
}
ROWS = (
    RuleRow("", WORD, False, PACKAGED),
    RuleRow("", {**WORD, "id": "N2", "word": "塌方"}, True, OFF),
    RuleRow("", {**WORD, "id": "B0001", "word": "落石", "weight": "-1.5"}, False, ADDED),
)


def made() -> bytes:
    rules = packaged()
    sheets = sheets_of(rules)
    rows = {sheet.rule: () for sheet in sheets} | {"classification/lexicon": ROWS}
    groups = {"slide": ("滑坡", "落石")}
    book = Rulebook(sheets, rows, settings_of(rules), kind_names(rules), groups, "0123abcd")
    return rulebook_workbook(book, rules)


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(made()))


def validations(sheet):
    """First cell → validation."""
    return {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}


def test_the_same_rules_make_the_same_bytes():
    assert made() == made()


def test_sheets_stand_in_order_and_the_version_beside_its_label(book):
    assert book.sheetnames == [
        *("说明", "词表", "先后规则", "语境规则", "来源先验", "判定参数", "字典"),
    ]
    assert [cell.value for cell in book["说明"][2]][:2] == ["规则簿版本", "0123abcd"]
    assert "—" not in " ".join(str(row[0].value) for row in book["说明"].iter_rows(4, 12))


def test_rows_are_shown_with_switch_and_origin_numbers_as_numbers_words_as_text(book):
    sheet = book["词表"]
    shown = [[cell.value for cell in row] for row in sheet.iter_rows(3, 6)]
    assert shown[0] == [
        *("编号", "停用", "词", "类别", "种类", "分值", "词性", "词组", "来源", "备注", "来历"),
    ]
    assert shown[1] == [
        *("N1", None, "=滑坡", "自然灾害", "地质", 2, "险情", "slide", "条例", None, "内置"),
    ]
    assert sheet["C4"].data_type == "s"
    assert [row[1] for row in shown[1:]] == [None, "是", None]
    assert [row[-1] for row in shown[1:]] == ["内置", "已停用", "本单位加"]
    assert [sheet[f"C{row}"].fill.fgColor.rgb for row in (4, 6)] == ["00000000", "FFFFF2CC"]


def test_headings_stay_in_sight_and_filter_the_free_rows_too(book):
    sheet = book["词表"]
    assert sheet.freeze_panes == "D4"
    assert sheet.auto_filter.ref == "A3:K206"
    assert sheet.max_row == 206  # 3 rows and 200 free ones


def test_drop_downs_come_from_the_lists_sheet_and_a_kind_follows_its_category(book):
    rules = validations(book["词表"])
    lists = book["字典"]
    titles = {cell.value: cell.column_letter for cell in lists[3] if cell.value}
    assert rules["B4"].formula1 == f"'字典'!${titles['停用']}$4:${titles['停用']}$4"
    assert rules["G4"].formula1.startswith(f"'字典'!${titles['词性']}$4:")
    assert "MATCH($D4," in rules["E4"].formula1
    assert not rules["H4"].showErrorMessage  # new groups, and several, may be written in
    assert validations(book["先后规则"])["C4"].errorStyle == "warning"
    assert rules["D4"].errorStyle in {None, "stop"}
    assert (rules["F4"].type, rules["F4"].formula1, rules["F4"].formula2) == (
        "decimal",
        "-50",
        "50",
    )
    assert str(rules["F4"].sqref) == "F4:F206"
    assert lists[f"{titles['类别']}8"].value == "非突发事件"


def test_the_comparison_shows_numbers_both_answers_and_who_stays():
    move = Move(
        *("举报登记", "JB1", "2026-10", "桥下积水"),
        *(("自然灾害", "水旱"), ("未分类", ""), 0.4, 0.0119),
        *("积水+1.0", "积水+0.2", "来源+0.5", ""),
    )
    tally = Tally("举报登记", "2026-10", "自然灾害", 3, 2, 0, 1)
    comparison = Comparison("aaa", "bbb", 9, 2, 1, (move,), (tally,))
    content = moves_workbook(comparison, packaged())
    assert content == moves_workbook(comparison, packaged())
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["概况", "去向", "按月", "变动明细"]
    told = {row[0].value: row[1].value for row in book["概况"].iter_rows(4)}
    assert told["换类别（件）"] == 1
    assert told["已由人复核、更正，不受影响（件）"] == 2
    assert [c.value for c in book["去向"][4]] == ["自然灾害", "未分类", 1]
    assert [c.value for c in book["按月"][4]] == ["2026-10", "举报登记", "自然灾害", 3, 2, -1, 0, 1]
    assert [c.value for c in book["变动明细"][4]] == [
        *("举报登记", "JB1", "2026-10", "桥下积水", "自然灾害", "水旱", 0.4),
        *("未分类", None, 0.012, "积水+1.0", "来源+0.5", "积水+0.2", None),
    ]
