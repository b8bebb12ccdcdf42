"""How a typed row is named: its record's key, its place in the sheet, its content's hash.

Typed rows go in; the same rows come out with the first columns of every landed table. A record
is known by the source's own number, else by a hash of its identifying cells; 序号 is never a key.
"""

import hashlib
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

UNIT, RECORD = "\x1f", "\x1e"  # cannot stand in a cell: control characters go with folding
DIGEST = 10


@dataclass(frozen=True)
class Place:
    """The sheet that rows stand on."""

    content_hash: str
    sheet: str
    sheet_no: int


def keyed(rows: pa.Table, number: str, identity: tuple[str, ...], own: str) -> pa.Table:
    """The rows with `record_key` before them; it fills the column `own` where that is blank.

    `number` is the column of the source's own numbers ("" for none), `identity` the columns a
    record is known by without one.
    """
    named = [name for name in identity if name in rows.column_names and name != own]
    has_number = number in rows.column_names
    keys = rows[number].combine_chunks() if has_number else pa.nulls(rows.num_rows, pa.string())
    if keys.null_count:
        keys = pc.coalesce(keys, _hashes(rows, named or rows.column_names, ""))
    if own:
        filled = pc.coalesce(rows[own].combine_chunks(), keys)
        rows = rows.set_column(rows.column_names.index(own), own, filled)
    return rows.add_column(0, "record_key", keys)


def placed(rows: pa.Table, row_no: pa.Array, place: Place) -> pa.Table:
    """Keyed rows in the model's order, with where they stand and a hash of what they hold."""
    cells = rows.drop_columns(["record_key"])
    first = {
        "row_id": _row_ids(rows, row_no, place),
        "content_hash": pa.repeat(pa.scalar(place.content_hash), rows.num_rows),
        "sheet": pa.repeat(pa.scalar(place.sheet), rows.num_rows),
        "row_no": row_no,
        "record_key": rows["record_key"],
        "row_hash": _hashes(cells, cells.column_names, "r"),
    }
    return pa.table({**first, **{name: cells[name] for name in cells.column_names}})


def _row_ids(rows: pa.Table, row_no: pa.Array, place: Place) -> pa.Array:
    """Content, sheet and row number; of several items in a row the later ones say which."""
    prefix = f"{place.content_hash[:16]}-{place.sheet_no}-"
    ids = pc.binary_join_element_wise(prefix, row_no.cast(pa.string()), "")
    if "item_no" not in rows.column_names:
        return ids
    item_no = rows["item_no"].combine_chunks()
    later = pc.binary_join_element_wise(ids, item_no.cast(pa.string()), "#")
    return pc.if_else(pc.equal(item_no, 1), ids, later)


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
