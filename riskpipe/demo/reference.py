"""What the bureau hands out once: three-level grids, units, who owes which report, campaigns."""

from datetime import date
from pathlib import Path

from riskpipe.demo.months import Month
from riskpipe.demo.town import Town
from riskpipe.demo.workbook import write_plain

SENDER = "区应急管理局"
OFFICE = """\
# 演示用的虚构单位
district = "青岚区"
office_name = "青岚区应急管理局"
issue_title = "青岚区突发事件定期会商分析报告"
first_issue_month = "2023-12"
cut_off_days = 10
"""
"""The office's own settings: month totals come in until the tenth."""
SINCE = date(2023, 1, 1)
GRID_HEADINGS = (
    "网格编码",
    "网格名称",
    "网格级别",
    "上级网格编码",
    "所属街道（乡镇）",
    "所属社区（村）",
    "启用日期",
    "停用日期",
)
UNIT_HEADINGS = ("单位名称", "单位类别", "所属街道（乡镇）", "排序", "联系电话")
OWED_HEADINGS = ("报送单位", "报表名称", "每月截止日", "起始日期", "终止日期")
CAMPAIGN_HEADINGS = ("专项行动", "开始日期", "结束日期", "备注")
OFFICES = (
    ("区应急管理局", "部门"), ("区应急管理局举报中心", "热线"), ("区应急管理局值班室", "部门"),
    ("区应急管理局财务科", "部门"), ("区12345分平台", "平台"), ("区联动中心热线", "热线"),
    ("区网信办", "部门"), ("区网格中心", "平台"), ("区视频指挥中心", "平台"), ("区政府督查室", "部门"),
    ("区住建局", "部门"), ("区市场监管局", "部门"), ("区卫健局", "部门"), ("区城管局", "部门"),
    ("区交通局", "部门"), ("区公安分局", "部门"), ("区生态环境分局", "部门"), ("区交警大队", "部门"),
    ("区消防救援大队", "部门"), ("区气象局", "部门"),
)  # fmt: skip
OWED = (
    ("区应急管理局举报中心", "举报登记", 5), ("区12345分平台", "举报登记", 5), ("区联动中心热线", "举报登记", 5),
    ("区网信办", "举报登记", 5), ("区视频指挥中心", "举报登记", 5), ("区网格中心", "举报登记", 5),
    ("区网格中心", "隐患排查台账", 5), ("区应急管理局", "办理记录", 8), ("区12345分平台", "办理记录", 8),
    ("区应急管理局财务科", "奖励发放", 10), ("区应急管理局值班室", "突发事件", 5),
    ("区应急管理局值班室", "月度统计数", 10), ("区政府督查室", "督办事项", 8),
)  # fmt: skip
CAMPAIGNS = (
    ("安全生产治本攻坚三年行动", date(2024, 1, 1), date(2026, 12, 31), ""),
    ("电动自行车安全隐患全链条整治", date(2024, 5, 1), date(2025, 12, 31), ""),
    ("夏季消防检查专项行动", date(2026, 6, 1), date(2026, 8, 31), ""),
)


def write_office(raw: Path) -> None:
    """The settings the office keeps beside its deliveries."""
    folder = raw / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "office.toml").write_text(OFFICE, "utf-8")


def write_reference(town: Town, first: Month) -> None:
    """The four reference tables, delivered when the window opens."""
    day = first.day_after(1)

    def out(name: str, headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
        write_plain(town.path(day, SENDER, f"{name}.xlsx"), name, headings, rows)

    out("三级网格表", GRID_HEADINGS, _grids(town))
    out("单位名录", UNIT_HEADINGS, _units(town))
    out("应报表", OWED_HEADINGS, _owed(town))
    out("专项行动表", CAMPAIGN_HEADINGS, list(CAMPAIGNS))


def _grids(town: Town) -> list[tuple[object, ...]]:
    g = town.geography
    top = g.data["code"]
    rows: list[tuple[object, ...]] = [(top, g.data["district"], 1, "", "", "", SINCE, None)]
    rows += [
        (code, street, 2, top, street, "", SINCE, None)
        for code, street in zip(g.street_codes, g.streets, strict=True)
    ]
    rows += [
        (code, f"{name}网格", 3, g.street_codes[s], g.streets[s], name, SINCE, None)
        for code, name, s in zip(g.grid_codes, g.communities, g.street_of, strict=True)
    ]
    return rows


def _units(town: Town) -> list[tuple[object, ...]]:
    names = [(s, "街道（乡镇）", s) for s in town.geography.streets]
    names += [(s + "办事处", "街道（乡镇）", s) for s in town.geography.streets]
    names += [(name, kind, "") for name, kind in OFFICES]
    return [(n, k, s, i, f"0571-8810{i:04d}") for i, (n, k, s) in enumerate(names, 1)]


def _owed(town: Town) -> list[tuple[object, ...]]:
    owed = [(s, "隐患排查台账", 8) for s in town.geography.streets]
    return [(unit, kind, day, SINCE, None) for unit, kind, day in (*owed, *OWED)]
