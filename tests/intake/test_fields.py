"""What a blank or a 同上 stands for: the value it was meant to repeat, and nothing guessed."""

import pyarrow as pa
import pytest

from riskpipe.intake.fields import fields_of, unvalued_of
from riskpipe.intake.heading import find
from riskpipe.intake.rows import Mark, marks
from tests.intake.builders import LEDGER, finding, grid, workbook


def column(tmp_path, reader, rows, field="inspected_on", merges=()):
    path = workbook(tmp_path / "a.xlsx", {"台账": [LEDGER, *rows]}, merges)
    return reader(path).bodies[0].fields[field].to_pylist()


@pytest.mark.parametrize("word", ["同上", "同 上", "同　上", "〃", "″", '"', "''", "同前", "同上 "])
def test_ditto_takes_the_value_of_the_record_above(tmp_path, reader, word):
    rows = [finding(1, 检查日期="2026-01-07"), finding(2, 检查日期=word), finding(3)]
    assert column(tmp_path, reader, rows) == ["2026-01-07", "2026-01-07", "2026-01-05"]


def test_ditto_under_ditto_and_across_blank_and_total_rows(tmp_path, reader):
    rows = [
        finding(1, 检查日期="2026-01-07"),
        finding(2, 检查日期="同上"),
        [],
        ["小计", "2"],
        LEDGER,
        finding(3, 检查日期="〃"),
    ]
    assert column(tmp_path, reader, rows) == ["2026-01-07"] * 3


def test_ditto_on_the_first_record_stays_as_written(tmp_path, reader):
    rows = [finding(1, 检查日期="同上"), finding(2, 检查日期="同上"), finding(3)]
    assert column(tmp_path, reader, rows) == ["同上", "同上", "2026-01-05"]


def test_ditto_does_not_reach_into_the_table_above(tmp_path, reader):
    short = ["隐患编号", "隐患描述", "检查日期", "整改期限"]
    rows = [LEDGER, finding(1), [], short, ["YH-9", "堆物", "同上", "2026-01-09"]]
    bodies = reader(workbook(tmp_path / "a.xlsx", {"台账": rows})).bodies
    assert bodies[1].fields["inspected_on"].to_pylist() == ["同上"]


def test_ditto_under_the_number_makes_no_two_records_one(tmp_path, reader):
    rows = [finding(1), finding(2, 隐患编号="同上")]
    found = column(tmp_path, reader, rows, "finding_no")
    assert found == ["YH-01-202601-0001", "同上"]


def test_a_word_that_only_holds_ditto_is_left_alone(tmp_path, reader):
    rows = [finding(1), finding(2, 隐患描述="同上一层堆物")]
    assert column(tmp_path, reader, rows, "description")[1] == "同上一层堆物"


def test_ditto_repeats_what_a_merge_holds(tmp_path, reader):
    rows = [
        finding(1, 检查日期="2026-01-07"),
        finding(2, 检查日期=None),
        finding(3, 检查日期="同上"),
    ]
    assert column(tmp_path, reader, rows, merges=["C2:C3"]) == ["2026-01-07"] * 3


def test_formulas_without_their_result_are_named_by_field_and_row(layouts):
    rows = [["台账"], LEDGER, finding(1, 整改期限=None), finding(2)]
    sheet = grid(rows, unvalued=[(3, 6, "=TODAY()"), (4, 99, "=1"), (1, 1, "=1")])
    found = find(sheet, layouts)
    kept = pa.array([2, 3])
    assert unvalued_of(sheet, found, kept) == {"due_on": (3,)}
    assert fields_of(sheet, found, kept, layouts)["due_on"].to_pylist() == [None, "2026-01-12"]


def test_a_row_of_nothing_but_lost_formulas_is_a_record_and_a_pre_numbered_one_is_not(layouts):
    rows = [LEDGER, finding(1), [None, None, None, None], [None, "YH-01-202601-0009"]]
    sheet = grid(rows, unvalued=[(3, 4, "=A1&B1"), (4, 1, "=ROW()-1")])
    marked = marks(sheet, find(sheet, layouts), layouts)
    assert [Mark(mark) for mark in marked[1:]] == [Mark.RECORD, Mark.RECORD, Mark.BLANK]
