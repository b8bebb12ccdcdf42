"""The packaged classifier, and a rule set small enough to add up by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from riskpipe.classification import Classifier
from riskpipe.rules import Rules

LEXICON_COLUMNS = ("id", "word", "category", "subcategory", "weight", "kind", "group")
PAIR_COLUMNS = ("id", "first", "second", "within", "category", "subcategory", "weight", "reason")
SCOPE_COLUMNS = ("kind", "title", "side", "reach", "bound", "percent", "affects", "reason")
LEXICON = """
A1 火灾 事故灾难 火灾 2.0 consequence fire
A2 火灾隐患 事故灾难 火灾 3.0 hazard fire_safety
A3 起火 事故灾难 火灾 1.0 consequence fire
A4 有危险 事故灾难 - 0.5 hazard -
D1 有危险 非突发事件 - -0.5 hazard -
N1 森林 自然灾害 - 0.5 place forest
N2 山洪 自然灾害 水旱 2.0 hazard -
F1 物业 非突发事件 - 1.0 frame -
G1 火灾科普馆 - - 0 figure -
X1 没有发生 - - 0 negation -
"""
PAIRS = """
P1 forest fire 0 自然灾害 森林草原火灾 3.0 林火归自然灾害
P2 forest fire 0 事故灾难 火灾 -2.0 同上
P3 fire_safety forest 3 非突发事件 - 1.0 试验
"""
SCOPES = """
negation 否定 后 4 分句 0 险情 试验
"""
DECISION = {
    "place_percent": {"title": 200, "opening": 100, "rest": 50},
    "further": {"percent": 50},
    "pairs": {"percent": 100},
    "reach": {"lead_chars": 0, "opening_chars": 20},
    "margin": {"thin": 0.1},
    "stated": {"points": 4.0},
    "also": {"percent": 50, "points": 1.0},
}


@dataclass
class SmallRules:
    """Stands for `Rules`: what `load` asks of it, from the tables above."""

    lexicon: str = LEXICON
    pairs: str = PAIRS
    scopes: str = SCOPES
    learned: tuple[Mapping[str, str], ...] = ()
    decision: Mapping[str, Any] = field(default_factory=lambda: DECISION)

    def rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        if name.endswith("lexicon"):
            return _rows(LEXICON_COLUMNS, self.lexicon)
        if name.endswith("precedence"):
            return _rows(PAIR_COLUMNS, self.pairs)
        if name.endswith("scopes"):
            return _rows(SCOPE_COLUMNS, self.scopes)
        if name.endswith("learned"):
            return self.learned
        columns = ("id", "自然灾害", "事故灾难", "公共卫生事件", "社会安全事件", "非突发事件")
        return _rows(columns, "tipoffs 0 0 0 0 2\nfindings 0 2.5 0 0 -4")

    def document(self, name: str) -> Mapping[str, Any]:
        assert name == "classification/decision"
        return self.decision

    def version(self, names: object) -> str:
        return "small"


def _rows(columns: tuple[str, ...], table: str) -> tuple[Mapping[str, str], ...]:
    lines = [line.split() for line in table.strip().splitlines()]
    return tuple(
        dict(zip(columns, ("" if c == "-" else c.replace("&", " ") for c in line), strict=True))
        for line in lines
    )


@pytest.fixture
def small_rules() -> type[SmallRules]:
    return SmallRules


@pytest.fixture
def small() -> Classifier:
    return Classifier.load(SmallRules())


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return Classifier.load(Rules(Path("no-office")))


@pytest.fixture(scope="session")
def ask() -> Callable[..., dict[str, Any]]:
    """Judge one text: `ask(classifier, "…", title="…", prior="tipoffs")` gives its answer."""

    def one(
        judge: Classifier,
        text: str,
        title: str | None = None,
        prior: str = "tipoffs",
        stated: str | None = None,
    ) -> dict[str, Any]:
        titles = None if title is None else pa.array([title])
        told = None if stated is None else pa.array([stated])
        return judge.judge(titles, pa.array([text]), prior, told).to_pylist()[0]

    return one
