"""Dates and times as offices write them, read strictly: one text, one meaning, or none.

Text goes in; a naive Asia/Shanghai wall time comes out, or the rule that the text breaks
(undated.py says which). A damaged date such as 830日 is never completed. A day without a year
gets one only from the stated period of its delivery, and only where a single year puts it
inside: a neighbouring row, a file's name or the day of delivery would be a guess.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from riskpipe.rules import Rules
from riskpipe.screening.figures import DIGITS, small
from riskpipe.text import squeeze_one

EPOCH_1900 = datetime(1899, 12, 30)  # Excel counts 1900 as a leap year: right from March 1900 on
EPOCH_1904 = datetime(1904, 1, 1)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
MONTH = re.compile(r"(?P<y>\d{4})(?:[-/.]|年)?(?P<m>\d{1,2})月?")
COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?: ?(?P<h>\d\d):?(?P<i>\d\d):?(?P<s>\d\d))?"
)
WRITTEN = r"(?P<y>\d{4}) ?(?P<sep>[-/.]) ?(?P<m>\d{1,2}) ?(?P=sep) ?(?P<d>\d{1,2})"
CHINESE = r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]"
YEARLESS = r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]"
CLOCK = (
    r"(?P<h>\d{1,2}):(?P<i>\d{1,2})(?::(?P<s>\d{1,2})(?:\.\d+)?)?"
    r"|(?P<ch>\d{1,2})[时点](?:整|(?P<half>半)|(?P<ci>\d{1,2})分?(?:(?P<cs>\d{1,2})秒?)?)?"
)
ZONE = r"(?:\+08:?00)?"
IN_WORDS = re.compile(
    rf"([{DIGITS}○零]{{4}})年([{DIGITS}十]{{1,3}})月([{DIGITS}十]{{1,3}})([日号])"
)


class Read(NamedTuple):
    """What a cell was read as; without a value either blank (no rule) or bad (by a rule)."""

    value: Any
    rule: str


class Period(NamedTuple):
    """First and last day of what a delivery says it covers, and how far its columns look ahead."""

    first_on: date
    last_on: date
    ahead_days: int


@dataclass(frozen=True)
class Reckoning:
    """How the dates of a column count: the workbook's epoch, the delivery's period if it says one."""

    epoch_1904: bool
    period: Period | None


@dataclass(frozen=True, eq=False)
class Days:
    """The rules of dates.toml, compiled. Compared by identity, so that readings may be cached."""

    first_year: int
    last_year: int
    patterns: tuple[re.Pattern[str], ...]
    yearless: re.Pattern[str]
    dayparts: Mapping[str, tuple[tuple[int, int, int], ...]]
    weekdays: str
    ahead: frozenset[str]
    ahead_days: int
    buddhist_offset: int
    minguo: str
    placeholders: frozenset[str]
    words: tuple[str, ...]

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first moment that counts as a date, and the first that no longer does."""
        return datetime(self.first_year, 1, 1), datetime(self.last_year + 1, 1, 1)


def days_of(rules: Rules) -> Days:
    """The date rules in force."""
    found = rules.document("screening/dates")
    parts = {
        word: tuple((first, last, added) for first, last, added in part["hours"])
        for part in found["dayparts"]
        for word in part["words"]
    }
    written, after_han = _tails(found["closing"], [*parts], "".join(found["weekdays"]))
    return Days(
        first_year=found["first_year"],
        last_year=found["last_year"],
        patterns=(
            re.compile(WRITTEN + written, re.IGNORECASE),
            re.compile(CHINESE + after_han, re.IGNORECASE),
            COMPACT,
        ),
        yearless=re.compile(YEARLESS + after_han, re.IGNORECASE),
        dayparts=parts,
        weekdays="".join(found["weekdays"]),
        ahead=frozenset(found["ahead"]),
        ahead_days=found["ahead_days"],
        buddhist_offset=found["buddhist_offset"],
        minguo=found["minguo"],
        placeholders=frozenset(found["placeholders"]),
        words=tuple(found["words"]),
    )


