"""Fill-in workbooks for one office: its own lists from the register, a sender, a month, a folder.

Streets, communities, units and campaigns are taken from the published register tables when
reference tables were delivered; before that the lists are empty and can be written in by hand.
No phone of the unit list is read. A file that is there already is never overwritten: somebody
may have filled it in.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from riskpipe import forms
from riskpipe.calendar import month_end, month_start
from riskpipe.forms import Filling, OfficeLists
from riskpipe.rules import Rules
from riskpipe.walk.office import Office, month_from
from riskpipe.walk.trouble import UseError

STREET_LEVEL, COMMUNITY_LEVEL = 2, 3
NOT_IN_NAMES = frozenset('/\\:*?"<>|\n\t')


@dataclass(frozen=True)
class Asked:
    """What the forms are for: empty where not said. `month` is YYYY-MM."""

    street: str
    unit: str
    month: str
    rows: int

    @property
    def sender(self) -> str:
        """Who will send them in."""
        return self.unit or self.street


@dataclass(frozen=True)
class Template:
    """One workbook that lies ready; `is_new` when it was not there before."""

    title: str
    path: Path
    is_new: bool


def templates(
    office: Office, kinds: Sequence[str], asked: Asked, lists: OfficeLists, folder: Path
) -> list[Template]:
    """Write the workbooks of these kinds into a folder.

    Raises UseError for an unknown kind, street or month, and for a file that would be lost.
    """
    rules = Rules(office.settings.rules_folder)
    filling = _filling(office, asked, lists)
    books = [_book(kind, rules) for kind in kinds]
    return [
        _put(folder / _file_name(book.title, asked), book.title, content)
        for book in books
        for content in [forms.workbook(book, filling, lists, rules)]
    ]


def kinds_of(office: Office) -> Mapping[str, str]:
    """Word → Chinese title of every workbook."""
    return forms.book_names(Rules(office.settings.rules_folder))


def lists_of(office: Office, month: str) -> OfficeLists:
    """The office's streets, communities, units and campaigns in force in that month or now."""
    grids = _rows(
        office, "register/grids", ["grid_no", "grid_level", "street", "community", "valid_to_on"]
    )
    units = _rows(office, "register/units", ["unit", "street", "office_order"])
    campaigns = _rows(office, "register/campaigns", ["campaign", "ends_on"])
    day = _day(office, month)
    grids = sorted(_lasting(grids, "valid_to_on", day), key=lambda row: row["grid_no"])
    units.sort(key=lambda row: (row["office_order"] is None, row["office_order"], row["unit"]))
    streets = _streets(grids) or dict.fromkeys((u["street"] for u in units if u["street"]), "")
    order = list(streets)
    pairs = dict.fromkeys(
        (row["street"], row["community"])
        for row in grids
        if row["grid_level"] == COMMUNITY_LEVEL and row["community"] and row["street"] in streets
    )
    return OfficeLists(
        streets=tuple(streets.items()),
        communities=tuple(sorted(pairs, key=lambda pair: order.index(pair[0]))),
        units=tuple(dict.fromkeys(row["unit"] for row in units)),
        campaigns=tuple(sorted({r["campaign"] for r in _lasting(campaigns, "ends_on", day)})),
    )


def _streets(grids: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {
        row["street"]: row["grid_no"]
        for row in grids
        if row["grid_level"] == STREET_LEVEL and row["street"]
    }


def _rows(office: Office, key: str, columns: list[str]) -> list[dict[str, Any]]:
    path = office.warehouse.table_path(key)
    return pq.read_table(path, columns=columns).to_pylist() if path.exists() else []


def _day(office: Office, month: str) -> date | None:
    """The day a name must still be in use: the month's first, else the register's as-of date."""
    if month:
        return month_from(month)
    runs = _rows(office, "calendar/run", ["as_of_on"])
    return runs[0]["as_of_on"] if runs else None


def _lasting(rows: Iterable[dict[str, Any]], end: str, day: date | None) -> list[dict[str, Any]]:
    return [row for row in rows if day is None or row[end] is None or row[end] >= day]


def _filling(office: Office, asked: Asked, lists: OfficeLists) -> Filling:
    month_on = month_from(asked.month) if asked.month else None
    closes_on = office.settings.month_closes_on
    codes = dict(lists.streets)
    if asked.street and codes and asked.street not in codes:
        raise UseError(
            f"三级网格表里没有“{asked.street[:20]}”：请照表写，现有 {'、'.join(codes)}。"
        )
    return Filling(
        sender=asked.sender,
        street=asked.street,
        street_code=codes.get(asked.street, ""),
        month=month_on,
        period=(month_start(month_on, closes_on), month_end(month_on, closes_on))
        if month_on
        else None,
        rows=asked.rows,
    )


def _book(kind: str, rules: Rules) -> forms.Book:
    try:
        return forms.book_of(kind, rules)
    except forms.UnknownFormError as error:
        raise UseError(str(error)) from None


def _file_name(title: str, asked: Asked) -> str:
    """报送单位_表名_统计月份.xlsx (HEADERS §0), without the parts nobody said."""
    if NOT_IN_NAMES & set(asked.sender) or asked.sender.startswith("."):
        raise UseError(f"报送单位“{asked.sender[:20]}”不能作文件名：请去掉 / \\ : * ? 等符号。")
    return "_".join(filter(None, (asked.sender, title, asked.month))) + ".xlsx"


def _put(path: Path, title: str, content: bytes) -> Template:
    if path.exists():
        if path.read_bytes() == content:
            return Template(title, path, is_new=False)
        raise UseError(f"{path} 已有同名文件，可能已经填写：请先移走它，或用 --out 另给目录。")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return Template(title, path, is_new=True)
