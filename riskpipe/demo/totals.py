"""Monthly totals that exist only as totals: calls to the police, valid events, and the like.

The golden year's figures are the published ones; the year before follows from the published
change in percent, other years from a small trend. What one file calls last year's month is
what last year's file said.
"""

from functools import lru_cache

from riskpipe.demo.months import GOLDEN_YEAR, Month
from riskpipe.demo.plan import SEASONS, Plan, scaled, split
from riskpipe.demo.town import Town
from riskpipe.demo.workbook import Form, information, write_form

SENDER = "区应急管理局值班室"
OTHERS = {
    "119接警": (6204, "起", "消防"), "120出车": (31877, "起", "卫健"), "宣传培训": (1312, "人次", "值班信息"),
    "应急演练": (96, "期", "值班信息"), "值班信息": (365, "期", "值班信息"),
}  # fmt: skip


def write_totals(town: Town, month: Month) -> None:
    """The duty desk's totals of a month."""
    sent = month.day_after(8)
    sources = dict.fromkeys(town.plan.golden["totals"], ("起", "公安"))
    sources |= {name: (unit, source) for name, (_, unit, source) in OTHERS.items()}
    rows = []
    for seq, (name, (unit, source)) in enumerate(sources.items(), 1):
        now, last = (months_of(town.plan, name, y) for y in (month.year, month.year - 1))
        k = month.number
        rows.append(
            (seq, month.label, name, "合计", unit, now[k - 1], sum(now[:k]), last[k - 1],
             sum(last[:k]), source, "")
        )  # fmt: skip
    info = information(
        SENDER, first=month.first, last=month.last, nature="首次报送", officer=9,
        sent_on=sent, source="公安",
    )  # fmt: skip
    path = town.path(sent, SENDER, f"月度统计数_{month.label}.xlsx")
    write_form(path, Form("totals", rows, [], [], info))


def months_of(plan: Plan, name: str, year: int) -> list[int]:
    """Twelve monthly values of an indicator."""
    return _months(plan.scale, _yearly(plan, name, year))


@lru_cache(maxsize=256)
def _months(_scale: float, total: int) -> list[int]:
    return split(total, SEASONS["summer"], 0)


def _yearly(plan: Plan, name: str, year: int) -> int:
    golden = plan.golden["totals"].get(name)
    figure, change = golden or (OTHERS[name][0], 2.0)
    if year == GOLDEN_YEAR:
        return scaled(figure * plan.scale)
    before = figure / (1 + change / 100)
    # Beyond the two published years the figure moves three percent a year.
    value = (
        figure * 1.03 ** (year - GOLDEN_YEAR)
        if year > GOLDEN_YEAR
        else before * 0.97 ** (GOLDEN_YEAR - 1 - year)
    )
    return scaled(value * plan.scale)
