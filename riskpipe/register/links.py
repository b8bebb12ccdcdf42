"""Which reports tell of one hazard: members in, one link each out, by plain dated rules.

Officers' own statements come first (并案, 转办同源): what they name together is one case, led
by its earliest report. A case then joins the earliest hazard whose *first* report it matches
directly, same unit or same address beside the same street and sub-category, within the days
of joins.csv; it is never joined through another member, so two unlike hazards cannot chain.
A finding is a hazard of its own unless it cites a tip-off or answers one, and a hazard takes
one finding only. Most members match nothing and never reach the loops.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.rules import Rules
from riskpipe.tables.base import schema_of
from riskpipe.tables.register import Links
from riskpipe.text import fold, key_form

INPUTS = ("members",)
RULES = ("register/joins", "register/nameless")

PREFIX: Final = {"tipoff": "T-", "finding": "F-"}
KEYED: Final = {"unit": "unit_name", "address": "address"}
"""Which column each matching rule compares."""

HOUSE: Final = r"\p{N}|[一二三四五六七八九十百]+[号弄栋幢座楼组队]"
"""A street alone holds many hazards: an address is compared only when it names a house."""

CITIZENS: Final = "群众举报"
"""The origin of a finding that answers a tip-off."""


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
    keys = {name: _keys(members, KEYED[name], joins[name], nameless) for name in KEYED}
    special = _may_join(members, keys)
    found = joined(_members(members, keys, special), joins)
    return _table(members, special, found)


def joined(members: Sequence[Member], joins: Mapping[str, Join]) -> dict[tuple[str, str], Link]:
    """Every member's link by (kind, number)."""
    tipoffs = sorted((m for m in members if m.kind == "tipoff"), key=lambda m: m.age)
    findings = sorted((m for m in members if m.kind == "finding"), key=lambda m: m.age)
    leaders = _cases(tipoffs)
    links, seeds = _led(tipoffs, leaders, joins)
    return links | _answered(findings, links, seeds, joins)


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
) -> dict[tuple[str, str], Link]:
    """Links of all findings: to the tip-off cited or answered, else to themselves."""
    found: dict[tuple[str, str], Link] = {}
    taken: set[str] = set()
    answers = dict.fromkeys(KEYED, joins["reported"])
    for member in findings:
        link = _cited(member, links, joins)
        if link is None and member.origin == CITIZENS and member.cited_no is None:
            link = _first_match(member, seeds, answers, member.keys, joins)
        if link is None or link.hazard_id in taken:
            link = Link(member.hazard_id, "seed", None)
        taken.add(link.hazard_id)
        found["finding", member.number] = link
    return found


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


def _keys(members: pa.Table, column: str, join: Join, nameless: Iterable[str]) -> pa.Array:
    """Per member `street|sub-category|text` in comparing form; null where nothing is comparable."""
    plain = pc.replace_substring_regex(pc.utf8_lower(fold(members[column])), r"[^\p{L}\p{N}]+", "")
    is_good = pc.greater_equal(pc.utf8_length(plain), join.min_letters)
    is_good = pc.and_kleene(is_good, pc.invert(pc.is_in(plain, pa.array(sorted(nameless)))))
    if join.rule_id == "address":
        is_good = pc.and_kleene(is_good, pc.match_substring_regex(plain, HOUSE))
    key = pc.binary_join_element_wise(
        members["street"].combine_chunks(), members["subcategory"].combine_chunks(), plain, "|"
    )
    return pc.if_else(pc.fill_null(is_good, False), key, pa.scalar(None, pa.string()))


def _may_join(members: pa.Table, keys: Mapping[str, pa.Array]) -> pa.Array:
    """Which members can be linked to another at all: by a number on either side or by a key.

    A key joins tip-offs, and a finding that answers one; other findings never look at it.
    """
    number = members["member_no"].combine_chunks()
    named = [members[name].combine_chunks() for name in ("merged_no", "source_no", "cited_no")]
    result = pc.is_in(number, pa.concat_arrays(named).drop_null())
    for column in named:
        result = pc.or_(result, pc.is_in(column, pc.drop_null(number)))
    is_tipoff = pc.equal(members["member_kind"].combine_chunks(), "tipoff")
    is_answer = pc.fill_null(pc.equal(members["origin"].combine_chunks(), CITIZENS), False)
    may_match = pc.or_(is_tipoff, is_answer)
    for key in keys.values():
        counts = pc.value_counts(key.filter(may_match).drop_null())
        often = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
        shares = pc.and_(pc.is_valid(key), pc.is_in(key, often))
        result = pc.or_(result, pc.and_(may_match, shares))
    return result


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
    }
    said = {
        name: pc.replace_with_mask(
            column, special, pa.array([getattr(link, name) for link in links], pa.string())
        )
        for name, column in alone.items()
    }
    same = {name: members[name] for name in ("member_kind", "member_no", "row_id")}
    names = schema_of(Links).names
    table = pa.table({name: (said | same)[name] for name in names}, schema=schema_of(Links))
    return table.sort_by(
        [("hazard_id", "ascending"), ("member_kind", "ascending"), ("member_no", "ascending")]
    )
