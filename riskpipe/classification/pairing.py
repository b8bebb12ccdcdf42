"""Which precedence rules hold: two words of two groups near each other, or in one text.

Hits and the laid-out rules go in; for every rule that holds, the first word that makes it hold
comes out. Neighbours are formed once for all rules and looked up by their groups, so what it
costs grows with the words that stand in the texts, not with the number of rules. A word is
never its own neighbour. What a rule adds is decided in scoring.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from riskpipe.classification.hits import Hits, spread


@dataclass(frozen=True)
class Precedence:
    """Words of two groups near each other move points: how the cross-category traps are told."""

    rule_id: str
    first: int
    second: int
    within: int
    source: int
    reason: str


@dataclass(frozen=True)
class Membership:
    """The groups of every pattern, as far as some rule asks: `first` and `count` lead to `groups`."""

    first: np.ndarray
    count: np.ndarray
    groups: np.ndarray

    def of(self, patterns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Place among the patterns, and group, of every membership."""
        which, at = spread(self.first, self.count, patterns)
        return which, self.groups[at]


@dataclass(frozen=True)
class Pairs:
    """The precedence rules laid out: those for near words by their pair of groups, and the rest.

    `keys` are the pairs of groups (first · all + second) that some rule names, sorted;
    `rule_first`, `rule_count`, `rules` lead from a key to its rules. `within` is by rule, 0 for
    anywhere in the text.
    """

    near: Membership
    keys: np.ndarray
    rule_first: np.ndarray
    rule_count: np.ndarray
    rules: np.ndarray
    within: np.ndarray
    together: Membership
    anywhere: tuple[tuple[int, Precedence], ...]
    all_groups: int

    @property
    def furthest(self) -> int:
        """The widest window of any rule."""
        return int(self.within.max(initial=0))


def pairs_of(in_group: np.ndarray, precedence: Sequence[Precedence]) -> Pairs:
    """Lay rules out; `in_group` says by group and pattern whether the word is in the group."""
    near = [at for at, rule in enumerate(precedence) if rule.within]
    rest = [at for at, rule in enumerate(precedence) if not rule.within]
    wanted = [precedence[at].first * len(in_group) + precedence[at].second for at in near]
    keys, key_of, rule_count = np.unique(
        np.array(wanted, dtype=np.int64), return_inverse=True, return_counts=True
    )
    return Pairs(
        near=_membership(in_group, [precedence[at] for at in near]),
        keys=keys,
        rule_first=np.cumsum(rule_count) - rule_count,
        rule_count=rule_count,
        rules=np.array(near, dtype=np.int64)[np.argsort(key_of, kind="stable")],
        within=np.array([rule.within for rule in precedence], dtype=np.int64),
        together=_membership(in_group, [precedence[at] for at in rest]),
        anywhere=tuple((at, precedence[at]) for at in rest),
        all_groups=len(in_group),
    )


def _membership(in_group: np.ndarray, rules: Sequence[Precedence]) -> Membership:
    asked = np.zeros(len(in_group), dtype=bool)
    asked[[group for rule in rules for group in (rule.first, rule.second)]] = True
    pattern, group = np.nonzero((in_group & asked[:, None]).T)
    count = np.bincount(pattern, minlength=in_group.shape[1])
    return Membership(np.cumsum(count) - count, count, group)


def holding(pairs: Pairs, hits: Hits) -> tuple[np.ndarray, np.ndarray]:
    """Hit and rule of every first word that makes a rule hold; some stand several times."""
    found = [*_near(pairs, hits), *_anywhere(pairs, hits)]
    nothing = np.zeros(0, dtype=np.int64)
    return (
        np.concatenate([nothing, *(hit for hit, _ in found)]),
        np.concatenate([nothing, *(rule for _, rule in found)]),
    )


def _near(pairs: Pairs, hits: Hits) -> list[tuple[np.ndarray, np.ndarray]]:
    """Neighbours within the widest window, either of them as the first word."""
    asked = np.flatnonzero(pairs.near.count[hits.pattern])
    here = hits.at(asked)
    one, other = _neighbours(pairs, here)
    gap = here.start[other] - here.end[one]
    both = ((one, other), (other, one))
    ruled = [_ruled(pairs, here.pattern, first, second, gap) for first, second in both]
    return [(asked[hit], rule) for hit, rule in ruled]


def _neighbours(pairs: Pairs, hits: Hits) -> tuple[np.ndarray, np.ndarray]:
    """Every two hits of one segment no further apart than the widest window, in reading order."""
    at = np.arange(len(hits.row) - 1)
    found = [(at[:0], at[:0])]
    step = 1
    while len(at):
        at = at[at + step < len(hits.row)]
        near = hits.start[at + step] - hits.end[at] <= pairs.furthest
        at = at[near & (hits.segment[at + step] == hits.segment[at])]
        found.append((at, at + step))
        step += 1
    return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])


def _ruled(
    pairs: Pairs, pattern: np.ndarray, first: np.ndarray, second: np.ndarray, gap: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """First words and rules of the neighbours whose groups a rule names, near enough for it."""
    pair, first_group = pairs.near.of(pattern[first])
    within, second_group = pairs.near.of(pattern[second[pair]])
    pair = pair[within]
    key = first_group[within] * pairs.all_groups + second_group
    at = np.minimum(np.searchsorted(pairs.keys, key), max(len(pairs.keys) - 1, 0))
    named = np.flatnonzero(pairs.keys[at] == key) if len(pairs.keys) else at[:0]
    which, rule = spread(pairs.rule_first, pairs.rule_count, at[named])
    rule, pair = pairs.rules[rule], pair[named][which]
    close = gap[pair] <= pairs.within[rule]
    return first[pair[close]], rule[close]


def _anywhere(pairs: Pairs, hits: Hits) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rules that ask for two words anywhere in one text."""
    hit, group = pairs.together.of(hits.pattern)
    order = np.argsort(group, kind="stable")
    hit, ends = hit[order], np.searchsorted(group[order], np.arange(pairs.all_groups + 1))
    found = []
    for number, rule in pairs.anywhere:
        first = hit[ends[rule.first] : ends[rule.first + 1]]
        second = hit[ends[rule.second] : ends[rule.second + 1]]
        if len(first) and len(second):
            told = np.bincount(hits.row[second], minlength=hits.row[-1] + 1)[hits.row[first]]
            held = first[told > np.isin(first, second)]
            found.append((held, np.full(len(held), number)))
    return found
