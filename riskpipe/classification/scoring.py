"""From hits to points to an answer, for a block of texts at once.

Hits go in; contributions (which source adds how many points to which row) and from them
category, sub-category, runner-up and margin come out. A word counts once a text, where it
counts most; precedence rows add or take points where words of two groups
stand near each other; the prior of the source, the sheet's own category and learned words come last.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from riskpipe.classification.decision import FURTHER, SCOPED
from riskpipe.classification.hits import Hits
from riskpipe.classification.lexicon import Lexicon
from riskpipe.classification.pairing import holding
from riskpipe.classification.rulerows import COLUMN_CATEGORY, COLUMNS, GENERAL, JUDGED, POINT
from riskpipe.vocabulary import FOUR_CATEGORIES

_OF_CATEGORY: Final = np.equal.outer(COLUMN_CATEGORY, np.arange(len(JUDGED))).astype(np.float64)
_MOST: Final = 10_000_000
"""More points (a weight of 50 in a title, asked for) than any word adds."""

UNDECIDED: Final = len(JUDGED)
"""The position of 未分类 behind the categories in JUDGED."""

_FULL: Final = 1
"""Priors, stated categories and learned words count like a word in the opening: 100 percent."""


@dataclass(frozen=True)
class Contributions:
    """Points added to rows, sorted by row, in reading order within a row."""

    row: np.ndarray
    source: np.ndarray
    standing: np.ndarray
    points: np.ndarray


@dataclass(frozen=True)
class Answers:
    """For each row: winner and runner-up (positions in JUDGED), margin, column, scores in points.

    `also` is a bit mask over the four categories: which others have a standing of their own.
    """

    winner: np.ndarray
    runner_up: np.ndarray
    margin: np.ndarray
    column: np.ndarray
    scores: np.ndarray
    is_thin: np.ndarray
    also: np.ndarray


def contributions_of(
    lexicon: Lexicon,
    hits: Hits,
    learned: tuple[np.ndarray, np.ndarray],
    prior: int,
    stated: np.ndarray,
) -> Contributions:
    """All that adds points.

    `learned` holds row and entry of the learned words; `stated` a position in JUDGED per row,
    or -1 for none.
    """
    word_row, word_source, word_standing = _of_words(lexicon, hits)
    pair_row, pair_source, pair_standing = _of_precedence(lexicon, hits)
    told = np.flatnonzero(stated >= 0)
    rows = np.arange(len(stated))
    base = lexicon.sources.priors_at + prior * len(JUDGED)
    weighed = [base + at for at in range(len(JUDGED)) if lexicon.sources.points[base + at]]
    row = np.concatenate((word_row, pair_row, told, learned[0], *(rows for _ in weighed)))
    source = np.concatenate(
        (
            word_source,
            pair_source,
            lexicon.sources.stated_at + stated[told],
            lexicon.sources.learned_at + learned[1],
            *(np.full(len(rows), at) for at in weighed),
        )
    )
    standing = np.full(len(row), _FULL)
    words, pairs = len(word_row), len(word_row) + len(pair_row)
    further = _further(lexicon, word_row, word_source, word_standing)
    standing[:words] = word_standing + FURTHER * further
    standing[words:pairs] = pair_standing
    points = lexicon.sources.points[source] * lexicon.decision.percent[standing]
    order = np.argsort(row.astype(np.uint16), kind="stable")
    return Contributions(row[order], source[order], standing[order], points[order])


def answers_of(lexicon: Lexicon, added: Contributions, rows: int) -> Answers:
    """Sum by column, then category; the highest wins, ties go to the order of the law."""
    column = lexicon.sources.column[added.source]
    flat = np.bincount(added.row * len(COLUMNS) + column, added.points, rows * len(COLUMNS))
    by_column = flat.reshape(rows, len(COLUMNS))
    scores = np.maximum(by_column @ _OF_CATEGORY, 0.0)
    points = scores / (100.0 * POINT)
    lead = lead_of(scores)
    return Answers(
        winner=lead.winner,
        runner_up=lead.runner_up,
        margin=lead.margin,
        column=_sub_column(by_column, lead.winner),
        scores=points,
        is_thin=lead.is_thin(lexicon.decision.thin),
        also=_also(lexicon, points, lead.winner),
    )


def decided(scores: np.ndarray, thin: float) -> np.ndarray:
    """The answer to each row of scores (a position in JUDGED), `UNDECIDED` where it is thin."""
    lead = lead_of(scores)
    return np.where(lead.is_thin(thin), UNDECIDED, lead.winner)


@dataclass(frozen=True)
class Lead:
    """Who is ahead in each row of scores, who comes next, and by how much (0 to 1)."""

    winner: np.ndarray
    runner_up: np.ndarray
    margin: np.ndarray
    is_silent: np.ndarray

    def is_thin(self, thin: float) -> np.ndarray:
        """Where the answer is 未分类: the margin is below `thin`, or nothing speaks at all."""
        return (self.margin < thin) | self.is_silent


def lead_of(scores: np.ndarray) -> Lead:
    """The highest of each row (rows × categories, in any unit), none below zero; ties by the law."""
    clipped = np.maximum(scores, 0.0)
    every = np.arange(len(clipped))
    winner = clipped.argmax(axis=1)
    best = clipped[every, winner]
    clipped[every, winner] = -1.0
    runner_up = clipped.argmax(axis=1)
    second = clipped[every, runner_up]
    margin = np.divide(best - second, best + second, out=np.zeros(len(best)), where=best > 0)
    return Lead(winner, runner_up, margin, best <= 0)


def _also(lexicon: Lexicon, points: np.ndarray, winner: np.ndarray) -> np.ndarray:
    """Secondary categories: of the four, not the winner, with enough points beside its."""
    four = points[:, : len(FOUR_CATEGORIES)]
    decision = lexicon.decision
    bar = np.maximum(points.max(axis=1) * decision.also_percent / 100, decision.also_points)
    stands = (four >= bar[:, None]) & (np.arange(four.shape[1]) != winner[:, None])
    return stands @ (1 << np.arange(four.shape[1]))


def _sub_column(by_column: np.ndarray, winner: np.ndarray) -> np.ndarray:
    """The strongest sub-category of the winner, or the winner as such where none has points."""
    named = by_column[:, :GENERAL]
    candidates = np.where(np.equal.outer(winner, COLUMN_CATEGORY[:GENERAL]), named, 0.0)
    return np.where(candidates.max(axis=1) > 0, candidates.argmax(axis=1), GENERAL + winner)


def _of_words(lexicon: Lexicon, hits: Hits) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each word once a row, at its strongest standing, spread over its entries."""
    standing = hits.place + SCOPED * hits.scope
    first = _strongest(lexicon, hits.row * len(lexicon.words) + hits.pattern, standing)
    pattern = hits.pattern[first]
    count = lexicon.entry_count[pattern]
    spread = np.repeat(np.arange(len(first)), count)
    within = np.arange(len(spread)) - np.repeat(np.cumsum(count) - count, count)
    source = lexicon.entries[lexicon.first_entry[pattern][spread] + within]
    kept = first[spread]
    return hits.row[kept], source, standing[kept]


