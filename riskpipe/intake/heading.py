"""Which layout knows a sheet's headings, and what each column is under it.

A grid goes in, `Found` comes out: the layout, the heading rows and the column of every field; or
a `NoTable` refusal that names the nearest known layout, what is missing and what was not
understood. Where heading rows may stand is blocks.py's; no value of a data row is interpreted.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from riskpipe.intake.blocks import (
    DIGIT,
    SEARCHED_ROWS,
    Block,
    Rows,
    blocks,
    head_of,
    path_of,
    paths,
)
from riskpipe.intake.grid import Grid, Refusal
from riskpipe.intake.layout import Layout, Layouts, plain, unit_of
from riskpipe.intake.nearest import nearest

MINIMUM_SHARE = 0.4
"""Of the heading cells, how many a layout must know; else a chance word would choose it."""
DAY = re.compile(
    r"(\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?( 00:00:00)?|\d{1,2}[日号]|\d{4}-\d\d-\d\d 00:00:00"
)
FEWEST_DAYS = 7
FEWEST_TO_NAME = 3
"""With fewer headings known, naming a nearest layout would only mislead."""
FEWEST_BESIDE = 3
"""A second table beside the first has at least so many headings; less is a list of words."""


@dataclass(frozen=True)
class Found:
    """Headings found, as one layout reads a block; `unread` are (column, unknown heading)."""

    layout: Layout
    block: Block
    columns: Mapping[str, tuple[int, ...]]
    headings: Mapping[str, str]
    units: Mapping[str, str]
    unread: tuple[tuple[int, str], ...]

    @property
    def first(self) -> int:
        """The first heading row: a place in the grid from 0, -1 where the file brings its keys."""
        return self.block.first

    @property
    def last(self) -> int:
        """The last heading row."""
        return self.block.last

    @property
    def is_whole(self) -> bool:
        """Every needed heading is there, and enough of the others are known."""
        seen = sum(map(len, self.columns.values()))
        return (
            all(field in self.columns for field in self.layout.needed)
            and len(self.columns) >= 2
            and seen >= MINIMUM_SHARE * (seen + len(self.unread))
        )


class NoTable(Refusal):
    """No layout reads the headings; `near` is the one that knows most of them, if any does."""

    def __init__(self, code: str, facts: Mapping[str, object], near: Found | None) -> None:
        super().__init__(code, facts)
        self.near = near


def find(grid: Grid, layouts: Layouts) -> Found:
    """The best layout for a grid. Raises Refusal (days_across, side_by_side, headings …)."""
    if grid.keys is not None:
        return _best(tried([_keys(grid.keys)], layouts), grid)
    head = head_of(grid, 0, SEARCHED_ROWS)
    found = tried(blocks(head, 0, grid, layouts), layouts)
    if not any(one.is_whole for one in found):
        _refuse_days_across(head, grid)
    best = _best(found, grid)
    _refuse_side_by_side(best, grid, layouts)
    return best


def tried(candidates: list[Block], layouts: Layouts) -> list[Found]:
    """What every layout that owns some of a block's headings makes of it."""
    return [
        found
        for block in candidates
        for place in sorted(_owning(block, layouts))
        if (found := _match(block, place, layouts))
    ]


def rank(found: Found, grid: Grid) -> tuple[int, int, int, int]:
    """More headings first, then the sheet's own name, then fewer and earlier rows."""
    named = plain(grid.name) in found.layout.sheets
    return (len(found.columns), int(named), found.first - found.last, -found.first)


def _keys(keys: tuple[str, ...]) -> Block:
    """Keys that come with the file stand in no row."""
    return Block(-1, -1, tuple((key,) for key in keys), (), tuple(range(len(keys))))


def _owning(block: Block, layouts: Layouts) -> set[int]:
    owned = Counter(
        place
        for names in block.names
        for place in {
            place
            for name in (*names, *(paths(names) if names else ()))
            for place, field in layouts.owners(name)
            if field
        }
    )
    most = max(owned.values(), default=0)
    # A layout with less than half of the best one's headings can neither win nor be nearest.
    return {place for place, count in owned.items() if 2 * count >= most}


def _best(found: list[Found], grid: Grid) -> Found:
    whole = [one for one in found if one.is_whole]
    if not whole:
        raise _nearest(found)
    ranked = sorted(whole, key=lambda one: rank(one, grid), reverse=True)
    best = ranked[0]
    for rival in ranked[1:]:
        same_rank = rank(rival, grid)[:2] == rank(best, grid)[:2]
        if rival.layout.name != best.layout.name and same_rank:
            raise Refusal("ambiguous", {"one": best.layout.title, "other": rival.layout.title})
    return best


def _match(block: Block, place: int, layouts: Layouts) -> Found | None:
    """What a layout makes of a block: a column by its whole path, its child, then its parent."""
    given: dict[int, tuple[str, str]] = {}
    for way in (_by_path, _by_child):
        for column, field, text in way(block, place, layouts, dict(given)):
            is_taken = bool(field) and any(field == other for other, _ in given.values())
            is_taken &= field not in layouts.layouts[place].joined
            if column not in given and not is_taken:
                given[column] = (field, text)
    given = {c: (f, text) for c, f, text in _by_parent(block, place, layouts, given)} | given
    columns: dict[str, list[int]] = {}
    texts: dict[str, str] = {}
    for column, (field, text) in sorted(given.items()):
        if field:
            columns.setdefault(field, []).append(column)
            texts.setdefault(field, text)
    if not columns:
        return None
    return Found(
        layouts.layouts[place],
        block,
        {field: tuple(places) for field, places in columns.items()},
        texts,
        {field: unit_of(text) for field, text in texts.items()},
        tuple(
            (column, path_of(names))
            for column, names in enumerate(block.names)
            if names and column not in given
        ),
    )


