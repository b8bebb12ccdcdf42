"""No matter on both sides, and parts alike."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from riskpipe.classification.learning.folds import folds_of

SEED = 7


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), min_size=1, max_size=200))
@settings(max_examples=60, deadline=None)
def test_a_matter_stands_in_one_part(rows):
    label, matter = np.array(rows).T
    fold = folds_of(label, matter, 5, SEED)
    assert set(fold.tolist()) <= set(range(5))
    assert all(len(set(fold[matter == one].tolist())) == 1 for one in set(matter.tolist()))


def test_parts_hold_every_category_alike():
    label = np.repeat([0, 1, 4], [50, 15, 100])
    fold = folds_of(label, np.arange(165), 5, SEED)
    for category, each in ((0, 10), (1, 3), (4, 20)):
        assert np.bincount(fold[label == category]).tolist() == [each] * 5


def test_another_seed_deals_differently():
    label, matter = np.zeros(50, dtype=int), np.arange(50)
    assert folds_of(label, matter, 5, 1).tolist() != folds_of(label, matter, 5, 2).tolist()
