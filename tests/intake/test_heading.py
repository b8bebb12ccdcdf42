"""Headings: found under titles and over several rows, matched by data, refused with words."""

from datetime import date, timedelta

import pytest

from tests.intake.builders import LEDGER, TIPOFFS, finding, workbook


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
