"""Work orders as the platforms export them: 12345, district line, web opinion, grid, video.

A month's file holds the orders received in it and again those of the month before that were
closed since the last delivery; an order is never delivered with a closing that lies after the
day of delivery. Encodings, date forms and headings differ by platform, as exports do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from riskpipe.demo.faults import record_spoiled, spoiled
from riskpipe.demo.months import Month, midnight
from riskpipe.demo.people import grid_worker
from riskpipe.demo.tellings import (
    HOURS_OFFICE,
    HOURS_ROUND_CLOCK,
    Channel,
    Telling,
    draw,
    record,
    record_text,
)
from riskpipe.demo.town import Town, write_csv
from riskpipe.vocabulary import Category

SUPPLEMENT = Channel("supplement", "z", "DH", ("operator",), 0.5, HOURS_ROUND_CLOCK, 0.7, 4.0, 0, 0)
HOTLINE = Channel(
    "hotline12345", "z", "DH", ("operator", "operator", "operator", "spoken"), 0.8,
    HOURS_ROUND_CLOCK, 0.7, 4.0, 25, 40,
)  # fmt: skip
LINE = Channel("line", "l", "RX", ("operator", "spoken"), 0.72, HOURS_ROUND_CLOCK, 0.8, 3.0, 30, 5)
WEB = Channel("web", "w", "WL", ("web",), 0.7, HOURS_ROUND_CLOCK, 1.0, 5.0, 12, 0)
GRID = Channel("grid", "g", "WG", ("grid",), 0.7, HOURS_OFFICE, 0.35, 2.0, 0, 40)
TRAFFIC = Channel("video_traffic", "v", "SPJ", ("video",), 0.8, HOURS_OFFICE, 0.6, 0.5, 0, 0)
CITY = Channel("video_city", "c", "SPC", ("video",), 0.85, HOURS_OFFICE, 0.6, 1.0, 0, 0)

HOTLINE_HEADINGS = (
    "工单编号", "工单标题", "诉求内容", "诉求类型", "诉求渠道", "诉求归口", "紧急程度", "工单状态",
    "求助人员", "求助号码", "性别", "事件发生地", "诉求详细地址", "区交办时间", "区交办办结期限",
    "市交办时间", "市交办办结期限", "市交办主办单位", "市交办协办单位", "是否疑难", "是否协办",
    "办结时间", "满意度", "录音编号",
)  # fmt: skip
LINE_HEADINGS = (
    "接单编号", "来电时间", "来电人", "来电号码", "反映内容", "事发地址", "镇街", "承办单位",
    "派单时间", "办理时限", "办结日期", "满意度",
)  # fmt: skip
WEB_HEADINGS = (
    "舆情编号", "平台", "留言用户", "发布时间", "标题", "正文", "镇街", "处理单位", "交办时间", "反馈时间",
)  # fmt: skip
VIDEO_HEADINGS = (
    "派遣编号", "发现时间", "点位", "问题描述", "镇街", "派遣部门", "派遣时间", "处置完成时间",
)  # fmt: skip
GRID_HEADINGS = (
    "上报编号", "上报时间", "上报方式", "网格编码", "所属街道", "所属社区", "地点", "事件描述",
    "上报人", "联系电话", "事件状态", "处置单位", "派发时间", "办结时间",
)  # fmt: skip
PLATFORMS = ("青岚论坛", "领导留言板", "本地问政", "微博", "短视频评论")
BUREAUS = (
    "区应急管理局",
    "区住建局",
    "区市场监管局",
    "区卫健局",
    "区城管局",
    "区交通局",
    "区公安分局",
    "区生态环境分局",
)
BUREAU_OF = {
    "site": "区住建局", "house": "区住建局", "eatery": "区市场监管局", "market": "区市场监管局",
    "shop": "区市场监管局", "factory": "区应急管理局", "depot": "区应急管理局", "transport": "区交通局",
    "road": "区城管局", "clinic": "区卫健局",
}  # fmt: skip
SATISFIED = ("满意", "满意", "满意", "基本满意", "基本满意", "不满意", "未评价", "未接通", "拒访")


@dataclass(frozen=True)
class Export:
    """A platform's monthly file."""

    channel: Channel
    file: str
    sender: str
    encoding: str
    headings: Sequence[str]
    row: Callable[[Town, Telling, datetime], Sequence[Any]]
    day: int
    """Day of the following month on which it is delivered."""


