"""What a sheet's XML says beside its cells, and whether its reader may be let near it.

Pieces of the part go in as they are inflated; out come its extent, merges, hidden rows, the
drawing it points to, cells whose formula has no result and pictures kept in cells. Only pieces
in which the words occur are looked at closely: a large sheet is passed over once, fast.
"""

import re
from collections.abc import Iterator
from html import unescape

from riskpipe.intake.package import Stop

SHEET_DATA = re.compile(rb"<(?:(\w+):)?sheetData\b")
END_OF_DATA = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\b[^>]*/>")
WIDE = re.compile(rb'r="([A-Za-z]{2,})\d')
WIDE_EITHER = re.compile(rb"r\s*=\s*[\"']([A-Za-z]{2,})\d")
NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)")
PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)(\d+)")
HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)"
)
DRAWING = re.compile(rb"<(?:\w+:)?drawing\b[^>]*?:id\s*=\s*[\"']([^\"']+)")
FILLED = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*(?<!/)>(?!</)")
RICH = re.compile(rb"\bvm\s*=\s*[\"']\d")
# In these, P stands for the prefix of the sheet's elements.
ROW = rb"<Prow\b([^>]*)>"
FORMULA = rb"<Pc\b([^>]*)>\s*<Pf\b[^>]*?(?:/>|>(.*?)</Pf>)(.*?)</Pc>"
ERROR = rb"<Pc\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:<Pf\b[^>]*?(?:/>|>[^<]*</Pf>))?<Pv>([^<]*)</Pv>"
ANY_TAG = rb"<P(?:(row)|c)\b([^>]*)>"
FIRST_COLUMN = rb"<Pc\b[^>]*\br=[\"']A\d+[\"'][^>/]*>\s*(?:<Pv>[^<]|<Pis><Pt[^>/]*>[^<])"
FAR = rb"r\s*=\s*[\"'](LETTERS\d+)[\"'][^>]*(?<!/)>\s*<(?!/)"
"""A cell of these letters that holds something: formatted empty ones may reach anywhere."""
PICTURE = re.compile(r"\bDISPIMG\(", re.IGNORECASE)
NARROW = 26
"""Columns up to Z: what a sheet has at least when no wider cell is named."""
FORMULA_SHOWN = 200


