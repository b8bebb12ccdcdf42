"""Scores and intervals, counted by hand."""

import numpy as np
import pytest

from riskpipe.classification.learning.gate import enough, is_open, proven
from riskpipe.classification.learning.scores import compared, macro_and_alarms
from riskpipe.classification.scoring import UNDECIDED, decided, lead_of

NATURAL, ACCIDENT, HEALTH, SOCIAL, NONE = range(5)
LABEL = np.array([NATURAL, NATURAL, ACCIDENT, ACCIDENT, NONE, NONE, NONE, NONE])
RULES = np.array([NATURAL, NONE, ACCIDENT, UNDECIDED, NONE, NONE, ACCIDENT, NONE])
"""Natural: 1 said, 1 right of 2 → F1 2/3. Accident: 2 said, 1 right of 2 → 2/4. 1 alarm of 4."""


def comparison(blend, terms, sure=None):
    is_sure = np.zeros(8, dtype=bool) if sure is None else sure
    matter = np.arange(8)
    return compared(LABEL, matter, RULES, blend, is_sure=is_sure, terms=terms)


def test_macro_f1_is_over_the_categories_that_occur():
    macro, alarms = macro_and_alarms(LABEL, RULES)
    assert macro == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert alarms == 0.25


def test_the_same_answers_gain_nothing_and_are_not_proven(terms):
    found = comparison(RULES, terms)
    assert (found.gain, found.gain_interval.low, found.gain_interval.high) == (0, 0, 0)
    assert (found.mended, found.spoiled) == (0, 0)
    assert found.rules.undecided == 1 / 8
    assert found.rules.precision.tolist() == [1, 0.5, 0, 0]
    assert found.rules.recall.tolist() == [0.5, 0.5, 0, 0]
    failed = [c.name for c in proven(found, 3, terms) if not c.is_met]
    assert failed == ["胜过规则"]


def test_perfect_answers_mend_three(terms):
    found = comparison(LABEL, terms)
    assert found.gain == pytest.approx(1 - 7 / 12)
    assert (found.mended, found.spoiled) == (3, 0)
    assert 0 <= found.gain_interval.low <= found.gain <= found.gain_interval.high


def test_more_false_alarms_close_the_gate(terms):
    worse = np.where(LABEL == NONE, ACCIDENT, LABEL)
    names = [c.name for c in proven(comparison(worse, terms), 3, terms) if not c.is_met]
    assert "误报不增" in names


def test_spoiling_what_the_rules_were_sure_of_closes_the_gate(terms):
    worse = RULES.copy()
    worse[0] = ACCIDENT
    conditions = proven(comparison(worse, terms, np.arange(8) == 0), 3, terms)
    assert [c.found for c in conditions if c.name == "不改坏有把握的"] == [
        "规则把握不低于 0.5 的行，改对 0 条、改错 1 条，改错的不得多于改对的"
    ]
    assert not is_open(conditions)


def test_rows_of_one_matter_are_drawn_together(terms):
    """One matter only: every draw is the whole, so chance has no room."""
    whole = compared(
        LABEL, np.zeros(8, dtype=int), RULES, LABEL, is_sure=np.zeros(8, bool), terms=terms
    )
    assert whole.gain_interval.low == pytest.approx(whole.gain)
    assert whole.gain_interval.high == pytest.approx(whole.gain)


def test_too_few_rows_are_told_with_what_is_missing(terms):
    label = np.repeat([NATURAL, ACCIDENT, NONE], [12, 100, 20])
    assert [(c.name, c.found) for c in enough(label, terms) if not c.is_met] == [
        ("已确认的条数", "132，至少 200，还差 68"),
        ("自然灾害", "12，至少 15，还差 3"),
    ]


def test_without_ordinary_messages_nothing_is_proven(terms):
    conditions = enough(np.zeros(500, dtype=int), terms)
    assert [(c.name, c.found) for c in conditions if not c.is_met] == [
        ("非突发事件", "0，至少 15，还差 15")
    ]


def test_a_thin_lead_is_no_answer():
    points = np.array([[300, 100, 0, 0, 0], [100, 0, 0, 0, 99], [-5, 0, 0, 0, 0]])
    assert lead_of(points).margin == pytest.approx([0.5, 1 / 199, 0])
    assert decided(points, 0.03).tolist() == [NATURAL, UNDECIDED, UNDECIDED]
