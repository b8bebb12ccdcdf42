"""The lesson as a whole: refusing, switching on, the same bytes every time, explained."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from riskpipe.classification import Classifier, explain
from riskpipe.classification.learned import NAME, learned_of, points
from riskpipe.classification.learning import RECORDS, as_markdown, as_page, examples_of
from riskpipe.classification.learning.examples import Examples
from riskpipe.classification.learning.rivals import SCALE, rule_points
from riskpipe.classification.rulerows import JUDGED
from riskpipe.classification.scoring import decided
from riskpipe.vocabulary import Category

ROOT = Path(__file__).parents[3]
LOCAL_WORDS = {
    "自然灾害": "闷涵",
    "事故灾难": "火笼子",
    "公共卫生事件": "串味水",
    "社会安全事件": "滚钱会",
    "非突发事件": "敲铁皮",
}


def unmet(lesson):
    return [c.name for c in lesson.card.conditions if not c.is_met]


def test_too_little_data_is_refused_with_what_is_missing(teach, office):
    lesson = teach(office.records(60, 0.5, 1))
    assert lesson.rows == ()
    assert lesson.card.decision == (
        "不启用：数据不足（已确认的条数 60，至少 200，还差 140；"
        + "；".join(f"{name} 12，至少 15，还差 3" for name in map(str, JUDGED))
        + "）"
    )
    assert "## 检验" not in as_page(lesson.card)


def test_where_the_rules_know_the_words_nothing_is_switched_on(teach, office):
    lesson = teach(office.records(450, 0.0, 1))
    assert not lesson.card.is_used
    assert "胜过规则" in unmet(lesson)
    assert lesson.card.decision.startswith("不启用：未胜过规则（")


def test_categories_without_pattern_are_not_learned(teach, office):
    """Texts and categories dealt apart: whatever is learned must fail where it is tested."""
    records = office.records(450, 0.5, 2)
    dealt = np.random.default_rng(5).permutation(records["category"].to_pylist()).tolist()
    at = records.column_names.index("category")
    lesson = teach(records.set_column(at, "category", pa.array(dealt, pa.string())))
    assert not lesson.card.is_used


def test_local_words_that_beat_the_rules_are_switched_on(local_lesson):
    card = local_lesson.card
    assert card.is_used
    assert unmet(local_lesson) == []
    assert card.rows >= 400
    assert card.compared.gain_interval.low > 0.1
    assert card.compared.blend.false_alarms <= card.compared.rules.false_alarms
    weight = {(row["category"], row["word"]): float(row["weight"]) for row in local_lesson.rows}
    for category, word in LOCAL_WORDS.items():
        assert weight[category, word] == max(w for (c, _), w in weight.items() if c == category)


def test_no_word_is_louder_than_a_stated_category(local_lesson, rules):
    weights = [abs(float(row["weight"])) for row in local_lesson.rows]
    assert max(weights) == rules.document("classification/decision")["stated"]["points"]


def test_learned_words_hold_nothing_but_chinese_characters(local_lesson):
    assert local_lesson.rows
    assert all(re.fullmatch(r"[\u3400-\u9fff]{2,4}", row["word"]) for row in local_lesson.rows)
    assert all(re.fullmatch(r"[+-]\d+\.\d\d", row["weight"]) for row in local_lesson.rows)


def test_the_order_of_records_leaves_no_trace(teach, office, local_lesson):
    records = office.records(450, 0.5, 1)
    shuffled = records.take(pa.array(np.random.default_rng(3).permutation(450)))
    again = teach(shuffled)
    assert again.rows == local_lesson.rows
    assert as_markdown(again.card) == as_markdown(local_lesson.card)


SCRIPT = """
import sys, hashlib
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import office
from riskpipe.classification import Classifier
from riskpipe.classification.learning import *
from riskpipe.rules import Rules
rules = Rules(Path("no-office")).with_files({"classification/learned": ()})
terms = terms_of(rules)
lesson = learn(examples_of(office.records(300, 0.5, 4), 10000), Classifier.load(rules),
    Withheld(frozenset(), frozenset()), terms, day=date(2026, 8, 1), telling=list)
print(lesson.card.is_used, hashlib.sha256(repr(lesson.rows).encode()).hexdigest(),
      hashlib.sha256(as_markdown(lesson.card).encode()).hexdigest())
"""


def test_threads_and_hash_seed_leave_no_trace():
    said = set()
    for threads, seed in (("1", "1"), ("2", "2")):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        environment = os.environ | dict.fromkeys(names, threads) | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1
    assert said.pop().startswith("True ")


def test_the_card_gives_its_facts_as_json_too(local_lesson):
    page = as_markdown(local_lesson.card)
    facts = json.loads(page.split("```json\n")[1].removesuffix("\n```\n"))
    assert facts["is_used"] is True
    assert facts["rows"] == sum(sum(row.values()) for row in facts["by_origin"].values())
    assert facts["words"] == len(local_lesson.rows)
    assert facts["rules"]["macro_f1"] + facts["gain"] == pytest.approx(
        facts["blend"]["macro_f1"], abs=2e-4
    )


@pytest.fixture(scope="module")
def blended(rules, local_lesson):
    return Classifier.load(rules.with_files({NAME: local_lesson.rows}))


def test_what_was_tested_is_what_is_switched_on(rules, terms, office, local_lesson, blended):
    """The classifier with the list answers as the sum the gate was shown."""
    examples = examples_of(office.records(200, 0.5, 9), terms.most_rows)
    plain = Classifier.load(rules)
    learned = points(learned_of(local_lesson.rows), examples.titles, examples.texts)
    for classifier, added in ((plain, 0), (blended, learned * SCALE)):
        summed = rule_points(plain, examples) + added
        expected = decided(summed, plain.lexicon.decision.thin)
        said = classifier.judge(examples.titles, examples.texts, "tipoffs")["category"]
        names = [*map(str, JUDGED), str(Category.UNCLASSIFIED)]
        assert said.to_pylist() == [names[at] for at in expected]


def test_stated_categories_and_priors_reach_the_rules(rules, terms, office):
    """Of a text without any word: a safety ledger's prior, and the sheet's own category."""
    rows = [office.record("R1", "无词可依", "自然灾害"), office.record("R2", "另一句", "自然灾害")]
    rows[0] |= {"prior": "findings"}
    rows[1] |= {"category_stated": "社会安全事件"}
    examples = examples_of(pa.Table.from_pylist(rows, RECORDS), terms.most_rows)
    plain = Classifier.load(rules)
    by_text = dict(
        zip(examples.texts.to_pylist(), rule_points(plain, examples).argmax(axis=1), strict=True)
    )
    assert by_text["无词可依"] == JUDGED.index(Category.ACCIDENT)
    unstated: Examples = replace(examples, stated=np.full(len(examples), -1))
    moved = rule_points(plain, examples) - rule_points(plain, unstated)
    social = JUDGED.index(Category.SOCIAL)
    assert np.flatnonzero(moved.sum(axis=0)).tolist() == [social]


def test_an_answer_names_the_learned_words_behind_it(rules, blended):
    text = "南桥路口成了闷涵"
    assert explain(Classifier.load(rules), "", text, "tipoffs").category == "非突发事件"
    told = explain(blended, "", text, "tipoffs")
    assert told.category == "自然灾害"
    assert any("闷涵" in reason.name and reason.points > 0 for reason in told.reasons)
    row = blended.judge(None, pa.array([text]), "tipoffs").to_pylist()[0]
    assert "学习词“闷涵”+" in row["evidence"]
    assert blended.version != Classifier.load(rules).version
