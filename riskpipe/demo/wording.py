"""What is reported and in whose words: concepts (one kind of matter) and frames around them.

A concept has a formal and a spoken wording, a kind of place, a season and the sources it comes
through; the wording never names a person. Frames give operator, caller, grid-worker or web
style. `said` composes one text; personal details go in only where the caller asks for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from riskpipe.demo.geography import Spot
from riskpipe.demo.people import Person
from riskpipe.demo.plan import SEASONS, packaged_rows, packaged_rules
from riskpipe.vocabulary import Category

T = TypeVar("T")
NEAR = ("附近", "", "旁边", "这里", "对面", "")


@dataclass(frozen=True)
class Concept:
    """One kind of matter."""

    index: int
    category: str
    subcategory: str
    kind: str
    weight: float
    season: str
    sources: str
    formal: str
    spoken: str

    @property
    def is_hazard(self) -> bool:
        """False for what is no event at all."""
        return self.category != Category.NONE


@dataclass(frozen=True)
class Wording:
    """All concepts and frames."""

    concepts: Sequence[Concept]
    frames: Mapping[str, Any]

    def weights(self, source: str, month: int, none_share: float) -> np.ndarray:
        """Probability of each concept for a source letter in a month (1-12)."""
        raw = np.array(
            [c.weight * SEASONS[c.season][month - 1] * (source in c.sources) for c in self.concepts]
        )
        hazard = np.array([c.is_hazard for c in self.concepts])
        for part, share in ((hazard, 1 - none_share), (~hazard, none_share)):
            whole = raw[part].sum()
            raw[part] = raw[part] / whole * share if whole else 0
        return raw / raw.sum()

    @cached_property
    def of_subcategory(self) -> dict[tuple[str, str], list[Concept]]:
        """Concepts by category and sub-category."""
        found: dict[tuple[str, str], list[Concept]] = {}
        for concept in self.concepts:
            found.setdefault((concept.category, concept.subcategory), []).append(concept)
        return found

    def said(self, style: str, concept: Concept, spot: Spot, pick: int) -> str:
        """One text in a style; `pick` is any number and chooses among the parts."""
        frames = self.frames
        core = concept.spoken if style == "spoken" else concept.formal
        suffix = "" if concept.is_hazard else "_none"
        where = self.where(style, spot, pick)
        return one(frames[style], pick).format(
            where=where,
            core=core.replace("{n}", str(2 + pick % 7)),
            effect=one(frames["effect" + suffix], pick // 7),
            ask=one(frames["ask" + suffix], pick // 11),
            since=one(frames["since"], pick // 13),
        )

    def where(self, style: str, spot: Spot, pick: int) -> str:
        """Place words: full in writing, loose in speech."""
        if spot.kind == "net":
            return ""
        named = "" if spot.unit == "无" else (spot.short if style == "spoken" else spot.unit)
        inside = spot.address.endswith("栋") or not named
        if style == "spoken":
            return spot.address if inside and pick % 2 else f"{spot.address}{NEAR[pick % 6]}{named}"
        place = spot.address if inside else f"{spot.address}{named}"
        return f"{spot.street}{place}" if pick % 3 else place

    def part_of(self, spot: Spot, pick: int) -> str:
        """Address and the exact spot, indoors or out."""
        outside = "_outside" if spot.kind in ("road", "river", "hill", "farm") else ""
        return spot.address + one(self.frames["spots" + outside], pick)

    def owning_up(self, style: str, person: Person, pick: int) -> str:
        """A sentence in which the reporter names himself."""
        kind = {"operator": "named_operator", "web": "named_web"}.get(style, "named_spoken")
        return one(self.frames[kind], pick).format(
            name=person.name,
            phone=disguised(person.phone, pick // 5),
            home=person.home,
            idno=person.idno,
            account=person.account,
            wechat=person.wechat,
            email=person.email,
            plate=person.plate,
        )

    def title(self, concept: Concept, spot: Spot, pick: int) -> str:
        """A work order's title; some say little."""
        if pick % 9 == 0:
            return ("市民反映问题", "关于相关情况的反映", "投诉")[pick // 9 % 3]
        what = concept.formal.split("，", maxsplit=1)[0].replace("{n}", str(2 + pick % 7))
        return f"反映{spot.street if pick % 2 else spot.community}{what}"


def one(choices: Sequence[T], pick: int) -> T:
    """The pick-th of them, round and round."""
    return choices[pick % len(choices)]


def disguised(phone: str, pick: int) -> str:
    """A phone as people type it: plain, spaced, dashed, full-width."""
    way = pick % 6
    if way == 1:
        return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    if way == 2:
        return f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
    if way == 3:
        return phone.translate({48 + d: 0xFF10 + d for d in range(10)})
    return phone


def load_wording() -> Wording:
    """The packaged concepts and frames."""
    rules = packaged_rules()
    return Wording(
        tuple(_concept(i, row) for i, row in enumerate(packaged_rows("concepts"))),
        rules.document("demo/frames"),
    )


def _concept(index: int, row: Mapping[str, str]) -> Concept:
    return Concept(
        index,
        row["category"],
        row["subcategory"],
        row["kind"],
        float(row["weight"]),
        row["season"],
        row["sources"],
        row["formal"],
        row["spoken"],
    )
