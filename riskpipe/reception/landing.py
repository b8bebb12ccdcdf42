"""The landing of a content, kept twice so that nothing is read or judged again needlessly.

`landing/<content hash>/text.*` holds the pseudonymised text (content × layouts × reader code
× pseudonym key), `rows.*` and one Parquet a kind what was screened and classified (that ×
rules × code). The JSON beside each set is written last and carries its stamp: without it, the
set does not count. The vault is sealed before anything of the content is written.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from riskpipe.identity.vault import Sealed, Vault
from riskpipe.intake.grid import Refusal
from riskpipe.intake.look import Taken
from riskpipe.intake.reading import Problem
from riskpipe.reception import shelf
from riskpipe.reception.desk import Desk, models_by_kind
from riskpipe.reception.keeping import store_transcript, stored_transcript
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
    return shelf.table_of(warehouse.landing / content_hash, "rejected_rows", PLACED)


def rejected_cells(warehouse: Warehouse, content_hash: str) -> pa.Table:
    """Lines of emptied cells of a content, without the path."""
    return shelf.table_of(warehouse.landing / content_hash, "rejected_cells", PLACED)


def notices(warehouse: Warehouse, content_hash: str) -> pa.Table:
    """Lines of what to look at in a content, without the path."""
    return shelf.table_of(warehouse.landing / content_hash, "notices", PLACED)


def stored_landing(folder: Path, stamp: str) -> Landing | None:
    """The landing kept for a content, when it was made by the same rules and code.

    Its rows stay on disk: `tables` holds none of them.
    """
    head = shelf.head_of(folder / "rows.json", stamp)
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
    shelf.clear(folder, "rows.json", [f"{name}.parquet" for name in tables if name not in filled])
    head = {
        "stamp": stamp,
        "sizes": shelf.write_tables(folder, filled, stamp),
        "content_hash": landing.content_hash,
        "size": landing.size,
        "problem": asdict(landing.problem) if landing.problem else None,
        "facts": landing.facts,
        "sheets": landing.sheets.to_pylist(),
    }
    shelf.write_json(folder / "rows.json", head)


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
    shelf.write_json(kept, {"stamp": stamp, "shown": shown})
    return shown


def _transcript(folder: Path, taken: Taken, name: str, desk: Desk, vault: Vault) -> Transcript:
    stored = stored_transcript(folder, desk)
    if stored is not None:
        return stored
    transcript = transcribe(taken, name, desk)
    if transcript.sealed:
        kept = vault.seal(transcript.content_hash, transcript.sealed)
        transcript = replace(transcript, sealed=kept)
    store_transcript(folder, transcript, desk.reading_stamp)
    return transcript


def _from_json(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_on") and value else value


def _size(delivery: Delivery) -> int:
    """Bytes of a path that could not be taken; of a member of an archive they are not known."""
    try:
        return 0 if delivery.member else delivery.path.lstat().st_size
    except OSError:
        return 0
