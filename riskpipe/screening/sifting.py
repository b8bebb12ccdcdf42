"""A sheet's records become typed rows of its landed model; what cannot is listed.

`Source` (text by field, already without its reporter) goes in; `Sifted` comes out: accepted
rows under the model's columns, lines for rejected rows and for emptied cells. A bad or blank
cell in a required column rejects the row; a bad one elsewhere is emptied. Classifying and the
model's own last word come after.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.screening.codes import Codes
from riskpipe.screening.columns import Typed, day_only, tidy, typed
from riskpipe.screening.reasons import NOTHING, Reasons, together
from riskpipe.tables.base import Column, Model, columns_of, kind_of
from riskpipe.tables.delivered import Judged, Landed
from riskpipe.text import fold
from riskpipe.vocabulary import Kind

SHOWN_CODES = 8
UNIT, RECORD = "\x1f", "\x1e"  # cannot stand in a cell: control characters go with folding
DIGEST = 10
NOT_LETTERS = r"[^\p{L}\p{N}]+"


@dataclass(frozen=True)
class Emptiness:
    """What counts as an empty report in a text field."""

    least_letters: int
    words: frozenset[str]
    copy_of: str


@dataclass(frozen=True)
class Source:
    """Records of one sheet: text by field, and what their layout says of them."""

    model: Model
    content_hash: str
    sheet: str
    sheet_no: int
    fields: pa.Table
    row_no: pa.Array
    headings: Mapping[str, str]
    units: Mapping[str, str]
    required: tuple[str, ...]
    number: str
    identity: tuple[str, ...]
    emptiness: Mapping[str, Emptiness]
    epoch_1904: bool


@dataclass(frozen=True)
class Sifted:
    """Accepted rows (model columns but the classifier's), and the lines of what was not."""

    rows: pa.Table
    rejected_rows: pa.Table
    rejected_cells: pa.Table
    notices: pa.Table


def sift(source: Source, codes: Codes, reasons: Reasons) -> Sifted:
    """Type, check and key the records of a sheet. Never raises for what they hold."""
    columns = [c for c in columns_of(source.model) if c.name not in _given(source.model)]
    made = {c.name: _typed(c, source, codes) for c in columns}
    _derive(source, made, codes)
    rejecting, emptying, is_rejected = _complaints(source, columns, made, reasons)
    kept = np.flatnonzero(~is_rejected)
    table = pa.table({name: column.values for name, column in made.items()}).take(pa.array(kept))
    row_no = source.row_no.take(pa.array(kept, pa.int64()))
    keyed = _keyed(table, row_no, source)
    return Sifted(keyed, together(rejecting), together(emptying), NOTHING)


def _given(model: Model) -> set[str]:
    """Columns that do not come from the sheet: where the row came from, the classifier's."""
    base = Judged if issubclass(model, Judged) else Landed
    return {column.name for column in columns_of(base)}


def _text(source: Source, name: str) -> pa.Array:
    if name in source.fields.column_names:
        return source.fields.column(name).combine_chunks()
    return pa.nulls(len(source.row_no), pa.string())


def _typed(column: Column, source: Source, codes: Codes) -> Typed:
    if column.name not in source.fields.column_names:
        nothing = np.zeros(len(source.row_no), dtype=bool)
        return Typed(pa.nulls(len(source.row_no), column.arrow), nothing, "")
    text = _text(source, column.name)
    return typed(column, text, source.units.get(column.name, ""), source.epoch_1904, codes)


def _derive(source: Source, made: dict[str, Typed], codes: Codes) -> None:
    """Columns that follow from others of the same row."""
    nothing = np.zeros(len(source.row_no), dtype=bool)
    for name, moment in (("is_day_only", "reported_at"), ("is_day_only", "happened_at")):
        if name in made and moment in made:
            made[name] = Typed(day_only(made[moment].values), nothing, "")
    if kind_of(source.model) is Kind.FINDINGS:
        made["item_no"] = Typed(pa.repeat(pa.scalar(1, pa.int64()), len(nothing)), nothing, "")
        made["grade_stated"] = Typed(tidy(_text(source, "grade")), nothing, "")
        made["cited_tipoff_no"] = Typed(_cited(made["remark"].values, codes), nothing, "")
        _place(source, made, codes)


def _place(source: Source, made: dict[str, Typed], codes: Codes) -> None:
    """Trade and place type share a column on most sheets: either word is understood."""
    written = _text(source, "trade").dictionary_encode()
    stated = [codes.place_of(word) for word in written.dictionary.to_pylist()]
    place = pa.array(stated, pa.string()).take(written.indices)
    trade = made["trade"].values.dictionary_encode()
    rolled = [codes.place_of(word) for word in trade.dictionary.to_pylist()]
    place = pc.coalesce(place, pa.array(rolled, pa.string()).take(trade.indices))
    bad = made["trade"].bad & np.asarray(pc.is_null(place))
    made["trade"] = Typed(made["trade"].values, bad, made["trade"].rule)
    made["place_type"] = Typed(place, np.zeros(len(bad), dtype=bool), "")


def _cited(remarks: pa.Array, codes: Codes) -> pa.Array:
    """The tip-off number a remark names."""
    if remarks.null_count == len(remarks):
        return pa.nulls(len(remarks), pa.string())
    near = pc.extract_regex(remarks, f"(?P<no>{codes.citations})")
    return pc.struct_field(near, "no")


def _complaints(
    source: Source, columns: list[Column], made: dict[str, Typed], reasons: Reasons
) -> tuple[list[pa.Table], list[pa.Table], np.ndarray]:
    rejecting: list[pa.Table] = []
    emptying: list[pa.Table] = []
    is_rejected = np.zeros(len(source.row_no), dtype=bool)
    for column in columns:
        heading = source.headings.get(column.name, column.title)
        cell = _Cell(source, column.name, heading, {"codes": _listed(column)})
        found = made[column.name]
        bad_lines = cell.lines(found.bad, found.rule, reasons)
        if _is_required(column, source):
            blank = np.asarray(pc.is_null(found.values)) & ~found.bad
            rejecting += [bad_lines, cell.lines(blank, "missing", reasons)]
            is_rejected |= found.bad | blank
        else:
            emptying.append(bad_lines)
    for name, emptiness in source.emptiness.items():
        lines, empty = _empty_reports(source, name, emptiness, ~is_rejected, reasons)
        rejecting += lines
        is_rejected |= empty
    # A rejected row is told once, by what rejected it: its other cells were not taken in at all.
    gone = source.row_no.filter(pa.array(is_rejected))
    left = [lines.filter(pc.invert(pc.is_in(lines["row_no"], gone))) for lines in emptying]
    return rejecting, left, is_rejected


def _is_required(column: Column, source: Source) -> bool:
    if column.name in source.required:
        return True
    return not column.nullable and column.name != _own_number(source.model)


def _own_number(model: Model) -> str:
    """The number column of a model; a sheet without one gets the record's key instead."""
    return "finding_no" if kind_of(model) is Kind.FINDINGS else ""


def _listed(column: Column) -> str:
    shown = "、".join(map(str, column.codes[:SHOWN_CODES]))
    return shown + ("等" if len(column.codes) > SHOWN_CODES else "")


@dataclass(frozen=True)
class _Cell:
    """A column as its complaints name it."""

    source: Source
    name: str
    heading: str
    facts: Mapping[str, object]

    def lines(self, where: np.ndarray, rule: str, reasons: Reasons) -> pa.Table:
        """A line for every marked row."""
        if not where.any():
            return NOTHING
        mask = pa.array(where)
        shown = _text(self.source, self.name).filter(mask)
        row_no = self.source.row_no.filter(mask)
        return reasons.lines(row_no, rule, self.heading, shown, self.facts)


def _empty_reports(
    source: Source, name: str, rule: Emptiness, open_rows: np.ndarray, reasons: Reasons
) -> tuple[list[pa.Table], np.ndarray]:
    """Rows whose text says nothing: too short, a stock word, the standard copied back."""
    bare = _bare(_text(source, name))
    length = np.asarray(pc.fill_null(pc.utf8_length(bare), 0))
    short = open_rows & (length < rule.least_letters)
    stock = (
        open_rows & ~short & np.asarray(pc.is_in(bare, pa.array(sorted(rule.words), pa.string())))
    )
    copied = np.zeros(len(open_rows), dtype=bool)
    if rule.copy_of in source.fields.column_names:
        same = pc.fill_null(pc.equal(bare, _bare(_text(source, rule.copy_of))), False)
        copied = open_rows & ~short & ~stock & np.asarray(same)
    cell = _Cell(source, name, source.headings.get(name, name), {"least": rule.least_letters})
    lines = [
        cell.lines(where, code, reasons)
        for code, where in (("too_short", short), ("stock_words", stock), ("copied", copied))
    ]
    return lines, short | stock | copied


def _bare(text: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(fold(text), NOT_LETTERS, "")


def _keyed(rows: pa.Table, row_no: pa.Array, source: Source) -> pa.Table:
    """The model's columns with keys, hashes and places; the record's key where it has no number."""
    own = _own_number(source.model)
    identity = [name for name in source.identity if name in rows.column_names and name != own]
    number = source.number if source.number in rows.column_names else ""
    hashed = (
        _hashes(rows, identity or rows.column_names, "")
        if not number or rows[number].null_count
        else None
    )
    keys = rows[number].combine_chunks() if number else pa.nulls(rows.num_rows, pa.string())
    if hashed is not None:
        keys = pc.coalesce(keys, hashed)
    if own:
        place = rows.column_names.index(own)
        rows = rows.set_column(place, own, pc.coalesce(rows[own].combine_chunks(), keys))
    count = rows.num_rows
    prefix = f"{source.content_hash[:16]}-{source.sheet_no}-"
    first = {
        "row_id": pc.binary_join_element_wise(prefix, row_no.cast(pa.string()), ""),
        "content_hash": pa.repeat(pa.scalar(source.content_hash), count),
        "sheet": pa.repeat(pa.scalar(source.sheet), count),
        "row_no": row_no,
        "record_key": keys,
        "row_hash": _hashes(rows, rows.column_names, "r"),
    }
    return pa.table({**first, **{name: rows[name] for name in rows.column_names}})


def _hashes(rows: pa.Table, names: list[str], mark: str) -> pa.Array:
    """A hash per row over the named columns, the same however the cells were typed."""
    if not rows.num_rows:
        return pa.array([], pa.string())
    texts = [pc.fill_null(rows[name].combine_chunks().cast(pa.string()), RECORD) for name in names]
    marked = pc.binary_join_element_wise(
        mark, _bare_of_space(pc.binary_join_element_wise(*texts, UNIT)), ""
    )
    digests = b"".join(
        hashlib.blake2b(text, digest_size=DIGEST).digest() for text in _as_bytes(marked)
    )
    starts = np.arange(rows.num_rows + 1, dtype=np.int32) * (2 * DIGEST)
    words = pa.StringArray.from_buffers(
        rows.num_rows, pa.py_buffer(starts), pa.py_buffer(digests.hex().encode())
    )
    return pc.binary_join_element_wise("h", words, "")


def _as_bytes(texts: pa.Array) -> list[memoryview]:
    """The UTF-8 of every text as it lies in the array: no string is made of it."""
    _, offsets, content = texts.buffers()
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1].tolist()
    view = memoryview(content or b"")
    return [view[start:end] for start, end in pairwise(ends)]


def _bare_of_space(joined: pa.Array) -> pa.Array:
    """White space never tells two records apart; the separators are none."""
    return pc.replace_substring_regex(joined, r"[\s\x{3000}]+", "")
