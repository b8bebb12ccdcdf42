"""A plan as byte frames and back: how it travels into the limited child.

Texts and marks go as JSON, the cells of each page as an Arrow stream. Nothing is changed on the way.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from riskpipe.intake.grid import Merge
from riskpipe.returns.plan import Line, Mark, Page, Plan, Tone


def frames_of(plan: Plan, more: Mapping[str, Any]) -> tuple[bytes, list[bytes]]:
    """The order (with `more` beside the plan) and a stream a page."""
    order = {
        "cover": [[line.style, list(line.texts)] for line in plan.cover],
        "pages": [_page_json(page) for page in plan.pages],
        "epoch_1904": plan.epoch_1904,
        "words": dict(plan.words),
        **more,
    }
    return json.dumps(order, ensure_ascii=False).encode(), [_stream(p.cells) for p in plan.pages]


def plan_from(order: Mapping[str, Any], streams: Sequence[bytes | bytearray]) -> Plan:
    """The plan of an order and its streams."""
    cover = tuple(Line(style, tuple(texts)) for style, texts in order["cover"])
    pages = zip(order["pages"], streams, strict=True)
    return Plan(
        cover,
        tuple(_page_of(page, stream) for page, stream in pages),
        order["epoch_1904"],
        order["words"],
    )


def _page_json(page: Page) -> dict[str, Any]:
    return {
        "name": page.name,
        "source": page.source,
        "first_row": page.first_row,
        "merges": [list(vars(merge).values()) for merge in page.merges],
        "marks": [[mark.row, mark.column, mark.tone, mark.text] for mark in page.marks],
        "reasons": list(page.reasons.items()),
        "headings": page.headings,
        "reason_column": page.reason_column,
    }


def _page_of(page: Mapping[str, Any], stream: bytes | bytearray) -> Page:
    return Page(
        page["name"],
        page["source"],
        pa.ipc.open_stream(pa.py_buffer(stream)).read_all(),
        page["first_row"],
        tuple(Merge(*bounds) for bounds in page["merges"]),
        tuple(Mark(row, column, Tone(tone), text) for row, column, tone, text in page["marks"]),
        dict(page["reasons"]),
        tuple((first, last) for first, last in page["headings"]),
        page["reason_column"],
    )


def _stream(cells: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, cells.schema) as writer:
        writer.write_table(cells)
    return sink.getvalue().to_pybytes()
