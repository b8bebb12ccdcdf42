"""The numbers of the decision: how much a word counts by where it stands and in what context.

decision.toml and scopes.csv go in; the share of every standing (place, further word of its group,
scope) comes out as one array, with the scopes and the few other numbers. Words are not known here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from riskpipe.classification.rulerows import BOUNDS, POINT
from riskpipe.rules import Rules

PLACES: Final = ("title", "opening", "rest")
PLACE_TITLES: Final = ("标题或首句", "正文开头", "正文")
FURTHER: Final = len(PLACES)
"""A word stands in one of the places, as the first of its group in the text or as a further
one (standing = place + FURTHER): five words for one leaking roof tell one thing, not five."""

SCOPED: Final = 2 * len(PLACES)
"""And it stands plainly or in a scope: standing = place + FURTHER·(0|1) + SCOPED·scope."""


@dataclass(frozen=True)
class Scope:
    """Words within `reach` characters of a cue, on one side of it, count for less or more."""

    kind: str
    title: str
    comes_after: bool
    reach: int
    bound: int
    percent: int
    only_dangers: bool


@dataclass(frozen=True)
class Decision:
    """The few numbers of decision.toml; `percent` by standing."""

    percent: np.ndarray
    lead_chars: int
    opening_chars: int
    pair_percent: int
    thin: float
    stated_points: int
    also_percent: float
    also_points: float


def decision_of(rules: Rules, scopes: Sequence[Scope]) -> Decision:
    """The numbers of decision.toml, the scopes worked into the share of every standing."""
    said = rules.document("classification/decision")
    places = np.array([said["place_percent"][place] for place in PLACES], dtype=np.int64)
    further = said["further"]["percent"]
    weighed = [places, *(_within(scope, places) for scope in scopes)]
    return Decision(
        percent=np.concatenate([part for one in weighed for part in (one, one * further // 100)]),
        lead_chars=said["reach"]["lead_chars"],
        opening_chars=said["reach"]["opening_chars"],
        pair_percent=said["pairs"]["percent"],
        thin=said["margin"]["thin"],
        stated_points=round(said["stated"]["points"] * POINT),
        also_percent=said["also"]["percent"],
        also_points=said["also"]["points"],
    )


def _within(scope: Scope, places: np.ndarray) -> np.ndarray:
    """Percent by place inside a scope: less by its share, or at least what the scope says."""
    lifts = scope.percent >= 100
    return np.maximum(places, scope.percent) if lifts else places * scope.percent // 100


def scopes_of(rows: Iterable[Mapping[str, str]]) -> tuple[Scope, ...]:
    """The checked rows of scopes.csv, in their order."""
    return tuple(
        Scope(
            kind=row["kind"],
            title=row["title"],
            comes_after=row["side"] == "后",
            reach=int(row["reach"]),
            bound=BOUNDS.index(row["bound"]),
            percent=int(row["percent"]),
            only_dangers=row["affects"] == "险情",
        )
        for row in rows
    )