def write_orders(town: Town, export: Export, month: Month) -> None:
    """One platform's file of one month, and its numbers and persons into the truth."""
    delivered = midnight(month.day_after(export.day))
    before = midnight(month.plus(-1).day_after(export.day))
    new = orders_of(town, export.channel, month)
    updated = [
        t
        for t in (
            orders_of(town, export.channel, month.plus(-1))
            if town.is_written(month.plus(-1))
            else []
        )
        if t.closed and before <= t.closed < delivered
    ]
    path = town.path(delivered.date(), export.sender, f"{export.file}_{month.label}.csv")
    rows = [export.row(town, t, delivered) for t in (*updated, *new)]
    if rows:
        kind = export.channel.name
        record_spoiled(town, month, kind, path, "", first_row=2 + len(rows))
        rows += spoiled(month, kind, export.headings, rows[-1])
    write_csv(path, export.encoding, export.headings, rows)
    record(town, export.channel.name, new)
    _record_people(town, export, new, path.name)


def orders_of(town: Town, channel: Channel, month: Month) -> list[Telling]:
    """The orders a channel received in a month, with what finally became of them."""

    def make() -> list[Telling]:
        count, never = town.plan.orders(channel.name, month)
        return draw(town, channel, month, count, never)

    return town.recall(channel.name, month, make)


