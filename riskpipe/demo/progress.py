"""Progress records: one row per step for a sample of calls, findings, work orders and matters.

Steps agree with the ledgers and registers to the day, but for the planted faults, which stand
in both. The bureau sends a workbook, the 12345 platform a CSV with the city's and the
district's clock. Some rows name a subject that no register knows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from riskpipe.demo.findings import Finding, findings_of
from riskpipe.demo.months import Month, midnight
from riskpipe.demo.people import staff
from riskpipe.demo.printed import headings
from riskpipe.demo.register12350 import Call, calls_of
from riskpipe.demo.tellings import Telling
from riskpipe.demo.town import Town, write_csv
from riskpipe.demo.workbook import Form, information, write_form
from riskpipe.demo.workorders import HOTLINE, SATISFIED, assigned, orders_of

SENDER, PLATFORM = "区应急管理局", "区12345分平台"
SOLVED = ("已解决", "已解决", "部分解决", "未解决")


@dataclass(frozen=True)
class Step:
    """One step; `extra` fills further columns by heading."""

    kind: str
    number: str
    step: str
    at: datetime
    unit: str
    pick: int
    note: str
    extra: dict[str, Any]


def write_progress(town: Town, month: Month) -> None:
    """Both senders' records of the steps taken in the month."""
    sent = month.day_after(5)
    steps = [s for s in _bureau_steps(town, month) if month.first <= s.at.date() <= month.last]
    steps += _orphans(town, month)
    _record_illegal(town, month)
    steps.sort(key=lambda s: (s.at, s.number, s.step))
    rows = [_row(s, n) for n, s in enumerate(steps, 1)]
    info = information(
        SENDER, first=month.first, last=month.last, nature="首次报送", officer=5,
        sent_on=sent, source="",
    )  # fmt: skip
    path = town.path(sent, SENDER, f"办理记录_{month.label}.xlsx")
    write_form(path, Form("progress", rows, [], [], info))
    steps = [s for s in _order_steps(town, month) if month.first <= s.at.date() <= month.last]
    steps.sort(key=lambda s: (s.at, s.number, s.step))
    path = town.path(sent, PLATFORM, f"办理记录_{month.label}.csv")
    write_csv(path, "gb18030", headings("progress"), plain_rows(steps))


def plain_rows(steps: Sequence[Step]) -> Iterator[Sequence[Any]]:
    """The steps as an export writes them."""
    return ([_text(cell) for cell in _row(s, n)] for n, s in enumerate(steps, 1))


def _record_illegal(town: Town, month: Month) -> None:
    for back in (2, 1, 0):
        earlier = month.plus(-back)
        for call in calls_of(town, earlier) if town.is_written(earlier) else ():
            if call.illegal and call.closed and month.first <= call.closed.date() <= month.last:
                town.book.illegal_moves.append(
                    {"kind": "举报", "number": call.told.number, "what": call.illegal}
                )


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else value


def _row(s: Step, seq: int) -> Sequence[Any]:
    known = {
        "序号": seq, "业务类型": s.kind, "业务编号": s.number, "办理环节": s.step,
        "办理时间": s.at.replace(second=0), "办理单位": s.unit, "经办人": staff(s.pick % 57),
        "办理情况": s.note, **s.extra,
    }  # fmt: skip
    return [known.get(h, "") for h in headings("progress")]


def _bureau_steps(town: Town, month: Month) -> Iterator[Step]:
    for back in range(4, -1, -1):
        earlier = month.plus(-back)
        if not town.is_written(earlier):
            continue
        if back < 4:
            for call in calls_of(town, earlier):
                if call.closed and (
                    call.illegal or call.reward is not None or call.told.pick % 3 == 0
                ):
                    yield from call_steps(call)
        for finding in findings_of(town, earlier):
            if finding.illegal or finding.pick % 3 == 0:
                yield from finding_steps(finding)


