"""Rows that cannot be read, put at known places of the newest month and entered into the truth.

Each is a copy of a good row under a number of its own with one cell spoiled, so that the
figures of the golden year stay as they are. Which cell of which sheet is data: bad_cells.csv.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from riskpipe.demo.months import LAST_MONTH, Month
from riskpipe.demo.plan import packaged_rows
from riskpipe.demo.town import Town

Row = Sequence[Any]


def spoiled(month: Month, kind: str, headings: Sequence[str], good: Row) -> list[Row]:
    """The bad rows of a kind for a month: none but in the last."""
    if month != LAST_MONTH:
        return []
    return [
        _spoil(headings, good, bad) for bad in packaged_rows("bad_cells") if bad["kind"] == kind
    ]


def record_spoiled(
    town: Town, month: Month, kind: str, path: Path, sheet: str, *, first_row: int
) -> None:
    """Enter the bad rows of a kind, which stand from `first_row` on, into the truth."""
    if month != LAST_MONTH:
        return
    bad_rows = [bad for bad in packaged_rows("bad_cells") if bad["kind"] == kind]
    for row_no, bad in enumerate(bad_rows, first_row):
        town.book.bad_cells.append(
            {
                "file": path.relative_to(town.raw).as_posix(),
                "sheet": sheet,
                "row": row_no,
                "column": bad["heading"],
                "mark": bad["mark"],
                "value": bad["value"],
                "number": bad["number"],
            }
        )


def _spoil(headings: Sequence[str], good: Row, bad: Any) -> Row:
    row = list(good)
    row[headings.index(bad["number_heading"])] = bad["number"]
    row[headings.index(bad["heading"])] = bad["value"]
    return row
