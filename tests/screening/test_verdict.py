"""The last word: what Arrow passes at once is what pandera passes, and failures name rows."""

import pandas as pd
import pandera.errors
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskpipe.screening.verdict import _is_plainly_right, settle
from riskpipe.tables.base import schema_of
from riskpipe.tables.delivered import LandedMatters

NAMES = schema_of(LandedMatters).names


def matters(rows) -> pa.Table:
    full = [
        {
            "row_id": f"r{n}", "content_hash": "c", "sheet": "督办事项", "row_no": n, "record_key": "k",
            "row_hash": "h", "matter_no": f"D{n}",
        } | row
        for n, row in enumerate(rows, 4)
    ]  # fmt: skip
    loose = pa.schema([pa.field(f.name, f.type) for f in schema_of(LandedMatters)])
    return pa.Table.from_pylist(full, schema=loose)


def test_sound_rows_pass_in_the_models_schema(reasons):
    rows, refused = settle(matters([{}, {"state": "办理中"}]), LandedMatters, reasons)
    assert rows.schema.equals(schema_of(LandedMatters))
    assert (rows.num_rows, refused.num_rows) == (2, 0)


def test_each_failing_row_is_listed_once_a_check_and_the_others_stay(reasons):
    rows, refused = settle(
        matters([{}, {"state": "快了"}, {"matter_no": None}]), LandedMatters, reasons
    )
    assert rows["row_no"].to_pylist() == [4]
    assert [(r["row_no"], r["heading"]) for r in refused.to_pylist()] == [
        (5, "状态"),
        (6, "督办编号"),
    ]
    assert refused["value"].null_count == 2


ROW = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(["办理中", "快了", None]),
        "matter_no": st.sampled_from(["D1", None]),
        "row_id": st.sampled_from(["same", "other"]),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROW, max_size=4))
def test_arrows_quick_look_agrees_with_pandera(rows):
    table = matters(rows)
    try:
        LandedMatters.validate(table.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
        accepted = True
    except pandera.errors.SchemaErrors:
        accepted = False
    assert _is_plainly_right(table, LandedMatters) == accepted
