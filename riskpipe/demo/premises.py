"""The grid centre's monthly check of places: 场所排查, one row per place with a hazard found.

Place types are the six of the grid reports. Within a year every place is new until the second
visits, which the plan counts; the same places come back in other years. Most of what a grid
worker finds is put right before he leaves; what is left stands in followups.py a month later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from riskpipe.demo.faults import record_spoiled, spoiled
from riskpipe.demo.geography import Spot
from riskpipe.demo.months import Month, dice, midnight
from riskpipe.demo.people import staff
from riskpipe.demo.tellings import HOURS_OFFICE, moments
from riskpipe.demo.town import Town, write_csv
from riskpipe.demo.wording import Concept, one
from riskpipe.vocabulary import PLACE_TYPES

LEFT = "premises left"
HEADINGS = (
    "排查编号", "排查时间", "网格编码", "所属街道（乡镇）", "单位（场所）名称", "场所类型", "隐患部位",
    "隐患描述", "隐患等级", "整改期限", "整改情况", "整改日期", "排查人员",
)  # fmt: skip
ON_THE_SPOT = 14
"""In so many of fifteen checks the hazard is removed while the grid worker is there."""
LATER = ("已整改", "整改中", "已整改", "待整改")


@dataclass(frozen=True, slots=True)
class Check:
    """One place with one hazard found."""

    number: str
    at: datetime
    place_type: str
    spot: Spot
    concept: Concept
    pick: int
    state: str
    done: date | None

    @property
    def is_left(self) -> bool:
        """Whether something is still to be rectified or re-inspected."""
        return self.state != "当场整改"


def write_premises(town: Town, month: Month) -> None:
    """One month's checks."""
    delivered = month.day_after(4)
    path = town.path(delivered, "区网格中心", f"场所排查_{month.label}.csv")
    checks = list(_checks(town, month))
    town.recall(LEFT, month, lambda: [check for check in checks if check.is_left])
    rows = [_row(town, check) for check in checks]
    record_spoiled(town, month, "premises", path, "", first_row=2 + len(rows))
    rows += spoiled(month, "premises", HEADINGS, rows[-1])
    write_csv(path, "utf-8-sig", HEADINGS, rows)


def left_open(town: Town, month: Month) -> list[Check]:
    """What the checks of a written month left to be done."""
    return town.recall(LEFT, month, list)


def _visits(town: Town, month: Month, rng: Any) -> list[tuple[str, int]]:
    now, before, twice = town.plan.places(month)
    visits = [
        (t, k) for t, n, past in zip(PLACE_TYPES, now, before, strict=True)
        for k in range(past, past + n)
    ]  # fmt: skip
    again = rng.choice(len(visits), min(twice, len(visits)), replace=False).tolist()
    visits += [visits[i] for i in again]
    return [visits[i] for i in rng.permutation(len(visits)).tolist()]


def _checks(town: Town, month: Month) -> Iterator[Check]:
    rng = dice(town.seed, "premises", month)
    visits = _visits(town, month, rng)
    count = len(visits)
    when = moments(rng, month, count, HOURS_OFFICE, 0.2)
    picks = rng.integers(0, 1 << 30, count).tolist()
    by_kind = _concepts_by_kind(town)
    running: dict[str, int] = {}
    for (place_type, index), at, pick in zip(visits, when, picks, strict=True):
        spot = town.geography.premises(place_type, index)
        code = spot.street_code
        running[code] = running.get(code, 0) + 1
        state, done = _outcome(at, pick, midnight(month.day_after(4)))
        yield Check(
            f"PC-{code}-{month.compact}-{running[code]:04d}",
            at,
            place_type,
            spot,
            one(by_kind.get(spot.kind) or by_kind[""], pick),
            pick,
            state,
            done,
        )


def _outcome(at: datetime, pick: int, delivered: datetime) -> tuple[str, date | None]:
    if pick // 5 % 15 < ON_THE_SPOT:
        return "当场整改", at.date()
    state = LATER[pick // 75 % 4]
    done = at.date() + timedelta(days=1 + pick % 20)
    if state != "已整改" or midnight(done) >= delivered:
        return (state if state != "已整改" else "整改中"), None
    return state, done


def _row(town: Town, check: Check) -> Sequence[Any]:
    spot, concept, pick = check.spot, check.concept, check.pick
    town.book.number(
        (check.number, "premises", concept.category, concept.subcategory, concept.index, check.at,
         spot.street, spot.community, spot.unit, spot.address, "")
    )  # fmt: skip
    due = check.at.date() + timedelta(days=7 + pick % 23)
    return (
        check.number, check.at.isoformat(" ", "minutes"), spot.grid, spot.street, spot.unit,
        check.place_type, town.wording.part_of(spot, pick // 3),
        concept.formal.replace("{n}", str(2 + pick % 7)), "一般",
        due.isoformat(), check.state, check.done.isoformat() if check.done else "", staff(pick % 280),
    )  # fmt: skip


def _concepts_by_kind(town: Town) -> dict[str, list[Concept]]:
    found: dict[str, list[Concept]] = {}
    for concept in town.wording.concepts:
        if "f" in concept.sources and concept.is_hazard:
            found.setdefault(concept.kind, []).append(concept)
            if concept.subcategory == "火灾" and concept.kind == "market":
                found.setdefault("", []).append(concept)
    return found
