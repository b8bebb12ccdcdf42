"""Dates: every way an office writes them has one meaning; damaged ones have none, and say why."""

from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from riskpipe.screening.columns import typed
from riskpipe.screening.days import Period, Reckoning, moment_of, month_of
from riskpipe.screening.undated import fault_of
from riskpipe.screening.words import words_of
from riskpipe.tables.base import columns_of
from riskpipe.tables.delivered import LandedFindings, LandedTotals
from tests.screening.conftest import RULES

WORDS = words_of(RULES)
FROM_1900, FROM_1904 = Reckoning(epoch_1904=False, period=None), Reckoning(True, None)
DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))


def moment(text, reckoning=FROM_1900):
    return moment_of(text, reckoning, WORDS.days)


def day(text, reckoning=FROM_1900):
    found = moment(text, reckoning)
    return found.date() if found else None


def within(first, last, ahead_days=0) -> Reckoning:
    return Reckoning(False, Period(date.fromisoformat(first), date.fromisoformat(last), ahead_days))


@pytest.mark.parametrize(
    "text",
    [
        "2025-07-17", "2025-7-17", "2025/7/17", "2025.7.17", "20250717", "2025年7月17日", "2025年07月17日前",
        "2025年7月17号", "２０２５－７－１７", " 2025-07-17 ", "2025-07-17 00:00:00", "45855", "2025-07-17T00:00",
        "2025 年 7 月 17 日", "2025. 7. 17", "2025年7月17日以前", "2025年7月17日止", "2025.7.17。", "2025-07-17前",
        "2025-07-17 星期四", "2025年7月17日（周四）", "二〇二五年七月十七日", "二○二五年七月十七日",
        "2025-07\u200b-17", "45855.0",
    ],
)  # fmt: skip
def test_one_day_in_every_writing(text):
    assert day(text) == date(2025, 7, 17)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("830日", "damaged_day"), ("1018日", "damaged_day"), ("5日", "damaged_day"),
        ("3月5日", "no_year"), ("3/5", "no_year"), ("3.5", "no_year"), ("12-31", "no_year"),
        ("2025年7月", "no_day"), ("2025-07", "no_day"), ("2025.7", "no_day"),
        ("26.3.5", "short_year"), ("26年3月5日", "short_year"), ("26/3/5 14:30", "short_year"),
        ("03/05/2026", "ambiguous_day"), ("25-12-2026", "ambiguous_day"),
        ("2025-02-30", "impossible_day"), ("2025-13-01", "impossible_day"), ("20251345", "impossible_day"),
        ("2025年0月5日", "impossible_day"), ("2025-07-17 25:00", "impossible_day"), ("2025-07-17 周五",
        "impossible_day"),
        ("2025年7月17日上午12点", "impossible_day"), ("2025-07-17 晚上12点", "impossible_day"),
        ("二〇二五年十三月五日", "impossible_day"),
        ("2206-01-01", "far_year"), ("1899-12-31", "far_year"), ("2036-01-01", "far_year"), ("19891231", "far_year"),
        ("2569-03-05", "buddhist_year"), ("2569年3月5日", "buddhist_year"), ("25690305", "buddhist_year"),
        ("民国115年3月5日", "minguo_year"), ("民國115年3月5日", "minguo_year"), ("115年3月5日", "minguo_year"),
        ("115.3.5", "minguo_year"),
        ("2026-3-5至2026-3-9", "several_days"), ("2026年3月5日、3月6日", "several_days"), ("2026.3.5-2026.3.9",
        "several_days"), ("3月5日~9日", "several_days"),
        ("立即整改", "status_word"), ("长期坚持", "status_word"), ("已整改", "status_word"), ("每月5日前",
        "status_word"), ("春节前完成", "status_word"),
        ("—", "placeholder"), ("/", "placeholder"), ("／", "placeholder"), ("无", "placeholder"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_date_is_said(text, rule):
    assert moment(text) is None
    assert fault_of(text, WORDS.days) == rule


@pytest.mark.parametrize(
    "text", ["", "0", "-5", "2026", "12345", "99999", "67845123", "2025-7/17", "2026-03-", "2026-1-114:30",
             "2026-03-05 14:", "13812345678", "见附件", "2026-03-05 14:30:00+09:00"]
)  # fmt: skip
def test_what_resembles_no_date_is_not_explained_away(text):
    assert moment(text) is None
    assert fault_of(text, WORDS.days) is None


def test_a_serial_counts_from_the_workbooks_own_epoch():
    # Excel's own help: 1 January 2008 is 39448 counted from 1900 and 37986 from 1904.
    assert day("39448") == date(2008, 1, 1)
    assert day("37986", FROM_1904) == date(2008, 1, 1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2025/1/1 9:31:25", datetime(2025, 1, 1, 9, 31, 25)),
        ("2025-01-01 09:31", datetime(2025, 1, 1, 9, 31)),
        ("2025年1月1日9时31分", datetime(2025, 1, 1, 9, 31)),
        ("2025年1月1日 9点", datetime(2025, 1, 1, 9)),
        ("2025年1月1日9点半", datetime(2025, 1, 1, 9, 30)),
        ("20250101 093125", datetime(2025, 1, 1, 9, 31, 25)),
        ("45658.5", datetime(2025, 1, 1, 12)),
        ("2025-01-01 00:00:00", datetime(2025, 1, 1)),
        ("2025-01-01T08:00:00+08:00", datetime(2025, 1, 1, 8)),
        ("2025-01-01 08:00:00.000", datetime(2025, 1, 1, 8)),
        ("2025-01-01 下午3:05", datetime(2025, 1, 1, 15, 5)),
        ("2025-01-01 下午15:05", datetime(2025, 1, 1, 15, 5)),
        ("2025年1月1日上午9时", datetime(2025, 1, 1, 9)),
        ("2025年1月1日中午12:30", datetime(2025, 1, 1, 12, 30)),
        ("2025年1月1日晚上8点", datetime(2025, 1, 1, 20)),
        ("2025/1/1 3:30:00 PM", datetime(2025, 1, 1, 15, 30)),
        ("2025/1/1 12:30 am", datetime(2025, 1, 1, 0, 30)),
        ("2025-01-01 星期三 08:15", datetime(2025, 1, 1, 8, 15)),
    ],
)
def test_times_of_day(text, wanted):
    assert moment(text) == wanted


