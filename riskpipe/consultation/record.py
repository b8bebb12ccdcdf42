"""The issue as a JSON document: the same values, every number once and referred to by its id.

`Issue` in, plain dicts and lists out, keys in a fixed order so that equal issues give equal
bytes. `numbers` maps an id (`n12`) to metric, value, numerator, denominator, basis, scope and
as-of day; sentences and cells refer to it. No file is written here.
"""

import dataclasses
import json
from datetime import date
from decimal import Decimal
from typing import Any

from riskpipe.consultation.issue import (
    Issue,
    Number,
    Paragraph,
    Sentence,
    number_ids,
    numbers_of,
)


def record_of(issue: Issue) -> dict[str, Any]:
    """The document of an issue."""
    ids = number_ids(issue)
    body = _plain(issue, ids)
    numbers: dict[str, Any] = {}
    for number in numbers_of(issue):
        numbers.setdefault(ids[id(number)], _number(number))
    return {"format": "riskpipe.issue/1", **body, "numbers": numbers}


def as_json(issue: Issue) -> str:
    """The document as text, one stable form."""
    return json.dumps(record_of(issue), ensure_ascii=False, indent=1) + "\n"


def _number(number: Number) -> dict[str, Any]:
    return {
        field.name: _plain(getattr(number, field.name), {}) for field in dataclasses.fields(number)
    }


def _plain(value: Any, ids: dict[int, str]) -> Any:
    if isinstance(value, Number):
        return {"number": ids[id(value)], "text": value.text}
    if isinstance(value, Sentence):
        return {"text": value.text, "parts": [_plain(part, ids) for part in value.parts]}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: _plain(getattr(value, f.name), ids) for f in dataclasses.fields(value)}
        text = {"text": value.text} if isinstance(value, Paragraph) else {}
        return {"is": type(value).__name__.lower(), **text, **fields}
    if isinstance(value, tuple):
        return [_plain(item, ids) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
