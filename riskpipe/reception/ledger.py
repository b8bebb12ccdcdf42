"""The ledger of deliveries: which paths there are, and what became of each.

The raw folder goes in; `deliveries` yields every filed path with its day and sender, `spread`
opens the archives among them, `skipped` names what was passed over and why. Landed paths come
out as rows of `Deliveries`, where a content that stands under several paths counts once, under
the earliest.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.identity.masking import mask_known, mask_one
from riskpipe.identity.personal import known_in
from riskpipe.identity.vault import Sealed
from riskpipe.intake import archive
from riskpipe.intake.grid import Refusal
from riskpipe.intake.look import Taken, archived, take, take_member
from riskpipe.intake.natures import natures
from riskpipe.reception.receiving import Landing
from riskpipe.settings import IntakeLimits
from riskpipe.tables.base import schema_of
from riskpipe.tables.intake import Deliveries
from riskpipe.vocabulary import KIND_TITLES, UNKNOWN_SENDER, Kind

DAY_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}")
NAMED_MONTH = re.compile(r"(?<!\d)(?P<year>20\d\d)[-_.年]?(?P<month>0[1-9]|1[0-2])月?\.\w+$")
NOT_DELIVERED = frozenset({"rules", "sample", "demo", "demos"})
"""Folders of raw/ that are no deliveries of this office."""
NOT_FILED = "文件没有登记报送日期和单位：请用 riskpipe receive 登记。"
NO_DAY = "文件夹名不是报送日期（如 2026-11-02）：请改名或用 riskpipe receive 登记。"
KEPT_LOOSE = frozenset({"README.md", "README.txt"})


@dataclass(frozen=True)
class Delivery:
    """A delivered file: `shown` is its path relative to raw/, `sender` its folder's name.

    `member` is its name in the archive at `path`; None for a file that lies there itself.
    """

    path: Path
    shown: str
    delivered_on: date | None
    sender: str
    member: str | None

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.shown).name


@dataclass(frozen=True)
class Skipped:
    """A path that was passed over, and why (Chinese, with what to do)."""

    shown: str
    reason: str


@dataclass(frozen=True)
class Known:
    """A landed path: its row in the ledger but for what other paths decide."""

    content_hash: str
    row: Mapping[str, object]


def deliveries(raw: Path) -> list[Delivery]:
    """Every filed path under raw/<day>/…, by day and path; archives are one path yet.

    Links and folders that cannot be looked into stand among them: they are refused when taken,
    never skipped. Raises OSError when raw/ itself cannot be looked into.
    """
    found = [
        Delivery(path, path.relative_to(raw).as_posix(), day, _sender(path.relative_to(raw)), None)
        for folder in _top(raw)
        if (day := _day(folder.name)) and _is_folder(folder)
        for path in _walk(folder)
        if natures().aside([path.name]) is None
    ]
    return sorted(found, key=lambda delivery: (str(delivery.delivered_on), delivery.shown))


def spread(found: Iterable[Delivery], limits: IntakeLimits) -> list[Delivery]:
    """The deliveries with every archive replaced by the files in it.

    An archive that cannot be opened, or not as a whole, stays one delivery: taking it says why.
    """
    return [one for delivery in found for one in _unpacked(delivery, limits)]


def taken_from(delivery: Delivery, limits: IntakeLimits) -> Taken:
    """The bytes of a delivery. Raises Refusal."""
    if delivery.member is None:
        return take(delivery.path, limits)
    return take_member(delivery.path, delivery.member, limits)


def skipped(raw: Path) -> list[Skipped]:
    """What lies in raw/ and is not received, one line each."""
    lines = []
    for path in _top(raw):
        if path.name in NOT_DELIVERED | KEPT_LOOSE or path.name.startswith("."):
            continue
        if _is_folder(path) and _day(path.name):
            lines += [line for inner in _walk(path) for line in _skipped_at(inner, raw)]
        else:
            lines.append(Skipped(path.name, NO_DAY if _is_folder(path) else NOT_FILED))
    return lines


def shown_path(delivery: Delivery, sealed: Sequence[Sealed]) -> str:
    """The path as it may be told: persons of the sheet who stand in its name are masked."""
    return mask_one(mask_known(delivery.shown, known_in(delivery.shown, sealed)))


def delivery_id_of(delivery: Delivery) -> str:
    """What the ledger calls a path."""
    return hashlib.sha256(delivery.shown.encode()).hexdigest()[:16]


def known_path(delivery: Delivery, landing: Landing, shown: str) -> Known:
    """The path's own row; `shown` is its masked name."""
    facts, sheets = landing.facts, landing.sheets
    sums = {
        name: pc.sum(sheets[name]).as_py()
        for name in ("rows_seen", "rows_accepted", "rows_rejected")
    }
    is_read = landing.problem is None
    status, reason, message = _verdict(landing)
    row = {
        "delivery_id": delivery_id_of(delivery),
        "path": shown,
        "content_hash": landing.content_hash or None,
        "sender": facts.get("sending_unit") or mask_one(delivery.sender) or UNKNOWN_SENDER,
        "kinds": _kinds(sheets),
        "stated_kind": facts.get("kind"),
        "named_month_on": _named_month(delivery.name) or _named_month(delivery.path.name),
        "delivered_on": delivery.delivered_on,
        "status": status,
        "reason": reason,
        "message": message,
        "size": landing.size,
        "sheets": sheets.num_rows if is_read else None,
        **{name: (total or 0) if is_read else None for name, total in sums.items()},
        "rows_ignored": _ignored(sums) if is_read else None,
        "is_zero_report": bool(facts.get("is_zero_report")),
        **{
            name: facts.get(name)
            for name in ("period_from_on", "period_to_on", "nature", "stated_rows", "sent_on")
        },
    }
    return Known(landing.content_hash, row)


