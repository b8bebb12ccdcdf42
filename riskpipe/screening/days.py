"""Dates and times as offices write them, read strictly: one text, one meaning, or none.

Text goes in; a naive Asia/Shanghai wall time (with whether it had a time of day) comes out,
or None. A damaged date such as 830日 or a day without a year is never completed from its
surroundings.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from riskpipe.text import fold_one

FIRST_YEAR, LAST_YEAR = 1990, 2099
EPOCH_1900 = datetime(1899, 12, 30)  # Excel counts 1900 as a leap year: right from March 1900 on
EPOCH_1904 = datetime(1904, 1, 1)
FIRST_SERIAL = (datetime(FIRST_YEAR, 1, 1) - EPOCH_1900).days
LAST_SERIAL = (datetime(LAST_YEAR, 12, 31) - EPOCH_1900).days

TIME = (
    r"(?:[T ]?(?P<h>\d{1,2})(?::|时|点)(?P<i>\d{1,2})?(?:(?::|分)(?P<s>\d{1,2})?(?:\.\d+)?秒?)?)?"
)
WRITTEN = re.compile(
    r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?:前|之前|以前)?" + TIME
)
CHINESE = re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号](?:前|之前|以前)?" + TIME)
COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?: ?(?P<h>\d\d):?(?P<i>\d\d):?(?P<s>\d\d))?"
)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
MONTH = re.compile(r"(?P<y>\d{4})(?:[-/.]|年)?(?P<m>\d{1,2})月?(?P<d>)")


@lru_cache(65_536)
def moment_of(text: str, epoch_1904: bool) -> tuple[datetime, bool] | None:
    """A time and whether it is a day only (no time of day, or midnight to the second).

    A date cell comes from workbook readers as midnight; a call at 00:00:00 exactly is one in
    86,400 and loses no more than its hour.
    """
    plain = fold_one(text)
    if SERIAL.fullmatch(plain):
        return _from_serial(float(plain), epoch_1904)
    for pattern in (WRITTEN, CHINESE, COMPACT):
        if found := pattern.fullmatch(plain):
            return _from_parts(found)
    return None


def day_of(text: str, epoch_1904: bool) -> date | None:
    """The day of a date or time."""
    found = moment_of(text, epoch_1904)
    return found[0].date() if found else None


def month_of(text: str, epoch_1904: bool) -> date | None:
    """The first day of a month written 2026-10, 2026年10月 or 202610, or of a date in it."""
    found = MONTH.fullmatch(fold_one(text))
    if found and FIRST_YEAR <= int(found["y"]) <= LAST_YEAR and 1 <= int(found["m"]) <= 12:
        return date(int(found["y"]), int(found["m"]), 1)
    day = day_of(text, epoch_1904)
    return day.replace(day=1) if day else None


def _from_serial(serial: float, epoch_1904: bool) -> tuple[datetime, bool] | None:
    shifted = serial + (EPOCH_1904 - EPOCH_1900).days * epoch_1904
    if not FIRST_SERIAL <= shifted < LAST_SERIAL + 1:
        return None
    seconds = round(shifted * 86_400)
    return EPOCH_1900 + timedelta(seconds=seconds), seconds % 86_400 == 0


def _from_parts(found: re.Match[str]) -> tuple[datetime, bool] | None:
    parts = found.groupdict()
    numbers = [int(parts.get(name) or 0) for name in ("y", "m", "d", "h", "i", "s")]
    if not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        return None
    try:
        moment = datetime(*numbers)  # type: ignore[arg-type]
    except ValueError:
        return None
    return moment, not any(numbers[3:])
