"""The figures a correct count must give back at this scale, from the plan, not from the files."""

from typing import Any

from riskpipe.demo.incidents import majors_and_urgent
from riskpipe.demo.months import GOLDEN_YEAR, Month
from riskpipe.demo.totals import months_of
from riskpipe.demo.town import Town
from riskpipe.vocabulary import FOUR_CATEGORIES, PLACE_TYPES

ORDERS = ("web", "hotline12345", "grid", "line")


def expected_figures(town: Town, newest: Month) -> dict[str, Any]:
    """The golden year's figures; months the window does not hold are left out of the sums.

    Empty when the window holds no month of the golden year.
    """
    months = [Month(GOLDEN_YEAR, n) for n in range(1, 13)]
    months = [m for m in months if town.start <= m <= newest]
    if not months:
        return {}
    return {
        "year": GOLDEN_YEAR,
        "months": [m.label for m in months],
        "register": _register(town, [m for m in months if m.number < 12]),
        "incidents": _incidents(town, [m for m in months if m.number < 12]),
        "urgent": sum(majors_and_urgent(town, m)[1] for m in months),
        "places": _places(town, [m for m in months if m.number < 11]),
        "key_register": _key_register(town),
        "orders": {name: _orders(town, name, months) for name in ORDERS},
        "video": [sum(town.plan.video(m)[i] for m in months) for i in (0, 1)],
        "grids": [1, 18, 187],
        "totals": {
            name: sum(months_of(town.plan, name, GOLDEN_YEAR)[m.number - 1] for m in months)
            for name in town.plan.golden["totals"]
        },
    }


def _register(town: Town, months: list[Month]) -> dict[str, int]:
    counts = [town.plan.register(m) for m in months]
    total = {name: sum(c[name] for c in counts) for name in counts[0]} if counts else {}
    if total:
        total["substantiated"] = total["paid_200"] + total["paid_500"] + total["not_eligible"]
        total["paid_yuan"] = 200 * total["paid_200"] + 500 * total["paid_500"]
    return total


def _incidents(town: Town, months: list[Month]) -> dict[str, int]:
    counts = {str(c): sum(town.plan.incidents(m)[c] for m in months) for c in FOUR_CATEGORIES}
    major = sum(majors_and_urgent(town, m)[0] for m in months)
    return {**counts, "stated_major": major}


def _places(town: Town, months: list[Month]) -> dict[str, int]:
    rows = [town.plan.places(m)[0] for m in months]
    return {t: sum(r[i] for r in rows) for i, t in enumerate(PLACE_TYPES)}


def _key_register(town: Town) -> dict[str, int]:
    counts, rectified = town.plan.key_register(GOLDEN_YEAR)
    total = sum(counts.values())
    named = {str(c): counts[c] for c in FOUR_CATEGORIES}
    return {**named, "rectified": rectified, "open": total - rectified}


def _orders(town: Town, name: str, months: list[Month]) -> list[int]:
    pairs = [town.plan.orders(name, m) for m in months]
    received = sum(p[0] for p in pairs)
    return [received, received - sum(p[1] for p in pairs)]
