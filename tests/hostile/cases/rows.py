"""What each row is: notes, totals, blanks, repeats, merges downward, hidden rows."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.hostile.case import Case
from tests.hostile.page import Page, fate
from tests.hostile.records import FINDINGS, MAJORS, PROGRESS, major, step
from tests.hostile.shelf import TEXT, ledger, text_case, workbook_case
from tests.hostile.writing import Formula, merged, uncached, xlsx

THEME = "行"
NAME = "隐患排查台账"


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield from _footers()
    yield from _totals()
    yield from _blanks()
    yield from _repeated_values()
    yield from _hidden()
    yield from _formula_cells()
    yield from _missing_values()
    yield from _sections()


def _footers() -> Iterator[Case]:
    page = ledger(3)
    page.aside()
    page.aside(
        "填写要求：1.隐患编号由街道统一编排；2.检查日期填年月日；3.隐患等级暂按一般、重大划分"
    )
    page.aside()
    page.aside()
    yield workbook_case(THEME, "页脚合并三行写着码表", page, finish=merged(NAME, "A6:Q8"))
    page = ledger(2)
    page.aside(
        "单位负责人（签字）：",
        None,
        None,
        "审核人：",
        None,
        None,
        "填表人：",
        None,
        "联系电话：",
        None,
        "报出日期：",
    )
    yield workbook_case(THEME, "签字行", page)
    page = ledger(2)
    page.aside("注：本表一式两份")
    page.aside("1. 一份留存街道")
    page.aside("2. 一份报区安办")
    yield workbook_case(THEME, "多行附注", page)
    page = ledger(2)
    page.aside(None, None, None, None, None, None, "第1页 共1页")
    yield workbook_case(THEME, "页码行", page)
    page = ledger(1)
    page.becomes("description", "说明：消防栓前堆放杂物", 隐患描述="说明：消防栓前堆放杂物")
    page.take(备注="备注：已拍照")
    yield workbook_case(THEME, "像附注其实是数据", page)
    page = ledger(2)
    page.aside("以下空白")
    yield workbook_case(THEME, "以下空白", page)


def _totals() -> Iterator[Case]:
    page = _penalties(("2000", "3000", "500"))
    page.aside("合计", *[None] * 8, "5500")
    yield workbook_case(THEME, "合计相符", page, quiet=True)
    page = _penalties(("2000", "3000", "500"))
    page.notice(page.aside("合计", *[None] * 8, "5600"), "5600")
    yield workbook_case(THEME, "合计不符", page)
    page = _penalties(("2000", "3000"))
    page.aside("小计", *[None] * 8, 5000)
    page.take(**{"处罚金额（元）": "700"})
    page.aside("小计", *[None] * 8, 700)
    page.aside("合　计", *[None] * 8, "5,700")
    yield workbook_case(THEME, "中间小计后面总合计都相符", page, quiet=True)
    page = _penalties(("2000", "3000"))
    page.notice(page.aside("小计", *[None] * 8, 4000), "4000")
    page.take(**{"处罚金额（元）": "700"})
    page.aside("小计", *[None] * 8, 700)
    page.aside("总计", *[None] * 8, 5700)
    yield workbook_case(THEME, "中间小计不符", page)
    page = _penalties(("2000", "3000"))
    page.aside("合计", *[None] * 8, Formula("=SUM(J2:J3)", 5000))
    yield workbook_case(THEME, "合计是公式", page, quiet=True)
    page = _penalties(("2000", "约3000"), bad=1)
    page.notice(page.aside("合计", *[None] * 8, "5000"), "5000")
    yield workbook_case(THEME, "合计含读不出的数", page)
    page = Page("重大事故隐患清单", MAJORS, major, "重大事故隐患清单")
    page.head()
    page.many(2)
    page.aside("合计", *[None] * 6, "7.0")
    yield workbook_case(THEME, "万元合计相符", page, quiet=True)
    page = ledger(3)
    page.aside("合计", "3")
    yield workbook_case(THEME, "合计只写条数", page)
    page = ledger(2)
    page.aside(None, "小　计", "2处")
    page.take()
    page.aside(None, "合计", "3处")
    yield workbook_case(THEME, "合计写在第二列", page)
    page = ledger(1)
    page.take(**{"被检查单位（场所）": "合计精密机械厂"})
    yield workbook_case(THEME, "单位名以合计开头", page)


def _penalties(yuan: tuple[str, ...], bad: int | None = None) -> Page:
    page = Page("办理记录", PROGRESS, step, "办理记录")
    page.head()
    for number, amount in enumerate(yuan):
        if number == bad:
            page.empty("处罚金额（元）", **{"处罚金额（元）": amount})
        else:
            page.take(**{"处罚金额（元）": amount})
    return page


def _blanks() -> Iterator[Case]:
    page = ledger(2)
    for number in range(3, 60):
        page.aside(number, f"YH-0312-202603-{number:04d}")
    yield workbook_case(THEME, "预填编号的空行", page)
    page = ledger(2)
    for number in range(3, 20):
        page.aside(number, f"YH-0312-202603-{number:04d}", None, None, None, None, "红旗街道")
    yield workbook_case(THEME, "预填编号和街道的空行", page)
    page = ledger(1)
    page.aside("　", " ", "\t", "\n")
    page.aside("\u200b", "\ufeff")
    page.take()
    yield workbook_case(THEME, "只有空白字符的行", page)
    page = ledger(2)
    yield workbook_case(THEME, "六万四千空行", page, finish=_phantom(64_000))
    page = Page(TEXT)
    page.head()
    page.take()
    page.aside(*[""] * 17)
    page.aside(*[" "] * 17)
    page.take()
    yield text_case(THEME, "文本里的空行", page)


def _phantom(rows: int) -> Callable[[Any, Mapping[str, Any]], None]:
    def finish(book: Any, sheets: Mapping[str, Any]) -> None:
        form = book.add_format({"border": 1})
        for sheet in sheets.values():
            for row in range(3, rows):
                sheet.write_blank(row, 0, None, form)

    return finish


def _repeated_values() -> Iterator[Case]:
    for word in ("同上", "〃", "″", "同 上"):
        page = ledger(0)
        page.take(检查日期="2026-03-05")
        page.becomes("inspected_on", "2026-03-05", 检查日期=word, 检查单位="区消防救援大队")
        page.becomes("inspecting_unit", "区消防救援大队", 检查单位=word)
        yield workbook_case(THEME, f"同上写作{word!r}", page)
    page = ledger(0)
    page.take(检查日期="2026-03-05")
    for _ in range(3):
        page.becomes("inspected_on", "2026-03-05", 检查日期="同上")
    yield workbook_case(THEME, "连着几行同上", page)
    page = ledger(0)
    page.reject("检查日期", 检查日期="同上")
    page.take()
    yield workbook_case(THEME, "第一行就是同上", page)
    page = ledger(1)
    page.reject("检查日期", 检查日期="830日")
    page.reject("检查日期", 检查日期="同上")
    page.take()
    yield workbook_case(THEME, "上一行是坏值的同上", page)
    page = ledger(0)
    page.take(检查日期="2026-03-05")
    page.aside()
    page.becomes("inspected_on", "2026-03-05", 检查日期="同上")
    yield workbook_case(THEME, "隔着空行的同上", page)
    page = ledger(0)
    page.empty("备注", 备注="同上")
    page.take()
    yield workbook_case(THEME, "选填列第一行同上", page)
    page = ledger(0)
    page.take(检查日期="2026-03-05", **{"被检查单位（场所）": "东升木业有限公司"})
    for _ in range(2):
        row = page.becomes(
            "inspected_on", "2026-03-05", 检查日期=None, **{"被检查单位（场所）": None}
        )
        page.values[NAME, row, "inspected_unit"] = "东升木业有限公司"
    page.reject("检查日期", 检查日期=None)
    yield workbook_case(THEME, "合并单元格向下", page, finish=merged(NAME, "C2:C4", "F2:F4"))


def _hidden() -> Iterator[Case]:
    page = ledger(4)

    def hide(_book: Any, sheets: Mapping[str, Any]) -> None:
        for row in (2, 3):
            sheets[NAME].set_row(row, None, None, {"hidden": True})

    yield workbook_case(THEME, "隐藏两行", page, finish=hide, accounts={NAME: {"hidden_rows": 2}})

    def filter_rows(_book: Any, sheets: Mapping[str, Any]) -> None:
        sheets[NAME].autofilter(0, 0, 4, 16)
        sheets[NAME].filter_column(9, "x == 重大")
        for row in (1, 2, 3, 4):
            sheets[NAME].set_row(row, None, None, {"hidden": True})

    yield workbook_case(
        THEME, "筛选后全部隐藏", page, finish=filter_rows, accounts={NAME: {"hidden_rows": 4}}
    )
    other = Page("二月")
    other.head()
    other.many(2)

    def hide_sheet(_book: Any, sheets: Mapping[str, Any]) -> None:
        sheets["二月"].hide()

    marks = {"二月": {"is_hidden": True}, NAME: {"is_hidden": False}}
    yield workbook_case(THEME, "隐藏的工作表", page, other, finish=hide_sheet, accounts=marks)

    def very_hidden(_book: Any, sheets: Mapping[str, Any]) -> None:
        sheets["二月"].very_hidden()

    yield workbook_case(
        THEME,
        "深度隐藏的工作表",
        page,
        other,
        finish=very_hidden,
        accounts={"二月": {"is_hidden": True}},
    )


def _formula_cells() -> Iterator[Case]:
    page = ledger(0)
    page.becomes(
        "due_on",
        "2026-03-15",
        检查日期="2026-03-05",
        整改期限=Formula('="2026-03-"&"15"', "2026-03-15"),
    )
    page.becomes("description", "通道堆物", 隐患描述=Formula('="通道"&"堆物"', "通道堆物"))
    yield workbook_case(THEME, "公式有结果", page)
    lost = ledger(1)
    lost.reject("隐患描述", 隐患描述=Formula('="通道"&"堆物"', None))
    lost.empty("整改期限", 整改期限=Formula("=TODAY()", None))
    lost.take()
    yield Case("公式没有结果", THEME, "台账.xlsx", lambda: uncached(lost), fate(lost))
    page = ledger(1)
    page.reject("检查日期", 检查日期=Formula("=VLOOKUP(1,A:A,2)", "#N/A"))
    page.empty("整改期限", 整改期限=Formula("=B99999/0", "#DIV/0!"))
    page.reject("隐患描述", 隐患描述=Formula("=[1]表!A1", "#REF!"))
    yield workbook_case(THEME, "公式结果是错误值", page)
    page = ledger(0)
    for text in ("=1+1", "+8610", "-3", "@SUM(1)", '=HYPERLINK("http://example.invalid","x")'):
        page.becomes("remark", text, 备注=text)
    yield workbook_case(THEME, "像公式的文字", page)
    page = Page(TEXT, FINDINGS)
    page.head()
    page.becomes("remark", "=1+1", 备注="=1+1")
    page.becomes("remark", "=cmd|' /C calc'!A0", 备注="=cmd|' /C calc'!A0")
    yield text_case(THEME, "文本里像公式的文字", page)


def _missing_values() -> Iterator[Case]:
    page = ledger(1)
    page.reject("检查日期", 检查日期=None)
    page.reject("隐患描述", 隐患描述=None)
    page.reject("检查日期", "隐患描述", 检查日期=None, 隐患描述="　")
    page.reject("隐患编号", 隐患编号=None)
    page.take(整改期限=None, 备注=None, 整改责任人=None)
    yield workbook_case(THEME, "必填格空着", page)
    page = ledger(0)
    for _ in range(3):
        page.reject("检查日期", 检查日期="待定")
    yield workbook_case(THEME, "所有行都不合格", page)
    page = ledger(1)
    page.take(隐患编号="YH-0312-202603-0001", 隐患描述="同一编号的另一行，内容不同")
    yield Case("同一编号两行", THEME, "台账.xlsx", lambda: xlsx(page), fate(page))


def _sections() -> Iterator[Case]:
    """A label across the whole table between its records."""
    page = ledger(0)
    for label in ("一、消防安全类", "二、用电安全类"):
        page.aside(label)
        page.many(2)
    yield workbook_case(THEME, "分节标题跨全表", page, finish=merged(NAME, "A2:Q2", "A5:Q5"))
    page = Page()
    page.aside("检查单位", "区应急管理局", None, "检查日期", "2026-03-05")
    page.aside()
    page.head()
    page.many(2)
    yield workbook_case(THEME, "表头上方有填报项", page)
    page = ledger(3)

    def dressed(book: Any, sheets: Mapping[str, Any]) -> None:
        sheet = sheets[NAME]
        sheet.set_column(2, 4, None, None, {"hidden": True})
        sheet.data_validation(1, 9, 200, 9, {"validate": "list", "source": ["一般", "重大"]})
        sheet.conditional_format(1, 13, 200, 13, {"type": "blanks", "format": book.add_format()})
        sheet.write_url(1, 16, "https://example.invalid/1", string="照片")
        sheet.write_comment(2, 8, "已现场核实")
        sheet.freeze_panes(1, 2)
        sheet.protect("")

    yield workbook_case(THEME, "隐藏列下拉批注保护", page, finish=dressed)
