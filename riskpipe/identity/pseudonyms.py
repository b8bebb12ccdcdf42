"""One person, one pseudonym: however the phone, the card or the name was typed.

In: what one row says of a person, by what it identifies by ("phone", "paper", …). Out: `R`
or `P` and 20 hex digits of a keyed hash over the strongest identifier, or nothing when the
row names nobody. Without the key the hash cannot be searched back (an unsalted hash of a
phone number falls in two hours). Columns and sheets are not known here.
"""

import hmac
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Final

from riskpipe.identity.masking import phones_in
from riskpipe.rules import PACKAGE, Rules
from riskpipe.text import fold_one

DIGITS: Final = 20
"""80 bits: no two of a thousand million people meet by chance."""

_MOBILE: Final = re.compile(r"(?:(?:00)?86|0|12593|17951)?(1[3-9]\d{9})")
_ABROAD: Final = re.compile(r"(?:00)?86(?=[1-9]\d{8,10}$)")
_EXTENSION: Final = re.compile(r"\s*(?:转|分机|-)\s*\d{1,5}\s*$")
_HIDDEN: Final = re.compile(r"\d[*×＊xX#]{2,}\d")
_NO_MARKS: Final = re.compile(r"[\W_]+")


def pseudonym(prefix: str, said: Mapping[str, str], key: bytes) -> str | None:
    """The pseudonym of a person, None when nothing identifies one.

    `said` maps what a cell identifies by to its raw text; a name alone is no identifier
    (there are 300,000 people called 张伟), name and home together are.
    """
    for what in people()["rules"]["strength"]:
        if identifier := _identifier(what, said):
            return f"{prefix}{keyed(f'{what}:{identifier}', key)}"
    return None


def keyed(text: str, key: bytes) -> str:
    """HMAC-SHA256 of a text, its first 20 hex digits."""
    return hmac.digest(key, text.encode(), "sha256").hex()[:DIGITS]


def phone_of(text: str) -> str | None:
    """The first phone number of a cell as digits, None when there is none.

    +86, 0086 and a 0 before a mobile go, an area code keeps its 0, an extension goes.
    """
    if len(text) == 11 and text.isascii() and text.isdigit() and text[0] == "1":
        return _unless_placeholder(text)
    if _HIDDEN.search(text):
        return None
    narrow = next(phones_in(text), None) or unicodedata.normalize("NFKC", text)
    if mobile := _MOBILE.fullmatch(_digits(narrow)):
        return _unless_placeholder(mobile[1])
    digits = _digits(_without_extension(narrow))
    if not digits.isdigit() or not 7 <= len(digits) <= 15:
        return None
    return _unless_placeholder(_ABROAD.sub("0", digits))


@lru_cache(65_536)
def is_nothing(text: str) -> bool:
    """A cell that says nobody: blank, 匿名, 不详, a dash."""
    form = _NO_MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()
    return not form or form in _nothing()


@cache
def people() -> Mapping[str, Any]:
    """The packaged rules of this stage (personal.toml); protection is no office's choice."""
    return Rules(PACKAGE).document("identity/personal")


@cache
def _nothing() -> frozenset[str]:
    return frozenset(people()["rules"]["nothing"])


def _identifier(what: str, said: Mapping[str, str]) -> str | None:
    if what == "phone":
        return phone_of(said.get("phone", "")) or _phone_beside(said.get("name", ""))
    value = said.get(what, "")
    if is_nothing(value):
        return None
    if what == "home":
        name = said.get("name", "")
        return None if is_nothing(name) else f"{_letters(name)}|{_letters(value)}"
    if what == "mail":
        return fold_one(value).replace(" ", "").lower()
    return _letters(value) or None


def _phone_beside(name: str) -> str | None:
    """张三13800138000 in the name's own cell."""
    return phone_of(name) if any(character.isdigit() for character in name) else None


def _letters(text: str) -> str:
    return _NO_MARKS.sub("", fold_one(text)).lower()


def _digits(text: str) -> str:
    return _NO_MARKS.sub("", text)


def _without_extension(text: str) -> str:
    main = _EXTENSION.sub("", text)
    return main if len(_NO_MARKS.sub("", main)) >= 10 else text


def _unless_placeholder(digits: str) -> str | None:
    """00000000000 and 13000000000 stand for no number."""
    return None if len(set(digits[2:])) == 1 else digits
