"""The 12350 register: calls, what was decided on each, and the monthly workbook of the desk.

A call is drawn once with everything that becomes of it; a month's workbook shows the month's
calls, and again those of the two months before whose decision or result came in since. Since
2025 the desk uses the new form with the secret sheet; before that its own sheet with names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from riskpipe.demo.faults import record_spoiled, spoiled
from riskpipe.demo.months import Month, dice, midnight
from riskpipe.demo.people import staff
from riskpipe.demo.printed import headings
from riskpipe.demo.tellings import (
    HOURS_ROUND_CLOCK,
    Channel,
    Telling,
    draw,
    in_opening_hours,
    record,
    record_text,
)
from riskpipe.demo.town import Town
from riskpipe.demo.workbook import Form, OldSheet, information, write_form, write_old
from riskpipe.demo.workorders import assigned
from riskpipe.vocabulary import Category

SENDER = "区应急管理局举报中心"
CHANNEL = Channel(
    "register12350", "j", "JB", ("operator", "spoken"), 0.3, HOURS_ROUND_CLOCK, 0.7, 12.0, 20, 12
)
NEW_FORM_FROM = Month(2025, 1)
OLD_HEADINGS = (
    "登记编号", "来电时间", "来源", "姓名", "联系方式", "被举报单位", "街道", "详细地址", "主要内容",
    "举报类型", "是否受理", "受理时间", "承办单位", "派发时间", "办理时限", "核实结果", "处理情况",
    "办结日期", "登记人",
)  # fmt: skip
CLOSED_AS = ("属实", "属实", "属实", "基本属实", "部分属实")
REFUTED_AS = ("不属实", "不属实", "无法核实")
ILLEGAL_A_MONTH = 2
ASKED = "咨询、建议、信息公开、行政复议等非举报事项"


@dataclass(slots=True)
class Call:
    """One call and what becomes of it. `reward`: 200, 500, 0 not eligible, None not asked."""

    told: Telling
    acceptance: str
    accepted_at: datetime
    refusal: str
    merged_into: str
    verification: str
    reward: int | None
    illegal: str = ""

    @property
    def is_named(self) -> bool:
        """Six in ten give their name."""
        return self.told.pick % 10 < 6 or self.told.named_in_text

    @property
    def closed(self) -> datetime | None:
        """When the result was in."""
        return self.told.closed if self.verification else None


def calls_of(town: Town, month: Month) -> list[Call]:
    """The month's calls in order of time."""
    return town.recall("register", month, lambda: _drawn(town, month))


def write_register(town: Town, month: Month) -> None:
    """The desk's workbook of a month."""
    sent = month.day_after(3)
    shown = [*_updates(town, month), *calls_of(town, month)]
    path = town.path(sent, SENDER, f"12350登记_{month.label}.xlsx")
    record(town, "register12350", [c.told for c in calls_of(town, month)])
    _record_people(town, month, path.name)
    if month < NEW_FORM_FROM:
        write_old(path, [_old(town, month, shown, midnight(sent))])
    else:
        form = _form(town, month, shown, midnight(sent))
        good = _row(town, shown[-1], len(shown), midnight(sent))
        record_spoiled(town, month, "register", path, form.kind, first_row=4 + len(shown))
        bad = spoiled(month, "register", headings("tipoffs"), good)
        write_form(path, replace(form, rows=[*form.rows, *bad]))


def _drawn(town: Town, month: Month) -> list[Call]:
    counts = town.plan.register(month)
    tellings = draw(town, CHANNEL, month, counts["calls"], 0)
    _renumber(tellings)
    rng = dice(town.seed, "register", month)
    order = _verified_first(tellings, rng)
    seconds = _second_tellings(tellings)
    true = counts["paid_200"] + counts["paid_500"] + counts["not_eligible"]
    rewards = [200] * counts["paid_200"] + [500] * counts["paid_500"] + [0] * counts["not_eligible"]
    shuffled = [rewards[i] for i in rng.permutation(true).tolist()]
    role: dict[int, tuple[str, int | None]] = {}
    for k, i in enumerate(order[: counts["verified"]]):
        pick = tellings[i].pick
        role[i] = (CLOSED_AS[pick % 5], shuffled[k]) if k < true else (REFUTED_AS[pick % 3], None)
    calls = [_call(t, role.get(i), seconds.get(i, "")) for i, t in enumerate(tellings)]
    _plant_illegal(town, calls)
    return calls


