"""A sheet whose few rows lie far apart, brought together for its reader and set apart after it.

The reader allots the whole rectangle up to the last cell: one word typed by mistake in the last
row of a sheet costs it 600 MB. The part's rows are numbered without gaps before it reads, and
the columns it gives get their gaps back, as nothing but nulls.
"""

import re

import numpy as np
import pyarrow as pa

from riskpipe.intake.sheetxml import NUMBER, ROW, SheetXml

LEAST_CELLS = 2_000_000
ROW_BYTES = 24
"""A part with fewer bytes than this a row cannot have a filled cell in most of its rows."""
PLACED = rb"(<P(?:row|c)\b[^>]*?\br\s*=\s*[\"'])([A-Za-z]*)(\d+)"


def is_sparse(sheet: SheetXml) -> bool:
    """Whether bringing rows together is worth it."""
    return sheet.height * sheet.width > LEAST_CELLS and sheet.size < sheet.height * ROW_BYTES


def together(part: bytes, sheet: SheetXml) -> tuple[bytes, list[int]] | None:
    """The part with rows numbered 1, 2, 3 … and the number each had; None where they say none."""
    given = [NUMBER.search(row[1]) for row in re.finditer(sheet.named(ROW), part, re.DOTALL)]
    numbers = [int(number[1]) for number in given if number]
    if len(numbers) < len(given) or numbers != sorted(set(numbers)):
        return None
    new = {old: b"%d" % place for place, old in enumerate(numbers, 1)}
    try:
        text = re.sub(sheet.named(PLACED), lambda m: m[1] + m[2] + new[int(m[3])], part)
    except KeyError:  # a cell that says it stands in another row
        return None
    return text, numbers


def apart(columns: list[pa.Array], numbers: list[int]) -> list[pa.Array]:
    """The columns with every row where it was."""
    if not columns:
        return []
    rows = numbers[: len(columns[0])]
    at = np.zeros(rows[-1], np.int32)
    is_gap = np.ones(rows[-1], bool)
    at[np.array(rows) - 1] = np.arange(len(rows))
    is_gap[np.array(rows) - 1] = False
    places = pa.array(at, mask=is_gap)
    return [column.take(places) for column in columns]