def _tails(closing: list[str], dayparts: list[str], weekdays: str) -> tuple[str, str]:
    """What may follow a day (前, a weekday, a time of day): behind figures, and behind 日.

    Behind figures a time needs a blank, a T or a word such as 下午: 2026-1-114:30 is two times.
    """
    closed = "|".join(map(re.escape, closing))
    part = "|".join(sorted(map(re.escape, dayparts), key=len, reverse=True))
    day = rf"(?:{closed})?(?: ?\(?(?:星期|周)(?P<w>[{weekdays}])\)?)?"
    time = rf"(?P<part>{part})?(?:{CLOCK}) ?(?P<half_day>AM|PM)?{ZONE}"
    return rf"{day}(?:(?:[T ]|(?={part})|(?<=[^\d])){time})?", rf"{day}(?:[T ]?{time})?"


def plain(text: str) -> str:
    """A date as it is read: folded, without blanks beside Chinese, in Arabic figures."""
    folded = squeeze_one(text).rstrip("。.;；,，、")
    spelled = IN_WORDS.match(folded)
    if not spelled:
        return folded
    year, month, day, mark = spelled.groups()
    whole = "".join(str(DIGITS.index(c)) for c in year.replace("○", "〇").replace("零", "〇"))
    # What is no number from 1 to 99 becomes 0, which is no month and no day.
    return f"{whole}年{small(month)}月{small(day)}{mark}{folded[spelled.end() :]}"


@lru_cache(65_536)
def moment_of(text: str, reckoning: Reckoning, days: Days) -> datetime | None:
    """The time a text means, midnight where it names a day only; None where it means none.

    A date cell comes from workbook readers as midnight; a call at 00:00:00 exactly is one in
    86,400 and loses no more than its hour.
    """
    written = plain(text)
    if SERIAL.fullmatch(written):
        return _from_serial(float(written), reckoning.epoch_1904, days)
    for pattern in days.patterns:
        if found := pattern.fullmatch(written):
            return _from_parts(int(found["y"]), found, days)
    found = days.yearless.fullmatch(written)
    return _from_period(found, reckoning.period, days) if found and reckoning.period else None


def month_of(text: str, reckoning: Reckoning, days: Days) -> date | None:
    """The first day of a month written 2026-10, 2026年10月 or 202610, or of a date in it."""
    found = MONTH.fullmatch(plain(text))
    is_known = found and days.first_year <= int(found["y"]) <= days.last_year
    if found and is_known and 1 <= int(found["m"]) <= 12:
        return date(int(found["y"]), int(found["m"]), 1)
    moment = moment_of(text, reckoning, days)
    return moment.date().replace(day=1) if moment else None


def _from_serial(serial: float, epoch_1904: bool, days: Days) -> datetime | None:
    shifted = serial + (EPOCH_1904 - EPOCH_1900).days * epoch_1904
    moment = EPOCH_1900 + timedelta(seconds=round(shifted * 86_400))
    first, after = days.span
    return moment if first <= moment < after else None


def _from_parts(year: int, found: re.Match[str], days: Days) -> datetime | None:
    if not days.first_year <= year <= days.last_year:
        return None
    clock = _clock(found.groupdict(), days)
    if clock is None:
        return None
    try:
        moment = datetime(year, int(found["m"]), int(found["d"]), *clock)
    except ValueError:
        return None
    weekday = found.groupdict().get("w")
    # 星期日 and 星期天 are one day; a weekday that belongs to another date spoils both.
    is_that_day = not weekday or min(days.weekdays.index(weekday), 6) == moment.weekday()
    return moment if is_that_day else None


def _clock(parts: Mapping[str, str | None], days: Days) -> tuple[int, int, int] | None:
    """Hour, minute, second; midnight where none is written, None where it could be two."""
    hour = int(parts.get("h") or parts.get("ch") or 0)
    minute = 30 if parts.get("half") else int(parts.get("i") or parts.get("ci") or 0)
    second = int(parts.get("s") or parts.get("cs") or 0)
    for name in (parts.get("part"), parts.get("half_day")):
        if name:
            added = [a for first, last, a in days.dayparts[name.upper()] if first <= hour <= last]
            if not added:
                return None
            hour += added[0]
    return hour, minute, second


def _from_period(found: re.Match[str], period: Period, days: Days) -> datetime | None:
    """The day in the one year that puts it inside the period, and no other soon after it."""
    latest = period.last_on + timedelta(days=period.ahead_days)
    years = range(period.first_on.year, latest.year + 1)
    read = [moment for year in years if (moment := _from_parts(year, found, days))]
    possible = [moment for moment in read if period.first_on <= moment.date() <= latest]
    if len(possible) != 1 or possible[0].date() > period.last_on:
        return None
    return possible[0]
