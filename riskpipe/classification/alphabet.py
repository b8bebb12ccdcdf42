"""Texts as the bytes an automaton reads, and where words stand in them.

Words go in and come out as an alphabet (a two-byte code for every character some word uses, one
code for all others) and an automaton over it; a block of texts goes in as one haystack and every
place where a word stands comes out. What a word means is not known here.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

import ahocorasick_rs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.text import FENCE

LETTERS: Final = 0x20000
"""Characters told apart: the first two planes of Unicode, where Chinese and emoji live."""

MOST_LETTERS: Final = 127 * 128
OTHER: Final = 0x8000


def alphabet_of(words: Iterable[str]) -> np.ndarray:
    """A code for every character of the words, by code point. OverflowError past 16,256.

    First bytes lie below 128 and second bytes above, so a match cannot begin in the middle
    of a character, and a byte offset halved is the character's position.
    """
    characters = sorted({character for word in words for character in word})
    if len(characters) >= MOST_LETTERS:
        raise OverflowError
    codes = np.full(LETTERS, OTHER, dtype="<u2")
    for at, character in enumerate(characters):
        codes[min(ord(character), LETTERS - 1)] = (0x80 + at % 128) << 8 | 1 + at // 128
    return codes


def encoded(text: str, alphabet: np.ndarray) -> np.ndarray:
    """The two-byte codes of a text; its raw bytes are what the automaton reads."""
    letters = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    return alphabet[np.minimum(letters, LETTERS - 1)]


def automaton_of(words: Sequence[str], alphabet: np.ndarray) -> ahocorasick_rs.BytesAhoCorasick:
    """Finds all words at once."""
    # A full table is fastest while it fits the processor's cache, which a few thousand words do.
    small = len(words) <= 1_000
    made = ahocorasick_rs.Implementation
    return ahocorasick_rs.BytesAhoCorasick(
        [encoded(word, alphabet).tobytes() for word in words],
        implementation=made.DFA if small else made.ContiguousNFA,
    )


def haystack(titles: pa.Array, texts: pa.Array) -> str:
    """Title, fence, text, fence for every row, as one string. Texts are folded, none is null."""
    rows = pc.binary_join_element_wise(titles, texts, FENCE)
    block = pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows)
    return pc.binary_join(block, FENCE)[0].as_py() + FENCE


def places(
    automaton: ahocorasick_rs.BytesAhoCorasick, codes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pattern, start and end (in characters) of every word found, overlapping ones included."""
    found = automaton.find_matches_as_indexes(codes.view(np.uint8).data, overlapping=True)
    flat = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found))
    return flat[0::3], flat[1::3] // 2, flat[2::3] // 2
