"""Persons: dates in their columns, and what must never come out of any account."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from riskpipe.demo.people import Person
from tests.hostile.case import ANY_SHEET, Case, refused
from tests.hostile.page import Page, fate, unread
from tests.hostile.records import TIPOFFS, tipoff
from tests.hostile.shelf import ledger, workbook_case
from tests.hostile.writing import xlsx

THEME = "人员"
CALLER = Person(91)
OTHER = Person(417)


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield from _dates_for_people()
    yield from _reporters()


def _dates_for_people() -> Iterator[Case]:
    for name, written in (
        ("文字", "2026-03-05"),
        ("日期单元格", date(2026, 3, 5)),
        ("带时分", datetime(2026, 3, 5, 9, 30)),
        ("点分", "2026.3.5"),
    ):
        page = ledger(1)
        page.empty("整改责任人", 整改责任人=written)
        page.empty("检查人员", 检查人员=written)
        yield workbook_case(THEME, f"人员列里是日期：{name}", page)
    page = ledger(0)
    page.becomes("inspectors", "王建国、李志强", 检查人员="王建国、李志强")
    page.take(检查人员="王建国 李志强")
    page.take(检查人员=" 王建国、")
    page.take(检查人员="工号0317")
    yield workbook_case(THEME, "多个检查人员", page)


def _reporters() -> Iterator[Case]:
    secrets = (CALLER.name, CALLER.phone, OTHER.phone)
    page = _register()
    page.take(
        举报人姓名=CALLER.name,
        联系电话=CALLER.phone,
        举报内容=f"我叫{CALLER.name}，电话{CALLER.phone}，楼道堆放杂物",
    )
    page.take(
        举报人姓名=CALLER.name,
        联系电话=int(CALLER.phone),
        举报内容=f"请回电 {CALLER.phone[:3]} {CALLER.phone[3:7]} {CALLER.phone[7:]}，配电箱漏电",
    )
    page.reject("举报时间", 举报时间=OTHER.phone, 举报人姓名=CALLER.name, 联系电话=CALLER.phone)
    page.reject(
        "举报渠道",
        举报渠道=f"{CALLER.name}{CALLER.phone}",
        举报人姓名=CALLER.name,
        联系电话=CALLER.phone,
    )
    page.empty("是否实名", 是否实名=CALLER.phone, 举报人姓名=CALLER.name, 联系电话=CALLER.phone)
    yield workbook_case(THEME, "电话填错列", page, secrets=secrets)
    shifted = _register()
    shifted.take(举报人姓名=CALLER.name, 联系电话=CALLER.phone)
    sound = tipoff(30)
    sound |= {"举报人姓名": OTHER.name, "联系电话": OTHER.phone}
    shifted.aside(None, *(sound[name] for name in TIPOFFS))
    # Each of these columns got its left neighbour's value; all of them are told, not two of six.
    shifted.bad[shifted.name, shifted.here] = frozenset(
        {"举报时间", "举报渠道", "是否实名", "举报事项类别", "受理情况", "受理时间"}
    )
    yield workbook_case(THEME, "整行右移一列", shifted, secrets=(*secrets, OTHER.name))
    hidden = Page("举报人信息（保密）", kind="举报登记")
    hidden.aside("举报编号", "举报人姓名", "联系电话", "答复方式")
    main = Page("举报登记", TIPOFFS[:-2], tipoff, "举报登记")
    main.head()
    main.take(举报编号="JB-20260305-001", 举报内容=f"{CALLER.name}反映电梯困人")
    hidden.aside("JB-20260305-001", CALLER.name, CALLER.phone, "电话")
    yield Case(
        "保密附表",
        THEME,
        "登记.xlsx",
        lambda: xlsx(main, hidden),
        fate(main, kinds="举报登记", secrets=secrets),
    )
    heading = Page("举报登记", (*TIPOFFS, f"{CALLER.name}{CALLER.phone}"), tipoff, "举报登记")
    heading.aside(*heading.headings)
    heading.many(2)
    yield workbook_case(THEME, "表头里有电话", heading, secrets=secrets)
    named = _register()
    named.take(举报人姓名=CALLER.name, 联系电话=CALLER.phone)
    yield workbook_case(
        THEME,
        "文件名里有举报人",
        named,
        file=f"举报登记_{CALLER.name}_{CALLER.phone}.xlsx",
        secrets=secrets,
    )
    strange = Page("举报登记", kind="")
    strange.aside("举报人姓名", "联系电话", "内容摘要")
    strange.aside(CALLER.name, CALLER.phone, f"{CALLER.name}来电")
    yield Case(
        "拒收的表里有举报人", THEME, "来电.xlsx", lambda: xlsx(strange),
        unread(strange, codes={"no_headings", "headings", "few_headings"}, says=("表头",), secrets=secrets),
    )  # fmt: skip
    yield from _telling_sheet_names(secrets)


def _telling_sheet_names(secrets: tuple[str, ...]) -> Iterator[Case]:
    """A sheet called by a caller's telephone: in accounts, refusals and notices alike."""
    sheet = Page(f"来电{CALLER.phone}", TIPOFFS, tipoff, "举报登记")
    sheet.head()
    sheet.take(举报人姓名=CALLER.name, 联系电话=CALLER.phone)
    shown = Page(ANY_SHEET, kind="举报登记", rows=sheet.rows, good={(ANY_SHEET, 2)})
    told = fate(shown, secrets=secrets)
    yield Case("工作表名里有电话", THEME, "登记.xlsx", lambda: xlsx(sheet), told)

    def far(_book: Any, sheets: Mapping[str, Any]) -> None:
        sheets[sheet.name].write_string(1_048_575, 16_383, "误填")

    refusal = replace(refused("拒收", {"far_cell"}), secrets=secrets)
    yield Case(
        "拒收的工作表名里有电话", THEME, "登记.xlsx", lambda: xlsx(sheet, finish=far), refusal
    )

    def hidden(book: Any, sheets: Mapping[str, Any]) -> None:
        book.add_worksheet("封面").activate()
        sheets[sheet.name].hide()

    yield Case(
        "隐藏的工作表名里有电话", THEME, "登记.xlsx", lambda: xlsx(sheet, finish=hidden), told
    )


def _register() -> Page:
    page = Page("举报登记", TIPOFFS, tipoff, "举报登记")
    page.head()
    return page
