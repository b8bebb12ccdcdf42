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

from riskpipe.classification.classifier import (
    BLOCK,
    SCHEMA,
    Classifier,
    contributions_to,
    stated_numbers,
)
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
                stated_numbers(some["stated"].combine_chunks()),
            )
            yield Weighed(here, added, answers_of(lexicon, added, len(here)))


def by_prior(records: pa.Table) -> Iterator[tuple[str, np.ndarray]]:
    """Row numbers of each prior, priors by name."""
    priors = np.asarray(records["prior"].to_pylist(), dtype=object)
    for prior in sorted(set(priors.tolist())):
        yield prior, np.flatnonzero(priors == prior)


def scores_of(classifier: Classifier, block: Weighed) -> np.ndarray:
    """Points by row and category (in JUDGED), before nothing is let below zero."""
    category = COLUMN_CATEGORY[classifier.lexicon.sources.column[block.added.source]]
    flat = block.added.row * len(JUDGED) + category
    rows = len(block.rows)
    return np.bincount(flat, block.added.points, rows * len(JUDGED)).reshape(rows, len(JUDGED))
