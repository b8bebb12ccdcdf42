"""The inside of a workbook's zip as the limited child may see it: parts, sheets, their drawings.

Parts are inflated in pieces under one byte count (a zip may lie about its sizes), none before
its beginning was searched for a document type declaration. Pictures are never inflated: of a
drawing only the anchors are read. What a sheet's cells hold is sheetxml.py's business.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast
from xml.parsers import expat

from riskpipe.intake.zips import DAMAGED, copied

PIECE = 2**24
MEGABYTE = 2**20
WORKBOOK = "xl/workbook.xml"
PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
XML_ENDINGS = (".xml", ".rels")
READ_WHOLE = ("xl/sharedstrings.xml", "xl/styles.xml", "xl/workbook.xml")
"""Parts the reader inflates beside the sheets: their real size is counted too."""
MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})


class Stop(Exception):  # noqa: N818
    """The workbook is refused: (code, facts)."""


@dataclass(frozen=True)
class Book:
    """Sheets by name in the workbook's order with their part (lower case); date serials' epoch."""

    parts: dict[str, str]
    hidden: frozenset[str]
    epoch_1904: bool


@dataclass
class Package:
    """An opened workbook zip; `left` is how many bytes may still be inflated."""

    archive: zipfile.ZipFile
    most: int
    left: int
    names: dict[str, str] = field(default_factory=dict)
    """Names of the members as they are written, by their lower case: Excel does not mind case."""

    @classmethod
    def opened(cls, content: bytes, most: int) -> "Package":
        """The package of a workbook's bytes. Raises Stop."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except (OSError, *DAMAGED):
            raise Stop("damaged", {}) from None
        return cls(archive, most, most, {name.lower(): name for name in archive.namelist()})

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self.names

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part inflated piece by piece. Raises Stop when it, or all so far, is too much."""
        try:
            with self.archive.open(self.names[name.lower()]) as stream:
                piece = stream.read(PIECE)
                refuse_declared(piece)
                while piece:
                    self.left -= len(piece)
                    if self.left < 0:
                        raise Stop("bomb", {"limit": self.most // MEGABYTE})
                    yield piece
                    piece = stream.read(PIECE)
        except (OSError, *DAMAGED):
            raise Stop("damaged", {}) from None

    def part(self, name: str) -> bytes:
        """A part whole; nothing where there is none."""
        return b"".join(self.pieces(name)) if self.has(name) else b""

    def with_parts(self, parts: dict[str, bytes]) -> bytes:
        """The package with some parts (by lower-case name) replaced."""
        replaced = {self.names[name]: part for name, part in parts.items()}
        file = self.archive.fp
        assert file is not None
        return copied(cast("BinaryIO", file), self.archive.infolist(), replaced)

    def words(self, sheets: set[str], sought: tuple[bytes, ...]) -> set[bytes]:
        """Look through every XML part but the sheets; which of these words shared strings hold.

        Raises Stop for a declaration, damage or too much.
        """
        found = set()
        for lower, name in self.names.items():
            if lower in READ_WHOLE:
                for piece in self.pieces(name):
                    found |= {word for word in sought if word in piece}
            elif lower.endswith(XML_ENDINGS) and lower not in sheets:
                self._refuse_declared_part(name)
        return found

    def _refuse_declared_part(self, name: str) -> None:
        try:
            with self.archive.open(name) as stream:
                refuse_declared(stream.read(MEGABYTE))
        except (OSError, *DAMAGED):
            raise Stop("damaged", {}) from None

    def book(self) -> Book:
        """What the workbook part lists."""
        targets = self.relations(WORKBOOK)
        parts, hidden, epoch_1904 = {}, set(), False
        for tag, attributes in elements(self.part(WORKBOOK)):
            name = attributes.get("name", "")
            if tag == "sheet":
                relation = next((v for k, v in attributes.items() if k.endswith(" id")), "")
                parts[name] = targets.get(relation, "").lower()
                if attributes.get("state", "visible") != "visible":
                    hidden.add(name)
            elif tag == "workbookPr":
                epoch_1904 = attributes.get("date1904") in ("1", "true")
        return Book(parts, frozenset(hidden), epoch_1904)

    def relations(self, part: str) -> dict[str, str]:
        """Relation id → part name, of one part's .rels."""
        folder, _, name = part.rpartition("/")
        listed = elements(self.part(f"{folder}/_rels/{name}.rels"))
        return {
            attributes.get("Id", ""): _target(folder, attributes.get("Target", ""))
            for tag, attributes in listed
            if tag == "Relationship" and attributes.get("TargetMode") != "External"
        }

    def pictures(self, sheet: str, relation: str) -> Counter[int]:
        """How many pictures float over each row (from 1) of a sheet, by its drawing."""
        drawing = self.relations(sheet).get(relation, "")
        try:
            return pictures_by_row(self.part(drawing))
        except expat.ExpatError:
            return Counter()


def _target(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target.replace("\\", "/")))


def refuse_declared(start: bytes) -> None:
    """Raise Stop when a document type declaration stands before the root element."""
    if start.startswith(MARKS):  # two bytes a letter: the same text with every NUL taken out
        start = start.replace(b"\0", b"")
    start = start.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    after = PROLOG.match(start)
    if after and start[after.end() : after.end() + 2] == b"<!":
        raise Stop("dtd", {})


def elements(part: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element's local name and attributes in order, however deep. Raises Stop."""
    found: list[tuple[str, dict[str, str]]] = []
    if not part:
        return found
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, attributes: found.append(
        (tag.rpartition(" ")[2], attributes)
    )
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise Stop("damaged", {}) from None
    return found


def pictures_by_row(drawing: bytes) -> Counter[int]:
    """Pictures of a drawing part by the row of their anchor; one that hangs on no row is row 1."""
    if not drawing:
        return Counter()
    reader = _Anchors()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(drawing, True)
    return reader.found


class _Anchors:
    """What is between an anchor's start and end: the row it hangs on, pictures in it."""

    def __init__(self) -> None:
        self.found: Counter[int] = Counter()
        self.path: list[str] = []
        self.row = ""
        self.count = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self.path.append(name)
        if name in ANCHORS:
            self.row, self.count = "", 0
        elif name == "pic" and "Fallback" not in self.path:  # a fallback shows the same again
            self.count += 1

    def text(self, data: str) -> None:
        if self.path[-2:] == ["from", "row"]:
            self.row += data

    def end(self, _tag: str) -> None:
        name = self.path.pop()
        if name in ANCHORS and self.count and "Fallback" not in self.path:
            row = self.row.strip()
            self.found[int(row) + 1 if row.isdecimal() else 1] += self.count
