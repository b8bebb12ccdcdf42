"""Code values, grades, numbers that are names: other spellings are read by a map or not at all."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.hostile.case import Case
from tests.hostile.page import Page
from tests.hostile.shelf import TEXT, ledger, text_case, workbook_case

THEME = "码值与编号"
STATES = {
    "已整改": "已整改待复查",
    "已整改销号": "已销号",
    "现场处置": "当场整改",
    "整改中": "整改中",
    "整改\n中": "整改中",
    " 待整改 ": "待整改",
    "已整改\u200b": "已整改待复查",
    "已 销 号": "已销号",
    "挂帐": "挂账",
    "整改完成。": "已整改待复查",
}
NO_STATES = ("差不多了", "√", "50%", "已整改/整改中", "2026-03-05", "详见附件")
NO_GRADES = ("较大", "重点", "3级", "3", "一般3级", "1级重大", "C", "红")
NUMBERS = {
    "零宽空格": "YH-0312\u200b-202603-0101",
    "零宽连接": "YH-0312-202603\u200d-0101",
    "字节序标记": "\ufeffYH-0312-202603-0101",
    "从左到右标记": "\u200eYH-0312-202603-0101\u200e",
    "双向嵌入": "\u202aYH-0312-202603-0101\u202c",
    "软连字符": "YH-0312\u00ad-202603-0101",
    "全角字母数字": "ＹＨ－０３１２－２０２６０３－０１０１",
    "中间空格": "YH-0312 -202603- 0101",
    "不换行空格": "YH-0312-202603-0101\u00a0",
    "中间换行": "YH-0312-\n202603-0101",
}
BREAKS = ("隧道开\n挖支护", "隧道开\r\n挖支护", "隧道开\n 挖支护")


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield workbook_case(THEME, "整改状态的各种写法", _many("整改状态", "state", STATES))
    page = ledger(1)
    for written in NO_STATES:
        page.empty("整改状态", 整改状态=written)
    yield workbook_case(THEME, "看不懂的整改状态", page)
    yield workbook_case(THEME, "日期单元格在状态列", _one("整改状态", date(2026, 3, 5)))
    grades = {
        "一般": "一般",
        "重大": "重大",
        "一般事故隐患": "一般",
        "重大事故隐患": "重大",
        "重大\n隐患": "重大",
    }
    yield workbook_case(THEME, "隐患等级的写法", _many("隐患等级", "grade", grades))
    for written in NO_GRADES:
        yield workbook_case(THEME, f"没有对照的等级{written}", _one("隐患等级", written))
    yield workbook_case(THEME, "数字等级", _one("隐患等级", 3))
    for name, written in NUMBERS.items():
        page = ledger(0)
        page.becomes("finding_no", "YH-0312-202603-0101", 隐患编号=written)
        yield workbook_case(THEME, f"编号里有{name}", page)
    yield from _numbers_as_numbers()
    yield from _line_breaks()
    yield from _mapped_grades()


def _many(heading: str, column: str, spellings: dict[str, str]) -> Page:
    page = ledger(0)
    for written, code in spellings.items():
        page.becomes(column, code, **{heading: written})
    return page


def _one(heading: str, written: Any) -> Page:
    page = ledger(1)
    page.empty(heading, **{heading: written})
    return page


def _numbers_as_numbers() -> Iterator[Case]:
    page = ledger(0)
    page.becomes("finding_no", "202603050001", 隐患编号=202603050001)
    yield workbook_case(THEME, "编号是数字", page)
    page = ledger(1)
    page.reject("隐患编号", 隐患编号="2.02603E+11")
    yield workbook_case(THEME, "编号变成科学计数", page)
    page = Page(TEXT)
    page.head()
    page.reject("隐患编号", 隐患编号="1.38E+10")
    page.take()
    yield text_case(THEME, "文本里的科学计数编号", page)


def _line_breaks() -> Iterator[Case]:
    page = ledger(0)
    for written in BREAKS:
        page.becomes("category_stated", "隧道开挖支护", 备注=None, 隐患等级="一般")
        page.rows[-1].append(written)
    page.rows[0].append("隐患类型")
    yield workbook_case(THEME, "类别里有换行", page)
    page = ledger(0)
    page.becomes("trade", "建筑施工")
    page.rows[-1].append("建筑\n施工")
    page.becomes("place_type", "其它场所")
    page.rows[-1].append("其他\n场所")
    page.rows[0].append("行业领域（场所类型）")
    yield workbook_case(THEME, "行业里有换行", page)


def _mapped_grades() -> Iterator[Case]:
    """A construction ledger prints its own scheme; its layout maps what has one meaning."""
    headings = ("序号", "检查时间", "检查工点", "隐患问题描述", "隐患等级", "整改期限", "整改情况")
    page = Page("总表", headings)
    page.head()
    mapped = {"3级": "一般", 3: "一般", "一般3级": "一般", "1级": "重大", "三级": "一般"}
    for number, (written, code) in enumerate(mapped.items(), 1):
        page.aside(
            number,
            "2026-03-05",
            "一号隧道",
            f"{number}号作业面未喷浆",
            written,
            "2026-03-09",
            "整改中",
        )
        page.good.add((page.name, page.here))
        page.values[page.name, page.here, "grade"] = code
    for number, written in enumerate(("5级", "4级", "2级突出"), 11):
        page.aside(
            number,
            "2026-03-06",
            "二号桥",
            f"{number}号墩临边防护缺失",
            written,
            "2026-03-09",
            "整改中",
        )
        page.good.add((page.name, page.here))
        page.emptied.add((page.name, page.here, "隐患等级"))
    yield workbook_case(THEME, "有对照的等级", page)
