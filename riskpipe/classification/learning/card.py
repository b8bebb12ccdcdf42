"""The card of a learned list: on how many rows, of when, how well, and why it is used or not.

The parts of a lesson go in; a page for the office (markdown, Chinese) that ends in the same facts
as JSON comes out. Counts, scores and learned words only: no text of a record.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from riskpipe.classification.learning.examples import ORIGINS, Examples, period
from riskpipe.classification.learning.gate import Condition
from riskpipe.classification.learning.scores import Comparison, Interval, Score
from riskpipe.classification.learning.wordlist import Choice
from riskpipe.classification.rulerows import JUDGED
from riskpipe.vocabulary import FOUR_CATEGORIES

SHOWN = 10
"""Strongest words a category that the card names."""

SKETCH = """# 学习词表说明

**{decision}**（数据截至 {day}，规则版本 {rule_version}）

## 依据的数据

已确认 {rows} 条（同样文字的算一条），{matters} 件事项，{period}。
另有 {repeated} 条文字重复、{contradicted} 条同一文字确认不一、{older} 条较早，未用。

{origins}

## 条件

{conditions}
{proof}"""

PROOF = """
## 检验

分 {folds} 份轮流检验：同一事项（同一隐患、同一文字）的各条总在同一份，每条都由没有见过它的词表判断。
复核清单先列把握低的件，所以这里规则的得分低于全部来件的得分，两者只能相互比较。

{table}

改对 {mended} 条，改错 {spoiled} 条。

## 词表

{words} 行；惩罚 C={strength:g}，每一对数几率合 {share:g} 分（λ）。只含汉字，每个词至少见于 {least} 件互不相干的事项。

