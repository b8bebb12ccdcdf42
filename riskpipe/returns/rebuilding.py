"""A return sheet made anew from what was read: for files that are no .xlsx, or too odd to be copied.

A plan goes in, a workbook's bytes come out (XlsxWriter), the same for the same plan. Every cell is
text, as it was read; row numbers are those of the delivered file.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from riskpipe.intake.grid import Merge
from riskpipe.returns import appearance as look
from riskpipe.returns.plan import Line, Page, Plan, Tone

# Nothing becomes a formula or a link; a clock in the file would make two runs differ.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CREATED = datetime(2026, 1, 1)
A4 = 9
MIDNIGHT = " 00:00:00"
LONGEST_CELL = 32_767
WIDTHS = (8, 40)
"""A column is at least and at most so wide."""
TALLEST = 400
"""Points; office programs allow 409."""
LOOKED_AT = 200

Formats = Mapping[str, Format]


def rebuilt(plan: Plan) -> bytes:
    """The .xlsx of a plan."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, OPTIONS | {"date_1904": plan.epoch_1904})
    book.set_properties({"title": plan.words["cover"], "author": "", "created": CREATED})
    formats = _formats(book)
    _write_cover(book.add_worksheet(plan.words["cover"]), plan, formats)
    for page in plan.pages:
        _write_page(book.add_worksheet(page.name), page, formats, plan.words)
    book.close()
    return sink.getvalue()


def _formats(book: xlsxwriter.Workbook) -> Formats:
    base = {"font_name": look.FONT, "font_size": look.SIZE, "valign": "vcenter", "text_wrap": True}
    line = {"border": 1, "border_color": f"#{look.LINE}"}
    large = base | {"font_size": look.SIZE + 1, "align": "left"}
    bold = {"bold": True}
    filled = {"bg_color": f"#{look.HEAD_FILL}"}
    written: dict[str, dict[str, Any]] = {
        "cell": base | {"num_format": "@"},
        "live": base | {"num_format": "@", "quote_prefix": True},
        "heading": base | line | bold | filled | {"align": "center", "num_format": "@"},
        "added": base
        | line
        | bold
        | {
            "align": "center",
            "bg_color": f"#{look.HEADING_FILL}",
            "font_color": f"#{look.HEADING_FONT}",
        },
        "reason": base | line | {"font_color": f"#{look.REASON_FONT}", "num_format": "@"},
        "cover title": large
        | {"font_name": look.TITLE_FONT, "font_size": look.TITLE_SIZE, "align": "center"},
        "cover text": large,
        "cover step": large,
        "cover deadline": large,
        "cover warning": large | {"font_color": f"#{look.REASON_FONT}"},
        "cover head": large | bold,
        "cover columns": large | line | bold | filled | {"align": "center"},
        "cover label": large | line | filled,
        "cover item": large | line,
        "cover row": large | line | {"align": "center"},
    }
    for tone, colour in look.FILLS.items():
        written[f"{tone}"] = base | {"num_format": "@", "bg_color": f"#{colour}"}
    return {name: book.add_format(properties) for name, properties in written.items()}


@dataclass(frozen=True)
class _Looks:
    """Which format each cell of a page gets: red or yellow where marked, else by what it is."""

    tones: Mapping[tuple[int, int], Tone]
    headings: frozenset[int]

    def name(self, row: int, column: int) -> str:
        tone = self.tones.get((row, column))
        return str(tone) if tone else "heading" if row in self.headings else "cell"


def _write_page(sheet: Worksheet, page: Page, formats: Formats, words: Mapping[str, str]) -> None:
    looks = _Looks(
        {(m.row, m.column): m.tone for m in page.marks if m.tone is not Tone.REMARK},
        frozenset(row for first, last in page.headings for row in range(first, last + 1)),
    )
    columns = [column.to_pylist() for column in page.cells.columns]
    _set_sizes(sheet, page, columns)
    for row, column in looks.tones:  # also what is marked beside the cells that were read
        sheet.write_blank(row - 1, column - 1, None, formats[looks.name(row, column)])
    for row, cells in enumerate(zip(*columns, strict=True), page.first_row):
        for column, text in enumerate(cells, 1):
            _put(sheet, (row, column), text, looks.name(row, column), formats)
    for merge in _apart(page.merges, page):
        text = columns[merge.first_column - 1][merge.first_row - page.first_row]
        shown = formats[looks.name(merge.first_row, merge.first_column)]
        _merge(sheet, merge, (text or "").removesuffix(MIDNIGHT), shown)
    _comment(sheet, page, words)
    _add_reasons(sheet, page, formats, words)
    _set_up(sheet, page)


def _put(
    sheet: Worksheet, place: tuple[int, int], text: str | None, look_of: str, formats: Formats
) -> None:
    """One cell, always text; what begins like a formula says so to office programs."""
    row, column = place
    if not text:
        if look_of != "cell":
            sheet.write_blank(row - 1, column - 1, None, formats[look_of])
        return
    shown = text.removesuffix(MIDNIGHT)[:LONGEST_CELL]
    if look_of == "cell" and shown.startswith(look.LIVE):
        look_of = "live"
    sheet.write_string(row - 1, column - 1, shown, formats[look_of])


