"""What each mechanism adds, on a small rule set where every step can be told by hand."""

from pathlib import Path

from riskpipe.classification import Classifier, ablation
from riskpipe.classification.ablation import Without, mechanisms
from riskpipe.rules import Rules

ROWS = [
    {"id": "1", "title": "火灾", "text": "", "label4": "accident"},
    # A plain keyword list takes the museum for a fire; the figure of speech does not.
    {"id": "2", "title": "火灾科普馆", "text": "", "label4": "none"},
]


def test_the_plain_list_alarms_and_the_whole_does_not(small_rules):
    lines = ablation(ROWS, small_rules())
    assert [title for title, _, _ in lines] == ["只有关键词", *mechanisms(small_rules()).values()]
    plain, whole = lines[0][1], lines[0][2]
    assert (plain.false_alarms, whole.false_alarms) == (1.0, 0.0)
    assert whole.by_category["accident"].f1 == 1.0
    by_title = {title: (grown, without) for title, grown, without in lines[1:]}
    assert by_title["固定说法"][0].false_alarms == 0.0
    assert by_title["固定说法"][1].false_alarms == 1.0
    # The last line has grown to the whole.
    assert lines[-1][1].confusion == whole.confusion


def test_without_takes_away_what_carries_the_mechanism_and_nothing_else():
    rules = Rules(Path("no-office"))
    some = Without(rules, frozenset({"figure", "precedence"}))
    kinds = {row["kind"] for row in some.rows("classification/lexicon")}
    assert "figure" not in kinds
    assert {"frame", "negation"} <= kinds
    assert some.rows("classification/precedence") == ()
    assert some.rows("classification/scopes") == rules.rows("classification/scopes")
    flat = Without(rules, frozenset({"weights"})).rows("classification/lexicon")
    assert {row["weight"] for row in flat if row["category"]} == {"1", "-1"}
    assert Classifier.load(some).version != Classifier.load(rules).version  # type: ignore[arg-type]
