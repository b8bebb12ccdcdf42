"""Totals that a sheet states, checked against its records: 小计, 合计, 总计, 共12条.

A total row is a checksum, not data. The grid and the marks of its rows go in, a notice comes out
for every figure that no reading of the total explains. A group's total counts from the total or
heading before it, a whole total from the table's first record, or over the groups' totals; one
with no record above it counts what stands below. Figures are compared exactly, never repaired.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

import numpy as np
import pyarrow as pa

from riskpipe.intake.grid import Grid, Notice
from riskpipe.intake.heading import Found
from riskpipe.intake.layout import Layouts, plain, unit_of
from riskpipe.text import fold_one

COUNT = r"共?(\d{1,7})(?:条|项|处|件|家|起|宗|行|个)?"
COUNTED = re.compile(COUNT)
COUNTED_NOTE = re.compile(r"共(\d{1,7})(?:条|处|件|行)(?:记录|数据|隐患)?")
AMOUNT = re.compile(
    r"[¥￥]?([+-]?\d[\d,]*(?:\.\d+)?)(亿元|万元|元|条|项|处|件|家|起|宗|个|人次|人|吨)?"
)
MONEY = {"亿元": 8, "万元": 4, "元": 0}
"""Powers of ten."""
UNIT_BESIDE = re.compile(r"[(（][\u4e00-\u9fff]{1,3}[)）]$")
BRACKETS = "()（）,，"
COUNT_FIELDS = ("seq", "description", "content")
DAY_FIELDS = ("_on", "_at")
RULE = "total_mismatch"
ALL = "共"
"""The word of a note that counts: 共 12 条."""


@dataclass(frozen=True)
class Label:
    """What a total row calls itself, and the number of records it states beside the word."""

    word: str
    count: int | None


@dataclass(frozen=True)
class Marked:
    """A table whose rows are marked: places of records, of total rows and of what else breaks.

    `closing` are total rows and notes (which may count too), `breaks` repeated headings, both
    from top to bottom.
    """

    grid: Grid
    found: Found
    is_record: np.ndarray
    closing: Sequence[int]
    breaks: Sequence[int]

    def cell(self, field: str, place: int) -> str | None:
        """What a row holds in the first column of a field."""
        return self.grid.cells.column(self.found.columns[field][0])[place].as_py()


@dataclass(frozen=True)
class _Total:
    """A total row: its place in the grid, its label, whether it closes a group only."""

    place: int
    label: Label
    is_group: bool


@dataclass(frozen=True)
class _Figure:
    """What a total row states under a heading, and what stands beside it in the sentence."""

    heading: str
    stated: str
    computed: str
    unread: int


@dataclass(frozen=True)
class _Column:
    """What a column of records adds up to, row by row, and how many cells are no number."""

    sums: Sequence[Decimal]
    unread: Sequence[int]


def label_of(text: str, layouts: Layouts) -> Label | None:
    """The total a cell announces; None for anything else, a firm called 合计机械厂 included."""
    name = UNIT_BESIDE.sub("", plain(text))
    if name in layouts.totals:
        return Label(name, None)
    word = max((w for w in layouts.totals if name.startswith(w)), key=len, default="")
    count = COUNTED.fullmatch(name[len(word) :].strip(BRACKETS)) if word else None
    return Label(word, int(count[1])) if count else None


def checked(table: Marked, layouts: Layouts) -> tuple[Notice, ...]:
    """A notice for each stated figure that is not what the records add up to."""
    totals = _totals(table, layouts)
    spans = _Spans(totals, table.breaks, np.concatenate(([0], np.cumsum(table.is_record))))
    return tuple(
        _told(table, total, figure)
        for total in totals
        for figure in (
            *_counts(total, table, spans),
            *_sums(total, table, spans, layouts),
        )
    )


def _totals(table: Marked, layouts: Layouts) -> list[_Total]:
    if not table.closing:
        return []
    rows = table.grid.cells.take(pa.array(table.closing)).to_pylist()
    labels = (_announced([cell for cell in row.values() if cell], layouts) for row in rows)
    return [
        _Total(place, label, label.word in layouts.subtotals)
        for place, label in zip(table.closing, labels, strict=True)
        if label and label.word not in layouts.running
    ]


def _announced(cells: list[str], layouts: Layouts) -> Label | None:
    for cell in cells:
        label = label_of(cell, layouts)
        if label:
            return label
    count = COUNTED_NOTE.fullmatch(plain(cells[0])) if cells else None
    return Label(ALL, int(count[1])) if count else None


@dataclass(frozen=True)
class _Spans:
    """Which records each total may stand for, as ranges of the records' running numbers."""

    totals: Sequence[_Total]
    breaks: Sequence[int]
    before: np.ndarray

    def of(self, total: _Total) -> list[tuple[int, int]]:
        """The ranges, the likeliest first."""
        here = int(self.before[total.place])
        earlier = [one for one in self.totals if one.place < total.place]
        opened = [one.place for one in earlier if total.is_group or not one.is_group]
        starts = [max(opened, default=0)] if total.is_group else [0, max(opened, default=0)]
        if total.is_group:
            starts.append(max([*opened, *(b for b in self.breaks if b < total.place)], default=0))
        above = [(int(self.before[start]), here) for start in dict.fromkeys(starts)]
        nearest = max((one.place for one in earlier), default=0)
        if int(self.before[nearest]) < here or (earlier and not total.is_group):
            return above
        later = [one.place for one in self.totals if one.place > total.place and total.is_group]
        below = [(here, int(self.before[end])) for end in (*later[:1], len(self.before) - 1)]
        return [*below, *above]

    def groups(self, total: _Total) -> list[int]:
        """Places of the groups' totals that a whole total may add up."""
        if total.is_group:
            return []
        before = [one for one in self.totals if one.place < total.place]
        since = max((one.place for one in before if not one.is_group), default=-1)
        return [one.place for one in before if one.is_group and one.place > since]


