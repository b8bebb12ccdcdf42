"""Runs a job of these definitions in this process, with the office's persistent Dagster home.

The command line comes in here; the UI, the schedule and the sensor go through Dagster's own
doors and reach the same assets and the same home.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from assets import defs
from riskpipe.walk.office import Office
from riskpipe.walk.trouble import Exit, ToldError, Trouble

HOME_TEMPLATE = Path(__file__).parent / "dagster.yaml"
MONTH_TAG = "dagster/partition"


def home_of(office: Office) -> Path:
    """The office's Dagster home, its dagster.yaml written anew when it should be other."""
    home = office.warehouse.dagster_home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    wanted = HOME_TEMPLATE.read_text("utf-8").replace("HOME", home.as_posix())
    config = home / "dagster.yaml"
    if not config.exists() or config.read_text("utf-8") != wanted:
        config.write_text(wanted, "utf-8")
    return home


def run_job(name: str, office: Office, month: str) -> None:
    """Run a job; `month` (YYYY-MM) for the partitioned ones, empty for the others.

    Raises ToldError with what the failing step said.
    """
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    job = defs.resolve_job_def(name)
    with dg.DagsterInstance.from_config(str(home_of(office))) as instance:
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config=run_config_of(office),
            tags={MONTH_TAG: month} if month else {},
        )
    if trouble := trouble_in(result):
        raise ToldError(trouble)


def run_config_of(office: Office) -> Mapping[str, Any]:
    """The office as the run's resource, and Dagster's console log off: riskpipe tells itself."""
    settings = office.settings
    return {
        "resources": {
            "office": {
                "config": {
                    "raw": str(settings.raw),
                    "warehouse": str(settings.warehouse),
                    "as_of": settings.as_of.isoformat() if settings.as_of else "",
                }
            }
        },
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }


def trouble_in(result: dg.ExecuteInProcessResult) -> Trouble | None:
    """What the first failed step or check said; None when all went well."""
    for event in result.all_events:
        if event.is_step_failure:
            failure = event.step_failure_data.user_failure_data
            known = (failure and failure.metadata) or {}
            if failure and failure.description and "exit_code" in known:
                code = Exit(int(str(known["exit_code"].value)))
                trace = tuple(filter(None, str(known["trace"].value).split("\n")))
                return Trouble(failure.description, code, trace)
    for evaluation in result.get_asset_check_evaluations():
        if not evaluation.passed and evaluation.severity is dg.AssetCheckSeverity.ERROR:
            place = f"{'/'.join(evaluation.asset_key.path)} {evaluation.check_name}"
            message = f"检查未通过：{place}。请用 riskpipe ui 查看该检查的计数。"
            return Trouble(message, Exit.DATA, ())
    if result.success:
        return None
    return Trouble("运行失败，原因请用 riskpipe ui 查看。", Exit.UNKNOWN, ())
