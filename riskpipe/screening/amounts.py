"""Counts, money, plain numbers and yes-or-no, read strictly from text.

Text goes in, a value or the rule it breaks comes out; what only says "does not apply" is blank.
Units a writer puts behind the number (3人, 1.5万元) and 大写 figures are read; anything that
would need guessing is not. The words are data (amounts.toml).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from riskpipe.rules import Rules
from riskpipe.screening.capitals import yuan_of
from riskpipe.screening.days import Read
from riskpipe.text import squeeze_one

FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?")
NOISE = Decimal("0.000001")
CENT = Decimal("0.01")
MOST = Decimal("999999999999.99")  # what DECIMAL(14,2) holds
BLANK = Read(None, "")


@dataclass(frozen=True)
class Amounts:
    """The rules of amounts.toml, compiled."""

    money: re.Pattern[str]
    count: re.Pattern[str]
    currency: re.Pattern[str]
    scales: Mapping[str, Decimal]
    yes: frozenset[str]
    no: frozenset[str]
    blank: Mapping[str, frozenset[str]]


def amounts_of(rules: Rules) -> Amounts:
    """The words for amounts in force."""
    found = rules.document("screening/amounts")
    sign = _either(found["currency"])
    units = _either(found["scales"])
    counted = _either(found["counted"])
    return Amounts(
        money=re.compile(rf"(?:{sign})?(?P<n>{FIGURES})(?P<u>{units})?整?", re.IGNORECASE),
        count=re.compile(rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,15}})(?:\.0+)?(?:{counted})?"),
        currency=re.compile(sign, re.IGNORECASE),
        scales={unit: Decimal(scale) for unit, scale in found["scales"].items()} | {"": Decimal(1)},
        yes=frozenset(found["yes"]),
        no=frozenset(found["no"]),
        blank={name: frozenset(words) for name, words in found["blank"].items()},
    )


def _either(words: list[str]) -> str:
    """Any of the words, longer ones first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def money_of(text: str, unit: str, amounts: Amounts) -> Read:
    """Yuan with two decimals; `unit` is the heading's (元, 万元 …), the cell's own goes first.

    What floating point left behind the cents (0.30000000000000004) is dropped; real fractions
    of a cent are not an amount. 大写 figures always count in 元.
    """
    plain = squeeze_one(text)
    if plain in amounts.blank["money"]:
        return BLANK
    found = amounts.money.fullmatch(plain)
    if not found:
        capital = yuan_of(amounts.currency.sub("", plain, count=1))
        return Read(capital, "" if capital is not None else "bad_money")
    value = Decimal(found["n"].replace(",", "")) * amounts.scales[found["u"] or unit]
    cents = value.quantize(CENT)
    is_amount = abs(value - cents) < NOISE and cents <= MOST
    return Read(cents, "") if is_amount else Read(None, "bad_money")


def whole_of(text: str, amounts: Amounts) -> Read:
    """A count: digits, perhaps grouped, perhaps with the thing counted behind them."""
    plain = squeeze_one(text)
    if plain in amounts.blank["count"]:
        return BLANK
    found = amounts.count.fullmatch(plain)
    return Read(int(found["n"].replace(",", "")), "") if found else Read(None, "bad_whole")


def number_of(text: str, amounts: Amounts) -> Read:
    """A plain number."""
    plain = squeeze_one(text)
    if plain in amounts.blank["number"]:
        return BLANK
    is_number = NUMBER.fullmatch(plain)
    return Read(float(plain.replace(",", "")), "") if is_number else Read(None, "bad_number")


def flag_of(text: str, amounts: Amounts) -> Read:
    """是 or 否 in the ways sheets tick it."""
    plain = squeeze_one(text).lower()
    if plain in amounts.yes or plain in amounts.no:
        return Read(plain in amounts.yes, "")
    return Read(None, "bad_flag")
