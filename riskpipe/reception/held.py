"""Whose rows were not taken in: the pseudonyms of rejected rows under their business numbers.

A landed content goes in; a line for every rejected row that names a person and has a number comes
out. When the row comes back corrected its personal columns are blank (a return sheet holds none), and
the number is all that ties it to its person. Names stay in the vault.
"""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from riskpipe.reception.keeping import text_path
from riskpipe.reception.landing import rejected_rows, sheets
from riskpipe.screening.identifiers import identified
from riskpipe.warehouse import Warehouse

NUMBERS = {"reporter_id": "tipoff_no", "payee_id": "payout_no"}
"""Under which number each kind of person is found again."""
HELD = pa.schema(
    [
        pa.field("content_hash", pa.string()),
        pa.field("sheet", pa.string()),
        pa.field("row_no", pa.int64()),
        pa.field("number_kind", pa.string()),
        pa.field("subject_no", pa.string()),
        pa.field("person_id", pa.string()),
    ]
)


def held_people(warehouse: Warehouse, content_hash: str) -> pa.Table:
    """Lines of `HELD` for a content, by sheet and row; none when nothing of it was rejected."""
    rejected = rejected_rows(warehouse, content_hash)
    parts = [HELD.empty_table()]
    for sheet in sheets(warehouse, content_hash).to_pylist() if rejected.num_rows else ():
        path = text_path(warehouse.landing / content_hash, sheet["sheet_no"])
        rows = rejected.filter(pc.equal(rejected["sheet"], sheet["sheet"]))["row_no"]
        if not path.exists() or not rows.length():
            continue
        names = pq.read_schema(path).names
        for person, number in NUMBERS.items():
            if person in names and number in names:
                text = pq.read_table(path, columns=["row_no", person, number])
                parts.append(_held(text, rows, (content_hash, sheet["sheet"], person, number)))
    return pa.concat_tables(parts)


def _held(text: pa.Table, rows: pa.ChunkedArray, place: tuple[str, str, str, str]) -> pa.Table:
    content_hash, sheet, person, number = place
    subject_no, _ = identified(text[number].combine_chunks())
    is_told = pc.and_(pc.is_valid(subject_no), pc.is_valid(text[person].combine_chunks()))
    is_rejected = pc.is_in(text["row_no"].combine_chunks(), value_set=rows.combine_chunks())
    at = pc.and_(is_told, is_rejected)
    columns = (text["row_no"].combine_chunks().filter(at), subject_no.filter(at))
    count = len(columns[0])
    constants = [
        pa.repeat(pa.scalar(one, pa.string()), count) for one in (content_hash, sheet, number)
    ]
    return pa.table(
        [
            constants[0],
            constants[1],
            columns[0].cast(pa.int64()),
            constants[2],
            columns[1],
            text[person].combine_chunks().filter(at),
        ],
        schema=HELD,
    )
