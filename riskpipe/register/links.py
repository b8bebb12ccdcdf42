"""Which reports tell of one hazard: members in, one link each out, by plain dated rules.

Officers' own statements come first (并案, 转办同源): what they name together is one case, led
by its earliest report. A case then joins the earliest hazard whose *first* report it matches
directly, same unit or same address beside the same street and sub-category, within the days
of joins.csv; it is never joined through another member, so two unlike hazards cannot chain.
A finding is a hazard of its own unless it cites a tip-off or answers one; a hazard takes one
finding, and its copies under another ledger's numbers (copies.py). Most members match nothing
and never reach the loops.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.register.copies import COPYING, Copy, copies_of
from riskpipe.register.narrowing import CITIZENS, keys_of, may_join
from riskpipe.rules import Rules
from riskpipe.tables.base import schema_of
from riskpipe.tables.register import Links
from riskpipe.text import key_form

INPUTS = ("members",)
RULES = ("register/joins", "register/nameless")

PREFIX: Final = {"tipoff": "T-", "finding": "F-"}
KEYED: Final = {"unit": "unit_name", "address": "address"}
"""Which column each matching rule compares."""


@dataclass(frozen=True)
class Join:
    """One row of joins.csv; None stands for no limit."""

    rule_id: str
    title: str
    window: dt.timedelta | None
    min_letters: int


@dataclass(frozen=True)
class Link:
    """A member's hazard, and why."""

    hazard_id: str
    rule_id: str
    evidence: str | None

    @property
    def is_copy(self) -> bool:
        """Whether another finding of the hazard stands for it."""
        return self.rule_id in COPYING


@dataclass(frozen=True)
class Member:
    """One report: its number, when it came first, and the keys it may be matched by."""

    kind: str
    number: str
    seen_at: dt.datetime
    origin: str | None
    merged_no: str | None
    source_no: str | None
    cited_no: str | None
    keys: Mapping[str, str]

    @property
    def hazard_id(self) -> str:
        """The id of the hazard it leads if it is the first."""
        return PREFIX[self.kind] + self.number

    @property
    def age(self) -> tuple[dt.datetime, str]:
        """Order of first come; the number breaks ties."""
        return self.seen_at, self.number


def build(inputs: Mapping[str, pa.Table], rules: Rules) -> pa.Table:
    """`links` from `members`: one row each, ordered by hazard, kind and number."""
    members = inputs["members"].combine_chunks()
    joins = {row["rule_id"]: _join(row) for row in rules.rows("register/joins")}
    nameless = {key_form(row["word"]) for row in rules.rows("register/nameless")}
    keys = {
        name: keys_of(members, KEYED[name], joins[name].min_letters, nameless) for name in KEYED
    }
    least = {rule: joins[rule].min_letters for rule in COPYING}
    copies = copies_of(members, least, nameless)
    special = pc.or_(may_join(members, keys), _is_copied(members, copies))
    found = joined(_members(members, keys, special), joins, copies)
    return _table(members, special, found)


def joined(
    members: Sequence[Member], joins: Mapping[str, Join], copies: Mapping[str, Copy]
) -> dict[tuple[str, str], Link]:
    """Every member's link by (kind, number)."""
    tipoffs = sorted((m for m in members if m.kind == "tipoff"), key=lambda m: m.age)
    findings = sorted((m for m in members if m.kind == "finding"), key=lambda m: m.age)
    leaders = _cases(tipoffs)
    links, seeds = _led(tipoffs, leaders, joins)
    return links | _answered(findings, links, seeds, joins, copies)


def _cases(tipoffs: Sequence[Member]) -> dict[str, tuple[str, str]]:
    """Per tip-off that officers put with another: its case's leader and the rule."""
    by_number = {member.number: member for member in tipoffs}
    parent = {member.number: member.number for member in tipoffs}

    def top(number: str) -> str:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    named: dict[str, str] = {}
    for member in tipoffs:
        for rule_id, other in (("merged", member.merged_no), ("source", member.source_no)):
            if other in by_number and other != member.number:
                named.setdefault(member.number, rule_id)
                named.setdefault(other, rule_id)
                ends = sorted((top(member.number), top(other)), key=lambda n: by_number[n].age)
                parent[ends[1]] = ends[0]
    return {number: (top(number), rule) for number, rule in named.items() if top(number) != number}


def _led(
    tipoffs: Sequence[Member], leaders: Mapping[str, tuple[str, str]], joins: Mapping[str, Join]
) -> tuple[dict[tuple[str, str], Link], dict[tuple[str, str], list[Member]]]:
    """Links of all tip-offs, and the seeds by (rule, key) in order of time."""
    links: dict[tuple[str, str], Link] = {}
    seeds: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in tipoffs:
        if member.number in leaders:
            continue
        match = _first_match(member, seeds, joins, member.keys, joins)
        if match is None:
            links["tipoff", member.number] = Link(member.hazard_id, "seed", None)
            for rule_id, key in member.keys.items():
                seeds[rule_id, key].append(member)
        else:
            links["tipoff", member.number] = match
    for number, (leader, rule_id) in leaders.items():
        hazard_id = links["tipoff", leader].hazard_id
        links["tipoff", number] = Link(hazard_id, rule_id, f"{joins[rule_id].title}：{leader}")
    return links, seeds


