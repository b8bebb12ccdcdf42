"""The file itself, read back with openpyxl: sheets, looks, drop-downs, locks, print set-up."""

import re
from datetime import date

import openpyxl
import pytest

from riskpipe import forms
from riskpipe import vocabulary as v
from riskpipe.forms.columns import Type
from tests.forms.filling import BLANK, KINDS, NO_LISTS, NOVEMBER, OFFICE, RULES, make

EACH = pytest.mark.parametrize("kind", KINDS)
ATTACHED = {
    "tipoffs": "举报人信息（保密）",
    "findings": "重大事故隐患清单",
    "payouts": "领款人信息（保密）",
}
RED, ORANGE, GREY, PURPLE = "FFC00000", "FFC65911", "FF595959", "FF7030A0"


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    return {kind: openpyxl.load_workbook(make(folder, kind)) for kind in KINDS}


def tables(kind, book):
    return [book[sheet.name] for sheet in forms.book_of(kind, RULES).sheets]


def validations(sheet):
    """First cell → validation."""
    return {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}


def column(sheet, heading):
    return next(cell.column_letter for cell in sheet[3] if cell.value == heading)


@EACH
def test_sheets_stand_in_the_order_of_headers_and_nothing_else_does(books, kind):
    title = forms.book_of(kind, RULES).title
    attached = [ATTACHED[kind]] if kind in ATTACHED else []
    assert books[kind].sheetnames == ["填表说明", "报送信息", title, *attached, "字典"]
    assert all(sheet.sheet_state == "visible" for sheet in books[kind])
    assert books[kind].vba_archive is None


@EACH
def test_a_table_has_title_instruction_headings_and_200_numbered_rows(books, kind):
    for sheet in tables(kind, books[kind]):
        assert sheet["A1"].value == f"红旗街道{sheet.title}（2026年11月）"
        assert sheet["A2"].value.startswith("★必填")
        assert sheet.freeze_panes == "A4"
        merged = {str(one) for one in sheet.merged_cells.ranges}
        last = sheet.cell(3, sheet.max_column).column_letter
        assert merged == {f"A1:{last}1", f"A205:{last}205"}
        assert sheet["A205"].value.startswith("单位负责人（签字）")
        if sheet["A3"].value == "序号":
            assert [sheet.cell(row, 1).value for row in range(4, 204)] == list(range(1, 201))


@EACH
def test_marks_are_seen_in_colour_and_in_print_but_are_no_part_of_a_heading(books, kind):
    for sheet, form in zip(
        tables(kind, books[kind]), forms.book_of(kind, RULES).sheets, strict=True
    ):
        for cell, one in zip(sheet[3], form.columns, strict=True):
            colour = {"★": RED, "▲": ORANGE, "○": GREY}[one.mark]
            assert cell.value == one.heading
            assert cell.font.color.rgb == (PURPLE if form.is_secret else colour)
            assert cell.number_format == f'"{one.mark}"@'


def test_a_number_that_is_a_name_is_a_text_cell_and_dates_are_iso(books):
    sheet = books["tipoffs"]["举报登记"]
    formats = {cell.value: sheet.cell(50, cell.column).number_format for cell in sheet[3]}
    assert formats["举报编号"] == formats["来源单号"] == formats["举报内容"] == "@"
    assert formats["举报时间"] == "yyyy-mm-dd hh:mm"
    assert formats["办理期限"] == "yyyy-mm-dd"
    money = books["payouts"]["奖励发放"]
    assert money[f"{column(money, '实发金额（元）')}9"].number_format == "0.00"
    secret = books["payouts"]["领款人信息（保密）"]
    assert secret[f"{column(secret, '银行账号')}9"].number_format == "@"
    total = books["totals"]["月度统计数"]
    assert total[f"{column(total, '统计月份')}9"].number_format == "yyyy-mm"


def test_findings_of_a_street_are_numbered_and_placed_in_advance(books):
    sheet = books["findings"]["隐患排查台账"]
    assert (sheet["B4"].value, sheet["B203"].value) == (
        "YH-330199001-202611-0001",
        "YH-330199001-202611-0200",
    )
    street = column(sheet, "所属街道（乡镇）")
    assert {sheet[f"{street}{row}"].value for row in range(4, 204)} == {"红旗街道"}


