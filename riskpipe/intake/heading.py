"""Where a sheet's headings stand and which layout knows them.

A grid goes in, `Found` comes out: the layout, the heading rows and what each column is; or a
Refusal that names the nearest known layout and what is missing. Headings may lie under title
rows, over one to four rows with merged parents, among file-level facts. No value of a data
row is interpreted.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from riskpipe.intake.grid import Grid, Refusal
from riskpipe.intake.layout import Layout, Layouts, plain, unit_of

SEARCHED_ROWS = 40
DEEPEST = 4
MINIMUM_SHARE = 0.4
"""Of the heading cells, how many a layout must know; else a chance word would choose it."""
DAY = re.compile(
    r"(\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?( 00:00:00)?|\d{1,2}[日号]|\d{4}-\d\d-\d\d 00:00:00"
)
FEWEST_DAYS = 7
FEWEST_TO_NAME = 3
"""With fewer headings known, naming a nearest layout would only mislead."""


@dataclass(frozen=True)
class Found:
    """Headings found. Rows are places in the grid, from 0; `unread` are unknown headings."""

    layout: Layout
    first: int
    last: int
    columns: dict[str, tuple[int, ...]]
    headings: dict[str, str]
    units: dict[str, str]
    unread: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class _Block:
    """Candidate heading rows: what each column is called, lowest heading first."""

    first: int
    last: int
    names: tuple[tuple[str, ...], ...]


def find(grid: Grid, layouts: Layouts) -> Found:
    """The best layout for a grid. Raises Refusal (days_across, headings, ambiguous …)."""
    if grid.keys is not None:
        return _best(_tried([_Block(-1, -1, tuple((key,) for key in grid.keys))], layouts), grid)
    head = _head(grid)
    tried = _tried(_blocks(head, grid, layouts), layouts)
    if not any(_is_whole(found) for found in tried):
        _refuse_days_across(head, grid)
    return _best(tried, grid)


def _head(grid: Grid) -> list[list[str]]:
    top = grid.cells.slice(0, SEARCHED_ROWS)
    columns = [column.to_pylist() for column in top.columns]
    return [[column[row] or "" for column in columns] for row in range(top.num_rows)]


def _blocks(head: list[list[str]], grid: Grid, layouts: Layouts) -> list[_Block]:
    """Every run of rows that could be the headings: each row of it adds known headings."""
    headings = {
        cell for cell in {cell for row in head for cell in row if cell} if layouts.owners(cell)
    }
    known = [[cell in headings for cell in row] for row in head]
    blocks = []
    for first, row in enumerate(known):
        if not any(row):
            continue
        for last in range(first, min(first + DEEPEST, len(head))):
            if last > first and sum(known[last]) < 2:
                break
            end = max(last, _merged_down(grid, first, last, row))
            blocks.append(_Block(first, end, _names(head, grid, first, min(end, len(head) - 1))))
    return blocks


def _tried(blocks: list[_Block], layouts: Layouts) -> list[Found]:
    """What every layout that owns some of a block's headings makes of it."""
    return [
        found
        for block in blocks
        for place in sorted(_owning(block, layouts))
        if (found := _match(block, layouts.layouts[place], place, layouts))
    ]


def _owning(block: _Block, layouts: Layouts) -> set[int]:
    owned = Counter(
        place
        for names in block.names
        for place in {place for name in names for place, field in layouts.owners(name) if field}
    )
    most = max(owned.values(), default=0)
    # A layout with less than half of the best one's headings can neither win nor be nearest.
    return {place for place, count in owned.items() if 2 * count >= most}


def _merged_down(grid: Grid, first: int, last: int, known: Sequence[bool]) -> int:
    """The last row that a heading of the first row reaches down to by a merge."""
    reached = [
        merge.last_row - grid.first_row
        for merge in grid.merges
        if first <= merge.first_row - grid.first_row <= last
        and merge.last_row > merge.first_row
        and merge.last_row - merge.first_row < DEEPEST
        and known[min(merge.first_column, len(known)) - 1]
    ]
    return max(reached, default=last)


