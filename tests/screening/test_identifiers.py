"""Numbers that are names: one spelling each; a number that lost its digits is nobody's."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskpipe.screening.identifiers import identified


def read(*cells):
    values, bad = identified(pa.array(cells, pa.string()))
    return values.to_pylist(), bad.tolist()


@pytest.mark.parametrize(
    "written",
    [
        "YH-01-\u200b0001", "\ufeffYH-01-0001", "\u202aYH-01-0001\u202c", "ＹＨ－０１－０００１", "YH-01 -0001",
        "YH-01-0001\u00a0",
        "YH-01-\n0001", "YH-01-\u00ad0001", "'YH-01-0001", '="YH-01-0001"', '"YH-01-0001"', "‘YH-01-0001", "YH-01-0001",
    ],
)  # fmt: skip
def test_marks_that_nobody_sees_are_no_part_of_a_number(written):
    assert read(written, "YH-02-0002") == (["YH-01-0001", "YH-02-0002"], [False, False])


@pytest.mark.parametrize(
    "written", ["1.38E+10", "2.02611E+15", "1.38E10", "2E+11", "１．３８Ｅ＋１０"]
)
def test_a_number_without_its_digits_is_bad(written):
    assert read("A1", written, None) == (["A1", None, None], [False, True, False])


@pytest.mark.parametrize("written", ["3E05", "E+10", "JB-1E-3", "2026E001", "1.5", "V2.0.1"])
def test_what_only_resembles_a_scientific_number_stays(written):
    assert read(written) == ([written], [False])


def test_the_point_of_a_number_cell_is_no_part_of_a_number():
    assert read("202603050001.0", "0012.00", "3.10") == (
        ["202603050001", "0012", "3.10"],
        [False] * 3,
    )


def test_marks_without_a_number_are_a_blank():
    assert read('=""', "\u200b", "A1") == ([None, None, "A1"], [False] * 3)


@given(st.lists(st.none() | st.text("AB019-.'\"=Ee+\u200b ０Ａ", max_size=12), max_size=6))
def test_reading_twice_changes_nothing_and_every_cell_by_itself_reads_the_same(cells):
    values, bad = read(*cells)
    apart = [read(cell) for cell in cells]
    assert values == [one[0][0] for one in apart]
    assert bad == [one[1][0] for one in apart]
