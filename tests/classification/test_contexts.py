"""What a word counts for by what stands around it, added up by hand on a small rule set."""

import numpy as np
import pytest

from riskpipe.classification import Classifier, LexiconError, explain
from riskpipe.classification.scoring import UNDECIDED, decided, lead_of

LEXICON = """
A1 火灾 事故灾难 火灾 2.0 hazard fire
A2 井盖 事故灾难 - 0.5 place cover
A3 缺失 事故灾难 - 0 act lack
A4 🔥 事故灾难 火灾 1.0 hazard fire
N1 积水 自然灾害 水旱 1.5 hazard -
F1 物业 非突发事件 - 1.0 frame -
X1 未发现 - - 0 absence -
X2 没有发生 - - 0 negation -
X3 已修好 - - 0 resolved -
X4 万一 - - 0 hypothesis -
X5 去年 - - 0 past -
X6 希望 - - 0 demand -
"""
PAIRS = """
P1 cover lack 4 事故灾难 公共设施和设备事故 2.0 井盖缺失
"""
SCOPES = """
negation 否定 后 4 分句 0 险情 试验
absence 查无 后 16 分句 0 险情 试验
resolved 已了结 前 6 分句 0 险情 试验
hypothesis 假设 后 8 分句 50 险情 试验
past 往事 后 8 句 80 险情 试验
demand 诉求 后 20 句 100 全部 试验
"""


@pytest.fixture
def judge(small_rules):
    return Classifier.load(small_rules(lexicon=LEXICON, pairs=PAIRS, scopes=SCOPES))


def points(judge, text, title="x"):
    """Points of each named word or rule, and the context told for it."""
    told = explain(judge, title, text, "tipoffs")
    return {r.name: (r.points, r.context) for r in told.reasons if r.name != "来源"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("未发现积水、火灾等情况", {}),
        ("未发现问题，有火灾", {"火灾": (2.0, "")}),
        ("未发现井盖缺失", {"井盖": (0.5, "")}),
        ("没有发生火灾，积水", {"积水": (1.5, "")}),
        ("积水已修好", {}),
        ("已修好积水", {"积水": (1.5, "")}),
        ("积水，已修好", {"积水": (1.5, "")}),
        ("万一发生火灾怎么办", {"火灾": (1.0, "假设")}),
        ("万一一二三四五六七八九火灾", {"火灾": (2.0, "")}),
        ("去年，火灾", {"火灾": (1.6, "往事")}),
        ("去年。火灾", {"火灾": (2.0, "")}),
        ("物业说万一火灾", {"物业": (1.0, ""), "火灾": (1.0, "假设")}),
    ],
)
def test_a_context_reaches_its_side_its_length_and_its_bound(judge, text, expected):
    assert points(judge, text) == expected


def test_a_word_denied_once_and_told_once_counts_as_told(judge):
    assert points(judge, "没有发生火灾，现在有火灾") == {"火灾": (2.0, "")}


def test_what_is_asked_for_counts_as_in_the_opening_wherever_it_stands(judge):
    late = "甲" * 30
    assert points(judge, late + "有火灾。") == {"火灾": (1.0, "")}
    assert points(judge, late + "希望查处火灾。") == {"火灾": (2.0, "诉求")}
    # In a title (200 %) the wish adds nothing.
    assert points(judge, "", "希望查处火灾") == {"火灾": (4.0, "诉求")}


def test_the_first_context_listed_decides(judge):
    assert points(judge, "希望不要万一火灾") == {"火灾": (1.0, "假设")}


def test_a_word_without_weight_tells_only_beside_the_other_group(judge):
    assert points(judge, "缺失") == {}
    assert points(judge, "井盖一二三四缺失") == {"井盖": (0.5, ""), "规则P1": (2.0, "")}
    assert points(judge, "井盖一二三四五缺失") == {"井盖": (0.5, "")}


def test_a_pair_counts_by_the_context_of_its_first_word(judge):
    # 希望 lifts the place to 100 %, the pair with it: rest would be 50 %.
    late = "甲" * 30
    assert points(judge, late + "希望补井盖缺失")["规则P1"] == (2.0, "诉求")


def test_an_emoji_is_a_word_like_any_other(judge):
    assert points(judge, "楼下🔥了") == {"🔥": (1.0, "")}


def test_one_word_in_two_groups_tells_with_both(small_rules):
    lexicon = "A1 坑 自然灾害 - 0 act hole&road\nA2 路 自然灾害 - 0 place road"
    pairs = "P1 road hole 4 自然灾害 地质 2 无"
    judge = Classifier.load(small_rules(lexicon, pairs))
    assert points(judge, "路坑") == {"规则P1": (2.0, "")}
    # A word is not beside itself, but it is beside its own next mention.
    assert points(judge, "坑") == {}
    assert points(judge, "坑，坑") == {"规则P1": (2.0, "")}
    with pytest.raises(LexiconError, match="没有词组“ground”"):
        Classifier.load(small_rules(lexicon, pairs.replace("road", "ground")))


def test_the_answer_says_both_sides_and_what_else_is_touched(judge, ask):
    # 事故 2.0 + 自然 1.5 against 非突发 1.0 + prior 2.0: 2.0 and 1.5 are at least half of 3.0.
    told = ask(judge, "物业，火灾，积水", title="x")
    assert (told["category"], told["front_runner"]) == ("非突发事件", "非突发事件")
    assert told["evidence"] == "物业+1.0、来源+2.0"
    assert (told["runner_up"], told["against"]) == ("事故灾难", "火灾+2.0")
    assert told["also"] == "自然灾害、事故灾难"


def test_an_abstention_names_who_was_ahead(judge, ask):
    told = ask(judge, "火灾", title="x")
    assert (told["category"], told["margin"]) == ("未分类", 0.0)
    # Equal points: the order of the law puts 事故灾难 first.
    assert (told["front_runner"], told["runner_up"]) == ("事故灾难", "非突发事件")
    assert (told["evidence"], told["against"]) == ("火灾+2.0", "来源+2.0")


def test_where_nothing_speaks_nothing_is_answered_however_thin_a_margin_may_be():
    lead = lead_of(np.array([[0.0, -2.0, 0.0, 0.0, 0.0], [3.0, 0.0, 1.0, 0.0, 0.0]]))
    assert lead.margin.tolist() == [0.0, 0.5]
    assert lead.is_thin(0.0).tolist() == [True, False]
    assert decided(np.array([[0.0] * 5, [0.0, 0.0, 2.0, 0.0, 1.0]]), 0.0).tolist() == [UNDECIDED, 2]


@pytest.mark.parametrize(
    ("scope", "named"),
    [
        ("denial 否定 后 4 分句 0 险情 无", "“denial”：kind“denial”不在"),
        ("negation 否定 右 4 分句 0 险情 无", "side“右”不在 后、前"),
        ("negation 否定 后 4 段 0 险情 无", "bound“段”不在 分句、句"),
        ("negation 否定 后 4 分句 0 一切 无", "affects“一切”不在 险情、全部"),
        ("negation 否定 后 四 分句 0 险情 无", "reach 应为不小于 0 的整数"),
    ],
)
def test_a_scope_that_cannot_be_used_is_named(small_rules, scope, named):
    with pytest.raises(LexiconError, match=named):
        Classifier.load(small_rules(scopes=scope))
