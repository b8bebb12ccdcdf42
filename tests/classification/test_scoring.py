"""Every rule of the score, added up by hand on a small rule set (see conftest)."""

import pytest

from riskpipe.classification import LexiconError, explain
from riskpipe.classification.classifier import Classifier


def test_a_word_in_title_opening_and_rest(small, ask):
    # Title 200 %: 4.0 against the prior's 2.0 for 非突发事件; margin (4 - 2) / (4 + 2).
    told = ask(small, "", title="发生火灾")
    assert (told["category"], told["subcategory"]) == ("事故灾难", "火灾")
    assert told["evidence"] == "火灾+4.0"
    assert told["rule_id"] == "A1"
    assert told["runner_up"] == "非突发事件"
    assert told["margin"] == pytest.approx(2 / 6)
    # Opening 100 %: 3.0 against 2.0; behind 20 characters 50 %: 1.5 against 2.0.
    assert ask(small, "有火灾隐患", title="x")["evidence"] == "火灾隐患+3.0"
    late = ask(small, "甲" * 20 + "火灾隐患", title="x")
    assert (late["category"], late["rule_id"]) == ("非突发事件", "prior/tipoffs")
    assert late["margin"] == pytest.approx(0.5 / 3.5)


def test_a_word_counts_once_at_its_strongest_place(small, ask):
    told = ask(small, "火灾又火灾" + "甲" * 30 + "火灾", title="火灾")
    assert told["evidence"] == "火灾+4.0"


def test_further_words_of_a_group_count_half(small, ask):
    # 起火 stands first but 火灾 is stronger: 1.0 × 50 % and 2.0 in full.
    told = ask(small, "起火，火灾", title="x")
    assert told["evidence"] == "起火+0.5、火灾+2.0"


def test_the_longest_word_wins(small, ask):
    assert ask(small, "火灾隐患", title="x")["evidence"] == "火灾隐患+3.0"
    both = ask(small, "火灾隐患，也有火灾", title="x")
    assert both["evidence"] == "火灾隐患+3.0、火灾+2.0"


def test_a_figure_of_speech_swallows_its_danger(small, ask):
    assert ask(small, "去火灾科普馆", title="x")["category"] == "非突发事件"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("没有发生火灾隐患", "非突发事件"),
        ("没有发生一二三四火灾隐患", "非突发事件"),
        ("没有发生一二三四五火灾隐患", "事故灾难"),
        ("火灾隐患没有发生", "事故灾难"),
    ],
)
def test_a_negation_reaches_four_characters_ahead(small, ask, text, category):
    assert ask(small, text, title="x")["category"] == category


def test_a_negation_does_not_reach_from_title_into_text(small, ask):
    assert ask(small, "火灾隐患", title="没有发生")["category"] == "事故灾难"


def test_precedence_moves_a_forest_fire_to_natural_disasters(small, ask):
    # 自然 0.5 + 3.0, 事故 2.0 - 2.0, 非突发 2.0: margin (3.5 - 2) / 5.5.
    told = ask(small, "森林火灾", title="x")
    assert (told["category"], told["subcategory"]) == ("自然灾害", "森林草原火灾")
    assert told["evidence"] == "森林+0.5、规则P1+3.0"
    assert told["rule_id"] == "P1"
    assert told["margin"] == pytest.approx(1.5 / 5.5)


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("火灾隐患一二三森林", True),
        ("森林一二三火灾隐患", True),
        ("火灾隐患一二三四森林", False),
        ("森林一二三四火灾隐患", False),
    ],
)
def test_precedence_within_characters_counts_both_ways(small, text, fires):
    told = explain(small, "x", text, "tipoffs")
    assert ("P3" in {reason.rule_id for reason in told.reasons}) is fires


def test_precedence_within_characters_stays_in_title_or_text(small):
    told = explain(small, "森林", "火灾隐患", "tipoffs")
    assert "P3" not in {reason.rule_id for reason in told.reasons}


def test_one_word_may_speak_for_one_category_and_against_another(small):
    # 事故 0.5; 非突发 2.0 - 0.5.
    told = explain(small, "x", "有危险", "tipoffs")
    assert told.scores["事故灾难"] == 0.5
    assert told.scores["非突发事件"] == 1.5


