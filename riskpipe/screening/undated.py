"""What is wrong with a date that could not be read, so that the office is told what to write.

The text and the date rules go in, the code of a row of reasons.csv comes out. Nothing is
repaired: a Buddhist or 民国 year, a day without a year, 830日 have a likely meaning, and a
likely meaning is a guess.
"""

import re

from riskpipe.screening.days import COMPACT, Days, plain

REVERSED = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}(?: .*)?")
SHORT_YEAR = re.compile(r"\d{2}(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}[日号]?(?: .*)?")
ERA_YEAR = re.compile(r"\d{3}(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}[日号]?")
NO_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])(?:月|[-/.])(?:0?[1-9]|[12]\d|3[01])(?:[日号].*)?")
NO_DAY = re.compile(r"\d{4}(?:年|[-/.])\d{1,2}月?")
DAMAGED = re.compile(r"\d{1,4}[日号].*")
DAY = re.compile(r"(?:\d{2,4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?")
RANGE = re.compile(r"\d[日号]?(?:至|到|~|～|—|--)\d")
CENTURY = range(1900, 2700)
"""Eight figures that begin with another year are a telephone or an account, not a date."""


def fault_of(text: str, days: Days) -> str | None:
    """The rule that an unreadable date breaks, None where it looks like no date at all."""
    written = plain(text)
    if text.strip() in days.placeholders or written in days.placeholders:
        return "placeholder"
    if days.minguo in written or ERA_YEAR.fullmatch(written):
        return "minguo_year"
    return _whole(written, days) or _partial(written) or _worded(written, days)


def _whole(written: str, days: Days) -> str | None:
    """The fault of a text in the shape of a full date."""
    for pattern in days.patterns:
        if found := pattern.fullmatch(written):
            year = int(found["y"])
            if pattern is COMPACT and year not in CENTURY:
                return None
            return _year_fault(year, days) or "impossible_day"
    return None


def _year_fault(year: int, days: Days) -> str | None:
    if days.first_year <= year <= days.last_year:
        return None
    is_buddhist = days.first_year <= year - days.buddhist_offset <= days.last_year
    return "buddhist_year" if is_buddhist else "far_year"


def _partial(written: str) -> str | None:
    """The fault of a text in the shape of a date with something missing or too much."""
    if RANGE.search(written) or len(DAY.findall(written)) > 1:
        return "several_days"
    shapes = (
        (REVERSED, "ambiguous_day"),
        (SHORT_YEAR, "short_year"),
        (NO_DAY, "no_day"),
        (NO_YEAR, "no_year"),
        (DAMAGED, "damaged_day"),
    )
    return next((rule for shape, rule in shapes if shape.fullmatch(written)), None)


def _worded(written: str, days: Days) -> str | None:
    return "status_word" if any(word in written for word in days.words) else None
