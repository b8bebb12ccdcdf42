"""The district's own register of key hazards: one workbook a year, sent again as it grows.

45 hazards by the four categories in the golden year, of which 16 are rectified at year's end.
The category is written in the sheet, since the register is kept by category.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from riskpipe.demo.geography import Spot
from riskpipe.demo.months import Month, dice, midnight
from riskpipe.demo.people import staff
from riskpipe.demo.town import Town
from riskpipe.demo.wording import Concept, one
from riskpipe.demo.workbook import Form, information, write_form
from riskpipe.vocabulary import FOUR_CATEGORIES

SENDER = "区应急管理局"
DELIVERED_AFTER = (6, 10, 12)


@dataclass(frozen=True)
class KeyHazard:
    """One hazard of the district's register."""

    number: str
    concept: Concept
    spot: Spot
    found: date
    rectified: date | None
    is_signed_off: bool
    pick: int


def write_key_register(town: Town, month: Month, recorded: set[str]) -> None:
    """The register as of the month, if one is due."""
    if month.number not in DELIVERED_AFTER:
        return
    sent = month.day_after(8)
    shown = [h for h in key_hazards_of(town, month.year) if h.found <= month.last]
    rows = [_row(town, h, n, sent) for n, h in enumerate(shown, 1)]
    info = information(
        SENDER, first=Month(month.year, 1).first, last=month.last, nature="累计重报", officer=5,
        sent_on=sent, source="",
    )  # fmt: skip
    path = town.path(sent, SENDER, f"全区重点隐患登记_{month.year}.xlsx")
    write_form(path, Form("findings", rows, [], [], info))
    for h in shown:
        if h.number not in recorded:
            recorded.add(h.number)
            town.book.number(
                (h.number, "key_register", h.concept.category, h.concept.subcategory,
                 h.concept.index, midnight(h.found), h.spot.street, h.spot.community, h.spot.unit,
                 h.spot.address, "")
            )  # fmt: skip


def key_hazards_of(town: Town, year: int) -> list[KeyHazard]:
    """All hazards of a year's register, by day found."""
    january = Month(year, 1)
    return town.recall("key_register", january, lambda: _drawn(town, january))


def _drawn(town: Town, january: Month) -> list[KeyHazard]:
    rng = dice(town.seed, "key_register", january)
    counts, rectified = town.plan.key_register(january.year)
    categories = [c for c in FOUR_CATEGORIES for _ in range(counts[c])]
    days = [
        january.first + timedelta(days=d) for d in rng.integers(5, 350, len(categories)).tolist()
    ]
    early = sorted(
        range(len(days)), key=lambda k: (days[k] > date(january.year, 9, 15), k * 7 % 11)
    )
    done = set(early[:rectified])
    found = []
    for k, (category, day) in enumerate(zip(categories, days, strict=True)):
        pick = int(rng.integers(1 << 30))
        concepts = [c for c in town.wording.concepts if c.category == category and c.kind != "net"]
        concept = concepts[pick % len(concepts)]
        names = town.geography.names_of(concept.kind) or 1 << 20
        spot = town.geography.spot(concept.kind, pick % 187, pick // 187 % names, pick % 400)
        fixed = min(day + timedelta(days=20 + pick % 60), date(january.year, 12, 20))
        number = f"YH-QL00-{day:%Y%m}-{k + 1:04d}"
        found.append(
            KeyHazard(
                number,
                concept,
                spot,
                day,
                max(fixed, day) if k in done else None,
                pick % 5 < 3,
                pick,
            )
        )
    return sorted(found, key=lambda h: (h.found, h.number))


def _row(town: Town, h: KeyHazard, seq: int, sent: date) -> Sequence[Any]:
    done = h.rectified if h.rectified and h.rectified < sent else None
    signed = done if done and h.is_signed_off else None
    state = "已销号" if signed else "已整改待复查" if done else "整改中" if h.pick % 6 else "待整改"
    unit = h.spot.unit if h.spot.unit != "无" else h.spot.street + "办事处"
    return (
        seq, h.number, h.found, SENDER, "、".join((staff(h.pick % 40), staff(h.pick % 40 + 53))),
        "专项检查", unit, town.geography.data["trades"][h.spot.kind], h.spot.street,
        h.spot.community, town.wording.part_of(h.spot, h.pick),
        h.concept.formal.replace("{n}", str(2 + h.pick % 7)), h.concept.category,
        "重大" if h.pick % 4 == 0 else "一般", unit, staff(h.pick // 40 % 140 + 100),
        one(town.wording.frames["measures"], h.pick), h.found + timedelta(days=60 + h.pick % 120),
        state, done, signed, staff(h.pick % 40 + 20) if signed else "", "合格" if signed else "",
        signed, "",
    )  # fmt: skip
