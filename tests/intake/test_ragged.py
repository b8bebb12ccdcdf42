"""Rows of text files that are no whole record, and quotes that swallowed rows."""

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from riskpipe.intake import delimited
from riskpipe.intake.grid import Refusal
from riskpipe.intake.ragged import broken_rows
from riskpipe.settings import IntakeLimits

LIMITS = IntakeLimits()
HEAD = ["隐患编号", "检查日期", "隐患描述", "隐患等级", "整改期限", "整改状态", "备注"]


def row(n: int, text: str = "通道堆物", remark: str = "") -> list[str]:
    return [f"YH-{n}", "2026-03-05", text, "一般", "2026-03-12", "整改中", remark]


SOUND = [HEAD, *(row(n) for n in range(1, 6))]


def written(rows) -> str:
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\r\n").writerows(rows)
    return sink.getvalue()


def test_a_cell_beyond_the_headings_breaks_its_row():
    assert broken_rows([HEAD, row(1), [*row(2), "多出"], row(3)]) == (3,)


def test_blank_cells_beyond_the_headings_do_no_harm():
    assert broken_rows([*SOUND, [*row(6, remark="尽快"), "", ""], row(7)]) == ()


def test_a_bare_comma_that_pushed_the_blank_last_cells_out_breaks_its_row():
    pushed = ["YH-6", "2026-03-05", "通道堆物", "门已锁", "一般", "2026-03-12", "整改中", ""]
    assert broken_rows([*SOUND, pushed, row(7)]) == (7,)


def test_a_row_without_its_last_blank_cells_is_whole():
    assert broken_rows([*SOUND, row(6)[:6], row(7)[:3]]) == ()


def test_a_bare_line_break_breaks_both_halves():
    cut = [["YH-6", "2026-03-05", "通道堆物"], ["门已锁", "一般", "2026-03-12", "整改中", ""]]
    assert broken_rows([*SOUND, *cut, row(7)]) == (7, 8)


def test_a_note_or_total_before_a_row_is_no_half_of_it():
    assert broken_rows([*SOUND, ["注：以下新增"], row(6), ["合计", "2处"], row(7)[:6]]) == ()


def test_titles_and_blank_lines_are_no_records():
    assert broken_rows([["隐患排查台账"], [], HEAD, row(1), [], ["合计", "1"]]) == ()
    assert broken_rows([]) == ()


@pytest.mark.parametrize("count", [1, 2, 40])
@pytest.mark.parametrize("column", [0, 2, 6])
def test_a_quote_that_swallows_rows_refuses_the_file(count, column):
    text = written([HEAD, *(row(n, remark="无") for n in range(1, 60))])
    lines = text.split("\r\n")
    for at in (10, 10 + count):
        cells = lines[at].split(",")
        cells[column] = ('"' + cells[column]) if at == 10 else (cells[column] + '"')
        lines[at] = ",".join(cells)
    with pytest.raises(Refusal) as caught:
        delimited.grid("\r\n".join(lines).encode(), LIMITS)
    assert caught.value.code == "quotes"


@pytest.mark.parametrize(
    "cell",
    [
        "第一行\n第二行",
        "一,二\n三,四,五",
        "甲\n乙,丙,丁,戊,己,庚,辛\n壬",
        ",,,\n,,,",
        "a,b\r\nc,d,e,f,g",
    ],
)
def test_commas_and_line_breaks_inside_a_cell_are_read(cell):
    grid = delimited.grid(written([HEAD, row(1, text=cell), row(2)]).encode(), LIMITS)
    assert grid.cells.column(2)[1].as_py() == cell
    assert grid.broken == ()


WORD = st.text(st.sampled_from("甲乙丙丁1,\n; "), max_size=8)


@given(st.lists(st.lists(WORD, min_size=7, max_size=7), max_size=6))
def test_what_is_quoted_as_it_should_be_is_never_broken(rows):
    # A cell of six commas over two lines may spell the rest of its row and the start of the next.
    assume(not any("\n" in cell and cell.count(",") >= 6 for row in rows for cell in row))
    grid = delimited.grid(written([HEAD, *rows]).encode(), LIMITS)
    assert grid.broken == ()
    assert grid.cells.num_rows == len(rows) + 1
