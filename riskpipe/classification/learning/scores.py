"""How well answers agree with confirmed categories, and how far chance may have helped.

Answers, confirmed categories and matters go in; precision, recall, F1, false alarms and, by drawing
matters again with replacement, the intervals of each and of the gain of one set of answers over
another come out. Counted as `riskpipe evaluate` counts: F1 is averaged over those of the four
categories that were confirmed at all, 未分类 is a miss, a false alarm is one of the four said of
what is 非突发事件.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from riskpipe.classification.learning.terms import Terms
from riskpipe.classification.rulerows import JUDGED
from riskpipe.classification.scoring import UNDECIDED
from riskpipe.vocabulary import FOUR_CATEGORIES, Category

FOUR: Final = len(FOUR_CATEGORIES)
NONE: Final = JUDGED.index(Category.NONE)
_AT_ONCE: Final = 100
"""Draws counted together: bounds the memory."""


@dataclass(frozen=True)
class Score:
    """Shares 0 … 1; the arrays hold the four categories in the order of the law."""

    macro_f1: float
    f1: np.ndarray
    precision: np.ndarray
    recall: np.ndarray
    labelled: np.ndarray
    false_alarms: float
    undecided: float


@dataclass(frozen=True)
class Interval:
    """Where a figure lies with the confidence asked for."""

    low: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """Rules against rules with learned words on the same examples, neither trained on them.

    `mended` and `spoiled` count examples on which only one of them is right; the `sure_` ones where
    the rules had a clear lead.
    """

    rules: Score
    blend: Score
    rules_f1: tuple[Interval, ...]
    blend_f1: tuple[Interval, ...]
    gain: float
    gain_interval: Interval
    mended: int
    spoiled: int
    sure_mended: int
    sure_spoiled: int


def macro_and_alarms(label: np.ndarray, answer: np.ndarray) -> tuple[float, float]:
    """Macro-F1 and share of false alarms alone."""
    score = _score(_tally(label, answer).sum(axis=0))
    return score.macro_f1, score.false_alarms


def compared(
    label: np.ndarray,
    matter: np.ndarray,
    rules: np.ndarray,
    blend: np.ndarray,
    *,
    is_sure: np.ndarray,
    terms: Terms,
) -> Comparison:
    """Score both sets of answers, and draw matters again to see what chance may do."""
    tallies = [_by_matter(_tally(label, answer), matter) for answer in (rules, blend)]
    drawn_rules, drawn_blend = _drawn(tallies, terms)
    before, after = (_score(tally.sum(axis=0)) for tally in tallies)
    occurs = before.labelled > 0
    gains = _macro(drawn_blend, occurs) - _macro(drawn_rules, occurs)
    mended, spoiled = (rules != label) & (blend == label), (rules == label) & (blend != label)
    return Comparison(
        rules=before,
        blend=after,
        rules_f1=_intervals(_f1(drawn_rules), terms.interval),
        blend_f1=_intervals(_f1(drawn_blend), terms.interval),
        gain=after.macro_f1 - before.macro_f1,
        gain_interval=_intervals(gains[:, None], terms.interval)[0],
        mended=int(mended.sum()),
        spoiled=int(spoiled.sum()),
        sure_mended=int((mended & is_sure).sum()),
        sure_spoiled=int((spoiled & is_sure).sum()),
    )


def _tally(label: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """One row an example: right, said, labelled (four columns each), then alarm, none, undecided, 1."""
    four = np.arange(FOUR)
    said, labelled = answer[:, None] == four, label[:, None] == four
    is_none = label == NONE
    rest = (is_none & (answer < FOUR), is_none, answer == UNDECIDED, np.ones(len(label), bool))
    return np.concatenate((said & labelled, said, labelled, np.stack(rest, axis=1)), axis=1)


def _by_matter(tally: np.ndarray, matter: np.ndarray) -> np.ndarray:
    _, number = np.unique(matter, return_inverse=True)
    summed = np.zeros((number.max(initial=-1) + 1, tally.shape[1]))
    np.add.at(summed, number, tally)
    return summed


def _drawn(tallies: list[np.ndarray], terms: Terms) -> tuple[np.ndarray, np.ndarray]:
    """Sums of both over the same draws of matters, draws × columns. Whole numbers, so exact."""
    random, size = np.random.default_rng(terms.seed), len(tallies[0])
    parts: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    for at in range(0, terms.replicates, _AT_ONCE):
        count = min(_AT_ONCE, terms.replicates - at)
        picks = random.integers(size, size=(count, size)) + size * np.arange(count)[:, None]
        weights = np.bincount(picks.ravel(), minlength=count * size).reshape(count, size)
        for part, tally in zip(parts, tallies, strict=True):
            part.append(weights.astype(float) @ tally)
    return np.concatenate(parts[0]), np.concatenate(parts[1])


def _f1(sums: np.ndarray) -> np.ndarray:
    right, said, labelled = (sums[..., FOUR * at : FOUR * (at + 1)] for at in range(3))
    return _shares(2 * right, said + labelled)


def _macro(sums: np.ndarray, occurs: np.ndarray) -> np.ndarray:
    return _f1(sums)[..., occurs].mean(axis=-1) if occurs.any() else np.zeros(sums.shape[:-1])


def _score(sums: np.ndarray) -> Score:
    right, said, labelled = (sums[FOUR * at : FOUR * (at + 1)] for at in range(3))
    alarms, none, undecided, rows = sums[3 * FOUR :]
    return Score(
        macro_f1=float(_macro(sums, labelled > 0)),
        f1=_f1(sums),
        precision=_shares(right, said),
        recall=_shares(right, labelled),
        labelled=labelled.astype(np.int64),
        false_alarms=float(_shares(alarms, none)),
        undecided=float(_shares(undecided, rows)),
    )


def _shares(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _intervals(drawn: np.ndarray, percent: float) -> tuple[Interval, ...]:
    tail = (100 - percent) / 2
    low, high = np.percentile(drawn, (tail, 100 - tail), axis=0)
    return tuple(Interval(float(a), float(b)) for a, b in zip(low, high, strict=True))
