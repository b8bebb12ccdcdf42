"""Workbooks as offices send them: the new form with its five sheets, and the older hand-made kind.

A form has 填表说明 · 报送信息 · the main sheet (title, instruction, headings in row 3, data from
row 4, pre-numbered empty rows) · attached sheets · 字典. An old sheet has a merged title, one or
two heading rows with merged groups, a 合计 row and a footer. Dates inside the files are fixed, so
the same rows give the same bytes. What the cells say is the sources' business.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from riskpipe.demo import printed
from riskpipe.demo.people import staff
from riskpipe.forms.books import Book
from riskpipe.forms.columns import Sheet
from riskpipe.forms.styles import HEADINGS, SECRET

Row = Sequence[Any]
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # One workbook is small; a temporary file per part costs more than all its cells.
    "in_memory": True,
}
DAY_ZERO = date(1899, 12, 30).toordinal()


@dataclass(frozen=True)
class Form:
    """One delivery on the new form; `name` is its kind as riskpipe.forms knows it."""

    name: str
    rows: Sequence[Row]
    blanks: Sequence[Row]
    attached: Sequence[Sequence[Row]]
    """Rows of each attached sheet that is sent along."""
    info: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The name of its main sheet."""
        return printed.sheet(self.name).name


@dataclass(frozen=True)
class OldSheet:
    """One hand-made sheet."""

    name: str
    title: str
    groups: Sequence[tuple[str, Sequence[str]]]
    """Heading groups: (heading, ()) stands over both rows, (group, subs) over its subs."""
    rows: Sequence[Row]
    total: Row
    footer: Sequence[str]


def write_form(path: Path, form: Form) -> None:
    """Write a delivery on the new form."""
    book = _book(path)
    formats = _formats(book)
    _instructions(book, form)
    _information(book, form, formats)
    rows = [*form.rows, *form.blanks]
    sheet = _table(book, printed.sheet(form.name), rows, formats)
    sheet.write_string(len(rows) + 4, 0, printed.words()["signature"])
    of = printed.book(form.name)
    for extra, extra_rows in zip(of.attached, form.attached, strict=False):
        _table(book, extra, extra_rows, formats)
    _dictionary(book, of)
    book.close()


def write_plain(path: Path, sheet_name: str, headings: Sequence[str], rows: Iterable[Row]) -> None:
    """A bare table: headings in row 1."""
    book = _book(path)
    formats = _formats(book)
    sheet = book.add_worksheet(sheet_name)
    for c, heading in enumerate(headings):
        sheet.write_string(0, c, heading, formats["★"])
    for r, row in enumerate(rows, 1):
        _row(sheet, r, row, formats)
    book.close()


def write_old(path: Path, sheets: Sequence[OldSheet]) -> None:
    """Write a workbook of hand-made sheets."""
    book = _book(path)
    formats = _formats(book)
    for old in sheets:
        _old_sheet(book.add_worksheet(old.name), old, formats)
    book.close()


