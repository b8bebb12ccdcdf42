"""What is due back: the deliveries whose mistakes nobody has corrected yet.

The ledger and the emptied cells of a run go in, one row of `Returns` per delivery to be sent
back comes out. How the sheet that goes back looks is not decided here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.calendar import month_end
from riskpipe.tables.base import schema_of
from riskpipe.tables.intake import Returns
from riskpipe.vocabulary import UNKNOWN_SENDER

REPEATED = "重复内容"
WITHDRAWN = "withdrawn"
CORRECTION = "更正重报"
ADDITION = "补报"
# What a copy, a return sheet or a second version adds to a file's name.
DECORATION = re.compile(
    r"^退回_(?:\d{4}-\d\d-\d\d_)?|[(（]\d+[)）]$|[-_ ]?[(（]?(?:更正重报|更正|重报|改)[)）]?$"
)
KIND_MARK = "、"
LAST_DAY = 31

Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Found:
    """A delivery of the ledger with what is wrong in it."""

    row: Row
    emptied: int
    refused: int

    @property
    def bad_rows(self) -> int:
        return self.row["rows_rejected"] or 0

    @property
    def is_wrong(self) -> bool:
        is_refused = self.row["status"] in ("拒收", "无法读取")
        return bool(is_refused or self.bad_rows or self.emptied or self.refused)

    @property
    def records(self) -> int:
        return (self.row["rows_accepted"] or 0) + self.bad_rows


def due(deliveries: pa.Table, sheets: pa.Table, rejected_cells: pa.Table) -> pa.Table:
    """`Returns`: every delivery that holds a mistake and has not been superseded, by sender.

    A mistake is a rejected row, an emptied cell, a refused sheet or a refused file. A content
    that stands under several paths is due once; what the office withdrew is not. A delivery
    is superseded when a later one of the same known sender stands for all of it (`_stands_for`);
    in doubt it stays on the list: asking twice costs less than a lost row.
    """
    emptied = Counter(rejected_cells["content_hash"].to_pylist())
    refused = Counter(sheets.filter(pc.is_valid(sheets["reason"]))["content_hash"].to_pylist())
    found = [
        _Found(row, emptied[row["content_hash"]], refused[row["content_hash"]])
        for row in deliveries.to_pylist()
        if row["status"] != REPEATED and row["reason"] != WITHDRAWN
    ]
    from_sender: dict[str, list[_Found]] = defaultdict(list)
    for one in found:
        from_sender[one.row["sender"]].append(one)
    rows = [
        _row(one)
        for one in found
        if one.is_wrong
        and not any(_supersedes(other, one) for other in from_sender[one.row["sender"]])
    ]
    rows.sort(key=lambda row: (row["sender"], str(row["delivered_on"]), row["path"]))
    return pa.Table.from_pylist(rows, schema=schema_of(Returns))


def _row(found: _Found) -> Row:
    names = ("delivery_id", "path", "content_hash", "sender", "delivered_on", "kinds", "message")
    return {name: found.row[name] for name in names} | {
        "rejected_count": found.row["rows_rejected"],
        "emptied_count": found.emptied,
        "refused_count": found.refused,
    }


def _supersedes(later: _Found, found: _Found) -> bool:
    one, other = later.row, found.row
    return (
        one["sender"] == other["sender"] != UNKNOWN_SENDER
        and _is_after(one, other)
        and _is_about_the_same(one, other)
        and _stands_for(later, found)
    )


def _is_after(one: Row, other: Row) -> bool:
    """Delivered on a later day; on the same day only what calls itself a correction is later."""
    if one["delivered_on"] is None or other["delivered_on"] is None:
        return False
    is_correction = one["nature"] == CORRECTION != other["nature"]
    return one["delivered_on"] > other["delivered_on"] or (
        one["delivered_on"] == other["delivered_on"] and is_correction
    )


def _is_about_the_same(one: Row, other: Row) -> bool:
    """All kinds of sheets of the other one, over all of its period.

    Where no kind or no period can be told, the file must bear the same name.
    """
    is_namesake = _plain_name(one["path"]) == _plain_name(other["path"])
    kinds = _kinds(other)
    if not is_namesake and not (kinds and kinds <= _kinds(one)):
        return False
    if one["named_month_on"] and one["named_month_on"] == other["named_month_on"]:
        return True
    period, wanted = _period(one), _period(other)
    if period is None or wanted is None:
        return is_namesake
    return period[0] <= wanted[0] and period[1] >= wanted[1]


def _stands_for(later: _Found, found: _Found) -> bool:
    """Whether the later delivery answers for every row of the earlier one.

    A whole re-delivery does: it holds at least as many records, and what is still wrong in it
    is told from it. Rows of a refused sheet cannot be counted as records: there the later one must
    be without a mistake. A 更正重报 of single rows does when it is without a mistake and
    no smaller than what was wrong. A 补报 brings other rows and answers for none.
    """
    nature = later.row["nature"]
    if nature == ADDITION or not later.records:
        return False
    if found.refused or found.row["rows_seen"] is None:
        return not later.is_wrong
    if later.records >= found.records:
        return True
    wrong = found.bad_rows + found.emptied
    return nature == CORRECTION and not later.is_wrong and later.records >= wrong


def _kinds(row: Row) -> frozenset[str]:
    read = (row["kinds"] or "").split(KIND_MARK)
    return frozenset(filter(None, read)) or frozenset(filter(None, [row["stated_kind"]]))


def _period(row: Row) -> tuple[date, date] | None:
    """The months the delivery is about: as stated, else as its file name says."""
    first, last = row["period_from_on"], row["period_to_on"]
    if first and last:
        return first, last
    named: date | None = row["named_month_on"]
    return (named, month_end(named, LAST_DAY)) if named else None


def _plain_name(path: str) -> str:
    """The file's own name without its ending and without what marks a further version of it."""
    name, before = PurePosixPath(path).stem, ""
    while name != before:
        name, before = DECORATION.sub("", name).strip(), name
    return name


def line_of(row: Row) -> str:
    """One delivery of the list as it is printed."""
    wrong: Sequence[str] = [
        f"{title} {count} {unit}"
        for title, count, unit in (
            ("拒收", row["rejected_count"], "行"),
            ("清空", row["emptied_count"], "格"),
            ("未读工作表", row["refused_count"], "张"),
        )
        if count
    ]
    return f"{row['sender']}　{row['delivered_on']}　{row['path']}　{'，'.join(wrong) or row['message']}"