@EACH
def test_every_typed_or_explained_column_is_validated_over_all_its_rows(books, kind):
    for sheet, form in zip(
        tables(kind, books[kind]), forms.book_of(kind, RULES).sheets, strict=True
    ):
        found = validations(sheet)
        for cell, one in zip(sheet[3], form.columns, strict=True):
            rule = found.get(f"{cell.column_letter}4")
            if rule is None:
                assert (one.type, one.note, one.condition) == (Type.TEXT, "", None)
                continue
            assert str(rule.sqref) == f"{cell.column_letter}4:{cell.column_letter}203"
            if one.note or one.condition:
                assert rule.promptTitle == one.heading
                assert rule.prompt.startswith(one.mark)
                assert one.note in rule.prompt
            if rule.type == "list":
                assert "字典" in rule.error
            elif rule.type:
                assert one.heading in rule.error


@EACH
def test_no_list_is_written_into_a_cell_and_none_goes_through_a_name(books, kind):
    names = [name for sheet in books[kind] for name in sheet.defined_names]
    assert set(names) <= {"_xlnm.Print_Titles"}
    assert not books[kind].defined_names
    for sheet in books[kind]:
        for rule in sheet.data_validations.dataValidation:
            formula = rule.formula1 or ""
            assert "INDIRECT" not in formula
            if rule.type == "list":
                assert "'字典'!$" in formula
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 225


@EACH
def test_a_closed_list_points_at_its_words_on_the_dictionary_sheet(books, kind):
    dictionary = books[kind]["字典"]
    for sheet, form in zip(
        tables(kind, books[kind]), forms.book_of(kind, RULES).sheets, strict=True
    ):
        found = validations(sheet)
        for cell, one in zip(sheet[3], form.columns, strict=True):
            if one.choices:
                rule = found[f"{cell.column_letter}4"]
                area = re.fullmatch(r"'字典'!(\$[A-Z]+\$\d+:\$[A-Z]+\$\d+)", rule.formula1)
                words = [row[0].value for row in dictionary[area[1].replace("$", "")]]
                assert words == list(one.choices)
                assert rule.errorStyle in (None, "stop")


@pytest.mark.parametrize(
    ("kind", "sheet", "child", "parent", "rows"),
    [
        ("tipoffs", "举报登记", "所属社区（村）", "所属街道（乡镇）", list(OFFICE.communities)),
        ("findings", "隐患排查台账", "所属社区（村）、网格", "所属街道（乡镇）", list(OFFICE.communities)),
        ("incidents", "突发事件", "事件种类", "突发事件类别",
         [(str(c), s) for c, names in v.SUBCATEGORIES.items() for s in names]),
        ("progress", "办理记录", "办理结果", "办理环节",
         [(s, o) for s, names in v.OUTCOMES.items() for o in names]),
    ],
)  # fmt: skip
def test_a_cascade_offers_the_block_that_stands_beside_its_parent(
    books, kind, sheet, child, parent, rows
):
    page = books[kind][sheet]
    formula = validations(page)[f"{column(page, child)}4"].formula1
    found = re.fullmatch(
        r"OFFSET\('字典'!\$([A-Z]+)\$4,MATCH\((\$[A-Z]+4),('字典'!\$([A-Z]+)\$4:\$\4\$\d+),0\)-1,0,"
        r"COUNTIF\(\3,\2\),1\)",
        formula,
    )
    assert found, formula
    words, cell, keys = found[1], found[2], found[4]
    assert cell == f"${column(page, parent)}4"
    dictionary = books[kind]["字典"]
    table = [
        (dictionary[f"{keys}{row}"].value, dictionary[f"{words}{row}"].value)
        for row in range(4, 4 + len(rows))
    ]
    assert table == rows
    blocks = [key for at, (key, _) in enumerate(rows) if not at or rows[at - 1][0] != key]
    assert len(blocks) == len(set(blocks)), "a parent's words must stand together"


