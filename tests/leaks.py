"""Does anything planted leak? A search through whatever a run writes, decoded.

In: folders and the values planted in deliveries, by kind. Out: where which value was found.
Numbers are found in any grouping, in full-width or Chinese digits, as integers and floats,
as unsalted md5/sha1/sha256 in hex, base64 or bytes, behind JSON, HTML and URL escapes; all
files are searched as raw bytes too. Written apart from riskpipe/identity on purpose: it
must not share its blind spots.
"""

import base64
import binascii
import hashlib
import html
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import ahocorasick_rs

from tests.decoding import UndecodableError, decoded
from tests.rawsearch import RawSearch

Found = tuple[str, str]
"""(where, what): file with the place inside it, and "phone 13800138000 (sha256)"."""

BLOCK = 4_000_000
"""Characters searched at a time; blocks overlap by more than the longest value."""
OVERLAP = 400

DIGITS = dict(
    zip(
        map(ord, "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"),
        "0001234567891123456789",
        strict=True,
    )
)
MARKS = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ud800-\udfff]")
APART = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
RUN = re.compile(r"\d(?:[ \t\-–—_.·/()+]{0,3}\d){6,}")
DIGIT_RUN = re.compile(rb"\d{7,24}")
GROUP = re.compile(r"\d+")
HEX = re.compile(
    r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{32})(?![0-9A-Fa-f])"
)
BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{22,}={0,2}")
UNICODE_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})")
TAG = re.compile(r"<[^>]{0,2000}>")
NUMERIC = {"phone", "id", "account"}


def find_leaks(
    folders: Iterable[Path], planted: Mapping[str, Iterable[str]], excluded: Iterable[Path] = ()
) -> list[Found]:
    """Every planted value found in any file or file name under the folders.

    `planted` maps a kind ("name", "phone", "id", "account", "address", "mail", "plate",
    "wechat", ...) to its values; phone, id and account are compared as numbers. The vault
    need not be excluded: sealed, it tells nothing, and that is checked too. Leave the raw
    deliveries out. A container that cannot be opened is a finding.
    """
    needles = Needles.of(planted)
    return sorted(
        {found for path in files_under(folders, excluded) for found in _in_file(path, needles)}
    )


def files_under(folders: Iterable[Path], excluded: Iterable[Path]) -> list[Path]:
    """Files and folders (for their names), without what lies under an excluded path."""
    out = [path.resolve() for path in excluded]
    paths = {path for folder in folders for path in (folder, *folder.rglob("*"))}
    return sorted(
        path for path in paths if not any(path.resolve().is_relative_to(no) for no in out)
    )


def _in_file(path: Path, needles: "Needles") -> Iterator[Found]:
    for what in needles.in_text(path.name):
        yield f"{path} (file name)", what
    if not path.is_file():
        return
    try:
        for where, text in decoded(path):
            for what in (
                needles.in_bytes(text) if isinstance(text, bytes) else needles.in_text(text)
            ):
                yield f"{path}{where}", what
    except UndecodableError as error:
        yield str(path), f"cannot be opened: {error}"