def _book(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    # A clock in the file would make two runs differ.
    book.set_properties({"author": "", "created": datetime(2026, 1, 1)})
    return book


def _formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    formats = {
        str(mark): book.add_format({"bold": True, **look, "border": 1})
        for mark, look in HEADINGS.items()
    }
    formats["🔒"] = book.add_format({**SECRET, "border": 1})
    formats["title"] = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    formats["head"] = book.add_format({"bold": True, "align": "center", "border": 1})
    formats["day"] = book.add_format({"num_format": "yyyy-mm-dd"})
    formats["moment"] = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    formats["money"] = book.add_format({"num_format": "0.00"})
    formats["text"] = book.add_format({"num_format": "@"})
    return formats


def _serial(moment: datetime) -> float:
    """A moment as the number a workbook keeps: days since 1899-12-30."""
    return moment.toordinal() - DAY_ZERO + (moment.hour * 60 + moment.minute) / 1440


def _row(sheet: Any, r: int, row: Row, formats: Mapping[str, Any]) -> None:
    for c, value in enumerate(row):
        if isinstance(value, str):
            if value:
                sheet.write_string(r, c, value)
        elif isinstance(value, datetime):
            sheet.write_number(r, c, _serial(value), formats["moment"])
        elif isinstance(value, date):
            sheet.write_number(r, c, value.toordinal() - DAY_ZERO, formats["day"])
        elif isinstance(value, Decimal):
            sheet.write_number(r, c, float(value), formats["money"])
        elif value is not None:
            sheet.write_number(r, c, value)


def _table(
    book: xlsxwriter.Workbook, of: Sheet, rows: Sequence[Row], formats: Mapping[str, Any]
) -> Any:
    sheet = book.add_worksheet(of.name)
    sheet.merge_range(0, 0, 0, len(of.columns) - 1, of.name, formats["title"])
    sheet.write_string(1, 0, printed.words()["instruction"])
    for c, column in enumerate(of.columns):
        look = formats["🔒" if of.is_secret else column.mark]
        sheet.write_string(2, c, column.heading, look)
    for r, row in enumerate(rows, 3):
        _row(sheet, r, row, formats)
    sheet.freeze_panes(3, 0)
    return sheet


def _instructions(book: xlsxwriter.Workbook, form: Form) -> None:
    sheet = book.add_worksheet("填表说明")
    lines = (
        f"{form.kind} 填表说明",
        "1. 先填“报送信息”，再填主表；没有发生的，在“本期有无数据”选“无（零报告）”。",
        "2. 日期按 yyyy-mm-dd，时间按 24 小时制；数量为零写 0，不清楚的留空。",
        "3. 举报人信息只填在保密表，主表不写姓名、电话、住址。",
    )
    for r, line in enumerate(lines):
        sheet.write_string(r, 0, line)


def _information(book: xlsxwriter.Workbook, form: Form, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("报送信息")
    sheet.write_string(0, 0, "项目", formats["head"])
    sheet.write_string(0, 1, "内容", formats["head"])
    stated = len(form.rows)
    info = printed.information(form.name)
    fixed = {
        "报表名称": form.kind,
        "本期有无数据": "有" if stated else "无（零报告）",
        "模板版本": info.version,
    }
    for r, item in enumerate(info.items, 1):
        name = item.heading
        value = fixed.get(name, form.info.get(name, ""))
        sheet.write_string(r, 0, name)
        if name == "填报条数":
            formula = f"=COUNTA('{form.kind}'!C4:C{stated + len(form.blanks) + 4})"
            sheet.write_formula(r, 1, formula, None, stated)
        elif isinstance(value, date):
            sheet.write_datetime(r, 1, value, formats["day"])
        else:
            sheet.write_string(r, 1, value)


def _dictionary(book: xlsxwriter.Workbook, of: Book) -> None:
    sheet = book.add_worksheet("字典")
    lists = {c.choices: c.heading for s in of.sheets for c in s.columns if c.choices}
    for c, (values, name) in enumerate(lists.items()):
        sheet.write_string(0, c, name)
        for r, value in enumerate(values, 1):
            sheet.write_string(r, c, str(value))
    sheet.protect()


def _old_sheet(sheet: Any, old: OldSheet, formats: Mapping[str, Any]) -> None:
    width = sum(max(1, len(subs)) for _, subs in old.groups)
    sheet.merge_range(0, 0, 0, width - 1, old.title, formats["title"])
    first = 2 if all(not subs for _, subs in old.groups) else 3
    c = 0
    for heading, subs in old.groups:
        if subs:
            sheet.merge_range(1, c, 1, c + len(subs) - 1, heading, formats["head"])
            for i, sub in enumerate(subs):
                sheet.write_string(2, c + i, sub, formats["head"])
        elif first == 3:
            sheet.merge_range(1, c, 2, c, heading, formats["head"])
        else:
            sheet.write_string(1, c, heading, formats["head"])
        c += max(1, len(subs))
    r = first
    for r, row in enumerate([*old.rows, old.total], first):
        _row(sheet, r, row, formats)
    for line in old.footer:
        r += 1
        sheet.merge_range(r, 0, r, width - 1, line)


def information(
    sender: str, *, first: date, last: date, nature: str, officer: int, sent_on: date, source: str
) -> dict[str, Any]:
    """What the sender fills into 报送信息; `officer` picks the persons who sign."""
    return {
        "报送单位": sender,
        "统计期间起": first,
        "统计期间止": last,
        "报送性质": nature,
        "数据来源": source,
        "填报人": staff(officer),
        "联系电话": f"0571-8800{officer:04d}",
        "审核人（单位负责人）": staff(officer + 39),
        "报出日期": sent_on,
    }
