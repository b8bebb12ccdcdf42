"""The headings nobody knew in what was received, as the landings keep them.

A content's hash goes in, its unknown headings come out: where each stands, the table it was read
as (or resembles most), the known headings it is like. They were masked when the file was read.
"""

import json
from dataclasses import dataclass

from riskpipe.intake.noticing import UNKNOWN_HEADING
from riskpipe.reception.keeping import HEAD
from riskpipe.warehouse import Warehouse


@dataclass(frozen=True)
class UnknownHeading:
    """One unknown heading of one sheet; `layout` is a layout's name."""

    sheet: str
    heading: str
    layout: str
    nearest: tuple[str, ...]


def unknown_headings(warehouse: Warehouse, content_hash: str) -> tuple[UnknownHeading, ...]:
    """The unknown headings of a content, in the order of its sheets; none when it was not read."""
    try:
        head = json.loads((warehouse.landing / content_hash / HEAD).read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(
        UnknownHeading(
            sheet["name"],
            notice["heading"],
            notice["facts"]["layout"],
            tuple(notice["facts"]["nearest"]),
        )
        for sheet in head["sheets"]
        for notice in sheet["notices"]
        if notice["rule"] == UNKNOWN_HEADING
    )