@dataclass(frozen=True)
class Needles:
    """Planted values in the forms they are searched in; each form maps to what it tells."""

    words: dict[str, str]
    numbers: dict[str, str]
    digests: dict[bytes, str]

    @classmethod
    def of(cls, planted: Mapping[str, Iterable[str]]) -> "Needles":
        """Fold the values, digits of numbers apart, and hash every spelling."""
        words: dict[str, str] = {}
        numbers: dict[str, str] = {}
        digests: dict[bytes, str] = {}
        for kind, values in planted.items():
            for value in values:
                what = f"{kind} {value}"
                digits = re.sub(r"[^0-9Xx]", "", folded(value)).upper()
                if kind in NUMERIC and len(digits) >= 7:
                    numbers |= dict.fromkeys(_number_forms(kind, digits), what)
                if kind not in NUMERIC or len(digits) < 7 or "X" in digits:
                    words[folded(value)] = what
                for spelling in {
                    value,
                    folded(value),
                    *([digits, f"+86{digits}", f"86{digits}"] if kind in NUMERIC else []),
                }:
                    for name in ("md5", "sha1", "sha256"):
                        digest = hashlib.new(
                            name, spelling.encode(), usedforsecurity=False
                        ).digest()
                        digests[digest] = f"{what} ({name})"
        return cls(words, numbers, digests)

    def in_text(self, text: str) -> set[str]:
        """What of the planted is told by a text, escapes taken off first."""
        found: set[str] = set()
        for form in _unescaped(text):
            for at in range(0, len(form) or 1, BLOCK):
                block = form[at : at + BLOCK + OVERLAP]
                found |= self._in_folded(folded(block)) | self._in_tokens(block)
        return found

    def in_bytes(self, content: bytes) -> set[str]:
        """What raw bytes tell: values in any encoding, digests as they are."""
        found = self._in_raw(content) | self._in_tokens(content.decode("latin-1"))
        return {f"{what} (raw bytes)" for what in found}

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(self.words)

    @cached_property
    def _word_search(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(self._words)

    @cached_property
    def _raw_search(self) -> RawSearch:
        forms = dict(self.digests)
        for word, what in self.words.items():
            for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
                forms |= {spelling.encode(encoding): what for spelling in (word, word.upper())}
        for number, what in self.numbers.items():
            forms |= {number.encode(encoding): what for encoding in ("utf-16-le", "utf-16-be")}
            forms[struct.pack("<d", int(number))] = what
            if int(number) < 2**63:
                forms[struct.pack("<q", int(number))] = what
        return RawSearch(forms)

    def _in_raw(self, content: bytes) -> set[str]:
        # Runs of plain digits, as a pickle or an index page holds them, compared whole.
        runs = {run.decode() for run in DIGIT_RUN.findall(content)} & self.numbers.keys()
        return self._raw_search(content) | {self.numbers[run] for run in runs}

    def _in_folded(self, text: str) -> set[str]:
        hits = self._word_search.find_matches_as_indexes(text, overlapping=True)
        found = {self.words[self._words[index]] for index, *_ in hits}
        for spoken in {text, text.translate(DIGITS)}:
            for run in RUN.finditer(spoken):
                found |= {self.numbers[n] for n in _joined(run[0]) if n in self.numbers}
        return found

    def _in_tokens(self, text: str) -> set[str]:
        """Digests in hex or base64, and planted text inside longer base64."""
        found = {
            self.digests[raw]
            for token in HEX.findall(text)
            if (raw := bytes.fromhex(token)) in self.digests
        }
        for token in BASE64.findall(text):
            raw = _from_base64(token)
            if raw in self.digests:
                found.add(f"{self.digests[raw]} in base64")
            elif len(token) >= 24 and not HEX.fullmatch(token):
                found |= {f"{what} (in base64)" for what in self._in_raw(raw)}
        return found


def folded(text: str) -> str:
    """One form for the eye's equals: NFKC, lower case, 张 三 together, no zero-width marks."""
    return APART.sub("", unicodedata.normalize("NFKC", MARKS.sub("", text)).lower())


def _number_forms(kind: str, digits: str) -> set[str]:
    """As typed; a landline also without its area code's 0 and with the country's 86."""
    bare = digits.rstrip("X")
    forms = {bare, "86" + bare.lstrip("0"), "0086" + bare.lstrip("0")}
    return forms | ({"0" + bare} if kind == "phone" and bare.startswith("1") else set())


def _joined(run: str) -> Iterator[str]:
    """Each number that whole groups of a run make together: 138-0013-8000 in 1,138 0013 8000."""
    groups = GROUP.findall(run)
    for start in range(len(groups)):
        together = ""
        for group in groups[start : start + 20]:
            together += group
            if len(together) > 24:
                break
            if len(together) >= 7:
                yield together


def _unescaped(text: str) -> set[str]:
    """The text, and what it reads as once escapes and mark-up are off."""
    forms = {text}
    if "\\u" in text:
        text = UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        forms.add(text)
    if "&" in text and ";" in text:
        forms.add(html.unescape(text))
    if "%" in text:
        forms |= {unquote(text), unquote(text, "gb18030")}
    if "<" in text:
        forms |= {html.unescape(TAG.sub("", text)), html.unescape(TAG.sub(" ", text))}
    return forms


def _from_base64(token: str) -> bytes:
    bare = token.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(
            bare[: len(bare) - (len(bare) % 4 == 1)] + "=" * (-len(bare) % 4), validate=True
        )
    except (binascii.Error, ValueError):
        return b""