{strongest}
"""


@dataclass(frozen=True)
class Card:
    """Everything the card tells. `compared` and `choice` are None where rows did not suffice."""

    day: date
    rule_version: str
    counts: Mapping[str, Mapping[str, int]]
    rows: int
    matters: int
    period: tuple[date, date] | None
    repeated: int
    contradicted: int
    older: int
    conditions: Sequence[Condition]
    folds: int
    least_matters: int
    interval: float
    compared: Comparison | None
    choice: Choice | None
    words: Sequence[Mapping[str, str]]

    @property
    def is_used(self) -> bool:
        """May the list be switched on?"""
        return all(condition.is_met for condition in self.conditions)

    @property
    def decision(self) -> str:
        """What comes of it, with the first reason against."""
        if self.is_used:
            return "可以启用：在本单位已确认的数据上胜过规则"
        kind = "数据不足" if self.compared is None else "未胜过规则"
        lacking = "；".join(f"{c.name} {c.found}" for c in self.conditions if not c.is_met)
        return f"不启用：{kind}（{lacking}）"


def counted(examples: Examples) -> dict[str, dict[str, int]]:
    """Examples by origin and category."""
    pairs = Counter(zip(examples.origin.tolist(), examples.label.tolist(), strict=True))
    return {
        origin: {str(name): pairs[origin, at] for at, name in enumerate(JUDGED)}
        for origin in ORIGINS
    }


def period_of(examples: Examples) -> tuple[date, date] | None:
    """First and last day of the examples."""
    return period(examples)


def as_markdown(card: Card) -> str:
    """The page, its facts again as JSON at the end."""
    facts = json.dumps(_facts(card), ensure_ascii=False, indent=1, sort_keys=True)
    return f"{as_page(card)}\n```json\n{facts}\n```\n"


def as_page(card: Card) -> str:
    """The page as a person reads it."""
    days = f"收到日 {card.period[0]} 至 {card.period[1]}" if card.period else "没有收到日"
    return SKETCH.format(
        decision=card.decision,
        day=card.day,
        rule_version=card.rule_version,
        rows=card.rows,
        matters=card.matters,
        period=days,
        repeated=card.repeated,
        contradicted=card.contradicted,
        older=card.older,
        origins=_origins(card),
        conditions="\n".join(
            f"- {'✓' if c.is_met else '✗'} {c.name}：{c.found}" for c in card.conditions
        ),
        proof=_proof(card),
    )


def _origins(card: Card) -> str:
    names = [str(name) for name in JUDGED]
    lines = [
        [origin, *(str(by_category[name]) for name in names), str(sum(by_category.values()))]
        for origin, by_category in card.counts.items()
    ]
    return _table(["来源", *names, "合计"], lines)


def _proof(card: Card) -> str:
    if card.compared is None or card.choice is None:
        return ""
    return PROOF.format(
        folds=card.folds,
        table=_scores(card.compared, card.interval),
        mended=card.compared.mended,
        spoiled=card.compared.spoiled,
        words=len(card.words),
        strength=card.choice.strength,
        share=card.choice.share,
        least=card.least_matters,
        strongest=_strongest(card.words) or "没有学到胜过规则的词。",
    )


def _scores(compared: Comparison, percent: float) -> str:
    before, after = compared.rules, compared.blend
    lines = [
        [
            str(name),
            str(before.labelled[at]),
            _with_interval(before.f1[at], compared.rules_f1[at]),
            _with_interval(after.f1[at], compared.blend_f1[at]),
        ]
        for at, name in enumerate(FOUR_CATEGORIES)
        if before.labelled[at]
    ]
    lines += [
        ["宏平均 F1", "", f"{before.macro_f1:.3f}", f"{after.macro_f1:.3f}"],
        ["误报", "", f"{before.false_alarms:.3f}", f"{after.false_alarms:.3f}"],
        ["未分类", "", f"{before.undecided:.3f}", f"{after.undecided:.3f}"],
    ]
    return _table(["F1", "条数", f"规则（{percent:g}% 区间）", "规则＋学习词"], lines)


def _with_interval(value: float, interval: Interval) -> str:
    return f"{value:.3f}（{interval.low:.3f}–{interval.high:.3f}）"


def _strongest(words: Sequence[Mapping[str, str]]) -> str:
    lines = []
    for name in map(str, JUDGED):
        mine = [row for row in words if row["category"] == name]
        mine.sort(key=lambda row: (-float(row["weight"]), row["word"]))
        told = "、".join(f"{row['word']}{row['weight']}" for row in mine[:SHOWN])
        lines += [f"- {name}（{len(mine)} 行）：{told}"] if mine else []
    return "\n".join(lines)


def _table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [headings, ["---"] * len(headings), *lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _facts(card: Card) -> dict[str, Any]:
    compared = card.compared
    return {
        "is_used": card.is_used,
        "decision": card.decision,
        "day": str(card.day),
        "rule_version": card.rule_version,
        "rows": card.rows,
        "matters": card.matters,
        "period": [str(day) for day in card.period] if card.period else None,
        "repeated": card.repeated,
        "contradicted": card.contradicted,
        "older": card.older,
        "by_origin": card.counts,
        "conditions": [asdict(condition) for condition in card.conditions],
        "words": len(card.words),
        "choice": asdict(card.choice) if card.choice else None,
        "rules": _plain(compared.rules, compared.rules_f1) if compared else None,
        "blend": _plain(compared.blend, compared.blend_f1) if compared else None,
        "gain": _rounded(compared.gain) if compared else None,
        "gain_interval": _pair(compared.gain_interval) if compared else None,
        "mended": compared.mended if compared else None,
        "spoiled": compared.spoiled if compared else None,
    }


def _plain(score: Score, intervals: Sequence[Interval]) -> dict[str, Any]:
    by_category = {
        str(name): {
            "rows": int(score.labelled[at]),
            "precision": _rounded(score.precision[at]),
            "recall": _rounded(score.recall[at]),
            "f1": _rounded(score.f1[at]),
            "f1_interval": _pair(intervals[at]),
        }
        for at, name in enumerate(FOUR_CATEGORIES)
    }
    return {
        "macro_f1": _rounded(score.macro_f1),
        "false_alarms": _rounded(score.false_alarms),
        "undecided": _rounded(score.undecided),
        "by_category": by_category,
    }


def _pair(interval: Interval) -> list[float]:
    return [_rounded(interval.low), _rounded(interval.high)]


def _rounded(value: float | np.floating) -> float:
    return round(float(value), 4)
