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

from riskpipe.classification.learned import found
from riskpipe.classification.lexicon import Lexicon, load_lexicon
from riskpipe.classification.matching import find_hits
from riskpipe.classification.rulerows import COLUMN_CATEGORY, COLUMNS, JUDGED, LexiconError
from riskpipe.classification.scoring import (
    UNDECIDED,
    Contributions,
    answers_of,
    contributions_of,
)
from riskpipe.rules import Rules
from riskpipe.text import FENCE, fold
from riskpipe.vocabulary import FOUR_CATEGORIES, Category

BLOCK: Final = 4_096
"""Rows judged at a time: four times as many fall out of the processor's cache and cost twice as
much a text. Must stay below 65,536, rows are sorted as two-byte numbers."""

SCHEMA: Final = pa.schema(
    {
        "category": pa.string(),
        "subcategory": pa.string(),
        "front_runner": pa.string(),
        "runner_up": pa.string(),
        "also": pa.string(),
        "margin": pa.float64(),
        "evidence": pa.string(),
        "against": pa.string(),
        "rule_id": pa.string(),
    }
)
_CATEGORY_NAMES: Final = pa.array([*map(str, JUDGED), str(Category.UNCLASSIFIED)], pa.string())
_COLUMN_NAMES: Final = pa.array(
    [name or (None if category is Category.NONE else "其他") for category, name in COLUMNS],
    pa.string(),
)
_ALSO: Final = pa.array(
    [
        "、".join(name for at, name in enumerate(FOUR_CATEGORIES) if mask >> at & 1) or None
        for mask in range(1 << len(FOUR_CATEGORIES))
    ],
    pa.string(),
)
"""What each bit mask of `Answers.also` reads."""


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
            np.full(len(texts), -1) if stated is None else stated_numbers(told),
        )
        return answers.take(back) if repeats else answers

    def judge_folded(
        self, titles: pa.Array, texts: pa.Array, prior: int, stated: np.ndarray
    ) -> pa.Table:
        """Judge texts that are folded already and hold no nulls."""
        blocks = []
        for at in range(0, len(texts), BLOCK):
            here = slice(at, at + BLOCK)
            added = contributions_to(
                self.lexicon, titles.slice(at, BLOCK), texts.slice(at, BLOCK), prior, stated[here]
            )
            blocks.append(self._block(added, len(stated[here])))
        return pa.Table.from_batches(blocks, SCHEMA)

    def prior_number(self, prior: str) -> int:
        """Which row of the priors; an unknown one is an error that lists what there is."""
        if prior not in self.lexicon.priors:
            known = "、".join(self.lexicon.priors)
            raise LexiconError(f"来源先验表 priors.csv 没有“{prior}”这一行，现有：{known}。")
        return self.lexicon.priors[prior]

    def _block(self, added: Contributions, rows: int) -> pa.RecordBatch:
        answers = answers_of(self.lexicon, added, rows)
        category = np.where(answers.is_thin, UNDECIDED, answers.winner)
        subcategory = _COLUMN_NAMES.take(pa.array(answers.column, mask=answers.is_thin))
        mine = _mine(self.lexicon, added, answers.winner)
        other = _mine(self.lexicon, added, answers.runner_up)
        return pa.RecordBatch.from_arrays(
            [
                _CATEGORY_NAMES.take(pa.array(category)),
                subcategory,
                _CATEGORY_NAMES.take(pa.array(answers.winner)),
                _CATEGORY_NAMES.take(pa.array(answers.runner_up)),
                _ALSO.take(pa.array(answers.also)),
                pa.array(answers.margin),
                _spoken(self.lexicon, added, mine, rows),
                _spoken(self.lexicon, added, other, rows),
                _decisive(self.lexicon, added, mine, rows),
            ],
            schema=SCHEMA,
        )


def contributions_to(
    lexicon: Lexicon, titles: pa.Array, texts: pa.Array, prior: int, stated: np.ndarray
) -> Contributions:
    """All that adds points to one block of folded texts."""
    hits = find_hits(lexicon, titles, texts)
    return contributions_of(lexicon, hits, found(lexicon.learned, titles, texts), prior, stated)


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


def stated_numbers(stated: pa.Array) -> np.ndarray:
    """Position of the stated category in JUDGED, -1 where it is blank or none of C3."""
    known = _CATEGORY_NAMES.slice(0, len(JUDGED))
    found = pc.fill_null(pc.index_in(fold(stated), value_set=known), -1)
    return found.to_numpy(zero_copy_only=False).astype(np.int64)


def _mine(lexicon: Lexicon, added: Contributions, side: np.ndarray) -> np.ndarray:
    """Which contributions speak to the category each row is asked for."""
    return np.flatnonzero(lexicon_category(lexicon, added) == side[added.row])


def _spoken(lexicon: Lexicon, added: Contributions, mine: np.ndarray, rows: int) -> pa.Array:
    """What spoke for and against one category a row, in words."""
    labels = lexicon.labels_of(added.source[mine], added.standing[mine])
    offsets = np.searchsorted(added.row[mine], np.arange(rows + 1))
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), labels), "、")


def _decisive(lexicon: Lexicon, added: Contributions, mine: np.ndarray, rows: int) -> pa.Array:
    """The id of what added most to one category a row, the first of equals; null for nothing."""
    row, points = added.row[mine], added.points[mine]
    ends = np.searchsorted(row, np.arange(rows + 1))
    filled = np.flatnonzero(np.diff(ends))
    best = np.full(rows, -1, dtype=np.int64)
    if len(filled):
        most = np.repeat(np.maximum.reduceat(points, ends[filled]), np.diff(ends)[filled])
        tops = np.flatnonzero(points == most)
        first = tops[np.searchsorted(tops, ends[filled])]
        best[filled] = added.source[mine[first]]
    return lexicon.sources.ids_array.take(pa.array(best, mask=best < 0))


def lexicon_category(lexicon: Lexicon, added: Contributions) -> np.ndarray:
    """Position in JUDGED of the category each contribution speaks to."""
    return COLUMN_CATEGORY[lexicon.sources.column[added.source]]
