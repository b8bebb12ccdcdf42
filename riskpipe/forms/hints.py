"""Colours that tell, while a row is being filled, what it lacks or contradicts.

A sheet's columns go in, conditional formats are put on its rows: yellow for a ★ cell still
blank in a row that was begun, orange for a ▲ cell whose condition holds, red for dates in the
wrong order, a number written twice, two duties in one hand. They hint and never stop: what is
true must be writable, and the check at intake is what counts.
"""

from collections.abc import Iterator

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from riskpipe.forms.columns import Column, Condition, Mark, Sheet, Type
from riskpipe.forms.styles import Formats


def put(page: Worksheet, sheet: Sheet, first: int, last: int, formats: Formats) -> None:
    """Put the hints on rows `first` to `last` (from 0) of a worksheet."""
    for place, column in enumerate(sheet.columns):
        for name, formula in hints_of(sheet, column, first + 1, last + 1):
            rule = {"type": "formula", "criteria": formula, "format": formats[f"hint {name}"]}
            page.conditional_format(first, place, last, place, rule)


def hints_of(sheet: Sheet, column: Column, row: int, last: int) -> Iterator[tuple[str, str]]:
    """(hint, formula for the cell in `row`) of a column, the gravest first. Rows from 1."""
    cell = _cell(sheet, column.name, row)
    if column.name == sheet.key:
        name = xl_col_to_name(sheet.place_of(column.name))
        yield "wrong", f'=AND({cell}<>"",COUNTIF(${name}${row}:${name}${last},{cell})>1)'
    if column.not_before:
        yield "wrong", _disorder(sheet, column, row)
    for other in column.differs_from:
        yield "wrong", f'=AND({cell}<>"",{cell}={_cell(sheet, other, row)})'
    if column.same_as:
        other_cell = _cell(sheet, column.same_as, row)
        yield "wrong", f'=AND({cell}<>"",{cell}<>{other_cell})'
    if column.condition and column.condition.field:
        yield "due", f'=AND({cell}="",{_holds(sheet, column.condition, row)})'
    elif column.mark is Mark.ALWAYS and column.name not in sheet.prefilled:
        yield "missing", f'=AND({cell}="",{_is_begun(sheet, row)})'


def _cell(sheet: Sheet, name: str, row: int) -> str:
    return f"${xl_col_to_name(sheet.place_of(name))}{row}"


def _disorder(sheet: Sheet, column: Column, row: int) -> str:
    """Earlier than the date it must follow; a day is compared with the day of a time."""
    cell, other = _cell(sheet, column.name, row), _cell(sheet, column.not_before, row)
    floor = f"INT({other})" if column.type is Type.DAY else other
    # ISNUMBER: a word in a date cell is the validation's and intake's to refuse.
    return f"=IF(AND(ISNUMBER({cell}),ISNUMBER({other})),{cell}<{floor},FALSE)"


def _holds(sheet: Sheet, condition: Condition, row: int) -> str:
    cell = _cell(sheet, condition.field, row)
    if not condition.values:
        return f'{cell}<>""'
    sign, join = ("<>", "AND") if condition.is_not else ("=", "OR")
    tests = ",".join(f'{cell}{sign}"{value}"' for value in condition.values)
    if condition.is_not:
        tests = f'{cell}<>"",{tests}'
    return f"{join}({tests})"


def _is_begun(sheet: Sheet, row: int) -> str:
    """Something stands in the row besides what was printed in advance."""
    given = {"seq", *sheet.prefilled}
    own = [c.name for c in sheet.columns if c.name not in given]
    first, last = _cell(sheet, own[0], row), _cell(sheet, own[-1], row)
    within = [
        name
        for name in sheet.prefilled
        if sheet.place_of(own[0]) < sheet.place_of(name) < sheet.place_of(own[-1])
    ]
    printed = "".join(f"-COUNTA({_cell(sheet, name, row)})" for name in within)
    return f"COUNTA({first}:{last}){printed}>0"
