"""A workbook's bytes, or a web page's, become grids, read by a child that memory and time hold.

The readers of workbooks can abort the whole process or take gigabytes on one stray cell, so
none of them runs here. Out come the visible and hidden sheets in their order, or a Refusal.
"""

import json
from typing import Any

import pyarrow as pa

from riskpipe import machine
from riskpipe.intake.grid import Grid, Merge, Refusal, Traits
from riskpipe.settings import IntakeLimits

CHILD_FAILURES = {"memory": "child_memory", "time": "child_time", "crash": "damaged"}


def grids(content: bytes, is_zip: bool, limits: IntakeLimits) -> list[Grid]:
    """Every sheet of a workbook as text. Raises Refusal."""
    return _made(content, "zip" if is_zip else "ole", limits)


def page_grids(content: bytes, limits: IntakeLimits) -> list[Grid]:
    """Every table of a web page as text. Raises Refusal."""
    return _made(content, "page", limits)


def _made(content: bytes, make: str, limits: IntakeLimits) -> list[Grid]:
    order = {
        "make": make,
        "max_rows": limits.max_rows,
        "max_columns": limits.max_columns,
        "max_cells": limits.max_cells,
        "max_sheets": limits.max_sheets,
        "max_inflated": limits.max_inflated_mb * 2**20,
    }
    try:
        head, *streams = machine.in_child(
            "riskpipe.intake.cells:read",
            [json.dumps(order).encode(), content],
            limits.child_memory_mb,
            limits.child_seconds,
        )
    except machine.ChildError as failure:
        limit = {"memory": limits.child_memory_mb, "time": limits.child_seconds}
        raise Refusal(
            CHILD_FAILURES[failure.reason], {"limit": limit.get(failure.reason)}
        ) from None
    answer = json.loads(head)
    if "code" in answer:
        raise Refusal(answer["code"], answer["facts"])
    return [
        _grid(facts, stream, answer["epoch_1904"])
        for facts, stream in zip(answer["sheets"], streams, strict=True)
    ]


def _grid(facts: dict[str, Any], stream: bytearray, epoch_1904: bool) -> Grid:
    table = pa.ipc.open_stream(pa.py_buffer(stream)).read_all()
    merges = tuple(Merge(*bounds) for bounds in facts["merges"])
    traits = Traits(
        facts["hidden"],
        tuple(facts["hidden_rows"]),
        tuple((row, count) for row, count in facts["pictures"]),
        tuple((row, column, formula) for row, column, formula in facts["unvalued"]),
    )
    return Grid(facts["name"], table, 1, None, merges, epoch_1904, (), traits)
