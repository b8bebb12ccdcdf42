"""One column of text typed as its model says; what cannot be read is marked, not guessed.

Values repeat (dates, codes, streets), so only distinct ones take the slow way through Python;
texts and canonical dates go as whole Arrow columns. Out come the typed values, null where
blank or bad, and which rows are bad by which rule.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.screening.amounts import flag_of, money_of, number_of, whole_of
from riskpipe.screening.days import Days, Read, Reckoning, moment_of, month_of
from riskpipe.screening.identifiers import identified
from riskpipe.screening.persons import strangers
from riskpipe.screening.texts import tidy, unwrapped
from riskpipe.screening.undated import fault_of
from riskpipe.screening.words import Words
from riskpipe.tables.base import Column

CANONICAL = (
    r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?: (?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?$"
)


@dataclass(frozen=True)
class Fault:
    """The rows (a mask) whose cell breaks one rule."""

    rule: str
    where: np.ndarray


@dataclass(frozen=True)
class Typed:
    """A typed column, and the rows whose cell could not be read, each under one rule."""

    values: pa.Array
    faults: tuple[Fault, ...]

    @property
    def bad(self) -> np.ndarray:
        """All rows whose cell could not be read."""
        bad = np.zeros(len(self.values), dtype=bool)
        for fault in self.faults:
            bad |= fault.where
        return bad


def typed(column: Column, text: pa.Array, unit: str, reckoning: Reckoning, words: Words) -> Typed:
    """The column's text as its Arrow type. `unit` is the one in its heading."""
    if column.codes:
        return _by_value(text, partial(_code, column, words), pa.string())
    if pa.types.is_timestamp(column.arrow):
        return _moments(text, reckoning, words.days)
    if pa.types.is_date(column.arrow) and not column.name.startswith("month_on"):
        return _days(text, reckoning, words.days)
    if pa.types.is_string(column.arrow):
        return _text(column, text, reckoning, words)
    return _by_value(text, _reader(column, unit, reckoning, words), column.arrow)


def _text(column: Column, text: pa.Array, reckoning: Reckoning, words: Words) -> Typed:
    """A number that is a name, the name of a person, words of a list, or any text."""
    if column.name.endswith("_no"):
        values, bad = identified(text)
        return Typed(values, _faults({"damaged_no": bad}))
    tidied = tidy(unwrapped(text) if column.name in words.texts.labels else text)
    if column.name not in words.persons.columns:
        return Typed(tidied, ())
    bad = strangers(column.name, tidied, words.persons, words.days, reckoning)
    if bad.any():
        tidied = pc.if_else(pa.array(bad), pa.scalar(None, pa.string()), tidied)
    return Typed(tidied, _faults({"not_a_person": bad}))


def _faults(masks: dict[str, np.ndarray]) -> tuple[Fault, ...]:
    return tuple(Fault(rule, where) for rule, where in masks.items() if where.any())


def _reader(column: Column, unit: str, reckoning: Reckoning, words: Words) -> Callable[[str], Read]:
    """How one cell of a column is read."""
    if column.name.startswith("month_on"):
        return partial(_month, reckoning=reckoning, days=words.days)
    by_type: dict[pa.DataType, Callable[[str], Read]] = {
        pa.decimal128(14, 2): partial(money_of, unit=unit, amounts=words.amounts),
        pa.int64(): partial(_whole, column, words),
        pa.bool_(): partial(flag_of, amounts=words.amounts),
        pa.float64(): partial(number_of, amounts=words.amounts),
    }
    return by_type[column.arrow]


def day_only(moments: pa.Array) -> pa.Array:
    """Which times have no time of day: midnight to the second, as date cells are read."""
    return pc.fill_null(pc.equal(pc.floor_temporal(moments, unit="day"), moments), False)


def _code(column: Column, words: Words, text: str) -> Read:
    code = words.codes.code_of(column, text)
    return Read(code, "" if code is not None else "bad_code")


def _whole(column: Column, words: Words, text: str) -> Read:
    spelled = words.codes.aliases.get(column.name, {}).get(text.strip(), text)
    return whole_of(spelled, words.amounts)


def _month(text: str, reckoning: Reckoning, days: Days) -> Read:
    month = month_of(text, reckoning, days)
    return Read(month, "" if month else fault_of(text, days) or "bad_month")


def _by_value(text: pa.Array, read: Callable[[str], Read], arrow: pa.DataType) -> Typed:
    coded = text.dictionary_encode()
    answers = [read(value) for value in coded.dictionary.to_pylist()]
    values = pa.array([answer.value for answer in answers], arrow).take(coded.indices)
    return Typed(values, _spread([answer.rule for answer in answers], coded.indices))


def _spread(rules: Sequence[str], indices: pa.Array) -> tuple[Fault, ...]:
    """Rules of distinct values as masks over the rows that hold them."""
    broken = sorted(set(rules) - {""})
    if not broken:
        return ()
    at = np.asarray(pc.fill_null(indices, -1))
    of_value = np.array([*rules, ""])  # the last entry is what -1, a blank cell, finds
    of_row = of_value[at]
    return tuple(Fault(rule, of_row == rule) for rule in broken)


def _moments(text: pa.Array, reckoning: Reckoning, days: Days) -> Typed:
    """Canonical times are cast as a whole; the others one by one."""
    arrow = pa.timestamp("us")
    canonical = pc.fill_null(pc.match_substring_regex(text, CANONICAL), False)
    try:
        values = pc.if_else(canonical, text, pa.scalar(None, pa.string())).cast(arrow)
        values, canonical = _within(values, canonical, days)
    except pa.ArrowInvalid:  # a 30th of February among them
        canonical = pa.repeat(pa.scalar(False), len(text))
        values = pa.nulls(len(text), arrow)
    others = pc.if_else(canonical, pa.scalar(None, pa.string()), text)
    if others.null_count == len(others):
        return Typed(values, ())
    rest = _by_value(others, partial(_moment, reckoning=reckoning, days=days), arrow)
    return Typed(pc.coalesce(values, rest.values), rest.faults)


def _within(values: pa.Array, canonical: pa.Array, days: Days) -> tuple[pa.Array, pa.Array]:
    """Of the times cast, those of a year that can be; the others are looked at one by one."""
    first, after = (pa.scalar(moment, values.type) for moment in days.span)
    inside = pc.and_(pc.greater_equal(values, first), pc.less(values, after))
    if pc.all(inside).as_py() is not False:
        return values, canonical
    nothing = pa.scalar(None, values.type)
    return pc.if_else(inside, values, nothing), pc.and_(canonical, pc.fill_null(inside, False))


def _days(text: pa.Array, reckoning: Reckoning, days: Days) -> Typed:
    """The days of times; few distinct ones."""
    coded = text.dictionary_encode()
    moments = _moments(coded.dictionary, reckoning, days)
    values = moments.values.cast(pa.date32(), safe=False).take(coded.indices)
    at = np.asarray(pc.fill_null(coded.indices, -1))
    faults = tuple(
        Fault(_of_days(fault.rule), np.append(fault.where, False)[at]) for fault in moments.faults
    )
    return Typed(values, faults)


def _of_days(rule: str) -> str:
    return "bad_day" if rule == "bad_moment" else rule


def _moment(text: str, reckoning: Reckoning, days: Days) -> Read:
    moment = moment_of(text, reckoning, days)
    return Read(moment, "" if moment else fault_of(text, days) or "bad_moment")
