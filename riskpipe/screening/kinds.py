"""A sub-category is one of its category's, or it is not understood.

Two typed columns of the same rows go in, the rows where they do not fit come out. Either alone
is right or wrong by its own code list, which columns.py asks; nothing is repaired.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.vocabulary import SUBCATEGORIES

PAIRS = tuple(f"{category}/{name}" for category, names in SUBCATEGORIES.items() for name in names)


def misplaced(categories: pa.Array, subcategories: pa.Array) -> np.ndarray:
    """A mask of the rows whose sub-category is none of their category's; blanks fit anywhere."""
    pairs = pc.binary_join_element_wise(categories, subcategories, "/")
    known = pc.is_in(pairs, value_set=pa.array(PAIRS, pa.string()))
    return np.asarray(pc.and_(pc.is_valid(pairs), pc.invert(known)))
