"""A rule set small enough to reckon by hand, as whole rule files over the packaged ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest

from riskpipe.classification import Classifier
from riskpipe.classification.rulebook.book import RuleSheet, sheets_of
from riskpipe.classification.rulebook.records import RECORDS, folded
from riskpipe.classification.rulebook.standing import PACKAGED, RuleRow, packaged
from riskpipe.rules import Rules

WORD = ("id", "word", "category", "subcategory", "weight", "kind", "group", "source", "note")
PAIR = ("id", "first", "second", "within", "category", "subcategory", "weight", "reason")
WORDS = (
    ("A1", "起火", "事故灾难", "火灾", "2.0", "consequence", "fire", "消防法", ""),
    ("A2", "漏电", "事故灾难", "火灾", "1.0", "hazard", "", "消防法", ""),
    ("N1", "树林", "自然灾害", "", "0.5", "place", "wood", "森林法", ""),
    ("N2", "滑坡", "自然灾害", "地质", "3.0", "hazard", "", "防灾条例", ""),
    ("F1", "物业", "非突发事件", "", "1.0", "frame", "", "常识", ""),
    ("G1", "起火了似的", "", "", "", "figure", "", "常识", ""),
)
PAIRS = (("P1", "wood", "fire", "0", "自然灾害", "森林草原火灾", "4.0", "林火归自然灾害"),)
PRIORS = (
    {
        "id": "tipoffs",
        "自然灾害": "0",
        "事故灾难": "0",
        "公共卫生事件": "0",
        "社会安全事件": "0",
        "非突发事件": "0.5",
        "reason": "多数不是突发事件",
    },
)
DECISION = {
    # Every place counts alike, so that points are the weights.
    "place_percent": {"title": 100, "opening": 100, "rest": 100},
    "further": {"percent": 100},
    "margin": {"thin": 0.1},
}


def dicts(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[dict[str, str], ...]:
    return tuple(dict(zip(names, row, strict=True)) for row in rows)


@pytest.fixture(scope="session")
def small_with() -> Callable[..., Rules]:
    """The small rule set: `small_with(words=…, pairs=…)` with other rows."""

    def made(
        words: Sequence[Sequence[str]] = WORDS, pairs: Sequence[Sequence[str]] = PAIRS
    ) -> Rules:
        shipped = packaged().document("classification/decision")
        given: dict[str, Any] = {
            "classification/lexicon": dicts(WORD, words),
            "classification/precedence": dicts(PAIR, pairs),
            "classification/priors": PRIORS,
            "classification/learned": (),
            "classification/decision": {**shipped, **DECISION},
        }
        return packaged().with_files(given)

    return made


@pytest.fixture(scope="session")
def small(small_with: Callable[..., Rules]) -> Classifier:
    return Classifier.load(small_with())


@pytest.fixture(scope="session")
def sheets() -> tuple[RuleSheet, ...]:
    return sheets_of(packaged())


@pytest.fixture(scope="session")
def book_of() -> Callable[[Rules], Mapping[str, Sequence[RuleRow]]]:
    """All rows of a rule set, on, their place being their id."""

    def made(rules: Rules) -> Mapping[str, Sequence[RuleRow]]:
        return {
            sheet.rule: tuple(
                RuleRow(row[sheet.key], row, False, PACKAGED) for row in rules.rows(sheet.rule)
            )
            for sheet in sheets_of(packaged())
            if sheet.title in {"词表", "先后规则", "来源先验"}
        }

    return made


@pytest.fixture(scope="session")
def records() -> Callable[..., pa.Table]:
    """Folded tip-offs of October with these texts; `confirmed` are positions a person settled."""

    def made(texts: Sequence[str], confirmed: Sequence[int] = ()) -> pa.Table:
        rows = [
            {
                "table": "举报登记",
                "number": f"JB{number}",
                "month": "2026-10",
                "title": "",
                "text": text,
                "stated": "",
                "prior": "tipoffs",
                "is_confirmed": number in confirmed,
            }
            for number, text in enumerate(texts)
        ]
        return folded(pa.Table.from_pylist(rows, RECORDS))

    return made
