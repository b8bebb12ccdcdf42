"""Rows that hold several findings become as many rows; the sheet's row stays one.

Keyed rows and the text as it was written go in; the rows come out with one item each (分项 1, 2
…), or as they were, with a mark where the numbering is unclear. Keys are the whole row's; what
an item is, numbering.py decides.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.screening.numbering import Items, Numbering, items_of
from riskpipe.screening.texts import tidy


@dataclass(frozen=True)
class Split:
    """Rows by item, for each the place of the row it came from, and which of those are unclear."""

    rows: pa.Table
    origin: np.ndarray
    unclear: np.ndarray


def split(rows: pa.Table, name: str, written: pa.Array, numbering: Numbering) -> Split:
    """Divide rows by the items of one text column; `written` is that column as typed."""
    origin = np.arange(rows.num_rows)
    items = _items(written, numbering)
    unclear = np.zeros(rows.num_rows, dtype=bool)
    unclear[[at for at, found in items.items() if found.is_unclear]] = True
    several = {at: found.texts for at, found in items.items() if len(found.texts) > 1}
    if not several:
        return Split(rows, origin, unclear)
    counts = np.ones(rows.num_rows, dtype=np.int64)
    counts[[*several]] = [len(texts) for texts in several.values()]
    origin = np.repeat(origin, counts)
    item_no = np.arange(len(origin)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    divided = np.repeat(counts > 1, counts)
    spread = rows.take(pa.array(origin))
    texts = tidy(pa.array([text for texts in several.values() for text in texts], pa.string()))
    whole = spread[name].combine_chunks()
    spread = _with(spread, name, pc.replace_with_mask(whole, pa.array(divided), texts))
    return Split(_with(spread, "item_no", pa.array(item_no)), origin, unclear)


def _items(written: pa.Array, numbering: Numbering) -> dict[int, Items]:
    """What the texts with two or more markers are made of, by row."""
    near = pc.greater_equal(pc.count_substring_regex(written, numbering.near), 2)
    rows = np.flatnonzero(np.asarray(pc.fill_null(near, False)))
    texts = written.take(pa.array(rows)).to_pylist()
    return {int(row): items_of(text, numbering) for row, text in zip(rows, texts, strict=True)}


def _with(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), name, values)
