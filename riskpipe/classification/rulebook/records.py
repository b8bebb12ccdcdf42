"""The records a rule change is tried on, and the points each rule gives them.

Texts (masked, as landed) with their source's prior and stated category go in; answers come out in
the same order, or block by block the contributions behind them. This is the one place of the
rulebook that knows how the classifier adds up.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.classification.classifier import BLOCK, SCHEMA, Classifier, contributions_to
from riskpipe.classification.rulerows import COLUMN_CATEGORY, JUDGED
from riskpipe.classification.scoring import Answers, Contributions, answers_of
from riskpipe.text import fold

RECORDS = pa.schema(
    {
        "table": pa.string(),
        "number": pa.string(),
        "month": pa.string(),
        "title": pa.string(),
        "text": pa.string(),
        "stated": pa.string(),
        "prior": pa.string(),
        "is_confirmed": pa.bool_(),
    }
)
"""One record a row. `table` is the printed name (举报登记), `month` YYYY-MM, texts are masked;
`is_confirmed` when a person has settled the category, so that rules no longer do."""

UNCLASSIFIED = len(JUDGED)
"""The position of 未分类 behind the categories in JUDGED."""


@dataclass(frozen=True)
class Weighed:
    """A block of records: which they are, what was added to each, and the answers."""

    rows: np.ndarray
    added: Contributions
    answers: Answers


def folded(records: pa.Table) -> pa.Table:
    """The records with title and text folded, nulls empty: done once for many rule sets."""
    for name in ("title", "text", "stated"):
        column = fold(pc.fill_null(records[name], ""))
        records = records.set_column(records.column_names.index(name), name, column)
    return records


def judged(classifier: Classifier, records: pa.Table) -> pa.Table:
    """Answers in `SCHEMA`, one a record, in their order; `records` are folded.

    Raises LexiconError for a prior the rules do not have.
    """
    parts, order = [SCHEMA.empty_table()], [np.zeros(0, dtype=np.int64)]
    for prior, rows in by_prior(records):
        some = records.take(rows)
        parts.append(
            classifier.judge(
                some["title"].combine_chunks(),
                some["text"].combine_chunks(),
                prior,
                some["stated"].combine_chunks(),
            )
        )
        order.append(rows)
    return pa.concat_tables(parts).take(np.argsort(np.concatenate(order), kind="stable"))


def weighed(classifier: Classifier, records: pa.Table) -> Iterator[Weighed]:
    """Every folded record once, in blocks of one prior."""
    lexicon = classifier.lexicon
    for prior, rows in by_prior(records):
        number = classifier.prior_number(prior)
        for at in range(0, len(rows), BLOCK):
            here = rows[at : at + BLOCK]
            some = records.take(here)
            added = contributions_to(
                lexicon,
                some["title"].combine_chunks(),
                some["text"].combine_chunks(),
                number,
                stated_numbers(some["stated"]),
            )
            yield Weighed(here, added, answers_of(lexicon, added, len(here)))


def by_prior(records: pa.Table) -> Iterator[tuple[str, np.ndarray]]:
    """Row numbers of each prior, priors by name."""
    priors = np.asarray(records["prior"].to_pylist(), dtype=object)
    for prior in sorted(set(priors.tolist())):
        yield prior, np.flatnonzero(priors == prior)


def stated_numbers(stated: pa.ChunkedArray) -> np.ndarray:
    """Position of each folded stated category in JUDGED, -1 where it is none of them."""
    known = pa.array(list(map(str, JUDGED)), pa.string())
    found = pc.fill_null(pc.index_in(stated.combine_chunks(), value_set=known), -1)
    return found.to_numpy(zero_copy_only=False).astype(np.int64)


def decided(scores: np.ndarray, thin: float) -> np.ndarray:
    """The answer to each row of scores by category (in JUDGED), `UNCLASSIFIED` where it is thin.

    The same rule as scoring.answers_of: highest wins, none below zero, ties by the order of the law.
    """
    clipped = np.maximum(scores, 0.0)
    every = np.arange(len(clipped))
    winner = clipped.argmax(axis=1)
    best = clipped[every, winner]
    clipped[every, winner] = -1.0
    second = clipped.max(axis=1)
    margin = np.divide(best - second, best + second, out=np.zeros(len(best)), where=best > 0)
    return np.where(margin < thin, UNCLASSIFIED, winner)


def scores_of(classifier: Classifier, block: Weighed) -> np.ndarray:
    """Points by row and category (in JUDGED), before nothing is let below zero."""
    category = COLUMN_CATEGORY[classifier.lexicon.sources.column[block.added.source]]
    flat = block.added.row * len(JUDGED) + category
    rows = len(block.rows)
    return np.bincount(flat, block.added.points, rows * len(JUDGED)).reshape(rows, len(JUDGED))
