"""An edited rulebook becomes the office's own rule files: only what differs from the packaged.

Rows as a person left them go in; rows under the files' own names come out, checked nowhere here,
and from them the overlay to be written, the merged rows it will make, and in words what changed.
A new row gets a number; a packaged row that is switched off stays in the overlay as off.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from riskpipe.classification.rulebook.book import DECISION, RuleSheet, kind_names
from riskpipe.classification.rulebook.findings import Finding, found
from riskpipe.classification.rulebook.standing import (
    ADDED,
    CHANGED,
    OFF,
    PACKAGED,
    RuleRow,
    packaged,
    same,
    same_row,
)
from riskpipe.rules import Rules

SWITCH, ORIGIN = "停用", "来历"
YES = "是"
OFF_COLUMN = "is_off"
ENDS = re.compile(r"\s*[\r\n]+\s*")
APART = re.compile(r"[\s、，,；;]+")
"""What people put between several words of a cell."""
LINEAGE = re.compile(r"导出版本 (\w+)，导入后版本 (\w+)")
HEAD = (
    "# 由 riskpipe rules import 写入；导出版本 {exported}，导入后版本 {becomes}。"
    "请在规则簿里改：这个文件下次导入时会被替换。"
)
EXAMPLES = 10


@dataclass(frozen=True)
class Written:
    """A row of an edited workbook: where it stands, its cells by heading."""

    place: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """What an edit does to one row: 新增, 修改, 停用, 恢复 or 删去."""

    what: str
    sheet: str
    key: str
    said: str


def rows_of(sheet: RuleSheet, written: Iterable[Written], rules: Rules) -> list[RuleRow]:
    """Rows under the file's own column names, numbered, equal cells spelled as packaged."""
    shipped = {row[sheet.key]: row for row in packaged().rows(sheet.rule)}
    kinds = {name.title: name.kind for name in kind_names(rules)}
    found_rows = [(one, _cells(sheet, one.cells, kinds)) for one in written]
    fresh = _fresh(sheet, [*shipped, *(cells[sheet.key] for _, cells in found_rows)])
    rows = []
    for one, cells in found_rows:
        if not cells[sheet.key] and sheet.prefix:
            cells[sheet.key] = next(fresh)
        before = shipped.get(cells[sheet.key], {})
        spelled = {
            name: before[name] if name in before and same(before[name], text) else text
            for name, text in cells.items()
        }
        rows.append(_row(one, spelled, before))
    return rows


def bad_rows(
    sheet: RuleSheet, written: Sequence[Written], rows: Sequence[RuleRow]
) -> Iterator[Finding]:
    """What is wrong with numbers and switches, and which packaged rows are not there any more."""
    seen: dict[str, str] = {}
    for one, row in zip(written, rows, strict=True):
        switch, key = one.cells.get(SWITCH, ""), row.cells[sheet.key]
        if switch not in {"", YES, "否"}:
            yield found("bad_off", one.place, said=switch)
        if not key:
            yield found("no_key", one.place)
        elif key in seen:
            yield found("key_twice", one.place, said=key, other=seen[key])
        seen.setdefault(key, one.place)
    gone = [row[sheet.key] for row in packaged().rows(sheet.rule) if row[sheet.key] not in seen]
    if gone:
        said = f"{len(gone)} 行，如 {'、'.join(gone[:EXAMPLES])}"
        yield found("gone", f"工作表“{sheet.title}”", said=said)


def overlay_rows(sheet: RuleSheet, rows: Iterable[RuleRow]) -> list[dict[str, str]]:
    """What the office's file has to say beside the packaged one."""
    shipped = {row[sheet.key]: row for row in packaged().rows(sheet.rule)}
    told = []
    for row in rows:
        before = shipped.get(row.cells[sheet.key])
        if row.is_off and before is not None:
            told.append({**before, OFF_COLUMN: YES})
        elif not row.is_off and (before is None or row.cells != before):
            told.append({**row.cells, OFF_COLUMN: ""})
    return told


def merged_rows(sheet: RuleSheet, rows: Sequence[RuleRow]) -> tuple[dict[str, str], ...]:
    """The rows that packaged file and overlay make together, in the loader's order."""
    shipped = [row[sheet.key] for row in packaged().rows(sheet.rule)]
    on = {row.cells[sheet.key]: dict(row.cells) for row in rows if not row.is_off}
    own = [key for key in on if key not in set(shipped)]
    return tuple(on[key] for key in (*shipped, *own) if key in on)


