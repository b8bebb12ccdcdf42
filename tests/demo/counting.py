"""An independent count of a made-up city, straight from its files with csv and openpyxl.

Nothing of riskpipe is used: newest delivery of a number wins, figures are counted as a person
would count them in a spreadsheet.
"""

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path

import openpyxl

YEAR = 2025
PLATFORMS = {
    "web": ("网络舆情_", "utf-8", "舆情编号", "发布时间", "反馈时间"),
    "hotline12345": ("12345转办_", "gb18030", "工单编号", "市交办时间", "办结时间"),
    "grid": ("网格上报_", "utf-8-sig", "上报编号", "上报时间", "办结时间"),
    "line": ("区热线_", "utf-8-sig", "接单编号", "来电时间", "办结日期"),
}


def delivered(raw: Path, pattern: str) -> list[Path]:
    """Files of a pattern in the order in which they were delivered."""
    return sorted(raw.glob(f"*/*/{pattern}"), key=lambda p: (p.parts[-3], p.name))


def csv_rows(path: Path, encoding: str) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def form_rows(path: Path, sheet: str) -> list[dict[str, object]]:
    """Rows of a new form: headings in row 3, a row counts if anything stands beside its numbers."""
    book = openpyxl.load_workbook(path, data_only=True)
    if sheet not in book.sheetnames:
        return []
    lines = list(book[sheet].iter_rows(values_only=True))
    rows = [dict(zip(lines[2], line, strict=True)) for line in lines[3:]]
    return [r for r in rows if sum(v is not None for v in r.values()) > 2]


def newest(rows, key):
    found = {}
    for row in rows:
        found[row[key]] = row
    return list(found.values())


def day_of(text: str) -> datetime | None:
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"):
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def count_orders(raw: Path, name: str) -> list[int]:
    prefix, encoding, key, received, closed = PLATFORMS[name]
    rows = [r for p in delivered(raw, f"{prefix}*.csv") for r in csv_rows(p, encoding)]
    mine = [r for r in newest(rows, key) if (day_of(r[received]) or datetime(1, 1, 1)).year == YEAR]
    return [len(mine), sum(1 for r in mine if r[closed])]


def register_rows(raw: Path) -> list[dict[str, object]]:
    rows = [
        r
        for p in delivered(raw, "12350登记_*.xlsx")
        if "2025-" in p.name or "2026-" in p.name
        for r in form_rows(p, "举报登记")
    ]
    first, last = datetime(YEAR, 1, 1), datetime(YEAR, 12, 1)
    return [
        r
        for r in newest(rows, "举报编号")
        if isinstance(r["举报时间"], datetime) and first <= r["举报时间"] < last
    ]


def count_register(raw: Path) -> dict[str, int]:
    calls = register_rows(raw)
    numbers = {r["举报编号"] for r in calls}
    payouts = [r for p in delivered(raw, "奖励发放_*.xlsx") for r in form_rows(p, "奖励发放")]
    paid = [
        r["实发金额（元）"]
        for r in newest(payouts, "奖励编号")
        if r["举报编号"] in numbers and r["发放状态"] == "已领取"
    ]
    true = {"属实", "基本属实", "部分属实"}
    return {
        "calls": len(calls),
        "verified": sum(1 for r in calls if r["核查结果"]),
        "substantiated": sum(1 for r in calls if r["核查结果"] in true),
        "paid_200": paid.count(200),
        "paid_500": paid.count(500),
        "paid_yuan": sum(paid),
    }


def incident_rows(raw: Path) -> list[dict[str, object]]:
    """Newest report of each incident of the year, and whether it was ever passed up."""
    rows = [r for p in delivered(raw, "突发事件_*.xlsx") for r in form_rows(p, "突发事件")]
    return [
        r
        for r in newest(rows, "事件编号")
        if isinstance(r["发生时间"], datetime) and r["发生时间"].year == YEAR
    ]


def count_incidents(raw: Path) -> dict[str, int]:
    inside = [
        r
        for r in incident_rows(raw)
        if r["所属街道（乡镇）"] != "区外" and r["发生时间"].month < 12
    ]
    major = sum(1 for r in inside if r["事件级别"] in ("特别重大", "重大", "较大"))
    return {**Counter(r["突发事件类别"] for r in inside), "stated_major": major}


def count_urgent(raw: Path) -> int:
    return sum(1 for r in incident_rows(raw) if r["上报时间"])


def count_places(raw: Path) -> dict[str, int]:
    places = {
        (r["场所类型"], r["单位（场所）名称"])
        for p in delivered(raw, f"场所排查_{YEAR}-*.csv")
        if p.stem[-2:] <= "10"
        for r in csv_rows(p, "utf-8-sig")
    }
    assert len({name for _, name in places}) == len(places), "a place must have one type"
    return Counter(kind for kind, _ in places)


def count_key_register(raw: Path) -> dict[str, int]:
    last = delivered(raw, f"全区重点隐患登记_{YEAR}.xlsx")[-1]
    rows = form_rows(last, "隐患排查台账")
    fixed = sum(1 for r in rows if r["整改完成日期"])
    return {
        **Counter(r["突发事件类别"] for r in rows),
        "rectified": fixed,
        "open": len(rows) - fixed,
    }


def count_video(raw: Path) -> list[int]:
    rows = [r for p in delivered(raw, f"视频派遣_{YEAR}-*.csv") for r in csv_rows(p, "utf-8-sig")]
    units = Counter(r["派遣部门"] for r in rows)
    return [units["区交警大队"], units["区城管局"]]


def count_totals(raw: Path) -> dict[str, tuple[float, float]]:
    """Sum of the year's months, and what the December sheet says of the year before."""
    found: Counter[str] = Counter()
    before = {}
    for path in delivered(raw, f"月度统计数_{YEAR}-*.xlsx"):
        for row in form_rows(path, "月度统计数"):
            found[row["指标"]] += row["本月数"]
            before[row["指标"]] = row["上年同期累计"]
    return {name: (found[name], before[name]) for name in found}


def count_grids(raw: Path) -> list[int]:
    book = openpyxl.load_workbook(delivered(raw, "三级网格表.xlsx")[0])
    levels = Counter(row[2] for row in book.active.iter_rows(min_row=2, values_only=True))
    return [levels[1], levels[2], levels[3]]
