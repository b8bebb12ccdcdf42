"""One sheet of the 归类规则簿: a rule file's rows, its drop-downs, free rows below.

The key, whether the row is off, the other columns, the origin: what is read stays in sight. Rows of
the office's own are yellow, rows that are off struck out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from riskpipe.classification.rulebook.book import RuleColumn, RuleSheet
from riskpipe.classification.rulebook.faults import MOST_POINTS
from riskpipe.classification.rulebook.overlay import ORIGIN, SWITCH, YES
from riskpipe.classification.rulebook.standing import ADDED, CHANGED, ORIGINS, RuleRow
from riskpipe.forms.dictionary import Placed
from riskpipe.forms.styles import FONT, LEFT, LINE, MIDDLE, SIZE

HEAD_ROW = 2
"""Above it the sheet's title and what it is."""
FROZEN = 3
ORIGIN_WIDTH, SWITCH_WIDTH = 11, 7
A4 = 9
OWN = {"bg_color": "#FFF2CC"}
GONE = {"font_color": "#A6A6A6", "font_strikeout": True}
GIVEN = {"bg_color": "#EDEDED"}
HEAD = {**MIDDLE, **LINE, "bold": True, "bg_color": "#DDEBF7"}
REFUSED = {"error_title": "填写有误", "error_type": "stop", "ignore_blank": True}


@dataclass(frozen=True)
class Desk:
    """The workbook under the pen: its words, formats, kinds in Chinese, lists."""

    words: Mapping[str, Any]
    formats: Mapping[str, Any]
    titles: Mapping[str, str]
    placed: Mapping[str, Placed]


@dataclass(frozen=True)
class _Shown:
    """The columns as they stand on the page: key, switch, `others` from the third on, origin."""

    key: RuleColumn
    others: tuple[RuleColumn, ...]

    @property
    def headings(self) -> tuple[tuple[str, int], ...]:
        """Every heading with its width."""
        others = ((column.title, column.width) for column in self.others)
        key = (self.key.title, self.key.width)
        return (key, (SWITCH, SWITCH_WIDTH), *others, (ORIGIN, ORIGIN_WIDTH))

    @property
    def placed(self) -> tuple[tuple[int, RuleColumn], ...]:
        """The other columns with their places."""
        return tuple(enumerate(self.others, 2))

    @property
    def last(self) -> int:
        """The place of the origin."""
        return len(self.others) + 2


def formats_of(out: xlsxwriter.Workbook) -> dict[str, Any]:
    """Every format of the book, by name; those of cells by kind and origin."""
    base = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter"}

    def made(**more: Any) -> Any:
        return out.add_format({**base, **more})

    formats = {
        "left_title": made(font_name="黑体", font_size=16),
        "instruction": made(font_color="#595959"),
        "head": made(**HEAD),
        "word": made(**LEFT, **LINE, num_format="@"),
        "line": made(**LEFT),
        "figure": made(**MIDDLE, **LINE, num_format="General"),
        "gone": made(**GONE),
        "given": made(**LEFT, **LINE, **GIVEN, num_format="@"),
    }
    for origin in ORIGINS:
        look = OWN if origin in {CHANGED, ADDED} else {}
        formats[f"text {origin}"] = made(**LEFT, **LINE, **look, num_format="@")
        formats[f"number {origin}"] = made(**MIDDLE, **LINE, **look, num_format="General")
        formats[f"whole {origin}"] = made(**MIDDLE, **LINE, **look, num_format="0")
    return formats


def write_sheet(page: Worksheet, sheet: RuleSheet, rows: Sequence[RuleRow], desk: Desk) -> None:
    """Write a rule file's rows from row 4 on, free rows below, and what may be filled in."""
    key = next(column for column in sheet.columns if column.name == sheet.key)
    shown = _Shown(key, tuple(column for column in sheet.columns if column is not key))
    page.write_string(0, 0, sheet.title, desk.formats["left_title"])
    note = desk.words["sheet_notes"].get(sheet.title, "")
    page.write_string(1, 0, note, desk.formats["instruction"])
    page.set_row(0, 28)
    page.set_row(HEAD_ROW, 24)
    for place, (heading, width) in enumerate(shown.headings):
        page.set_column(place, place, width)
        page.write_string(HEAD_ROW, place, heading, desk.formats["head"])
    first, last = HEAD_ROW + 1, HEAD_ROW + len(rows) + sheet.spare
    for number, row in enumerate(rows, first):
        _write_row(page, number, row, shown, desk)
    for number in range(first + len(rows), last + 1):
        _write_spare(page, number, shown, desk)
    _let_in(page, shown, (first, last), desk)
    page.autofilter(HEAD_ROW, 0, last, shown.last)
    page.freeze_panes(first, FROZEN)
    printed(page, desk, HEAD_ROW)


