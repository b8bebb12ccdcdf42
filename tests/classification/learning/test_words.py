"""What may become a learned word."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from riskpipe.classification.learning.terms import terms_of
from riskpipe.classification.learning.words import (
    distinct,
    permitted,
    place_names,
    presence_of,
    telling,
    widespread,
)
from riskpipe.rules import RuleError


def presence(terms, *texts, titles=None):
    return presence_of(pa.array(titles or [""] * len(texts)), pa.array(texts), terms)


def test_words_are_two_to_four_chinese_characters_in_a_row(terms):
    found = presence(terms, "闷涵满了A闷涵3号，满")
    assert found.words == ("涵满", "涵满了", "满了", "闷涵", "闷涵满", "闷涵满了")
    assert len(found.row) == 6  # 闷涵 stands twice and counts once


def test_no_word_runs_from_title_into_text_or_through_a_mask(terms):
    found = presence(terms, "涵〔姓名〕水", titles=["闷"])
    assert found.words == ()
    assert presence(terms, "闷涵〔电话〕火笼〔", titles=["〔姓名〕"]).words == ("火笼", "闷涵")


def test_a_word_must_stand_in_unrelated_matters(terms):
    """Six rows, five of them of one matter: 甲乙 stands in two matters only."""
    texts = ["甲乙"] * 6
    matter = np.array([0, 0, 0, 0, 0, 1])
    assert widespread(presence(terms, *texts), matter, terms).words == ()
    assert widespread(presence(terms, *texts), np.arange(6), terms).words == ("甲乙",)


def test_no_office_may_ask_for_fewer_than_five_matters(tmp_path, rules):
    overlay = tmp_path / "classification/learning/terms.toml"
    overlay.parent.mkdir(parents=True)
    overlay.write_text("[words]\nmatters = 1\n", "utf-8")
    assert terms_of(replace(rules, office=tmp_path, _seen={})).matters == 5
    overlay.write_text("[words]\nmatters = 9\n", "utf-8")
    assert terms_of(replace(rules, office=tmp_path, _seen={})).matters == 9
    overlay.write_text('[words]\nmatters = "多"\n', "utf-8")
    with pytest.raises(RuleError, match=r"terms\.toml"):
        terms_of(replace(rules, office=tmp_path, _seen={}))


def test_of_words_always_together_the_longest_stays(terms):
    found = distinct(presence(terms, *["火笼子"] * 5, "火笼"))
    # 火笼 also stands alone; 笼子 only ever inside 火笼子.
    assert found.words == ("火笼", "火笼子")


def test_masks_places_and_persons_are_withheld(terms):
    texts = ["〔电话〕留了电话，柳湾街道王小明说闷涵满了，王小明在柳湾"]
    found = presence(terms, *texts)
    places = place_names({"柳湾街道"}, terms.place_endings)
    assert places == {"柳湾"}
    kept = permitted(found, texts, places, {"王小明"}).words
    assert "闷涵" in kept
    assert "了电" in kept
    assert not [w for w in kept if w == "电话" or any(p in w for p in ("柳湾", "王小", "小明"))]


def test_the_words_kept_are_those_that_tell_categories_apart(terms):
    """甲甲 stands in all rows, 乙乙 in those of one category: of one word it is kept."""
    found = presence(terms, "甲甲，乙乙", "甲甲，乙乙", "甲甲", "甲甲")
    assert telling(found, np.array([0, 0, 1, 1]), 1).words == ("乙乙",)
