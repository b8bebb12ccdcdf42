"""A page of very many rows, cut to its headings and the rows that have to be put right.

A page goes in, a shorter one comes out, its marks moved with their rows. Short pages stay as they are.
"""

from dataclasses import replace

import pyarrow as pa

from riskpipe.intake.grid import Merge
from riskpipe.returns.plan import Page

HEAD_ROWS = 60
"""Rows above the last heading of the first table that are kept for what they say."""


def abridged(page: Page, most_rows: int) -> tuple[Page, int]:
    """The page with at most `most_rows` rows of wrong data, and how many rows it had to leave out.

    The count is of rows with reasons that did not fit; 0 when all are there.
    """
    heads = [row for first, last in page.headings for row in range(first, last + 1)]
    above = range(page.first_row, min(heads, default=page.first_row))
    wrong = sorted(page.reasons)
    kept = sorted({*heads, *[*above][-HEAD_ROWS:], *wrong[:most_rows]})
    moved = {row: place for place, row in enumerate(kept, 1)}
    at = pa.array(
        [row - page.first_row for row in kept if row - page.first_row < page.cells.num_rows]
    )
    shorter = replace(
        page,
        cells=page.cells.take(at),
        first_row=1,
        merges=tuple(_moved(merge, moved) for merge in page.merges if _is_kept(merge, moved)),
        marks=tuple(replace(m, row=moved[m.row]) for m in page.marks if m.row in moved),
        reasons={moved[row]: text for row, text in page.reasons.items() if row in moved},
        headings=tuple((moved[first], moved[last]) for first, last in page.headings),
    )
    return shorter, max(0, len(wrong) - most_rows)


def _is_kept(merge: Merge, moved: dict[int, int]) -> bool:
    return all(row in moved for row in range(merge.first_row, merge.last_row + 1))


def _moved(merge: Merge, moved: dict[int, int]) -> Merge:
    return replace(merge, first_row=moved[merge.first_row], last_row=moved[merge.last_row])
