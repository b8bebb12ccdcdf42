"""Receives everything that was delivered: every path landed, the ledger and its lists written.

In: the raw folder. Out: the landing of every content (cached, see riskpipe/reception) and the
tables that account for it. A content that was in the last ledger and is now in no path
stops the run, unless the office withdrew it in raw/rules/withdrawn.csv; a withdrawn content
that still lies there is listed and not counted. What is in a file is not looked at here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe import reception
from riskpipe.identity.keys import keys_of
from riskpipe.identity.masking import mask_one
from riskpipe.identity.vault import Vault
from riskpipe.reception.desk import desk_of
from riskpipe.reception.ledger import Known
from riskpipe.returns.due import due
from riskpipe.rules import Rules
from riskpipe.tables import model_of
from riskpipe.tables.base import schema_of
from riskpipe.tables.intake import Held, RejectedRows, Sheets
from riskpipe.walk.bench import Outcome, conform
from riskpipe.walk.mapping import keep_mapping
from riskpipe.walk.office import DELIVERIES, Office
from riskpipe.walk.progress import told
from riskpipe.walk.trouble import DataError, UseError
from riskpipe.warehouse import Warehouse, fingerprint

SHEETS = "intake/sheets"
REJECTED_ROWS = "intake/rejected_rows"
REJECTED_CELLS = "intake/rejected_cells"
NOTICES = "intake/notices"
LISTS = {
    REJECTED_ROWS: reception.rejected_rows,
    REJECTED_CELLS: reception.rejected_cells,
    NOTICES: reception.notices,
}
RETURNS = "intake/returns"
HELD = "intake/held"
ACCOUNTS = (DELIVERIES, SHEETS, *LISTS, HELD, RETURNS)
WITHDRAWN = "withdrawn"
COUNTS = ("rows_seen", "rows_accepted", "rows_rejected", "rows_ignored")
SHOWN = 5


@dataclass(frozen=True)
class Withdrawals:
    """What the office withdrew: path or content hash (12 digits or more) → by whom and why."""

    reasons: Mapping[str, str]

    def of(self, path: str, content_hash: str | None) -> str | None:
        """Why a content is withdrawn; None when it is not."""
        for name, reason in self.reasons.items():
            if name == path or (len(name) >= 12 and (content_hash or "").startswith(name)):
                return reason
        return None


def delivered_paths(raw: Path) -> list[Path]:
    """Every filed path under raw/, by day and path."""
    return [delivery.path for delivery in reception.deliveries(raw)]


def not_received(raw: Path) -> list[str]:
    """What lies in raw/ and is passed over, one Chinese line each, names masked."""
    return [f"{mask_one(line.shown)}：{line.reason}" for line in reception.skipped(raw)]


def receive(office: Office) -> tuple[Outcome, ...]:
    """Land every delivered path and write the tables that account for them.

    Raises UseError when nothing was delivered, DataError when something vanished.
    """
    found = reception.deliveries(office.settings.raw)
    if not found:
        raise UseError(
            f"{office.settings.raw} 中没有报送文件：请用 riskpipe receive 登记文件，"
            "或先试 riskpipe demo。"
        )
    rules = Rules(office.settings.rules_folder)
    vault_folder = office.warehouse.vault
    keys = keys_of(office.settings.key_file.expanduser(), vault_folder)
    desk = desk_of(office.settings, rules, keys)
    vault = Vault(vault_folder, keys)
    withdrawals = withdrawals_of(rules)
    known = []
    found = reception.spread(found, desk.limits)
    landed = reception.land_all(found, desk, office.warehouse, vault)
    for delivery, one in zip(told("收件", found), landed, strict=True):
        reason = withdrawals.of(delivery.shown, one.content_hash)
        known.append(_withdrawn(one, reason) if reason else one)
    ledger = reception.deliveries_table(known)
    _refuse_vanished(office.warehouse, ledger, withdrawals)
    written = _write(office.warehouse, ledger, desk.landing_stamp)
    written = (*written, _due_back(office, ledger))
    keep_mapping(office.warehouse, _first_paths(ledger), desk)
    return written


def withdrawals_of(rules: Rules) -> Withdrawals:
    """The office's withdrawn.csv (columns what, by, reason); none when there is no such file."""
    if not (rules.office / f"{WITHDRAWN}.csv").exists():
        return Withdrawals({})
    rows = (list(row.values()) for row in rules.rows(WITHDRAWN))
    return Withdrawals({what: f"{by}：{reason}" for what, by, reason, *_ in rows if what})


def contents_of(ledger: pa.Table) -> list[str]:
    """Content hashes that count, sorted: read, not withdrawn, each once."""
    counts = pc.fill_null(pc.not_equal(ledger["reason"], WITHDRAWN), True)
    hashes = ledger.filter(counts)["content_hash"].drop_null()
    return sorted(set(hashes.to_pylist()))


def summary_of(warehouse: Warehouse) -> str:
    """One line on what was received: files, then rows in, accepted, rejected, ignored."""
    ledger = warehouse.read(DELIVERIES)
    once = ledger.filter(pc.not_equal(ledger["status"], "重复内容"))
    seen, accepted, rejected, ignored = (pc.sum(once[name]).as_py() or 0 for name in COUNTS)
    refused = pc.sum(pc.is_in(ledger["status"], pa.array(["拒收", "无法读取"]))).as_py() or 0
    repeated = ledger.num_rows - once.num_rows
    return (
        f"文件 {ledger.num_rows} 个（拒收 {refused}，内容重复 {repeated}）；"
        f"收到 {seen} 行：接收 {accepted}，拒收 {rejected}，忽略 {ignored}"
    )


