"""Every row is a record, a title, a heading, a total, a note or blank: exactly one of them."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.builders import LEDGER, csv_file, finding, workbook


def count_of(reader, path):
    return reader(path).sheets[0].count


def test_a_total_row_is_a_checksum_not_a_record(tmp_path, reader):
    rows = [LEDGER, finding(1), finding(2), ["合 计", None, None, "2条"], ["小计：", "2"]]
    count = count_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert (count.records, count.ignored["total"]) == (2, 2)


def test_a_street_called_like_a_total_is_a_record(tmp_path, reader):
    rows = [LEDGER, finding(1, 隐患编号="合计巷1号")]
    assert count_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})).records == 1


def test_a_footer_and_what_trails_after_it_are_notes(tmp_path, reader):
    rows = [
        LEDGER,
        finding(1),
        [],
        ["说明：", "隐患等级分两级。"],
        [None, "重大见清单。"],
        ["单位负责人（签字）：　审核人："],
    ]
    count = count_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert (count.records, count.ignored["note"], count.ignored["blank"]) == (1, 3, 1)


def test_a_complete_record_after_a_note_is_still_a_record(tmp_path, reader):
    rows = [LEDGER, ["说明：先看这里"], finding(1), finding(2, 隐患描述="说明：楼道堆物")]
    count = count_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert (count.records, count.ignored["note"]) == (2, 1)


def test_pre_numbered_rows_with_nothing_else_are_blank(tmp_path, reader):
    empty = [[n, f"YH-01-202601-{n:04d}"] for n in range(2, 6)]
    count = count_of(reader, workbook(tmp_path / "a.xlsx", {"台账": [LEDGER, finding(1), *empty]}))
    assert (count.records, count.ignored["blank"]) == (1, 4)


def test_headings_printed_again_on_each_page_are_headings(tmp_path, reader):
    rows = [LEDGER, finding(1), LEDGER, finding(2)]
    count = count_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert (count.records, count.ignored["heading"]) == (2, 2)


def test_a_value_merged_downward_holds_for_every_row_it_covers(tmp_path, reader):
    rows = [LEDGER, finding(1), finding(2, 检查日期=None), finding(3, 检查日期=None)]
    body = reader(workbook(tmp_path / "a.xlsx", {"台账": rows}, ["C2:C3"])).bodies[0]
    assert body.fields["inspected_on"].to_pylist() == ["2026-01-05", "2026-01-05", None]


def test_row_numbers_are_those_excel_shows(tmp_path, reader):
    rows = [[], ["台账"], [], LEDGER, finding(1), [], finding(2)]
    body = reader(workbook(tmp_path / "a.xlsx", {"台账": rows})).bodies[0]
    assert body.row_no.to_pylist() == [5, 7]


def test_a_json_line_that_is_damaged_is_rejected_not_blank(tmp_path, reader):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "1", "text": "楼道堆物"}\n{"id": "2", \n\n[1]\n', "utf-8")
    reading = reader(path)
    assert reading.broken_rows == {1: (2, 4)}
    assert reading.sheets[0].count.ignored["blank"] == 1


CELL = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "合计",
            "小计",
            "说明：",
            "注：",
            "序号",
            "隐患编号",
            "2026-01-05",
            "YH-1",
            "楼道堆物",
            " ",
            "填表人：",
        ]
    ),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=12))
def test_marks_add_up_for_any_sheet(tmp_path, reader, rows):
    written = [LEDGER, *([cell or "" for cell in row] for row in rows)]
    count = count_of(reader, csv_file(tmp_path / "a.csv", written))
    assert count.seen == count.records + sum(count.ignored.values()) == len(written)


def notes_of(reader, path):
    count = count_of(reader, path)
    return count.records, count.ignored["note"]


def test_a_signature_line_is_a_note_however_many_it_signs(tmp_path, reader):
    heads = ["隐患编号", "检查日期", "隐患描述", "整改期限"]
    signed = ["单位负责人（签字）：", "审核人：", "填表人：", "报出日期："]
    rows = [heads, ["YH-1", "2026-01-05", "堆物", "2026-01-09"], signed]
    assert notes_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})) == (1, 1)


def test_a_record_that_ends_in_a_colon_is_a_record(tmp_path, reader):
    heads = ["隐患编号", "检查日期", "隐患描述"]
    rows = [heads, ["YH-1", "2026-01-05", "堆物："], ["YH-2：", "2026-01-05：", "堆物："]]
    assert notes_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})) == (2, 0)


def test_one_text_merged_across_the_table_is_no_record(tmp_path, reader):
    codes = ["等级分为一级、二级、三级，一级最重"]
    rows = [LEDGER, finding(1), ["二、商贸行业"], finding(2), [], codes]
    path = workbook(tmp_path / "a.xlsx", {"台账": rows}, ["A3:H3", "A6:H8"])
    assert notes_of(reader, path) == (2, 2)


def test_a_lonely_text_that_is_not_merged_stays_a_record(tmp_path, reader):
    rows = [LEDGER, finding(1), [None, None, None, "三号楼楼道堆物"]]
    assert notes_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows})) == (2, 0)


def test_headings_of_several_rows_printed_again_are_headings(tmp_path, reader):
    head = [
        ["隐患编号", "检查日期", "隐患描述", "整改责任单位", None],
        [None, None, None, "建设", "施工"],
    ]
    rows = [
        ["××台账"],
        *[*head, ["YH-1", "2026-01-05", "堆物", "甲", "乙"]],
        *[["第 2 页"], ["××台账"], *head, ["YH-2", "2026-01-05", "堆物", "甲", "乙"]],
    ]
    merges = ["A2:A3", "B2:B3", "C2:C3", "D2:E2", "A7:A8", "B7:B8", "C7:C8", "D7:E7"]
    count = count_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}, merges))
    assert (count.records, count.ignored) == (
        2,
        {"title": 2, "heading": 4, "total": 0, "note": 1, "blank": 0},
    )


def test_pre_numbered_rows_under_a_total_are_blank(tmp_path, reader):
    rows = [LEDGER, finding(1), ["合计", "1"], [3, "YH-01-202601-0003"], [4]]
    count = count_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert (count.records, count.ignored["total"], count.ignored["blank"]) == (1, 1, 2)


def test_cells_of_zero_width_marks_alone_are_blank(tmp_path, reader):
    rows = [LEDGER, finding(1), ["\u200b", None, "\ufeff \u2060"], finding(2)]
    count = count_of(reader, workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert (count.records, count.ignored["blank"]) == (2, 1)
