"""Counts, money, plain numbers and yes-or-no, read strictly from text.

Text goes in, a value or None comes out. Units a writer puts behind the number (3人, 1.5万元)
are read; anything that would need guessing is None.
"""

import re
from decimal import Decimal

from riskpipe.text import squeeze_one

SCALES = {
    "": 1,
    "元": 1,
    "千元": 1_000,
    "万元": 10_000,
    "万": 10_000,
    "亿元": 100_000_000,
    "亿": 100_000_000,
}
AMOUNT = re.compile(
    r"(?:人民币|¥|￥)?(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<u>亿元|万元|千元|亿|万|元)?整?"
)
COUNT = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.0+)?(?:人次|人|起|件|家|处|次|条|宗|户|天|日前|日|级)?"
)
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?")
NOISE = Decimal("0.000001")
CENT = Decimal("0.01")
MOST = Decimal("999999999999.99")  # what DECIMAL(14,2) holds
YES = frozenset({"是", "√", "✓", "✔", "有", "1", "true", "y", "yes", "实名", "属实名"})
NO = frozenset({"否", "×", "✗", "✘", "x", "无", "0", "false", "n", "no", "匿名"})


def money_of(text: str, unit: str) -> Decimal | None:
    """Yuan with two decimals; `unit` is the heading's (元, 万元 …), the cell's own goes first.

    What floating point left behind the cents (0.30000000000000004) is dropped; real fractions
    of a cent are not an amount.
    """
    found = AMOUNT.fullmatch(squeeze_one(text))
    if not found:
        return None
    value = Decimal(found["n"].replace(",", "")) * SCALES[found["u"] or unit]
    cents = value.quantize(CENT)
    return cents if abs(value - cents) < NOISE and cents <= MOST else None


def whole_of(text: str) -> int | None:
    """A count: digits, perhaps grouped, perhaps with the thing counted behind them."""
    found = COUNT.fullmatch(squeeze_one(text))
    return int(found["n"].replace(",", "")) if found else None


def number_of(text: str) -> float | None:
    """A plain number."""
    plain = squeeze_one(text)
    return float(plain.replace(",", "")) if NUMBER.fullmatch(plain) else None


def flag_of(text: str) -> bool | None:
    """是 or 否 in the ways sheets tick it."""
    plain = squeeze_one(text).lower()
    return True if plain in YES else False if plain in NO else None
