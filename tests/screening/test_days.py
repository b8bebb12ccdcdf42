"""Dates: every way an office writes them has one meaning; damaged ones have none."""

from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from riskpipe.screening.codes import Codes
from riskpipe.screening.columns import typed
from riskpipe.screening.days import day_of, moment_of, month_of
from riskpipe.tables.base import columns_of
from riskpipe.tables.delivered import LandedFindings

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2025-07-17", "2025-7-17", "2025/7/17", "2025.7.17", "20250717", "2025年7月17日", "2025年07月17日前",
        "2025年7月17号", "２０２５－７－１７", " 2025-07-17 ", "2025-07-17 00:00:00", "45855", "2025-07-17T00:00",
    ],
)  # fmt: skip
def test_one_day_in_every_writing(text):
    assert day_of(text, False) == date(2025, 7, 17)


@pytest.mark.parametrize(
    "text",
    ["830日", "1018日", "3月5日", "立即", "长期坚持", "已整改", "2025-02-30", "2025-13-01", "2025年7月", "20251345",
     "1899-12-31", "2100-01-01", "99999", "12345", "2025-7/17", "2025-07-17 25:00", "", "0"],
)  # fmt: skip
def test_damaged_dates_are_never_completed(text):
    assert day_of(text, False) is None


def test_a_serial_counts_from_the_workbooks_own_epoch():
    # Excel's own help: 1 January 2008 is 39448 counted from 1900 and 37986 from 1904.
    assert day_of("39448", False) == date(2008, 1, 1)
    assert day_of("37986", True) == date(2008, 1, 1)


@pytest.mark.parametrize(
    ("text", "moment", "is_day_only"),
    [
        ("2025/1/1 9:31:25", datetime(2025, 1, 1, 9, 31, 25), False),
        ("2025-01-01 09:31", datetime(2025, 1, 1, 9, 31), False),
        ("2025年1月1日9时31分", datetime(2025, 1, 1, 9, 31), False),
        ("20250101 093125", datetime(2025, 1, 1, 9, 31, 25), False),
        ("45658.5", datetime(2025, 1, 1, 12), False),
        ("2025-01-01 00:00:00", datetime(2025, 1, 1), True),
        ("2025-01-01", datetime(2025, 1, 1), True),
    ],
)
def test_moments_know_whether_they_have_a_time_of_day(text, moment, is_day_only):
    assert moment_of(text, False) == (moment, is_day_only)


@pytest.mark.parametrize(
    "text", ["2026-10", "2026年10月", "202610", "2026-10-15", "2026-10-01 00:00:00"]
)
def test_a_month_is_its_first_day(text):
    assert month_of(text, False) == date(2026, 10, 1)


@given(
    DAYS,
    st.sampled_from(
        ["{:%Y-%m-%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日"]
    ),
)
def test_what_was_written_is_what_is_read(day, pattern):
    assert day_of(pattern.format(day), False) == day


@given(
    st.lists(
        st.none()
        | DAYS.map(str)
        | st.datetimes(datetime(1980, 1, 1)).map(lambda at: at.isoformat(" ", "seconds"))
        | st.text("0123456789-/: 年月日.T", max_size=19)
    ),
    st.booleans(),
)
@example(["2026-02-30", "1990-01-01", "2099-12-31 23:59:59", None, "45000.99999", "立即"], False)
def test_a_column_of_days_reads_as_its_cells_do(cells, epoch_1904):
    due_on = next(column for column in columns_of(LandedFindings) if column.name == "due_on")
    text = pa.array(cells, pa.string())
    found = typed(due_on, text, "", epoch_1904, Codes({}, {}, ""))
    want = [day_of(cell, epoch_1904) if cell is not None else None for cell in cells]
    assert found.values.to_pylist() == want
    pairs = zip(cells, want, strict=True)
    assert found.bad.tolist() == [cell is not None and day is None for cell, day in pairs]
    assert found.rule == "bad_day"
