"""Money, counts and ticks: what has one value is read, the rest is emptied with a line."""

from collections.abc import Iterator
from typing import Any

from tests.hostile.case import Case
from tests.hostile.page import Page
from tests.hostile.records import MAJORS, PROGRESS, TIPOFFS, major, step, tipoff
from tests.hostile.shelf import workbook_case

THEME = "金额与是否"
YUAN: dict[str, tuple[Any, str]] = {
    "万元": ("1.5万元", "15000.00"),
    "万": ("1.5万", "15000.00"),
    "千分位": ("1,234.50", "1234.50"),
    "人民币符号": ("￥1234.5", "1234.50"),
    "半角符号": ("¥2000", "2000.00"),
    "元字": ("5000元", "5000.00"),
    "人民币整": ("人民币5000元整", "5000.00"),
    "全角": ("１２３４．５", "1234.50"),
    "数字": (1234.5, "1234.50"),
    "浮点尾数": (0.1 + 0.2, "0.30"),
    "零": (0, "0.00"),
}
NO_YUAN: dict[str, Any] = {
    "约数": "约5000元",
    "范围": "5000-8000",
    "分节错": "1,23.5",
    "三位小数": "12.345",
    "负数": "-100",
    "见附件": "见附件",
    "单价": "500元/次",
    "占位": "—",
    "两个数": "5000、8000",
    "错误值": "#REF!",
    "天文数字": "99999999999999999999",
}
FLAGS: dict[Any, bool] = {
    "是": True,
    "否": False,
    "√": True,
    "×": False,
    "✓": True,
    "实名": True,
    "匿名": False,
}


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    for name, (written, value) in YUAN.items():
        page = _penalties()
        page.becomes("penalty_yuan", value, **{"处罚金额（元）": written})
        yield workbook_case(THEME, f"读出：{name}", page)
    for name, written in NO_YUAN.items():
        page = _penalties()
        page.empty("处罚金额（元）", **{"处罚金额（元）": written})
        yield workbook_case(THEME, f"清空：{name}", page)
    yield workbook_case(THEME, "表头写明万元", _in_ten_thousands())
    yield workbook_case(THEME, "是否的各种打勾", _ticks())


def _penalties() -> Page:
    page = Page("办理记录", PROGRESS, step, "办理记录")
    page.head()
    return page.many(1)


def _in_ten_thousands() -> Page:
    page = Page("重大事故隐患清单", MAJORS, major, "重大事故隐患清单")
    page.head()
    for written, value in (
        ("3.5", "35000.00"),
        ("3.5万元", "35000.00"),
        ("35000元", "35000.00"),
        (0.8, "8000.00"),
    ):
        page.becomes("funds_yuan", value, **{"整改资金（万元）": written})
    page.empty("整改资金（万元）", **{"整改资金（万元）": "待定"})
    return page


def _ticks() -> Page:
    page = Page("举报登记", TIPOFFS, tipoff, "举报登记")
    page.head()
    for written, value in FLAGS.items():
        page.becomes("is_named", value, 是否实名=written)
    page.empty("是否实名", 是否实名="不详")
    page.empty("是否实名", 是否实名="是/否")
    return page
