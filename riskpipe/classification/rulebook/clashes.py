"""Rules that stand in each other's way, and rules that do nothing: told from the rows alone.

The rows that are on go in, findings come out. Nothing here looks at a text.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from riskpipe.classification.rulebook.book import LEXICON, PRECEDENCE, RuleSheet, kind_names
from riskpipe.classification.rulebook.faults import Book, scores
from riskpipe.classification.rulebook.findings import Finding, found
from riskpipe.classification.rulebook.standing import RuleRow
from riskpipe.classification.rulerows import FIGURE
from riskpipe.rules import Rules
from riskpipe.text import fold_one

AROUND = "某"
"""Any Chinese character: a word is found in the middle of a text, not alone."""
EXAMPLES = 10
UNDECIDED = 0.5
"""A word that gives a second category half of what it gives the first tells them apart poorly."""


def clashes(sheets: Sequence[RuleSheet], book: Book, rules: Rules) -> Iterator[Finding]:
    """What stands in the way of what."""
    words = [row for row in book.get(LEXICON, ()) if not row.is_off]
    pairs = [row for row in book.get(PRECEDENCE, ()) if not row.is_off]
    yield from _of_words(words, rules)
    yield from _of_pairs(pairs)
    yield from _idle(words, pairs)
    for sheet in sheets:
        yield from _unsourced(sheet, [row for row in book.get(sheet.rule, ()) if not row.is_off])


def _of_words(words: Sequence[RuleRow], rules: Rules) -> Iterator[Finding]:
    """Words that stand in several rows: as figure and danger, for two categories."""
    titles = {name.kind: name.title for name in kind_names(rules)}
    by_word: dict[str, list[RuleRow]] = {}
    for row in words:
        by_word.setdefault(fold_one(row.cells["word"]), []).append(row)
    for word, rows in by_word.items():
        silent = [row for row in rows if row.cells["kind"] == FIGURE]
        speaking = [row for row in rows if scores(row.cells)]
        for row in silent[:1] if speaking else ():
            yield found(
                "silenced",
                row.place,
                said=word,
                silent=titles[row.cells["kind"]],
                kind=titles[speaking[0].cells["kind"]],
                other=speaking[0].place,
            )
        for before, row in pairwise(row for row in speaking if _weight(row) > 0):
            if before.cells["category"] != row.cells["category"] and _undecided(before, row):
                yield _two_sided(before, row, word)


def _undecided(one: RuleRow, other: RuleRow) -> bool:
    """Two weights so near each other that the word does not tell the categories apart."""
    weaker, stronger = sorted((_weight(one), _weight(other)))
    return weaker >= UNDECIDED * stronger


def _two_sided(before: RuleRow, row: RuleRow, word: str) -> Finding:
    return found(
        "two_sided",
        row.place,
        said=word,
        category=row.cells["category"],
        weight=row.cells["weight"],
        against=before.cells["category"],
        other_weight=before.cells["weight"],
        other=before.place,
    )


def _of_pairs(pairs: Sequence[RuleRow]) -> Iterator[Finding]:
    """Rules on the same two groups and the same category: against each other, or twice."""
    seen: dict[tuple[object, ...], RuleRow] = {}
    for row in pairs:
        cells = row.cells
        groups = tuple(sorted((cells["first"], cells["second"])))
        key = (groups, cells["category"], cells["subcategory"])
        first = seen.setdefault(key, row)
        if first is row or (cells["first"], cells["within"]) == (
            first.cells["first"],
            first.cells["within"],
        ):
            continue  # equal in all that must differ: told as a repetition
        code = "cancelled" if _weight(first) * _weight(row) < 0 else "pair_twice"
        yield found(
            code,
            row.place,
            said="、".join(groups),
            category=cells["category"],
            weight=cells["weight"],
            other=first.place,
        )


def _idle(words: Sequence[RuleRow], pairs: Sequence[RuleRow]) -> Iterator[Finding]:
    """Words that can never be found, and words that add nothing when they are."""
    used = {row.cells[name] for row in pairs for name in ("first", "second")}
    for row in words:
        word = row.cells["word"]
        if fold_one(word) not in fold_one(f"{AROUND}{word}{AROUND}"):
            yield found("unreachable", row.place, said=word)
        elif scores(row.cells) and not _weight(row) and not used & {*row.cells["group"].split()}:
            yield found("no_effect", row.place, said=word)


def _unsourced(sheet: RuleSheet, rows: Sequence[RuleRow]) -> Iterator[Finding]:
    column = sheet.column(sheet.stated_by)
    bare = [row for row in rows if column and not row.cells.get(sheet.stated_by)]
    if bare and column:
        keys = [row.cells[sheet.key] for row in bare]
        said = "、".join(keys[:EXAMPLES]) + (" 等" if len(keys) > EXAMPLES else "")
        yield found(
            "unsourced",
            f"{sheet.title} {sheet.file}",
            count=len(bare),
            heading=column.title,
            said=said,
        )


def _weight(row: RuleRow) -> float:
    """Points of a row whose cells were found sound."""
    return float(row.cells.get("weight") or 0)
