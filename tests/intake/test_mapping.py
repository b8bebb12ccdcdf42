"""The office's 表头对应表: what it says is known from then on, and nothing wrong is let in."""

import pytest

from riskpipe.intake.mapping import answers_of, mapped, version_of
from riskpipe.intake.nearest import nearest
from riskpipe.intake.reading import read
from riskpipe.rules import RuleError, Rules
from tests.intake.builders import LEDGER, TIPOFFS, csv_file, finding, workbook

HEAD = ["表", "表头原文", "出现在（文件、工作表）", "最接近的表头", "对应表头", "说明"]
FINDINGS, TIPS = "隐患排查台账", "12350举报登记"


def answered(folder, rows, limits):
    given = [[table, heading, "", "", meant, ""] for table, heading, meant in rows]
    path = folder / "表头对应表.xlsx"
    workbook(path, {"表头对应表": [["表头对应表"], ["只填对应表头"], HEAD, *given]})
    return answers_of(Rules(folder), limits)


def test_a_filled_row_makes_an_alias_and_an_unfilled_one_nothing(tmp_path, layouts, rules, limits):
    rows = [(FINDINGS, "排查时刻", "检查日期"), (FINDINGS, "包保领导", None)]
    known = mapped(layouts, answered(tmp_path, rows, limits))
    sheet = [["排查时刻" if h == "检查日期" else h for h in LEDGER] + ["包保领导"]]
    sheet.append([*finding(1), "某"])
    path = workbook(tmp_path / "a.xlsx", {"台账": sheet})
    body = read(path.read_bytes(), path.name, known, rules, limits).bodies[0]
    assert body.fields["inspected_on"].to_pylist() == ["2026-01-05"]
    assert body.sheet.unread == ("包保领导",)


def test_a_heading_that_is_not_needed_is_left_aside_without_a_word(
    tmp_path, layouts, rules, limits
):
    known = mapped(layouts, answered(tmp_path, [(FINDINGS, "包保领导", "不需要")], limits))
    path = workbook(tmp_path / "a.xlsx", {"台账": [[*LEDGER, "包保领导"], [*finding(1), "某"]]})
    sheet = read(path.read_bytes(), path.name, known, rules, limits).sheets[0]
    assert (sheet.unread, sheet.notices) == ((), ())


def test_a_heading_with_its_parent_is_known_as_it_was_shown(tmp_path, layouts, rules, limits):
    known = mapped(layouts, answered(tmp_path, [(FINDINGS, "复查/天", "复查日期")], limits))
    rows = [
        ["隐患编号", "检查日期", "隐患描述", "复查", None],
        [None, None, None, "天", "复查人"],
        ["YH-1", "2026-01-05", "堆物", "2026-02-01", "赵某"],
    ]
    path = workbook(tmp_path / "a.xlsx", {"台账": rows}, ["A1:A2", "B1:B2", "C1:C2", "D1:E1"])
    body = read(path.read_bytes(), path.name, known, rules, limits).bodies[0]
    assert body.fields["rechecked_on"].to_pylist() == ["2026-02-01"]


def test_a_heading_mapped_to_a_persons_field_is_that_persons(tmp_path, layouts, rules, limits):
    known = mapped(layouts, answered(tmp_path, [(TIPS, "回拨号", "联系电话")], limits))
    heads = [*TIPOFFS[:5], "回拨号"]
    path = workbook(tmp_path / "a.xlsx", {"举报登记": [heads, ["JB-1", "x", "x", "x", "x", "x"]]})
    fields = read(path.read_bytes(), path.name, known, rules, limits).bodies[0].fields
    assert "reporter_phone" in fields.column_names


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("没有的表", "排查时刻", "检查日期"), "第 4 行：没有名为“没有的表”的表"),
        ((FINDINGS, "排查时刻", "检查时刻表"), "第 4 行：“隐患排查台账”没有名为“检查时刻表”的表头"),
        ((FINDINGS, None, "检查日期"), "第 4 行：“表头原文”是空的"),
        ((FINDINGS, "检查日期", "复查日期"), "第 4 行：表头“检查日期”本来就是“检查日期”"),
        ((TIPS, "举报人姓名", "举报内容"), "第 4 行：表头“举报人姓名”是个人信息"),
        ((TIPS, "联系电话", "不需要"), "第 4 行：表头“联系电话”是个人信息"),
        ((TIPS, "性别", "举报内容"), "第 4 行：表头“性别”是个人信息"),
    ],
)
def test_a_wrong_entry_is_told_with_its_row(tmp_path, layouts, limits, row, said):
    with pytest.raises(RuleError) as caught:
        mapped(layouts, answered(tmp_path, [row], limits))
    assert f"表头对应表.xlsx {said}" in str(caught.value)


def test_a_heading_given_twice_is_told_with_both_rows(tmp_path, layouts, limits):
    rows = [(FINDINGS, "时刻", "检查日期"), (FINDINGS, "时 刻", "复查日期")]
    with pytest.raises(RuleError, match=r"第 5 行：表头“时 刻”已在表头对应表.xlsx 第 4 行填过"):
        mapped(layouts, answered(tmp_path, rows, limits))


def test_what_is_known_already_as_the_same_does_no_harm(tmp_path, layouts, limits):
    known = mapped(layouts, answered(tmp_path, [(FINDINGS, "检查时间", "检查日期")], limits))
    assert known.by_heading == layouts.by_heading


def test_a_filled_csv_is_read_like_the_workbook(tmp_path, limits):
    csv_file(
        tmp_path / "表头对应表.csv", [HEAD, [FINDINGS, "时刻", "", "", "检查日期", ""]], "gb18030"
    )
    answer = answers_of(Rules(tmp_path), limits)[0]
    assert (answer.table, answer.heading, answer.meant) == (FINDINGS, "时刻", "检查日期")


def test_two_files_or_a_file_that_is_none_are_told(tmp_path, limits):
    (tmp_path / "表头对应表.csv").write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(RuleError, match="找不到“表”"):
        answers_of(Rules(tmp_path), limits)
    (tmp_path / "表头对应表.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(RuleError, match="只留一份"):
        answers_of(Rules(tmp_path), limits)
    (tmp_path / "表头对应表.csv").unlink()
    with pytest.raises(RuleError, match=r"表头对应表.xlsx 读不出："):
        answers_of(Rules(tmp_path), limits)


def test_the_version_is_that_of_what_is_said(tmp_path, limits):
    one = answered(tmp_path, [(FINDINGS, "甲", "检查日期"), (FINDINGS, "乙", None)], limits)
    two = answered(tmp_path, [(FINDINGS, "丙", None), (FINDINGS, "甲", "检查日期")], limits)
    three = answered(tmp_path, [(FINDINGS, "甲", "复查日期")], limits)
    assert version_of(one) == version_of(two) != version_of(three)
    assert version_of(()) != version_of(one)


@pytest.mark.parametrize(
    ("heading", "best"),
    [
        ("排查时刻", "检查日期"),
        ("备　注　栏", "备注"),
        ("首次复查日期", "复查日期"),
        ("整改/责任人员", "整改责任人"),
        ("天气", None),
    ],
)
def test_the_nearest_known_heading_comes_first(layouts, heading, best):
    layout = next(one for one in layouts.layouts if one.title == FINDINGS)
    assert next(iter(nearest(heading, layout)), None) == best
