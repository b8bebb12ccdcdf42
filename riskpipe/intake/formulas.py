"""Headings that are formulas saved without their result: the text they plainly spell.

A grid goes in; the text of each such cell comes out where its formula is nothing but string
literals joined by & and references to cells of the same sheet. Every other formula stays unknown:
nothing is computed here, and no cell of data gets a value this way.
"""

import re
from collections.abc import Mapping

from riskpipe.intake.grid import Grid

PIECE = re.compile(r'\s*(?:"((?:[^"]|"")*)"|\$?([A-Z]{1,3})\$?(\d{1,7}))\s*(&|$)')
LONGEST_CHAIN = 8

Place = tuple[int, int]


def written_out(grid: Grid, first: int, last: int) -> dict[Place, str]:
    """(row, column), places from 0 → text, for the formulas of some rows that only spell one."""
    rows = range(grid.first_row + first, grid.first_row + last + 1)
    wanted = [
        (row - grid.first_row, column - 1) for row, column, _ in grid.traits.unvalued if row in rows
    ]
    if not wanted:
        return {}
    formulas = {
        (row - grid.first_row, column - 1): formula for row, column, formula in grid.traits.unvalued
    }
    found = {place: _text(place, formulas, grid, LONGEST_CHAIN) for place in wanted}
    return {place: text for place, text in found.items() if text}


def _text(place: Place, formulas: Mapping[Place, str], grid: Grid, left: int) -> str | None:
    if place not in formulas:
        return _cell(place, grid)
    if not left:
        return None
    formula = formulas[place].strip().removeprefix("=")
    pieces, at = [], 0
    while at < len(formula):
        match = PIECE.match(formula, at)
        if match is None:
            return None
        literal, column, row, joint = match.groups()
        text = (
            literal.replace('""', '"')
            if literal is not None
            else _text((int(row) - grid.first_row, _place(column)), formulas, grid, left - 1)
        )
        if text is None or (joint == "&" and match.end() == len(formula)):
            return None
        pieces.append(text)
        at = match.end()
    return "".join(pieces)


def _cell(place: Place, grid: Grid) -> str | None:
    row, column = place
    if not (0 <= row < grid.cells.num_rows and 0 <= column < grid.cells.num_columns):
        return None
    return grid.cells.column(column)[row].as_py()


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
