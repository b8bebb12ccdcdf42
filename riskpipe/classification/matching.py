"""Where the words of the lexicon stand in a block of texts.

A block of folded texts goes in, flat arrays of hits come out, one entry a hit, in the order
of reading. Two rules of language are applied on the way: of overlapping words the one that
lies wholly inside a longer one is dropped (消防通道 says more than 消防, and a figure of
speech swallows the danger it is made of), and words near a cue stand in its scope (denied,
done with, supposed, past, asked for), where they may count for nothing and are then dropped.
What hits are worth is not decided here.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.classification.alphabet import encoded, haystack, places
from riskpipe.classification.lexicon import Lexicon, Scope

LONGEST: Final = 256
"""No word is longer; sorts hits by where they begin, longer first."""


@dataclass(frozen=True)
class Hits:
    """`row`, `place` (position in PLACES), `pattern`, `start`, `end`, `scope` of every hit.

    `scope` is 0 for a word that stands plainly, else one more than the scope's position.
    Positions count characters from the start of the block; `segment` tells titles and texts
    of all rows apart.
    """

    row: np.ndarray
    segment: np.ndarray
    place: np.ndarray
    pattern: np.ndarray
    start: np.ndarray
    end: np.ndarray
    scope: np.ndarray

    def at(self, chosen: np.ndarray) -> "Hits":
        """The chosen hits (a mask or indexes)."""
        return Hits(
            self.row[chosen],
            self.segment[chosen],
            self.place[chosen],
            self.pattern[chosen],
            self.start[chosen],
            self.end[chosen],
            self.scope[chosen],
        )


def find_hits(lexicon: Lexicon, titles: pa.Array, texts: pa.Array) -> Hits:
    """Hits that count, in reading order (row, title before text, position)."""
    codes = encoded(haystack(titles, texts), lexicon.alphabet)
    pattern, start, end = _by_start(*places(lexicon.automaton, codes))
    keep = _not_inside_longer(end)
    pattern, start, end = pattern[keep], start[keep], end[keep]
    ends = _segment_ends(titles, texts)
    segment = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))[start]
    begins = np.concatenate(([0], ends[:-1]))
    place = _places(lexicon, begins, segment, start)
    plain = np.zeros(len(start), dtype=np.int64)
    hits = Hits(segment // 2, segment, place, pattern, start, end, plain)
    scope = _scopes_of(lexicon, hits, codes)
    worth = np.array([100, *(scope.percent for scope in lexicon.scopes)])
    return replace(hits, scope=scope).at(~lexicon.is_mute[pattern] & (worth[scope] > 0))


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


def _by_start(
    pattern: np.ndarray, start: np.ndarray, end: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sorted by where they start, longer first."""
    order = np.argsort(start * LONGEST - (end - start), kind="stable")
    return pattern[order], start[order], end[order]


def _not_inside_longer(end: np.ndarray) -> np.ndarray:
    """Longest wins: a hit ending no later than one that began before it lies inside that one."""
    keep = np.ones(len(end), dtype=bool)
    furthest = np.maximum.accumulate(end)
    keep[1:] = end[1:] > furthest[:-1]
    return keep


def _scopes_of(lexicon: Lexicon, hits: Hits, codes: np.ndarray) -> np.ndarray:
    """The first scope (in the order of scopes.csv) each hit stands in, counted from 1; or 0."""
    scopes = np.zeros(len(hits.row), dtype=np.int64)
    cue = lexicon.cue[hits.pattern]
    bearing = np.flatnonzero(cue >= 0)
    if not len(bearing):
        return scopes
    dangers = np.flatnonzero(lexicon.is_danger[hits.pattern])
    strength = lexicon.stop[codes]
    clauses = np.flatnonzero(strength)
    stops = (clauses, clauses[strength[clauses] > 1])
    for number in range(len(lexicon.scopes) - 1, -1, -1):
        scope, cues = lexicon.scopes[number], bearing[cue[bearing] == number]
        if len(cues):
            affected = dangers if scope.only_dangers else np.arange(len(hits.row))
            reached = _reached(scope, hits, cues, affected, stops[scope.bound])
            scopes[affected[reached]] = number + 1
    return scopes


def _reached(
    scope: Scope, hits: Hits, cues: np.ndarray, affected: np.ndarray, stops: np.ndarray
) -> np.ndarray:
    """Which affected hits stand near enough to a cue, no stop and no other segment between."""
    # Ends of kept hits never go back (nothing lies inside another), so both sides are sorted.
    if scope.comes_after:
        at = np.searchsorted(hits.end[cues], hits.start[affected], side="right") - 1
        cue = cues[np.maximum(at, 0)]
        exists, first, last = at >= 0, hits.end[cue], hits.start[affected]
    else:
        at = np.searchsorted(hits.start[cues], hits.end[affected], side="left")
        cue = cues[np.minimum(at, len(cues) - 1)]
        exists, first, last = at < len(cues), hits.end[affected], hits.start[cue]
    near = last - first <= scope.reach
    unparted = np.searchsorted(stops, first) == np.searchsorted(stops, last)
    return exists & near & unparted & (hits.segment[cue] == hits.segment[affected])
