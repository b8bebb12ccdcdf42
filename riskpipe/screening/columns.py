"""One column of text typed as its model says; what cannot be read is marked, not guessed.

Values repeat (dates, codes, streets), so only distinct ones take the slow way through Python;
texts and canonical dates go as whole Arrow columns. Out come the typed values, null where
blank or bad, and which rows are bad.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.screening.amounts import flag_of, money_of, number_of, whole_of
from riskpipe.screening.codes import Codes
from riskpipe.screening.days import moment_of, month_of
from riskpipe.tables.base import Column
from riskpipe.text import fold

CANONICAL = (
    r"^(?:199\d|20\d\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?: (?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?$"
)
UNTIDY = r"[\t\n\r\v\f\x{3000}\x{a0}]|^ | $|  "
NUMBERED = "^[!-~]+$"


@dataclass(frozen=True)
class Typed:
    """A typed column, the rows whose cell could not be read, the rule they broke."""

    values: pa.Array
    bad: np.ndarray
    rule: str


def typed(column: Column, text: pa.Array, unit: str, epoch_1904: bool, codes: Codes) -> Typed:
    """The column's text as its Arrow type. `unit` is the one in its heading."""
    if column.codes:
        return _by_value(text, partial(codes.code_of, column), pa.string(), "bad_code")
    if pa.types.is_timestamp(column.arrow):
        return _moments(text, epoch_1904)
    if pa.types.is_date(column.arrow) and not column.name.startswith("month_on"):
        return _days(text, epoch_1904)
    if pa.types.is_string(column.arrow):
        tidied = _number(text) if column.name.endswith("_no") else tidy(text)
        return Typed(tidied, np.zeros(len(text), dtype=bool), "")
    read, rule = _reader(column, unit, epoch_1904, codes)
    return _by_value(text, read, column.arrow, rule)


def _reader(
    column: Column, unit: str, epoch_1904: bool, codes: Codes
) -> tuple[Callable[[str], Any], str]:
    """How one cell of a column is read, and the rule it breaks when it cannot be."""
    if column.name.startswith("month_on"):
        return partial(month_of, epoch_1904=epoch_1904), "bad_month"
    by_type: dict[pa.DataType, tuple[Callable[[str], Any], str]] = {
        pa.decimal128(14, 2): (partial(money_of, unit=unit), "bad_money"),
        pa.int64(): (partial(_whole, column, codes), "bad_whole"),
        pa.bool_(): (flag_of, "bad_flag"),
        pa.float64(): (number_of, "bad_number"),
    }
    return by_type[column.arrow]


def day_only(moments: pa.Array) -> pa.Array:
    """Which times have no time of day: midnight to the second, as date cells are read."""
    return pc.fill_null(pc.equal(pc.floor_temporal(moments, unit="day"), moments), False)


def tidy(text: pa.Array) -> pa.Array:
    """White space as a reader sees it: runs become one space, ends are trimmed."""
    untidy = pc.match_substring_regex(text, UNTIDY)
    if not pc.any(untidy).as_py():
        return text
    clean = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"[\s\x{3000}\x{a0}\v]+", " "))
    return pc.if_else(pc.equal(clean, ""), pa.scalar(None, pa.string()), clean)


def _number(text: pa.Array) -> pa.Array:
    """A number that is a name: full-width forms narrowed, blanks inside dropped."""
    plain = pc.all(pc.match_substring_regex(text, NUMBERED), skip_nulls=True).as_py()
    return text if plain is not False else pc.replace_substring_regex(fold(text), r"\s+", "")


def _whole(column: Column, codes: Codes, text: str) -> int | None:
    return whole_of(codes.aliases.get(column.name, {}).get(text.strip(), text))


def _by_value(text: pa.Array, read: Callable[[str], Any], arrow: pa.DataType, rule: str) -> Typed:
    coded = text.dictionary_encode()
    read_values = [read(value) for value in coded.dictionary.to_pylist()]
    values = pa.array(read_values, arrow).take(coded.indices)
    bad = np.asarray(pc.and_(pc.is_valid(text), pc.is_null(values)))
    return Typed(values, bad, rule)


def _moments(text: pa.Array, epoch_1904: bool) -> Typed:
    """Canonical times are cast as a whole; the others one by one."""
    arrow = pa.timestamp("us")
    canonical = pc.fill_null(pc.match_substring_regex(text, CANONICAL), False)
    try:
        values = pc.if_else(canonical, text, pa.scalar(None, pa.string())).cast(arrow)
    except pa.ArrowInvalid:  # a 30th of February among them
        canonical = pa.repeat(pa.scalar(False), len(text))
        values = pa.nulls(len(text), arrow)
    others = pc.if_else(canonical, pa.scalar(None, pa.string()), text)
    if others.null_count < len(others):
        rest = _by_value(others, partial(_moment, epoch_1904=epoch_1904), arrow, "bad_moment")
        return Typed(pc.coalesce(values, rest.values), rest.bad, rest.rule)
    return Typed(values, np.zeros(len(text), dtype=bool), "bad_moment")


def _days(text: pa.Array, epoch_1904: bool) -> Typed:
    """The days of times; few distinct ones."""
    coded = text.dictionary_encode()
    days = _moments(coded.dictionary, epoch_1904).values.cast(pa.date32(), safe=False)
    values = days.take(coded.indices)
    return Typed(values, np.asarray(pc.and_(pc.is_valid(text), pc.is_null(values))), "bad_day")


def _moment(text: str, epoch_1904: bool) -> Any:
    found = moment_of(text, epoch_1904)
    return found[0] if found else None