def call_steps(call: Call) -> Iterator[Step]:
    """From dispatch to callback of one verified call."""
    t, unit = call.told, assigned(call.told)
    if call.closed is None:
        return

    def step(name: str, at: datetime, note: str, extra: dict[str, Any]) -> Step:
        return Step("举报", t.number, name, at, unit, t.pick, note, extra)

    yield step("派发", t.dispatched, "按职责派发。", {"接收单位": unit, "新办理期限": t.due})
    yield step("签收", t.dispatched + timedelta(hours=2), "已签收。", {})
    found = call.closed - timedelta(hours=1)
    if call.illegal != "未核查即办结":
        yield step("核查", found, "已到现场核查。", {"办理结果": call.verification})
    yield step("办结", call.closed, "核查处理完毕。", {})
    answered = call.closed + timedelta(days=t.pick % 9, hours=1)
    if call.is_named:
        yield step("答复反馈", answered, "已按约定方式答复。", {})
        extra = {"回访评价": SATISFIED[t.pick // 9 % 9], "办理结果": SOLVED[t.pick % 4]}
        yield step("回访", answered + timedelta(days=1), "电话回访。", extra)


def finding_steps(f: Finding) -> Iterator[Step]:
    """From the order to rectify to the sign-off of one finding."""
    unit = f.spot.street + "办事处"
    sent = f"责令限期整改指令书（青应急责改〔{f.inspected.year}〕{f.pick % 900 + 1}号）"

    def step(name: str, day: date, hour: int, note: str, extra: dict[str, Any]) -> Step:
        at = midnight(day) + timedelta(hours=hour, minutes=f.pick % 60)
        return Step("隐患", f.number, name, at, unit, f.pick, note, extra)

    if f.due == f.inspected:
        yield step("责令立即整改", f.inspected, 9, "责令立即整改。", {"文书名称及文号": sent})
    else:
        extra = {"新办理期限": f.due, "文书名称及文号": sent}
        yield step("责令限期整改", f.inspected, 10, "责令限期整改。", extra)
    if f.pick % 15 == 0 and f.due != f.inspected:
        yield _penalty(f, unit)
    for n, day in enumerate(f.rectified, 1):
        yield step(
            "整改完成",
            day,
            11,
            "责任单位报告整改完成。",
            {"附件（照片）编号": f"{f.number}-后-{n}"},
        )
    for n, (day, passed) in enumerate(f.rechecks, 1):
        extra = {
            "办理结果": "合格" if passed else "不合格", "附件（照片）编号": f"{f.number}-后-{n}",
            "文书名称及文号": f"整改复查意见书（青应急复查〔{day.year}〕{f.pick % 900 + 1}号）",
            "经办人": f.rechecker,
        }  # fmt: skip
        yield step("复查", day, 14, "现场复查。", extra)
    if f.signed_off:
        yield step("销号", f.signed_off, 16, "准予销号。", {})
    if f.ending:
        extra = (
            {"延期（挂账）原因": "受季节和资金影响"}
            if f.ending == "挂账"
            else {"接收单位": "区住建局"}
        )
        name = "挂账" if f.ending == "挂账" else "移送"
        yield step(name, f.due + timedelta(days=1), 15, f"{name}处理。", extra)


def _penalty(f: Finding, unit: str) -> Step:
    extra = {
        "处罚决定书文号": f"青应急罚〔{f.inspected.year}〕{f.pick % 900 + 1}号",
        "处罚金额（元）": f.pick % 40 * 500, "处罚效力": "已生效",
    }  # fmt: skip
    at = midnight(f.inspected + timedelta(days=6)) + timedelta(hours=10)
    return Step("隐患", f.number, "行政处罚", at, unit, f.pick, "依法作出处罚决定。", extra)


def _order_steps(town: Town, month: Month) -> Iterator[Step]:
    for back in (1, 0):
        if town.is_written(month.plus(-back)):
            for order in orders_of(town, HOTLINE, month.plus(-back)):
                if order.pick % 20 == 0:
                    yield from order_steps(order)


def order_steps(t: Telling) -> Iterator[Step]:
    """The city's and the district's clock of one work order."""
    unit = assigned(t)
    city = min(t.at + timedelta(minutes=5 + t.pick % 15), t.dispatched)

    def step(name: str, at: datetime, by: str, level: str, extra: dict[str, Any]) -> Step:
        return Step(
            "工单", t.number, name, at, by, t.pick, f"{name}。", {"办理层级": level, **extra}
        )

    due = {"接收单位": "青岚区", "新办理期限": t.due + timedelta(days=2)}
    yield step("派发", city, "市12345热线", "市", due)
    yield step("派发", t.dispatched, PLATFORM, "区（县）", {"接收单位": unit, "新办理期限": t.due})
    yield step("签收", t.dispatched + timedelta(minutes=30), unit, "街道（乡镇）", {})
    if t.closed:
        yield step("办结", t.closed, unit, "街道（乡镇）", {})
        extra = {"回访评价": SATISFIED[t.pick // 9 % 9], "办理结果": SOLVED[t.pick % 4]}
        yield step("回访", t.closed + timedelta(days=1), PLATFORM, "区（县）", extra)


def _orphans(town: Town, month: Month) -> list[Step]:
    """Steps of subjects that no register knows."""
    at = midnight(month.first + timedelta(days=16)) + timedelta(hours=10)
    numbers = (f"YH-QL05-{month.compact}-8001", f"JB-{month.compact}15-988")
    town.book.orphans.extend(numbers)
    return [
        Step(
            "隐患", numbers[0], "复查", at, "北岸街道办事处", 5, "现场复查。", {"办理结果": "合格"}
        ),
        Step("举报", numbers[1], "签收", at, "区应急管理局", 6, "已签收。", {}),
    ]
