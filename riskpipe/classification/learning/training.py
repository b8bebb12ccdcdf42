"""The one door to scikit-learn: which words speak for which category, and how strongly.

A table of words by rows and the confirmed categories go in; a matrix of categories by words comes
out, in log-odds, most of it nought. Everything is on one thread and in a fixed order, so the same
rows give the same numbers on any number of processors. Nothing here is needed when texts are judged.
"""

import importlib.util
import warnings

import numpy as np

from riskpipe.classification.learning.words import Presence
from riskpipe.classification.rulerows import JUDGED

ROUNDS = 400
"""Passes over the rows; the few words that matter have settled well before."""


def is_installed() -> bool:
    """Is scikit-learn there (extra `riskpipe[learn]`)?"""
    return importlib.util.find_spec("sklearn") is not None


def coefficients(presence: Presence, label: np.ndarray, strength: float) -> np.ndarray:
    """Log-odds that a word adds, categories (JUDGED) × words; nought where nothing is to be learned.

    Multinomial logistic regression, elastic net (half L1: few words; half L2: words that go
    together share), every category weighing the same however many rows it has. The constant is
    not used: how likely a category is beforehand the priors of the rules say.
    """
    answer = np.zeros((len(JUDGED), len(presence.words)))
    classes = np.unique(label)
    if len(classes) < 2 or not presence.words:
        return answer
    found = _fitted(presence, label, strength)
    answer[classes] = np.concatenate((-found, found)) / 2 if len(classes) == 2 else found
    return answer


def _fitted(presence: Presence, label: np.ndarray, strength: float) -> np.ndarray:
    from scipy.sparse import csr_array
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    ones = np.ones(len(presence.row))
    table = csr_array(
        (ones, (presence.row, presence.word)), shape=(presence.rows, len(presence.words))
    )
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    model = LogisticRegression(
        C=strength,
        l1_ratio=0.5,
        solver="saga",
        class_weight="balanced",
        max_iter=ROUNDS,
        tol=1e-3,
        random_state=0,
    )
    with warnings.catch_warnings(), threadpool_limits(limits=1):
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(table, label).coef_
