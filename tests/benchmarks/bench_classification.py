"""What judging costs beside the bare word search it is built on, as ratios in one run.

The texts are made up from the lexicon's words and filler, 30 to 80 characters, all distinct,
so the cache of equal texts does not help. The reference is a plain loop over ahocorasick_rs
with overlapping matches on folded texts and the same words: matches only, nothing judged.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ahocorasick_rs
import numpy as np
import pyarrow as pa

from riskpipe.classification import Classifier
from riskpipe.rules import Rules
from riskpipe.text import fold
from tests.benchmarks.measuring import Row, cost

TEXTS = 300_000
SMALL, LARGE = 550, 20_000
PACKAGED = Rules(Path("no-office"))
FILLER = (
    "这里从上周起",
    "每天晚上都有人",
    "在门口",
    "请有关部门来看一看",
    "反映多次",
    "一直这样",
    "住在三号楼东侧的我们",
    "附近",
    "，",
    "。",
    "；",
    "（",
    "）",
    "今天上午",
    "旁边的",
    "很久了",
    "没有结果",
    "大家都看到",
    "又来了",
    "路过的人",
)


@dataclass(frozen=True)
class Chosen:
    """Rules with a lexicon of another size; precedence rows stay where both groups do."""

    lexicon: tuple[Mapping[str, str], ...]

    def rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        """The chosen lexicon; other rules as packaged."""
        if name.endswith("lexicon"):
            return self.lexicon
        rows = PACKAGED.rows(name)
        if name.endswith("precedence"):
            groups = {row["group"] for row in self.lexicon}
            return tuple(row for row in rows if {row["first"], row["second"]} <= groups)
        return rows

    def document(self, name: str) -> Mapping[str, Any]:
        """As packaged."""
        return PACKAGED.document(name)

    def version(self, _names: object) -> str:
        """Not of interest here."""
        return "bench"


def rows() -> Iterator[Row]:
    """Folded text, whole, and a lexicon of twenty thousand words."""
    draw = random.Random(7)
    packaged = PACKAGED.rows("classification/lexicon")
    small = tuple(draw.sample(packaged, SMALL))
    texts = pa.array(made_texts(draw, [row["word"] for row in small], TEXTS), pa.string())
    folded = fold(texts)
    few, many = classifier(small), classifier(grown(draw, small, LARGE))
    automaton = ahocorasick_rs.AhoCorasick(sorted({row["word"] for row in small}))
    plain = folded.to_pylist()
    bare = fastest(lambda: search(automaton, plain))
    judged = fastest(lambda: judge_folded(few, folded))
    whole = fastest(lambda: few.judge(None, texts, "tipoffs"))
    large = fastest(lambda: judge_folded(many, folded))
    where = f"{TEXTS} 条：纯查词 {bare:.2f} s，含依据 {judged:.2f} s，含折叠 {whole:.2f} s"
    where += f"，20000 词 {large:.2f} s"
    yield Row("归类（已折叠文本，550 词，含依据）÷ 纯查词", judged / bare, 3.0, None, True, where)
    yield Row("归类（含折叠，550 词，含依据）÷ 纯查词", whole / bare, 6.0, None, True, where)
    yield Row("归类 20000 词 ÷ 550 词", large / judged, 1.5, None, True, where)


def classifier(rows: tuple[Mapping[str, str], ...]) -> Classifier:
    """A classifier over these lexicon rows."""
    return Classifier.load(Chosen(rows))  # type: ignore[arg-type]


def judge_folded(judge: Classifier, folded: pa.Array) -> pa.Table:
    """Judging without folding, as the edge does for text folded already."""
    titles = pa.array(np.full(len(folded), ""), pa.string())
    return judge.judge_folded(titles, folded, 0, np.full(len(folded), -1))


def search(automaton: ahocorasick_rs.AhoCorasick, texts: list[str]) -> int:
    """The reference: the overlapping matches of every text, looked up and let go."""
    return sum(len(automaton.find_matches_as_indexes(text, overlapping=True)) for text in texts)


def made_texts(draw: random.Random, words: list[str], count: int) -> list[str]:
    """Distinct made-up texts of 30 to 80 characters, about a fifth of their parts words."""
    parts = [*FILLER * max(1, 4 * len(words) // len(FILLER)), *words]
    return [
        ("".join(draw.choices(parts, k=16)) + str(number))[-draw.randint(30, 80) :]
        for number in range(count)
    ]


def grown(
    draw: random.Random, rows: tuple[Mapping[str, str], ...], size: int
) -> tuple[Mapping[str, str], ...]:
    """The lexicon with made-up words of 3 to 6 characters added up to `size`."""
    letters = sorted({letter for row in rows for letter in row["word"]} | set("".join(FILLER)))
    known = {row["word"] for row in rows}
    made = set()
    while len(made) + len(rows) < size:
        made.add("".join(draw.choices(letters, k=draw.randint(3, 6))))
    more = [
        {**rows[0], "id": f"B{at:05d}", "word": word, "group": "", "kind": "hazard"}
        | {"category": "事故灾难", "subcategory": "火灾", "weight": "1"}
        for at, word in enumerate(sorted(made - known))
    ]
    return (*rows, *more)


def fastest(work: Callable[[], object]) -> float:
    """Processor seconds of the best of three runs."""
    return min(cost(work) for _ in range(3))
