"""What is known of file formats, as data: natures.toml, read once.

Bytes or names go in; what a refusal says of them comes out, or nothing where they are no known
stranger. Which files are tables is look.py's business.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("natures.toml")


@dataclass(frozen=True)
class Stranger:
    """What is no table: how it is told, what it is, what to send instead (Chinese)."""

    told_by: re.Pattern[bytes]
    what: str
    advice: str


@dataclass(frozen=True)
class Aside:
    """Names that lie beside deliveries and are none, and why they are passed over."""

    told_by: re.Pattern[str]
    is_lock: bool
    why: str


@dataclass(frozen=True)
class Natures:
    """The document: signatures of first bytes and of markup, parts of zips, streams of OLE."""

    signatures: tuple[Stranger, ...]
    markups: tuple[Stranger, ...]
    parts: tuple[Stranger, ...]
    streams: tuple[tuple[bytes, Stranger], ...]
    page: Stranger
    compound: Stranger
    asides: tuple[Aside, ...]
    unfinished_endings: tuple[str, ...]
    media_folders: tuple[str, ...]
    media_endings: tuple[str, ...]

    def aside(self, names: Sequence[str]) -> Aside | None:
        """Why a path of these names is passed over; None when it is a delivery."""
        return next(
            (aside for aside in self.asides for name in names if aside.told_by.search(name)), None
        )

    def is_media(self, part: str) -> bool:
        """Whether a member of a zip is a picture, film or embedded object, never inflated."""
        name = part.lower()
        return name.startswith(self.media_folders) or name.endswith(self.media_endings)


def told(strangers: Iterable[Stranger], content: bytes) -> Stranger | None:
    """The first stranger these bytes are known by."""
    return next((one for one in strangers if one.told_by.search(content)), None)


@cache
def natures() -> Natures:
    """The packaged document."""
    data = tomllib.loads(DATA.read_text("utf-8"))
    asides = (
        Aside(re.compile(row["pattern"]), row["is_lock"], row["why"]) for row in data["aside"]
    )
    return Natures(
        signatures=_strangers(data["signature"]),
        markups=_strangers(data["markup"]),
        parts=_strangers(data["part"]),
        streams=tuple((row["name"].encode("utf-16-le"), _stranger(row)) for row in data["stream"]),
        page=_stranger(data["lacking"]["page"]),
        compound=_stranger(data["lacking"]["compound"]),
        asides=tuple(asides),
        unfinished_endings=tuple(data["unfinished_endings"]),
        media_folders=tuple(data["media_folders"]),
        media_endings=tuple(data["media_endings"]),
    )


def _strangers(rows: Iterable[dict[str, str]]) -> tuple[Stranger, ...]:
    return tuple(map(_stranger, rows))


def _stranger(row: dict[str, str]) -> Stranger:
    told_by = re.compile(row.get("pattern", "").encode("latin-1"), re.DOTALL)
    return Stranger(told_by, row["what"], row["advice"])
