"""Several tables on a sheet, several sheets in a file, and sheets that are no ledger."""

from collections.abc import Callable, Iterator
from datetime import date

from tests.hostile.case import WHOLE, Case, Expected
from tests.hostile.page import Page, fate, unread
from tests.hostile.records import finding
from tests.hostile.shelf import TEXT, ledger, text_case, workbook_case
from tests.hostile.writing import Shown, book_of, xlsx

THEME = "几张表"


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield from _several_tables()
    yield from _not_a_ledger()
    yield from _facts_beside()


def _writer(*pages: Page) -> Callable[[], bytes]:
    return lambda: xlsx(*pages)


def _several_tables() -> Iterator[Case]:
    stacked = ledger(2)
    stacked.aside()
    stacked.aside("二、临江街道")
    stacked.head()
    stacked.many(2)
    yield workbook_case(THEME, "上下两张同样的表", stacked)
    stacked = ledger(2)
    stacked.aside()
    stacked.headings = ("隐患编号", "隐患描述", "检查日期", "整改期限", "整改状态")
    stacked.aside("二、临江街道")
    stacked.head()
    stacked.becomes("due_on", "2026-04-02", 整改期限="2026-04-02")
    stacked.take()
    yield workbook_case(THEME, "上下两张列序不同的表", stacked)
    yield workbook_case(THEME, "每页重复表头", _paged())
    side = Page()
    short = ("隐患编号", "检查日期", "隐患描述", "整改期限")
    side.aside(*short, None, *short)
    for number in range(1, 4):
        left, right = finding(number), finding(number + 10)
        side.aside(*(left[name] for name in short), None, *(right[name] for name in short))
    yield Case(
        "左右并排两张表", THEME, "台账.xlsx", _writer(side),
        unread(side, codes={"side_by_side", "two_tables", "ambiguous"}, says=("并排",)),
    )  # fmt: skip
    one, two = (
        ledger(2),
        Page("2025", headings=("序号", "编号", "检查时间", "隐患问题描述", "整改情况")),
    )
    two.aside("序号", "编号", "检查时间", "隐患问题描述", "整改情况")
    for number in range(1, 4):
        two.aside(number, f"YH-2025-{number:03d}", "2025-11-03", "脚手架缺少剪刀撑", "已整改")
        two.good.add((two.name, two.here))
    yield workbook_case(THEME, "两张表头不同的工作表", one, two)
    guide, codes = Page("填表说明", kind=""), Page("字典", kind="")
    guide.aside("一、隐患编号由街道统一编排")
    codes.aside("隐患等级", "整改状态")
    codes.aside("一般", "整改中")
    book = ledger(2)
    yield Case(
        "附说明和字典", THEME, "台账.xlsx", lambda: xlsx(guide, book, codes),
        fate(book, accounts={"填表说明": {"status": "附表"}, "字典": {"status": "附表"}}),
    )  # fmt: skip
    wrong = Page("食堂菜单")
    wrong.aside("菜名", "价格")
    wrong.aside("豆腐", 3)
    bad = {("食堂菜单", 1): WHOLE, ("食堂菜单", 2): WHOLE}
    yield Case(
        "一张认识一张不认识", THEME, "台账.xlsx", lambda: xlsx(book, wrong),
        fate(book, bad=bad, status="部分接收", says=("食堂菜单",)),
    )  # fmt: skip


def _paged() -> Page:
    page = ledger(2)
    page.head()
    page.many(2)
    page.head()
    return page.many(1)


def _not_a_ledger() -> Iterator[Case]:
    across = Page("巡查日志")
    across.aside("隐患描述", *(f"3月{day}日" for day in range(1, 16)))
    across.aside("灭火器过期", *("√" for _ in range(15)))
    across.aside("通道堵塞", *("×" for _ in range(15)))
    yield Case(
        "日期横着排",
        THEME,
        "日志.xlsx",
        _writer(across),
        unread(across, codes={"days_across"}, says=("一处隐患一行",)),
    )

    real = Page("巡查日志")
    real.aside("部位", *(Shown(date(2026, 3, day), 'm"月"d"日"') for day in range(1, 16)))
    real.aside("配电间", *("正常" for _ in range(15)))
    yield Case(
        "日期单元格横着排",
        THEME,
        "日志.xlsx",
        _writer(real),
        unread(real, codes={"days_across"}, says=("一处隐患一行",)),
    )
    empty = ledger(0)
    yield workbook_case(THEME, "只有表头", empty)
    text = Page(TEXT)
    text.head()
    yield text_case(THEME, "文本只有表头", text)


def _facts_beside() -> Iterator[Case]:
    """The sheet 报送信息: zero reports, a stated count that is wrong."""
    zero = _facts(本期有无数据="无（零报告）", 填报条数="0")
    told = Expected("已接收", accounts={"报送信息": {"status": "附表"}})
    yield Case("零报告只有报送信息", THEME, "台账.xlsx", _with_facts(zero), told)
    yield Case("零报告附空表", THEME, "台账.xlsx", _with_facts(zero, ledger(0)), fate(ledger(0)))
    page = ledger(2)
    right = _with_facts(_facts(本期有无数据="有", 填报条数="2"), page)
    yield Case("填报条数相符", THEME, "台账.xlsx", right, fate(page, quiet=True))
    wrong = _with_facts(_facts(本期有无数据="有", 填报条数="5"), page)
    yield Case("填报条数不符", THEME, "台账.xlsx", wrong, fate(page, says=("5 条", "2 条")))
    yield Case(
        "说是零报告却有数据",
        THEME,
        "台账.xlsx",
        _with_facts(zero, page),
        fate(page, says=("零报告",)),
    )


def _facts(**told: str) -> list[list[str]]:
    given = {
        "报送单位": "红旗街道",
        "报表名称": "隐患排查台账",
        "统计期间起": "2026-03-01",
        "统计期间止": "2026-03-31",
    }
    return [["项目", "内容"], *([name, value] for name, value in (given | told).items())]


def _with_facts(facts: list[list[str]], *pages: Page) -> Callable[[], bytes]:
    sheets = {"报送信息": facts, **{page.name: page.rows for page in pages}}
    return lambda: book_of(sheets, None, epoch_1904=False)
