"""Hazards that several people tell of: one place, one matter, several channels and wordings.

Drawn per month, before any channel: each retelling says which channel it comes through, on
which day and by whom. Some callers ring twice. The channels put them into their own rows.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from riskpipe.demo.geography import Spot
from riskpipe.demo.months import Month, dice
from riskpipe.demo.town import Town
from riskpipe.demo.wording import Concept

CHANNELS = ("register12350", "hotline12345", "line", "grid", "web")
SHARES = (0.34, 0.36, 0.08, 0.19, 0.03)
HAZARDS_A_MONTH = 70


@dataclass(frozen=True)
class Retelling:
    """One caller's word about a shared hazard."""

    hazard: str
    concept: Concept
    spot: Spot
    channel: str
    day: date
    caller: int


def retellings_of(town: Town, channel: str, month: Month) -> list[Retelling]:
    """What one channel hears of the month's shared hazards, by day."""
    told = town.recall("shared", month, lambda: _drawn(town, month))
    return [r for r in told if r.channel == channel]


def _drawn(town: Town, month: Month) -> list[Retelling]:
    rng = dice(town.seed, "shared", month)
    count = max(3, round(HAZARDS_A_MONTH * town.plan.scale))
    concepts = [c for c in town.wording.concepts if c.is_hazard and {"j", "z"} <= set(c.sources)]
    found = []
    for n in range(count):
        concept = concepts[int(rng.integers(len(concepts)))]
        community = int(rng.choice(187, p=town.geography.community_weights))
        names = town.geography.names_of(concept.kind) or 1 << 20
        spot = town.geography.spot(
            concept.kind, community, int(rng.integers(names)), int(rng.integers(400))
        )
        first = month.first + timedelta(days=int(rng.integers(month.days - 9)))
        callers = rng.integers(0, 60_000, 5).tolist()
        tellers = 2 + int(rng.integers(4))
        if n % 7 == 0:
            callers[1] = callers[0]
        ways = [0, 0, *rng.choice(5, tellers - 2, p=SHARES).tolist()]
        if n % 3:
            ways[1] = int(rng.choice(5, p=SHARES))
        for k, way in enumerate(ways):
            day = first + timedelta(days=int(rng.integers(0, 9)) if k else 0)
            hazard = f"H{month.compact}-{n + 1:04d}"
            found.append(Retelling(hazard, concept, spot, CHANNELS[way], day, callers[k]))
    return sorted(found, key=lambda r: (r.day, r.hazard))
