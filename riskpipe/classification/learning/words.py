"""Which short runs of Chinese characters stand in which text, and which of them may be learned.

Folded titles and texts go in; a sparse table of words by rows comes out, and from it the few a
training may look at. Only Chinese characters count, only words that unrelated matters share, no
word of a mask (〔电话〕), of a place or of a person on duty: the list must teach how people here
speak, not who spoke or where. Of words that always stand together the longest stays.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from riskpipe.classification.learning.terms import Terms
from riskpipe.classification.rulerows import JUDGED
from riskpipe.text import FENCE

_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_MASK: Final = re.compile(r"〔[^〔〕]*〕")


@dataclass(frozen=True)
class Presence:
    """Where words stand, once a row: parallel `row` and `word`, sorted by row, then word."""

    words: tuple[str, ...]
    rows: int
    row: np.ndarray
    word: np.ndarray

    def of_rows(self, chosen: np.ndarray) -> "Presence":
        """Only the chosen rows (a mask), numbered anew."""
        number = np.cumsum(chosen) - 1
        kept = chosen[self.row]
        return Presence(self.words, int(chosen.sum()), number[self.row[kept]], self.word[kept])

    def of_words(self, chosen: np.ndarray) -> "Presence":
        """Only the chosen words (a mask), numbered anew."""
        number = np.cumsum(chosen) - 1
        kept = chosen[self.word]
        words = tuple(word for word, is_kept in zip(self.words, chosen, strict=True) if is_kept)
        return Presence(words, self.rows, self.row[kept], number[self.word[kept]])


def written_in_han(text: str) -> str:
    """The runs of Chinese characters of a text, by blanks: all that a learned word can see."""
    return " ".join(_HAN.findall(_MASK.sub(FENCE, text)))


def presence_of(titles: pa.Array, texts: pa.Array, terms: Terms) -> Presence:
    """Every run of `shortest` to `longest` characters of every row."""
    both = zip(titles.to_pylist(), texts.to_pylist(), strict=True)
    grams = [sorted(_grams(f"{title}{FENCE}{text}", terms)) for title, text in both]
    words = tuple(sorted({gram for row in grams for gram in row}))
    number = {word: at for at, word in enumerate(words)}
    return Presence(
        words,
        len(grams),
        np.repeat(np.arange(len(grams)), [len(row) for row in grams]),
        np.array([number[gram] for row in grams for gram in row], dtype=np.int64),
    )


def widespread(presence: Presence, matter: np.ndarray, terms: Terms) -> Presence:
    """Only words that stand in enough unrelated matters."""
    pairs = np.unique(np.stack((presence.word, matter[presence.row])), axis=1)
    spread = np.bincount(pairs[0], minlength=len(presence.words))
    return presence.of_words(spread >= terms.matters)


def permitted(
    presence: Presence, masked: Iterable[str], places: Iterable[str], persons: Iterable[str]
) -> Presence:
    """Without words of masks, words inside or around a place's name, words with part of a person's.

    `masked` are texts as they stand (their masks are read), `places` names without their endings.
    """
    tokens = {token for text in masked for token in _MASK.findall(text)}
    places, persons = set(places), set(persons)
    inside = {piece for name in tokens | places for piece in _pieces(name)}
    within = {name for name in places if len(name) > 1}
    within |= {piece for name in persons for piece in _pieces(name)}
    chosen = [word not in inside and not within & _pieces(word) for word in presence.words]
    return presence.of_words(np.array(chosen, dtype=bool))


def distinct(presence: Presence) -> Presence:
    """Of words that stand in exactly the same rows only the longest."""
    order = np.argsort(presence.word, kind="stable")
    ends = np.searchsorted(presence.word[order], np.arange(len(presence.words) + 1))
    alike: dict[bytes, int] = {}
    for at, word in enumerate(presence.words):
        where = presence.row[order[ends[at] : ends[at + 1]]].tobytes()
        other = presence.words[alike.setdefault(where, at)]
        if (-len(word), word) < (-len(other), other):
            alike[where] = at
    kept = np.zeros(len(presence.words), dtype=bool)
    kept[list(alike.values())] = True
    return presence.of_words(kept)


def telling(presence: Presence, label: np.ndarray, most: int) -> Presence:
    """The words whose rows differ most in category from all rows (chi-square), at most so many."""
    if len(presence.words) <= most:
        return presence
    width, size = len(presence.words), len(JUDGED)
    flat = np.bincount(presence.word * size + label[presence.row], minlength=width * size)
    seen = flat.reshape(width, size)
    share = np.bincount(label, minlength=size) / len(label)
    expected = seen.sum(axis=1, keepdims=True) * share
    gap = np.divide(
        (seen - expected) ** 2, expected, out=np.zeros_like(expected), where=expected > 0
    )
    chosen = np.zeros(width, dtype=bool)
    chosen[np.argsort(-gap.sum(axis=1), kind="stable")[:most]] = True
    return presence.of_words(chosen)


def place_names(names: Iterable[str], endings: Sequence[str]) -> set[str]:
    """Names of streets and communities without 街道, 社区 and the like."""
    ending = re.compile(f"(?:{'|'.join(map(re.escape, endings))})$") if endings else None
    return {ending.sub("", name) if ending else name for name in names}


def _grams(text: str, terms: Terms) -> set[str]:
    return {
        run[at : at + length]
        for run in _HAN.findall(_MASK.sub(FENCE, text))
        for length in range(terms.shortest, terms.longest + 1)
        for at in range(len(run) - length + 1)
    }


def _pieces(name: str) -> set[str]:
    """Runs of two characters or more of a name, itself among them."""
    return {name[a:b] for b in range(2, len(name) + 1) for a in range(b - 1)}
