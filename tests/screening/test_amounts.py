"""Money, counts and yes-or-no are read strictly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskpipe.screening.amounts import flag_of, money_of, number_of, whole_of
from riskpipe.screening.capitals import yuan_of


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("1,234.5", "", "1234.50"),
        ("200元", "", "200.00"),
        ("1.5万元", "", "15000.00"),
        ("1.5 万", "", "15000.00"),
        ("1.5", "万元", "15000.00"),
        ("200元", "万元", "200.00"),  # the cell's own unit goes before the heading's
        ("0.30000000000000004", "", "0.30"),
        ("￥500", "", "500.00"),
        ("人民币5000元整", "", "5000.00"),
        ("１２３４．５", "", "1234.50"),
        ("0", "", "0.00"),
        ("壹万伍仟元整", "", "15000.00"),
        ("人民币壹万伍仟元整", "万元", "15000.00"),  # 大写 always counts in 元
    ],
)
def test_amounts_in_yuan(words, text, unit, yuan):
    assert money_of(text, unit, words.amounts) == (Decimal(yuan), "")


@pytest.mark.parametrize(
    "text",
    ["约200", "1,23", "-5", "1.005", "两百", "", "1e3", "1e5", "99999999999999", "NaN", "nan", "inf", "500元/次",
    "5000-8000",
     "5000、8000", "一万五", "1万5千", "12%", "—", "$200"],
)  # fmt: skip
def test_what_is_no_amount(words, text):
    assert money_of(text, "", words.amounts) == (None, "bad_money")


def test_what_says_that_there_is_none_is_blank_not_bad(words):
    assert [money_of(t, "", words.amounts) for t in ("-", "－", "/", "无")] == [(None, "")] * 4
    assert [whole_of(t, words.amounts) for t in ("-", "/")] == [(None, "")] * 2
    assert whole_of("无", words.amounts) == (None, "bad_whole")  # of a count it could be nought
    assert number_of("/", words.amounts) == (None, "")


def test_counts_may_name_what_they_count(words):
    texts = ("3", "3人", "1,200", "3.0", "５", "5日前", "12 起")
    assert [whole_of(t, words.amounts).value for t in texts] == [3, 3, 1200, 3, 5, 5, 12]
    for text in ("3.5", "-1", "三", "3-5", "若干", "1e2", "10+"):
        assert whole_of(text, words.amounts) == (None, "bad_whole")


def test_ticks(words):
    texts = ("是", "√", "有", "Ｙ", "☑", "否", "×", "无", "匿名", "也许", "是/否")
    assert [flag_of(t, words.amounts).value for t in texts] == [
        True, True, True, True, True, False, False, False, False, None, None,
    ]  # fmt: skip
    assert flag_of("也许", words.amounts).rule == "bad_flag"


def test_numbers(words):
    texts = ("1,413,989", "-14.5", "3.5E+2", "十", "nan")
    assert [number_of(t, words.amounts).value for t in texts] == [
        1413989.0,
        -14.5,
        350.0,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("壹仟零伍元整", "1005"),
        ("壹拾万零柒仟元零伍分", "107000.05"),
        ("壹拾万柒仟元整", "107000"),
        ("拾万元整", "100000"),
        ("壹佰贰拾叁元肆角伍分", "123.45"),
        ("伍角", None),
        ("零元整", "0"),
        ("壹仟伍元整", None),  # 1,005 or 1,500
        ("一万五千元", None),
        ("壹万元左右", None),
        ("壹贰叁元整", None),
        ("万元整", None),
    ],
)
def test_capital_figures(text, yuan):
    assert yuan_of(text) == (Decimal(yuan) if yuan else None)


@given(st.integers(0, 99_999_999), st.integers(0, 99))
def test_an_amount_written_out_is_read_back(whole, cents):
    """Written here by the rule of 支付结算办法 附一, digit by digit."""
    assert yuan_of(_written(whole, cents)) == Decimal(whole * 100 + cents) / 100


def _written(whole: int, cents: int) -> str:
    jiao, fen = divmod(cents, 10)
    small = f"{DIGITS[jiao]}角" if jiao else ""
    if fen:
        small += ("" if jiao else "零") + f"{DIGITS[fen]}分"
    return f"{_yuan(whole)}元{small or '整'}"


DIGITS = "零壹贰叁肆伍陆柒捌玖"


def _yuan(whole: int) -> str:
    high, low = divmod(whole, 10_000)
    text = _four(high) + "万" if high else ""
    if low and high and low < 1000:
        text += "零"
    return text + _four(low) if low or not high else text


def _four(number: int) -> str:
    text, gap = "", False
    for place, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + unit
        gap = not digit
    return text or "零"
