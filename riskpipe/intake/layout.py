"""Layouts: which headings of a source mean which field, as data.

`riskpipe/intake/layouts/*.toml`, overlaid by the office's own, become `Layout`s. A layout
knows one kind of sheet of one source: its headings and their aliases, what must be there,
what is constant, which values are repaired by an explicit map. No sheet is looked at here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pyarrow as pa

from riskpipe.rules import RuleError, Rules
from riskpipe.text import squeeze_one
from riskpipe.vocabulary import Kind

MARKS = re.compile(r"[*★▲○●🔒:：\s]|[(（](必填|选填|保密|非必填)[)）]")
UNIT = re.compile(r"[(（](亿元|万元|千元|元|人|家|起|件|处|天|%)[)）]$")
LONGEST_HEADING = 40

LAYOUTS = "intake/layouts"
SCHEMES = "intake/gradeschemes"


@dataclass(frozen=True)
class Emptiness:
    """What counts as an empty report in a text field: too short, a stock word, a copy."""

    least_letters: int
    words: frozenset[str]
    copy_of: str


@dataclass(frozen=True)
class Layout:
    """One sheet layout of one source."""

    name: str
    kind: Kind
    title: str
    sheets: tuple[str, ...]
    required: tuple[str, ...]
    prefilled: tuple[str, ...]
    number: str
    identity: tuple[str, ...]
    joins: str
    joined: frozenset[str]
    prior: str
    headings: Mapping[str, tuple[str, ...]]
    personal: Mapping[str, tuple[str, ...]]
    aside: frozenset[str]
    constants: Mapping[str, str]
    fallbacks: Mapping[str, tuple[str, ...]]
    repairs: Mapping[str, Mapping[str, str]]
    emptiness: Mapping[str, Emptiness]
    totals_are_data: frozenset[str]
    """Fields where 合计 is a value like others and makes no total row."""

    @property
    def needed(self) -> tuple[str, ...]:
        """Fields whose heading must stand on the sheet."""
        given = self.constants.keys() | self.fallbacks.keys()
        return tuple(field for field in self.required if field not in given)

    def heading_of(self, field: str) -> str:
        """The printed heading of a field, for messages."""
        return (self.headings.get(field) or self.personal.get(field) or (field,))[0]


@dataclass(frozen=True)
class Layouts:
    """All layouts, and where each known heading may belong."""

    layouts: tuple[Layout, ...]
    by_heading: Mapping[str, tuple[tuple[int, str], ...]]
    """Plain heading → (place of the layout, field); a field of "" is known and left aside."""
    aside_sheets: frozenset[str]
    facts_sheets: frozenset[str]
    facts: Mapping[str, tuple[str, ...]]
    notes: re.Pattern[str]
    totals: frozenset[str]
    subtotals: frozenset[str]
    """Of the totals, those of a group or page only."""
    running: frozenset[str]
    """Of the totals, those that go back before the sheet: nothing on it checks them."""
    not_summed: tuple[str, ...]
    """Words in the headings of columns whose total is no sum (a rate, a mean)."""
    ditto: frozenset[str]
    """What stands for the value in the row above."""
    spellings: pa.Array
    """Known headings as they are printed, to be looked up in whole columns at once."""
    _seen: dict[str, tuple[tuple[int, str], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def owners(self, cell: str) -> tuple[tuple[int, str], ...]:
        """(place of the layout, field) of every layout that knows a cell as a heading."""
        if len(cell) > LONGEST_HEADING:
            return ()
        found = self._seen.get(cell)
        if found is None:
            name = plain(cell)
            found = self.by_heading.get(name) or (
                self.by_heading.get(without_unit(name), ()) if name.endswith((")", "）")) else ()
            )
            if found:  # only headings are remembered, never what a data cell held
                self._seen[cell] = found
        return found


@lru_cache(maxsize=20_000)
def plain(heading: str) -> str:
    """A heading as it is compared: folded, without marks such as ★ or （必填）, lower case."""
    return MARKS.sub("", squeeze_one(heading)).lower()


def without_unit(heading: str) -> str:
    """A plain heading without its unit in brackets: 处罚金额(元) → 处罚金额."""
    return UNIT.sub("", heading)


def unit_of(heading: str) -> str:
    """The unit a heading names in brackets, empty when none."""
    found = UNIT.search(plain(heading))
    return found[1] if found else ""


def layouts_of(rules: Rules) -> Layouts:
    """Every layout and the words beside them. Raises RuleError for a layout that is wrong."""
    around = rules.document("intake/sheets")
    schemes = _schemes(rules)
    shared = {kind: _lists(table) for kind, table in rules.document("intake/personal").items()}
    found = tuple(
        _layout(
            name,
            {"grade_scheme": around["grade_scheme"], **document},
            shared,
            around["aside_headings"],
            schemes,
        )
        for name, document in rules.documents(LAYOUTS).items()
    )
    return Layouts(
        found,
        owned(found),
        frozenset(plain(name) for name in around["aside_sheets"]),
        frozenset(plain(name) for name in around["facts_sheets"]),
        _lists(around["facts"]),
        re.compile("|".join(f"(?:{note})" for note in around["notes"])),
        frozenset(around["totals"]),
        frozenset(around["subtotals"]),
        frozenset(around["running_totals"]),
        tuple(around["not_summed"]),
        frozenset(around["ditto"]),
        spelled(found),
    )


def owned(layouts: tuple[Layout, ...]) -> dict[str, tuple[tuple[int, str], ...]]:
    """Plain heading → (place of the layout, field), a field of "" for what is left aside."""
    index: dict[str, list[tuple[int, str]]] = {}
    for place, layout in enumerate(layouts):
        for name, aliases in (*layout.headings.items(), *layout.personal.items()):
            for alias in aliases:
                index.setdefault(plain(alias), []).append((place, name))
        for alias in sorted(layout.aside):
            index.setdefault(alias, []).append((place, ""))
    return {heading: tuple(owners) for heading, owners in index.items()}


def spelled(layouts: tuple[Layout, ...]) -> pa.Array:
    """Every heading as a sheet prints it, with and without the star of a required one."""
    printed = {
        alias
        for layout in layouts
        for aliases in (*layout.headings.values(), *layout.personal.values())
        for alias in aliases
    }
    return pa.array(sorted(printed | {f"★{alias}" for alias in printed}), pa.string())


def _schemes(rules: Rules) -> Mapping[str, Mapping[str, str]]:
    """Maps of local hazard grades by the scheme's name; of no name, the empty one."""
    schemes: dict[str, dict[str, str]] = {"": {}}
    for row in rules.rows(SCHEMES):
        schemes.setdefault(row["scheme"], {})[plain(row["written"])] = row["grade"]
    return schemes


