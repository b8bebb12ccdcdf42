"""How well the classifier does on texts that a person has labelled.

A JSON-lines file goes in (id, title, text, label4, optionally also and confidence); scores,
the confusion table, the worst errors and one prediction a row come out. Labels are the ASCII
slugs of the vocabulary. Nothing is learned from the file and none of its text is kept but in
the rows handed back.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from riskpipe.classification.classifier import Classifier
from riskpipe.vocabulary import CATEGORY_SLUGS, FOUR_CATEGORIES, Category

PRIOR: Final = "tipoffs"
SLUGS: Final = tuple(CATEGORY_SLUGS.values())
FOUR: Final = tuple(CATEGORY_SLUGS[category] for category in FOUR_CATEGORIES)
_TEXT_FIELDS: Final = ("id", "title", "text", "label4")


class EvaluationError(ValueError):
    """A labelled file that cannot be read; the message names the line, in Chinese."""


@dataclass(frozen=True)
class Scores:
    """Precision, recall and F1 of one category, and how many rows carry its label."""

    precision: float
    recall: float
    f1: float
    labelled: int


@dataclass(frozen=True)
class Prediction:
    """One labelled row and what the classifier said of it."""

    id: str
    label: str
    subcategory: str | None
    margin: float
    expected: str
    also: tuple[str, ...]
    front_runner: str
    runner_up: str
    evidence: str
    against: str


@dataclass(frozen=True)
class Evaluation:
    """What `riskpipe evaluate` prints. Shares lie in 0..1."""

    rows: int
    macro_f1: float
    by_category: Mapping[str, Scores]
    false_alarms: float
    abstained: float
    defensible: float
    confusion: Mapping[tuple[str, str], int]
    predictions: tuple[Prediction, ...]
    rule_version: str

    def worst(self, count: int) -> tuple[Prediction, ...]:
        """The errors the classifier was surest of."""
        wrong = [row for row in self.predictions if row.label != row.expected]
        return tuple(sorted(wrong, key=lambda row: (-row.margin, row.id))[:count])


def evaluate(path: Path, classifier: Classifier) -> Evaluation:
    """Judge every row of the labelled file. EvaluationError names the first bad line."""
    return score(labelled(path), classifier)


def score(rows: Sequence[Mapping[str, Any]], classifier: Classifier) -> Evaluation:
    """Judge labelled rows that are read already."""
    predictions = _predictions(rows, classifier)
    confusion = Counter((row.expected, row.label) for row in predictions)
    by_category = {slug: _scores(confusion, slug) for slug in FOUR}
    none = CATEGORY_SLUGS[Category.NONE]
    alarms = sum(confusion[none, slug] for slug in FOUR)
    abstained = sum(row.label == CATEGORY_SLUGS[Category.UNCLASSIFIED] for row in predictions)
    defensible = sum(row.label in (row.expected, *row.also) for row in predictions)
    return Evaluation(
        rows=len(predictions),
        macro_f1=sum(scores.f1 for scores in by_category.values()) / len(FOUR),
        by_category=by_category,
        false_alarms=_share(alarms, sum(row.expected == none for row in predictions)),
        abstained=_share(abstained, len(predictions)),
        defensible=_share(defensible, len(predictions)),
        confusion=dict(confusion),
        predictions=tuple(predictions),
        rule_version=classifier.version,
    )


def write_predictions(path: Path, evaluation: Evaluation) -> None:
    """One JSON object a line: id, label, subcategory, margin."""
    lines = [
        json.dumps(
            {
                "id": row.id,
                "label": row.label,
                "subcategory": row.subcategory,
                "margin": round(row.margin, 4),
            },
            ensure_ascii=False,
        )
        for row in evaluation.predictions
    ]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def labelled(path: Path) -> list[dict[str, Any]]:
    """The rows of a labelled file, checked. EvaluationError names the first bad line."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise EvaluationError(f"打不开文件 {path.name}：请检查路径。") from None
    except UnicodeDecodeError:
        raise EvaluationError(f"文件 {path.name} 不是 UTF-8 编码：请另存为 UTF-8。") from None
    lines = [(number, line) for number, line in enumerate(content.split("\n"), 1) if line.strip()]
    if not lines:
        raise EvaluationError(f"文件 {path.name} 没有数据：每行应是一个 JSON 对象。")
    return [_row(number, line) for number, line in lines]


def _row(number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        raise EvaluationError(f"第 {number} 行不是有效的 JSON，请改正后再试。") from None
    if not isinstance(row, dict):
        raise EvaluationError(f"第 {number} 行应是一个 JSON 对象。")
    for field in _TEXT_FIELDS:
        if not isinstance(row.get(field), str):
            raise EvaluationError(f"第 {number} 行缺少文字字段 {field}。")
    also = row.get("also") or []
    if not isinstance(also, list):
        raise EvaluationError(f"第 {number} 行的 also 应是标签的列表。")
    for label in (row["label4"], *also):
        if label not in SLUGS:
            raise EvaluationError(f"第 {number} 行的标签不在 {'、'.join(SLUGS)} 之内。")
    return row


def _predictions(rows: Sequence[Mapping[str, Any]], classifier: Classifier) -> list[Prediction]:
    answers = classifier.judge(
        pa.array([row["title"] for row in rows], pa.string()),
        pa.array([row["text"] for row in rows], pa.string()),
        PRIOR,
    ).to_pylist()
    return [
        Prediction(
            id=row["id"],
            label=CATEGORY_SLUGS[Category(answer["category"])],
            subcategory=answer["subcategory"],
            margin=answer["margin"],
            expected=row["label4"],
            also=tuple(row.get("also") or ()),
            front_runner=answer["front_runner"],
            runner_up=answer["runner_up"],
            evidence=answer["evidence"] or "",
            against=answer["against"] or "",
        )
        for row, answer in zip(rows, answers, strict=True)
    ]


def _scores(confusion: Mapping[tuple[str, str], int], slug: str) -> Scores:
    right = confusion.get((slug, slug), 0)
    said = sum(count for (_, label), count in confusion.items() if label == slug)
    labelled = sum(count for (expected, _), count in confusion.items() if expected == slug)
    precision, recall = _share(right, said), _share(right, labelled)
    return Scores(precision, recall, _share(2 * right, said + labelled), labelled)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
