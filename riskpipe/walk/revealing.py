"""Rejected values as they were written, for the keeper of the office's key.

A file anywhere on the disk, who asks, who approved and why go in; the values come out after the look-up
stands in the register. They are read from the file again: nothing riskpipe keeps holds them. Where they are
shown is the caller's business; they may go to a terminal and nowhere else.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from riskpipe.identity.access import Stated, enter, looked_at
from riskpipe.identity.keys import VARIABLE, KeyMissing, keys_of
from riskpipe.identity.vault import Vault
from riskpipe.intake.grid import Grid, Refusal
from riskpipe.intake.reading import grids_of, problem_of
from riskpipe.reception.desk import Desk, desk_of
from riskpipe.reception.ledger import Delivery, spread, taken_from
from riskpipe.reception.receiving import Landing, receive
from riskpipe.reception.transcript import told_text, transcribe
from riskpipe.returns.places import Part, parts_of
from riskpipe.rules import Rules
from riskpipe.walk.office import Office
from riskpipe.walk.trouble import UseError

WHOLE_ROW = "整行"


@dataclass(frozen=True)
class Shown:
    """A rejected value as it stands in the file; of a rejected row all its cells."""

    file: str
    sheet: str
    row_no: int
    heading: str
    value: str
    reason: str


def revealed(office: Office, path: Path, stated: Stated, at: datetime) -> list[Shown]:
    """Every rejected value of a file, after it was entered in the register of look-ups.

    Raises KeyMissing without the office's own key, AccessError as identity.access does,
    UseError for a file that cannot be read: it has no values to show.
    """
    vault = _vault(office)
    desk = desk_of(office.settings, Rules(office.settings.rules_folder), vault.keys)
    lines: list[Shown] = []
    for delivery in spread([Delivery(path, path.name, None, "", None)], desk.limits):
        lines += _of_file(delivery, desk, vault, stated, at)
    return lines


def _vault(office: Office) -> Vault:
    """The office's vault under the key that stands; no key is made for a look-up."""
    file, folder = office.settings.key_file.expanduser(), office.warehouse.vault
    if not os.environ.get(VARIABLE) and not file.exists():
        raise KeyMissing(
            f"查阅原文需要本单位的密钥，{file} 处没有：请由保管密钥的人在存有密钥的机器上查阅。"
        )
    return Vault(folder, keys_of(file, folder))


def _of_file(
    delivery: Delivery, desk: Desk, vault: Vault, stated: Stated, at: datetime
) -> list[Shown]:
    try:
        taken = taken_from(delivery, desk.limits)
        grids = grids_of(taken.content, delivery.name, desk.limits)
    except Refusal as refusal:
        raise UseError(problem_of(refusal, desk.rules).message) from None
    transcript = transcribe(taken, delivery.name, desk)
    landing = receive(transcript, desk)
    named = {told_text(grid.name, transcript.sealed): grid for grid in grids}
    lines = list(_values(delivery.name, landing, named, desk))
    looked = looked_at(transcript.content_hash, len(lines), transcript.sealed)
    enter(vault, looked, stated, at)
    return lines


def _values(name: str, landing: Landing, grids: Mapping[str, Grid], desk: Desk) -> Iterator[Shown]:
    """The cells as written; `grids` by the names under which the landing tells of their sheets."""
    sheets = {told: (grid, parts_of(grid, desk.layouts)) for told, grid in grids.items()}
    for lines in (landing.rejected_rows, landing.rejected_cells):
        for line in lines.to_pylist():
            grid, parts = sheets[line["sheet"]]
            part = next((part for part in parts if line["row_no"] in part.rows), None)
            value = _value(grid, part, line["row_no"], line["heading"])
            heading = line["heading"] or WHOLE_ROW
            yield Shown(name, line["sheet"], line["row_no"], heading, value, line["reason"])


def _value(grid: Grid, part: Part | None, row_no: int, heading: str | None) -> str:
    """The cell under the heading, or the whole row where no one cell is meant."""
    place = row_no - grid.first_row
    if not 0 <= place < grid.cells.num_rows:
        return ""
    column = part.column_of(heading) if part and heading else None
    if column is not None:
        return grid.cells.column(column)[place].as_py() or ""
    cells = (cells[place].as_py() for cells in grid.cells.columns)
    return " | ".join(cell for cell in cells if cell)
