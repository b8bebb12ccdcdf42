"""Where the words of the lexicon stand in a block of texts.

A block of folded texts goes in, flat arrays of hits come out, one entry a hit, in the order
of reading. Two rules of language are applied on the way: of overlapping words the one that
lies wholly inside a longer one is dropped (消防通道 says more than 消防, and a figure of
speech swallows the danger it is made of), and words near a cue stand in its scope (denied,
done with, supposed, past, asked for), where they may count for nothing and are then dropped.
What hits are worth is not decided here.
"""

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.classification.alphabet import encoded, haystack, places
from riskpipe.classification.decision import Scope
from riskpipe.classification.hits import Hits, spread
from riskpipe.classification.lexicon import Lexicon

LONGEST: Final = 256
"""No word is longer; sorts hits by where they begin, longer first."""


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
    is_danger = lexicon.is_danger[hits.pattern]
    strength = lexicon.stop[codes]
    clauses = np.flatnonzero(strength)
    stops = (clauses, clauses[strength[clauses] > 1])
    for number in range(len(lexicon.scopes) - 1, -1, -1):
        scope, cues = lexicon.scopes[number], bearing[cue[bearing] == number]
        if len(cues):
            reached = _reached(scope, hits, cues, stops[scope.bound])
            scopes[reached[is_danger[reached]] if scope.only_dangers else reached] = number + 1
    return scopes


def _reached(scope: Scope, hits: Hits, cues: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """The hits near enough to a cue on its side, no stop and no other segment between."""
    # Nothing kept lies inside another hit, so starts and ends are both sorted.
    if scope.comes_after:
        edge = hits.end[cues]
        low = np.searchsorted(hits.start, edge)
        high = np.searchsorted(hits.start, edge + scope.reach, side="right")
    else:
        edge = hits.start[cues]
        low = np.searchsorted(hits.end, edge - scope.reach)
        high = np.searchsorted(hits.end, edge, side="right")
    which, hit = spread(low, np.maximum(high - low, 0), np.arange(len(cues)))
    near = hits.start[hit] if scope.comes_after else hits.end[hit]
    unparted = np.searchsorted(stops, edge[which]) == np.searchsorted(stops, near)
    return hit[unparted & (hits.segment[cues[which]] == hits.segment[hit])]
