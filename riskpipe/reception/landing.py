"""The landing of a content, kept twice so that nothing is read or judged again needlessly.

`landing/<content hash>/text.*` holds the pseudonymised text (content × layouts × reader code
× pseudonym key), `rows.*` and one Parquet a kind what was screened and classified (that ×
rules × code). The JSON beside each set is written last and carries its stamp: without it, the
set does not count. The vault is sealed before anything of the content is written.
"""

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from riskpipe.identity.vault import Sealed, Vault
from riskpipe.intake.grid import Notice, Refusal, Traits
from riskpipe.intake.layout import Layout
from riskpipe.intake.look import Taken
from riskpipe.intake.reading import Body, Count, Problem, Sheet
from riskpipe.reception.desk import Desk, models_by_kind
from riskpipe.reception.ledger import (
    Delivery,
    Known,
    delivery_id_of,
    known_path,
    shown_path,
    taken_from,
)
from riskpipe.reception.receiving import PLACED, Landing, receive
from riskpipe.reception.transcript import Transcript, transcribe, unopened
from riskpipe.tables.base import Model, kind_of, schema_of
from riskpipe.tables.intake import Sheets
from riskpipe.warehouse import Warehouse

LISTS = ("rejected_rows", "rejected_cells", "notices")
PARQUET_END = b"PAR1"
AT_ONCE = 2


def land(delivery: Delivery, desk: Desk, warehouse: Warehouse, vault: Vault) -> Known:
    """Receive one delivered path; what is known of it for the ledger.

    Raises OSError when the warehouse cannot be written; nothing the file holds raises.
    """
    try:
        taken = taken_from(delivery, desk.limits)
    except Refusal as refusal:
        size = _size(delivery)
        refused = receive(unopened(refusal, size, desk), desk)
        return known_path(delivery, refused, shown_path(delivery, ()))
    content_hash = taken.content_hash
    folder = warehouse.landing / content_hash
    landing = stored_landing(folder, desk.landing_stamp)
    sealed: tuple[Sealed, ...] = ()
    if landing is None:
        transcript = _transcript(folder, taken, delivery.name, desk, vault)
        sealed = transcript.sealed
        landing = receive(transcript, desk)
        _store_landing(folder, landing, desk.landing_stamp)
    shown = _shown(folder, delivery, desk.reading_stamp, lambda: sealed or vault.open(content_hash))
    return known_path(delivery, landing, shown)


def land_all(
    found: Sequence[Delivery], desk: Desk, warehouse: Warehouse, vault: Vault
) -> Iterator[Known]:
    """Receive every path; what is known of each, in the order given.

    Two at a time: while the rows of one file are screened, a child reads the next.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda delivery: land(delivery, desk, warehouse, vault), found)


def landed_table(warehouse: Warehouse, content_hash: str, model: Model) -> pa.Table:
    """The landed rows of one kind of a content; no rows when it holds none of them."""
    path = warehouse.landing / content_hash / f"{kind_of(model)}.parquet"
    return (
        pq.read_table(path, schema=schema_of(model))
        if path.exists()
        else schema_of(model).empty_table()
    )


def sheets(warehouse: Warehouse, content_hash: str) -> pa.Table:
    """The sheets' accounts of a content."""
    head = json.loads((warehouse.landing / content_hash / "rows.json").read_text("utf-8"))
    return pa.Table.from_pylist(head["sheets"], schema=schema_of(Sheets))


def rejected_rows(warehouse: Warehouse, content_hash: str) -> pa.Table:
    """Lines of rejected rows of a content, without the path."""
    return _list(warehouse.landing / content_hash, "rejected_rows", PLACED)


def rejected_cells(warehouse: Warehouse, content_hash: str) -> pa.Table:
    """Lines of emptied cells of a content, without the path."""
    return _list(warehouse.landing / content_hash, "rejected_cells", PLACED)


def notices(warehouse: Warehouse, content_hash: str) -> pa.Table:
    """Lines of what to look at in a content, without the path."""
    return _list(warehouse.landing / content_hash, "notices", PLACED)


