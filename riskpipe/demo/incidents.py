"""Incidents and their reports: 首报, 续报, 终报 under one number, with figures that move.

Deaths and the stated level change between the first and the final report; some stated levels
do not fit the law's figures, as in narratives. Urgent ones carry both clocks: consent, then
passed up. Those outside the district are extra.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from riskpipe.demo.faults import record_spoiled, spoiled
from riskpipe.demo.geography import Spot
from riskpipe.demo.months import Month, dice
from riskpipe.demo.plan import scaled, split
from riskpipe.demo.printed import headings
from riskpipe.demo.tellings import HOURS_ROUND_CLOCK, moments
from riskpipe.demo.town import Town
from riskpipe.demo.wording import Concept
from riskpipe.demo.workbook import Form, information, write_form
from riskpipe.vocabulary import OUTSIDE, Category

SENDER = "区应急管理局值班室"
KINDS = {
    "工矿商贸等企业安全事故": "生产安全事故", "交通运输事故": "道路交通事故", "火灾": "火灾",
    "公共设施和设备事故": "设施设备事故", "环境污染和生态破坏": "环境污染事件", "水旱": "内涝险情",
    "气象": "风雨灾害", "地震": "有感地震", "地质": "地质险情", "海洋": "风暴潮险情", "生物": "生物灾害",
    "森林草原火灾": "森林火情", "传染病疫情": "聚集性疫情", "群体性不明原因疾病": "不明原因疾病事件",
    "食品安全和职业危害": "疑似食物中毒事件", "动物疫情": "动物疫情", "恐怖袭击": "可疑物品警情",
    "经济安全": "非法集资警情", "涉外": "涉外警情", "群体性事件": "聚集事件", "民族宗教": "涉民族宗教事件",
    "网络与信息安全": "网络安全事件", "其他": "突发情况",
}  # fmt: skip
UNITS = {
    Category.NATURAL: "区气象局", Category.ACCIDENT: "区消防救援大队",
    Category.HEALTH: "区卫健局", Category.SOCIAL: "区公安分局",
}  # fmt: skip


@dataclass(slots=True)
class Incident:
    """One incident; figures are those of the final report."""

    number: str
    concept: Concept
    spot: Spot
    happened: datetime
    is_major: bool
    is_urgent: bool
    is_outside: bool
    is_fatal: bool
    """The first accident of each month, so that any city has deaths that move."""
    pick: int

    @property
    def reports(self) -> list[tuple[str, date]]:
        """Kinds of report and the day each was made."""
        last = 3 + self.pick % (5 if self.concept.subcategory in ("火灾", "交通运输事故") else 22)
        day = self.happened.date()
        kinds = [("首报（初报）", day), ("终报（核报）", day + timedelta(days=last))]
        if self.is_major or self.pick % 5 < 2:
            kinds.insert(1, ("续报", day + timedelta(days=1 + self.pick % 2)))
        return kinds

    @property
    def level(self) -> str:
        """The final stated level."""
        if self.is_major:
            k = self.pick % 50
            return "特别重大" if k == 0 else "重大" if k < 7 else "较大"
        if self.concept.category == Category.SOCIAL and self.pick % 3:
            return ""
        return "一般" if self.pick % 5 < 3 else "未达一般级"

    @property
    def casualties(self) -> tuple[int, int, int, int, float]:
        """Final deaths, missing, serious, minor injuries, loss in 万元."""
        k, accident = self.pick % 4, self.concept.category == Category.ACCIDENT
        if not self.is_major:
            deaths = 1 if self.is_fatal or (accident and self.pick % 23 == 0) else 0
            return (
                deaths,
                0,
                self.pick % 17 == 0,
                self.pick % 3 if accident else 0,
                (self.pick % 300) / 10,
            )
        if not accident:
            return 0, 0, 0, self.pick % 6, float(self.pick % 50)
        return (
            (3 + self.pick % 3, 0, self.pick % 4, 2, 320.0),
            (0, 0, 10 + self.pick % 6, 5, 150.0),
            (0, 0, 1, 2, 1200.0 + self.pick % 900),
            (1 + self.pick % 2, 0, 2, 4, 80.0),
        )[k]


def incidents_of(town: Town, month: Month) -> list[Incident]:
    """Incidents that happened in the month, by time."""
    return town.recall("incidents", month, lambda: _drawn(town, month))


def write_incidents(town: Town, month: Month) -> None:
    """The duty desk's workbook: every report made in the month."""
    sent = month.day_after(3)
    earlier = incidents_of(town, month.plus(-1)) if town.is_written(month.plus(-1)) else []
    shown = [
        (day, kind, i)
        for i in (*earlier, *incidents_of(town, month))
        for kind, day in i.reports
        if month.first <= day <= month.last
    ]
    rows = [_row(i, kind, n) for n, (_, kind, i) in enumerate(sorted(shown, key=_by_day), 1)]
    path = town.path(sent, SENDER, f"突发事件_{month.label}.xlsx")
    bad = spoiled(month, "incidents", headings("incidents"), rows[-1]) if rows else []
    record_spoiled(town, month, "incidents", path, "突发事件", first_row=4 + len(rows))
    rows += bad
    info = information(
        SENDER, first=month.first, last=month.last, nature="首次报送", officer=9,
        sent_on=sent, source="值班信息",
    )  # fmt: skip
    write_form(path, Form("incidents", rows, [], [], info))
    _record(town, incidents_of(town, month))


