"""Sheet 字典: every list a drop-down of the workbook offers, visible and read-only.

A book's columns and the named offers go in; where each list stands comes out, so that
validations can point at it, and the sheet is written. An open list is referred to over the
cells filled in at that time, a cascade by OFFSET and MATCH over its sorted table: no INDIRECT,
no defined names (they may not hold brackets nor begin with a digit; community names do).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from riskpipe.forms.books import Book
from riskpipe.forms.columns import Column
from riskpipe.forms.lists import Offer, closed
from riskpipe.forms.styles import Formats

NAME = "字典"
HEAD_ROW, FIRST_ROW = 2, 3
NOTE = (
    "下拉列表的内容，只读。单位、街道、社区有变动的，由应急管理局取消工作表保护（没有密码）后"
    "在该列末尾续写；同一街道的社区须排在一起。"
)
WIDEST, NARROWEST = 36, 8
DRAWN_ROOM = 20

Key = str | tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """An offer and its first column on 字典."""

    offer: Offer
    column: int

    def source(self, parent: str) -> str:
        """The formula a drop-down takes its list from; `parent` is the parent's cell, `$H4`."""
        if self.offer.is_cascade:
            keys = self._range(0)
            start = f"MATCH({parent},{keys},0)-1"
            return f"=OFFSET({self._first(1)},{start},0,COUNTIF({keys},{parent}),1)"
        if self.offer.is_open:
            values = self._range(0)
            return f"=OFFSET({self._first(0)},0,0,MAX(1,COUNTA({values})),1)"
        return f"={self._range(0)}"

    def _first(self, shift: int) -> str:
        return f"'{NAME}'!${xl_col_to_name(self.column + shift)}${FIRST_ROW + 1}"

    def _range(self, shift: int) -> str:
        name = xl_col_to_name(self.column + shift)
        last = FIRST_ROW + max(1, len(self.offer.rows) + self.offer.room)
        return f"'{NAME}'!${name}${FIRST_ROW + 1}:${name}${last}"


def key_of(column: Column) -> Key:
    """What names a column's list: the offer's name, or the values themselves; "" for none."""
    return column.offered or column.choices


def lay_out(
    book: Book, items: Iterable[Column], offers: Mapping[str, Offer]
) -> Mapping[Key, Placed]:
    """Where each list stands that the tables or 报送信息 (`items`) need, each list once."""
    placed: dict[Key, Placed] = {}
    place = 0
    for column in (*(column for sheet in book.sheets for column in sheet.columns), *items):
        key = key_of(column)
        if not key or key in placed:
            continue
        offer = offers[column.offered] if column.offered else _own(column)
        placed[key] = Placed(offer, place)
        place += len(offer.titles) + 1
    return placed


def write(sheet: Worksheet, placed: Mapping[Key, Placed], formats: Formats) -> None:
    """Write the lists side by side, headings in row 3, values from row 4."""
    sheet.write_string(0, 0, NAME, formats["left_title"])
    sheet.write_string(1, 0, NOTE, formats["instruction"])
    for one in placed.values():
        _write_list(sheet, one, formats)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_print_scale(60)
    sheet.repeat_rows(HEAD_ROW)
    sheet.protect("", {"format_columns": True})


def _free_rows(offer: Offer) -> range:
    """Rows under a list that are drawn as free to write in."""
    first = FIRST_ROW + len(offer.rows)
    return range(first, first + min(offer.room, DRAWN_ROOM))


def _own(column: Column) -> Offer:
    return closed(f"{column.code} {column.heading}".strip(), column.choices)


def _write_list(sheet: Worksheet, one: Placed, formats: Formats) -> None:
    for shift, title in enumerate(one.offer.titles):
        place = one.column + shift
        sheet.write_string(HEAD_ROW, place, title, formats["head"])
        for row, values in enumerate(one.offer.rows, FIRST_ROW):
            sheet.write_string(row, place, values[shift], formats["word"])
        for row in _free_rows(one.offer):
            # An office list that is short or empty shows where its words go.
            sheet.write_blank(row, place, None, formats["word"])
        words = (title, *(values[shift] for values in one.offer.rows))
        longest = max(2 * len(word) for word in words)
        sheet.set_column(place, place, min(WIDEST, max(NARROWEST, longest + 2)))
    gap = one.column + len(one.offer.titles)
    sheet.set_column(gap, gap, 2)