def due_count_of(warehouse: Warehouse) -> int:
    """How many deliveries have to be sent back."""
    return warehouse.rows_of(RETURNS)


def _withdrawn(known: Known, reason: str) -> Known:
    row = {
        **known.row,
        **dict.fromkeys(COUNTS),
        "status": "拒收",
        "reason": WITHDRAWN,
        "message": f"已撤回（{mask_one(reason)}），不计入。",
    }
    return Known(known.content_hash, row)


def _refuse_vanished(warehouse: Warehouse, ledger: pa.Table, withdrawals: Withdrawals) -> None:
    """A content nothing was accepted from may go: a refused file is corrected in its place."""
    if not warehouse.table_path(DELIVERIES).exists():
        return
    here = set(ledger["content_hash"].to_pylist())
    gone = [
        row["path"]
        for row in warehouse.read(DELIVERIES).to_pylist()
        if row["rows_accepted"]
        and row["content_hash"] not in here
        and not withdrawals.of(row["path"], row["content_hash"])
    ]
    if gone:
        more = f"等 {len(gone)} 个" if len(gone) > SHOWN else ""
        raise DataError(
            f"上次收到的文件不见了或被改动：{'、'.join(gone[:SHOWN])}{more}。请放回原文件；"
            "确要撤回，请在 raw/rules/withdrawn.csv 写明文件（what）、撤回人（by）、原因（reason）。"
        )


def _write(warehouse: Warehouse, ledger: pa.Table, stamp: str) -> tuple[Outcome, ...]:
    """The ledger's fingerprint is its content; the lists' is what they are gathered from."""
    paths = _first_paths(ledger)
    contents = [stamp, *paths]
    placed = [*contents, *paths.values()]
    days = _first_days(ledger)
    return (
        _kept(warehouse, DELIVERIES, [str(ledger.to_pylist())], lambda: ledger),
        _kept(warehouse, SHEETS, contents, lambda: _sheets(warehouse, paths)),
        *(
            _kept(warehouse, key, placed, partial(_lines, warehouse, lines_of, paths))
            for key, lines_of in LISTS.items()
        ),
        _kept(
            warehouse, HELD, [*contents, *map(str, days.values())], lambda: _held(warehouse, days)
        ),
    )


def _due_back(office: Office, ledger: pa.Table) -> Outcome:
    """What is due back on the run's day, from the tables just written."""
    warehouse, as_of = office.warehouse, office.settings.as_of
    if as_of:
        ledger = ledger.filter(pc.less_equal(ledger["delivered_on"], as_of))
    sheets, cells = warehouse.read(SHEETS), warehouse.read(REJECTED_CELLS)
    made = due(ledger, sheets, cells)
    return _kept(warehouse, RETURNS, [str(made.to_pylist())], lambda: made)


def _kept(
    warehouse: Warehouse, key: str, parts: Sequence[str], make: Callable[[], pa.Table]
) -> Outcome:
    stamp = fingerprint(parts)
    if warehouse.fingerprint_of(key) == stamp:
        return Outcome(key, warehouse.rows_of(key), is_skipped=True)
    table = conform(make(), model_of(key))
    warehouse.write(key, table, stamp)
    return Outcome(key, table.num_rows, is_skipped=False)


def _first_paths(ledger: pa.Table) -> dict[str, str]:
    """The path each counted content is known by: its earliest; contents sorted."""
    first: dict[str, str] = {}
    for row in ledger.select(["content_hash", "path"]).to_pylist():
        first.setdefault(row["content_hash"], row["path"])
    return {content: first[content] for content in contents_of(ledger)}


def _first_days(ledger: pa.Table) -> dict[str, date | None]:
    """The day each counted content was first delivered; contents sorted."""
    first: dict[str, date | None] = {}
    for row in ledger.select(["content_hash", "delivered_on"]).to_pylist():
        first.setdefault(row["content_hash"], row["delivered_on"])
    return {content: first[content] for content in contents_of(ledger)}


def _held(warehouse: Warehouse, days: Mapping[str, date | None]) -> pa.Table:
    schema = schema_of(Held)
    parts = [schema.empty_table()]
    for content, day in days.items():
        rows = reception.held_people(warehouse, content)
        delivered = pa.repeat(pa.scalar(day, pa.date32()), rows.num_rows)
        parts.append(
            rows.append_column("delivered_on", delivered).select(schema.names).cast(schema)
        )
    return pa.concat_tables(parts)


def _sheets(warehouse: Warehouse, paths: Mapping[str, str]) -> pa.Table:
    parts = [reception.sheets(warehouse, content) for content in paths]
    return pa.concat_tables([schema_of(Sheets).empty_table(), *parts])


def _lines(
    warehouse: Warehouse, lines_of: Callable[[Warehouse, str], pa.Table], paths: Mapping[str, str]
) -> pa.Table:
    """The lines of all contents with the path each content is known by."""
    schema = schema_of(RejectedRows)
    parts = [schema.empty_table()]
    for content, path in paths.items():
        lines = lines_of(warehouse, content)
        shown = pa.repeat(pa.scalar(path, pa.string()), lines.num_rows)
        parts.append(lines.add_column(1, "path", shown).select(schema.names).cast(schema))
    return pa.concat_tables(parts)
