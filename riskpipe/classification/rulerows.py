"""The rows of the classifier's rule files, checked one by one.

`Rules` goes in, rows that can be used come out; a row that cannot is an error in Chinese
naming file and id. Which columns points are counted under is said here too, since a row is
checked against them. How rows are laid out for speed is the lexicon's business.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from riskpipe.rules import RuleError, Rules
from riskpipe.text import fold_one
from riskpipe.vocabulary import FOUR_CATEGORIES, SUBCATEGORIES, Category

DANGERS: Final = ("hazard", "consequence", "act")
SCORING: Final = (*DANGERS, "place", "frame", "severity")
"""What a word tells: a danger, harm done, where, an offence, a complaint of another sort (speaks
for 非突发事件), how grave it is (speaks against 非突发事件)."""

CUES: Final = ("negation", "absence", "resolved", "hypothesis", "past", "demand")
"""Words that tell how their surroundings are meant; what they do is scopes.csv."""

FIGURE: Final = "figure"
"""A figure of speech (“火爆”) swallows the danger it is made of and tells nothing itself."""

KINDS: Final = (*SCORING, *CUES, FIGURE)

SIDES: Final = ("后", "前")
BOUNDS: Final = ("分句", "句")
AFFECTED: Final = ("险情", "全部")

JUDGED: Final = (*FOUR_CATEGORIES, Category.NONE)
COLUMNS: Final = (
    *((category, name) for category in FOUR_CATEGORIES for name in SUBCATEGORIES[category]),
    *((category, "") for category in JUDGED),
)
"""What points are counted under: every sub-category, and each category as such, for words
(and priors) that tell a category without a sub-category. 非突发事件 has no other."""

GENERAL: Final = len(COLUMNS) - len(JUDGED)
"""Columns from here on are categories as such, in the order of JUDGED."""

COLUMN_CATEGORY: Final = np.array([JUDGED.index(category) for category, _ in COLUMNS])
POINT: Final = 100
"""Weights are kept as whole hundredths: sums are exact, hence the same in any order."""


class LexiconError(RuleError):
    """A classification rule that cannot be used; the message names file and row id."""


def word_rows(rules: Rules) -> list[dict[str, str]]:
    """The lexicon's rows, words folded as texts are; no word twice under one category."""
    rows = [_checked(row) for row in rules.rows("classification/lexicon")]
    _refuse_repeats(rows)
    return rows


def scope_rows(rules: Rules) -> list[dict[str, str]]:
    """The scopes, in the order in which they are tried."""
    return [_checked_scope(row) for row in rules.rows("classification/scopes")]


def pair_rows(rules: Rules) -> list[dict[str, str]]:
    """The precedence rows."""
    return [_checked_pair(row) for row in rules.rows("classification/precedence")]


def _checked(row: Mapping[str, str]) -> dict[str, str]:
    row = {**row, "word": fold_one(row["word"])}
    at = f"词表 lexicon.csv 编号 {row['id']}"
    if not row["word"]:
        raise LexiconError(f"{at}：词为空，请填写或删去这一行。")
    if row["kind"] not in KINDS:
        raise LexiconError(f"{at}：kind“{row['kind']}”不在 {'、'.join(KINDS)} 之内。")
    if row["kind"] not in SCORING:
        return {**row, "category": "", "group": ""}
    column_of(at, row)
    points_of(at, row["weight"])
    return row


def _checked_pair(row: Mapping[str, str]) -> dict[str, str]:
    at = f"先后规则 precedence.csv 编号 {row['id']}"
    column_of(at, row)
    points_of(at, row["weight"])
    if not row["within"].isdigit():
        raise LexiconError(f"{at}：within 应为字数（0 表示同一件内任何位置）。")
    return dict(row)


def _checked_scope(row: Mapping[str, str]) -> dict[str, str]:
    at = f"语境规则 scopes.csv “{row['kind']}”"
    for name, allowed in (
        ("kind", CUES),
        ("side", SIDES),
        ("bound", BOUNDS),
        ("affects", AFFECTED),
    ):
        if row[name] not in allowed:
            raise LexiconError(f"{at}：{name}“{row[name]}”不在 {'、'.join(allowed)} 之内。")
    for name in ("reach", "percent"):
        if not row[name].isdigit():
            raise LexiconError(f"{at}：{name} 应为不小于 0 的整数。")
    return dict(row)


def _refuse_repeats(rows: Sequence[Mapping[str, str]]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row["word"], row["category"])
        if key in seen:
            raise LexiconError(
                f"词表 lexicon.csv 编号 {row['id']} 与 {seen[key]} 重复："
                f"同一个词在同一类别下只能有一行。"
            )
        seen[key] = row["id"]


def column_of(at: str, row: Mapping[str, str]) -> int:
    """Position in COLUMNS of the row's category and sub-category; `at` begins the error."""
    key = (row["category"], row["subcategory"])
    if key not in COLUMNS:
        raise LexiconError(f"{at}：类别“{key[0]}”下没有种类“{key[1]}”，请按码表填写。")
    return COLUMNS.index(key)  # type: ignore[arg-type]


def points_of(at: str, weight: str) -> int:
    """A weight as whole hundredths; `at` begins the error."""
    try:
        return round(float(weight) * POINT)
    except ValueError:
        raise LexiconError(f"{at}：分值“{weight}”不是数字。") from None