def _by_day(shown: tuple[date, str, Incident]) -> tuple[date, str, str]:
    return shown[0], shown[2].number, shown[1]


def majors_and_urgent(town: Town, month: Month) -> tuple[int, int]:
    """How many incidents of the month are stated 较大 or above, and how many are passed up."""
    plan, golden = town.plan, town.plan.golden["incidents"]
    counts = [sum(plan.incidents(Month(month.year, m)).values()) for m in range(1, 13)]
    size = plan.size(month.year)
    majors = split(min(scaled(golden["stated_major"] * size), sum(counts[:11])), counts[:11], 0)
    majors.append(int(counts[11] * 0.16))
    urgent = split(min(scaled(golden["urgent"] * size), sum(counts)), counts, 0)
    return majors[month.number - 1], urgent[month.number - 1]


def _drawn(town: Town, month: Month) -> list[Incident]:
    rng = dice(town.seed, "incidents", month)
    counts = town.plan.incidents(month)
    outside = split(
        scaled(town.plan.golden["incidents"]["outside"] * town.plan.size(month.year)), [1] * 12, 0
    )[month.number - 1]
    wanted = [c for c, n in counts.items() for _ in range(n)]
    inside = len(wanted)
    wanted += [Category.ACCIDENT] * outside
    majors, urgent = majors_and_urgent(town, month)
    order = rng.permutation(inside).tolist()
    major, up = set(order[:majors]), set(order[:urgent])
    when = moments(rng, month, len(wanted), HOURS_ROUND_CLOCK, 1.0)
    shuffle = rng.permutation(len(wanted)).tolist()
    found = []
    for k, category in enumerate(wanted):
        concept = _concept(town, category, int(rng.integers(1 << 20)))
        spot = _spot(town, concept, int(rng.integers(1 << 30)))
        at, pick = when[shuffle[k]], int(rng.integers(1 << 30))
        fatal = category == Category.ACCIDENT and Category.ACCIDENT not in wanted[:k]
        found.append(Incident("", concept, spot, at, k in major, k in up, k >= inside, fatal, pick))
    found.sort(key=lambda i: (i.happened, i.pick))
    running: dict[date, int] = {}
    for i in found:
        day = i.happened.date()
        running[day] = running.get(day, 0) + 1
        i.number = f"SJ-{day:%Y%m%d}-{running[day]:02d}"
    return found


def _concept(town: Town, category: str, pick: int) -> Concept:
    concepts = [c for c in town.wording.concepts if c.category == category]
    weighted = [c for c in concepts for _ in range(int(c.weight))]
    return weighted[pick % len(weighted)]


def _spot(town: Town, concept: Concept, pick: int) -> Spot:
    names = town.geography.names_of(concept.kind) or 1 << 20
    return town.geography.spot(concept.kind, pick % 187, pick // 187 % names, pick % 400)


def _row(i: Incident, kind: str, seq: int) -> Sequence[Any]:
    deaths, missing, serious, minor, loss = i.casualties
    level, state = i.level, "评估完成" if i.pick % 3 else "处置结束"
    if kind == "首报（初报）":
        # What moves: the dead are missing or badly hurt at first, the level is one lower.
        missing, deaths = min(deaths, 1), max(0, deaths - 1 - i.pick % 2)
        level, state, loss = ("一般" if level else ""), "处置中", 0.0
    elif kind == "续报":
        deaths, state = max(0, deaths - i.pick % 2), "善后中" if deaths else "处置中"
    received = i.happened + timedelta(minutes=2 + i.pick % 70)
    consent = received + timedelta(minutes=8 + i.pick // 7 % 40) if i.is_urgent else None
    up = consent + timedelta(minutes=4 + i.pick // 11 % 44) if consent else None
    accident = i.concept.category == Category.ACCIDENT
    m, d = i.happened.month, i.happened.day
    social = i.concept.category == Category.SOCIAL
    return (
        seq, i.number, kind, f"“{m}·{d}”{i.spot.address}{KINDS[i.concept.subcategory]}",
        i.concept.category, i.concept.subcategory, _to_minute(i.happened), _to_minute(received),
        UNITS[Category(i.concept.category)], OUTSIDE if i.is_outside else i.spot.street,
        i.spot.address, "" if i.spot.unit == "无" else i.spot.unit,
        ("是", "否", "待认定")[i.pick % 3] if accident else "", level, deaths, missing, int(serious),
        int(minor), (i.pick % 300 if social else None), loss or None,
        _to_minute(consent) if consent else None, _to_minute(up) if up else None,
        f"接报后启动响应，{UNITS[Category(i.concept.category)]}牵头到场处置，{_measure(kind)}。", state, "",
    )  # fmt: skip


def _measure(kind: str) -> str:
    return {"首报（初报）": "正在核实情况", "续报": "现场已控制，伤者送医"}.get(
        kind, "善后处理完毕，原因已查明"
    )


def _to_minute(moment: datetime) -> datetime:
    return moment.replace(second=0)


def _record(town: Town, found: Sequence[Incident]) -> None:
    for i in found:
        town.book.number(
            (i.number, "incident", i.concept.category, i.concept.subcategory, i.concept.index,
             i.happened, OUTSIDE if i.is_outside else i.spot.street, i.spot.community, i.spot.unit,
             i.spot.address, "")
        )  # fmt: skip
