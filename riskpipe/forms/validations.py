"""What a cell lets in: lists, dates and numbers, with a Chinese prompt and error text.

A column and where its list stands go in, the options of an Excel validation come out. Code
lists, dates and numbers stop a wrong entry; an office list warns, since a new unit may not be
on it yet. Pasting kills a validation: intake checks again.
"""

from datetime import date, datetime
from typing import Any

from riskpipe.forms.columns import Column, Mark, Type
from riskpipe.forms.dictionary import Placed

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
LAST_MINUTE = datetime(2099, 12, 31, 23, 59)
LONGEST_TITLE, LONGEST = 32, 250

WRITTEN = {
    Type.DAY: "写成 2026-11-05",
    Type.MOMENT: "写成 2026-11-05 14:30（24小时制）",
    Type.MONTH: "写成 2026-11",
    Type.WHOLE: "填整数，零写 0",
    Type.MONEY: "填数字，最多两位小数",
    Type.NUMBER: "填数字，零写 0",
}
REQUIRED = {
    Mark.ALWAYS: "★必填。",
    Mark.WHEN: "▲条件必填。",
    Mark.OPTIONAL: "○选填。",
    Mark.NONE: "",
}


def validation(column: Column, placed: Placed | None, parent: str) -> dict[str, Any]:
    """Options for `Worksheet.data_validation`; `parent` is the parent's cell of a cascade."""
    told = prompt(column)
    options: dict[str, Any] = {
        "ignore_blank": True,
        "input_title": column.heading[:LONGEST_TITLE] if told else None,
        "input_message": told[:LONGEST] or None,
        "error_title": "填写有误",
        "error_message": _error(column)[:LONGEST],
        "error_type": "stop",
    }
    return options | (_list(placed, parent) if placed else _limits(column.type))


def prompt(column: Column) -> str:
    """What is said beside a cell: whether it must be filled, how, and the rule.

    Empty when there is nothing the heading does not say: a prompt covers the cells beside it.
    """
    written = WRITTEN.get(column.type) if column.name != "seq" else None
    told = (f"{written}。" if written else "") + rule(column)
    return REQUIRED[column.mark] + told if told else ""


def rule(column: Column) -> str:
    """The rule of a column in words: its condition, what it is compared with, the note."""
    said = [f"{column.condition.said}时必填"] if column.condition else []
    said += [column.note] if column.note else []
    return "".join(f"{part}。" for part in said)


def _error(column: Column) -> str:
    written = WRITTEN.get(column.type)
    if written:
        return f"“{column.heading}”要{written}。"
    return f"“{column.heading}”请从下拉列表中选，词句以“字典”表为准。"


def _list(placed: Placed, parent: str) -> dict[str, Any]:
    options: dict[str, Any] = {"validate": "list", "source": placed.source(parent)}
    if placed.offer.is_open:
        options |= {
            "error_type": "warning",
            "error_title": "字典里没有",
            "error_message": "字典里没有这个词。确认无误的选“是”，否则请从下拉列表中选。",
            # Nothing to choose from yet: any word is right.
            "show_error": bool(placed.offer.rows),
        }
    return options


def _limits(type_: Type) -> dict[str, Any]:
    match type_:
        case Type.DAY | Type.MONTH:
            return {"validate": "date", "criteria": "between", "minimum": FIRST, "maximum": LAST}
        case Type.MOMENT:
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": FIRST,
                "maximum": LAST_MINUTE,
            }
        case Type.WHOLE:
            return {"validate": "integer", "criteria": ">=", "value": 0}
        case Type.MONEY | Type.NUMBER:
            return {"validate": "decimal", "criteria": ">=", "value": 0}
        case _:
            return {"validate": "any"}