def _answered(
    findings: Sequence[Member],
    links: Mapping[tuple[str, str], Link],
    seeds: Mapping[tuple[str, str], Sequence[Member]],
    joins: Mapping[str, Join],
    copies: Mapping[str, Copy],
) -> dict[tuple[str, str], Link]:
    """Links of all findings: to the tip-off cited or answered, else to themselves.

    A copy goes where its leader goes; what a copy cites counts for the leader as well.
    """
    found: dict[tuple[str, str], Link] = {}
    taken: set[str] = set()
    together: dict[str, list[Member]] = defaultdict(list)
    for member in findings:
        together[_leader(member, copies)].append(member)
    for member in findings:
        if member.number in copies:
            continue
        asked = sorted(together[member.number], key=lambda one: one is not member)
        told = (_told(one, links, seeds, joins) for one in asked)
        link = next((link for link in told if link is not None), None)
        if link is None or link.hazard_id in taken:
            link = Link(member.hazard_id, "seed", None)
        taken.add(link.hazard_id)
        found["finding", member.number] = link
    for number, copy in copies.items():
        evidence = f"{joins[copy.rule_id].title}：{copy.leader}"
        hazard_id = found["finding", copy.leader].hazard_id
        found["finding", number] = Link(hazard_id, copy.rule_id, evidence)
    return found


def _leader(member: Member, copies: Mapping[str, Copy]) -> str:
    return copies[member.number].leader if member.number in copies else member.number


def _told(
    member: Member,
    links: Mapping[tuple[str, str], Link],
    seeds: Mapping[tuple[str, str], Sequence[Member]],
    joins: Mapping[str, Join],
) -> Link | None:
    """The tip-off a finding cites, or the one it answers without citing any."""
    if member.cited_no is not None or member.origin != CITIZENS:
        return _cited(member, links, joins)
    answers = dict.fromkeys(KEYED, joins["reported"])
    return _first_match(member, seeds, answers, member.keys, joins)


def _cited(
    member: Member, links: Mapping[tuple[str, str], Link], joins: Mapping[str, Join]
) -> Link | None:
    cited = links.get(("tipoff", member.cited_no or ""))
    if cited is None:
        return None
    return Link(cited.hazard_id, "cited", f"{joins['cited'].title}：{member.cited_no}")


def _first_match(
    member: Member,
    seeds: Mapping[tuple[str, str], Sequence[Member]],
    windows: Mapping[str, Join],
    keys: Mapping[str, str],
    joins: Mapping[str, Join],
) -> Link | None:
    """The earliest seed that shares a key within the rule's days; None when there is none."""
    hits = []
    for rule_id, key in keys.items():
        window = windows[rule_id].window
        for seed in seeds.get((rule_id, key), ()):
            apart = member.seen_at - seed.seen_at
            if apart >= dt.timedelta(0) and (window is None or apart <= window):
                hits.append((seed.age, rule_id, apart))
                break
    if not hits:
        return None
    (_, number), rule_id, apart = min(hits)
    evidence = f"{joins[rule_id].title}：{number}，相隔{apart.days}天"
    return Link(PREFIX["tipoff"] + number, windows[rule_id].rule_id, evidence)


def _join(row: Mapping[str, str]) -> Join:
    window = dt.timedelta(days=int(row["window_days"])) if row["window_days"] else None
    return Join(row["rule_id"], row["title"], window, int(row["min_letters"] or 0))


def _is_copied(members: pa.Table, copies: Mapping[str, Copy]) -> pa.Array:
    """Which findings stand in two ledgers, on either side of the pair."""
    numbers = sorted(copies.keys() | {copy.leader for copy in copies.values()})
    is_named = pc.is_in(members["member_no"].combine_chunks(), pa.array(numbers, pa.string()))
    return pc.and_(is_named, pc.equal(members["member_kind"].combine_chunks(), "finding"))


def _members(members: pa.Table, keys: Mapping[str, pa.Array], special: pa.Array) -> list[Member]:
    narrow = members.filter(special)
    texts = {name: key.filter(special).to_pylist() for name, key in keys.items()}
    return [
        Member(
            row["member_kind"],
            row["member_no"],
            row["seen_at"],
            row["origin"],
            row["merged_no"],
            row["source_no"],
            row["cited_no"],
            {name: texts[name][place] for name in texts if texts[name][place] is not None},
        )
        for place, row in enumerate(narrow.to_pylist())
    ]


def _table(members: pa.Table, special: pa.Array, found: Mapping[tuple[str, str], Link]) -> pa.Table:
    """All members with their links; who was not asked leads a hazard alone."""
    kind = members["member_kind"].combine_chunks()
    number = members["member_no"].combine_chunks()
    asked = zip(kind.filter(special).to_pylist(), number.filter(special).to_pylist(), strict=True)
    links = [found[who] for who in asked]
    prefix = pc.if_else(pc.equal(kind, "tipoff"), PREFIX["tipoff"], PREFIX["finding"])
    alone = {
        "hazard_id": pc.binary_join_element_wise(prefix, number, ""),
        "rule_id": pa.repeat(pa.scalar("seed"), len(number)),
        "evidence": pa.nulls(len(number), pa.string()),
        "is_copy": pa.repeat(pa.scalar(False), len(number)),
    }
    said = {
        name: pc.replace_with_mask(
            column, special, pa.array([getattr(link, name) for link in links], column.type)
        )
        for name, column in alone.items()
    }
    same = {name: members[name] for name in ("member_kind", "member_no", "row_id")}
    names = schema_of(Links).names
    table = pa.table({name: (said | same)[name] for name in names}, schema=schema_of(Links))
    return table.sort_by(
        [("hazard_id", "ascending"), ("member_kind", "ascending"), ("member_no", "ascending")]
    )