def printed(page: Worksheet, desk: Desk, head_row: int) -> None:
    """How a sheet comes out of the printer; `head_row` is repeated, 0 is none."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    if head_row:
        page.repeat_rows(head_row)
    page.set_footer(desk.words["footer"])


def list_name(column: RuleColumn) -> str:
    """What names a column's list: the list, or the choices themselves."""
    return "、".join(column.choices) if column.choices else column.listed


def _write_row(page: Worksheet, number: int, row: RuleRow, shown: _Shown, desk: Desk) -> None:
    formats = desk.formats
    page.write_string(number, 0, _said(shown.key, row, desk), formats["given"])
    _write(page, (number, 1), YES if row.is_off else "", formats[f"text {row.origin}"])
    for place, column in shown.placed:
        text, style = _said(column, row, desk), formats[f"{column.kind} {row.origin}"]
        if column.kind != "text" and _is_number(text):
            page.write_number(number, place, float(text), style)
        else:
            _write(page, (number, place), text, style)
    page.write_string(number, shown.last, row.origin, formats["given"])


def _said(column: RuleColumn, row: RuleRow, desk: Desk) -> str:
    text = row.cells.get(column.name, "")
    return desk.titles.get(text, text) if column.listed == "kinds" else text


def _write_spare(page: Worksheet, number: int, shown: _Shown, desk: Desk) -> None:
    _write(page, (number, 0), "", desk.formats["given"])
    _write(page, (number, 1), "", desk.formats[f"text {ADDED}"])
    for place, column in shown.placed:
        _write(page, (number, place), "", desk.formats[f"{column.kind} {ADDED}"])
    _write(page, (number, shown.last), "", desk.formats["given"])


def _write(page: Worksheet, cell: tuple[int, int], text: str, style: Any) -> None:
    if text:
        page.write_string(*cell, text, style)
    else:
        page.write_blank(*cell, None, style)


def _let_in(page: Worksheet, shown: _Shown, rows: tuple[int, int], desk: Desk) -> None:
    """Drop-downs and number checks; rows that are off are struck out as soon as they are."""
    first, last = rows
    switch = {"validate": "list", "source": desk.placed["switch"].source("")}
    said = {"error_message": desk.words["prompt_switch"]}
    page.data_validation(first, 1, last, 1, {**REFUSED, **switch, **said})
    parents = [place for place, column in shown.placed if column.name == "category"]
    parent = f"${xl_col_to_name(parents[0])}{first + 1}" if parents else ""
    for place, column in shown.placed:
        options = _validation(column, parent, desk)
        if options:
            page.data_validation(first, place, last, place, {**REFUSED, **options})
    page.conditional_format(
        f"A{first + 1}:{xl_col_to_name(shown.last)}{last + 1}",
        {
            "type": "formula",
            "criteria": f'=$B{first + 1}="{YES}"',
            "format": desk.formats["gone"],
        },
    )


def _validation(column: RuleColumn, parent: str, desk: Desk) -> dict[str, Any]:
    note = f"“{column.title}”：{column.note}" if column.note else f"“{column.title}”填写有误"
    if column.listed:
        placed = desk.placed[list_name(column)]
        said = "列表里没有这个词" if placed.offer.is_open else "请从下拉列表中选"
        options = {"validate": "list", "source": placed.source(parent)}
        warning: dict[str, Any] = {"error_type": "warning"} if placed.offer.is_open else {}
        # Several words of the list are no word of the list: then it is only an offer.
        warning |= {"show_error": False} if column.is_many else {}
        return {**options, **warning, "error_message": f"{said}。{note}"}
    if column.kind == "number":
        limits = {"criteria": "between", "minimum": -MOST_POINTS, "maximum": MOST_POINTS}
        return {"validate": "decimal", **limits, "error_message": f"请填数字。{note}"}
    if column.kind == "whole":
        limits = {"criteria": ">=", "value": 0}
        return {"validate": "integer", **limits, "error_message": f"请填整数。{note}"}
    return {}


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
