"""What the rules alone say of examples.

A classifier without learned words and examples go in; the points its rules give to each category
come out, so that learned words can be added and the answer taken again (scoring.decided). The
rules are not weighed here.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from riskpipe.classification.classifier import (
    BLOCK,
    Classifier,
    contributions_to,
    lexicon_category,
)
from riskpipe.classification.learning.examples import Examples
from riskpipe.classification.rulerows import JUDGED

SCALE: Final = 100
"""Rules count in hundredths of hundredths (points × percent); learned words at 100 percent."""


def rule_points(classifier: Classifier, examples: Examples) -> np.ndarray:
    """Points of the rules, examples × categories (JUDGED), in 1/10,000 of a weight."""
    answer = np.zeros((len(examples), len(JUDGED)), dtype=np.int64)
    for prior in sorted(set(examples.prior)):
        rows = np.flatnonzero(examples.prior == prior)
        for at in range(0, len(rows), BLOCK):
            here = rows[at : at + BLOCK]
            answer[here] = _of_block(classifier, examples, here, prior)
    return answer


def _of_block(
    classifier: Classifier, examples: Examples, rows: np.ndarray, prior: str
) -> np.ndarray:
    lexicon, at = classifier.lexicon, pa.array(rows)
    titles, texts = examples.titles.take(at), examples.texts.take(at)
    number = classifier.prior_number(prior)
    added = contributions_to(lexicon, titles, texts, number, examples.stated[rows])
    flat = np.zeros(len(rows) * len(JUDGED), dtype=np.int64)
    cell = added.row * len(JUDGED) + lexicon_category(lexicon, added)
    np.add.at(flat, cell, added.points.astype(np.int64))
    return flat.reshape(len(rows), len(JUDGED))
