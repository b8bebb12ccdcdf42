"""Tables one under the other: each is read by its own headings, and every row is in exactly one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskpipe.intake.grid import Traits
from riskpipe.intake.parts import parts
from tests.intake.builders import LEDGER, TIPOFFS, csv_file, finding, grid, workbook

SHORT = ["隐患编号", "隐患描述", "检查日期", "整改期限"]
TIP = ["JB-1", "2026-01-05 08:00", "12350电话", "楼道堆物", "周某某", "13800138000"]


def short(number):
    return [f"YH-9-{number}", "电线私拉", "2026-02-03", "2026-02-10"]


def spans(found):
    return [(part.first_row, part.first_row + part.cells.num_rows - 1) for part in found]


def test_a_second_table_of_another_kind_is_read_by_its_own_headings(tmp_path, reader):
    rows = [LEDGER, finding(1), finding(2), [], ["二、群众举报"], TIPOFFS, TIP]
    reading = reader(workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert [body.layout.name for body in reading.bodies] == ["findings_ledger", "tipoffs_12350"]
    assert [body.row_no.to_pylist() for body in reading.bodies] == [[2, 3], [7]]
    assert [sheet.name for sheet in reading.sheets] == ["台账", "台账"]
    assert [sheet.number for sheet in reading.sheets] == [1, 2]
    assert [sheet.count.seen for sheet in reading.sheets] == [4, 3]


def test_the_same_table_with_its_columns_in_another_order_is_read_by_its_own_order(
    tmp_path, reader
):
    rows = [LEDGER, finding(1), ["临江街道"], SHORT, short(1)]
    bodies = reader(workbook(tmp_path / "a.xlsx", {"台账": rows})).bodies
    assert bodies[1].fields["inspected_on"].to_pylist() == ["2026-02-03"]
    assert bodies[1].fields["finding_no"].to_pylist() == ["YH-9-1"]


def test_a_small_table_above_a_wider_one_is_not_taken_for_its_titles(tmp_path, reader):
    rows = [SHORT, short(1), short(2), LEDGER, finding(1)]
    bodies = reader(workbook(tmp_path / "a.xlsx", {"台账": rows})).bodies
    assert [body.row_no.to_pylist() for body in bodies] == [[2, 3], [5]]


def test_headings_printed_again_on_a_page_make_no_further_table(layouts):
    rows = [
        ["××街道台账"],
        LEDGER,
        finding(1),
        LEDGER,
        finding(2),
        ["××街道台账"],
        LEDGER,
        finding(3),
    ]
    assert len(parts(grid(rows), layouts)) == 1


def test_a_title_of_its_own_begins_a_further_table(layouts):
    rows = [["红旗街道"], LEDGER, finding(1), [], ["临江街道"], LEDGER, finding(2)]
    assert spans(parts(grid(rows), layouts)) == [(1, 4), (5, 7)]


def test_a_further_table_that_lacks_a_needed_heading_is_refused_alone(tmp_path, reader):
    rows = [
        LEDGER,
        finding(1),
        ["附"],
        ["检查日期", "隐患描述", "整改期限"],
        *[["2026-01-05", "堆物", "2026-01-09"]] * 2,
    ]
    reading = reader(workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert [sheet.problem and sheet.problem.code for sheet in reading.sheets] == [None, "headings"]
    assert reading.bodies[0].row_no.to_pylist() == [2]
    assert reading.refused_rows == {2: (3, 4, 5, 6)}


@pytest.mark.parametrize(
    ("row", "is_record"),
    [
        ([9, "YH-01-202601-0009"], False),
        (["二、临江街道"], False),
        (["填报单位：临江街道", None, None, "单位：处"], False),
        (["临江街道", None, None, None, None, None, "（二月）"], False),
        ([None, "YH-01-202601-0009", "2026-01-05", "楼道堆物"], True),
        ([None, "YH-01-202601-0009", None, "楼道堆物"], True),
        ([None, None, None, "楼道堆物"], False),
    ],
)
def test_what_stands_apart_above_further_headings_is_a_title_unless_it_may_be_a_record(
    tmp_path, reader, row, is_record
):
    rows = [LEDGER, finding(1), [], row, SHORT, short(1)]
    bodies = reader(workbook(tmp_path / "a.xlsx", {"台账": rows})).bodies
    assert [body.row_no.to_pylist() for body in bodies] == [[2, 4] if is_record else [2], [6]]


def test_a_text_right_under_the_records_is_one_of_them_unless_it_stands_at_the_left(
    tmp_path, reader
):
    rows = [LEDGER, finding(1), [None, None, None, "楼道堆物"], SHORT, short(1), ["三"], LEDGER]
    sheets = reader(workbook(tmp_path / "a.xlsx", {"台账": rows})).sheets
    assert [sheet.count.records for sheet in sheets] == [2, 1, 0]
    assert sheets[2].count.ignored["title"] == 1


def test_rows_of_an_unknown_table_far_above_are_refused_not_skipped(tmp_path, reader):
    unknown = [["菜名", "价格"], *[["豆腐", n] for n in range(1, 50)]]
    rows = [*unknown, [], ["隐患"], LEDGER, finding(1)]
    reading = reader(workbook(tmp_path / "a.xlsx", {"台账": rows}))
    assert reading.sheets[0].problem.code == "no_headings"
    assert len(reading.refused_rows[1]) == 50
    assert reading.bodies[0].row_no.to_pylist() == [54]


def test_headings_of_a_further_table_may_be_merged_and_starred(tmp_path, reader):
    rows = [
        *[LEDGER, finding(1), []],
        ["★隐患编号", "检 查 日 期", "★隐患描述（必填）", "整改", None],
        [None, None, None, "责任人", "期限"],
        ["YH-2", "2026-01-05", "堆物", "赵某", "2026-01-09"],
    ]
    bodies = reader(workbook(tmp_path / "a.xlsx", {"台账": rows}, ["D4:E4"])).bodies
    assert bodies[1].fields.select(["responsible_person", "finding_no"]).to_pylist() == [
        {"responsible_person": "赵某", "finding_no": "YH-2"}
    ]


def test_words_of_headings_among_the_data_make_no_table(layouts):
    rows = [LEDGER, *(finding(n, 隐患描述="检查日期", 备注="隐患描述") for n in range(1, 6))]
    assert len(parts(grid(rows), layouts)) == 1


def test_what_a_sheet_shows_goes_with_the_part_it_belongs_to(layouts):
    from dataclasses import replace

    sheet = replace(
        grid([LEDGER, finding(1), ["临江"], SHORT, short(1)], ["A3:D3"]),
        traits=Traits(True, (2, 5), ((2, 1), (9, 2)), ((5, 2, "=A1"),)),
    )
    one, two = parts(sheet, layouts)
    assert one.traits == Traits(True, (2,), ((2, 1),), ())
    assert two.traits == Traits(True, (5,), ((9, 2),), ((5, 2, "=A1"),))
    assert (one.merges, len(two.merges)) == ((), 1)


ROW = st.sampled_from(
    [
        LEDGER,
        SHORT,
        TIPOFFS,
        TIP,
        finding(1),
        short(2),
        [],
        ["临江街道"],
        ["合计", "3"],
        ["说明：见附件"],
        ["检查日期", "隐患描述", "整改期限"],
        ["菜名", "价格", "产地"],
    ]
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(ROW, max_size=30))
def test_the_rows_of_the_parts_are_the_rows_of_the_sheet(rows, layouts):
    sheet = grid([LEDGER, *rows])
    found = parts(sheet, layouts)
    rows_of_parts = [row for part in found for row in part.cells.to_pylist()]
    assert rows_of_parts == sheet.cells.to_pylist()
    ends = [part.first_row + part.cells.num_rows for part in found]
    assert [part.first_row for part in found[1:]] == ends[:-1]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROW, max_size=30))
def test_every_row_of_every_table_is_counted_once(tmp_path, reader, rows):
    written = [[cell or "" for cell in map(str, row)] or [""] for row in [LEDGER, *rows]]
    reading = reader(csv_file(tmp_path / "a.csv", written))
    assert sum(sheet.count.seen for sheet in reading.sheets) == len(written)
    for sheet in reading.sheets:
        broken = len(reading.broken_rows.get(sheet.number, ()))
        ended = sheet.count.records + broken + sum(sheet.count.ignored.values())
        assert ended == sheet.count.seen


@pytest.mark.parametrize("count", [0, 1, 200])
def test_a_sheet_of_one_table_is_handed_on_as_it_is(layouts, count):
    sheet = grid([["台账"], LEDGER, *map(finding, range(1, count + 1))])
    assert parts(sheet, layouts) == [sheet]
