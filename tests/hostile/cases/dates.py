"""Dates as offices write them: one meaning is read, damage and guesses are not."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tests.hostile.case import Case
from tests.hostile.page import Page, fate
from tests.hostile.shelf import TEXT, ledger, text_case, workbook_case
from tests.hostile.writing import Shown, book_of, xlsx

THEME = "日期"
DAY = "2026-03-05"
SERIAL = (date(2026, 3, 5) - date(1899, 12, 30)).days
SERIAL_1904 = (date(2026, 3, 5) - date(1904, 1, 1)).days
READ: dict[str, Any] = {
    "点分": "2026.3.5",
    "点分补零": "2026.03.05",
    "横线不补零": "2026-3-5",
    "斜线": "2026/3/5",
    "连写八位": "20260305",
    "年月日": "2026年3月5日",
    "年月日补零": "2026年03月05日",
    "年月号": "2026年3月5号",
    "年月日前": "2026年3月5日前",
    "年月日有空格": "2026 年 3 月 5 日",
    "带时分": "2026-03-05 14:30",
    "带时分秒": "2026-03-05 14:30:00",
    "斜线带时分": "2026/3/5 9:05",
    "中文时分": "2026年3月5日14时30分",
    "字母T": "2026-03-05T08:00:00",
    "全角数字": "２０２６－０３－０５",
    "全角年月日": "２０２６年３月５日",
    "前后有空格": "  2026-03-05　",
    "文本序列号": str(SERIAL),
    "数字序列号": SERIAL,
    "带小数序列号": SERIAL + 0.5,
    "日期单元格": date(2026, 3, 5),
    "日期时间单元格": datetime(2026, 3, 5, 16, 20),
    "隐藏年份的格式": Shown(date(2026, 3, 5), 'm"月"d"日"'),
    "斜线格式": Shown(date(2026, 3, 5), "yyyy/m/d;@"),
    "中文长日期格式": Shown(date(2026, 3, 5), "[DBNum1]yyyy年m月d日"),
    "数字连写": 20260305,
    "零宽字符": "2026-03\u200b-05",
}
DAMAGED: dict[str, Any] = {
    "掉了月字": "830日",
    "掉了月字四位": "1018日",
    "二月三十日": "2026-02-30",
    "十三月": "2026-13-01",
    "四月三十一日": "2026年4月31日",
    "远在未来": "2206-01-01",
    "佛历": "2569-03-05",
    "佛历年月日": "2569年3月5日",
    "民国": "民国115年3月5日",
    "民国没有字": "115年3月5日",
    "两位年份": "26.3.5",
    "只有月日没有期间": "3月5日",
    "斜线月日": "3/5",
    "只有年月": "2026年3月",
    "日月年分不清": "03-05-2026",
    "起止范围": "2026-3-5至2026-3-9",
    "两个日期": "2026年3月5日、3月6日",
    "立即整改": "立即整改",
    "长期坚持": "长期坚持",
    "已整改": "已整改",
    "每月五日": "每月5日前",
    "节前": "春节前",
    "错误值文字": "#VALUE!",
    "井号": "########",
    "数字零": 0,
    "负数": -5,
    "年份当序列号": 2026,
    "电话": "67845123",
    "一九零零年序列": 36,
    "斜杠占位": "/",
    "横杠占位": "—",
    "年月日缺一位": "2026-03-",
    "汉字零月": "2026年0月5日",
}


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    for name, written in READ.items():
        yield workbook_case(THEME, f"读出：{name}", _read(written))
    for name, written in DAMAGED.items():
        yield workbook_case(THEME, f"拒绝：{name}", _damaged(written))
    yield from _epochs()
    yield from _years_given()
    yield from _in_text()


def _read(written: Any) -> Page:
    page = ledger(1)
    page.becomes("inspected_on", DAY, 检查日期=written, 整改期限="2026-03-20")
    page.becomes("due_on", DAY, 检查日期="2026-03-02", 整改期限=written)
    return page


def _damaged(written: Any) -> Page:
    page = ledger(1)
    page.reject("检查日期", 检查日期=written)
    page.empty("整改期限", 整改期限=written)
    page.take()
    return page


def _epochs() -> Iterator[Case]:
    page = ledger(0)
    page.becomes("inspected_on", DAY, 检查日期=date(2026, 3, 5))
    page.becomes("inspected_on", DAY, 检查日期=SERIAL_1904)
    page.becomes("due_on", DAY, 整改期限=str(SERIAL_1904))
    yield Case(
        "读出：一九零四年起算",
        THEME,
        "苹果机.xlsx",
        lambda: xlsx(page, epoch_1904=True),
        fate(page),
    )


def _years_given() -> Iterator[Case]:
    """3月5日 has a year only where the delivery states one."""
    page = ledger(1)
    page.becomes("inspected_on", DAY, 检查日期="3月5日")
    page.becomes("due_on", "2026-03-28", 整改期限="3月28日前")
    yield _stated("期间给出年份", page, "2026-03-01", "2026-03-31")
    page = ledger(1)
    page.reject("检查日期", 检查日期="2月30日")
    page.empty("整改期限", 整改期限="13月1日")
    yield _stated("期间给出年份但日子不存在", page, "2026-03-01", "2026-03-31")
    page = ledger(1)
    page.reject("检查日期", 检查日期="3月5日")
    yield _stated("期间跨两个年份", page, "2025-12-26", "2026-01-25")
    page = ledger(1)
    page.reject("检查日期", 检查日期="830日")
    yield _stated("有期间也不补月字", page, "2026-03-01", "2026-03-31")


def _stated(name: str, page: Page, first: str, last: str) -> Case:
    facts = [
        ["项目", "内容"],
        ["报送单位", "红旗街道"],
        ["统计期间起", first],
        ["统计期间止", last],
        ["本期有无数据", "有"],
    ]
    sheets = {"报送信息": facts, page.name: page.rows}
    return Case(
        f"月日：{name}", THEME, "台账.xlsx", lambda: book_of(sheets, None, False), fate(page)
    )


def _in_text() -> Iterator[Case]:
    page = Page(TEXT)
    page.head()
    for written in ("2026.3.5", "2026/3/5", "20260305", "2026年3月5日", "2026-03-05 00:00:00"):
        page.becomes("inspected_on", DAY, 检查日期=written)
    for written in ("830日", "2026-02-30", "3月5日", "立即整改"):
        page.reject("检查日期", 检查日期=written)
    yield text_case(THEME, "文本里的各种写法", page)
