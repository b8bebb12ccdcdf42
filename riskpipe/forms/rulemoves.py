"""What a change of rules moves, as a workbook: 概况, 去向, 按月, 变动明细.

A `Comparison` goes in, bytes come out, the same for the same. Of a record it shows number, month,
masked title, both answers and what spoke for them: for the office's own eyes, never its text.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from riskpipe.classification.rulebook.comparing import Comparison, Move
from riskpipe.forms.rulesheet import A4, formats_of
from riskpipe.forms.writing import CREATED, OPTIONS
from riskpipe.rules import Rules

WORDS = "forms/rulemoves"
HEAD_ROW = 2
Cell = str | int | float


def moves_workbook(comparison: Comparison, rules: Rules) -> bytes:
    """The workbook's bytes. Sheets, headings and widths are forms/rulemoves.toml."""
    sink = io.BytesIO()
    out = xlsxwriter.Workbook(sink, OPTIONS)
    words = rules.document(WORDS)
    out.set_properties({"title": words["title"], "author": "", "created": CREATED})
    formats = formats_of(out)
    tables: dict[str, Sequence[Iterable[Cell]]] = {
        "summary": _summary(comparison, words),
        "flows": [(was, now, count) for (was, now), count in comparison.flows().items()],
        "months": [
            (t.month, t.table, t.category, t.old, t.new, t.new - t.old, t.came, t.went)
            for t in sorted(comparison.tallies, key=lambda t: (t.month, t.table, t.category))
        ],
        "moves": [_told(move) for move in comparison.moves],
    }
    for name, rows in tables.items():
        said = words["sheets"][name]
        _write(out.add_worksheet(said["title"]), said, rows, words, formats)
    out.close()
    return sink.getvalue()


def _summary(comparison: Comparison, words: Mapping[str, Any]) -> list[tuple[Cell, ...]]:
    moved = [move for move in comparison.moves if move.is_of_category]
    values: dict[str, Cell] = {
        "old_version": comparison.old_version,
        "new_version": comparison.new_version,
        "records": comparison.records,
        "moved": len(moved),
        "moved_within": len(comparison.moves) - len(moved),
        "confirmed": comparison.confirmed,
        "confirmed_otherwise": comparison.confirmed_otherwise,
    }
    return [(title, values[name]) for name, title in words["summary"].items()]


def _told(move: Move) -> tuple[Cell, ...]:
    return (
        *(move.table, move.number, move.month, move.title),
        *(*move.old, round(move.old_margin, 3)),
        *(*move.new, round(move.new_margin, 3)),
        *(move.old_evidence, move.old_against, move.new_evidence, move.new_against),
    )


def _write(
    page: Worksheet,
    said: Mapping[str, Any],
    rows: Sequence[Iterable[Cell]],
    words: Mapping[str, Any],
    formats: dict[str, Any],
) -> None:
    page.write_string(0, 0, said["title"], formats["left_title"])
    page.write_string(1, 0, words["notice"], formats["instruction"])
    page.set_row(0, 28)
    for place, (heading, width) in enumerate(said["columns"]):
        page.set_column(place, place, width)
        page.write_string(HEAD_ROW, place, heading, formats["head"])
    for number, row in enumerate(rows, HEAD_ROW + 1):
        for place, value in enumerate(row):
            if value == "":
                page.write_blank(number, place, None, formats["word"])
            elif isinstance(value, str):
                page.write_string(number, place, value, formats["word"])
            else:
                page.write_number(number, place, value, formats["figure"])
    last = HEAD_ROW + max(1, len(rows))
    page.autofilter(HEAD_ROW, 0, last, len(said["columns"]) - 1)
    page.freeze_panes(HEAD_ROW + 1, 0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.set_footer(words["footer"])
