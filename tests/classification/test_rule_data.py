"""The packaged rule files: closed lists kept, nothing twice, every row of use."""

from collections import Counter
from pathlib import Path

import pytest

from riskpipe.classification import rule_names
from riskpipe.classification.rulerows import KINDS, SCORING
from riskpipe.rules import Rules
from riskpipe.text import fold_one
from riskpipe.vocabulary import FOUR_CATEGORIES, SUBCATEGORIES, Category

RULES = Rules(Path("no-office"))
LEXICON = RULES.rows("classification/lexicon")
PRECEDENCE = RULES.rows("classification/precedence")
JUDGED = (*FOUR_CATEGORIES, Category.NONE)


def test_no_word_stands_twice_under_a_category_and_no_id_twice():
    assert not [
        key for key, n in Counter((r["word"], r["category"]) for r in LEXICON).items() if n > 1
    ]
    assert not [key for key, n in Counter(row["id"] for row in LEXICON).items() if n > 1]


def test_words_are_written_as_they_are_matched():
    assert [row["word"] for row in LEXICON if fold_one(row["word"]) != row["word"]] == []


def test_every_word_has_a_kind_a_source_and_a_category_of_the_vocabulary():
    for row in LEXICON:
        assert row["kind"] in KINDS
        assert row["source"]
        if row["kind"] not in SCORING:
            assert (row["category"], row["subcategory"]) == ("", "")
            continue
        assert row["category"] in JUDGED, row
        assert row["subcategory"] in ("", *SUBCATEGORIES.get(row["category"], ())), row
        # A word of no weight of its own speaks through the pairs of its group.
        assert float(row["weight"]) != 0 or row["group"], row


def test_frames_speak_for_no_event_and_only_danger_speaks_against():
    for row in LEXICON:
        assert (row["kind"] == "frame") == (
            row["category"] == Category.NONE and float(row["weight"]) > 0
        ), row
        if row["category"] in FOUR_CATEGORIES:
            assert float(row["weight"]) >= 0, row


def test_there_are_words_for_every_category():
    held = Counter(row["category"] for row in LEXICON)
    assert len(LEXICON) >= 550
    assert all(held[category] >= 80 for category in JUDGED), held


@pytest.mark.parametrize("row", PRECEDENCE, ids=lambda row: row["id"])
def test_every_precedence_row_joins_two_groups_and_says_why(row):
    groups = {group for word in LEXICON for group in word["group"].split()}
    assert {row["first"], row["second"]} <= groups
    assert row["reason"]
    assert row["category"] in JUDGED


def test_the_version_covers_every_rule_that_decides():
    assert [name.rpartition("/")[2] for name in rule_names()] == [
        "lexicon",
        "precedence",
        "scopes",
        "priors",
        "decision",
        "learned",
    ]


def test_an_office_may_add_and_take_out_words(tmp_path, ask):
    from riskpipe.classification import Classifier

    folder = tmp_path / "classification"
    folder.mkdir()
    plain = Rules(tmp_path)
    assert ask(Classifier.load(plain), "渔家傲号搁浅")["category"] == "非突发事件"
    folder.joinpath("lexicon.csv").write_text(
        "id,word,category,subcategory,weight,kind,group,source,note\n"
        "本区1,搁浅,事故灾难,交通运输事故,2.5,hazard,,本区,\n",
        encoding="gb18030",
    )
    own = Classifier.load(Rules(tmp_path))
    assert ask(own, "渔家傲号搁浅")["rule_id"] == "本区1"
    assert own.version != Classifier.load(plain).version