def _apart(merges: tuple[Merge, ...], page: Page) -> list[Merge]:
    """Merged ranges inside the sheet that do not touch each other, from top to bottom."""
    kept: list[Merge] = []
    open_ones: list[Merge] = []  # those that reach down to the row looked at
    last_row = page.first_row + page.cells.num_rows - 1
    for merge in sorted(merges, key=lambda one: (one.first_row, one.first_column)):
        open_ones = [one for one in open_ones if one.last_row >= merge.first_row]
        is_inside = merge.last_row <= last_row and merge.last_column <= page.cells.num_columns
        if is_inside and not any(_overlap(merge, other) for other in open_ones):
            kept.append(merge)
            open_ones.append(merge)
    return kept


def _overlap(one: Merge, other: Merge) -> bool:
    return (
        one.first_row <= other.last_row
        and other.first_row <= one.last_row
        and one.first_column <= other.last_column
        and other.first_column <= one.last_column
    )


def _merge(sheet: Worksheet, merge: Merge, text: str, shown: Format) -> None:
    first, last = (merge.first_row, merge.first_column), (merge.last_row, merge.last_column)
    if first != last:
        sheet.merge_range(first[0] - 1, first[1] - 1, last[0] - 1, last[1] - 1, text, shown)


def _comment(sheet: Worksheet, page: Page, words: Mapping[str, str]) -> None:
    for mark in page.marks[: look.MOST_COMMENTS]:
        if mark.text:
            size = {"width": look.COMMENT_WIDTH, "height": look.comment_height(mark.text)}
            place = (mark.row - 1, mark.column - 1)
            sheet.write_comment(*place, mark.text, {"author": words["author"], **size})


def _add_reasons(sheet: Worksheet, page: Page, formats: Formats, words: Mapping[str, str]) -> None:
    if not page.reasons:
        return
    column = page.reason_column - 1
    for first, last in page.headings:
        if last > first:
            sheet.merge_range(
                first - 1, column, last - 1, column, words["column"], formats["added"]
            )
        else:
            sheet.write_string(first - 1, column, words["column"], formats["added"])
    for row, text in page.reasons.items():
        sheet.write_string(row - 1, column, text, formats["reason"])
    sheet.set_column(column, column, look.REASON_WIDTH)


def _widths(page: Page) -> list[int]:
    """Columns as wide as their texts from the headings down; a title does not count."""
    least, most = WIDTHS
    start = max(0, min((first for first, _ in page.headings), default=0) - page.first_row)
    widths = []
    for column in page.cells.columns:
        texts = filter(None, column.slice(start, LOOKED_AT).to_pylist())
        longest = max((look.width(text) for text in texts), default=0)
        widths.append(min(most, max(least, longest + 2)))
    return widths


def _set_sizes(sheet: Worksheet, page: Page, columns: list[list[str | None]]) -> None:
    """Column widths, and heights of rows that hold more than a line: not all programs grow them."""
    widths = _widths(page)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    across = {merge.first_row for merge in page.merges if merge.last_column > merge.first_column}
    for row, cells in enumerate(zip(*columns, strict=True), page.first_row):
        wraps = [
            look.lines_of(text, width // 2)
            for text, width in zip(cells, widths, strict=True)
            if text and len(text) * 2 > width and row not in across
        ]
        height = max(
            look.LINE_HEIGHT * max(wraps, default=1), look.reason_height(page.reasons.get(row, ""))
        )
        if height > look.LINE_HEIGHT:
            sheet.set_row(row - 1, min(height, TALLEST))


def _set_up(sheet: Worksheet, page: Page) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if page.headings:
        first, last = page.headings[0]
        sheet.freeze_panes(last, 0)
        sheet.repeat_rows(first - 1, last - 1)
    rows, columns = page.first_row + page.cells.num_rows, page.reason_column + 1
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(columns)}{rows}"})


def _letters(column: int) -> str:
    return xlsxwriter.utility.xl_col_to_name(column)


def _write_cover(sheet: Worksheet, plan: Plan, formats: Formats) -> None:
    sheet.hide_gridlines(2)
    for column, width in enumerate(look.COVER_WIDTHS):
        sheet.set_column(column, column, width)
    for row, line in enumerate(plan.cover):
        sheet.set_row(row, look.cover_height(line))
        _write_line(sheet, row, line, formats)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_line(sheet: Worksheet, row: int, line: Line, formats: Formats) -> None:
    shown = formats[f"cover {line.style}"]
    last = len(look.COVER_WIDTHS) - 1
    for column, text in enumerate(line.texts):
        is_label = line.style == "item" and column == 0
        sheet.write_string(row, column, text, formats["cover label"] if is_label else shown)
    if len(line.texts) <= last:
        at = len(line.texts) - 1
        sheet.merge_range(row, at, row, last, line.texts[-1], shown)