def _strongest(lexicon: Lexicon, bundle: np.ndarray, standing: np.ndarray) -> np.ndarray:
    """Of each bundle the member whose standing counts most, the first of equals; in order."""
    percent = lexicon.decision.percent
    order = np.argsort(bundle * (percent.max() + 1) - percent[standing], kind="stable")
    heads = np.ones(len(order), dtype=bool)
    heads[1:] = np.diff(bundle[order]) != 0
    chosen = order[heads]
    chosen.sort()
    return chosen


def _further(
    lexicon: Lexicon, row: np.ndarray, source: np.ndarray, standing: np.ndarray
) -> np.ndarray:
    """Which words are not the strongest of their group in their row."""
    group = lexicon.sources.group[source]
    grouped = np.flatnonzero(group >= 0)
    points = np.abs(lexicon.sources.points[source] * lexicon.decision.percent[standing])[grouped]
    bundle = row[grouped] * (lexicon.sources.group.max(initial=0) + 1) + group[grouped]
    order = np.argsort(bundle * _MOST - points, kind="stable")
    sorted_bundle = bundle[order]
    further = np.zeros(len(row), dtype=bool)
    further[grouped[order[1:]]] = sorted_bundle[1:] == sorted_bundle[:-1]
    return further


def _of_precedence(lexicon: Lexicon, hits: Hits) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows where a precedence row holds, at the strongest standing of a first word of it."""
    hit, rule = holding(lexicon.pairs, hits)
    standing = hits.place[hit] + SCOPED * hits.scope[hit]
    once = _strongest(lexicon, hits.row[hit] * len(lexicon.precedence) + rule, standing)
    sources = np.array([rule.source for rule in lexicon.precedence], dtype=np.int64)
    return hits.row[hit[once]], sources[rule[once]], standing[once]
