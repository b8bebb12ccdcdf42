"""Code lists: the words of the vocabulary, and the other spellings that are read as them.

Aliases are data (codes.csv: `column/written` → code), place types too (places.csv). A value
that is neither a code nor a listed spelling is not understood; nothing is matched by
likeness.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from riskpipe.rules import Rules
from riskpipe.tables.base import Column
from riskpipe.text import squeeze_one

POINTED = re.compile(r"(?<=^[0-9])\.0+$")
"""A figure typed as a number (3 from a number cell of an export is 3.0)."""


@dataclass(frozen=True)
class Codes:
    """Spellings by column, and what trade or place rolls up to which of the six types."""

    aliases: Mapping[str, Mapping[str, str]]
    places: Mapping[str, str]
    citations: str

    def code_of(self, column: Column, text: str) -> str | None:
        """The code a cell means, None when it is not understood."""
        plain = POINTED.sub("", form(text))
        listed = self.aliases.get(column.name, {}).get(plain)
        return listed if listed is not None else _spelled(column).get(plain)

    def place_of(self, text: str) -> str | None:
        """The place type of a trade or of a place type as written."""
        return self.places.get(form(text))


@lru_cache(16_384)
def form(text: str) -> str:
    """A code as it is compared."""
    return squeeze_one(text).strip("。.;；,，、 ")


def _spelled(column: Column) -> Mapping[str, str]:
    return _SPELLED.setdefault(column, {form(code): str(code) for code in column.codes})


_SPELLED: dict[Column, Mapping[str, str]] = {}


def codes_of(rules: Rules) -> Codes:
    """The code aliases and roll-ups in force."""
    aliases: dict[str, dict[str, str]] = {}
    for row in rules.rows("screening/codes"):
        column, _, written = row["key"].partition("/")
        aliases.setdefault(column, {})[form(written)] = row["code"]
    places = {form(row["written"]): row["place_type"] for row in rules.rows("screening/places")}
    patterns = rules.document("screening/citations")["tipoff_no"]
    return Codes(aliases, places, "|".join(patterns))
