"""A sheet being written together with what must become of each of its rows.

Rows are put down one after another as an office types them; the page keeps, by the number
Excel will show, whether a row must be accepted, rejected for which headings, or ignored. So a
file and its expectation cannot drift apart, and neither knows the program.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.hostile.case import WHOLE, Cell, Expected, Notice, Place
from tests.hostile.records import FINDINGS, finding

Record = Callable[[int], dict[str, Any]]


@dataclass
class Page:
    """Rows and their fates. `name` is the sheet's, empty for text files."""

    name: str = "隐患排查台账"
    headings: Sequence[str] = FINDINGS
    record: Record = finding
    kind: str = "隐患排查台账"
    rows: list[list[Any]] = field(default_factory=list)
    good: set[Place] = field(default_factory=set)
    bad: dict[Place, frozenset[str]] = field(default_factory=dict)
    emptied: set[Cell] = field(default_factory=set)
    values: dict[Cell, Any] = field(default_factory=dict)
    items: dict[Place, int] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    count: int = 0

    @property
    def here(self) -> int:
        """The number of the last row written."""
        return len(self.rows)

    def aside(self, *cells: Any) -> int:
        """A row that is ignored: title, note, total, blank. Its number."""
        self.rows.append(list(cells))
        return self.here

    def head(self) -> int:
        """The headings, in one row."""
        return self.aside(*self.headings)

    def take(self, **changed: Any) -> int:
        """A record that must be accepted whole."""
        self._write(changed)
        self.good.add((self.name, self.here))
        return self.here

    def many(self, count: int) -> "Page":
        """Sound records."""
        for _ in range(count):
            self.take()
        return self

    def becomes(self, column: str, value: Any, **changed: Any) -> int:
        """A sound record one of whose fields must read as `value`."""
        row = self.take(**changed)
        self.values[self.name, row, column] = value
        return row

    def reject(self, *headings: str, **changed: Any) -> int:
        """A record that must be rejected for these headings."""
        self._write(changed)
        self.bad[self.name, self.here] = frozenset(headings)
        return self.here

    def empty(self, *headings: str, **changed: Any) -> int:
        """A record that is accepted while these cells are emptied with a line each."""
        row = self.take(**changed)
        self.emptied |= {(self.name, row, heading) for heading in headings}
        return row

    def refuse(self, *cells: Any) -> int:
        """A row that is no record and cannot be ignored: rejected as a whole."""
        self.rows.append(list(cells))
        self.bad[self.name, self.here] = WHOLE
        return self.here

    def split(self, items: int, **changed: Any) -> int:
        """A record that holds several findings."""
        row = self.take(**changed)
        self.items[self.name, row] = items
        return row

    def notice(self, row: int | None, words: str) -> None:
        """Something must be said of a row or of the sheet."""
        self.notices.append(Notice(self.name, row, words))

    def _write(self, changed: dict[str, Any]) -> None:
        self.count += 1
        record = self.record(self.count) | changed
        if unknown := changed.keys() - set(self.headings):
            raise KeyError(f"no such heading: {sorted(unknown)}")
        self.rows.append([record.get(heading) for heading in self.headings])


def fate(*pages: Page, **more: Any) -> Expected:
    """What must become of a file of these pages."""
    good = frozenset().union(*(page.good for page in pages))
    bad = {place: why for page in pages for place, why in page.bad.items()}
    kinds = dict.fromkeys(page.kind for page in pages if page.good or page.bad or page.rows)
    status = "已接收" if not bad else "部分接收" if good else "拒收"
    plain: dict[str, Any] = {
        "status": status,
        "kinds": "、".join(kinds),
        "good": good,
        "bad": bad,
        "emptied": frozenset().union(*(page.emptied for page in pages)),
        "values": {cell: value for page in pages for cell, value in page.values.items()},
        "items": {place: count for page in pages for place, count in page.items.items()},
        "notices": tuple(notice for page in pages for notice in page.notices),
    }
    return Expected(**plain | more)


def unread(*pages: Page, codes: set[str], says: tuple[str, ...], **more: Any) -> Expected:
    """Sheets that are refused: every row that holds anything is rejected as a whole."""
    bad = {
        (page.name, number): WHOLE
        for page in pages
        for number, row in enumerate(page.rows, 1)
        if any(cell not in (None, "") for cell in row)
    }
    return Expected("拒收", bad=bad, refusal=frozenset(codes), says=says, **more)
