"""What runs, and when: three jobs, the schedule of the set day, the sensor on raw/.

`register_run` is everything but the consultation; `monthly_issue` the consultation alone (a
backfill of twelve months uses it); `monthly_run` both, for the one month it is given: in a
run with a partition the unpartitioned assets of the selection run too, here on purpose.
Schedule and sensor read settings, not the resource of the runs: that one holds the warehouse.
"""

import hashlib
from datetime import datetime, timedelta

import dagster as dg

from assets.consultation import KEY as ISSUE
from riskpipe.calendar import last_complete_month
from riskpipe.settings import settings_from
from riskpipe.walk.receiving import delivered_paths

ISSUES = dg.AssetSelection.assets(ISSUE)

register_run = dg.define_asset_job(
    "register_run",
    selection=dg.AssetSelection.all() - ISSUES,
    description="收件、登记、奖励、统计、发布，不出报告。",
)
monthly_issue = dg.define_asset_job(
    "monthly_issue",
    selection=ISSUES,
    description="只出某个月的会商报告，不动登记。",
)
monthly_run = dg.define_asset_job(
    "monthly_run",
    selection=dg.AssetSelection.all(),
    description="每月例行：收件到发布，再出该月会商报告。",
)


@dg.schedule(
    job=monthly_run,
    cron_schedule="30 7 6 * *",
    execution_timezone="Asia/Shanghai",
    description="每月6日7:30（数据截至日次日）自动运行，月份由设置推算。",
)
def monthly_schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for the newest month whose cut-off has passed on the day of the tick."""
    today = (context.scheduled_execution_time or datetime.now()).date()
    settings = settings_from({})
    closed_by = today - timedelta(days=settings.cut_off_days)
    month = f"{last_complete_month(closed_by, settings.month_closes_on):%Y-%m}"
    return dg.RunRequest(run_key=month, partition_key=month)


@dg.sensor(
    job=register_run,
    minimum_interval_seconds=60,
    description="raw/ 中有新文件时自动收件并更新登记。",
)
def new_files(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run when the listing of raw/ (paths, sizes, times) is not the last one seen."""
    listing = [
        f"{p}:{p.stat().st_size}:{p.stat().st_mtime_ns}"
        for p in delivered_paths(settings_from({}).raw)
    ]
    seen = hashlib.sha256("\n".join(listing).encode()).hexdigest()[:16]
    if not listing or seen == context.cursor:
        return dg.SkipReason("没有新文件")
    context.update_cursor(seen)
    return dg.RunRequest(run_key=seen)


jobs = [register_run, monthly_issue, monthly_run]
schedules = [monthly_schedule]
sensors = [new_files]
