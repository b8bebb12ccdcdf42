"""How the cells of a form look: fonts, colours of the marks, number formats by type.

A workbook goes in, its formats by name come out. The marks ★ ▲ ○ are shown by the heading's
number format, so that a heading's text stays what intake and HEADERS know. No content here.
"""

from collections.abc import Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from riskpipe.forms.columns import Mark, Sheet, Type

FONT = "宋体"
SIZE = 10
# HEADERS §0: ★ red on light yellow, ▲ orange, ○ grey, 🔒 purple.
HEADINGS: Mapping[Mark, Mapping[str, Any]] = {
    Mark.ALWAYS: {"font_color": "#C00000", "bg_color": "#FFF2CC", "bold": True},
    Mark.WHEN: {"font_color": "#C65911", "bg_color": "#FCE4D6", "bold": True},
    Mark.OPTIONAL: {"font_color": "#595959", "bg_color": "#EDEDED"},
    Mark.NONE: {"font_color": "#595959", "bg_color": "#EDEDED"},
}
SECRET: Mapping[str, Any] = {"font_color": "#7030A0", "bg_color": "#EADCF4", "bold": True}
LINE = {"border": 1, "border_color": "#A6A6A6"}
MIDDLE = {"align": "center", "valign": "vcenter", "text_wrap": True}
LEFT = {"align": "left", "valign": "vcenter", "text_wrap": True}
# Texts are '@': a number that is a name stays as typed, nothing becomes a formula.
CELLS: Mapping[Type, Mapping[str, Any]] = {
    Type.TEXT: {**LEFT, "num_format": "@"},
    Type.CHOICE: {**MIDDLE, "num_format": "@"},
    Type.DAY: {"align": "center", "valign": "vcenter", "num_format": "yyyy-mm-dd"},
    Type.MOMENT: {"align": "center", "valign": "vcenter", "num_format": "yyyy-mm-dd hh:mm"},
    Type.MONTH: {"align": "center", "valign": "vcenter", "num_format": "yyyy-mm"},
    Type.WHOLE: {"align": "center", "valign": "vcenter", "num_format": "0"},
    Type.MONEY: {"align": "right", "valign": "vcenter", "num_format": "0.00"},
    Type.NUMBER: {"align": "right", "valign": "vcenter", "num_format": "General"},
}
HINTS = {"missing": "#FFF2CC", "due": "#F8CBAD", "wrong": "#FF9999"}

Formats = Mapping[str, Format]


def formats_of(book: xlsxwriter.Workbook) -> Formats:
    """Every format of a form, by name."""
    base = {"font_name": FONT, "font_size": SIZE}

    def made(**more: Any) -> Format:
        return book.add_format({**base, **more})

    formats = {
        "title": made(**MIDDLE | {"font_name": "黑体", "font_size": 16}),
        "left_title": made(**LEFT | {"font_name": "黑体", "font_size": 16, "text_wrap": False}),
        "instruction": made(align="left", valign="vcenter", font_color="#595959"),
        "signature": made(align="left", valign="vcenter"),
        "line": made(**LEFT),
        "head": made(**MIDDLE, **LINE, bold=True, bg_color="#DDEBF7"),
        "word": made(**LEFT, **LINE, num_format="@"),
        "item": made(**LEFT, **LINE, bold=True, bg_color="#DDEBF7"),
        "given": made(**LEFT, **LINE, bg_color="#EDEDED"),
    }
    for mark, look in HEADINGS.items():
        shown = f'"{mark}"@' if mark else "@"
        formats[f"heading {mark}"] = made(**MIDDLE, **LINE, **look, num_format=shown)
        formats[f"secret {mark}"] = made(**MIDDLE, **LINE, **SECRET, num_format=shown)
        formats[f"item {mark}"] = made(**LEFT, **LINE, **look, num_format=shown)
    for type_, look in CELLS.items():
        formats[f"cell {type_}"] = made(**look, **LINE, locked=False)
        formats[f"open {type_}"] = made(**look, locked=False)
        formats[f"answer {type_}"] = made(**{**look, "align": "left"}, **LINE, locked=False)
    for name, colour in HINTS.items():
        formats[f"hint {name}"] = book.add_format({"bg_color": colour})
    return formats


def heading_format(formats: Formats, sheet: Sheet, mark: Mark) -> Format:
    """The format of a heading: columns of a 🔒 sheet are purple whatever their mark."""
    return formats[f"{'secret' if sheet.is_secret else 'heading'} {mark}"]