def stored_landing(folder: Path, stamp: str) -> Landing | None:
    """The landing kept for a content, when it was made by the same rules and code.

    Its rows stay on disk: `tables` holds none of them.
    """
    head = _head(folder / "rows.json", stamp)
    if head is None:
        return None
    return Landing(
        head["content_hash"],
        head["size"],
        Problem(**head["problem"]) if head["problem"] else None,
        {name: _from_json(name, value) for name, value in head["facts"].items()},
        {},
        pa.Table.from_pylist(head["sheets"], schema=schema_of(Sheets)),
        *(PLACED.empty_table() for _ in LISTS),
    )


def _store_landing(folder: Path, landing: Landing, stamp: str) -> None:
    tables = {kind.value: landing.tables.get(kind) for kind in models_by_kind()}
    tables |= {name: getattr(landing, name) for name in LISTS}
    filled = {name: table for name, table in tables.items() if table is not None and table.num_rows}
    _clear(folder, "rows.json", [f"{name}.parquet" for name in tables if name not in filled])
    head = {
        "stamp": stamp,
        "sizes": _write_tables(folder, filled),
        "content_hash": landing.content_hash,
        "size": landing.size,
        "problem": asdict(landing.problem) if landing.problem else None,
        "facts": landing.facts,
        "sheets": landing.sheets.to_pylist(),
    }
    _write_json(folder / "rows.json", head)


def _shown(
    folder: Path, delivery: Delivery, stamp: str, people: Callable[[], Sequence[Sealed]]
) -> str:
    """The path's masked name, kept: to mask it anew the vault must be opened, row by row."""
    kept = folder / f"path-{delivery_id_of(delivery)}.json"
    try:
        known = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        known = None
    if isinstance(known, dict) and known.get("stamp") == stamp:
        return known["shown"]
    shown = shown_path(delivery, people())
    _write_json(kept, {"stamp": stamp, "shown": shown})
    return shown


def _transcript(folder: Path, taken: Taken, name: str, desk: Desk, vault: Vault) -> Transcript:
    stored = _stored_transcript(folder, desk)
    if stored is not None:
        return stored
    transcript = transcribe(taken, name, desk)
    if transcript.sealed:
        kept = vault.seal(transcript.content_hash, transcript.sealed)
        transcript = replace(transcript, sealed=kept)
    _store_transcript(folder, transcript, desk.reading_stamp)
    return transcript


def _store_transcript(folder: Path, transcript: Transcript, stamp: str) -> None:
    _clear(folder, "text.json", [])
    texts = {
        f"text-{body.sheet.number}": body.fields.append_column("row_no", body.row_no)
        for body in transcript.bodies
    }
    bodies = [
        {
            "number": body.sheet.number,
            "headings": dict(body.headings),
            "units": dict(body.units),
            "epoch_1904": body.epoch_1904,
            "unvalued": {field: list(rows) for field, rows in body.unvalued.items()},
        }
        for body in transcript.bodies
    ]
    head = {
        "stamp": stamp,
        "sizes": _write_tables(folder, texts),
        "content_hash": transcript.content_hash,
        "size": transcript.size,
        "facts": dict(transcript.facts),
        "problem": asdict(transcript.problem) if transcript.problem else None,
        "sheets": [_sheet_json(sheet) for sheet in transcript.sheets],
        "bodies": bodies,
        "refused_rows": _ranges(transcript.refused_rows),
        "broken_rows": _ranges(transcript.broken_rows),
    }
    _write_json(folder / "text.json", head)


def _stored_transcript(folder: Path, desk: Desk) -> Transcript | None:
    head = _head(folder / "text.json", desk.reading_stamp)
    if head is None:
        return None
    layouts = {layout.name: layout for layout in desk.layouts.layouts}
    sheets_read = {row["number"]: _sheet_of(row, layouts) for row in head["sheets"]}
    return Transcript(
        head["content_hash"],
        head["size"],
        head["facts"],
        tuple(sheets_read.values()),
        tuple(_body_of(row, sheets_read[row["number"]], folder) for row in head["bodies"]),
        _unranged(head["refused_rows"]),
        _unranged(head["broken_rows"]),
        Problem(**head["problem"]) if head["problem"] else None,
        (),
    )


