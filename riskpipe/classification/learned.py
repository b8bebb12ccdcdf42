"""The learned words: a list an office trained on its own confirmed categories, as rule rows.

Rows of learned.csv go in; which learned words stand in which text comes out, each once a row
however often it stands there, and what they add to each category. An empty list is off and costs
nothing. How the list is trained is `classification.learning`; how its points meet those of the
other rules is the classifier's business.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import ahocorasick_rs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.classification.alphabet import (
    alphabet_of,
    automaton_of,
    encoded,
    haystack,
    places,
)
from riskpipe.classification.rulerows import JUDGED, LexiconError, points_of
from riskpipe.rules import Rules

NAME: Final = "classification/learned"
BLOCK: Final = 4_096
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
"""A learned word holds nothing else: numbers, letters and marks may be somebody's."""


@dataclass(frozen=True)
class Learned:
    """The list, sorted by word; an entry is one row of it: a word and one category it speaks to.

    `category` is a position in JUDGED, `points` are hundredths of a weight; `first_entry` and
    `entry_count` lead from a word to its entries.
    """

    ids: tuple[str, ...]
    words: tuple[str, ...]
    category: np.ndarray
    points: np.ndarray
    first_entry: np.ndarray
    entry_count: np.ndarray
    alphabet: np.ndarray
    automaton: ahocorasick_rs.BytesAhoCorasick | None

    @property
    def names(self) -> tuple[str, ...]:
        """What evidence calls each entry."""
        spread = np.repeat(np.arange(len(self.words)), self.entry_count)
        return tuple(f"学习词“{self.words[word]}”" for word in spread)


def load_learned(rules: Rules) -> Learned:
    """The office's list; LexiconError (Chinese) names the row that cannot be used."""
    return learned_of(rules.rows(NAME))


def learned_of(rows: Sequence[Mapping[str, str]]) -> Learned:
    """Check rows and lay them out. LexiconError as `load_learned`."""
    checked = sorted((row["word"], _category(row), row["id"], _points(row)) for row in rows)
    _refuse_repeats(checked)
    words = tuple(dict.fromkeys(word for word, *_ in checked))
    number = {word: at for at, word in enumerate(words)}
    count = np.bincount([number[word] for word, *_ in checked], minlength=len(words))
    alphabet = alphabet_of(words)
    return Learned(
        ids=tuple(identity for _, _, identity, _ in checked),
        words=words,
        category=np.array([category for _, category, _, _ in checked], dtype=np.int64),
        points=np.array([points for *_, points in checked], dtype=np.int64),
        first_entry=np.cumsum(count) - count,
        entry_count=count,
        alphabet=alphabet,
        automaton=automaton_of(words, alphabet) if words else None,
    )


def found(learned: Learned, titles: pa.Array, texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Row and entry of every learned word, each once a row, sorted by row, then entry.

    `titles` and `texts` are folded and hold no nulls; a word may stand in either.
    """
    nothing = np.zeros(0, dtype=np.int64)
    if learned.automaton is None:
        return nothing, nothing
    parts = [
        (at + row, entry)
        for at in range(0, len(texts), BLOCK)
        for row, entry in [
            _in_block(learned, learned.automaton, titles.slice(at, BLOCK), texts.slice(at, BLOCK))
        ]
    ]
    return (
        np.concatenate([nothing, *(row for row, _ in parts)]),
        np.concatenate([nothing, *(entry for _, entry in parts)]),
    )


def points(learned: Learned, titles: pa.Array, texts: pa.Array) -> np.ndarray:
    """What the learned words add: rows × categories (order of JUDGED), hundredths of a weight."""
    row, entry = found(learned, titles, texts)
    flat = np.zeros(len(texts) * len(JUDGED), dtype=np.int64)
    np.add.at(flat, row * len(JUDGED) + learned.category[entry], learned.points[entry])
    return flat.reshape(len(texts), len(JUDGED))


def _in_block(
    learned: Learned,
    automaton: ahocorasick_rs.BytesAhoCorasick,
    titles: pa.Array,
    texts: pa.Array,
) -> tuple[np.ndarray, np.ndarray]:
    codes = encoded(haystack(titles, texts), learned.alphabet)
    pattern, start, _ = places(automaton, codes)
    lengths = pc.add(pc.utf8_length(titles), pc.utf8_length(texts)).to_numpy(zero_copy_only=False)
    row = np.repeat(np.arange(len(texts)), lengths + 2)[start]
    once = np.unique(row * len(learned.words) + pattern)
    row, pattern = np.divmod(once, len(learned.words))
    count = learned.entry_count[pattern]
    spread = np.repeat(np.arange(len(row)), count)
    within = np.arange(len(spread)) - np.repeat(np.cumsum(count) - count, count)
    return row[spread], learned.first_entry[pattern][spread] + within


def _category(row: Mapping[str, str]) -> int:
    if row["category"] not in JUDGED:
        raise LexiconError(f"{_at(row)}：类别“{row['category']}”不在 {'、'.join(JUDGED)} 之内。")
    return JUDGED.index(row["category"])  # type: ignore[arg-type]


def _points(row: Mapping[str, str]) -> int:
    if not _HAN.fullmatch(row["word"]):
        raise LexiconError(f"{_at(row)}：学习词只能由汉字组成，请删去这一行。")
    return points_of(_at(row), row["weight"])


def _refuse_repeats(checked: Sequence[tuple[str, int, str, int]]) -> None:
    seen: dict[tuple[str, int], str] = {}
    for word, category, identity, _ in checked:
        if (word, category) in seen:
            raise LexiconError(
                f"学习词表 learned.csv 编号 {identity} 与 {seen[word, category]} 重复："
                "请运行 riskpipe learn 重新训练，不要手工增行。"
            )
        seen[word, category] = identity


def _at(row: Mapping[str, str]) -> str:
    return f"学习词表 learned.csv 编号 {row['id']}"
