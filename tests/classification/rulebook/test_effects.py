"""Words taken away: reckoned for all at once, then exactly; words that never count."""

import pytest

from riskpipe.classification.rulebook.effects import (
    candidates,
    counted,
    told_flips,
    told_unheard,
    turning,
    unheard,
    without,
)

# Points by hand (prior 0.5 for 非突发事件): 事故灾难 2.0 | 1.0 | 3.0 | 2.0 against 1.5 | 0.5 and
# 4.5 of 自然灾害 (树林 0.5 and the rule 4.0) against 2.0 of 起火.
FIRES = ["仓库起火"] * 6 + ["仓库起火又漏电"] * 4 + ["树林起火"] * 2
NONE, ACCIDENT = "非突发事件", "事故灾难"


@pytest.fixture
def counts(small, records):
    return counted(small, records(FIRES))


def of(counts, small, word):
    at = small.lexicon.words.index(word)
    return int(counts.rows[at]), int(counts.flips[at])


def test_each_word_s_records_and_those_it_alone_turns_are_reckoned(counts, small):
    # Without 起火: 6 fires fall to the prior, 4 stay (漏电 1.0 beats 0.5), the wood stays natural.
    assert of(counts, small, "起火") == (12, 6)
    assert of(counts, small, "漏电") == (4, 0)
    assert of(counts, small, "树林") == (2, 0)
    assert candidates(counts, small, 0.49) == ["起火"]
    assert candidates(counts, small, 0.5) == []


def test_judged_without_the_word_the_rule_it_carried_falls_too(small, small_with, records):
    flip = without("起火", small, small_with(), records(FIRES))
    # 树林 alone has 0.5 as the prior has: too thin.
    assert flip.rows == 12
    assert flip.moves == {(ACCIDENT, NONE): 6, ("自然灾害", "未分类"): 2}


def test_a_word_that_keeps_a_shorter_one_silent_comes_to_light(small_with, records):
    from riskpipe.classification import Classifier

    words = (
        ("A1", "起火", "事故灾难", "火灾", "2", "hazard", "fire", "法", ""),
        ("A2", "起火点", "自然灾害", "", "2", "hazard", "wood", "法", ""),
    )
    rules = small_with(words)
    flip = without("起火点", Classifier.load(rules), rules, records(["找到起火点"]))
    assert flip.moves == {("自然灾害", ACCIDENT): 1}


def test_few_turned_records_are_not_told(small, small_with, records):
    flips = [
        without("起火", small, small_with(), records(["仓库起火"] * number)) for number in (4, 5)
    ]
    assert [flip.rows for flip in turning(flips, 0.02)] == [5]


def test_a_turning_word_is_told_at_its_row_with_what_it_turns(small, small_with, book_of, records):
    flip = without("起火", small, small_with(), records(FIRES))
    (told,) = told_flips([flip], book_of(small_with()))
    assert told.place == "A1"
    assert not told.is_error
    assert "12 条里有 8 条换类（67%）：事故灾难→非突发事件 6、自然灾害→未分类 2" in str(told)


def test_words_that_never_count_are_told_apart(small, small_with, book_of, records):
    texts = records(["气得像起火了似的", "没有物业"])
    silent = unheard(counted(small, texts), small, book_of(small_with()), texts)
    assert silent.passed_over == {"起火": 1}
    assert set(silent.unseen) == {"漏电", "树林", "滑坡"}
    assert silent.heard == ("物业",)
    book = book_of(small_with())
    told = list(told_unheard(silent, book, 2, is_full=False))
    assert [one.code for one in told] == ["swallowed", "unseen"]
    assert "起火了似的" in told[0].message
    every = list(told_unheard(silent, book, 2, is_full=True))
    assert [one.code for one in every] == ["swallowed", *["unseen_one"] * 3]


def test_a_word_that_only_stands_denied_is_told_so(small_with, book_of, records):
    from riskpipe.classification import Classifier
    from tests.classification.rulebook.conftest import WORDS

    rules = small_with((*WORDS, ("X1", "没有", "", "", "", "negation", "", "常识", "")))
    classifier, texts = Classifier.load(rules), records(["没有滑坡"])
    silent = unheard(counted(classifier, texts), classifier, book_of(rules), texts)
    (told, *_) = told_unheard(silent, book_of(rules), 1, is_full=False)
    assert (told.code, told.place) == ("muted", "N2")