def _sheet_json(sheet: Sheet) -> dict[str, Any]:
    return {
        "number": sheet.number,
        "name": sheet.name,
        "layout": sheet.layout.name if sheet.layout else None,
        "problem": asdict(sheet.problem) if sheet.problem else None,
        "is_aside": sheet.is_aside,
        "heading_rows": sheet.heading_rows,
        "unread": sheet.unread,
        "count": {
            "seen": sheet.count.seen,
            "records": sheet.count.records,
            "ignored": dict(sheet.count.ignored),
        },
        "traits": asdict(sheet.traits) | {"hidden_rows": _runs(sheet.traits.hidden_rows)},
        "notices": [vars(notice) | {"rows": _runs(notice.rows)} for notice in sheet.notices],
    }


def _sheet_of(row: dict[str, Any], layouts: Mapping[str, Layout]) -> Sheet:
    return Sheet(
        row["number"],
        row["name"],
        layouts[row["layout"]] if row["layout"] else None,
        Problem(**row["problem"]) if row["problem"] else None,
        row["is_aside"],
        tuple(row["heading_rows"]) if row["heading_rows"] else None,
        tuple(row["unread"]),
        Count(**row["count"]),
        _traits_of(row["traits"]),
        tuple(Notice(**told | {"rows": _unrun(told["rows"])}) for told in row["notices"]),
    )


def _traits_of(row: dict[str, Any]) -> Traits:
    return Traits(
        row["is_hidden"],
        _unrun(row["hidden_rows"]),
        tuple((at, count) for at, count in row["pictures"]),
        tuple((at, column, formula) for at, column, formula in row["unvalued"]),
    )


def _body_of(row: dict[str, Any], sheet: Sheet, folder: Path) -> Body:
    table = pq.read_table(folder / f"text-{sheet.number}.parquet")
    assert sheet.layout is not None
    return Body(
        sheet,
        sheet.layout,
        table.drop_columns(["row_no"]),
        table["row_no"].combine_chunks(),
        row["headings"],
        row["units"],
        row["epoch_1904"],
        {field: tuple(rows) for field, rows in row["unvalued"].items()},
    )


def _ranges(rows: Mapping[int, tuple[int, ...]]) -> dict[str, list[list[int]]]:
    return {str(number): _runs(found) for number, found in rows.items()}


def _runs(rows: Sequence[int]) -> list[list[int]]:
    """Row numbers as runs: a refused sheet of a million rows is one line."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return runs


def _unranged(packed: Mapping[str, list[list[int]]]) -> dict[int, tuple[int, ...]]:
    return {int(number): _unrun(runs) for number, runs in packed.items()}


def _unrun(runs: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(row for first, last in runs for row in range(first, last + 1))


def _list(folder: Path, name: str, schema: pa.Schema) -> pa.Table:
    path = folder / f"{name}.parquet"
    return pq.read_table(path, schema=schema) if path.exists() else schema.empty_table()


def _head(path: Path, stamp: str) -> dict[str, Any] | None:
    """The JSON of a stored set when it carries the stamp and its Parquets stand whole."""
    try:
        head = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(head, dict) or head.get("stamp") != stamp:
        return None
    sizes = head["sizes"].items()
    return head if all(_is_whole(path.parent / name, size) for name, size in sizes) else None


def _is_whole(path: Path, size: int) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-len(PARQUET_END), os.SEEK_END)
            return file.read() == PARQUET_END and file.tell() == size
    except OSError:
        return False


def _clear(folder: Path, head: str, names: Sequence[str]) -> None:
    """Take the head away before its set changes, and tables the set no longer has."""
    for name in (head, *names):
        (folder / name).unlink(missing_ok=True)


def _write_tables(folder: Path, tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """Write Parquets by temporary name and rename; their sizes by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        draft = _draft(path)
        pq.write_table(table, draft, compression="zstd")
        sizes[path.name] = draft.stat().st_size
        draft.replace(path)
    return sizes


def _draft(path: Path) -> Path:
    """A name of its own for every writer: equal contents may land side by side."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")


def _write_json(path: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path)
    draft.write_text(text, "utf-8")
    draft.replace(path)


def _from_json(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_on") and value else value


def _size(delivery: Delivery) -> int:
    """Bytes of a path that could not be taken; of a member of an archive they are not known."""
    try:
        return 0 if delivery.member else delivery.path.lstat().st_size
    except OSError:
        return 0