def assigned(t: Telling) -> str:
    """The unit first charged with an order."""
    if t.pick % 5 < 2:
        return t.spot.street + "办事处"
    by_matter = {Category.HEALTH: "区卫健局", Category.SOCIAL: "区公安分局"}.get(
        Category(t.concept.category)
    )
    return BUREAU_OF.get(t.spot.kind) or by_matter or BUREAUS[t.pick // 5 % 8]


def _record_people(town: Town, export: Export, new: Sequence[Telling], file: str) -> None:
    grid = export.channel is GRID
    for t in new:
        person = _worker(town, t) if grid else t.reporter
        town.book.personal(person.name, "name", "column", t.number, file)
        if export.channel is not WEB:
            town.book.personal(person.phone, "phone", "column", t.number, file)
        if export.channel is HOTLINE and t.pick % 3 == 0:
            town.book.personal(_recording(t), "recording", "column", t.number, file)
        record_text(town, t, file)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(" ", "seconds")


def _minute(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")


def _slashed(m: datetime) -> str:
    return f"{m.year}/{m.month}/{m.day} {m.hour}:{m.minute:02d}"


def _closed_by(t: Telling, delivered: datetime) -> datetime | None:
    return t.closed if t.closed and t.closed < delivered else None


def _recording(t: Telling) -> str:
    return f"LY-{t.at:%Y%m%d-%H%M}-{t.pick % 10000:04d}"


def hotline_row(_town: Town, t: Telling, delivered: datetime) -> Sequence[Any]:
    """One row of the 12345 export as of the moment of delivery."""
    closed, p, pick = _closed_by(t, delivered), t.reporter, t.pick
    city = min(t.at + timedelta(minutes=5 + pick % 15), t.dispatched)
    state = "已办结" if closed else "办理中" if pick % 4 else "待签收"
    return (
        t.number, t.title, t.text,
        ("投诉举报", "求助", "投诉举报", "咨询", "建议")[pick % (2 if t.concept.is_hazard else 5)],
        ("电话", "电话", "微信小程序", "网站", "手机客户端")[pick // 5 % 5],
        "安全生产" if t.concept.is_hazard else ("城乡建设", "劳动社保", "市场监管", "民生服务")[pick % 4],
        "紧急" if pick % 23 == 0 else "一般", state, p.name, p.phone, p.sex, t.spot.street,
        t.spot.address, _stamp(t.dispatched), t.due.isoformat(), _stamp(city),
        (t.due + timedelta(days=2)).isoformat(), "青岚区", "" if pick % 11 else "区住建局",
        "是" if pick % 37 == 0 else "否", "是" if pick % 11 == 0 else "否",
        _stamp(closed) if closed else "", SATISFIED[pick // 9 % 9] if closed else "",
        _recording(t) if pick % 3 == 0 else "",
    )  # fmt: skip


def _line_row(_town: Town, t: Telling, delivered: datetime) -> Sequence[Any]:
    closed = _closed_by(t, delivered)
    return (
        t.number, _slashed(t.at), t.reporter.name, t.reporter.phone, t.text, t.spot.address,
        t.spot.street, assigned(t), _slashed(t.dispatched), f"{t.due.year}/{t.due.month}/{t.due.day}",
        f"{closed.year}/{closed.month}/{closed.day}" if closed else "",
        SATISFIED[t.pick // 9 % 9] if closed else "",
    )  # fmt: skip


def _web_row(_town: Town, t: Telling, delivered: datetime) -> Sequence[Any]:
    closed = _closed_by(t, delivered)
    return (
        t.number, PLATFORMS[t.pick % 5], t.reporter.name, _slashed(t.at), t.title, t.text,
        t.spot.street, assigned(t), _slashed(t.dispatched), _slashed(closed) if closed else "",
    )  # fmt: skip


def _worker(town: Town, t: Telling) -> Any:
    return grid_worker(town.geography.communities.index(t.spot.community) * 3 + t.pick % 3)


def _grid_row(town: Town, t: Telling, delivered: datetime) -> Sequence[Any]:
    closed, worker = _closed_by(t, delivered), _worker(town, t)
    return (
        t.number, _minute(t.at), "扫码上报" if t.pick % 8 == 0 else "网格上报", t.spot.grid,
        t.spot.street, t.spot.community, t.spot.address, t.text, worker.name, worker.phone,
        "已办结" if closed else "处理中", assigned(t), _minute(t.dispatched),
        _minute(closed) if closed else "",
    )  # fmt: skip


EXPORTS = (
    Export(HOTLINE, "12345转办", "区12345分平台", "gb18030", HOTLINE_HEADINGS, hotline_row, 2),
    Export(LINE, "区热线", "区联动中心热线", "utf-8-sig", LINE_HEADINGS, _line_row, 2),
    Export(WEB, "网络舆情", "区网信办", "utf-8", WEB_HEADINGS, _web_row, 4),
    Export(GRID, "网格上报", "区网格中心", "utf-8-sig", GRID_HEADINGS, _grid_row, 2),
)


def write_video(town: Town, month: Month) -> None:
    """The video centre's dispatches, to two departments in one file."""
    delivered = midnight(month.day_after(3))
    counts = town.plan.video(month)
    rows: list[tuple[Telling, str]] = []
    for channel, unit, count in zip(
        (TRAFFIC, CITY), ("区交警大队", "区城管局"), counts, strict=True
    ):
        found = draw(town, channel, month, count, 0)
        record(town, "video", found)
        rows += [(t, unit) for t in found]
    rows.sort(key=lambda pair: (pair[0].at, pair[0].number))
    path = town.path(delivered.date(), "区视频指挥中心", f"视频派遣_{month.label}.csv")
    write_csv(path, "utf-8-sig", VIDEO_HEADINGS, _video_rows(rows, delivered))


def _video_rows(
    rows: Sequence[tuple[Telling, str]], delivered: datetime
) -> Iterator[Sequence[Any]]:
    for t, unit in rows:
        closed = _closed_by(t, delivered)
        yield (
            t.number, _minute(t.at), t.spot.address, t.text, t.spot.street, unit,
            _minute(t.dispatched), _minute(closed) if closed else "",
        )  # fmt: skip
