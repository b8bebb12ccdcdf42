"""Headings: found under titles and over several rows, matched by data, refused with words."""

from datetime import date, timedelta

import pytest

from riskpipe.intake.grid import Refusal
from riskpipe.intake.heading import find
from riskpipe.intake.noticing import noticed
from tests.intake.builders import LEDGER, TIPOFFS, csv_file, finding, grid, workbook


def sheet_of(reader, path):
    return reader(path).sheets[0]


def test_title_rows_stand_above_the_heading(tmp_path, reader):
    rows = [["××街道隐患排查台账"], ["统计月份：2026年1月"], LEDGER, finding(1)]
    sheet = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert sheet.layout.name == "findings_ledger"
    assert sheet.heading_rows == (3, 3)
    assert sheet.count.ignored == {"title": 2, "heading": 1, "total": 0, "note": 0, "blank": 0}


def test_two_heading_rows_with_merged_parents(tmp_path, reader):
    rows = [
        ["台账"],
        ["序号", "隐患编号", "检查日期", "隐患描述", "整改情况", None, None],
        [None, None, None, None, "整改单位", "整改时限", "完成情况"],
        [1, "YH-1", "2026-01-05", "楼道堆物", "甲厂", "2026-01-09", "已整改"],
    ]
    merges = ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2"]
    reading = reader(workbook(tmp_path / "a.xlsx", {"台账": rows}, merges))
    body = reading.bodies[0]
    assert reading.sheets[0].heading_rows == (2, 3)
    assert body.fields.select(["responsible_unit", "due_on", "state"]).to_pylist() == [
        {"responsible_unit": "甲厂", "due_on": "2026-01-09", "state": "已整改"}
    ]


def test_a_parent_over_columns_no_layout_knows_joins_what_they_hold(tmp_path, reader):
    rows = [
        ["隐患编号", "检查日期", "隐患描述", "整改责任单位", None],
        [None, None, None, "建设", "施工"],
        ["YH-1", "2026-01-05", "脚手架缺连墙件", "甲公司", "乙公司"],
        ["YH-2", "2026-01-05", "临边无防护", None, "乙公司"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1"]
    body = reader(workbook(tmp_path / "a.xlsx", {"台账": rows}, merges)).bodies[0]
    assert body.fields["responsible_unit"].to_pylist() == ["甲公司、乙公司", "乙公司"]


def test_marks_spaces_and_width_do_not_hide_a_heading(tmp_path, reader):
    rows = [["★隐患 编号", "检查日期（必填）", "隐患\n描述"], ["YH-1", "2026-01-05", "楼道堆物"]]
    assert sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})).count.records == 1


def test_unknown_headings_are_listed_when_they_hold_something(tmp_path, reader):
    rows = [[*LEDGER, "奇怪的列", "空列"], [*finding(1), "某值", None]]
    assert sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})).unread == ("奇怪的列",)


def test_missing_required_headings_are_named_beside_the_nearest_layout(tmp_path, reader):
    rows = [
        ["序号", "检查日期", "隐患描述", "整改期限"],
        [1, "2026-01-05", "楼道堆物", "2026-01-09"],
    ]
    problem = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})).problem
    assert problem.code == "headings"
    assert "隐患排查台账" in problem.message
    assert "隐患编号" in problem.message


def test_a_sheet_of_unknown_headings_counts_its_filled_rows_as_rejected(tmp_path, reader):
    rows = [["菜名", "价格"], ["豆腐", 3], [], ["白菜", 2]]
    reading = reader(workbook(tmp_path / "a.xlsx", {"菜单": rows}))
    assert reading.sheets[0].problem.code == "no_headings"
    assert reading.sheets[0].count.seen == 4
    assert reading.refused_rows == {1: (1, 2, 4)}


def test_days_across_the_columns_are_refused_with_the_reason(tmp_path, reader):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(31)]
    rows = [["日志"], ["序号", "类别", *days], [1, "巡查", *["正常"] * 31]]
    problem = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"日志": rows})).problem
    assert problem.code == "days_across"
    assert "31 个日期横着排" in problem.message


@pytest.mark.parametrize(
    ("heading", "layout"),
    [("接单编号", "tipoffs_district"), ("工单编号", "tipoffs_12345")],
)
def test_the_number_heading_tells_one_source_from_another(tmp_path, reader, heading, layout):
    time = "来电时间" if heading == "接单编号" else "区交办时间"
    content = "反映内容" if heading == "接单编号" else "诉求内容"
    rows = [[heading, time, content], ["A1", "2026-01-05 08:00", "路灯不亮"]]
    assert sheet_of(reader, workbook(tmp_path / "a.xlsx", {"Sheet1": rows})).layout.name == layout


def test_a_reporters_heading_becomes_a_personal_field(tmp_path, reader):
    rows = [TIPOFFS, ["JB-1", "2026-01-05 08:00", "12350电话", "楼道堆物", "周某某", "13800138000"]]
    body = reader(workbook(tmp_path / "a.xlsx", {"举报登记": rows})).bodies[0]
    assert {"reporter_name", "reporter_phone"} <= set(body.fields.column_names)
    assert "举报人姓名" not in body.fields.column_names


