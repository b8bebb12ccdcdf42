"""What the program made of one file: its answer brought into the words of the expectations.

A case goes in, put on the disk as its sender would; the program takes it as `riskpipe check`
does, a zip member by member, and what it landed comes out by sheet and row. A sheet of a member
is `member/sheet`. Nothing is judged here.
"""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from pathlib import Path
from typing import Any

from riskpipe.identity.keys import Keys
from riskpipe.intake.grid import Refusal
from riskpipe.reception.checking import inspect_all
from riskpipe.reception.desk import Desk, desk_of
from riskpipe.reception.ledger import Delivery, spread, taken_from
from riskpipe.reception.receiving import Landing, receive
from riskpipe.reception.transcript import transcribe
from riskpipe.rules import Rules
from riskpipe.settings import IntakeLimits, Settings
from tests.hostile.case import Case, Cell, Place

COUNTS = (
    "rows_seen", "rows_accepted", "rows_rejected", "titles", "headings", "totals", "notes", "blanks",
)  # fmt: skip
LISTS = ("rejected_rows", "rejected_cells", "notices")
KEYS = Keys(data=b"d" * 32, pseudonym=b"p" * 32, former=None)


@dataclass(frozen=True)
class Observed:
    """What came of a file."""

    status: str
    kinds: str | None
    code: str | None
    message: str
    adds_up: bool
    accepted: Counter[Place]
    """Landed records by row: more than one where a cell held several things."""
    rejected: Mapping[Place, frozenset[str]]
    emptied: frozenset[Cell]
    values: Mapping[Place, Mapping[str, Any]]
    """The last record of each row."""
    notices: tuple[tuple[str, int | None, str], ...]
    accounts: Mapping[str, Mapping[str, Any]]
    everything: str = field(repr=False)
    """All that was said, for the search for persons."""


@cache
def desk_with(limits: tuple[tuple[str, int], ...]) -> Desk:
    """A desk with packaged rules and these limits."""
    nowhere = Path("/nonexistent")
    return desk_of(
        Settings(raw=nowhere, limits=IntakeLimits(**dict(limits))), Rules(nowhere / "rules"), KEYS
    )


def observe(case: Case) -> Observed:
    """Deliver a case and look at what came of it."""
    desk = desk_with(tuple(sorted(case.limits.items())))
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "2026-04-03" / "红旗街道"
        folder.mkdir(parents=True)
        path = _placed(case, folder / case.file)
        files = spread([Delivery(path, path.name, None, "", None)], desk.limits)
        told = inspect_all(path, desk)
        parts = [_of_file(*one, desk) for one in zip(files, told, strict=True)]
    return reduce(_both, parts)


def _placed(case: Case, path: Path) -> Path:
    content = case.content()
    if case.place:
        return case.place(path, content)
    path.write_bytes(content)
    return path


def _landing(delivery: Delivery, desk: Desk) -> Landing | None:
    try:
        taken = taken_from(delivery, desk.limits)
    except Refusal:
        return None
    return receive(transcribe(taken, delivery.name, desk), desk)


def _of_file(delivery: Delivery, told: Mapping[str, Any], desk: Desk) -> Observed:
    landing = _landing(delivery, desk)
    tables = [table.to_pylist() for table in landing.tables.values()] if landing else []
    lists = [getattr(landing, name).to_pylist() for name in LISTS] if landing else []
    member = delivery.member or ""

    def named(sheet: str) -> str:
        return "/".join(filter(None, (member, sheet)))

    def place(row: Mapping[str, Any]) -> Place:
        return named(row["sheet"]), row["row_no"]

    rows = [row for table in tables for row in table]
    rejected: dict[Place, set[str]] = {}
    for line in told["rejected_rows"]:
        rejected.setdefault(place(line), set()).update({line["heading"]} - {None})
    return Observed(
        told["status"],
        told["kinds"],
        told["reason"],
        "：".join(filter(None, (member, told["message"]))) if told["message"] else "",
        told["rows_add_up"],
        Counter(map(place, rows)),
        {where: frozenset(headings) for where, headings in rejected.items()},
        frozenset((*place(line), line["heading"]) for line in told["rejected_cells"]),
        {place(row): row for row in rows},
        tuple((*place(line), line["reason"]) for line in told["notices"]),
        {named(sheet): account for sheet, account in _by_sheet(told["sheet_accounts"]).items()},
        repr((told, tables, lists)),
    )


def _by_sheet(accounts: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """One account a sheet: where a sheet has several (one a table on it) their counts are added."""
    found: dict[str, dict[str, Any]] = {}
    for account in accounts:
        before = found.setdefault(account["sheet"], dict(account))
        if before != account:
            for name in COUNTS:
                before[name] += account[name]
    return found


def _both(one: Observed, other: Observed) -> Observed:
    """What was made of two files of an archive, as of one."""
    accepted = one.accepted + other.accepted
    kinds = dict.fromkeys(filter(None, (*(one.kinds or "").split("、"), other.kinds)))
    return Observed(
        one.status if one.status == other.status else "部分接收" if accepted else "拒收",
        "、".join(kinds) or None,
        one.code or other.code,
        " ".join(filter(None, (one.message, other.message))),
        one.adds_up and other.adds_up,
        accepted,
        {**one.rejected, **other.rejected},
        one.emptied | other.emptied,
        {**one.values, **other.values},
        one.notices + other.notices,
        {**one.accounts, **other.accounts},
        one.everything + other.everything,
    )
