"""Sends sheets back: what is due to whom, and the return sheets written into a folder.

An office and what the last run listed as due go in; one workbook per delivery comes out under the
sender's name. For any file on the disk one workbook comes out, with a throw-away key and nothing else kept. A
file that stands there is never replaced. How a return sheet looks is riskpipe/returns.
"""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow.parquet as pq

from riskpipe import reception
from riskpipe.identity.keys import keys_of
from riskpipe.intake.grid import Refusal
from riskpipe.intake.look import Taken
from riskpipe.reception.desk import Desk, desk_of
from riskpipe.reception.ledger import (
    Delivery,
    delivery_id_of,
    known_path,
    shown_path,
    spread,
    taken_from,
)
from riskpipe.reception.receiving import receive
from riskpipe.reception.transcript import transcribe, unopened
from riskpipe.returns import File, Origin, Terms, returned
from riskpipe.rules import Rules
from riskpipe.walk.inspecting import desk_for
from riskpipe.walk.office import DELIVERIES, Office
from riskpipe.walk.progress import told
from riskpipe.walk.trouble import UseError

RETURNS = "intake/returns"
FORMER = re.compile(r"^(?:退回_(?:\d{4}-\d\d-\d\d_)?)+")
NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f]')
LONGEST_NAME = 80
SHOWN = 12
NOTHING = Taken(b"", "", 0)

Row = Mapping[str, Any]


class State(StrEnum):
    """What became of a return sheet."""

    NEW = "已写好"
    SAME = "已有，内容相同"
    TAKEN = "已有同名文件，没有覆盖"


@dataclass(frozen=True)
class Sent:
    """A return sheet: where it is, and whether it is new."""

    path: Path
    state: State


def due_back(office: Office, sender: str) -> list[Row]:
    """The deliveries the last run listed as due, by sender; of one sender unless `sender` is empty.

    Raises UseError when nothing was run yet, or for a sender that never delivered.
    """
    path = office.warehouse.table_path(RETURNS)
    if not path.exists():
        raise UseError("还没有收件结果：请先运行 riskpipe run，再看有哪些需要退回。")
    rows = pq.read_table(path).to_pylist()
    if not sender:
        return rows
    senders = set(pq.read_table(office.warehouse.table_path(DELIVERIES))["sender"].to_pylist())
    if sender not in senders:
        known = "、".join(sorted(senders)[:SHOWN])
        raise UseError(f"没有收到过“{sender[:20]}”的报送，请照报送单位的写法填写，如 {known}。")
    return [row for row in rows if row["sender"] == sender]


def sent_back(office: Office, rows: Sequence[Row], folder: Path) -> Iterator[Sent]:
    """Write the return sheet of every row into `folder`/<sender>/. Raises UseError, OSError.

    A delivery that changed since the run stops the work: its list of mistakes is of another file.
    """
    settings = office.settings
    keys = keys_of(settings.key_file.expanduser(), office.warehouse.vault)
    desk = desk_of(settings, Rules(settings.rules_folder), keys)
    found = spread(reception.deliveries(settings.raw), desk.limits)
    here = {delivery_id_of(delivery): delivery for delivery in found}
    for row in told("退回", rows):
        delivery = here.get(row["delivery_id"])
        if delivery is None:
            raise UseError(f"“{row['path']}”已不在报送目录中：请先重新运行 riskpipe run。")
        file = _file(delivery, desk)
        if (file.transcript.content_hash or None) != row["content_hash"]:
            raise UseError(f"“{row['path']}”在上次运行之后改动过：请先重新运行 riskpipe run。")
        origin = Origin(_own_name(row["path"]), row["sender"], row["delivered_on"])
        content = returned(file, origin, _terms(office), desk)
        name = _name(row["path"], f"{row['delivered_on']}_")
        yield _put(folder / _safe(row["sender"]) / name, content, row["delivery_id"])


def returned_of(office: Office, path: Path, folder: Path) -> list[Sent]:
    """The return sheets of a file anywhere on the disk; none where nothing is wrong in it.

    Needs no warehouse and leaves nothing but the sheets. An archive gives one a member.
    """
    desk = desk_for(office)
    sent = []
    for delivery in spread([Delivery(path, path.name, None, "", None)], desk.limits):
        file = _file(delivery, desk)
        if not is_wrong(file):
            continue
        shown = shown_path(delivery, file.transcript.sealed)
        sender = str(file.landing.facts.get("sending_unit") or "")
        content = returned(file, Origin(_own_name(shown), sender, None), _terms(office), desk)
        sent.append(_put(folder / _name(shown, ""), content, delivery_id_of(delivery)))
    return sent


def is_wrong(file: File) -> bool:
    """Whether anything of a file has to be put right."""
    landing = file.landing
    return bool(
        landing.problem
        or landing.rejected_rows.num_rows
        or landing.rejected_cells.num_rows
        or file.status in ("拒收", "无法读取")
    )


def _file(delivery: Delivery, desk: Desk) -> File:
    """A delivery read again, with its whole account."""
    taken = NOTHING
    try:
        taken = taken_from(delivery, desk.limits)
        transcript = transcribe(taken, delivery.name, desk)
    except Refusal as refusal:
        transcript = unopened(refusal, 0, desk)
    landing = receive(transcript, desk)
    row = known_path(delivery, landing, delivery.name).row
    message = str(row["message"] or "")
    return File(taken.content, delivery.name, transcript, landing, str(row["status"]), message)


def _terms(office: Office) -> Terms:
    settings = office.settings
    return Terms(settings.office_name, settings.return_cells, settings.return_rows)


def _own_name(shown: str) -> str:
    return PurePosixPath(shown).name


def _name(shown: str, day: str) -> str:
    """退回_<报送日期>_<its name>.xlsx; a sheet that comes back again is not named so twice.

    The name's own end stays: the statistical month is read there.
    """
    stem = FORMER.sub("", PurePosixPath(shown).stem)
    return f"退回_{day}{_safe(stem)[-LONGEST_NAME:]}.xlsx"


def _safe(name: str) -> str:
    """A name that may be a file's on any system."""
    return NOT_IN_NAMES.sub("_", name).strip(". ") or "_"


def _put(path: Path, content: bytes, mark: str) -> Sent:
    """Write a file that is not there yet, whole or not at all."""
    if path.exists():
        if path.read_bytes() == content:
            return Sent(path, State.SAME)
        return Sent(path, State.TAKEN)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{mark}-{secrets.token_hex(4)}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return Sent(path, State.NEW)