def deliveries_table(known: Iterable[Known]) -> pa.Table:
    """The ledger, by day and path; later paths of a content that stands already say so."""
    rows = sorted(
        (dict(k.row) for k in known), key=lambda row: (str(row["delivered_on"]), str(row["path"]))
    )
    first: dict[object, str] = {}
    for row in rows:
        content = row["content_hash"]
        is_bare = row["rows_seen"] is not None and row["rows_seen"] == row["rows_ignored"]
        if is_bare:  # headings without a row are alike every month: that is no repetition
            continue
        if content and first.setdefault(content, str(row["path"])) != row["path"]:
            row |= {
                "status": "重复内容",
                "message": f"内容与“{first[content]}”完全相同，不重复计入。",
            }
    return pa.Table.from_pylist(rows, schema=schema_of(Deliveries))


def _top(raw: Path) -> list[Path]:
    return sorted(raw.iterdir()) if raw.is_dir() else []


def _is_folder(path: Path) -> bool:
    """A folder, or a link, which may stand for one."""
    return path.is_symlink() or path.is_dir()


def _walk(folder: Path) -> Iterator[Path]:
    """Every path below a folder but folders that were looked into: files, links, the rest."""
    if folder.is_symlink() or not folder.is_dir():
        yield folder
        return
    try:
        inner = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for path in inner:
        # a hidden folder is passed over as one thing
        yield from [path] if natures().aside([path.name]) else _walk(path)


def _unpacked(delivery: Delivery, limits: IntakeLimits) -> list[Delivery]:
    infos = archived(delivery.path)
    try:
        members = archive.delivered(infos, limits) if infos else ()
    except Refusal:
        members = ()
    names = dict.fromkeys(member.name for member in members)
    inside = [
        replace(delivery, shown=f"{delivery.shown}/{name}", member=name) for name in sorted(names)
    ]
    return inside or [delivery]


def _skipped_at(path: Path, raw: Path) -> list[Skipped]:
    shown = path.relative_to(raw).as_posix()
    if aside := natures().aside([path.name]):
        return [Skipped(shown, aside.why)]
    return [Skipped(f"{shown}/{name}", why) for name, why in archive.passed_over(archived(path))]


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name) if DAY_FOLDER.fullmatch(name) else None
    except ValueError:
        return None


def _sender(shown: Path) -> str:
    """The folder under the day; a file lying in the day itself names no sender."""
    return shown.parts[1] if len(shown.parts) > 2 else ""


def _verdict(landing: Landing) -> tuple[str, str | None, str | None]:
    """Status, reason code and message of a file, from its own problem or its sheets'."""
    if landing.problem:
        return landing.problem.status, landing.problem.code, landing.problem.message
    sheets = landing.sheets.to_pylist()
    told = [
        f"{row['sheet']}：{row['message']}" if row["sheet"] else row["message"]
        for row in sheets
        if row["message"]
    ]
    told += _checksum(landing) + _nothing_in_it(landing)
    statuses = {row["status"] for row in sheets if row["status"] not in ("附表", "空表")}
    refused = [row for row in sheets if row["reason"]]
    reason = max(refused, key=lambda row: row["rows_rejected"])["reason"] if refused else None
    message = " ".join(told) or None
    if not statuses:
        return (
            ("已接收" if landing.facts.get("is_zero_report") else "拒收"),
            reason,
            message
            or (
                None
                if landing.facts.get("is_zero_report")
                else "没有可读的数据表：请使用规定的填报工作簿。"
            ),
        )
    if statuses == {"拒收"}:
        return (
            "拒收",
            reason or "rows",
            message or "所有数据行都被拒收：请按拒收清单逐行改正后重报。",
        )
    return ("部分接收" if statuses != {"已接收"} else "已接收"), reason, message


def _checksum(landing: Landing) -> list[str]:
    if landing.facts.get("is_zero_report") and pc.sum(landing.sheets["rows_accepted"]).as_py():
        return ["报送信息填的是“无（零报告）”，表中却有数据行，请核对。"]
    stated = landing.facts.get("stated_rows")
    if stated is None:
        return []
    sheets = [row for row in landing.sheets.to_pylist() if row["layout"]]
    counts = [row["rows_accepted"] + row["rows_rejected"] for row in sheets]
    if not counts or stated in (*counts, sum(counts)):
        return []
    return [f"报送信息填报 {stated} 条，表中实有 {counts[0]} 条，请核对。"]


def _nothing_in_it(landing: Landing) -> list[str]:
    counts = [pc.sum(landing.sheets[f"rows_{name}"]).as_py() for name in ("accepted", "rejected")]
    if any(counts) or landing.facts.get("is_zero_report"):
        return []
    return ["只有表头，没有数据行；本期确无数据的，以后请填零报告。"]


def _named_month(name: str) -> date | None:
    """The statistical month a file name ends with: 报送单位_表名_2026-10.xlsx (HEADERS §0)."""
    found = NAMED_MONTH.search(name)
    return date(int(found["year"]), int(found["month"]), 1) if found else None


def _kinds(sheets: pa.Table) -> str | None:
    kinds = dict.fromkeys(kind for kind in sheets["kind"].to_pylist() if kind)
    return "、".join(KIND_TITLES[Kind(kind)] for kind in kinds) or None


def _ignored(sums: Mapping[str, int | None]) -> int:
    return (sums["rows_seen"] or 0) - (sums["rows_accepted"] or 0) - (sums["rows_rejected"] or 0)