class SheetXml:
    """One sheet's part, fed piece by piece, then finished. Raises Stop from either."""

    def __init__(self, name: str, max_rows: int, max_columns: int) -> None:
        self.name = name
        self.max_rows, self.max_columns = max_rows, max_columns
        self.height, self.width = 0, NARROW
        self.size = 0
        self.hidden: list[int] = []
        self.unvalued: list[tuple[int, int, str]] = []
        self.in_cells: list[tuple[int, int]] = []
        self.errors: dict[tuple[int, int], str] = {}
        self.has_first_column = False
        self.merges: list[list[int]] = []
        self.drawing = ""
        self.has_escapes = False
        self._rest = b""
        self._row = 0
        self._prefix: bytes | None = None

    def feed(self, piece: bytes) -> None:
        """Take in the next piece; rows are looked at whole."""
        self.size += len(piece)
        seen = self._rest + piece if self._rest else piece
        start = 0
        if self._prefix is None:
            found = SHEET_DATA.search(seen)
            if found is None:
                self._rest = seen
                return
            self._prefix = found[1] + b":" if found[1] else b""
            start = found.start()
        cut = max(start, seen.rfind(self._tag(b"row"), start))
        self._rows(Rows(seen, start, cut))
        self._rest = seen[cut:]

    def finish(self) -> None:
        """Take in what is left: the last row and all that stands behind the rows."""
        found = END_OF_DATA.search(self._rest)
        end = found.end() if found else len(self._rest)
        self._rows(Rows(self._rest, 0, end))
        tail = self._rest[end:]
        self._rest = b""
        self.merges = [
            [int(m[2]), int(m[4]), column(m[1]), column(m[3])] for m in MERGED.finditer(tail)
        ]
        drawing = DRAWING.search(tail)
        self.drawing = drawing[1].decode("utf-8", "replace") if drawing else ""

    def _tag(self, name: bytes) -> bytes:
        return b"<" + (self._prefix or b"") + name

    def _rows(self, rows: "Rows") -> None:
        if rows.start == rows.end:
            return
        self._widen(rows)
        self._deepen(rows)
        # One letter is sought far faster than a word, and in most sheets it settles the question.
        if rows.hold(b"d") and rows.hold(b"hidden"):
            self._hide(rows)
        if rows.hold(b"f") and rows.hold(self._tag(b"f")):
            self._look_at_formulas(rows)
        if rows.hold(b"e") and (rows.hold(b't="e"') or rows.hold(b"t='e'")):
            self._look_at_errors(rows)
        if rows.hold(b"_") and rows.hold(b"_x"):
            self.has_escapes = True
        if not self.has_first_column:
            self.has_first_column = rows.search(self.named(FIRST_COLUMN)) is not None
        self._row = self._number_of(rows, rows.rfind(self._tag(b"row")))

    def _widen(self, rows: "Rows") -> None:
        pattern = WIDE_EITHER if rows.hold(b"'") else WIDE
        for letters in set(pattern.findall(rows.text, rows.start, rows.end)):
            place = column(letters)
            if place <= self.max_columns:
                self.width = max(self.width, place)
            elif far := rows.search(FAR.replace(b"LETTERS", letters)):
                facts = {"sheet": self.name, "cell": far[1].decode(), "limit": self.max_columns}
                raise Stop("far_cell", facts)

    def _deepen(self, rows: "Rows") -> None:
        """The last row that holds anything: formatted rows below it cost the reader nothing."""
        last = rows.rfind(self._tag(b"v>"))
        if last < rows.rfind(self._tag(b"row")):
            last = max(last, *(rows.rfind(self._tag(name)) for name in (b"v ", b"is>")))
        if last < 0:
            return
        at = rows.text.rfind(self._tag(b"row"), rows.start, last)
        self.height = max(self.height, self._number_of(rows, at))
        if self.height > self.max_rows:
            raise Stop("too_many_rows", {"sheet": self.name, "limit": self.max_rows})

    def _number_of(self, rows: "Rows", at: int) -> int:
        """The number of the row that starts at `at`; rows without one count on."""
        if at < 0:
            return self._row
        given = NUMBER.search(rows.text, at, rows.text.find(b">", at))
        if given:
            return int(given[1])
        return self._row + rows.text.count(self._tag(b"row"), rows.start, at + 4)

    def _hide(self, rows: "Rows") -> None:
        number = self._row
        for row in rows.finditer(self.named(ROW)):
            given = NUMBER.search(row[1])
            number = int(given[1]) if given else number + 1
            if HIDDEN.search(row[1]):
                self.hidden.append(number)

    def _look_at_formulas(self, rows: "Rows") -> None:
        for cell in rows.finditer(self.named(FORMULA)):
            text = (cell[2] or b"").decode("utf-8", "replace")
            is_picture = bool(PICTURE.search(text)) or b"DISPIMG(" in cell[3]
            if not is_picture and _has_result(cell[1], cell[3]):
                continue
            row, place = self._place(rows, cell)
            if is_picture:
                self.in_cells.append((row, place))
            else:
                self.unvalued.append((row, place, unescape(text)[:FORMULA_SHOWN]))

    def _look_at_errors(self, rows: "Rows") -> None:
        """Error values; Excel's own pictures in cells are rich values that look like one."""
        for cell in rows.finditer(self.named(ERROR)):
            place = self._place(rows, cell)
            if RICH.search(cell[1]):
                self.in_cells.append(place)
            else:
                self.errors[place] = cell[2].decode("utf-8", "replace")

    def _place(self, rows: "Rows", cell: re.Match[bytes]) -> tuple[int, int]:
        """A cell's row and column; where it does not say them, they are counted."""
        given = PLACE.search(cell[1])
        if given:
            return int(given[2]), column(given[1])
        if rows.places is None:
            rows.places = self._places(rows)
        return rows.places[cell.start()]

    def _places(self, rows: "Rows") -> dict[int, tuple[int, int]]:
        """Row and column of every cell by where it starts: those without count on."""
        row, place, found = self._row, 0, {}
        for tag in rows.finditer(self.named(ANY_TAG)):
            if tag[1]:
                number = NUMBER.search(tag[2])
                row, place = (int(number[1]) if number else row + 1), 0
                continue
            given = PLACE.search(tag[2])
            place = column(given[1]) if given else place + 1
            found[tag.start()] = (row, place)
        return found

    def named(self, pattern: bytes) -> bytes:
        """A pattern for this sheet's prefix: P stands for it."""
        return pattern.replace(b"P", re.escape(self._prefix or b""))


class Rows:
    """A stretch of whole rows in a piece; the piece itself is not copied."""

    def __init__(self, text: bytes, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.places: dict[int, tuple[int, int]] | None = None

    def hold(self, word: bytes) -> bool:
        """Whether the word occurs."""
        return self.text.find(word, self.start, self.end) >= 0

    def rfind(self, word: bytes) -> int:
        """Where the word occurs last, -1 when nowhere."""
        return self.text.rfind(word, self.start, self.end)

    def search(self, pattern: bytes) -> re.Match[bytes] | None:
        """The first match."""
        return re.compile(pattern, re.DOTALL).search(self.text, self.start, self.end)

    def finditer(self, pattern: bytes) -> Iterator[re.Match[bytes]]:
        """All matches in order."""
        return re.compile(pattern, re.DOTALL).finditer(self.text, self.start, self.end)


def _has_result(attributes: bytes, rest: bytes) -> bool:
    """Whether a formula was saved with its result; an empty text is one too."""
    return bool(FILLED.search(rest)) or (b'"str"' in attributes and rest.strip() != b"")


def column(letters: bytes) -> int:
    """A column's number: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
