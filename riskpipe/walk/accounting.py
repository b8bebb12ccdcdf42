"""The law that no row is lost, asked of the tables that stand: law 1 of the design.

For every sheet, rows seen = accepted + rejected + ignored; for every kind, rows accepted by
its sheets = rows landed. The Dagster check that blocks a run asks here.
"""

from collections import Counter

import pyarrow.parquet as pq

from riskpipe.tables import all_models
from riskpipe.tables.base import key_of, kind_of, name_of
from riskpipe.tables.intake import Sheets
from riskpipe.warehouse import Warehouse

IGNORED = ("titles", "headings", "totals", "notes", "blanks")


def unbalanced_sheets(warehouse: Warehouse) -> list[str]:
    """Identities of sheets whose rows do not add up."""
    rows = warehouse.read(key_of(Sheets)).to_pylist()
    return [row["sheet_id"] for row in rows if row["rows_seen"] != _accounted(row)]


def unlanded(warehouse: Warehouse) -> dict[str, int]:
    """Accepted less landed rows by content and kind, where it is not nought."""
    lost: Counter[str] = Counter()
    for row in warehouse.read(key_of(Sheets)).to_pylist():
        if row["kind"]:
            lost[row["kind"]] += row["rows_accepted"]
    for model in all_models():
        if kind := kind_of(model):
            path = warehouse.table_path(f"intake/{name_of(model)}")
            lost[kind.value] -= pq.read_metadata(path).num_rows
    return {kind: count for kind, count in sorted(lost.items()) if count}


def _accounted(row: dict[str, int]) -> int:
    return row["rows_accepted"] + row["rows_rejected"] + sum(row[name] for name in IGNORED)
