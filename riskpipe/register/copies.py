"""Which findings of two ledgers are one hazard under two numbers: members in, pairs out.

A street's ledger and a software export, or two senders' ledgers, list the same find under
numbers of their own. It is one hazard when both say the same day, unit and street and the same
description; or the same spot, where one description holds the other. Conservative on purpose:
within one numbering nothing is ever joined, and where a numbering has two lines that match,
none is. Who leads is settled here; what joining means for tip-offs is not (links.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.register.narrowing import often, plain

COPYING = ("export", "export-place")
KEYED = {"export": "description", "export-place": "address"}
"""Which column each rule compares, the surer first."""


@dataclass(frozen=True)
class Copy:
    """A finding that another one stands for: the other's number and the rule that says so."""

    leader: str
    rule_id: str


@dataclass(frozen=True)
class _Line:
    number: str
    numbering: str
    description: str
    age: tuple[object, ...]


def copies_of(
    members: pa.Table, least_letters: Mapping[str, int], nameless: Iterable[str]
) -> dict[str, Copy]:
    """Findings that stand in another ledger too, by number. Leaders are not among the keys."""
    findings = members.filter(pc.equal(members["member_kind"], "finding")).combine_chunks()
    keys = {rule: _keys(findings, KEYED[rule], least_letters[rule], nameless) for rule in COPYING}
    found: dict[str, Copy] = {}
    matched: set[str] = set()
    for rule_id in COPYING:
        for group in _groups(findings, keys[rule_id]):
            open_lines = [line for line in group if line.number not in matched]
            for leader, follower in _pairs(open_lines, rule_id):
                found[follower] = Copy(leader, rule_id)
                matched |= {leader, follower}
    return found


def _keys(findings: pa.Table, column: str, least_letters: int, nameless: Iterable[str]) -> pa.Array:
    """Per finding `day|street|unit|text`; null where day, unit or text say too little."""
    text, unit = plain(findings[column]), plain(findings["unit_name"])
    is_said = pc.and_(pc.greater(pc.utf8_length(unit), 1), pc.is_valid(findings["inspected_on"]))
    is_said = pc.and_kleene(is_said, pc.invert(pc.is_in(unit, pa.array(sorted(nameless)))))
    is_said = pc.and_kleene(is_said, pc.greater_equal(pc.utf8_length(text), least_letters))
    key = pc.binary_join_element_wise(
        findings["inspected_on"].combine_chunks().cast(pa.string()),
        pc.fill_null(plain(findings["street"]), ""),
        unit,
        text,
        "|",
    )
    return pc.if_else(pc.fill_null(is_said, False), key, pa.scalar(None, pa.string()))


def _groups(findings: pa.Table, keys: pa.Array) -> Iterator[list[_Line]]:
    """Findings that share a key and come from more than one numbering, by key."""
    shares = pc.and_(pc.is_valid(keys), pc.is_in(keys, often(keys)))
    narrow = findings.filter(shares)
    texts = plain(narrow["description"]).to_pylist()
    groups: dict[str, list[_Line]] = defaultdict(list)
    for key, text, row in zip(
        keys.filter(shares).to_pylist(), texts, narrow.to_pylist(), strict=True
    ):
        age = (row["received_on"], row["seen_at"], row["member_no"])
        groups[key].append(_Line(row["member_no"], row["numbering"] or "", text or "", age))
    for key in sorted(groups):
        if len({line.numbering for line in groups[key]}) > 1:
            yield sorted(groups[key], key=lambda line: line.age)


def _pairs(lines: Sequence[_Line], rule_id: str) -> Iterator[tuple[str, str]]:
    """(leader, follower): the first known line leads; a numbering with two lines is left out."""
    held: dict[str, int] = defaultdict(int)
    for line in lines:
        held[line.numbering] += 1
    single = [line for line in lines if held[line.numbering] == 1]
    for line in single[1:]:
        if rule_id == "export" or _holds(single[0].description, line.description):
            yield single[0].number, line.number


def _holds(one: str, other: str) -> bool:
    """Whether the shorter description stands, whole, in the longer."""
    short, long = sorted((one, other), key=len)
    return bool(short) and short in long
