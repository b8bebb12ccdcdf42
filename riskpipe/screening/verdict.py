"""The model's last word on the typed, classified rows of a sheet.

What a model says of its columns (type, required, unique, codes) is first asked of Arrow, for
the whole column at once; pandera, at 25 ms a file, is asked where that finds a fault or the
model says more than that.

Rows go in as Arrow; those the pandera model accepts come out in the model's schema, with a
line for every (row, check) that failed. Nothing is raised: a failure is data, and its cell
values stay out of any exception text.
"""

from functools import cache

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.screening.reasons import NOTHING, Reasons, together
from riskpipe.tables.base import Column, Model, columns_of, schema_of


def settle(rows: pa.Table, model: Model, reasons: Reasons) -> tuple[pa.Table, pa.Table]:
    """(accepted rows in the model's schema, lines of rejected rows)."""
    names = [column.name for column in columns_of(model)]
    whole = rows.select(names)
    failures = None if _is_plainly_right(whole, model) else _failures(whole, model)
    if failures is None:
        return whole.combine_chunks().cast(schema_of(model)), NOTHING
    titles = {column.name: column.title for column in columns_of(model)}
    lines = []
    for (column, check), group in failures.groupby(["column", "check"], sort=True):
        places = pa.array(sorted({int(place) for place in group["index"]}), pa.int64())
        facts = {"check": check}
        row_no = whole["row_no"].combine_chunks().take(places)
        lines.append(reasons.lines(row_no, "model", titles.get(str(column)), None, facts))
    bad = pa.array(sorted({int(place) for place in failures["index"]}), pa.int64())
    everything = pa.array(range(whole.num_rows), pa.int64())
    kept = everything.filter(pc.invert(pc.is_in(everything, bad)))
    return whole.take(kept).combine_chunks().cast(schema_of(model)), together(lines)


def _is_plainly_right(rows: pa.Table, model: Model) -> bool:
    """Whether Arrow finds every constraint kept that the model's columns declare.

    A test holds this equal to pandera's answer. A model with checks of its own is never
    plainly right.
    """
    return not _says_more(model) and all(
        _keeps(rows[column.name], column) for column in columns_of(model)
    )


@cache
def _says_more(model: Model) -> bool:
    schema = model.to_schema()
    plain = all(
        {check.name for check in column.checks} <= {"isin"} for column in schema.columns.values()
    )
    return not plain or bool(schema.checks) or bool(schema.unique)


def _keeps(values: pa.ChunkedArray, column: Column) -> bool:
    if values.type != column.arrow or (not column.nullable and values.null_count):
        return False
    if column.codes:
        known = pc.is_in(values, value_set=pa.array([*map(str, column.codes), None], pa.string()))
        if pc.all(known).as_py() is False:
            return False
    return not column.unique or pc.count_distinct(values, mode="all").as_py() == len(values)


def _failures(rows: pa.Table, model: Model) -> pd.DataFrame | None:
    """Failures by row; one that names no row (a whole column is wrong) counts for all rows."""
    frame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    try:
        model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["index", "column", "check"]].copy()
        everywhere = cases["index"].isna()
        if everywhere.any():
            named = cases[~everywhere]
            spread = (
                cases[everywhere]
                .drop(columns="index")
                .merge(pd.DataFrame({"index": range(rows.num_rows)}), how="cross")
            )
            cases = pd.concat([named, spread[["index", "column", "check"]]])
        return cases
    return None