def test_a_thin_margin_is_left_unclassified(small, ask):
    # 事故 2.0 against 2.0: nothing decides.
    told = ask(small, "火灾", title="x")
    assert (told["category"], told["subcategory"]) == ("未分类", None)
    assert told["runner_up"] == "非突发事件"
    assert told["margin"] == 0.0


def test_a_ledger_row_is_an_accident_hazard_unless_its_text_says_otherwise(small, ask):
    told = ask(small, "现场杂乱，物业未到", prior="findings")
    assert (told["category"], told["subcategory"]) == ("事故灾难", "其他")
    assert told["evidence"] == "来源+2.5"
    assert (
        ask(small, "山洪冲毁便道，山洪", title="山洪", prior="findings")["category"] == "自然灾害"
    )


def test_the_stated_category_is_evidence_not_the_answer(small, ask):
    told = ask(small, "请看图", title="x", stated="公共卫生事件")
    assert (told["category"], told["evidence"]) == ("公共卫生事件", "填报类别+4.0")
    assert ask(small, "请看图", title="x", stated="卫生")["category"] == "非突发事件"
    # 事故 3.0 × 200 % = 6.0 against 4.0: the text outweighs the column.
    assert ask(small, "", title="火灾隐患", stated="公共卫生事件")["category"] == "事故灾难"


def test_without_a_title_the_first_words_stand_for_one(small_rules, ask):
    reach = {"lead_chars": 5, "opening_chars": 20}
    rules = small_rules()
    lead = Classifier.load(small_rules(decision={**rules.decision, "reach": reach}))
    assert ask(lead, "某地火灾")["evidence"] == "火灾+4.0"
    assert ask(lead, "某地方也有火灾隐患")["evidence"] == "火灾隐患+3.0"
    assert ask(lead, "某地火灾", title="x")["category"] == "未分类"


def test_explain_names_every_source_of_points(small):
    told = explain(small, "物业", "森林火灾", "tipoffs")
    seen = [(r.rule_id, r.name, r.place, r.category, r.points, r.reason) for r in told.reasons]
    assert seen == [
        ("F1", "物业", "标题或首句", "非突发事件", 2.0, ""),
        ("N1", "森林", "正文开头", "自然灾害", 0.5, ""),
        ("A1", "火灾", "正文开头", "事故灾难", 2.0, ""),
        ("P1", "规则P1", "正文开头", "自然灾害", 3.0, "林火归自然灾害"),
        ("P2", "规则P2", "正文开头", "事故灾难", -2.0, "同上"),
        ("prior/tipoffs", "来源", "", "非突发事件", 2.0, ""),
    ]
    assert told.scores == {
        "自然灾害": 3.5,
        "事故灾难": 0.0,
        "公共卫生事件": 0.0,
        "社会安全事件": 0.0,
        "非突发事件": 4.0,
    }
    assert (told.category, told.rule_version) == ("未分类", "small")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("B1 火灾 事故灾难 火灾 1 hazard -", "B1 与 A1 重复"),
        ("B1 沉船 事故灾难 水旱 1 hazard -", "B1：类别“事故灾难”下没有种类“水旱”"),
        ("B1 沉船 事故 - 1 hazard -", "B1：类别“事故”"),
        ("B1 沉船 事故灾难 火灾 多 hazard -", "B1：分值“多”不是数字"),
        ("B1 沉船 事故灾难 火灾 1 danger -", "B1：kind“danger”"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(small_rules, line, named):
    with pytest.raises(LexiconError, match=named):
        Classifier.load(small_rules(lexicon=small_rules().lexicon + line))


def test_a_precedence_row_of_an_unknown_group_is_named(small_rules):
    with pytest.raises(LexiconError, match="P9：词表里没有词组“water”"):
        Classifier.load(small_rules(pairs="P9 water fire 0 事故灾难 火灾 1 无"))


def test_an_unknown_prior_lists_those_there_are(small, ask):
    with pytest.raises(LexiconError, match="没有“letters”这一行，现有：tipoffs、findings"):
        ask(small, "火灾", prior="letters")