def _names(head: list[list[str]], grid: Grid, first: int, last: int) -> tuple[tuple[str, ...], ...]:
    """Per column its headings from the lowest row up, parents spread over their children."""
    rows = [list(head[row]) for row in range(first, last + 1)]
    for merge in grid.merges:
        at = merge.first_row - grid.first_row - first
        if 0 <= at < len(rows) and merge.first_column <= len(rows[at]):
            value = rows[at][merge.first_column - 1]
            for column in range(merge.first_column, min(merge.last_column, len(rows[at]))):
                rows[at][column] = value
    if not grid.merges:
        _spread(rows)
    return tuple(
        tuple(row[column] for row in reversed(rows) if row[column])
        for column in range(len(rows[0]))
    )


def _spread(rows: list[list[str]]) -> None:
    """Without merged ranges: a blank parent over a child takes the parent to its left."""
    for upper, lower in pairwise(rows):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column]:
                upper[column] = upper[column - 1]


def _best(tried: list[Found], grid: Grid) -> Found:
    whole = [found for found in tried if _is_whole(found)]
    if not whole:
        raise _nearest(tried)
    ranked = sorted(whole, key=lambda found: _rank(found, grid), reverse=True)
    best = ranked[0]
    for rival in ranked[1:]:
        same_rank = _rank(rival, grid)[:2] == _rank(best, grid)[:2]
        if rival.layout.name != best.layout.name and same_rank:
            raise Refusal("ambiguous", {"one": best.layout.title, "other": rival.layout.title})
    return best


def _rank(found: Found, grid: Grid) -> tuple[int, int, int, int]:
    """More headings first, then the sheet's own name, then fewer and earlier rows."""
    named = plain(grid.name) in found.layout.sheets
    return (len(found.columns), int(named), found.first - found.last, -found.first)


def _match(block: _Block, layout: Layout, place: int, layouts: Layouts) -> Found | None:
    """What a layout makes of a block: children by their own heading, else by their parent's."""
    columns: dict[str, list[int]] = {}
    texts: dict[str, str] = {}
    unread: list[tuple[int, str]] = []
    parents: dict[str, str] = {}
    for column, names in enumerate(block.names):
        if not names:
            continue
        field, text = _field(names, place, columns, parents, layouts)
        if field is None:
            unread.append((column, "/".join(dict.fromkeys(reversed(names)))))
        elif field:
            columns.setdefault(field, []).append(column)
            texts.setdefault(field, text)
    if not columns:
        return None
    return Found(
        layout,
        block.first,
        block.last,
        {field: tuple(places) for field, places in columns.items()},
        texts,
        {field: unit_of(text) for field, text in texts.items()},
        tuple(unread),
    )


def _field(
    names: tuple[str, ...],
    place: int,
    taken: dict[str, list[int]],
    parents: dict[str, str],
    layouts: Layouts,
) -> tuple[str | None, str]:
    """The field of a column and the heading that gave it; "" is aside, None unknown."""
    joined = "".join(reversed(names))
    for level, text in enumerate((names[0], joined, *names[1:])):
        for owner, field in layouts.owners(text):
            if owner != place:
                continue
            is_parent = level > 1
            if field in taken and not (is_parent and parents.get(field) == text):
                continue
            if is_parent:
                parents[field] = text
            return field, text
    return None, ""


def _is_whole(found: Found) -> bool:
    seen = sum(map(len, found.columns.values()))
    return (
        all(field in found.columns for field in found.layout.needed)
        and len(found.columns) >= 2
        and seen >= MINIMUM_SHARE * (seen + len(found.unread))
    )


def _nearest(tried: list[Found]) -> Refusal:
    if not tried:
        return Refusal("no_headings", {})
    near = max(tried, key=lambda f: (len(f.columns), -len(f.unread)))
    if len(near.columns) < FEWEST_TO_NAME:
        return Refusal("no_headings", {})
    missing = [near.layout.heading_of(f) for f in near.layout.needed if f not in near.columns]
    known = list(near.headings.values())
    return Refusal(
        "headings" if missing else "few_headings",
        {
            "title": near.layout.title,
            "known": "、".join(known[:8]),
            "missing": "、".join(missing),
        },
    )


def _refuse_days_across(head: list[list[str]], grid: Grid) -> None:
    """A log whose columns are days is no ledger: one row is not one record."""
    for row, cells in enumerate(head):
        filled = [cell.strip() for cell in cells if cell]
        days = Counter(bool(DAY.fullmatch(cell)) for cell in filled)[True]
        if days >= FEWEST_DAYS and 2 * days >= len(filled):
            raise Refusal("days_across", {"row": grid.first_row + row, "days": days})
