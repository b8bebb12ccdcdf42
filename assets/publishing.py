"""The published DuckDB file: every table of the office, whole or not at all."""

import dagster as dg

from assets.cards import OWNERS, key_path, told_plainly
from assets.office import OfficeResource
from riskpipe.publishing import publish
from riskpipe.walk.gathering import INTAKE
from riskpipe.walk.steps import steps

KEY = ["publish", "risk"]


@dg.asset(
    key=KEY,
    group_name="publish",
    description="发布 risk.duckdb：全部表一次换上，读者随时可读，绝不会读到半次运行。",
    owners=OWNERS,
    kinds={"duckdb"},
    deps=[key_path(key) for key in (*INTAKE, *(step.key for step in steps()))],
)
def risk(office: OfficeResource) -> dg.MaterializeResult:
    """Publish all tables of the office's bench."""
    with told_plainly():
        counts = publish(office.bench())
    path = str(office.office().warehouse.published)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(counts.values()),
            "tables": len(counts),
            "path": dg.MetadataValue.path(path),
        }
    )


assets = [risk]
