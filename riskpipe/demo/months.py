"""A calendar month as a value, and the random generator that belongs to it.

Each (seed, source, month) has its own generator, so that a month is the same whichever other
months are written. No clock is read.
"""

import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month."""

    year: int
    number: int

    @property
    def label(self) -> str:
        """`2025-10`, as file names carry it."""
        return f"{self.year}-{self.number:02d}"

    @property
    def compact(self) -> str:
        """`202510`, as numbers carry it."""
        return f"{self.year}{self.number:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.plus(1).first - timedelta(days=1)

    @property
    def days(self) -> int:
        """Number of days."""
        return self.last.day

    def plus(self, months: int) -> "Month":
        """The month so many later (or earlier, when negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def day_after(self, day: int) -> date:
        """That day of the following month: when a month's deliveries arrive."""
        return self.plus(1).first + timedelta(days=day - 1)


LAST_MONTH = Month(2026, 10)
"""The newest month the city knows; a constant, so that no clock is read."""

GOLDEN_YEAR = 2025
"""The year whose figures are those of golden.toml at scale 1."""


def month_of(day: date) -> Month:
    """The month a day (or moment) falls in."""
    return Month(day.year, day.month)


def dice(seed: int, source: str, month: Month) -> np.random.Generator:
    """The generator of one source in one month."""
    name = zlib.crc32(source.encode())
    return np.random.Generator(np.random.PCG64([seed, name, month.year, month.number]))


def midnight(day: date) -> datetime:
    """The day as a moment."""
    return datetime(day.year, day.month, day.day)
