"""Joins the landings of all contents into one table per kind, all versions kept.

A kind's fingerprint is that of the landings which hold it, so a new file of one kind leaves
the tables of the others alone. Rows are sorted by their identity: the order in which files
were read leaves no trace.
"""

from pathlib import Path

import pyarrow as pa

from riskpipe import reception
from riskpipe.tables import all_models, model_of
from riskpipe.tables.base import Model, key_of, kind_of, schema_of
from riskpipe.walk.bench import Outcome, conform
from riskpipe.walk.office import DELIVERIES
from riskpipe.walk.receiving import ACCOUNTS, contents_of
from riskpipe.warehouse import Warehouse, fingerprint, parquet_fingerprint

LANDED = tuple(key_of(model) for model in all_models() if kind_of(model))
INTAKE = (*ACCOUNTS, *LANDED)
"""Every table made before the first computed step."""


def gather(warehouse: Warehouse, key: str) -> Outcome:
    """Make the table of one kind unless it already stands for the same landings."""
    model = model_of(key)
    contents = _holding(warehouse, model)
    stamps = [f"{content} {parquet_fingerprint(path)}" for content, path in contents.items()]
    stamp = fingerprint([str(schema_of(model)), *stamps])
    if warehouse.fingerprint_of(key) == stamp:
        return Outcome(key, warehouse.rows_of(key), is_skipped=True)
    parts = [reception.landed_table(warehouse, content, model) for content in contents]
    table = pa.concat_tables([schema_of(model).empty_table(), *parts]).sort_by("row_id")
    warehouse.write(key, conform(table, model), stamp)
    return Outcome(key, table.num_rows, is_skipped=False)


def _holding(warehouse: Warehouse, model: Model) -> dict[str, Path]:
    """Contents that hold rows of a kind, with the Parquet of those rows."""
    paths = {
        content: warehouse.landing / content / f"{kind_of(model)}.parquet"
        for content in contents_of(warehouse.read(DELIVERIES))
    }
    return {content: path for content, path in paths.items() if path.exists()}
