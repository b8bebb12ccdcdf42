"""小计, 合计, 总计 are checksums: equal ones are silent, a wrong one says what the rows add up to.

The records carry penalties in 元 (progress) or money in 万元 (majors); every sum here was added by hand.
"""

import pytest

from tests.intake.builders import LEDGER, csv_file, finding, workbook

STEPS = ["序号", "业务编号", "办理环节", "办理时间", "处罚金额（元）", "办理情况"]


def step(number, yuan):
    return [number, f"YH-{number}", "行政处罚", "2026-03-02 10:20", yuan, "责令改正"]


def told(reader, path):
    return [
        (notice.rows, notice.heading, notice.facts["stated"], notice.facts["computed"])
        for notice in reader(path).sheets[0].notices
        if notice.rule == "total_mismatch"
    ]


def sheet(tmp_path, rows, merges=()):
    return workbook(tmp_path / "a.xlsx", {"办理记录": [STEPS, *rows]}, merges)


def total(word, yuan, seq=None):
    return [word, seq, None, None, yuan, None]


def test_a_total_that_adds_up_says_nothing(tmp_path, reader):
    rows = [step(1, "2000"), step(2, 3000.5), total("合计", "5,000.50")]
    assert told(reader, sheet(tmp_path, rows)) == []


def test_a_wrong_total_says_what_is_stated_and_what_the_rows_hold(tmp_path, reader):
    rows = [step(1, "2000"), step(2, "3000"), total("合计", "5600")]
    assert told(reader, sheet(tmp_path, rows)) == [((4,), "处罚金额（元）", "5600", "5000")]


def test_a_group_counts_from_the_total_before_it(tmp_path, reader):
    rows = [
        *[step(1, "100"), step(2, "200"), total("小计", "300")],
        *[step(3, "50"), total("小计", "60"), total("总计", "350")],
    ]
    assert told(reader, sheet(tmp_path, rows)) == [((6,), "处罚金额（元）", "60", "50")]


def test_a_whole_total_may_add_up_the_groups_totals(tmp_path, reader):
    rows = [
        *[step(1, "100"), total("小计", "100")],
        *[step(2, "50"), total("小计", "60"), total("合计", "160")],
    ]
    assert [rows for rows, *_ in told(reader, sheet(tmp_path, rows))] == [(5,)]


def test_totals_printed_above_their_rows_count_what_stands_below(tmp_path, reader):
    good = [total("合计", "150"), step(1, "100"), step(2, "50")]
    bad = [total("合计", "170"), step(1, "100"), step(2, "50")]
    assert told(reader, sheet(tmp_path, good)) == []
    assert told(reader, sheet(tmp_path, bad)) == [((2,), "处罚金额（元）", "170", "150")]


def test_a_page_heading_in_the_middle_of_a_group_does_not_matter(tmp_path, reader):
    rows = [step(1, "100"), STEPS, step(2, "50"), total("小计", "150"), total("本页合计", "0")]
    assert told(reader, sheet(tmp_path, rows)) == []


def test_a_running_total_goes_back_before_the_sheet(tmp_path, reader):
    rows = [step(1, "100"), total("本年累计", "90000")]
    reading = reader(sheet(tmp_path, rows))
    assert reading.sheets[0].count.ignored["total"] == 1
    assert told(reader, sheet(tmp_path, rows)) == []


@pytest.mark.parametrize(
    ("stated", "mismatch"),
    [("1.5万元", []), ("15000元", []), ("￥15,000", []), ("1.6万元", ["1.6万元"])],
)
def test_amounts_are_compared_in_the_unit_of_their_column(tmp_path, reader, stated, mismatch):
    rows = [step(1, "1万元"), step(2, "５０００"), total("合计", stated)]
    assert [one[2] for one in told(reader, sheet(tmp_path, rows))] == mismatch


def test_what_cannot_be_read_as_a_number_is_told_beside_the_sum(tmp_path, reader):
    rows = [step(1, "2000"), step(2, "约3000"), total("合计", "5000")]
    notice = next(
        notice
        for notice in reader(sheet(tmp_path, rows)).sheets[0].notices
        if notice.rule == "total_mismatch"
    )
    assert (notice.facts["computed"], notice.facts["unread"]) == ("2000", "（另有 1 格不是数字）")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (["合计", "2"], []),
        (["合计", "3"], [("隐患编号", "3", "2")]),
        (["合计（共2条）"], []),
        (["合计：3条"], [("合计", "3", "2")]),
        (["共 3 条"], [("共", "3", "2")]),
        (["总 计", None, None, "2处"], []),
        (["总计（处）", "2"], []),
    ],
)
def test_a_stated_number_of_records_is_compared_with_them(tmp_path, reader, label, expected):
    path = workbook(tmp_path / "a.xlsx", {"台账": [LEDGER, finding(1), finding(2), label]})
    reading = reader(path)
    assert reading.sheets[0].count.records == 2
    assert [one[1:] for one in told(reader, path)] == expected


def test_where_a_total_is_a_figure_of_its_own_it_is_a_record(tmp_path, reader):
    rows = [
        ["统计月份", "指标", "分类", "本月数", "上年同月"],
        ["2026-01", "接警量", "火灾", "5", "4"],
        ["2026-01", "接警量", "合计", "6", "4"],
    ]
    sheet = reader(csv_file(tmp_path / "a.csv", rows)).sheets[0]
    assert (sheet.count.records, sheet.notices) == (2, ())


@pytest.mark.parametrize(("heading", "value"), [("隐患等级", "3"), ("检查日期", "20260105")])
def test_grades_and_days_written_as_numbers_are_no_sum(tmp_path, reader, heading, value):
    rows = [LEDGER, *(finding(n, **{heading: value}) for n in (1, 2))]
    rows.append([{"序号": "合计", heading: "9"}.get(name) for name in LEDGER])
    assert told(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})) == []


@pytest.mark.parametrize("firm", ["合计机械厂", "小计家电维修部", "总计划办公室", "累计商行"])
def test_a_firm_that_begins_like_a_total_stays_a_record(tmp_path, reader, firm):
    heads = ["被检查单位（场所）", *LEDGER]
    rows = [heads, [firm, *finding(1)], ["合计", None, "1"]]
    count = reader(workbook(tmp_path / "a.xlsx", {"台账": rows})).sheets[0].count
    assert (count.records, count.ignored["total"]) == (1, 1)


def test_a_total_is_found_wherever_its_row_begins(tmp_path, reader):
    rows = [LEDGER, finding(1), [None, None, None, "合　计", None, "1"], [2, "YH-01-202601-0002"]]
    count = reader(workbook(tmp_path / "a.xlsx", {"台账": rows}, ["A3:C3"])).sheets[0].count
    assert (count.records, count.ignored["total"], count.ignored["blank"]) == (1, 1, 1)


def test_nothing_of_the_records_but_the_numbers_is_told(tmp_path, reader):
    heads = ["举报编号", "举报时间", "举报内容", "举报渠道", "联系电话"]
    rows = [
        heads,
        ["JB-1", "2026-01-05 08:00", "堆物", "12350电话", "13800138000"],
        ["合计", None, None, None, "13800138001"],
    ]
    path = workbook(tmp_path / "a.xlsx", {"举报登记": rows})
    assert told(reader, path) == []
