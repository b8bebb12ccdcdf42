"""The same records under two rule sets: which move, from what to what, in which month.

Two classifiers and records go in; a `Comparison` comes out. A record whose category a person has
settled does not move, whatever the rules say; such records are counted apart. Nothing is printed
or written here, and of a record's own words only its masked title is carried on.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from riskpipe.classification.classifier import Classifier
from riskpipe.classification.rulebook.records import judged

CARRIED = ("category", "subcategory", "margin", "evidence", "against", "rule_id")


@dataclass(frozen=True)
class Move:
    """A record whose category or sub-category changes; evidence for the answer and against it."""

    table: str
    number: str
    month: str
    title: str
    old: tuple[str, str]
    new: tuple[str, str]
    old_margin: float
    new_margin: float
    old_evidence: str
    new_evidence: str
    old_against: str
    new_against: str

    @property
    def is_of_category(self) -> bool:
        """Does the category change, not only the sub-category?"""
        return self.old[0] != self.new[0]


@dataclass(frozen=True)
class Tally:
    """One table, month and category: how many records it had and has, what came and went."""

    table: str
    month: str
    category: str
    old: int
    new: int
    came: int
    went: int


@dataclass(frozen=True)
class Comparison:
    """What a change of rules does to the records."""

    old_version: str
    new_version: str
    records: int
    confirmed: int
    confirmed_otherwise: int
    """Confirmed records that the rules would judge differently now: they do not move."""
    moves: tuple[Move, ...]
    tallies: tuple[Tally, ...]

    def flows(self) -> dict[tuple[str, str], int]:
        """Moves between categories, most first."""
        counts = Counter((m.old[0], m.new[0]) for m in self.moves if m.is_of_category)
        return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def compared(old: Classifier, new: Classifier, records: pa.Table) -> Comparison:
    """Judge folded records under both. Raises LexiconError for a prior one of them lacks."""
    before, after = judged(old, records), judged(new, records)
    differs = _differs(before, after, "category")
    touched = differs | _differs(before, after, "subcategory")
    settled = records["is_confirmed"].to_numpy()
    moved = np.flatnonzero(touched & ~settled)
    return Comparison(
        old.version,
        new.version,
        records.num_rows,
        int(settled.sum()),
        int((differs & settled).sum()),
        tuple(_moves(records.take(moved), before.take(moved), after.take(moved))),
        tuple(_tallies(records, before, after, settled)),
    )


def _differs(before: pa.Table, after: pa.Table, name: str) -> np.ndarray:
    pairs = zip(before[name].to_pylist(), after[name].to_pylist(), strict=True)
    return np.fromiter((one != other for one, other in pairs), bool, before.num_rows)


def _moves(records: pa.Table, before: pa.Table, after: pa.Table) -> Iterator[Move]:
    names = [name for name in CARRIED if name in before.column_names]
    rows = zip(
        records.to_pylist(),
        before.select(names).to_pylist(),
        after.select(names).to_pylist(),
        strict=True,
    )
    for record, was, now in rows:
        yield Move(
            table=record["table"],
            number=record["number"],
            month=record["month"],
            title=record["title"] or "",
            old=(was["category"], was["subcategory"] or ""),
            new=(now["category"], now["subcategory"] or ""),
            old_margin=was["margin"],
            new_margin=now["margin"],
            old_evidence=was["evidence"] or "",
            new_evidence=now["evidence"] or "",
            old_against=was.get("against") or "",
            new_against=now.get("against") or "",
        )


def _tallies(
    records: pa.Table, before: pa.Table, after: pa.Table, settled: np.ndarray
) -> Iterator[Tally]:
    """Every table, month and category that changes, confirmed records left out of both sides."""
    places = zip(records["table"].to_pylist(), records["month"].to_pylist(), strict=True)
    answers = zip(before["category"].to_pylist(), after["category"].to_pylist(), strict=True)
    flows: Counter[tuple[str, str, str, str]] = Counter(
        (*place, was, now)
        for place, (was, now), is_settled in zip(places, answers, settled.tolist(), strict=True)
        if not is_settled
    )
    counts: dict[tuple[str, str, str], list[int]] = {}
    for (table, month, was, now), count in flows.items():
        left = counts.setdefault((table, month, was), [0, 0, 0, 0])
        joined = counts.setdefault((table, month, now), [0, 0, 0, 0])
        left[0] += count
        joined[1] += count
        if was != now:
            joined[2] += count
            left[3] += count
    for (table, month, category), (old, new, came, went) in sorted(counts.items()):
        if came or went:
            yield Tally(table, month, category, old, new, came, went)
