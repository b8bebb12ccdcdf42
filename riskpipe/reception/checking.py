"""What `riskpipe check` answers: the account of a file as it lies, nothing written.

A path anywhere on the disk goes in; out comes a plain dict for printing or JSON: the file's
verdict, an account per sheet, the lines of rejected rows and emptied cells (values masked).
The vault and the warehouse are not touched.
"""

import hashlib
from pathlib import Path
from typing import Any

from riskpipe.identity.vault import Sealed
from riskpipe.intake.grid import Refusal
from riskpipe.reception.desk import Desk
from riskpipe.reception.ledger import Delivery, known_path, shown_path, spread, taken_from
from riskpipe.reception.receiving import Landing, receive
from riskpipe.reception.transcript import transcribe, unopened


def inspect_all(path: Path, desk: Desk) -> list[dict[str, Any]]:
    """The account of a file, or one of every file in an archive. Never raises for a bad file."""
    return [_account(delivery, desk) for delivery in spread([_lying(path)], desk.limits)]


def inspect(path: Path, desk: Desk) -> dict[str, Any]:
    """Accounting per sheet, reasons and verdict of one file; an archive is not opened."""
    return _account(_lying(path), desk)


def _lying(path: Path) -> Delivery:
    return Delivery(path, path.name, None, "", None)


def _account(delivery: Delivery, desk: Desk) -> dict[str, Any]:
    sealed: tuple[Sealed, ...] = ()
    try:
        transcript = transcribe(taken_from(delivery, desk.limits), delivery.name, desk)
        sealed = transcript.sealed
    except Refusal as refusal:
        transcript = unopened(refusal, 0, desk)
    landing = receive(transcript, desk)
    known = known_path(delivery, landing, shown_path(delivery, sealed))
    return {**_shown(known.row), **_lists(landing)}


def _shown(row: Any) -> dict[str, Any]:
    plain = {
        name: str(value) if name.endswith("_on") and value else value for name, value in row.items()
    }
    plain["file"] = plain.pop("path")
    plain["delivery_id"] = hashlib.sha256(plain["file"].encode()).hexdigest()[:16]
    plain["rows_add_up"] = plain["rows_seen"] is None or plain["rows_seen"] == (
        plain["rows_accepted"] + plain["rows_rejected"] + plain["rows_ignored"]
    )
    return plain


def _lists(landing: Landing) -> dict[str, Any]:
    return {
        "sheet_accounts": landing.sheets.drop_columns(["content_hash"]).to_pylist(),
        "rejected_rows": landing.rejected_rows.drop_columns(["content_hash"]).to_pylist(),
        "rejected_cells": landing.rejected_cells.drop_columns(["content_hash"]).to_pylist(),
        "notices": landing.notices.drop_columns(["content_hash"]).to_pylist(),
        "accepted": {kind.value: table.num_rows for kind, table in landing.tables.items()},
    }
