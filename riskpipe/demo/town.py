"""What every source needs at hand: plan, district, wording, seed, where files go, the truth.

`Town.recall` keeps what a source drew for a month while later months still need it (updates of
open orders, cumulative ledgers, payouts months after the call), and forgets the oldest.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from riskpipe.demo.geography import Geography
from riskpipe.demo.months import Month
from riskpipe.demo.plan import Plan
from riskpipe.demo.truth import TruthBook
from riskpipe.demo.wording import Wording

T = TypeVar("T")
KEPT = 16
"""Months kept per source: a cumulative year and what runs over into it."""


@dataclass
class Town:
    """The city under construction."""

    raw: Path
    seed: int
    start: Month
    plan: Plan
    geography: Geography
    wording: Wording
    book: TruthBook
    _memory: dict[str, dict[Month, Any]] = field(default_factory=dict)

    def recall(self, source: str, month: Month, make: Callable[[], T]) -> T:
        """What `source` drew for `month`, drawn once."""
        kept = self._memory.setdefault(source, {})
        if month not in kept:
            drawn = make()
            while len(kept) >= KEPT:
                del kept[min(kept)]
            kept[month] = drawn
        return kept[month]

    def is_written(self, month: Month) -> bool:
        """Whether the month lies in the window; earlier ones exist but were never delivered."""
        return month >= self.start

    def path(self, day: date, sender: str, file: str) -> Path:
        """Where a delivery of that day lies; its folder is made."""
        folder = self.raw / day.isoformat() / sender
        folder.mkdir(parents=True, exist_ok=True)
        return folder / file


def write_csv(
    path: Path, encoding: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """A CSV as exports write it, CRLF; None becomes an empty cell."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
