"""The classifier as other stages call it: texts in, a table of answers out.

Equal texts are judged once; the rest goes in blocks through folding, matching and scoring.
An answer depends on its own title, text, stated category and the source's prior, on nothing
else in the call.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.classification.lexicon import STANDINGS, Lexicon, load_lexicon
from riskpipe.classification.matching import FENCE, Hits, find_hits
from riskpipe.classification.rulerows import COLUMN_CATEGORY, COLUMNS, JUDGED, LexiconError
from riskpipe.classification.scoring import (
    Answers,
    Contributions,
    answers_of,
    contributions_of,
)
from riskpipe.rules import Rules
from riskpipe.text import fold
from riskpipe.vocabulary import Category

BLOCK: Final = 4_096
"""Rows judged at a time: four times as many fall out of the processor's cache and cost twice as
much a text. Must stay below 65,536, rows are sorted as two-byte numbers."""

SCHEMA: Final = pa.schema(
    {
        "category": pa.string(),
        "subcategory": pa.string(),
        "runner_up": pa.string(),
        "margin": pa.float64(),
        "evidence": pa.string(),
        "rule_id": pa.string(),
    }
)
_CATEGORY_NAMES: Final = pa.array([*map(str, JUDGED), str(Category.UNCLASSIFIED)], pa.string())
_COLUMN_NAMES: Final = pa.array(
    [name or (None if category is Category.NONE else "其他") for category, name in COLUMNS],
    pa.string(),
)
_THIN: Final = len(JUDGED)


@dataclass(frozen=True)
class Classifier:
    """The loaded rules; frozen, safe to share between threads and to call in any order."""

    lexicon: Lexicon

    @classmethod
    def load(cls, rules: Rules) -> "Classifier":
        """Compile the rule files; LexiconError (Chinese) names the row that cannot be used."""
        return cls(load_lexicon(rules))

    @property
    def version(self) -> str:
        """Hash of the merged rules that every result carries."""
        return self.lexicon.version

    def judge(
        self,
        title: pa.Array | None,
        text: pa.Array,
        prior: str,
        stated: pa.Array | None = None,
    ) -> pa.Table:
        """Judge every text; one answer a row, in `SCHEMA`, columns as in `Judged`.

        `prior` is a row of priors.csv (what kind of source this is); `stated` the sheet's own
        category, counted as evidence where it is one of C3. Nulls count as empty.
        """
        number = self.prior_number(prior)
        titles, texts, told = (_plain(column, len(text)) for column in (title, text, stated))
        repeats = _repeat(titles, texts)
        if repeats:
            distinct, back = _distinct(titles, texts, told)
            titles, texts, told = (column.take(distinct) for column in (titles, texts, told))
        answers = self.judge_folded(
            titles if title is None else fold(titles),
            fold(texts),
            number,
            np.full(len(texts), -1) if stated is None else _stated_numbers(told),
        )
        return answers.take(back) if repeats else answers

    def judge_folded(
        self, titles: pa.Array, texts: pa.Array, prior: int, stated: np.ndarray
    ) -> pa.Table:
        """Judge texts that are folded already and hold no nulls."""
        blocks = []
        for at in range(0, len(texts), BLOCK):
            here = slice(at, at + BLOCK)
            hits = find_hits(self.lexicon, titles.slice(at, BLOCK), texts.slice(at, BLOCK))
            blocks.append(self._block(hits, prior, stated[here]))
        return pa.Table.from_batches(blocks, SCHEMA)

    def prior_number(self, prior: str) -> int:
        """Which row of the priors; an unknown one is an error that lists what there is."""
        if prior not in self.lexicon.priors:
            known = "、".join(self.lexicon.priors)
            raise LexiconError(f"来源先验表 priors.csv 没有“{prior}”这一行，现有：{known}。")
        return self.lexicon.priors[prior]

    def _block(self, hits: Hits, prior: int, stated: np.ndarray) -> pa.RecordBatch:
        added = contributions_of(self.lexicon, hits, prior, stated)
        answers = answers_of(self.lexicon, added, len(stated))
        category = np.where(answers.is_thin, _THIN, answers.winner)
        subcategory = _COLUMN_NAMES.take(pa.array(answers.column, mask=answers.is_thin))
        evidence, rule_id = _evidence(self.lexicon, added, answers)
        return pa.RecordBatch.from_arrays(
            [
                _CATEGORY_NAMES.take(pa.array(category)),
                subcategory,
                _CATEGORY_NAMES.take(pa.array(answers.runner_up)),
                pa.array(answers.margin),
                evidence,
                rule_id,
            ],
            schema=SCHEMA,
        )


def _plain(column: pa.Array | None, rows: int) -> pa.Array:
    """A string array without nulls; a column that is not there is one of empty strings."""
    if column is None:
        return pa.repeat("", rows)
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pc.fill_null(whole.cast(pa.string()), "")


def _repeat(titles: pa.Array, texts: pa.Array) -> bool:
    """Is it worth looking for equal rows? Judged by the first block; answers are the same."""
    head = pc.binary_join_element_wise(titles.slice(0, BLOCK), texts.slice(0, BLOCK), FENCE)
    return pc.count_distinct(head).as_py() < 0.9 * len(head)


def _distinct(title: pa.Array, text: pa.Array, stated: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Row numbers of the first of equal rows, and for every row which of them it equals."""
    whole = pc.binary_join_element_wise(title, text, stated, FENCE).dictionary_encode()
    codes = whole.indices.to_numpy(zero_copy_only=False)
    first = np.full(len(whole.dictionary), len(codes), dtype=np.int64)
    np.minimum.at(first, codes, np.arange(len(codes)))
    return pa.array(first), whole.indices


def _stated_numbers(stated: pa.Array) -> np.ndarray:
    """Position of the stated category in JUDGED, -1 where it is blank or none of C3."""
    known = _CATEGORY_NAMES.slice(0, len(JUDGED))
    found = pc.fill_null(pc.index_in(fold(stated), value_set=known), -1)
    return found.to_numpy(zero_copy_only=False).astype(np.int64)


def _evidence(
    lexicon: Lexicon, added: Contributions, answers: Answers
) -> tuple[pa.Array, pa.Array]:
    """What spoke for and against the winner, and the id of the row that added most to it."""
    rows = len(answers.winner)
    category = lexicon_category(lexicon, added)
    mine = np.flatnonzero(category == answers.winner[added.row])
    row, source = added.row[mine], added.source[mine]
    labels = lexicon.sources.label.take(pa.array(source * STANDINGS + added.standing[mine]))
    offsets = np.searchsorted(row, np.arange(rows + 1))
    lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), labels)
    best = np.full(rows, -1, dtype=np.int64)
    strongest = np.lexsort((np.arange(len(mine)), -added.points[mine], row))
    if len(mine):
        heads, at = np.unique(row[strongest], return_index=True)
        best[heads] = source[strongest[at]]
    rule_id = lexicon.sources.ids_array.take(pa.array(best, mask=best < 0))
    return pc.binary_join(lists, "、"), rule_id


def lexicon_category(lexicon: Lexicon, added: Contributions) -> np.ndarray:
    """Position in JUDGED of the category each contribution speaks to."""
    return COLUMN_CATEGORY[lexicon.sources.column[added.source]]
