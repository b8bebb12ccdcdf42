"""Where the words of the lexicon stand in a block of texts.

A block of folded texts goes in, flat arrays of hits come out, one entry a hit, in the order
of reading. Two rules of language are applied on the way: of overlapping words the one that
lies wholly inside a longer one is dropped (消防通道 says more than 消防, and a figure of
speech swallows the danger it is made of), and a danger within a few characters after a
negation is cancelled. What hits are worth is not decided here.
"""

from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.classification.lexicon import Lexicon, encoded

FENCE: Final = "\x1e"
"""Parts title from text and row from row; folding leaves none inside."""

LONGEST: Final = 256
"""No word is longer; sorts hits by where they begin, longer first."""


@dataclass(frozen=True)
class Hits:
    """`row`, `place` (position in PLACES), `pattern`, `start`, `end` of every hit.

    Positions count characters from the start of the block; `segment` tells titles and texts
    of all rows apart.
    """

    row: np.ndarray
    segment: np.ndarray
    place: np.ndarray
    pattern: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def at(self, chosen: np.ndarray) -> "Hits":
        """The chosen hits (a mask or indexes)."""
        return Hits(
            self.row[chosen],
            self.segment[chosen],
            self.place[chosen],
            self.pattern[chosen],
            self.start[chosen],
            self.end[chosen],
        )


def find_hits(lexicon: Lexicon, titles: pa.Array, texts: pa.Array) -> Hits:
    """Hits that count, in reading order (row, title before text, position)."""
    pattern, start, end = _found(lexicon, _haystack(titles, texts))
    keep = _not_inside_longer(end)
    pattern, start, end = pattern[keep], start[keep], end[keep]
    ends = _segment_ends(titles, texts)
    segment = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))[start]
    begins = np.concatenate(([0], ends[:-1]))
    place = _places(lexicon, begins, segment, start)
    hits = Hits(segment // 2, segment, place, pattern, start, end)
    silent = lexicon.is_figure[pattern] | lexicon.is_negation[pattern]
    return hits.at(~(silent | _negated(lexicon, hits)))


def _haystack(titles: pa.Array, texts: pa.Array) -> str:
    """Title, fence, text, fence for every row, as one string."""
    rows = pc.binary_join_element_wise(titles, texts, FENCE)
    block = pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows)
    return pc.binary_join(block, FENCE)[0].as_py() + FENCE


def _segment_ends(titles: pa.Array, texts: pa.Array) -> np.ndarray:
    """Position behind each title and each text in the haystack, fences counted."""
    lengths = np.empty(2 * len(texts), dtype=np.int64)
    lengths[0::2] = pc.utf8_length(titles).to_numpy(zero_copy_only=False)
    lengths[1::2] = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    return np.cumsum(lengths + 1)


def _places(
    lexicon: Lexicon, begins: np.ndarray, segment: np.ndarray, start: np.ndarray
) -> np.ndarray:
    """Title, opening or rest. Where there is no title the first words of the text are one."""
    offset = start - begins[segment]
    row = segment // 2
    untitled = begins[2 * row + 1] - begins[2 * row] == 1
    leads = (segment % 2 == 0) | (untitled & (offset < lexicon.decision.lead_chars))
    return np.where(leads, 0, 1 + (offset >= lexicon.decision.opening_chars))


def _found(lexicon: Lexicon, haystack: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every word found, overlapping ones included, sorted by start, longer first."""
    codes = encoded(haystack, lexicon.alphabet)
    found = lexicon.automaton.find_matches_as_indexes(codes.view(np.uint8).data, overlapping=True)
    flat = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found))
    pattern, start, end = flat[0::3], flat[1::3] // 2, flat[2::3] // 2
    order = np.argsort(start * LONGEST - (end - start), kind="stable")
    return pattern[order], start[order], end[order]


def _not_inside_longer(end: np.ndarray) -> np.ndarray:
    """Longest wins: a hit ending no later than one that began before it lies inside that one."""
    keep = np.ones(len(end), dtype=bool)
    furthest = np.maximum.accumulate(end)
    keep[1:] = end[1:] > furthest[:-1]
    return keep


def _negated(lexicon: Lexicon, hits: Hits) -> np.ndarray:
    """Dangers that stand at most a few characters behind a negation of the same segment."""
    cancelled = np.zeros(len(hits.row), dtype=bool)
    deniers = np.flatnonzero(lexicon.is_negation[hits.pattern])
    if not len(deniers):
        return cancelled
    dangers = np.flatnonzero(lexicon.is_cancellable[hits.pattern])
    # Ends of kept hits never go back (nothing lies inside another), so they are sorted.
    before = np.searchsorted(hits.end[deniers], hits.start[dangers], side="right") - 1
    denier = deniers[np.maximum(before, 0)]
    near = hits.start[dangers] - hits.end[denier] <= lexicon.decision.negation_chars
    same = hits.segment[dangers] == hits.segment[denier]
    cancelled[dangers[(before >= 0) & near & same]] = True
    return cancelled