def changes_of(
    sheet: RuleSheet, before: Sequence[RuleRow], after: Sequence[RuleRow]
) -> Iterator[Change]:
    """What the edit does, in the order of the edited sheet; rows taken out at the end."""
    old = {row.cells[sheet.key]: row for row in before}
    for row in after:
        key, was = row.cells[sheet.key], old.get(row.cells[sheet.key])
        what = _what(was, row, [column.name for column in sheet.columns])
        if what:
            yield Change(what, sheet.title, key, _said(sheet, was, row))
    left = {row.cells[sheet.key] for row in after}
    for key, row in old.items():
        if key not in left:
            yield Change("删去", sheet.title, key, _name(sheet, row))


def csv_of(rows: Sequence[Mapping[str, str]], exported: str, becomes: str) -> str:
    """The office's file as text, its first line saying what it goes back to."""
    sink = io.StringIO()
    sink.write(HEAD.format(exported=exported, becomes=becomes) + "\n")
    writer = csv.DictWriter(sink, [*rows[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return sink.getvalue()


def lineage_of(text: str) -> tuple[str, str] | None:
    """(version of the export, version after the import) that an office's file tells of itself."""
    told = LINEAGE.search(text.split("\n", 1)[0])
    return (told[1], told[2]) if told else None


def version_of(sheets: Iterable[RuleSheet], rules: Rules) -> str:
    """The version of all that the book holds."""
    return rules.version([*(sheet.rule for sheet in sheets), DECISION])


def given_of(
    sheets: Iterable[RuleSheet], book: Mapping[str, Sequence[RuleRow]], document: Mapping[str, Any]
) -> dict[str, Any]:
    """A book as replaced rule files, for `Rules.with_files`."""
    rows = {s.rule: merged_rows(s, book[s.rule]) for s in sheets if s.rule in book}
    return {**rows, DECISION: document}


def _cells(
    sheet: RuleSheet, written: Mapping[str, str], kinds: Mapping[str, str]
) -> dict[str, str]:
    cells = {}
    for column in sheet.columns:
        text = ENDS.sub(" ", written.get(column.title, "")).strip()
        text = " ".join(APART.split(text)) if column.is_many else text
        cells[column.name] = kinds.get(text, text) if column.listed == "kinds" else text
    return cells


def _row(one: Written, cells: Mapping[str, str], before: Mapping[str, str]) -> RuleRow:
    is_off = one.cells.get(SWITCH, "") == YES
    if is_off:
        return RuleRow(one.place, cells, is_off, OFF)
    if not before:
        return RuleRow(one.place, cells, is_off, ADDED)
    origin = PACKAGED if cells == before else CHANGED
    return RuleRow(one.place, cells, is_off, origin)


def _fresh(sheet: RuleSheet, taken: Iterable[str]) -> Iterator[str]:
    """Numbers for new rows, beyond every one in use."""
    tail = re.compile(re.escape(sheet.prefix) + r"(\d+)")
    used = [int(own[1]) for key in taken if (own := tail.fullmatch(key))]
    number = max(used, default=0)
    while True:
        number += 1
        yield f"{sheet.prefix}{number:04d}"


def _what(was: RuleRow | None, row: RuleRow, names: Sequence[str]) -> str:
    if was is None:
        return "" if row.is_off else "新增"
    if was.is_off != row.is_off:
        return "停用" if row.is_off else "恢复"
    return "" if row.is_off or same_row(was.cells, row.cells, names) else "修改"


def _said(sheet: RuleSheet, was: RuleRow | None, row: RuleRow) -> str:
    """The row's name, and for a changed one each cell's old and new text."""
    if was is None or was.is_off or row.is_off:
        return _name(sheet, row)
    parts = [
        f"{column.title} {was.cells[column.name] or '空'}→{row.cells[column.name] or '空'}"
        for column in sheet.columns
        if not same(was.cells[column.name], row.cells[column.name])
    ]
    return f"{_name(sheet, row)}：{'，'.join(parts)}"


def _name(sheet: RuleSheet, row: RuleRow) -> str:
    """What a reader knows a row by: its first columns after the number."""
    names = [column.name for column in sheet.columns if column.name != sheet.key]
    return "·".join(row.cells[name] for name in names[:2] if row.cells[name])