def test_values_of_an_explicit_map_are_repaired_and_no_others(tmp_path, reader):
    rows = [
        ["隐患内容", "排查日期", "隐患状态"],
        ["临边无防护", "2026-01-05", "关闭"],
        ["坑边堆土", "2026-01-05", "关了"],
    ]
    body = reader(workbook(tmp_path / "a.xlsx", {"表": rows})).bodies[0]
    assert body.fields["state"].to_pylist() == ["已销号", "关了"]
    assert body.fields["trade"].to_pylist() == ["建筑施工"] * 2


def test_a_missing_time_falls_back_to_the_clock_the_layout_names(tmp_path, reader):
    rows = [
        ["工单编号", "诉求内容", "市交办时间", "区交办时间"],
        ["G1", "路灯不亮", None, "2026-01-06 09:00"],
    ]
    body = reader(workbook(tmp_path / "a.xlsx", {"工单": rows})).bodies[0]
    assert body.fields["reported_at"].to_pylist() == ["2026-01-06 09:00"]


def found(rows, layouts, merges=(), unvalued=()):
    return find(grid(rows, merges, unvalued), layouts)


def test_parents_tell_children_of_one_name_apart(layouts):
    rows = [
        ["隐患编号", "检查日期", "隐患描述", "复查", None, "整改", None],
        [None, None, None, "责任人", "时间", "责任人", "期限"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"]
    columns = found(rows, layouts, merges).columns
    assert columns["responsible_person"] == (5,)
    assert columns["rechecked_by"] == (3,)
    assert columns["rechecked_on"] == (4,)
    assert columns["due_on"] == (6,)


def test_one_name_under_two_unknown_parents_is_no_guess(layouts):
    rows = [
        ["隐患编号", "检查日期", "隐患描述", "甲方", None, "乙方", None],
        [None, None, None, "责任人", "地点", "责任人", "电话号"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"]
    seen = found(rows, layouts, merges)
    assert "responsible_person" not in seen.columns
    assert {text for _, text in seen.unread} == {"甲方/责任人", "乙方/责任人", "乙方/电话号"}


def test_a_parent_that_is_a_heading_too_does_not_swallow_an_unknown_child(layouts):
    rows = [
        ["隐患编号", "检查日期", "隐患描述", "整改情况", None, None],
        [None, None, None, "天气", "整改时限", "完成情况"],
    ]
    seen = found(rows, layouts, ["A1:A2", "B1:B2", "C1:C2", "D1:F1"])
    assert seen.columns["state"] == (5,)
    assert seen.unread == ((3, "整改情况/天气"),)


def test_headings_over_five_rows(layouts):
    rows = [
        ["隐患编号", "检查", None, "隐患", None, None],
        [None, "时间和人员", None, "内容", None, None],
        [None, "第一次", None, "文字", None, None],
        [None, "本级", None, "详细", None, None],
        [None, "检查日期", "检查人员", "隐患描述", "隐患等级", "整改期限"],
        ["YH-1", "2026-01-05", "赵某", "堆物", "一般", "2026-01-09"],
    ]
    merges = ["A1:A5", "B1:C1", "B2:C2", "B3:C3", "B4:C4", "D1:F1", "D2:F2", "D3:F3", "D4:F4"]
    seen = found(rows, layouts, merges)
    assert (seen.first, seen.last) == (0, 4)
    assert set(seen.columns) == {
        *("finding_no", "inspected_on", "inspectors"),
        *("description", "grade", "due_on"),
    }


def test_sub_headings_no_layout_knows_hang_under_their_parent_without_merges(tmp_path, reader):
    rows = [
        ["隐患编号", "检查日期", "隐患描述", "整改责任单位", "", "", "整改期限"],
        ["", "", "", "建设", "设计", "施工", ""],
        ["YH-1", "2026-01-05", "临边无防护", "", "", "乙公司", "2026-01-09"],
    ]
    body = reader(csv_file(tmp_path / "a.csv", rows)).bodies[0]
    assert body.row_no.to_pylist() == [3]
    assert body.fields["responsible_unit"].to_pylist() == ["乙公司"]


def test_units_under_headings_and_a_row_that_numbers_the_columns_are_headings(tmp_path, reader):
    rows = [
        ["隐患编号", "隐患名称", "判定标准及条款", "整改资金"],
        ["", "", "", "（万元）"],
        ["1", "2", "3", "4"],
        ["YH-1", "粉尘未清扫", "第十一条", "3.5"],
    ]
    body = reader(csv_file(tmp_path / "a.csv", rows)).bodies[0]
    assert body.sheet.heading_rows == (1, 3)
    assert (body.units["funds_yuan"], body.fields["funds_yuan"].to_pylist()) == ("万元", ["3.5"])


def test_the_first_record_is_no_sub_heading(tmp_path, reader):
    rows = [
        ["隐患编号", "检查日期", "隐患描述", "整改责任单位", ""],
        ["", "", "堆物", "甲厂", "乙厂"],
    ]
    assert sheet_of(reader, csv_file(tmp_path / "a.csv", rows)).count.records == 1


@pytest.mark.parametrize(
    ("formula", "known"),
    [
        ('="隐患"&"描述"', True),
        ("=F1&F2", True),
        ('=$F$1 & "描述"', True),
        ('=""""&"描述"', False),
        ('=CONCATENATE("隐患","描述")', False),
        ("=Sheet2!A1", False),
        ("=D1", False),
        ('="隐患"&', False),
    ],
)
def test_a_heading_formula_without_its_result_is_read_when_it_only_spells(layouts, formula, known):
    rows = [
        ["隐患编号", "检查日期", "整改期限", None, None, "隐患"],
        ["YH-1", "2026-01-05", "2026-01-09", "堆物", None, "描述"],
    ]
    if known:
        assert found(rows, layouts, unvalued=[(1, 4, formula)]).columns["description"] == (3,)
    else:
        with pytest.raises(Refusal):
            found(rows, layouts, unvalued=[(1, 4, formula)])


def test_a_formula_among_the_data_gets_no_value(layouts):
    rows = [LEDGER, finding(1, 备注=None)]
    notices = noticed(grid(rows, unvalued=[(2, 8, '="备"&"注"')]), found(rows, layouts))
    assert notices == ()


def test_a_column_without_heading_that_holds_something_is_told(tmp_path, reader):
    rows = [[*LEDGER, None], [*finding(1), "现场照片"]]
    notices = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})).notices
    assert [(n.rule, n.rows, n.facts["column"]) for n in notices] == [("no_heading", (1,), "I")]


def test_an_unknown_heading_is_told_beside_the_nearest_known_ones(tmp_path, reader):
    rows = [[*LEDGER, "首次复查日期", "包保领导"], [*finding(1), "2026-02-01", "某"]]
    notices = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})).notices
    assert [notice.heading for notice in notices] == ["首次复查日期", "包保领导"]
    assert notices[0].facts["nearest"][0] == "复查日期"
    assert notices[1].facts["nearest"] == []


