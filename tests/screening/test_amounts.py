"""Money, counts and yes-or-no are read strictly."""

from decimal import Decimal

import pytest

from riskpipe.screening.amounts import flag_of, money_of, number_of, whole_of


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("1,234.5", "", "1234.50"),
        ("200元", "", "200.00"),
        ("1.5万元", "", "15000.00"),
        ("1.5", "万元", "15000.00"),
        ("200元", "万元", "200.00"),  # the cell's own unit goes before the heading's
        ("0.30000000000000004", "", "0.30"),
        ("￥500", "", "500.00"),
        ("0", "", "0.00"),
    ],
)
def test_amounts_in_yuan(text, unit, yuan):
    assert money_of(text, unit) == Decimal(yuan)


@pytest.mark.parametrize(
    "text", ["约200", "1,23", "-5", "1.005", "两百", "", "1e3", "99999999999999"]
)
def test_what_is_no_amount(text):
    assert money_of(text, "") is None


def test_counts_may_name_what_they_count():
    assert [whole_of(t) for t in ("3", "3人", "1,200", "3.0", "５", "5日前")] == [
        3,
        3,
        1200,
        3,
        5,
        5,
    ]
    assert [whole_of(t) for t in ("3.5", "-1", "三", "3-5", "若干")] == [None] * 5


def test_ticks():
    assert [flag_of(t) for t in ("是", "√", "有", "否", "×", "无", "匿名", "也许")] == [
        True, True, True, False, False, False, False, None,
    ]  # fmt: skip


def test_numbers():
    assert [number_of(t) for t in ("1,413,989", "-14.5", "3.5E+2", "十")] == [
        1413989.0,
        -14.5,
        350.0,
        None,
    ]
