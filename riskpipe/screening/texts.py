"""Cells of text: white space as a reader sees it, wrapped words joined, lengths within reason.

A cell longer than Excel can hold was swallowed by a lost quote or written by a program. It is
cut out before anything reads it closely (a million characters would keep the masker busy for
minutes) and leaves a mark in its place by which screening rejects it: it is never shortened.
"""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.rules import Rules

UNTIDY = r"[\t\n\r\v\f\x{3000}\x{a0}]|^ | $|  "
WRAP = re.compile(r"(?<=[\u3400-\u9fff])\s*[\r\n]\s*(?=[\u3400-\u9fff])")
CUT = "〔此格约 {count} 万字，未读〕"
OPENS, IS_CUT = "〔此格约 ", r"^〔此格约 \d+ 万字，未读〕$"
TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class Texts:
    """The rules of texts.toml: most characters of a cell, columns compared by words, error values."""

    longest: int
    labels: frozenset[str]
    errors: frozenset[str]


def texts_of(rules: Rules) -> Texts:
    """The rules for text cells in force."""
    found = rules.document("screening/texts")
    return Texts(found["longest"], frozenset(found["labels"]), frozenset(found["errors"]))


def cut(text: pa.Array, longest: int) -> pa.Array:
    """The column with a mark in place of every cell of more than `longest` characters."""
    near = np.flatnonzero(sizes_of(text) > longest)
    if not len(near):
        return text
    lengths = np.asarray(pc.fill_null(pc.utf8_length(text.take(pa.array(near))), 0))
    marks = {
        int(at): CUT.format(count=round(n / TEN_THOUSAND))
        for at, n in zip(near, lengths, strict=True)
        if n > longest
    }
    where = np.zeros(len(text), dtype=bool)
    where[list(marks)] = True
    return pc.replace_with_mask(text, pa.array(where), pa.array(marks.values(), pa.string()))


def were_cut(text: pa.Array, longest: int) -> np.ndarray:
    """Where a cell is too long, or was when it was cut out."""
    sizes = sizes_of(text)
    long = sizes > longest
    if long.any():
        at = np.flatnonzero(long)
        long[at] = np.asarray(pc.utf8_length(text.take(pa.array(at)))) > longest
    cut_out = pc.fill_null(pc.starts_with(text, OPENS), False)
    if pc.any(cut_out).as_py():
        long |= np.asarray(pc.fill_null(pc.match_substring_regex(text, IS_CUT), False))
    return long


def are_errors(text: pa.Array, errors: frozenset[str]) -> np.ndarray:
    """Where a cell holds what Excel shows in place of a value."""
    near = pc.fill_null(pc.starts_with(text, "#"), False)
    found = np.zeros(len(text), dtype=bool)
    for at in np.flatnonzero(np.asarray(near)):
        cell = text[at].as_py().strip().upper()
        found[at] = cell in errors or not cell.strip("#")
    return found


def sizes_of(text: pa.Array) -> np.ndarray:
    """The size of every cell in bytes, from the array's own offsets; 0 where null."""
    _, offsets, _ = text.buffers()
    ends = np.frombuffer(offsets, np.int32)[text.offset : text.offset + len(text) + 1]
    sizes = np.diff(ends)
    return np.where(np.asarray(pc.is_valid(text)), sizes, 0) if text.null_count else sizes


def tidy(text: pa.Array) -> pa.Array:
    """White space as a reader sees it: runs become one space, ends are trimmed."""
    untidy = pc.match_substring_regex(text, UNTIDY)
    if not pc.any(untidy).as_py():
        return text
    clean = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"[\s\x{3000}\x{a0}\v]+", " "))
    return pc.if_else(pc.equal(clean, ""), pa.scalar(None, pa.string()), clean)


def unwrapped(text: pa.Array) -> pa.Array:
    """Words that a narrow column broke over lines, whole again."""
    broken = pc.fill_null(pc.match_substring_regex(text, r"[\r\n]"), False)
    if not pc.any(broken).as_py():
        return text
    joined = [WRAP.sub("", cell) for cell in text.filter(broken).to_pylist()]
    return pc.replace_with_mask(text, broken, pa.array(joined, pa.string()))
