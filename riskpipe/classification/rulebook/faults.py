"""What is wrong with the rows of a rulebook, each looked at by itself or beside its equals.

Rows go in (of the rule files as they stand, or of an edited workbook), findings come out: all of
them, never only the first. Rows that are off are not looked at. What rows do to each other is
clashes.py, what they do to texts effects.py.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from riskpipe.classification.rulebook.book import (
    LEXICON,
    OPEN_LISTS,
    PRECEDENCE,
    RuleColumn,
    RuleSheet,
    kind_names,
)
from riskpipe.classification.rulebook.findings import Finding, found
from riskpipe.classification.rulebook.standing import RuleRow
from riskpipe.classification.rulerows import COLUMNS, JUDGED, KINDS, SCORING
from riskpipe.rules import Rules
from riskpipe.text import fold_one

MOST_POINTS = 50
"""More than any rule needs; scoring.py sorts by points and leaves room for as much."""
OFFERED_IN_MESSAGE = 14

Book = Mapping[str, Sequence[RuleRow]]
"""Rows by rule file ("classification/lexicon")."""


def faults(sheets: Sequence[RuleSheet], book: Book, rules: Rules) -> Iterator[Finding]:
    """Every fault of every row that is on, sheet by sheet, top to bottom."""
    groups = groups_of(book.get(LEXICON, ()))
    for sheet in sheets:
        rows = [row for row in book.get(sheet.rule, ()) if not row.is_off]
        for row in rows:
            yield from _of_cells(sheet, row, rules)
            yield from _of_category(sheet, row)
            yield from _of_groups(sheet, row, groups)
        yield from _repeated(sheet, rows)


def groups_of(words: Iterable[RuleRow]) -> dict[str, tuple[str, ...]]:
    """The words of each group, in the order of the lexicon."""
    members: dict[str, list[str]] = {}
    for row in words:
        for group in row.cells.get("group", "").split():
            if not row.is_off and scores(row.cells):
                members.setdefault(group, []).append(row.cells["word"])
    return {group: tuple(words) for group, words in members.items()}


def scores(cells: Mapping[str, str]) -> bool:
    """Does a lexicon row add points (and not only tell how others are meant)?"""
    return cells.get("kind", "") in SCORING


def _of_cells(sheet: RuleSheet, row: RuleRow, rules: Rules) -> Iterator[Finding]:
    for column in sheet.columns:
        text = row.cells.get(column.name, "")
        if not text:
            if column.is_required:
                yield found("empty", row.place, heading=column.title)
        elif column.kind != "text":
            yield from _of_number(column, text, row.place)
        elif column.listed not in {"", "subcategories", *OPEN_LISTS}:
            yield from _of_list(column, text, row.place, rules)


def _of_number(column: RuleColumn, text: str, place: str) -> Iterator[Finding]:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        yield found("no_number", place, heading=column.title, said=text)
    elif column.kind == "whole" and not text.isdigit():
        yield found("no_whole", place, heading=column.title, said=text)
    elif column.kind == "number" and abs(value) > MOST_POINTS:
        yield found("too_big", place, heading=column.title, said=text, limit=MOST_POINTS)


def _of_list(column: RuleColumn, text: str, place: str, rules: Rules) -> Iterator[Finding]:
    if column.listed == "kinds":
        known, offered = tuple(KINDS), tuple(name.title for name in kind_names(rules))
    else:
        known = column.choices or tuple(map(str, JUDGED))
        offered = known
    if text not in known:
        listed = "、".join(offered[:OFFERED_IN_MESSAGE])
        yield found("not_listed", place, heading=column.title, said=text, listed=listed)


def _of_category(sheet: RuleSheet, row: RuleRow) -> Iterator[Finding]:
    """Category and sub-category together; words that only tell how others are meant need none."""
    cells, is_word = row.cells, sheet.rule == LEXICON
    if "subcategory" not in cells or (is_word and not scores(cells)):
        return
    category, subcategory = cells["category"], cells["subcategory"]
    if is_word and not category:
        yield found("needs_category", row.place, word=cells["word"])
    if category in map(str, JUDGED) and (category, subcategory) not in COLUMNS:
        yield found("wrong_pair", row.place, category=category, said=subcategory)
    if is_word and not cells["weight"]:
        column = sheet.column("weight")
        yield found("empty", row.place, heading=column.title if column else "weight")


def _of_groups(
    sheet: RuleSheet, row: RuleRow, groups: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    if sheet.rule != PRECEDENCE:
        return
    for name in ("first", "second"):
        column, group = sheet.column(name), row.cells.get(name, "")
        if group and group not in groups:
            yield found("no_group", row.place, heading=column.title if column else name, said=group)


def _repeated(sheet: RuleSheet, rows: Sequence[RuleRow]) -> Iterator[Finding]:
    """Rows that say the same thing twice: equal after folding in the columns that must differ."""
    seen: dict[tuple[str, ...], RuleRow] = {}
    for row in rows:
        key = unique_key(sheet, row.cells)
        if not any(key):
            continue
        first = seen.setdefault(key, row)
        if first is not row:
            said = " ".join(part for part in key if part)
            code = "opposed" if _oppose(first, row) else "twice"
            yield found(code, row.place, said=said, other=first.place)


def unique_key(sheet: RuleSheet, cells: Mapping[str, str]) -> tuple[str, ...]:
    """What no two rows of a sheet may share; the category of a word that adds none counts not."""
    silent = sheet.rule == LEXICON and not scores(cells)
    return tuple(
        "" if silent and name == "category" else fold_one(cells.get(name, ""))
        for name in sheet.unique
    )


def _oppose(one: RuleRow, other: RuleRow) -> bool:
    try:
        return float(one.cells["weight"]) * float(other.cells["weight"]) < 0
    except (KeyError, ValueError):
        return False
