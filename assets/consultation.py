"""The consultation of one month: the only partitioned asset, keyed by calendar label.

It runs the same SQL as the register and the marts, at the month's own cut-off and on its
own tables under issues/<month>/. So it depends on what was landed; months may be issued
again in any order, and the office's register never notices.
"""

import dagster as dg

from assets.cards import OWNERS, told_plainly
from assets.office import OfficeResource
from assets.publishing import KEY as PUBLISHED
from riskpipe.walk.consulting import consult

MONTHS = dg.MonthlyPartitionsDefinition(
    start_date="2023-10", fmt="%Y-%m", timezone="Asia/Shanghai", end_offset=0
)
KEY = ["consultation", "issue"]


@dg.asset(
    key=KEY,
    group_name="consultation",
    description="月度会商分析报告：以该月数据截至日重算登记与统计，写出当月一期。",
    owners=OWNERS,
    kinds={"plotly"},
    partitions_def=MONTHS,
    deps=[PUBLISHED],
)
def issue(context: dg.AssetExecutionContext, office: OfficeResource) -> dg.MaterializeResult:
    """Issue one month."""
    with told_plainly():
        issued = consult(office.office(), context.run.tags["dagster/partition"])
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(str(issued.page)),
            "cut_off": issued.as_of.isoformat(),
            "tables": issued.tables,
        }
    )


assets = [issue]
