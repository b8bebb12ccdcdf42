"""Splits examples into parts so that one matter never stands on both sides of a test.

Labels and matters go in, the number of its part for every example comes out. Matters are dealt one
by one to the part that has fewest of their category, in an order drawn from their place and a seed,
so parts are alike and the same examples always fall the same way.
"""

import numpy as np

from riskpipe.classification.rulerows import JUDGED


def folds_of(label: np.ndarray, matter: np.ndarray, parts: int, seed: int) -> np.ndarray:
    """Part (0 … parts-1) of every example."""
    _, number = np.unique(matter, return_inverse=True)
    size = len(JUDGED)
    flat = np.bincount(number * size + label, minlength=(number.max(initial=-1) + 1) * size)
    holds = flat.reshape(-1, size)
    drawn = np.random.default_rng(seed).permutation(len(holds))
    # Large matters first: they are hardest to place.
    order = drawn[np.argsort(-holds[drawn].sum(axis=1), kind="stable")]
    filled = np.zeros((parts, size), dtype=np.int64)
    part = np.empty(len(holds), dtype=np.int64)
    for one in order:
        crowd = filled @ holds[one]
        part[one] = np.lexsort((filled.sum(axis=1), crowd))[0]
        filled[part[one]] += holds[one]
    return part[number]
