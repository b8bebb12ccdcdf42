"""The tables of a web page, as exporters save them under an Excel name: rows of text a table.

Runs in the limited child. Spans become merges, rows not displayed are hidden rows, pictures
are counted; scripts and styles are no text. A small table inside a cell is part of the cell's
text, a large one a table of its own. Which row is a heading is not asked here.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa

from riskpipe.intake.encodings import decoded
from riskpipe.intake.grid import Refusal
from riskpipe.intake.package import Stop
from riskpipe.intake.stream import stream

CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
BY_BYTES = re.compile(r"utf-?8|gb.*|x-gbk|cp936|utf-?16.*", re.IGNORECASE)
"""Character sets that the fixed order of encodings tells by itself, whatever the page says."""
HEAD = 4096
UNSHOWN = frozenset({"script", "style", "title", "noscript", "template"})
BREAKS = frozenset({"br", "p", "div", "li"})
OWN_ROWS = OWN_COLUMNS = 2
"""A table inside a cell that is as large as this stands for itself."""


@dataclass
class Table:
    """A table as far as it was read; places count from 0."""

    rows: list[dict[int, str]] = field(default_factory=list)
    taken: dict[int, set[int]] = field(default_factory=dict)
    merges: list[list[int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    pictures: Counter[int] = field(default_factory=Counter)
    width: int = 0
    column: int | None = None
    text: list[str] = field(default_factory=list)

    def is_layout(self) -> bool:
        """Whether it only arranges things: too small to be a list of records."""
        return len(self.rows) < OWN_ROWS or self.width < OWN_COLUMNS

    def all_text(self) -> str:
        """Its cells in order, one a line."""
        return "\n".join(text for row in self.rows for text in row.values() if text)


def sheets(content: bytes, order: dict[str, Any]) -> list[tuple[dict[str, Any], bytes]]:
    """Facts and Arrow stream of each table, in the order they end. Raises Stop."""
    reader = _Reader(order)
    reader.feed(_text(content))
    reader.close()
    reader.end_all()
    found = [table for table in reader.found if any(any(row.values()) for row in table.rows)]
    if len(found) > order["max_sheets"]:
        raise Stop("too_many_sheets", {"limit": order["max_sheets"]})
    names = [""] if len(found) == 1 else [f"表{number}" for number in range(1, len(found) + 1)]
    return [_sheet(name, table) for name, table in zip(names, found, strict=True)]


def _sheet(name: str, table: Table) -> tuple[dict[str, Any], bytes]:
    columns = [
        pa.array([row.get(place) or None for row in table.rows], pa.string())
        for place in range(table.width)
    ]
    facts = {
        "name": name,
        "hidden": False,
        "merges": table.merges,
        "hidden_rows": table.hidden,
        "pictures": sorted(table.pictures.items()),
        "unvalued": [],
    }
    return facts, stream(columns)


def _text(content: bytes) -> str:
    """The page's text: by the fixed order of encodings, else as the page says. Raises Stop."""
    said = CHARSET.search(content[:HEAD])
    charset = said[1].decode() if said else "utf-8"
    try:
        if not BY_BYTES.fullmatch(charset):
            return content.decode(charset)
        return decoded(content)
    except (UnicodeDecodeError, LookupError):
        raise Stop("encoding", {}) from None
    except Refusal as refusal:
        raise Stop(refusal.code, dict(refusal.facts)) from None


class _Reader(HTMLParser):
    """Collects tables; forgiving as browsers are about tags that are not closed."""

    def __init__(self, order: dict[str, Any]) -> None:
        super().__init__(convert_charrefs=True)
        self.order = order
        self.found: list[Table] = []
        self.open: list[Table] = []
        self.unshown = 0
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSHOWN:
            self.unshown += 1
        elif tag == "table":
            self.open.append(Table())
        elif self.open:
            self._inside(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNSHOWN:
            self.handle_starttag(tag, attrs)
            if tag in ("td", "th"):
                self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSHOWN:
            self.unshown = max(0, self.unshown - 1)
        elif tag == "table" and self.open:
            self._end_table()
        elif tag in ("td", "th", "tr") and self.open:
            self._end_cell(self.open[-1])
        elif tag in BREAKS and self.open:
            self.open[-1].text.append("\n")

    def handle_data(self, data: str) -> None:
        if self.open and not self.unshown and self.open[-1].column is not None:
            self.open[-1].text.append(re.sub(r"[ \t\r\n\f\xa0]+", " ", data))

    def end_all(self) -> None:
        """Close what the page left open."""
        while self.open:
            self._end_table()

    def _inside(self, tag: str, attributes: dict[str, str]) -> None:
        table = self.open[-1]
        if tag == "tr":
            self._end_cell(table)
            self._start_row(table, attributes)
        elif tag in ("td", "th"):
            self._end_cell(table)
            if not table.rows:
                self._start_row(table, {})
            self._start_cell(table, attributes)
        elif tag == "img":
            table.pictures[len(table.rows)] += 1
        elif tag in BREAKS:
            table.text.append("\n")

    def _start_row(self, table: Table, attributes: dict[str, str]) -> None:
        table.rows.append({})
        if len(table.rows) > self.order["max_rows"]:
            raise Stop("too_many_rows", {"sheet": "", "limit": self.order["max_rows"]})
        if "display:none" in attributes.get("style", "").replace(" ", "").lower():
            table.hidden.append(len(table.rows))

    def _start_cell(self, table: Table, attributes: dict[str, str]) -> None:
        row = len(table.rows) - 1
        taken = table.taken.setdefault(row, set())
        column = next(place for place in range(len(taken) + 1) if place not in taken)
        across, down = _span(attributes, "colspan"), _span(attributes, "rowspan")
        right = column + across
        if right > self.order["max_columns"]:
            raise Stop("too_many_columns", {"sheet": "", "limit": self.order["max_columns"]})
        down = min(down, self.order["max_rows"] - row)
        self.cells += across * down
        if self.cells > self.order["max_cells"]:
            facts = {"sheet": "", "row": row + 1, "limit": self.order["max_cells"]}
            raise Stop("too_large", facts)
        for below in range(row, row + down):
            table.taken.setdefault(below, set()).update(range(column, right))
        if across > 1 or down > 1:
            table.merges.append([row + 1, row + down, column + 1, right])
        table.width = max(table.width, right)
        table.column, table.text = column, []

    def _end_cell(self, table: Table) -> None:
        if table.column is None:
            return
        lines = (re.sub(r" +", " ", line).strip() for line in "".join(table.text).split("\n"))
        table.rows[-1][table.column] = "\n".join(line for line in lines if line)
        table.column, table.text = None, []
        table.taken.pop(len(table.rows) - 2, None)  # a finished row is not asked again

    def _end_table(self) -> None:
        table = self.open.pop()
        self._end_cell(table)
        if self.open and table.is_layout():
            self.open[-1].text.append("\n" + table.all_text() + "\n")
            self.open[-1].pictures[len(self.open[-1].rows)] += table.pictures.total()
        elif table.rows:
            self.found.append(table)


def _span(attributes: dict[str, str], name: str) -> int:
    digits = attributes.get(name, "").strip()
    return max(1, int(digits)) if digits.isdecimal() and len(digits) < 8 else 1
