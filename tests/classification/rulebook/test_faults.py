"""Each fault and clash, from one bad row each, and none from sound ones."""

import pytest

from riskpipe.classification.rulebook.clashes import clashes
from riskpipe.classification.rulebook.faults import faults
from tests.classification.rulebook.conftest import PAIRS, WORDS

SOUND = ("B1", "洪水", "自然灾害", "水旱", "2", "hazard", "", "防洪法", "")


def changed(**cells: str) -> tuple[str, ...]:
    names = ("id", "word", "category", "subcategory", "weight", "kind", "group", "source", "note")
    return tuple(cells.get(name, cell) for name, cell in zip(names, SOUND, strict=True))


def pair(**cells: str) -> tuple[str, ...]:
    names = ("id", "first", "second", "within", "category", "subcategory", "weight", "reason")
    sound = ("P9", "wood", "fire", "6", "事故灾难", "", "1", "试验")
    return tuple(cells.get(name, cell) for name, cell in zip(names, sound, strict=True))


@pytest.fixture
def codes(small_with, sheets, book_of):
    """(code, place) of all that faults and clashes find in a rule set; places are ids."""

    def found(words=(), pairs=()):
        rules = small_with((*WORDS, *words), (*PAIRS, *pairs))
        book = book_of(rules)
        shown = [sheet for sheet in sheets if sheet.rule in book]
        bad = [(one.code, one.place) for one in faults(shown, book, rules)]
        return bad or [(one.code, one.place) for one in clashes(shown, book, rules)]

    return found


def test_sound_rows_are_not_told(codes):
    assert codes([SOUND], [pair()]) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (changed(word=""), "empty"),
        (changed(kind="危害"), "not_listed"),
        (changed(category="自然灾祸"), "not_listed"),
        (changed(category=""), "needs_category"),
        (changed(subcategory="火灾"), "wrong_pair"),
        (changed(weight="两分"), "no_number"),
        (changed(weight="nan"), "no_number"),
        (changed(weight="51"), "too_big"),
        (changed(weight=""), "empty"),
        (changed(word="滑坡"), "twice"),
        (changed(word="滑坡", subcategory="水旱"), "twice"),
        (changed(word="滑坡", weight="-3"), "opposed"),
        (changed(word="起火了似的", category="", weight="", kind="negation"), "twice"),
        # Hints and clashes.
        (changed(word="起火了似的"), "silenced"),
        (changed(word="起火", weight="1.0"), "two_sided"),
        (changed(weight="0"), "no_effect"),
        (changed(source=""), "unsourced"),
    ],
)
def test_a_bad_word_is_told(codes, row, code):
    assert code in [found for found, _ in codes([row])]


def test_words_are_compared_and_looked_for_as_folding_leaves_them(codes):
    assert ("twice", "B1") in codes([changed(word="滑\u200b坡")])
    # A pinyin note in brackets goes from a text, but stays where a word begins with it.
    assert ("unreachable", "B1") in codes([changed(word="(yīng)灾")])


def test_a_clear_lead_of_one_category_is_not_two_sided(codes):
    assert codes([changed(word="起火", weight="0.9")]) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (pair(first="没有的组"), "no_group"),
        (pair(within="-1"), "no_whole"),
        (pair(within="1.5"), "no_whole"),
        (pair(category="未分类"), "not_listed"),
        (pair(within="0", category="自然灾害", subcategory="森林草原火灾"), "twice"),
        (pair(within="0", category="自然灾害", subcategory="森林草原火灾", weight="-4"), "opposed"),
        (pair(category="自然灾害", subcategory="森林草原火灾", weight="-4"), "cancelled"),
        (
            pair(first="fire", second="wood", category="自然灾害", subcategory="森林草原火灾"),
            "pair_twice",
        ),
        (pair(reason=""), "unsourced"),
    ],
)
def test_a_bad_pair_is_told(codes, row, code):
    assert code in [found for found, _ in codes(pairs=[row])]


def test_all_bad_rows_are_told_at_once_and_rows_that_are_off_are_not(codes):
    bad = [changed(id="B1", weight="x"), changed(id="B2", word="海啸", kind="x")]
    assert [place for _, place in codes(bad)] == ["B1", "B2"]
