"""Street ledgers: one cumulative workbook per street and month, shown as of its delivery.

Findings of the year so far, and in the first quarter those of last year still open. Several
streets keep the older hand-made sheet: merged title, two heading rows, dates as text in their
own way, looser words for the state, a total row and a footer. One street misses a month, one
sends a zero report.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from riskpipe.demo.faults import record_spoiled, spoiled
from riskpipe.demo.findings import BACKDATED, MISSING, ZERO_REPORT, Finding, findings_of
from riskpipe.demo.months import Month, midnight
from riskpipe.demo.people import staff
from riskpipe.demo.printed import headings
from riskpipe.demo.town import Town
from riskpipe.demo.wording import one
from riskpipe.demo.workbook import Form, OldSheet, information, write_form, write_old

OLD_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("序号", ()), ("台账编号", ()), ("排查时间", ()), ("检查人", ()), ("检查类型", ()),
    ("企业名称", ()), ("行业", ()), ("社区", ()), ("隐患位置", ()), ("存在问题", ()),
    ("隐患级别", ()), ("整改责任", ("整改单位", "责任人")),
    ("整改情况", ("整改措施", "整改时限", "完成情况", "实际完成日期")),
    ("复查销号", ("验收日期", "验收人", "验收意见", "销号时间")), ("备注", ()),
)  # fmt: skip
FOOTER = (
    "填表说明：1.本台账按月累计填报，同一隐患编号不变；2.隐患级别填一般、重大；",
    "3.完成情况填已整改、整改中、待整改、现场处置、已整改销号。",
)
ALWAYS_OLD, ONCE_OLD = (1, 4, 7, 12, 15), (3, 9, 13, 17)
OLD_WORDS = {"已整改待复查": "已整改", "当场整改": "现场处置", "已销号": "已整改销号"}
DATE_STYLES: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d:%Y%m%d}",
)


def is_old(street: int, month: Month) -> bool:
    """Whether the street still keeps its own sheet."""
    return street in ALWAYS_OLD or (month.year < 2025 and street in ONCE_OLD)


def delivered_on(street: int, month: Month) -> date:
    """Day a street delivers; a few are late."""
    late = (street * 7 + month.number * 3) % 23 == 0
    return month.day_after(14 if late else 3 + (street * 5 + month.number) % 4)


def write_ledgers(town: Town, month: Month, recorded: set[str]) -> None:
    """All streets' workbooks of a month; `recorded` are the numbers the truth already holds."""
    by_street: dict[int, list[Finding]] = {}
    for finding in _cumulative(town, month):
        by_street.setdefault(finding.street, []).append(finding)
    for street in range(len(town.geography.streets)):
        if (month, street) == MISSING:
            continue
        found = [] if (month, street) == ZERO_REPORT else by_street.get(street, [])
        _write(town, street, month, found)
        _record(town, found, recorded, delivered_on(street, month))


def _cumulative(town: Town, month: Month) -> list[Finding]:
    found = []
    if month.number <= 3:
        december = Month(month.year - 1, 12).day_after(3)
        for number in range(7, 13):
            earlier = findings_of(town, Month(month.year - 1, number))
            found += [f for f in earlier if f.state(december) != "已销号"]
    for number in range(1, month.number + 1):
        found += findings_of(town, Month(month.year, number))
    return found


def _write(town: Town, street: int, month: Month, found: Sequence[Finding]) -> None:
    name, day = town.geography.streets[street], delivered_on(street, month)
    path = town.path(day, name, f"隐患排查台账_{month.label}.xlsx")
    if is_old(street, month):
        old = _old(town, street, month, found, day)
        bad = _bad(town, street, month, rows=old.rows, path=path, sheet=old.name)
        write_old(path, [replace(old, rows=[*old.rows, *bad])])
    else:
        form = _form(town, street, month, found, day)
        bad = _bad(town, street, month, rows=form.rows, path=path, sheet=form.kind)
        write_form(path, replace(form, rows=[*form.rows, *bad]))


def _bad(
    town: Town, street: int, month: Month, *, rows: Sequence[Any], path: Path, sheet: str
) -> list[Any]:
    """Spoiled rows of the first new and the first old ledger."""
    if street > 1 or not rows:
        return []
    kind, shown = (("ledger_new", headings("findings")), ("ledger_old", old_headings()))[street]
    record_spoiled(town, month, kind, path, sheet, first_row=4 + len(rows))
    return spoiled(month, kind, shown, rows[-1])


def old_headings() -> tuple[str, ...]:
    """The leaf headings of the old sheet, left to right."""
    return tuple(h for group, subs in OLD_GROUPS for h in (subs or (group,)))


def _form(town: Town, street: int, month: Month, found: Sequence[Finding], day: date) -> Form:
    name = town.geography.streets[street]
    rows = [_row(town, f, i, day) for i, f in enumerate(found, 1)]
    code = town.geography.street_codes[street]
    used = sum(1 for f in found if f.number.split("-")[2] == month.compact)
    blanks = [
        (i, f"YH-{code}-{month.compact}-{used + i - len(rows):04d}")
        for i in range(len(rows) + 1, max(len(rows) + 6, 201))
    ]
    majors = [f for f in found if f.grade == "重大"]
    attached = [[_major(town, f, i, day) for i, f in enumerate(majors, 1)]] if majors else []
    nature = "累计重报" if rows else "首次报送"
    info = information(
        name, first=Month(month.year, 1).first if rows else month.first, last=month.last, nature=nature, officer=street,
        sent_on=day, source="",
    )  # fmt: skip
    return Form("findings", rows, blanks, attached, info)


