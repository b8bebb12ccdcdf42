"""What one hostile file is and what must become of it: the words an examiner needs, no more.

`Expected` is written by hand or by the page that writes the file (page.py), never taken from
the program. Rows are named by sheet and by the number Excel shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Place = tuple[str, int]
Cell = tuple[str, int, str]
WHOLE: frozenset[str] = frozenset()
"""A row rejected as a whole: no column is to blame."""
ANY_SHEET = "*"
"""Stands for the one sheet whose name may not come out as it was written."""


@dataclass(frozen=True)
class Notice:
    """Something that must be said of a sheet though no row is rejected for it."""

    sheet: str
    row: int | None
    words: str
    """Must stand in its reason."""


@dataclass(frozen=True)
class Expected:
    """What must become of a file."""

    status: str
    """One status, or several with | between them where the contract leaves it open."""
    kinds: str | None = None
    good: frozenset[Place] = frozenset()
    bad: Mapping[Place, frozenset[str]] = field(default_factory=dict)
    """Rejected rows and the headings to blame."""
    emptied: frozenset[Cell] = frozenset()
    values: Mapping[Cell, Any] = field(default_factory=dict)
    """What a cell must have become: (sheet, row, field) → typed value."""
    items: Mapping[Place, int] = field(default_factory=dict)
    """How many findings a row holds, where not one."""
    refusal: frozenset[str] = frozenset()
    """Any of these codes names the refusal of the file or of its worst sheet."""
    says: tuple[str, ...] = ()
    """Words that the message to the office must hold."""
    notices: tuple[Notice, ...] = ()
    quiet: bool = False
    """Nothing at all may be noticed: a checksum that is right raises no voice."""
    accounts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Columns of a sheet's account."""
    secrets: tuple[str, ...] = ()
    """Personal data that may stand nowhere in what came out."""


@dataclass(frozen=True)
class Case:
    """A file to be delivered and what must become of it."""

    name: str
    theme: str
    file: str
    content: Callable[[], bytes]
    expected: Expected
    limits: Mapping[str, int] = field(default_factory=dict)
    """Settings of intake that differ from the packaged ones."""
    place: Callable[[Path, bytes], Path] | None = None
    """How the file gets onto the disk, when not simply written under its name."""


def refused(status: str, codes: set[str], *says: str) -> Expected:
    """A file of which nothing is taken in."""
    return Expected(status, refusal=frozenset(codes), says=says)