def test_a_missing_heading_is_named_beside_what_may_be_it(tmp_path, reader):
    rows = [["序号", "隐患编号", "排查时刻", "隐患描述", "整改期限"], [1, "YH-1", "x", "堆物", "y"]]
    sheet = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert "缺少必需的列：检查日期" in sheet.problem.message
    assert "“排查时刻”可能就是“检查日期”" in sheet.problem.message
    assert [notice.heading for notice in sheet.notices] == ["排查时刻"]


def test_an_unknown_heading_with_a_number_in_it_is_not_quoted_in_the_refusal(tmp_path, reader):
    rows = [["序号", "隐患编号", "检查日13900139123", "隐患描述"], [1, "YH-1", "x", "堆物"]]
    sheet = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert sheet.problem.code == "headings"
    assert "13900139123" not in sheet.problem.message


@pytest.mark.parametrize("gap", [[], [None], [None, None]])
def test_tables_side_by_side_are_refused(tmp_path, reader, gap):
    heads = ["隐患编号", "检查日期", "隐患描述"]
    row = ["YH-1", "2026-01-05", "堆物"]
    rows = [[*heads, *gap, *heads], [*row, *gap, *row]]
    sheet = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert sheet.problem.code == "side_by_side"
    assert "上下排列" in sheet.problem.message


def test_tables_of_two_kinds_side_by_side_are_refused(tmp_path, reader):
    rows = [
        [*LEDGER, None, "举报编号", "举报时间", "举报渠道", "举报内容"],
        [*finding(1), None, "JB-1", "2026-01-05 08:00", "来信", "堆物"],
    ]
    sheet = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert sheet.problem.code == "side_by_side"


def test_a_list_of_words_or_a_heading_given_twice_beside_the_table_is_no_second_table(
    tmp_path, reader
):
    rows = [
        [*LEDGER, "备注", None, "隐患等级", "整改状态"],
        [*finding(1), None, None, "一般", "整改中"],
    ]
    sheet = sheet_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert (sheet.problem, sheet.count.records) == (None, 1)


def test_rows_above_that_are_filled_like_a_table_are_told(tmp_path, reader):
    above = [["菜名", "价格", "产地", "数量"], ["豆腐", 3, "本地", 2]]
    facts = ["填报单位：红旗街道", "填表人：赵某", "日期：2026-01-31", "单位：处"]
    path = workbook(tmp_path / "a.xlsx", {"台账": [*above, facts, LEDGER, finding(1)]})
    notices = sheet_of(reader, path).notices
    assert [(notice.rule, notice.rows) for notice in notices] == [("rows_above", (1, 2))]


def test_one_field_in_several_numbered_columns_is_joined(tmp_path, reader):
    headings = [*LEDGER, "检查人1", "检查人2", "检查人3"]
    rows = [
        [*finding(1), "张一禾", "李二禾", None],
        [*finding(2), None, "王三禾", "赵四禾"],
    ]
    reading = reader(workbook(tmp_path / "a.xlsx", {"台账": [headings, *rows]}))
    (body,) = reading.bodies
    assert body.fields["inspectors"].to_pylist() == ["张一禾、李二禾", "王三禾、赵四禾"]
    assert not body.sheet.unread
