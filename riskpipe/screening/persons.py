"""Columns that name people on duty, and what stands in them that is no name.

A day, a number or a state in 整改责任人 was typed into the wrong column (or the row is shifted):
that cell is not a person. Which columns and words are data (persons.toml); whether a name is a
real one is never asked.
"""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.rules import Rules
from riskpipe.screening.days import Days, Reckoning, moment_of
from riskpipe.screening.undated import fault_of
from riskpipe.text import squeeze_one

TOKEN = re.compile("〔[^〕]*〕")
"""What masking left of a telephone or another personal value."""
NEAR_DAYS = frozenset(
    {"impossible_day", "far_year", "no_year", "short_year", "damaged_day", "no_day"}
)
NO_NAME = r"\d|^[^\p{L}]*$|〔"
"""Cells worth a closer look: with a figure, or without any letter."""


@dataclass(frozen=True)
class Persons:
    """The rules of persons.toml."""

    columns: frozenset[str]
    badges: frozenset[str]
    words: frozenset[str]


def persons_of(rules: Rules) -> Persons:
    """The rules for person columns in force."""
    found = rules.document("screening/persons")
    return Persons(*(frozenset(found[name]) for name in ("columns", "badges", "words")))


def strangers(
    name: str, text: pa.Array, persons: Persons, days: Days, reckoning: Reckoning
) -> np.ndarray:
    """Where a person column holds what is no person."""
    near = pc.or_(
        pc.match_substring_regex(text, NO_NAME),
        pc.is_in(text, value_set=pa.array(sorted(persons.words), pa.string())),
    )
    bad = np.zeros(len(text), dtype=bool)
    at = np.flatnonzero(np.asarray(pc.fill_null(near, False)))
    if not len(at):
        return bad
    coded = text.take(pa.array(at)).dictionary_encode()
    strange = [
        not _may_name(cell, name in persons.badges, persons, days, reckoning)
        for cell in coded.dictionary.to_pylist()
    ]
    bad[at] = np.array(strange)[np.asarray(coded.indices)]
    return bad


def _may_name(
    cell: str, may_be_badge: bool, persons: Persons, days: Days, reckoning: Reckoning
) -> bool:
    plain = TOKEN.sub("", squeeze_one(cell))
    if may_be_badge and plain.isalnum():
        return plain not in persons.words
    has_letter = any(character.isalpha() for character in plain)
    is_day = moment_of(plain, reckoning, days) or fault_of(plain, days) in NEAR_DAYS
    return has_letter and not is_day and plain not in persons.words
