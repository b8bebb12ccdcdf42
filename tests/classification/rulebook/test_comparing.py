"""The same records under two rule sets: what moves, what a person settled, what months gain."""

import pytest

from riskpipe.classification import Classifier
from riskpipe.classification.rulebook.comparing import Tally, compared
from tests.classification.rulebook.conftest import WORDS

TEXTS = ["仓库起火", "仓库起火", "后山滑坡", "问物业", "仓库起火"]


@pytest.fixture
def comparison(small, small_with, records):
    """起火 no longer counts; the last record was settled by a person."""
    poorer = Classifier.load(small_with(WORDS[1:], ()))
    return compared(small, poorer, records(TEXTS, confirmed=[4]))


def test_moved_records_are_told_with_both_answers(comparison):
    assert [(m.number, m.old, m.new) for m in comparison.moves] == [
        ("JB0", ("事故灾难", "火灾"), ("非突发事件", "")),
        ("JB1", ("事故灾难", "火灾"), ("非突发事件", "")),
    ]
    # 2.0 against the prior's 0.5; then the prior alone.
    assert [(m.old_margin, m.new_margin) for m in comparison.moves] == [(0.6, 1.0)] * 2
    assert "起火+2.0" in comparison.moves[0].old_evidence


def test_settled_records_do_not_move_and_are_counted_apart(comparison):
    assert comparison.records == 5
    assert (comparison.confirmed, comparison.confirmed_otherwise) == (1, 1)
    assert comparison.flows() == {("事故灾难", "非突发事件"): 2}


def test_months_gain_what_others_lose_and_unmoved_categories_are_left_out(comparison):
    assert comparison.tallies == (
        Tally("举报登记", "2026-10", "事故灾难", 2, 0, 0, 2),
        Tally("举报登记", "2026-10", "非突发事件", 1, 3, 2, 0),
    )


def test_the_same_rules_move_nothing(small, records):
    same = compared(small, small, records(TEXTS))
    assert (same.moves, same.tallies, same.confirmed_otherwise) == ((), (), 0)


def test_a_change_within_a_category_moves_the_sub_category_only(small, small_with, records):
    other = tuple((*row[:3], "气象", *row[4:]) if row[0] == "N2" else row for row in WORDS)
    comparison = compared(small, Classifier.load(small_with(other)), records(["后山滑坡"]))
    (move,) = comparison.moves
    assert not move.is_of_category
    assert (move.old, move.new) == (("自然灾害", "地质"), ("自然灾害", "气象"))
    assert comparison.tallies == ()
