"""Landing: the ledger of deliveries and what was read from them, then one table a kind.

Receiving is one step with four tables, because one pass over a file fills them all. Row
conservation is checked in the same step and blocks everything after it.
"""

from collections.abc import Iterator

import dagster as dg

from assets.cards import card_of, key_path, result_of, told_plainly
from assets.office import OfficeResource
from riskpipe.tables import model_of
from riskpipe.walk.accounting import unbalanced_sheets
from riskpipe.walk.gathering import LANDED, gather
from riskpipe.walk.office import DELIVERIES
from riskpipe.walk.receiving import ACCOUNTS, SHEETS, receive

CONSERVED = "rows_conserved"


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
        metadata={"unbalanced_sheets": len(unbalanced)},
    )


def landed_asset(key: str) -> dg.AssetsDefinition:
    """All landed rows of one delivered kind, all versions."""

    @dg.asset(
        **card_of(model_of(key), {"parquet"}),
        deps=[key_path(DELIVERIES), key_path(SHEETS)],
    )
    def landed(office: OfficeResource) -> dg.MaterializeResult:
        with told_plainly():
            outcome = gather(office.office().warehouse, key)
        return result_of(outcome)

    return landed


assets = [receiving, *(landed_asset(key) for key in LANDED)]
