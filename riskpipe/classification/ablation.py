"""What each mechanism of judging adds: the same labelled rows, one mechanism taken away.

Rules go in, the same rules without one mechanism come out, by leaving out or flattening the
rows that carry it; the classifier itself knows nothing of it. A table of scores tells what
each is worth, from the plain keyword list up and from the whole down.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from riskpipe.classification.classifier import Classifier
from riskpipe.classification.evaluation import Evaluation, score
from riskpipe.classification.rulerows import scope_rows
from riskpipe.rules import Rules

_BEFORE: Final = {
    "weights": "词的分值",
    "places": "标题、开头、其余分别计分",
    "further": "同组的词折扣",
    "figure": "固定说法",
    "frame": "一般诉求词",
    "severity": "严重程度词",
    "precedence": "两组词相邻的规则",
}
_AFTER: Final = {"prior": "来源先验", "margin": "把握不足答未分类"}

_FLAT: Final = {"place_percent": {"title": 100, "opening": 100, "rest": 100}}


def mechanisms(rules: Rules) -> dict[str, str]:
    """By slug, what an office calls each; in the order in which a plain keyword list grows.

    Between the two sets stand the contexts, as scopes.csv names them.
    """
    return _BEFORE | {row["kind"]: row["title"] for row in scope_rows(rules)} | _AFTER


@dataclass(frozen=True)
class Without:
    """`Rules` for the classifier, some mechanisms taken away."""

    rules: Rules
    mechanisms: frozenset[str]

    def rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        """Rows of a rule file, without those that carry a mechanism taken away."""
        rows = self.rules.rows(name)
        file = name.rpartition("/")[2]
        if file == "lexicon":
            return tuple(self._flat(row) for row in rows if row["kind"] not in self.mechanisms)
        if file == "precedence":
            return self._pairs(rows)
        if file == "scopes":
            return tuple(row for row in rows if row["kind"] not in self.mechanisms)
        if file == "priors" and "prior" in self.mechanisms:
            return tuple(
                {key: value if key in ("id", "reason") else "0" for key, value in row.items()}
                for row in rows
            )
        return rows

    def _pairs(self, rows: Sequence[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
        """None, or those whose words are still there."""
        if "precedence" in self.mechanisms:
            return ()
        rows_left = self.rows("classification/lexicon")
        groups = {group for row in rows_left for group in row["group"].split()}
        return tuple(row for row in rows if {row["first"], row["second"]} <= groups)

    def document(self, name: str) -> Mapping[str, Any]:
        """decision.toml, flattened where a mechanism is one of its numbers."""
        said = dict(self.rules.document(name))
        if "places" in self.mechanisms:
            said |= _FLAT
        if "further" in self.mechanisms:
            said |= {"further": {"percent": 100}}
        if "margin" in self.mechanisms:
            said |= {"margin": {"thin": 0.0}}
        return said

    def version(self, names: Iterable[str]) -> str:
        """The version of the whole with what is missing."""
        return f"{self.rules.version(names)}-{'-'.join(sorted(self.mechanisms))}"

    def _flat(self, row: Mapping[str, str]) -> Mapping[str, str]:
        if "weights" not in self.mechanisms or not row["category"]:
            return row
        return {**row, "weight": "-1" if row["weight"].startswith("-") else "1"}


def ablation(
    rows: Sequence[Mapping[str, Any]], rules: Rules
) -> tuple[tuple[str, Evaluation, Evaluation], ...]:
    """For each mechanism its title, the scores when it joins those above, and without it alone.

    The first line is the plain keyword list, beside the scores of the whole.
    """
    every = mechanisms(rules)
    plain = frozenset(every)
    whole = _scored(rows, rules, frozenset())
    lines = [("只有关键词", _scored(rows, rules, plain), whole)]
    for slug, title in every.items():
        plain -= {slug}
        lines.append((title, _scored(rows, rules, plain), _scored(rows, rules, frozenset({slug}))))
    return tuple(lines)


def _scored(
    rows: Sequence[Mapping[str, Any]], rules: Rules, mechanisms: frozenset[str]
) -> Evaluation:
    return score(rows, Classifier.load(Without(rules, mechanisms)))  # type: ignore[arg-type]
