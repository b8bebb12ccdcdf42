"""Marks, the added column and the cover, put on a workbook of openpyxl.

Sheets that hold the sender's cells go in; coloured, commented and ready to print they stay. What is
marked was decided before (plan.py). Runs inside the limited child.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from riskpipe.returns import appearance as look
from riskpipe.returns.carrying import put_text
from riskpipe.returns.plan import Line, Mark, Page

A4 = 9
FILLS = {tone: PatternFill("solid", fgColor=colour) for tone, colour in look.FILLS.items()}
SIDE = Side("thin", color=look.LINE)
THIN = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)


def dress(sheet: Worksheet, page: Page, shift: int, words: Mapping[str, str]) -> None:
    """Everything the page says, on its sheet; `shift` columns stand left of the page's first."""
    for number, mark in enumerate(page.marks):
        _mark(sheet, mark, shift, words, has_comment=number < look.MOST_COMMENTS)
    _add_reasons(sheet, page, shift, words)
    if page.is_marked:
        sheet.sheet_state = "visible"
        _print_whole(sheet)


def _mark(
    sheet: Worksheet, mark: Mark, shift: int, words: Mapping[str, str], *, has_comment: bool
) -> None:
    cell: Any = sheet.cell(mark.row, mark.column + shift)
    if isinstance(cell, MergedCell):
        cell = _top_of(sheet, cell)
    if mark.tone in FILLS:
        cell.fill = FILLS[mark.tone]
        sheet.row_dimensions[mark.row].hidden = False
    if has_comment and mark.text:
        former = cell.comment.text if cell.comment else ""
        is_new = former and mark.text not in former
        text = f"{mark.text}\n{words['note']}{former}" if is_new else mark.text
        size = {"width": look.COMMENT_WIDTH, "height": look.comment_height(text)}
        cell.comment = Comment(text, words["author"], **size)


def _top_of(sheet: Worksheet, cell: MergedCell) -> Any:
    """The cell that shows for all of a merged range."""
    merged = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
    return sheet.cell(merged.min_row, merged.min_col)


def _add_reasons(sheet: Worksheet, page: Page, shift: int, words: Mapping[str, str]) -> None:
    """The column 退回原因 at the right of the tables, its heading beside theirs."""
    if not page.reasons:
        return
    column = page.reason_column + shift
    for first, last in page.headings:
        cell: Any = sheet.cell(first, column)
        put_text(cell, words["column"])
        cell.font = Font(name=look.FONT, size=look.SIZE, bold=True, color=look.HEADING_FONT)
        cell.fill = PatternFill("solid", fgColor=look.HEADING_FILL)
        cell.alignment = Alignment("center", "center", wrap_text=True)
        cell.border = THIN
        if last > first:
            sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
    for row, text in page.reasons.items():
        cell = sheet.cell(row, column)
        put_text(cell, text)
        cell.font = Font(name=look.FONT, size=look.SIZE, color=look.REASON_FONT)
        cell.alignment = Alignment("left", "center", wrap_text=True)
        cell.border = THIN
        _heighten(sheet, row, text)
    sheet.column_dimensions[get_column_letter(column)].width = look.REASON_WIDTH
    sheet.column_dimensions[get_column_letter(column)].hidden = False


def _heighten(sheet: Worksheet, row: int, text: str) -> None:
    needed = look.reason_height(text)
    if needed > (sheet.row_dimensions[row].height or look.LINE_HEIGHT):
        sheet.row_dimensions[row].height = needed


def _print_whole(sheet: Worksheet) -> None:
    """A4 across, one page wide, so that the added column is printed with its rows."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def write_cover(sheet: Worksheet, lines: Sequence[Line], words: Mapping[str, str]) -> None:
    """The first sheet, 退回说明."""
    sheet.title = words["cover"]
    sheet.sheet_view.showGridLines = False
    for column, width in enumerate(look.COVER_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, line in enumerate(lines, 1):
        _write_line(sheet, row, line)
    _print_whole(sheet)


def _write_line(sheet: Worksheet, row: int, line: Line) -> None:
    font = Font(name=look.FONT, size=look.SIZE + 1)
    if line.style == "title":
        font = Font(name=look.TITLE_FONT, size=look.TITLE_SIZE)
    elif line.style in ("head", "columns"):
        font = Font(name=look.FONT, size=look.SIZE + 1, bold=True)
    elif line.style == "warning":
        font = Font(name=look.FONT, size=look.SIZE + 1, color=look.REASON_FONT)
    in_table = line.style in ("columns", "row", "item")
    for column, text in enumerate(line.texts, 1):
        cell = sheet.cell(row, column)
        put_text(cell, text)
        cell.font = font
        is_centred = line.style in ("title", "columns") or (line.style == "row" and column > 1)
        cell.alignment = Alignment("center" if is_centred else "left", "center", wrap_text=True)
        if line.style == "columns" or (line.style == "item" and column == 1):
            cell.fill = PatternFill("solid", fgColor=look.HEAD_FILL)
    last = len(look.COVER_WIDTHS)
    if in_table:
        for column in range(1, last + 1):
            sheet.cell(row, column).border = THIN
    if len(line.texts) < last:
        sheet.merge_cells(start_row=row, end_row=row, start_column=len(line.texts), end_column=last)
    sheet.row_dimensions[row].height = look.cover_height(line)
