"""A sheet's records become typed rows of its landed model; what cannot is listed.

`Source` (text by field, already without its reporter) goes in; `Sifted` comes out: accepted
rows under the model's columns, lines for rejected rows, for emptied cells and for what to look
at. A bad or blank cell in a required column rejects the row; a bad one elsewhere is emptied.
Names and hashes of rows are keying.py's; classifying and the model's own last word come after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.screening.assessing import assess
from riskpipe.screening.codes import Codes
from riskpipe.screening.columns import Fault, Typed, day_only, typed
from riskpipe.screening.days import Period, Reckoning
from riskpipe.screening.keying import Place, keyed, placed
from riskpipe.screening.kinds import misplaced
from riskpipe.screening.reasons import NOTHING, Reasons, together
from riskpipe.screening.splitting import Split, split
from riskpipe.screening.texts import are_errors, tidy, were_cut
from riskpipe.screening.words import Words
from riskpipe.tables.base import Column, Model, columns_of, kind_of
from riskpipe.tables.delivered import Judged, Landed
from riskpipe.text import fold
from riskpipe.vocabulary import Kind

SHOWN_CODES = 8
NOT_LETTERS = r"[^\p{L}\p{N}]+"


@dataclass(frozen=True)
class Emptiness:
    """What counts as an empty report in a text field."""

    least_letters: int
    words: frozenset[str]
    copy_of: str


@dataclass(frozen=True)
class Source:
    """Records of one sheet: text by field, and what their layout and delivery say of them.

    `period` is what the delivery states it covers, `ditto` what stands for the cell above (none
    is left but at the top), `unvalued` the row numbers by field of formulas without a result.
    """

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
    period: tuple[date, date] | None
    ditto: frozenset[str]
    unvalued: Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Sifted:
    """Accepted rows (model columns but the classifier's), and the lines of what was not."""

    rows: pa.Table
    rejected_rows: pa.Table
    rejected_cells: pa.Table
    notices: pa.Table


def sift(source: Source, words: Words, reasons: Reasons) -> Sifted:
    """Type, check and key the records of a sheet. Never raises for what they hold."""
    columns = [c for c in columns_of(source.model) if c.name not in _given(source.model)]
    made = {c.name: _typed(c, source, words) for c in columns}
    _derive(source, made, words.codes)
    assess(made, words.risks)
    rejecting, emptying, is_rejected = _complaints(source, columns, made, words, reasons)
    kept = pa.array(np.flatnonzero(~is_rejected), pa.int64())
    table = pa.table({name: column.values for name, column in made.items()}).take(kept)
    own = _own_number(source.model)
    whole = keyed(table, source.number, source.identity, own)
    parts = _parts(whole, kept, source, words)
    row_no = source.row_no.take(kept)
    notices = _unclear(parts, row_no, source, reasons)
    place = Place(source.content_hash, source.sheet, source.sheet_no)
    rows = placed(parts.rows, row_no.take(pa.array(parts.origin)), place)
    return Sifted(rows, together(rejecting), together(emptying), notices)


def _parts(rows: pa.Table, kept: pa.Array, source: Source, words: Words) -> Split:
    """The rows by item, where the kind has a column that may hold several."""
    kind = kind_of(source.model)
    name = words.numbering.columns.get(kind.value, "") if kind else ""
    if not name:
        none = np.zeros(rows.num_rows, dtype=bool)
        return Split(rows, np.arange(rows.num_rows), none)
    return split(rows, name, _text(source, name).take(kept), words.numbering)


def _unclear(parts: Split, row_no: pa.Array, source: Source, reasons: Reasons) -> pa.Table:
    if not parts.unclear.any():
        return NOTHING
    heading = source.headings.get("description")
    return reasons.lines(row_no.filter(pa.array(parts.unclear)), "unclear_items", heading, None, {})


def _given(model: Model) -> set[str]:
    """Columns that do not come from the sheet: where the row came from, the classifier's."""
    base = Judged if issubclass(model, Judged) else Landed
    return {column.name for column in columns_of(base)}


def _text(source: Source, name: str) -> pa.Array:
    if name in source.fields.column_names:
        return source.fields.column(name).combine_chunks()
    return pa.nulls(len(source.row_no), pa.string())


def _typed(column: Column, source: Source, words: Words) -> Typed:
    if column.name not in source.fields.column_names:
        return Typed(pa.nulls(len(source.row_no), column.arrow), ())
    text = _text(source, column.name)
    unread = _unread(column.name, text, source, words)
    if unread:
        gone = np.logical_or.reduce([fault.where for fault in unread])
        text = pc.if_else(pa.array(gone), pa.scalar(None, pa.string()), text)
    unit = source.units.get(column.name, "")
    read = typed(column, text, unit, _reckoning(column.name, source, words), words)
    return Typed(read.values, (*unread, *read.faults))


def _unread(name: str, text: pa.Array, source: Source, words: Words) -> tuple[Fault, ...]:
    """Cells of any column that are bad before they are read: too long, #REF!, 同上, no value."""
    masks = {
        "too_long": were_cut(text, words.texts.longest),
        "error_value": are_errors(text, words.texts.errors),
        "ditto_first": np.asarray(pc.is_in(text, pa.array(sorted(source.ditto), pa.string()))),
    }
    if rows := source.unvalued.get(name):
        masks["unvalued_formula"] = np.isin(np.asarray(source.row_no), rows)
    return tuple(Fault(rule, where) for rule, where in masks.items() if where.any())


def _reckoning(name: str, source: Source, words: Words) -> Reckoning:
    if source.period is None:
        return Reckoning(source.epoch_1904, None)
    ahead = words.days.ahead_days if name in words.days.ahead else 0
    return Reckoning(source.epoch_1904, Period(*source.period, ahead))


def _derive(source: Source, made: dict[str, Typed], codes: Codes) -> None:
    """Columns that follow from others of the same row."""
    for name, moment in (("is_day_only", "reported_at"), ("is_day_only", "happened_at")):
        if name in made and moment in made:
            made[name] = Typed(day_only(made[moment].values), ())
    if kind_of(source.model) is Kind.REVIEWS:
        made["subcategory"] = _of_its_category(made["category"], made["subcategory"])
    if kind_of(source.model) is Kind.FINDINGS:
        ones = pa.repeat(pa.scalar(1, pa.int64()), len(source.row_no))
        made["item_no"] = Typed(ones, ())
        written = "grade_stated" if "grade_stated" in source.fields.column_names else "grade"
        made["grade_stated"] = Typed(tidy(_text(source, written)), ())
        made["cited_tipoff_no"] = Typed(_cited(made["remark"].values, codes), ())
        _place(source, made, codes)


def _of_its_category(category: Typed, subcategory: Typed) -> Typed:
    """The sub-category, emptied where it is another category's."""
    gone = misplaced(category.values, subcategory.values)
    if not gone.any():
        return subcategory
    values = pc.if_else(pa.array(gone), pa.scalar(None, pa.string()), subcategory.values)
    return Typed(values, (*subcategory.faults, Fault("misplaced_kind", gone)))


def _place(source: Source, made: dict[str, Typed], codes: Codes) -> None:
    """Trade and place type share a column on most sheets: either word is understood."""
    written = _text(source, "trade").dictionary_encode()
    stated = [codes.place_of(word) for word in written.dictionary.to_pylist()]
    place = pa.array(stated, pa.string()).take(written.indices)
    trade = made["trade"].values.dictionary_encode()
    rolled = [codes.place_of(word) for word in trade.dictionary.to_pylist()]
    place = pc.coalesce(place, pa.array(rolled, pa.string()).take(trade.indices))
    unknown = np.asarray(pc.is_null(place))
    faults = [Fault(fault.rule, fault.where & unknown) for fault in made["trade"].faults]
    made["trade"] = Typed(made["trade"].values, tuple(f for f in faults if f.where.any()))
    made["place_type"] = Typed(place, ())


def _cited(remarks: pa.Array, codes: Codes) -> pa.Array:
    """The tip-off number a remark names."""
    if remarks.null_count == len(remarks):
        return pa.nulls(len(remarks), pa.string())
    near = pc.extract_regex(remarks, f"(?P<no>{codes.citations})")
    return pc.struct_field(near, "no")


def _complaints(
    source: Source, columns: list[Column], made: dict[str, Typed], words: Words, reasons: Reasons
) -> tuple[list[pa.Table], list[pa.Table], np.ndarray]:
    rejecting: list[pa.Table] = []
    emptying: list[pa.Table] = []
    is_rejected = np.zeros(len(source.row_no), dtype=bool)
    limits: dict[str, object] = {
        "first": words.days.first_year,
        "last": words.days.last_year,
        "longest": words.texts.longest,
    }
    for column in columns:
        heading = source.headings.get(column.name, column.title)
        facts = {"codes": _listed(column), "factors": words.risks.listed(column.name)}
        cell = _Cell(source, column.name, heading, limits | facts)
        found = made[column.name]
        bad_lines = [cell.lines(fault.where, fault.rule, reasons) for fault in found.faults]
        if _is_required(column, source):
            blank = np.asarray(pc.is_null(found.values)) & ~found.bad
            rejecting += [*bad_lines, cell.lines(blank, "missing", reasons)]
            is_rejected |= found.bad | blank
        else:
            emptying += bad_lines
    for name, emptiness in source.emptiness.items():
        lines, empty = _empty_reports(source, name, emptiness, ~is_rejected, reasons)
        rejecting += lines
        is_rejected |= empty
    # Of a rejected row all that is wrong is told with it: it goes back once, not once a cell.
    gone = source.row_no.filter(pa.array(is_rejected))
    with_it = [lines.filter(pc.is_in(lines["row_no"], gone)) for lines in emptying]
    left = [lines.filter(pc.invert(pc.is_in(lines["row_no"], gone))) for lines in emptying]
    return rejecting + with_it, left, is_rejected


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
