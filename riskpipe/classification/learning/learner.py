"""One lesson from start to end: examples in, a list of words and its card out.

First: are there rows enough? If not, the card says how many are missing and nothing is trained. Then
every part of the examples is judged by a list trained on the other parts, rules alone and with the
list; then the gate decides; then the list is trained on everything. No file and no clock here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa

from riskpipe.classification.classifier import Classifier
from riskpipe.classification.learned import learned_of, points
from riskpipe.classification.learning.card import Card, counted, period_of
from riskpipe.classification.learning.examples import Examples
from riskpipe.classification.learning.folds import folds_of
from riskpipe.classification.learning.gate import enough, is_open, proven
from riskpipe.classification.learning.rivals import SCALE, rule_points
from riskpipe.classification.learning.scores import Comparison, compared
from riskpipe.classification.learning.terms import Terms
from riskpipe.classification.learning.wordlist import Material, trained
from riskpipe.classification.learning.words import (
    permitted,
    place_names,
    presence_of,
    widespread,
)
from riskpipe.classification.scoring import decided, lead_of

Telling = Callable[[Sequence[int]], Iterable[int]]
"""Goes through the folds, telling whoever waits how far it is."""


@dataclass(frozen=True)
class Withheld:
    """Names no word may give away: streets and communities; persons on duty."""

    places: frozenset[str]
    persons: frozenset[str]


@dataclass(frozen=True)
class Lesson:
    """The card, and the rows of learned.csv (empty where there was nothing to train on)."""

    card: Card
    rows: tuple[Mapping[str, str], ...]


def learn(
    examples: Examples,
    classifier: Classifier,
    withheld: Withheld,
    terms: Terms,
    *,
    day: date,
    telling: Telling,
) -> Lesson:
    """Train, test and decide. `classifier` holds the rules without any learned words."""
    card = _card(examples, classifier, terms, day)
    if not is_open(card.conditions):
        return Lesson(card, ())
    material = _material(examples, classifier, withheld, terms)
    proof = _tested(examples, material, terms, telling)
    final = trained(material, terms)
    rows = final.rows(f"复核训练{day}")
    conditions = (*card.conditions, *proven(proof, len(rows), terms))
    tried = replace(card, conditions=conditions, compared=proof, choice=final.choice, words=rows)
    return Lesson(tried, rows)


def _material(
    examples: Examples, classifier: Classifier, withheld: Withheld, terms: Terms
) -> Material:
    every = presence_of(examples.titles, examples.texts, terms)
    masked = (text for column in (examples.titles, examples.texts) for text in column.to_pylist())
    places = place_names(withheld.places, terms.place_endings)
    return Material(
        permitted(widespread(every, examples.matter, terms), masked, places, withheld.persons),
        rule_points(classifier, examples),
        examples.label,
        examples.matter,
        classifier.lexicon.decision.thin,
    )


def _tested(examples: Examples, material: Material, terms: Terms, telling: Telling) -> Comparison:
    """Every example judged by a list that was trained without its matter."""
    fold = folds_of(material.label, material.matter, terms.folds, terms.seed)
    added = np.zeros(material.rules.shape, dtype=np.int64)
    for number in telling(range(terms.folds)):
        held_out = np.flatnonzero(fold == number)
        words = learned_of(trained(material.part(fold != number), terms).rows(""))
        at = pa.array(held_out)
        added[held_out] = points(words, examples.titles.take(at), examples.texts.take(at))
    return compared(
        material.label,
        material.matter,
        decided(material.rules, material.thin),
        decided(material.rules + added * SCALE, material.thin),
        is_sure=lead_of(material.rules).margin >= terms.sure,
        terms=terms,
    )


def _card(examples: Examples, classifier: Classifier, terms: Terms, day: date) -> Card:
    """What is known before anything is trained."""
    return Card(
        day=day,
        rule_version=classifier.version,
        counts=counted(examples),
        rows=len(examples),
        matters=len(set(examples.matter.tolist())),
        period=period_of(examples),
        repeated=examples.repeated,
        contradicted=examples.contradicted,
        older=examples.older,
        conditions=enough(examples.label, terms),
        folds=terms.folds,
        least_matters=terms.matters,
        interval=terms.interval,
        compared=None,
        choice=None,
        words=(),
    )
