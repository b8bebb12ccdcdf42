"""The 表头对应表: a workbook in which the office says what unknown headings mean.

Unknown headings and the layouts go in, the bytes of a workbook come out, the same for the same.
The office chooses 对应表头 from the printed headings of the row's table (a list of its own for every
table on 字典) or 不需要, and puts the file into raw/rules; intake/mapping.py reads it there.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from riskpipe.forms.styles import LEFT, LINE, MIDDLE
from riskpipe.forms.writing import CREATED, OPTIONS
from riskpipe.intake.layout import Layouts
from riskpipe.intake.mapping import ANSWER, NAME, NOT_NEEDED, TABLE, WRITTEN

LISTS = "字典"
COLUMNS = (
    (TABLE, 26),
    (WRITTEN, 24),
    ("出现在（文件、工作表）", 48),
    ("最接近的表头", 30),
    (ANSWER, 24),
    ("说明", 28),
)
TITLE = "表头对应表：告诉程序不认识的表头是什么意思"
INSTRUCTION = (
    "只填黄色的“对应表头”：从下拉列表中选规定表头；这一列用不着的选“不需要”；暂时说不准的空着。"
    "表认错了的，先改“表”再选。填好后把本文件放到 raw/rules/ 下（文件名不变），再运行一次，"
    "有关文件会重新读取。举报人、领款人的个人信息请对应到相应的个人表头，会自动入保密库。"
)
HEAD_ROW = 2
SPARE_ROWS = 20
"""Empty rows below, so that a heading can be written in by hand."""
SHOWN_PLACES = 5
LINE_HEIGHT = 18
"""Points; rows are as high as their places are many, since not every program grows them."""
HEAD = {**MIDDLE, **LINE, "bold": True, "bg_color": "#DDEBF7"}
GIVEN = {**LEFT, **LINE, "num_format": "@"}
OPEN = {**GIVEN, "bg_color": "#FFF2CC"}


@dataclass(frozen=True)
class Entry:
    """One row: a heading of a table, where it was seen, what it resembles, what it means."""

    table: str
    heading: str
    places: tuple[str, ...]
    nearest: tuple[str, ...]
    meant: str


def mapping_workbook(entries: Sequence[Entry], layouts: Layouts) -> bytes:
    """The workbook's bytes; entries stand in the order given."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, OPTIONS)
    book.set_properties({"title": NAME, "author": "", "created": CREATED})
    base = {"font_name": "宋体", "font_size": 10}
    styles = {
        name: book.add_format({**base, **look})
        for name, look in (("head", HEAD), ("given", GIVEN), ("open", OPEN), ("told", LEFT))
    }
    styles["title"] = book.add_format({"font_name": "黑体", "font_size": 16, "valign": "vcenter"})
    sheet = book.add_worksheet(NAME)
    _write_entries(sheet, entries, styles)
    _write_lists(book.add_worksheet(LISTS), layouts, styles)
    _offer(sheet, len(entries), layouts)
    book.close()
    return sink.getvalue()


def _write_entries(sheet: Worksheet, entries: Sequence[Entry], styles: Mapping[str, Any]) -> None:
    last = len(COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, TITLE, styles["title"])
    sheet.merge_range(1, 0, 1, last, INSTRUCTION, styles["told"])
    sheet.set_row(0, 28)
    sheet.set_row(1, 3 * LINE_HEIGHT)
    sheet.set_row(HEAD_ROW, 24)
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD_ROW, column, name, styles["head"])
    for row, entry in enumerate(entries, HEAD_ROW + 1):
        texts = (
            entry.table,
            entry.heading,
            _places(entry.places),
            "、".join(entry.nearest),
            entry.meant,
            "已登记" if entry.meant else "未登记，这一列没有入库",
        )
        _write_row(sheet, row, texts, styles)
        sheet.set_row(row, LINE_HEIGHT * max(1, min(len(entry.places), SHOWN_PLACES + 1)))
    for row in range(HEAD_ROW + 1 + len(entries), HEAD_ROW + 1 + len(entries) + SPARE_ROWS):
        _write_row(sheet, row, ("",) * len(COLUMNS), styles)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _write_row(sheet: Worksheet, row: int, texts: Sequence[str], styles: Mapping[str, Any]) -> None:
    for column, text in enumerate(texts):
        is_open = COLUMNS[column][0] == ANSWER
        style = styles["open" if is_open else "given"]
        if text:
            sheet.write_string(row, column, text, style)
        else:
            sheet.write_blank(row, column, None, style)


def _places(places: Sequence[str]) -> str:
    more = f"\n等 {len(places)} 处" if len(places) > SHOWN_PLACES else ""
    return "\n".join(places[:SHOWN_PLACES]) + more


def _write_lists(sheet: Worksheet, layouts: Layouts, styles: Mapping[str, Any]) -> None:
    """A column for each table: its title, then its printed headings and 不需要."""
    for column, layout in enumerate(layouts.layouts):
        printed = (*layout.headings.values(), *layout.personal.values())
        offered = dict.fromkeys((*(aliases[0] for aliases in printed), NOT_NEEDED))
        sheet.write_string(0, column, layout.title, styles["head"])
        sheet.set_column(column, column, 22)
        for row, heading in enumerate(offered, 1):
            sheet.write_string(row, column, heading, styles["given"])
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def _offer(sheet: Worksheet, count: int, layouts: Layouts) -> None:
    """Drop-downs: the tables, and for each row the headings of its own table.

    OFFSET over MATCH, no named ranges: titles hold brackets and begin with digits (HEADERS §0).
    """
    first, last = HEAD_ROW + 1, HEAD_ROW + count + SPARE_ROWS
    titles = f"{LISTS}!$A$1:${xl_col_to_name(len(layouts.layouts) - 1)}$1"
    table = f"$A{first + 1}"
    column = f"MATCH({table},{titles},0)-1"
    longest = f"OFFSET({LISTS}!$A$2,0,{column},200,1)"
    headings = f"=OFFSET({LISTS}!$A$2,0,{column},COUNTA({longest}),1)"
    told = {"error_title": "填写有误", "error_type": "stop"}
    sheet.data_validation(
        first,
        0,
        last,
        0,
        {
            **told,
            "validate": "list",
            "source": f"={titles}",
            "error_message": "请从下拉列表中选表。",
        },
    )
    sheet.data_validation(
        first,
        4,
        last,
        4,
        {
            **told,
            "validate": "list",
            "source": headings,
            "error_message": "请从下拉列表中选表头，用不着的选“不需要”。",
        },
    )