def _repairs(
    document: Mapping[str, Any], schemes: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    """Explicit maps by field: the layout's own, over that of its scheme of grades."""
    repairs: dict[str, Mapping[str, str]] = {
        field: dict(table) for field, table in document.get("repairs", {}).items()
    }
    name = document["grade_scheme"]
    if name not in schemes:
        known = "、".join(sorted(filter(None, schemes)))
        raise RuleError(f"没有名为“{name}”的隐患分级对照：grade_scheme 可填 {known}，或留空。")
    scheme = schemes[name]
    if "grade" in document["headings"] and scheme:
        repairs["grade"] = {**scheme, **repairs.get("grade", {})}
    return repairs


def _layout(
    name: str,
    document: Mapping[str, Any],
    shared: Mapping[str, Any],
    everywhere: list[str],
    schemes: Mapping[str, Mapping[str, str]],
) -> Layout:
    try:
        kind = Kind(document["kind"])
        headings = _lists(document["headings"])
        # A sheet's own word for a heading goes before the words shared by its kind.
        taken = {plain(alias) for aliases in headings.values() for alias in aliases}
        own_kind = dict(shared.get(kind, {}))
        left_aside = (*everywhere, *own_kind.pop("aside", ()), *document.get("aside", ()))
        personal = {
            role: tuple(alias for alias in aliases if plain(alias) not in taken)
            for role, aliases in (
                *own_kind.items(),
                *_lists(document.get("personal", {})).items(),
            )
        }
        return Layout(
            name=name,
            kind=kind,
            title=document["title"],
            sheets=tuple(plain(sheet) for sheet in document.get("sheets", ())),
            required=tuple(document["required"]),
            prefilled=tuple(document.get("prefilled", ())),
            number=document.get("number", ""),
            identity=tuple(document.get("identity", ())),
            joins=document.get("joins", ""),
            joined=frozenset(document.get("joined", ())),
            prior=document.get("prior", kind.value),
            headings=headings,
            personal=personal,
            aside=frozenset(plain(alias) for alias in left_aside) - taken,
            constants=dict(document.get("constants", {})),
            fallbacks=_lists(document.get("fallbacks", {})),
            repairs=_repairs(document, schemes),
            emptiness={
                field: Emptiness(
                    table["least_letters"], frozenset(table["words"]), table.get("copy_of", "")
                )
                for field, table in document.get("emptiness", {}).items()
            },
            totals_are_data=frozenset(document.get("totals_are_data", ())),
        )
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise RuleError(
            f"表头规则 {name}.toml 有误（{error}）：请对照 intake/layouts 下的例子改正。"
        ) from None


def _lists(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in table.items()}
