"""From examples to a list of words: choosing how many and how loud, then writing the rows.

Examples as word tables, with the points the rules gave them, go in; rows as in learned.csv come
out. How strict the training is and how many points a log-odds is worth are chosen by splitting the
examples once more: whatever the list is tested on took no part in choosing. Where no choice beats
the rules without more false alarms, the list is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from riskpipe.classification.learning.folds import folds_of
from riskpipe.classification.learning.rivals import SCALE
from riskpipe.classification.learning.scores import macro_and_alarms
from riskpipe.classification.learning.terms import Terms
from riskpipe.classification.learning.training import coefficients
from riskpipe.classification.learning.words import (
    Presence,
    distinct,
    telling,
    widespread,
)
from riskpipe.classification.rulerows import JUDGED, POINT
from riskpipe.classification.scoring import decided

FIELDS: Final = ("id", "word", "category", "weight", "source")


@dataclass(frozen=True)
class Material:
    """Examples as training sees them; parallel by example. `thin` is the rules' own margin."""

    presence: Presence
    rules: np.ndarray
    label: np.ndarray
    matter: np.ndarray
    thin: float

    def part(self, chosen: np.ndarray) -> "Material":
        """Only the chosen examples (a mask)."""
        return Material(
            self.presence.of_rows(chosen),
            self.rules[chosen],
            self.label[chosen],
            self.matter[chosen],
            self.thin,
        )


@dataclass(frozen=True)
class Choice:
    """`strength` is scikit-learn's C, `share` how many points a log-odds is worth; 0: no list."""

    strength: float
    share: float


@dataclass(frozen=True)
class WordList:
    """A trained list: `weights` in hundredths, parallel to `words` and `category`."""

    words: tuple[str, ...]
    category: np.ndarray
    weights: np.ndarray
    choice: Choice

    def rows(self, source: str) -> tuple[Mapping[str, str], ...]:
        """Rows of learned.csv, by category and word, numbered in that order."""
        return tuple(
            {
                "id": f"L{number:04d}",
                "word": word,
                "category": str(JUDGED[category]),
                "weight": f"{weight / POINT:+.2f}",
                "source": source,
            }
            for number, (word, category, weight) in enumerate(
                zip(self.words, self.category.tolist(), self.weights.tolist(), strict=True), 1
            )
        )


def trained(material: Material, terms: Terms) -> WordList:
    """Choose by inner folds, then train on all of the material."""
    choice = _chosen(material, terms)
    if not choice.share:
        nothing = np.zeros(0, dtype=np.int64)
        return WordList((), nothing, nothing, choice)
    presence = _looked_at(material, terms)
    found = coefficients(presence, material.label, choice.strength)
    return _list(presence.words, found * choice.share, choice, terms)


def _chosen(material: Material, terms: Terms) -> Choice:
    """The strictest and quietest choice that no other beats by much, by inner folds."""
    inner = folds_of(material.label, material.matter, terms.inner_folds, terms.seed)
    said = {strength: np.zeros(material.rules.shape) for strength in terms.strengths}
    for fold in range(terms.inner_folds):
        train, test = material.part(inner != fold), material.part(inner == fold)
        presence = _looked_at(train, terms)
        there = _same_words(test.presence, presence.words)
        for strength, points in said.items():
            found = coefficients(presence, train.label, strength)
            points[inner == fold] = _added(there, found)
    return _best(material, said, terms)


def _best(material: Material, said: Mapping[float, np.ndarray], terms: Terms) -> Choice:
    best, most = Choice(0.0, 0.0), _scored(material, material.rules)
    allowed = most[1]
    for strength in terms.strengths:
        for share in terms.shares:
            points = material.rules + np.rint(said[strength] * share * POINT) * SCALE
            score = _scored(material, points)
            if score[1] <= allowed and score[0] > most[0] + terms.worth:
                best, most = Choice(strength, share), score
    return best


def _scored(material: Material, points: np.ndarray) -> tuple[float, float]:
    return macro_and_alarms(material.label, decided(points, material.thin))


def _looked_at(material: Material, terms: Terms) -> Presence:
    words = distinct(widespread(material.presence, material.matter, terms))
    return telling(words, material.label, terms.considered)


def _same_words(presence: Presence, words: tuple[str, ...]) -> Presence:
    """The presence of exactly these words (all of them known), in this order (sorted)."""
    wanted = set(words)
    return presence.of_words(np.array([word in wanted for word in presence.words], dtype=bool))


def _added(presence: Presence, found: np.ndarray) -> np.ndarray:
    """What the words of each row add up to, rows × categories."""
    answer = np.zeros((presence.rows, len(found)))
    np.add.at(answer, presence.row, found.T[presence.word])
    return answer


def _list(words: tuple[str, ...], weights: np.ndarray, choice: Choice, terms: Terms) -> WordList:
    capped = np.clip(weights, -terms.loudest, terms.loudest)
    hundredths = np.rint(capped * POINT).astype(np.int64)
    category, word = np.nonzero(np.abs(hundredths) >= round(terms.least * POINT))
    size = np.abs(hundredths[category, word])
    loudest = np.sort(np.argsort(-size, kind="stable")[: terms.most])
    category, word = category[loudest], word[loudest]
    return WordList(tuple(words[at] for at in word), category, hundredths[category, word], choice)
