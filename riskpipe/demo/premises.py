"""The grid centre's monthly check of places: 场所排查, one row per place with a hazard found.

Place types are the six of the grid reports. Within a year every place is new until the second
visits, which the plan counts; the same places come back in other years.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from riskpipe.demo.faults import record_spoiled, spoiled
from riskpipe.demo.months import Month, dice, midnight
from riskpipe.demo.people import grid_worker
from riskpipe.demo.tellings import HOURS_OFFICE, moments
from riskpipe.demo.town import Town, write_csv
from riskpipe.demo.wording import Concept, one
from riskpipe.vocabulary import PLACE_TYPES

HEADINGS = (
    "排查编号", "排查时间", "网格编码", "所属街道（乡镇）", "单位（场所）名称", "场所类型", "隐患部位",
    "隐患描述", "隐患等级", "整改期限", "整改情况", "整改日期", "排查人员",
)  # fmt: skip
ENDINGS = ("已整改", "当场整改", "整改中", "已整改", "待整改", "已销号")


def write_premises(town: Town, month: Month) -> None:
    """One month's checks."""
    delivered = month.day_after(4)
    path = town.path(delivered, "区网格中心", f"场所排查_{month.label}.csv")
    rows = list(_rows(town, month))
    record_spoiled(town, month, "premises", path, "", first_row=2 + len(rows))
    rows += spoiled(month, "premises", HEADINGS, rows[-1])
    write_csv(path, "utf-8-sig", HEADINGS, rows)


def _visits(town: Town, month: Month, rng: Any) -> list[tuple[str, int]]:
    now, before, twice = town.plan.places(month)
    visits = [
        (t, k) for t, n, past in zip(PLACE_TYPES, now, before, strict=True)
        for k in range(past, past + n)
    ]  # fmt: skip
    again = rng.choice(len(visits), min(twice, len(visits)), replace=False).tolist()
    visits += [visits[i] for i in again]
    return [visits[i] for i in rng.permutation(len(visits)).tolist()]


def _rows(town: Town, month: Month) -> Iterator[Sequence[Any]]:
    rng = dice(town.seed, "premises", month)
    visits = _visits(town, month, rng)
    count = len(visits)
    when = moments(rng, month, count, HOURS_OFFICE, 0.2)
    picks = rng.integers(0, 1 << 30, count).tolist()
    by_kind = _concepts_by_kind(town)
    running: dict[str, int] = {}
    for (place_type, index), at, pick in zip(visits, when, picks, strict=True):
        spot = town.geography.premises(place_type, index)
        concept = one(by_kind.get(spot.kind) or by_kind[""], pick)
        code = spot.street_code
        running[code] = running.get(code, 0) + 1
        number = f"PC-{code}-{month.compact}-{running[code]:04d}"
        ending = ENDINGS[pick // 5 % 6]
        done = at.date() + timedelta(days=0 if ending == "当场整改" else 1 + pick % 20)
        if midnight(done) >= midnight(month.day_after(4)):
            ending = "整改中"
        worker = grid_worker(pick % 560)
        town.book.number(
            (number, "premises", concept.category, concept.subcategory, concept.index, at,
             spot.street, spot.community, spot.unit, spot.address, "")
        )  # fmt: skip
        town.book.personal(worker.name, "name", "column", number, "")
        yield (
            number, at.isoformat(" ", "minutes"), spot.grid, spot.street, spot.unit, place_type,
            town.wording.part_of(spot, pick // 3), concept.formal.replace("{n}", str(2 + pick % 7)),
            "重大" if pick % 400 == 0 else "一般", (at.date() + timedelta(days=7 + pick % 23)).isoformat(),
            ending, "" if ending in ("整改中", "待整改") else done.isoformat(), worker.name,
        )  # fmt: skip


def _concepts_by_kind(town: Town) -> dict[str, list[Concept]]:
    found: dict[str, list[Concept]] = {}
    for concept in town.wording.concepts:
        if "f" in concept.sources and concept.is_hazard:
            found.setdefault(concept.kind, []).append(concept)
            if concept.subcategory == "火灾" and concept.kind == "market":
                found.setdefault("", []).append(concept)
    return found
