"""What is carried over from the sender's workbook into its marked copy, piece by piece.

A piece of the opened workbook goes in and is set in the new one, its texts told (telling.py); a
piece whose text may not be told as it is, is left out. Runs inside the limited child.
"""

import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from riskpipe.returns.appearance import LIVE
from riskpipe.returns.styling import is_our_fill
from riskpipe.returns.telling import Teller

PLAIN_RANGE = re.compile(r"(?:'[^'\[\]]+'|[^'!\[\]]+)!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
LITERAL = re.compile(r'"[^"]*"')
LONGEST_CELL = 32_767
PAGE = ("orientation", "paperSize", "scale", "fitToHeight", "fitToWidth")
FOOT = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
VALIDATION = (
    *("type", "operator", "allowBlank", "showErrorMessage", "showInputMessage"),
    *("errorStyle", "showDropDown", "imeMode"),
)
VALIDATION_TEXTS = ("promptTitle", "prompt", "errorTitle", "error")


@dataclass(frozen=True)
class Carrier:
    """What every piece is carried with: how styles and texts go over, whose comments are ours."""

    style: Callable[[Any, Any], None]
    teller: Teller
    author: str
    note: str
    """What stands before the sender's own words in a comment of ours."""


def carry_cell(cell: Any, to: Worksheet, told: str | None, by: Carrier) -> None:
    """A cell's style, and of its value what was told: the value itself only where it says the same."""
    new = to.cell(cell.row, cell.column)
    by.style(cell, new)
    if told is None or isinstance(cell, MergedCell):
        return
    value = cell.value
    if _says(value, told):
        new.value = value
    else:
        put_text(new, told)
    if cell.comment and (note := _own_note(cell, by)):
        told_note = by.teller(note)[:LONGEST_CELL]
        new.comment = Comment(told_note, "", height=cell.comment.height, width=cell.comment.width)


def _own_note(cell: Any, by: Carrier) -> str:
    """The sender's own comment, without what an earlier return sheet wrote before it."""
    text = cell.comment.text or ""
    is_ours = cell.comment.author == by.author or is_our_fill(cell.fill)
    return text.partition(by.note)[2] if is_ours else text


def put_text(cell: Any, text: str) -> None:
    """Set a text that stays one: never a formula, whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
    cell.data_type = "s"
    if text.startswith(LIVE):
        cell.quotePrefix = True


def _says(value: object, told: str) -> bool:
    """Whether a number, date or truth value is what the told text says."""
    if isinstance(value, bool):
        return told.strip().lower() == str(value).lower()
    if isinstance(value, int | float):
        try:
            return float(told) == value
        except ValueError:
            return False
    if isinstance(value, datetime):
        whole, day = value.isoformat(" "), value.date().isoformat()
        return told.strip() == whole or (told.strip() == day and value.time() == time())
    if isinstance(value, date | time):
        return told.strip() == value.isoformat()
    return False


def carry_sheet(sheet: Worksheet, to: Worksheet, by: Carrier) -> None:
    """Widths, heights, merges, panes, drop-downs, colours by rule, print set-up of a sheet."""
    for key, column in sheet.column_dimensions.items():
        new = to.column_dimensions[key]
        new.width, new.hidden, new.min, new.max = (
            column.width,
            column.hidden,
            column.min,
            column.max,
        )
        if column.has_style:
            by.style(column, new)
    for number, row in sheet.row_dimensions.items():
        if row.height is not None or row.hidden:
            to.row_dimensions[number].height = row.height
            to.row_dimensions[number].hidden = row.hidden
    for merged in sorted(sheet.merged_cells.ranges, key=lambda one: one.coord):
        to.merge_cells(merged.coord)
    to.freeze_panes = sheet.freeze_panes
    to.sheet_state = sheet.sheet_state
    to.sheet_format.defaultRowHeight = sheet.sheet_format.defaultRowHeight
    to.sheet_format.defaultColWidth = sheet.sheet_format.defaultColWidth
    if sheet.auto_filter.ref:
        to.auto_filter.ref = sheet.auto_filter.ref
    _carry_drop_downs(sheet, to, by.teller)
    _carry_colours(sheet, to, by.teller)
    _carry_print(sheet, to, by.teller)


def _carry_drop_downs(sheet: Worksheet, to: Worksheet, teller: Teller) -> None:
    for old in sheet.data_validations.dataValidation:
        formulas = [old.formula1, old.formula2]
        if not _may_be_told(formulas, teller):
            continue
        new = DataValidation(**{name: getattr(old, name) for name in VALIDATION}, sqref=old.sqref)
        new.formula1, new.formula2 = formulas
        for name in VALIDATION_TEXTS:
            text = getattr(old, name)
            setattr(new, name, teller(text) if text else None)
        to.add_data_validation(new)


def _carry_colours(sheet: Worksheet, to: Worksheet, teller: Teller) -> None:
    for ranges in sheet.conditional_formatting:
        for rule in ranges.rules:
            font = rule.dxf.font if rule.dxf else None
            texts = [*rule.formula, rule.text, font.name if font else None]
            if _may_be_told(texts, teller):
                new = copy(rule)
                # The copy keeps the number its look has in the old workbook, and not the look.
                new.dxf, new.dxfId = copy(rule.dxf) if rule.dxf else None, None
                to.conditional_formatting.add(str(ranges.sqref), new)


def _carry_print(sheet: Worksheet, to: Worksheet, teller: Teller) -> None:
    for name in PAGE:
        setattr(to.page_setup, name, getattr(sheet.page_setup, name))
    fit = sheet.sheet_properties.pageSetUpPr
    to.sheet_properties.pageSetUpPr = copy(fit) if fit else None
    to.page_margins = copy(sheet.page_margins)
    to.print_title_rows = sheet.print_title_rows
    for name in FOOT:
        for part in ("left", "center", "right"):
            text = getattr(getattr(sheet, name), part).text
            if text:
                getattr(getattr(to, name), part).text = teller(text)


def carry_names(source: Workbook, made: Workbook, teller: Teller) -> None:
    """Names of ranges that drop-downs may use; constants and formulas under a name stay behind."""
    for name, defined in source.defined_names.items():
        text = defined.attr_text or ""
        if PLAIN_RANGE.fullmatch(text) and _may_be_told([name, text], teller):
            made.defined_names[name] = DefinedName(name, attr_text=text)


def _may_be_told(texts: Iterable[str | None], teller: Teller) -> bool:
    """Whether texts, and the words inside their quotes, name nobody."""
    for text in filter(None, texts):
        words = [word for quoted in LITERAL.findall(text) for word in quoted.strip('"').split(",")]
        if any(teller(one) != one for one in (text, *words)):
            return False
    return True