def test_an_office_list_warns_and_an_empty_one_lets_everything_in(books, tmp_path):
    page = books["progress"]["办理记录"]
    rule = validations(page)[f"{column(page, '办理单位')}4"]
    assert rule.errorStyle == "warning"
    assert rule.formula1.startswith("OFFSET('字典'!$")
    empty = openpyxl.load_workbook(make(tmp_path, "progress", BLANK, NO_LISTS))["办理记录"]
    rule = validations(empty)[f"{column(empty, '办理单位')}4"]
    assert not rule.showErrorMessage
    assert rule.type == "list"


def test_dates_and_counts_stop_what_they_cannot_be(books):
    sheet = books["findings"]["隐患排查台账"]
    rule = validations(sheet)[f"{column(sheet, '整改期限')}4"]
    # 2000-01-01 and 2099-12-31 as a workbook counts days.
    assert (rule.type, rule.formula1, rule.formula2) == ("date", "36526", "73050")
    assert rule.errorStyle in (None, "stop")
    assert "2026-11-05" in rule.error
    deaths = books["incidents"]["突发事件"]
    rule = validations(deaths)[f"{column(deaths, '死亡（人）')}4"]
    assert (rule.type, rule.operator, rule.formula1) == ("whole", "greaterThanOrEqual", "0")
    money = books["payouts"]["奖励发放"]
    assert validations(money)[f"{column(money, '应奖金额（元）')}4"].type == "decimal"


@EACH
def test_a_page_prints_on_a4_across_with_headings_and_page_numbers(books, kind):
    for sheet in tables(kind, books[kind]):
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.oddFooter.center.text == "第&P页　共&N页"


@EACH
def test_the_information_sheet_is_two_columns_and_locks_what_the_form_knows(books, kind):
    sheet = books[kind]["报送信息"]
    items = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    assert items == [
        "项目", "报送单位", "报表名称", "统计期间起", "统计期间止", "报送性质", "本期有无数据", "填报条数", "专项行动",
        "数据来源", "填报人", "联系电话", "审核人（单位负责人）", "报出日期", "情况说明", "模板版本",
    ]  # fmt: skip
    assert sheet.max_column == 2
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    answers = {row[0].value: row[1] for row in sheet.iter_rows(min_row=2)}
    locked = {name for name, cell in answers.items() if cell.protection.locked}
    assert locked == {"报表名称", "填报条数", "模板版本"}
    assert answers["报送单位"].value == "红旗街道"
    assert answers["报表名称"].value == forms.book_of(kind, RULES).title
    assert answers["统计期间止"].value.date() == date(2026, 11, 30)
    assert answers["模板版本"].value == "2026-1"
    assert answers["填报条数"].value.startswith(f"=COUNTA('{answers['报表名称'].value}'!$")


@pytest.mark.parametrize(("kind", "mark"), [("incidents", "★"), ("totals", "★"), ("findings", "○")])
def test_the_source_is_required_of_incidents_and_totals_only(books, kind, mark):
    sheet = books[kind]["报送信息"]
    assert sheet["A10"].value == "数据来源"
    assert sheet["A10"].number_format == f'"{mark}"@'


@EACH
def test_the_dictionary_is_read_only_and_the_tables_stay_free(books, kind):
    assert books[kind]["字典"].protection.sheet
    assert books[kind]["填表说明"].protection.sheet
    assert not any(sheet.protection.sheet for sheet in tables(kind, books[kind]))


def test_slugs_of_the_categories_stand_in_the_dictionary(books):
    sheet = books["tipoffs"]["字典"]
    cells = {(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"natural", "accident", "public_health", "social_security", "none"} <= cells


@EACH
def test_the_guide_explains_every_column_without_drop_downs(books, kind):
    text = {cell.value for row in books[kind]["填表说明"].iter_rows() for cell in row}
    for sheet in forms.book_of(kind, RULES).sheets:
        assert {one.heading for one in sheet.columns} <= text
        assert {one.example for one in sheet.columns} <= text


@EACH
def test_the_same_form_is_the_same_bytes(kind):
    book = forms.book_of(kind, RULES)
    assert forms.workbook(book, NOVEMBER, OFFICE, RULES) == forms.workbook(
        book, NOVEMBER, OFFICE, RULES
    )
