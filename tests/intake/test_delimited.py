"""CSV files: the fixed order of encodings, strict rows, record numbers."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskpipe.intake import delimited
from riskpipe.intake.grid import Refusal, cleaned
from riskpipe.settings import IntakeLimits

LIMITS = IntakeLimits()
ROWS = [["工单编号", "诉求内容"], ["GD1", "路灯不亮，\n已报"], ["GD2", "井盖“松动”"]]


def rows_of(content: bytes) -> list[list[str | None]]:
    cells = cleaned(delimited.grid(content, LIMITS)).cells
    return [[c[i].as_py() for c in cells.columns] for i in range(cells.num_rows)]


def written(rows, ending="\r\n") -> str:
    sink = io.StringIO()
    csv.writer(sink, lineterminator=ending).writerows(rows)
    return sink.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_each_encoding_an_office_saves_gives_the_same_rows(encoding):
    assert rows_of(written(ROWS).encode(encoding)) == ROWS


def test_gb18030_keeps_rare_characters():
    rows = [["地点", "说明"], ["㙍头村", "𠮷祥里"]]
    assert rows_of(written(rows).encode("gb18030")) == rows


@pytest.mark.parametrize("text", ["编号,内容\n1,锟斤拷锟斤拷\n", "编号,内容\n1,\ufffd\ufffd\n"])
def test_text_that_is_already_damaged_is_refused(text):
    with pytest.raises(Refusal) as caught:
        delimited.grid(text.encode(), LIMITS)
    assert caught.value.code == "mojibake"


def test_bytes_of_no_known_encoding_are_refused():
    with pytest.raises(Refusal) as caught:
        delimited.grid(b"\xff\x81\xff,\xfa\n", LIMITS)
    assert caught.value.code in ("encoding", "mojibake")


def test_an_open_quote_is_refused_not_swallowed():
    with pytest.raises(Refusal) as caught:
        delimited.grid('编号,内容\n1,"没有结束\n2,下一行\n'.encode(), LIMITS)
    assert caught.value.code == "quotes"


def test_a_tab_separated_file_is_read():
    assert rows_of("编号\t内容\n1\t楼道,堆物\n".encode()) == [["编号", "内容"], ["1", "楼道,堆物"]]


def test_a_blank_line_is_a_row_of_its_own_so_numbers_stand():
    assert rows_of("编号,内容\n\n2,乙\n".encode()) == [["编号", "内容"], [None, None], ["2", "乙"]]


def test_a_row_with_more_cells_than_headings_is_not_cut():
    assert rows_of("编号,内容\n1,甲,多出\n".encode())[1] == ["1", "甲", "多出"]


CELL = st.text(st.sampled_from('甲乙,"\n\t ab1'), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=6))
def test_the_fast_parser_gives_the_rows_of_the_strict_one(rows):
    text = written(rows)
    fast = delimited._fast(text, ",")
    if fast is not None:
        strict = delimited._table(delimited._strict(text, ",", LIMITS), LIMITS)
        assert fast.to_pylist() == strict.to_pylist()


@pytest.mark.parametrize("delimiter", list(",\t;|"))
def test_the_delimiter_is_the_one_that_cuts_the_lines_alike(delimiter):
    rows = [
        ["台账，2026年3月"],
        ["编号", "内容", "备注"],
        ["1", "甲,乙;丙", "a|b"],
        ["2", "丁,戊", ""],
    ]
    sink = io.StringIO()
    csv.writer(sink, delimiter=delimiter).writerows(rows)
    assert rows_of(sink.getvalue().encode())[2] == ["1", "甲,乙;丙", "a|b"]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_line_that_names_the_delimiter_is_believed_and_stays_a_row(first):
    rows = rows_of(f"{first}\r\n编号;内容\r\n1;甲,乙,丙,丁\r\n".encode())
    assert rows[1:] == [["编号", "内容"], ["1", "甲,乙,丙,丁"]]
    assert len(rows) == 3


def test_marks_of_text_cells_are_no_part_of_their_text():
    text = '编号,电话,说明\n="00123",\'13800000000,\'甲\'\n"=""00124""",=1+1,=""\n'
    assert rows_of(text.encode()) == [
        ["编号", "电话", "说明"],
        ["00123", "13800000000", "'甲'"],
        ["00124", "=1+1", None],
    ]


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
def test_any_line_end_ends_a_row(ending):
    assert rows_of(written(ROWS[:1] + ROWS[2:], ending).encode()) == [ROWS[0], ROWS[2]]