def _counts(total: _Total, table: Marked, spans: _Spans) -> Iterator[_Figure]:
    """The number of records a row states: beside its word, or under the number or the text."""
    stated = {total.label.word: total.label.count} if total.label.count is not None else {}
    for field, heading in table.found.headings.items() if not stated else ():
        text = plain(table.cell(field, total.place) or "")
        count = (COUNTED if _is_counted(field, table.found) else COUNTED_NOTE).fullmatch(text)
        if count:
            stated[heading] = int(count[1])
    counts = [end - start for start, end in spans.of(total)]
    for heading, number in stated.items():
        if number not in counts:
            yield _Figure(heading, str(number), str(counts[0]), 0)


def _sums(total: _Total, table: Marked, spans: _Spans, layouts: Layouts) -> Iterator[_Figure]:
    for field, heading in table.found.headings.items():
        text, unit = table.cell(field, total.place), unit_of(heading)
        stated = number_of(text, unit) if text and _is_summed(field, table, layouts) else None
        column = _column(field, table) if stated is not None else None
        if text is None or column is None:
            continue
        ranges = spans.of(total)
        sums = [column.sums[end] - column.sums[start] for start, end in ranges]
        groups = [number_of(table.cell(field, place) or "", unit) for place in spans.groups(total)]
        if groups and None not in groups:
            sums.append(sum(filter(None, groups), Decimal(0)))
        if stated not in sums:
            start, end = ranges[0]
            unread = column.unread[end] - column.unread[start]
            yield _Figure(heading, text.strip(), f"{sums[0].normalize():f}", unread)


def _is_counted(field: str, found: Found) -> bool:
    return field in COUNT_FIELDS or field == found.layout.number


def _is_summed(field: str, table: Marked, layouts: Layouts) -> bool:
    """A column whose total is a sum: no person's, no day, no number that is a name, no rate."""
    found = table.found
    return not (
        len(found.columns[field]) > 1
        or field in found.layout.personal
        or _is_counted(field, found)
        or field.endswith(DAY_FIELDS)
        or any(word in found.headings[field] for word in layouts.not_summed)
    )


def _column(field: str, table: Marked) -> _Column | None:
    """The records' figures added up; None when fewer than half of the filled cells are any."""
    cells = table.grid.cells.column(table.found.columns[field][0])
    unit = unit_of(table.found.headings[field])
    texts = cells.filter(pa.array(table.is_record)).to_pylist()
    numbers = [number_of(text, unit) if text else Decimal(0) for text in texts]
    unread = [int(number is None) for number in numbers]
    filled = sum(map(bool, texts))
    if not filled or 2 * sum(unread) > filled:
        return None
    return _Column(
        [Decimal(0), *accumulate(number or Decimal(0) for number in numbers)],
        [0, *accumulate(unread)],
    )


def number_of(text: str, unit: str) -> Decimal | None:
    """A figure in the unit of its column: 1,234.50, ￥3000, 1.5万元, 12处; None when it is none."""
    match = AMOUNT.fullmatch((text if text.isascii() else fold_one(text)).replace(" ", ""))
    if match is None:
        return None
    figure = Decimal(match[1].replace(",", ""))
    named = MONEY.get(match[2])
    return figure if named is None else figure.scaleb(named - MONEY.get(unit, 0))


def _told(table: Marked, total: _Total, figure: _Figure) -> Notice:
    facts = {
        "label": total.label.word,
        "stated": figure.stated,
        "computed": figure.computed,
        "unread": f"（另有 {figure.unread} 格不是数字）" if figure.unread else "",
    }
    row = table.grid.first_row + total.place
    return Notice(RULE, (row,), figure.heading, figure.stated, facts)
