"""Keeps warehouse/表头对应表.xlsx: the headings of what was received that nobody knew.

What counts of the deliveries and the office's answers go in; the workbook is written when a
heading waits for an answer and taken away when none does. Answers given before stand in it again,
so that the filled one of raw/rules can be replaced by it. Reading answers is intake's, the page
is forms'.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from riskpipe.forms.mapping import Entry, mapping_workbook
from riskpipe.intake.layout import Layouts, plain
from riskpipe.intake.mapping import NAME, Answer, answers_of
from riskpipe.reception.desk import Desk
from riskpipe.reception.unknown import UnknownHeading, unknown_headings
from riskpipe.warehouse import Warehouse


def mapping_path(warehouse: Warehouse) -> Path:
    """Where the workbook stands."""
    return warehouse.root / f"{NAME}.xlsx"


def keep_mapping(warehouse: Warehouse, paths: Mapping[str, str], desk: Desk) -> None:
    """Write the workbook, or take it away; `paths` names every counted content."""
    path = mapping_path(warehouse)
    entries = entries_of(warehouse, paths, desk.layouts, answers_of(desk.rules, desk.limits))
    if all(entry.meant for entry in entries):
        path.unlink(missing_ok=True)
        return
    content = mapping_workbook(entries, desk.layouts)
    if not path.exists() or path.read_bytes() != content:
        draft = path.with_name(f".{path.name}.tmp")
        draft.write_bytes(content)
        draft.replace(path)


def waiting(warehouse: Warehouse) -> str | None:
    """What to do about unknown headings, one line; None when there are none."""
    path = mapping_path(warehouse)
    if not path.exists():
        return None
    return f"有不认识的表头，这些列没有入库：请填写 {path} 后放到 raw/rules/，再运行一次。"


def entries_of(
    warehouse: Warehouse, paths: Mapping[str, str], layouts: Layouts, answers: Sequence[Answer]
) -> list[Entry]:
    """Headings that wait, by table and heading; then the answers given before, in their order."""
    titles = {layout.name: layout.title for layout in layouts.layouts}
    seen: dict[tuple[str, str], list[tuple[UnknownHeading, str]]] = {}
    for content, path in sorted(paths.items(), key=lambda item: item[1]):
        for one in unknown_headings(warehouse, content):
            place = f"{path} · {one.sheet}" if one.sheet else path
            seen.setdefault((titles[one.layout], plain(one.heading)), []).append((one, place))
    said = {(answer.table, plain(answer.heading)): answer for answer in answers}
    waiting = [
        Entry(
            table,
            found[0][0].heading,
            tuple(dict.fromkeys(place for _, place in found)),
            found[0][0].nearest,
            "",
        )
        for (table, heading), found in sorted(seen.items())
        if (table, heading) not in said
    ]
    return waiting + [
        Entry(answer.table, answer.heading, (), (), answer.meant) for answer in answers
    ]
