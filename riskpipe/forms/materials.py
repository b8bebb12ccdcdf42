"""What every sheet of one workbook is written with: what is known, where the lists stand, looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from riskpipe.forms.dictionary import Key, Placed
from riskpipe.forms.styles import Formats


@dataclass(frozen=True)
class Filling:
    """What is filled in before a form is handed out; empty or None where not known.

    `street` is printed in every row where the layout lets it be printed; `period` is the
    statistical month's first and last day; `rows` are the numbered rows of each table.
    """

    sender: str
    street: str
    street_code: str
    month: date | None
    period: tuple[date, date] | None
    rows: int


@dataclass(frozen=True)
class Materials:
    """`words` is forms/guide.toml: the guide's lines, instruction, signature, footer."""

    filling: Filling
    placed: Mapping[Key, Placed]
    words: Mapping[str, Any]
    formats: Formats