@pytest.mark.parametrize(
    ("text", "reckoning", "wanted"),
    [
        ("3月5日", within("2026-03-01", "2026-03-31"), date(2026, 3, 5)),
        ("3月28日前", within("2026-03-01", "2026-03-31", 183), date(2026, 3, 28)),
        ("12月30日", within("2025-12-26", "2026-01-25"), date(2025, 12, 30)),
        ("1月5日", within("2025-12-26", "2026-01-25"), date(2026, 1, 5)),
        ("3月5日", within("2025-12-26", "2026-01-25"), None),  # in neither year inside
        ("4月5日", within("2026-03-01", "2026-03-31", 183), None),  # outside what is covered
        ("3月5日", within("2025-01-01", "2026-12-31"), None),  # in two years inside
        ("1月10日", within("2026-01-01", "2026-12-31"), date(2026, 1, 10)),
        ("1月10日", within("2026-01-01", "2026-12-31", 183), None),  # a deadline: next January?
        ("11月10日", within("2026-01-01", "2026-12-31", 183), date(2026, 11, 10)),
        ("2月29日", within("2026-02-01", "2026-03-31"), None),
        ("830日", within("2026-03-01", "2026-09-30"), None),
        ("3.5", within("2026-03-01", "2026-03-31"), None),
    ],
)
def test_a_day_without_a_year_gets_only_the_one_its_period_leaves(text, reckoning, wanted):
    assert day(text, reckoning) == wanted


@given(
    st.dates(date(1995, 1, 1), date(2030, 12, 1)),
    st.integers(0, 400),
    st.integers(1, 12),
    st.integers(1, 31),
)
def test_a_year_from_a_period_is_the_only_one_possible(first, length, month, number):
    last = first + timedelta(days=length)
    read = day(f"{month}月{number}日", within(str(first), str(last)))
    inside = []
    for offset in range(length + 1):
        one = first + timedelta(days=offset)
        if (one.month, one.day) == (month, number):
            inside.append(one)
    assert read == (inside[0] if len(inside) == 1 else None)


@pytest.mark.parametrize(
    "text", ["2026-10", "2026年10月", "202610", "2026-10-15", "2026-10-01 00:00:00", "2026.10"]
)
def test_a_month_is_its_first_day(text):
    assert month_of(text, FROM_1900, WORDS.days) == date(2026, 10, 1)


def test_a_month_that_is_none():
    month_on = next(c for c in columns_of(LandedTotals) if c.name == "month_on")
    cells = pa.array(["2026年13月", "10月", "2569年10月", "全年", None], pa.string())
    found = typed(month_on, cells, "", FROM_1900, WORDS)
    assert found.values.to_pylist() == [None] * 5
    assert found.bad.tolist() == [True] * 4 + [False]


@given(
    DAYS,
    st.sampled_from(
        ["{:%Y-%m-%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日"]
    ),
)
def test_what_was_written_is_what_is_read(wanted, pattern):
    assert day(pattern.format(wanted)) == wanted


@given(
    st.lists(
        st.none()
        | DAYS.map(str)
        | st.datetimes(datetime(1980, 1, 1)).map(lambda at: at.isoformat(" ", "seconds"))
        | st.text("0123456789-/: 年月日.T", max_size=19)
    ),
    st.booleans(),
)
@example(["2026-02-30", "1990-01-01", "2035-12-31 23:59:59", None, "45000.99999", "立即"], False)
@example(["2026-02-28", "2036-01-01", "1989-12-31", "2099-12-31 10:00"], False)
def test_a_column_of_days_reads_as_its_cells_do(cells, epoch_1904):
    due_on = next(column for column in columns_of(LandedFindings) if column.name == "due_on")
    reckoning = Reckoning(epoch_1904, None)
    found = typed(due_on, pa.array(cells, pa.string()), "", reckoning, WORDS)
    want = [day(cell, reckoning) if cell is not None else None for cell in cells]
    assert found.values.to_pylist() == want
    pairs = list(zip(cells, want, strict=True))
    assert found.bad.tolist() == [cell is not None and one is None for cell, one in pairs]
    rules = {at: fault.rule for fault in found.faults for at, bad in enumerate(fault.where) if bad}
    assert rules == {
        at: fault_of(cell, WORDS.days) or "bad_day"
        for at, (cell, one) in enumerate(pairs)
        if cell is not None and one is None
    }