def _plant_illegal(town: Town, calls: Sequence[Call]) -> None:
    """A few verified calls that were closed without a verification step."""
    verified = [c for c in calls if c.verification]
    wanted = max(1, round(ILLEGAL_A_MONTH * town.plan.scale))
    for call in verified[:: max(1, len(verified) // wanted)][:wanted]:
        call.illegal = "未核查即办结"


def _renumber(tellings: Iterable[Telling]) -> None:
    running: dict[date, int] = {}
    for t in tellings:
        day = t.at.date()
        running[day] = running.get(day, 0) + 1
        t.number = f"JB-{day:%Y%m%d}-{running[day]:03d}"


def _second_tellings(tellings: Sequence[Telling]) -> dict[int, str]:
    """Row of a later call about a hazard already told → number of the first."""
    first: dict[str, str] = {}
    later = {}
    for i, t in enumerate(tellings):
        if t.hazard and t.hazard in first:
            later[i] = first[t.hazard]
        elif t.hazard:
            first[t.hazard] = t.number
    return later


def _verified_first(tellings: Sequence[Telling], rng: np.random.Generator) -> list[int]:
    """Rows in the order in which they are chosen for verification."""
    later = _second_tellings(tellings)
    shuffled = rng.permutation(len(tellings)).tolist()

    def rank(i: int) -> int:
        if i in later:
            return 3
        if not tellings[i].concept.is_hazard:
            return 2
        return 0 if tellings[i].hazard else 1

    # Shared hazards come first but must not crowd out the rest of the verified.
    return sorted(shuffled, key=rank)


def _call(t: Telling, role: tuple[str, int | None] | None, merged_into: str) -> Call:
    pick = t.pick
    accepted = t.at + timedelta(minutes=30 + pick % 2000)
    t.dispatched = in_opening_hours(accepted + timedelta(minutes=10 + pick % 300), pick)
    t.due = (accepted + timedelta(days=60)).date()
    t.closed = None
    if role:
        t.closed = in_opening_hours(t.dispatched + timedelta(days=4 + pick % 49), pick // 60)
    if role:
        return Call(t, "受理", accepted, "", "", role[0], role[1])
    if merged_into:
        return Call(t, "并案", accepted, "", merged_into, "", None)
    if not t.concept.is_hazard:
        state = ("不予受理", "移送（转办）")[pick % 3 == 0]
        return Call(t, state, accepted, ASKED if pick % 3 else "不属本部门职责", "", "", None)
    chance = pick % 20
    if chance == 0:
        return Call(t, "受理", accepted, "", "", "", None)
    if chance < 13:
        return Call(t, "移送（转办）", accepted, "不属本部门职责", "", "", None)
    reason = ("同一事项已受理再次举报", "无明确举报对象或事项、事实不清")[pick // 20 % 2]
    return Call(t, "不予受理", accepted, reason, "", "", None)


def _updates(town: Town, month: Month) -> list[Call]:
    before, now = (midnight(m.day_after(3)) for m in (month.plus(-1), month))
    return [
        call
        for back in (2, 1)
        if town.is_written(month.plus(-back))
        for call in calls_of(town, month.plus(-back))
        if before <= call.accepted_at < now or (call.closed and before <= call.closed < now)
    ]


def _matter(t: Telling) -> str:
    if not t.concept.is_hazard:
        return "非隐患类诉求"
    if "瞒报" in t.concept.formal:
        return "瞒报谎报生产安全事故"
    if t.concept.category != Category.ACCIDENT:
        return "其他公共安全隐患"
    return ("生产安全事故隐患", "生产安全事故隐患", "安全生产违法行为")[t.pick % 3]


def _note(town: Town, call: Call) -> str:
    frames, kind = town.wording.frames, "refuted_note"
    if call.reward is not None:
        kind = "verified_note"
    return frames[kind][call.told.pick % 3]


def _row(town: Town, call: Call, seq: int, seen: datetime) -> Sequence[Any]:
    t, geography = call.told, town.geography
    decided = call.accepted_at < seen
    done = call.closed is not None and call.closed < seen
    charged = decided and call.acceptance == "受理"
    return (
        seq, t.number, t.at.replace(second=0), "12350电话", "", "是" if call.is_named else "否",
        t.spot.unit, t.spot.street, t.spot.community, t.spot.address, t.text, _matter(t),
        t.concept.category if t.pick % 5 == 0 else "", geography.data["trades"][t.spot.kind],
        call.acceptance if decided else "待处理", call.accepted_at.replace(second=0) if decided else None,
        call.refusal if decided else "", call.merged_into if decided else "",
        assigned(t) if charged else "", t.dispatched.replace(second=0) if charged else None,
        t.due if charged else None, call.verification if done else "",
        _note(town, call) if done else "", call.closed.replace(second=0) if done and call.closed else None,
        staff(t.pick % 12),
    )  # fmt: skip


def _secret(call: Call) -> Sequence[Any]:
    t, p = call.told, call.told.reporter
    if not call.is_named:
        return (t.number, "", "", "", "", "", "不详", f"LJ{t.pick % 10**8:08d}", "不需答复", "")
    with_id = t.pick % 4 == 0
    return (
        t.number, p.name, p.phone, "居民身份证" if with_id else "", p.idno if with_id else "",
        p.home if t.pick % 3 == 0 else "", ("社会公众", "被举报单位从业人员", "社会公众")[t.pick % 3],
        "", ("电话", "短信", "当面")[t.pick % 3], "",
    )  # fmt: skip


def _form(town: Town, month: Month, calls: Sequence[Call], seen: datetime) -> Form:
    rows = [_row(town, c, i, seen) for i, c in enumerate(calls, 1)]
    blanks = [(i,) for i in range(len(rows) + 1, max(len(rows) + 6, 201))]
    return Form(
        "tipoffs", rows, blanks, [[_secret(c) for c in calls]],
        information(
            SENDER, first=month.first, last=month.last, nature="累计重报", officer=3,
            sent_on=seen.date(), source="",
        ),
    )  # fmt: skip


def _old(town: Town, month: Month, calls: Sequence[Call], seen: datetime) -> OldSheet:
    rows = [_old_row(town, c, seen) for c in calls]
    return OldSheet(
        "登记表",
        f"{town.geography.data['district']}12350举报登记表（{month.year}年{month.number}月）",
        [(h, ()) for h in OLD_HEADINGS],
        rows,
        ("合计", "", "", "", "", "", "", "", f"{len(rows)}件"),
        ("说明：本表由举报中心填写，举报人信息注意保密。",),
    )


def _old_row(town: Town, call: Call, seen: datetime) -> Sequence[Any]:
    row, p = _row(town, call, 0, seen), call.told.reporter
    named = call.is_named
    closed = row[23].date().isoformat().replace("-", ".") if row[23] else ""
    return (
        row[1], f"{row[2]:%Y-%m-%d %H:%M}", row[3], p.name if named else "匿名",
        p.phone if named else "", row[6], row[7], row[9], row[10], row[11], row[14],
        f"{row[15]:%Y.%m.%d}" if row[15] else "", row[18], f"{row[19]:%Y.%m.%d}" if row[19] else "",
        f"{row[20]:%Y年%m月%d日}" if row[20] else "", row[21], row[22], closed, row[24],
    )  # fmt: skip


def _record_people(town: Town, month: Month, file: str) -> None:
    old = month < NEW_FORM_FROM
    for call in calls_of(town, month):
        t, p = call.told, call.told.reporter
        record_text(town, t, file)
        if call.is_named:
            town.book.personal(p.name, "name", "column", t.number, file)
            town.book.personal(p.phone, "phone", "column", t.number, file)
        if call.is_named and not old:
            secret = _secret(call)
            town.book.personal(secret[4], "idno", "column", t.number, file)
            town.book.personal(secret[5], "home", "column", t.number, file)