Given = Mapping[int, tuple[str, str]]
Step = Iterator[tuple[int, str, str]]


def _by_path(block: Block, place: int, layouts: Layouts, _: Given) -> Step:
    """整改 over 责任人 is 整改责任人, and 复查 over 责任人 is not."""
    for column, names in enumerate(block.names):
        if len(names) > 1:
            for text in paths(names):
                for field in _fields(text, place, layouts):
                    yield column, field, text


def _by_child(block: Block, place: int, layouts: Layouts, given: Given) -> Step:
    """The lowest heading alone, unless it stands under several parents: that would be a guess."""
    others = [column for column in range(len(block.names)) if column not in given]
    is_deep = any(len(block.names[column]) > 1 for column in others)
    for column in others:
        names = block.names[column]
        if names and not (is_deep and block.is_ambiguous(column, others)):
            for field in _fields(names[0], place, layouts):
                yield column, field, names[0]


def _by_parent(block: Block, place: int, layouts: Layouts, given: Given) -> Step:
    """整改责任单位 over 建设, 设计, 施工: all of its columns, when no child is known by itself."""
    taken = {field for field, _ in given.values()}
    spoken_for = {parent for column in given for parent in block.names[column][1:]}
    for column, names in enumerate(block.names):
        for text in names[1:] if column not in given else ():
            for field in _fields(text, place, layouts):
                if field not in taken and text not in spoken_for:
                    yield column, field, text


def _fields(text: str, place: int, layouts: Layouts) -> Iterator[str]:
    """The fields a layout knows under a heading; "" is known and left aside."""
    return (field for owner, field in layouts.owners(text) if owner == place)


def _nearest(found: list[Found]) -> Refusal:
    if not found:
        return NoTable("no_headings", {}, None)
    near = max(found, key=lambda one: (len(one.columns), -len(one.unread)))
    if len(near.columns) < FEWEST_TO_NAME:
        return NoTable("no_headings", {}, None)
    missing = [field for field in near.layout.needed if field not in near.columns]
    facts = {
        "title": near.layout.title,
        "known": "、".join([*near.headings.values()][:8]),
        "missing": "、".join(map(near.layout.heading_of, missing)),
        "hint": _hint(near, missing),
    }
    return NoTable("headings" if missing else "few_headings", facts, near)


def _hint(near: Found, missing: list[str]) -> str:
    """Which of the unknown headings could be a missing one; none with a digit, perhaps a phone."""
    wanted = {near.layout.heading_of(field) for field in missing}
    alike = [
        f"“{text}”可能就是“{printed}”"
        for _, text in near.unread
        if not DIGIT.search(text)
        for printed in nearest(text, near.layout)
        if printed in wanted
    ]
    return f"表中{'，'.join(alike)}：请改名，或登记在《表头对应表》。" if alike else ""


def _refuse_days_across(head: Rows, grid: Grid) -> None:
    """A log whose columns are days is no ledger: one row is not one record."""
    for row, cells in enumerate(head):
        filled = [cell.strip() for cell in cells if cell]
        days = Counter(bool(DAY.fullmatch(cell)) for cell in filled)[True]
        if days >= FEWEST_DAYS and 2 * days >= len(filled):
            raise Refusal("days_across", {"row": grid.first_row + row, "days": days})


def _refuse_side_by_side(found: Found, grid: Grid, layouts: Layouts) -> None:
    """Two tables in one heading row: which of them a row belongs to cannot be told."""
    if _is_twice(found, layouts) or len(_whole_segments(found.block, layouts)) > 1:
        raise Refusal("side_by_side", {"row": grid.first_row + found.first})


def _is_twice(found: Found, layouts: Layouts) -> bool:
    """The needed headings stand there a second time, in the very same words."""
    taken = {column for places in found.columns.values() for column in places}
    rest = _only(found.block, [c for c in range(len(found.block.names)) if c not in taken])
    again = _match(rest, layouts.layouts.index(found.layout), layouts)
    return (
        again is not None
        and bool(found.layout.needed)
        and all(
            field in again.columns and plain(again.headings[field]) == plain(found.headings[field])
            for field in found.layout.needed
        )
    )


def _whole_segments(block: Block, layouts: Layouts) -> list[Found]:
    """Runs of columns between blank ones that are a whole table by themselves."""
    runs: list[list[int]] = [[]]
    for column, names in enumerate(block.names):
        if names:
            runs[-1].append(column)
        elif runs[-1]:
            runs.append([])
    whole = []
    for run in runs if len(runs) > 1 else ():
        found = tried([_only(block, run)], layouts) if len(run) >= FEWEST_BESIDE else []
        whole += [one for one in found if one.is_whole and one.layout.needed][:1]
    return whole


def _only(block: Block, columns: list[int]) -> Block:
    kept = set(columns)
    names = tuple(names if c in kept else () for c, names in enumerate(block.names))
    return replace(block, names=names)
