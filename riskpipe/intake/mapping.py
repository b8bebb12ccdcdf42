"""The office's 表头对应表: what it says an unknown heading means, laid over the layouts.

The filled-in workbook (or CSV) of raw/rules goes in, `Answer`s come out, and with the layouts the
layouts that know them: a heading becomes an alias of a field or is left aside (不需要). A heading
mapped to a personal field goes to the vault like any other alias; one that is personal already
cannot be mapped away. A wrong entry raises RuleError, in Chinese, with file and row. Writing the
workbook is forms'.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from riskpipe.intake.grid import Grid, Refusal, cleaned
from riskpipe.intake.layout import Layout, Layouts, owned, plain, spelled
from riskpipe.intake.reading import grids_of, problem_of
from riskpipe.rules import RuleError, Rules
from riskpipe.settings import IntakeLimits

NAME = "表头对应表"
ENDINGS = (".xlsx", ".csv")
TABLE, WRITTEN, ANSWER = "表", "表头原文", "对应表头"
NOT_NEEDED = "不需要"


@dataclass(frozen=True)
class Answer:
    """A filled row: in the table of this title, a heading means the printed heading `meant`."""

    place: str
    """File and row, for messages."""
    table: str
    heading: str
    meant: str


def answers_of(rules: Rules, limits: IntakeLimits) -> tuple[Answer, ...]:
    """The filled rows of raw/rules/表头对应表.xlsx or .csv, none when there is no such file.

    Raises RuleError for a file that cannot be read, that lacks a column, or when both lie there.
    """
    paths = [path for ending in ENDINGS if (path := rules.office / f"{NAME}{ending}").is_file()]
    if len(paths) > 1:
        raise RuleError(
            f"{rules.office.name} 里有两份{NAME}（.xlsx 和 .csv），不知以哪份为准：请只留一份。"
        )
    return tuple(answer for path in paths for answer in _read(path, rules, limits))


def mapped(layouts: Layouts, answers: Iterable[Answer]) -> Layouts:
    """The layouts with every answer. Raises RuleError for a wrong one."""
    known = list(layouts.layouts)
    seen: dict[tuple[int, str], Answer] = {}
    for answer in answers:
        place = _table(answer, layouts)
        first = seen.setdefault((place, plain(answer.heading)), answer)
        if first is not answer:
            raise RuleError(
                f"{answer.place}：表头“{answer.heading}”已在{first.place}填过，请只留一行。"
            )
        field = _field(answer, place, layouts)
        if not _is_known(answer, field, place, layouts):
            known[place] = _with_alias(known[place], answer.heading, field)
    if not seen:
        return layouts
    return replace(
        layouts,
        layouts=tuple(known),
        by_heading=owned(tuple(known)),
        spellings=spelled(tuple(known)),
        _seen={},
    )


def version_of(answers: Sequence[Answer]) -> str:
    """Hash of what the answers say, in no order: part of what decides a file's text."""
    said = sorted((answer.table, answer.heading, answer.meant) for answer in answers)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _read(path: Path, rules: Rules, limits: IntakeLimits) -> list[Answer]:
    try:
        grids = [cleaned(grid) for grid in grids_of(path.read_bytes(), path.name, limits)]
    except Refusal as refusal:
        raise RuleError(f"{path.name} 读不出：{problem_of(refusal, rules).message}") from None
    for grid in grids:
        at = _headings_at(grid)
        if at is not None:
            return _rows(grid, at, path.name)
    raise RuleError(
        f"{path.name} 里找不到“{TABLE}”“{WRITTEN}”“{ANSWER}”三列：请用程序写出的{NAME}填写。"
    )


def _headings_at(grid: Grid) -> int | None:
    for row, cells in enumerate(_cells(grid)):
        if {TABLE, WRITTEN, ANSWER} <= {plain(cell) for cell in cells}:
            return row
    return None


def _rows(grid: Grid, at: int, file: str) -> list[Answer]:
    rows = _cells(grid)
    headings = [plain(cell) for cell in rows[at]]
    table, written, answer = (headings.index(name) for name in (TABLE, WRITTEN, ANSWER))
    return [
        Answer(f"{file} 第 {grid.first_row + row} 行", cells[table], cells[written], cells[answer])
        for row, cells in enumerate(rows)
        if row > at and cells[answer]
    ]


def _cells(grid: Grid) -> list[list[str]]:
    columns = [column.to_pylist() for column in grid.cells.columns]
    return [[(cell or "").strip() for cell in row] for row in zip(*columns, strict=True)]


def _table(answer: Answer, layouts: Layouts) -> int:
    if not answer.heading:
        raise RuleError(f"{answer.place}：“{WRITTEN}”是空的，请写上表头原文或清空这一行。")
    for place, layout in enumerate(layouts.layouts):
        if plain(answer.table) in (plain(layout.title), *layout.sheets):
            return place
    raise RuleError(f"{answer.place}：没有名为“{answer.table}”的表，请从下拉列表中选。")


def _field(answer: Answer, place: int, layouts: Layouts) -> str:
    """The field an answer names, "" for 不需要."""
    if plain(answer.meant) == NOT_NEEDED:
        return ""
    for owner, field in layouts.owners(answer.meant):
        if owner == place and field:
            return field
    title = layouts.layouts[place].title
    raise RuleError(
        f"{answer.place}：“{title}”没有名为“{answer.meant}”的表头，请从下拉列表中选，"
        f"或填“{NOT_NEEDED}”。"
    )


def _is_known(answer: Answer, field: str, place: int, layouts: Layouts) -> bool:
    """Whether the layout knows the heading already, as the same. Raises RuleError if as another."""
    layout = layouts.layouts[place]
    fields = {known for owner, known in layouts.owners(answer.heading) if owner == place}
    if not fields or field in fields:
        return bool(fields)
    known = max(fields)
    said = (
        "是个人信息或已登记为不读取的列"
        if not known or known in layout.personal
        else f"本来就是“{layout.heading_of(known)}”"
    )
    raise RuleError(f"{answer.place}：表头“{answer.heading}”{said}，不能改作他用，请删除这一行。")


def _with_alias(layout: Layout, heading: str, field: str) -> Layout:
    """A heading shown with its parents (整改/责任人) is known as its parts put together too."""
    spelled_out = tuple(dict.fromkeys((heading, heading.replace("/", ""))))
    if not field:
        return replace(layout, aside=layout.aside | {plain(one) for one in spelled_out})
    if field in layout.personal:
        return replace(layout, personal=_added(layout.personal, field, spelled_out))
    return replace(layout, headings=_added(layout.headings, field, spelled_out))


def _added(
    aliases: Mapping[str, tuple[str, ...]], field: str, more: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    return {**aliases, field: (*aliases[field], *more)}
