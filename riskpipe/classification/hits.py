"""Where words stand in a block of texts: flat arrays, one entry a hit, in the order of reading."""

from dataclasses import dataclass

import numpy as np


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


def spread(
    starts: np.ndarray, counts: np.ndarray, wanted: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each wanted list, its place among the wanted and the positions of its members."""
    count = counts[wanted]
    which = np.repeat(np.arange(len(wanted)), count)
    within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    return which, starts[wanted][which] + within
