"""JSON lines (one object a line) become a grid whose column names come with the file.

Row numbers are line numbers. Values become text as an office would type them: whole numbers
without a point, true and false as 是 and 否. A line that is no object, that names a field twice
or holds what no cell could (NaN, half a character) is kept as unreadable, so that it is
accounted, never dropped; a nested value stays as its JSON text.
"""

import json
from typing import Any

import pyarrow as pa

from riskpipe.intake.encodings import decoded
from riskpipe.intake.grid import Grid, Refusal, text_cells
from riskpipe.settings import IntakeLimits


def grid(content: bytes, limits: IntakeLimits) -> Grid:
    """The lines of the file as rows of text. Raises Refusal."""
    lines = decoded(content).removesuffix("\n").split("\n")  # U+2028 may stand inside a value
    if len(lines) > limits.max_rows:
        raise Refusal("too_many_cells", {"sheet": "", "limit": limits.max_rows})
    objects = [_object(line) for line in lines]
    if not any(objects):
        raise Refusal("json_lines", {})
    keys = tuple(dict.fromkeys(key for row in objects if row for key in row))
    if len(keys) > limits.max_columns:
        raise Refusal("too_many_cells", {"sheet": "", "limit": limits.max_columns})
    broken = tuple(
        number
        for number, (row, line) in enumerate(zip(objects, lines, strict=True), 1)
        if row is None and line.strip()
    )
    columns = [pa.array([(row or {}).get(key) for row in objects], pa.string()) for key in keys]
    return Grid("", text_cells(columns), 1, keys, (), False, broken)


def _object(line: str) -> dict[str, str | None] | None:
    if not line.strip():
        return None
    try:
        row = json.loads(line, object_pairs_hook=_once, parse_constant=_refuse_constant)
        cells = {key: _text(value) for key, value in row.items()} if isinstance(row, dict) else None
        "".join(cell for pair in (cells or {}).items() for cell in pair if cell).encode()
    except (ValueError, RecursionError):  # half a character is a ValueError too
        return None
    return cells


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different: of two values for one field neither is right."""
    row = dict(pairs)
    if len(row) != len(pairs):
        raise ValueError
    return row


def _refuse_constant(_: str) -> None:
    raise ValueError


def _text(value: Any) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "是" if value else "否"
        case str():
            return value if value.strip() else None
        case int() | float():
            return repr(value)
        case _:
            return json.dumps(value, ensure_ascii=False)
