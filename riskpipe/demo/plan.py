"""How many of what in each month: the golden figures, scaled and split so that sums hold.

Pure arithmetic on golden.toml. A figure of the golden year at scale 1 comes out as it stands
there; other scales are rounded proportionally, other years follow a seeded trend. Splits are
by largest remainder. No rows are made here.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from riskpipe.demo.months import GOLDEN_YEAR, Month, dice
from riskpipe.rules import PACKAGE, Rules
from riskpipe.vocabulary import FOUR_CATEGORIES, PLACE_TYPES

SEASONS: Mapping[str, Sequence[float]] = {
    "flat": (1, 0.8, 1, 1, 1, 1, 1, 1, 1, 0.95, 1, 1),
    "flood": (0.2, 0.2, 0.5, 0.9, 1.4, 2.2, 2.6, 2.4, 1.6, 0.6, 0.3, 0.2),
    "summer": (0.5, 0.5, 0.8, 1, 1.3, 1.6, 1.8, 1.7, 1.3, 0.9, 0.6, 0.5),
    "winter": (1.9, 1.5, 1.1, 0.8, 0.6, 0.5, 0.5, 0.5, 0.6, 0.9, 1.3, 1.8),
    "dry": (1.6, 1.8, 1.9, 1.9, 0.7, 0.2, 0.1, 0.2, 0.5, 1.0, 1.3, 1.4),
    "wage": (2.2, 0.9, 0.8, 0.8, 0.8, 0.9, 0.9, 0.9, 0.9, 1.0, 1.3, 2.0),
}
"""Weight of each month, January first."""


def packaged_rules() -> Rules:
    """The demo's own rule files only: an office's overlays must not change the made-up city."""
    return Rules(office=Path("/nonexistent"))


@cache
def packaged_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Rows of a CSV of this package, in file order.

    Not through Rules.rows: these tables have no key column, and offices do not overlay them.
    """
    with (PACKAGE / f"demo/{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def scaled(figure: float) -> int:
    """Half up, and at least one of everything."""
    return max(1, int(figure + 0.5))


def split(total: int, weights: Sequence[float], least: int) -> list[int]:
    """Largest-remainder split of `total`; every part gets `least` where the total allows it."""
    if total < least * len(weights):
        least = 0
    free = total - least * len(weights)
    whole = sum(weights)
    ideal = [total * w / whole for w in weights]
    above = [max(x - least, 0.0) for x in ideal]
    shares = [free * x / sum(above) if sum(above) else free / len(weights) for x in above]
    parts = [int(x) for x in shares]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for i in order[: free - sum(parts)]:
        parts[i] += 1
    return [least + x for x in parts]


@dataclass(frozen=True)
class Plan:
    """Counts per month for one scale and seed."""

    scale: float
    seed: int

    @cached_property
    def golden(self) -> Mapping[str, Any]:
        """The figures as published."""
        return packaged_rules().document("demo/golden")

    def size(self, year: int) -> float:
        """Scale times the year's trend, with a seeded wobble of two percent."""
        if year == GOLDEN_YEAR:
            return self.scale
        wobble = dice(self.seed, "trend", Month(year, 1)).normal(0, 0.01)
        return self.scale * self.golden["trend"].get(str(year), 1.0) * (1 + wobble)

    def year(self, name: str, year: int, figure: float, season: str, months: range) -> list[int]:
        """The yearly figure split over `months` (1-12) by season with a seeded wobble."""
        return _spread(self, name, year, figure=figure, season=season, months=months)

    def register(self, month: Month) -> Mapping[str, int]:
        """12350 calls, verified, paid 200, paid 500 and not eligible of one month."""
        golden, year = self.golden["register"], month.year
        size = self.size(year)
        parts = ("paid_200", "paid_500", "not_eligible")
        true = scaled(sum(golden[p] for p in parts) * size)
        by_part = split(true, [golden[p] for p in parts], 1)
        if month.number == 12:
            return self._december(size)
        calls = self.year("12350", year, golden["calls"], "flat", range(1, 12))
        found = split(scaled(golden["verified"] * size), calls, 0)
        counts = {"calls": calls, "verified": found}
        left = list(found)
        for part, total in zip(parts, by_part, strict=True):
            counts[part] = _within(split(total, found, 0), left)
            left = [a - b for a, b in zip(left, counts[part], strict=True)]
        return {name: values[month.number - 1] for name, values in counts.items()}

    def _december(self, size: float) -> Mapping[str, int]:
        golden, parts = self.golden["register"], ("paid_200", "paid_500", "not_eligible")
        calls = scaled(golden["december"] * size)
        verified = min(calls, scaled(calls * golden["verified"] / golden["calls"]))
        true = sum(golden[p] for p in parts)
        shares = split(scaled(verified * true / golden["verified"]), [golden[p] for p in parts], 0)
        return {"calls": calls, "verified": verified, **dict(zip(parts, shares, strict=True))}

    def orders(self, source: str, month: Month) -> tuple[int, int]:
        """Work orders received in the month, and how many of these never close."""
        received, closed = self.golden["orders"][source]
        season = "summer" if source == "hotline12345" else "flat"
        counts = self.year(source, month.year, received, season, range(1, 13))
        total = sum(counts)
        open_share = (received - closed) / received
        never = scaled(total * open_share) if received > closed else 0
        return counts[month.number - 1], split(never, counts, 0)[month.number - 1]

    def video(self, month: Month) -> tuple[int, int]:
        """Video dispatches to the traffic police and to city management."""
        pair = [
            self.year("video" + unit, month.year, figure, "flat", range(1, 13))[month.number - 1]
            for unit, figure in self.golden["video"].items()
        ]
        return pair[0], pair[1]

    def places(self, month: Month) -> tuple[list[int], list[int], int]:
        """Per place type: new places, how many came before in the year; and second visits."""
        size, golden = self.size(month.year), self.golden["places"]
        total = scaled(sum(golden[t] for t in PLACE_TYPES) * size)
        yearly = split(total, [golden[t] for t in PLACE_TYPES], 1)
        if month.number > 10:
            rest = scaled(golden["rest_of_year"] * size)
            later = [split(x, [1, 1], 0) for x in split(rest, [golden[t] for t in PLACE_TYPES], 1)]
            now = [x[month.number - 11] for x in later]
            before = [y + sum(x[: month.number - 11]) for y, x in zip(yearly, later, strict=True)]
        else:
            months = [split(x, SEASONS["flat"][:10], 0) for x in yearly]
            now = [x[month.number - 1] for x in months]
            before = [sum(x[: month.number - 1]) for x in months]
        twice = split(scaled(golden["twice"] * size), [1] * 12, 0)[month.number - 1]
        return now, before, twice

    def incidents(self, month: Month) -> Mapping[str, int]:
        """Incidents inside the district per category happening in the month."""
        golden, size = self.golden["incidents"], self.size(month.year)
        if month.number == 12:
            return {
                c: round(x * size) for c, x in zip(FOUR_CATEGORIES, golden["december"], strict=True)
            }
        yearly = self.incidents_yearly(month.year)
        seasons = ("flood", "flat", "summer", "wage")
        return {
            c: split(x, SEASONS[s][:11], 0)[month.number - 1]
            for (c, x), s in zip(yearly.items(), seasons, strict=True)
        }

    def incidents_yearly(self, year: int) -> Mapping[str, int]:
        """January to November, by category."""
        golden = self.golden["incidents"]
        figures = [golden[c] for c in FOUR_CATEGORIES]
        parts = split(scaled(sum(figures) * self.size(year)), figures, 1)
        return dict(zip(FOUR_CATEGORIES, parts, strict=True))

    def ledger(self, month: Month, sizes: Sequence[float]) -> list[int]:
        """New findings of the month per street; at least one a street."""
        figure = self.golden["ledgers"]["findings"]
        total = self.year("ledgers", month.year, figure, "flat", range(1, 13))[month.number - 1]
        return split(max(total, len(sizes)), sizes, 1)

    def key_register(self, year: int) -> tuple[Mapping[str, int], int]:
        """The 45-hazard register: counts by category and how many are rectified."""
        golden, size = self.golden["key_register"], self.size(year)
        figures = [golden[c] for c in FOUR_CATEGORIES]
        total = max(len(figures), scaled(sum(figures) * size))
        parts = split(total, figures, 1)
        rectified = min(total - 1, scaled(total * golden["rectified"] / sum(figures)))
        return dict(zip(FOUR_CATEGORIES, parts, strict=True)), rectified


@lru_cache(maxsize=4096)
def _spread(
    plan: Plan, name: str, year: int, *, figure: float, season: str, months: range
) -> list[int]:
    wobble = dice(plan.seed, "spread " + name, Month(year, 1)).normal(1, 0.05, 12)
    weights = [SEASONS[season][m - 1] * float(wobble[m - 1]) for m in months]
    return split(scaled(figure * plan.size(year)), weights, 0)


def _within(parts: list[int], room: list[int]) -> list[int]:
    """Move what does not fit in its month to the months with most room; the sum stays."""
    fitted = [min(p, r) for p, r in zip(parts, room, strict=True)]
    for _ in range(sum(parts) - sum(fitted)):
        spare = [r - f for r, f in zip(room, fitted, strict=True)]
        fitted[spare.index(max(spare))] += 1
    return fitted
