"""One table of a workbook: title, instruction, headings in row 3, rows to fill from row 4.

A sheet's columns, the sender and where the lists stand go in; the worksheet is written with
its formats, validations, hints, printed numbers, signature line and print set-up.
"""

from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from riskpipe.forms import hints
from riskpipe.forms.columns import Column, Sheet
from riskpipe.forms.dictionary import key_of
from riskpipe.forms.materials import Filling, Materials
from riskpipe.forms.styles import Formats, heading_format
from riskpipe.forms.validations import validation

TITLE_ROW, INSTRUCTION_ROW, HEADING_ROW, FIRST_ROW = range(4)
A4 = 9
ROW_HEIGHT = 27


def write(page: Worksheet, sheet: Sheet, materials: Materials) -> None:
    """Write a table on a fresh worksheet."""
    filling, words, formats = materials.filling, materials.words, materials.formats
    last = FIRST_ROW + filling.rows - 1
    width = len(sheet.columns)
    page.merge_range(TITLE_ROW, 0, TITLE_ROW, width - 1, _title(sheet, filling), formats["title"])
    page.write_string(INSTRUCTION_ROW, 0, words["instruction"], formats["instruction"])
    for place, column in enumerate(sheet.columns):
        _column(page, place, column, sheet, materials)
    for number in range(1, filling.rows + 1):
        _print_ahead(page, FIRST_ROW + number - 1, given(sheet, filling, number), sheet, formats)
    hints.put(page, sheet, FIRST_ROW, last, formats)
    under = last + 2
    page.merge_range(under, 0, under, width - 1, words["signature"], formats["signature"])
    # Two lines: enough to read a wrapped number (rowheights.py lets rows grow).
    page.set_default_row(ROW_HEIGHT)
    for row, height in ((TITLE_ROW, 30), (INSTRUCTION_ROW, 18), (HEADING_ROW, 45), (under, 30)):
        page.set_row(row, height)
    page.freeze_panes(FIRST_ROW, 0)
    _set_up_print(page, words["footer"])
    if sheet.is_secret:
        page.set_header(words["secret_header"])


def given(sheet: Sheet, filling: Filling, number: int) -> Mapping[str, str | int]:
    """Column → what is printed in row `number` in advance."""
    values: dict[str, str | int] = {"seq": number}
    if "street" in sheet.prefilled and filling.street:
        values["street"] = filling.street
    if sheet.number and filling.month and filling.street_code:
        values[sheet.key] = sheet.number.format(
            street_code=filling.street_code, month=filling.month, n=number
        )
    names = {column.name for column in sheet.columns}
    return {name: value for name, value in values.items() if name in names}


def _title(sheet: Sheet, filling: Filling) -> str:
    month = f"（{filling.month.year}年{filling.month.month}月）" if filling.month else ""
    return f"{filling.sender}{sheet.name}{month}"


def _column(
    page: Worksheet, place: int, column: Column, sheet: Sheet, materials: Materials
) -> None:
    formats = materials.formats
    last = FIRST_ROW + materials.filling.rows - 1
    # The column's own format serves rows that are added below the numbered ones.
    page.set_column(place, place, column.width, formats[f"open {column.type}"])
    look = heading_format(formats, sheet, column.mark)
    page.write_string(HEADING_ROW, place, column.heading, look)
    for row in range(FIRST_ROW, last + 1):
        page.write_blank(row, place, None, formats[f"cell {column.type}"])
    parent = ""
    if column.within:
        parent = f"${xl_col_to_name(sheet.place_of(column.within))}{FIRST_ROW + 1}"
    options = validation(column, materials.placed.get(key_of(column)), parent)
    page.data_validation(FIRST_ROW, place, last, place, options)


def _print_ahead(
    page: Worksheet, row: int, values: Mapping[str, str | int], sheet: Sheet, formats: Formats
) -> None:
    for name, value in values.items():
        place = sheet.place_of(name)
        look = formats[f"cell {sheet.columns[place].type}"]
        if isinstance(value, int):
            page.write_number(row, place, value, look)
        else:
            page.write_string(row, place, value, look)


def _set_up_print(page: Worksheet, footer: str) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    page.center_horizontally()
    page.repeat_rows(HEADING_ROW)
    page.set_footer(footer)
