"""Landing: the ledger of deliveries and what was read from them, then one table a kind.

Receiving is one step with all its tables, because one pass over a file fills them all; row
conservation is checked in the same step and blocks everything after it. Gathering is one
step for all kinds: each is a moment's work, and Dagster takes 40 ms a step.
"""

from collections.abc import Iterator

import dagster as dg

from assets.cards import card_of, key_path, result_of, told_plainly
from assets.office import OfficeResource
from riskpipe.tables import model_of
from riskpipe.walk.gathering import LANDED, gather
from riskpipe.walk.laws import unbalanced_sheets, unlanded_rows
from riskpipe.walk.office import DELIVERIES
from riskpipe.walk.receiving import ACCOUNTS, SHEETS, receive

CONSERVED = "rows_conserved"
LANDED_ALL = "rows_landed"


@dg.multi_asset(
    specs=[dg.AssetSpec(**card_of(model_of(key), {"excel", "csv"})) for key in ACCOUNTS],
    check_specs=[
        dg.AssetCheckSpec(
            CONSERVED,
            asset=key_path(SHEETS),
            blocking=True,
            description="每张表：总行数＝接收＋拒收＋略过",
        )
    ],
    name="receiving",
)
def receiving(office: OfficeResource) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Land every delivered file that is not landed yet; say what became of each row."""
    with told_plainly():
        outcomes = receive(office.office())
        unbalanced = unbalanced_sheets(office.office().warehouse)
    for outcome in outcomes:
        yield result_of(outcome)
    yield dg.AssetCheckResult(
        passed=not unbalanced,
        check_name=CONSERVED,
        asset_key=key_path(SHEETS),
        metadata={"unbalanced_sheets": unbalanced},
    )


@dg.multi_asset(
    specs=[
        dg.AssetSpec(**card_of(model_of(key), {"parquet"}), deps=[key_path(DELIVERIES)])
        for key in LANDED
    ],
    check_specs=[
        dg.AssetCheckSpec(
            LANDED_ALL,
            asset=key_path(LANDED[0]),
            blocking=True,
            description="各报表：接收行数＝入库行数",
        )
    ],
    name="gathering",
)
def gathering(office: OfficeResource) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Join the landings of all files, one table a kind, all versions kept."""
    warehouse = office.office().warehouse
    for key in LANDED:
        with told_plainly():
            outcome = gather(warehouse, key)
        yield result_of(outcome)
    with told_plainly():
        lost = unlanded_rows(warehouse, office.bench().rules)
    yield dg.AssetCheckResult(
        passed=not lost, check_name=LANDED_ALL, asset_key=key_path(LANDED[0]), metadata=lost
    )


assets = [receiving, gathering]
