"""Which rule files make the rulebook, and what their columns are called on paper.

book.toml and kinds.csv go in, `RuleSheet`s come out. A column that a rule file has and book.toml
does not know is shown under its own name, so that a new column of the rules never gets lost on its
way out and back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from riskpipe.classification.lexicon import rule_names
from riskpipe.classification.rulerows import KINDS
from riskpipe.rules import Rules

BOOK = "classification/rulebook/book"
KIND_NAMES = "classification/rulebook/kinds"
DECISION = "classification/decision"
LEXICON = "classification/lexicon"
PRECEDENCE = "classification/precedence"
PLAIN_WIDTH = 16
OPEN_LISTS = frozenset({"groups"})
"""Lists that a word may be added to by writing it."""


@dataclass(frozen=True)
class RuleColumn:
    """One column: its name in the file, its heading, how wide, what may stand in it."""

    name: str
    title: str
    width: int
    kind: str
    is_required: bool
    listed: str
    """Which drop-down: a list's name, "choices" for `choices`, "" for none."""
    choices: tuple[str, ...]
    is_many: bool
    """May several stand in a cell, with spaces between?"""
    note: str


@dataclass(frozen=True)
class RuleSheet:
    """One rule file as a sheet of the book."""

    rule: str
    title: str
    key: str
    prefix: str
    """What ids of new rows begin with; "" where rows cannot be added."""
    spare: int
    unique: tuple[str, ...]
    stated_by: str
    columns: tuple[RuleColumn, ...]

    @property
    def file(self) -> str:
        """The rule file's own name, `lexicon.csv`."""
        return self.rule.rsplit("/", 1)[-1] + ".csv"

    def column(self, name: str) -> RuleColumn | None:
        """A column by its name in the file."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class KindName:
    """A word's kind in Chinese, and what it means."""

    kind: str
    title: str
    meaning: str


def sheets_of(rules: Rules) -> tuple[RuleSheet, ...]:
    """The sheets in the order of the book; of rule files that the classifier does not use, none."""
    used = set(rule_names())
    return tuple(
        _sheet(said, rules)
        for said in rules.document(BOOK)["sheets"]
        if said["rule"] in used and rules.rows(said["rule"])
    )


def kind_names(rules: Rules) -> tuple[KindName, ...]:
    """Every kind the classifier knows, in its order; without a row in kinds.csv by its own name."""
    told = {row["kind"]: row for row in rules.rows(KIND_NAMES)}
    return tuple(
        KindName(
            kind, told.get(kind, {}).get("title") or kind, told.get(kind, {}).get("meaning", "")
        )
        for kind in KINDS
    )


def _sheet(said: Mapping[str, Any], rules: Rules) -> RuleSheet:
    known = {column["name"]: column for column in said["columns"]}
    names = [name for name in rules.rows(said["rule"])[0] if name != "is_off"]
    return RuleSheet(
        rule=said["rule"],
        title=said["title"],
        key=said["key"],
        prefix=said["prefix"],
        spare=said["spare"],
        unique=tuple(said["unique"]),
        stated_by=said["stated_by"],
        columns=tuple(_column(name, known.get(name, {})) for name in names),
    )


def _column(name: str, said: Mapping[str, Any]) -> RuleColumn:
    choices = tuple(said.get("choices", ()))
    return RuleColumn(
        name=name,
        title=said.get("title", name),
        width=said.get("width", PLAIN_WIDTH),
        kind=said.get("kind", "text"),
        is_required=said.get("required", False),
        listed="choices" if choices else said.get("list", ""),
        choices=choices,
        is_many=said.get("many", False),
        note=said.get("note", ""),
    )