def describe(f: Finding) -> str:
    """Inspectors' words; what was found twice is described in other words."""
    core = f.concept.formal.replace("{n}", str(2 + f.pick % 7))
    return (core, f"现场检查发现{core}", f"{core}，未按要求整改到位")[f.pick % 3]


def _row(town: Town, f: Finding, seq: int, day: date) -> Sequence[Any]:
    done, recheck, state = f.is_rectified(day), f.last_recheck(day), f.state(day)
    shown = recheck if state in ("复查不合格", "已销号") else None
    return (
        seq, f.number, f.inspected, f.spot.street + "应急办", "、".join(f.inspectors), f.origin,
        f.spot.unit if f.spot.unit != "无" else f.spot.address,
        town.geography.data["trades"][f.spot.kind], f.spot.street, f.spot.community, f.part,
        describe(f), "", f.grade, f.spot.unit if f.spot.unit != "无" else f.spot.street + "办事处",
        f.responsible, one(town.wording.frames["measures"], f.pick), f.due, state,
        done if state not in ("待整改", "整改中", "挂账", "已移送") else None,
        shown[0] if shown else None, f.rechecker if shown else "",
        ("合格" if shown[1] else "不合格") if shown else "",
        f.signed_off if state == "已销号" else None,
        f.tipoff or "",
    )  # fmt: skip


def _major(town: Town, f: Finding, seq: int, day: date) -> Sequence[Any]:
    state, row = f.state(day), _row(town, f, seq, day)
    listed = f.pick % 2 == 0
    return (
        seq, f.number, row[6], f.concept.formal.split("，", maxsplit=1)[0].replace("{n}", "3"),
        f"重大事故隐患判定标准第{f.pick % 9 + 3}条第{f.pick % 4 + 1}项", f.inspected, row[16],
        (f.pick % 400) / 10, f.responsible, f.due, "现场值守、设置警戒，制定应急处置卡", "区应急管理局",
        staff(f.pick % 30), f"责令限期整改指令书（青应急责改〔{f.inspected.year}〕{f.pick % 900 + 1}号）",
        ("全部停产", "局部停产", "未停产")[f.pick % 3], "县（区）" if listed else "未挂牌",
        f"青安委办〔{f.inspected.year}〕{f.pick % 90 + 1}号 {f.inspected}" if listed else "", None,
        row[20], f"整改复查意见书（青应急复查〔{f.inspected.year}〕{f.pick % 900 + 1}号）" if row[20] else "",
        f.signed_off if state == "已销号" else None, "",
    )  # fmt: skip


def _old(town: Town, street: int, month: Month, found: Sequence[Finding], day: date) -> OldSheet:
    name = town.geography.streets[street]
    rows = [_old_row(town, f, i, day, DATE_STYLES[street % 3]) for i, f in enumerate(found, 1)]
    total = ["合计", *[""] * 8, f"{len(rows)}条"]
    title = f"{name}安全隐患排查整治台账（{month.year}年1-{month.number}月）"
    return OldSheet(f"{month.number}月", title, OLD_GROUPS, rows, total, FOOTER)


def _old_row(
    town: Town, f: Finding, seq: int, day: date, style: Callable[[date], str]
) -> Sequence[Any]:
    row = _row(town, f, seq, day)

    def shown(value: date | None) -> str:
        return style(value) if value else ""

    return (
        seq, f.number, shown(row[2]), row[4].replace("、", " " if f.pick % 3 == 0 else "、"), row[5],
        row[6], row[7], row[9], row[10], row[11], row[13], row[14], row[15], row[16], shown(row[17]),
        OLD_WORDS.get(row[18], row[18]), shown(row[19]), shown(row[20]), row[21], row[22],
        shown(row[23]), row[24],
    )  # fmt: skip


def _record(town: Town, found: Sequence[Finding], recorded: set[str], day: date) -> None:
    for f in found:
        if f.is_fault_seen(day) and f.number + f.illegal not in recorded:
            recorded.add(f.number + f.illegal)
            town.book.illegal_moves.append({"kind": "隐患", "number": f.number, "what": f.illegal})
        if f.number in recorded:
            continue
        recorded.add(f.number)
        _record_number(town, f)
        if f.hazard.startswith("R") and f.hazard[1:] in recorded:
            town.book.recurrences.append([f.hazard[1:], f.number])
        if f.illegal == BACKDATED:
            claimed = f.inspected.isoformat()
            town.book.backdated.append(
                {"number": f.number, "claimed": claimed, "entered": day.isoformat()}
            )


def _record_number(town: Town, f: Finding) -> None:
    town.book.number(
        (f.number, "ledger", f.concept.category, f.concept.subcategory, f.concept.index,
         midnight(f.inspected), f.spot.street, f.spot.community, f.spot.unit, f.spot.address,
         f.hazard if f.hazard.startswith(("H", "T")) else "")
    )  # fmt: skip
    if f.hazard.startswith("T"):
        town.book.hazards[f.hazard].append(f.tipoff)
