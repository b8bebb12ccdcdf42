"""The 归类复核单: a workbook in which the office says what the classifier should have said.

Judged records as rows under the sheet's column names go in, the bytes of a workbook come out, the
same for the same: 填表说明 · 归类复核单 · 抽检 (where records were sampled) · 字典. What is given is
grey, what is asked white with drop-downs. Which records are listed is the walk's business; that
the filled sheet is understood is intake's (layouts/reviews.toml).
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from riskpipe.forms import dictionary, guide, hints
from riskpipe.forms.books import Book
from riskpipe.forms.columns import Column, Sheet, Type, sheet_of
from riskpipe.forms.dictionary import key_of
from riskpipe.forms.lists import OfficeLists, offers_of
from riskpipe.forms.materials import Filling, Materials
from riskpipe.forms.rowheights import growing
from riskpipe.forms.styles import formats_of, heading_format
from riskpipe.forms.table import A4, FIRST_ROW, HEADING_ROW, INSTRUCTION_ROW, TITLE_ROW
from riskpipe.forms.validations import validation
from riskpipe.forms.writing import CREATED, OPTIONS
from riskpipe.intake.layout import layouts_of
from riskpipe.rules import Rules

SHEET: Final = "reviews"
WORDS: Final = "forms/reviewing"
ASKED: Final = ("category", "subcategory", "reviewed_by", "reviewed_on", "reason")
LAST_KEPT: Final = "subject_no"
"""Scrolling to the answers leaves the columns up to this one in sight."""
NO_LISTS: Final = OfficeLists((), (), (), ())
LINE_HEIGHT, MOST_LINES = 14, 12
"""Points a line, and how many lines of a long text a row shows at once."""

Row = Mapping[str, str | float | None]


def review_workbook(
    chosen: Sequence[Row], sample: Sequence[Row], version: str, rules: Rules
) -> bytes:
    """The workbook's bytes; rows stand in the order given, under names of sheets/reviews.toml."""
    words = rules.document(WORDS)
    main = sheet_of(SHEET, rules, layouts_of(rules))
    rows = {main.name: chosen} | ({words["sample"]: sample} if sample else {})
    book = Book(SHEET, main, ())
    asked = replace(main, columns=tuple(c for c in main.columns if c.name in ASKED))
    placed = dictionary.lay_out(Book(SHEET, asked, ()), (), offers_of(NO_LISTS, rules))
    sink = io.BytesIO()
    out = xlsxwriter.Workbook(sink, OPTIONS)
    out.set_properties({"title": main.name, "author": "", "created": CREATED})
    filling = Filling("", "", "", None, None, 0)
    materials = Materials(filling, placed, words, formats_of(out))
    guide.write(out.add_worksheet(guide.NAME), book, words["template_version"], materials)
    for name, given in rows.items():
        _write(out.add_worksheet(name), replace(main, name=name), given, version, materials)
    dictionary.write(out.add_worksheet(dictionary.NAME), placed, materials.formats)
    out.close()
    return growing(sink.getvalue())


def _write(
    page: Worksheet, sheet: Sheet, rows: Sequence[Row], version: str, materials: Materials
) -> None:
    words, formats = materials.words, materials.formats
    last_row = FIRST_ROW + max(1, len(rows)) - 1
    title = words["heading"].format(title=sheet.name)
    page.write_string(TITLE_ROW, 0, title, formats["left_title"])
    told = words["instruction"].format(version=version)
    page.write_string(INSTRUCTION_ROW, 0, told, formats["instruction"])
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        look = heading_format(formats, sheet, column.mark)
        page.write_string(HEADING_ROW, place, column.heading, look)
        if column.name in ASKED:
            _ask(page, place, last_row, sheet, materials)
    for number, row in enumerate(rows):
        _write_row(page, FIRST_ROW + number, sheet, {"seq": number + 1, **row}, materials)
    hints.put(page, sheet, FIRST_ROW, last_row, formats)
    page.autofilter(HEADING_ROW, 0, last_row, len(sheet.columns) - 1)
    page.freeze_panes(FIRST_ROW, sheet.place_of(LAST_KEPT) + 1)
    _set_up_print(page, words["header"], words["footer"])


def _ask(page: Worksheet, place: int, last_row: int, sheet: Sheet, materials: Materials) -> None:
    """The drop-down or limit of a column to be filled in."""
    column = sheet.columns[place]
    parent = ""
    if column.within:
        parent = f"${xl_col_to_name(sheet.place_of(column.within))}{FIRST_ROW + 1}"
    options = validation(column, materials.placed.get(key_of(column)), parent)
    page.data_validation(FIRST_ROW, place, last_row, place, options)


def _write_row(page: Worksheet, at: int, sheet: Sheet, row: Row, materials: Materials) -> None:
    formats = materials.formats
    page.set_row(at, LINE_HEIGHT * _lines_of(sheet, row))
    for place, column in enumerate(sheet.columns):
        value = row.get(column.name)
        is_open = column.name in ASKED
        look = formats[f"cell {column.type}" if is_open else "given"]
        if value is None or value == "":
            page.write_blank(at, place, None, look)
        elif isinstance(value, str):
            page.write_string(at, place, value, look)
        else:
            page.write_number(at, place, value, look)


def _lines_of(sheet: Sheet, row: Row) -> int:
    """Lines of the longest cell; a Chinese character is two wide. Not every program grows rows."""
    longest = max(_lines(column, row.get(column.name)) for column in sheet.columns)
    return max(2, min(MOST_LINES, longest))


def _lines(column: Column, value: str | float | None) -> int:
    if column.type is not Type.TEXT or not isinstance(value, str):
        return 1
    wide = sum(1 if character.isascii() else 2 for character in value)
    return ceil(wide / max(1, column.width - 1))


def _set_up_print(page: Worksheet, header: str, footer: str) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.6)
    page.repeat_rows(HEADING_ROW)
    page.set_header(header)
    page.set_footer(footer)
