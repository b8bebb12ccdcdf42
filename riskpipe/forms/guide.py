"""Sheet 填表说明: how to fill the workbook, then every column with its mark, format and rule.

The lines are data (forms/guide.toml); the table of columns is what columns.py says, in words.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from riskpipe.forms.books import Book
from riskpipe.forms.columns import Column, Mark, Sheet
from riskpipe.forms.materials import Materials
from riskpipe.forms.styles import Formats, heading_format
from riskpipe.forms.table import A4
from riskpipe.forms.validations import rule

NAME = "填表说明"
HEADINGS = ("列号", "表头", "必填", "格式", "填写规则", "示例")
WIDTHS = (6, 24, 7, 11, 52, 26)
LINE_HEIGHT = 16
SAID = {Mark.ALWAYS: "★必填", Mark.WHEN: "▲条件", Mark.OPTIONAL: "○选填", Mark.NONE: ""}


def write(page: Worksheet, book: Book, version: str, materials: Materials) -> None:
    """Write the sheet."""
    words, formats = materials.words, materials.formats
    wide = len(HEADINGS) - 1
    page.merge_range(0, 0, 0, wide, f"{book.title}填表说明", formats["title"])
    row = 1
    for row, line in enumerate(_lines(book, words, version), 1):
        page.merge_range(row, 0, row, wide, line, formats["line"])
        page.set_row(row, _height(line, sum(WIDTHS)))
    for sheet in book.sheets:
        row = _columns(page, row + 2, sheet, formats)
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width)
    page.set_row(0, 32)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer(words["footer"])
    page.protect("", {"format_columns": True, "format_rows": True})


def _lines(book: Book, words: Mapping[str, Any], version: str) -> Iterator[str]:
    lines = [line.format(title=book.title) for line in words["lines"]]
    lines += [words["secret"].format(sheet=s.name) for s in book.sheets if s.is_secret]
    lines.append(f"模板版本：{version}")
    yield from (f"{number}. {line}" for number, line in enumerate(lines, 1))


def _columns(page: Worksheet, row: int, sheet: Sheet, formats: Formats) -> int:
    """The table of a sheet's columns from `row` on; its last row."""
    page.write_string(row, 0, f"表“{sheet.name}”各列", formats["signature"])
    row += 1
    for place, heading in enumerate(HEADINGS):
        page.write_string(row, place, heading, formats["head"])
    for number, column in enumerate(sheet.columns, 1):
        row += 1
        rule_said = _rule(sheet, column)
        page.write_number(row, 0, number, formats["word"])
        page.write_string(row, 1, column.heading, heading_format(formats, sheet, column.mark))
        page.write_string(row, 2, SAID[column.mark], formats["word"])
        page.write_string(row, 3, column.type, formats["word"])
        page.write_string(row, 4, rule_said, formats["word"])
        page.write_string(row, 5, column.example, formats["word"])
        page.set_row(row, max(_height(rule_said, WIDTHS[4]), _height(column.example, WIDTHS[5])))
    return row


def _height(text: str, width: int) -> int:
    """Points a wrapped text needs in a cell `width` characters wide; Chinese ones count two."""
    length = sum(1 if character.isascii() else 2 for character in text)
    return LINE_HEIGHT * (1 + length // width)


def _rule(sheet: Sheet, column: Column) -> str:
    said = rule(column)
    if column.not_before:
        said += f"不早于“{sheet.heading_of(column.not_before)}”。"
    if column.differs_from:
        others = "、".join(f"“{sheet.heading_of(other)}”" for other in column.differs_from)
        said += f"不得与{others}相同。"
    if column.same_as:
        said += f"与“{sheet.heading_of(column.same_as)}”相等。"
    return said
