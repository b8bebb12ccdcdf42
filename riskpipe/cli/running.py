"""Commands that make something: run, report, ui. All of it goes through Dagster."""

from typing import TYPE_CHECKING, Annotated

import typer

from riskpipe.cli.console import again, progress_bars, say, warn
from riskpipe.cli.options import AsOf, Raw, WarehouseFolder, office_of, places_of

if TYPE_CHECKING:
    from riskpipe.walk.office import Office

HOST = "127.0.0.1"


def run(raw: Raw = None, warehouse: WarehouseFolder = None, as_of: AsOf = None) -> None:
    """收件、登记、统计、发布，并出最近一个完整月份的会商报告。"""
    office = office_of(raw, warehouse, as_of)
    with progress_bars(), office.warehouse.lock("riskpipe run"):
        run_all(office)


def report(
    month: Annotated[str, typer.Argument(help="月份，如 2026-10", metavar="月份")],
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
    as_of: AsOf = None,
) -> None:
    """只出某个月的会商报告，不动登记；先要运行过 riskpipe run。"""
    office = office_of(raw, warehouse, as_of)
    office.month_bench(month)
    with progress_bars(), office.warehouse.lock("riskpipe report"):
        run_month(office, month)


def ui(
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
    port: Annotated[
        int | None,
        typer.Option(help="端口；不填则自动选空闲端口", metavar="端口", min=1, max=65535),
    ] = None,
) -> None:
    """打开 Dagster 界面：看流程图、手动运行、开启定时与自动收件。"""
    from assets.serving import serve
    from riskpipe.cli.ports import free_port

    office = office_of(raw, warehouse, None)
    chosen = free_port(HOST, port)
    say(f"Dagster 界面：http://{HOST}:{chosen} （按 Ctrl+C 结束）")
    raise typer.Exit(serve(office, HOST, chosen))


def run_all(office: "Office") -> None:
    """The register, then the issue of the newest month; says what came of both."""
    from assets.running import run_job
    from riskpipe.walk.mapping import waiting
    from riskpipe.walk.receiving import due_count_of, not_received, summary_of
    from riskpipe.walk.trouble import UseError

    for line in not_received(office.settings.raw):
        warn(f"未收：{line}")
    run_job("register_run", office, "")
    say(summary_of(office.warehouse))
    if due := due_count_of(office.warehouse):
        say(f"{due} 份需退回：{again('return', *places_of(office), '--out', '退回')}")
    if unknown := waiting(office.warehouse):
        warn(unknown)
    say(f"数据库：{office.warehouse.published}")
    month = office.last_month()
    try:
        office.month_bench(month)
    except UseError as error:  # an office whose first delivery came after the month's cut-off
        warn(f"提示：本次不出会商报告。{error}")
    else:
        run_month(office, month)


def run_month(office: "Office", month: str) -> None:
    """One month's issue; says where it is."""
    from assets.running import run_job
    from riskpipe.walk.consulting import page_of

    run_job("monthly_issue", office, month)
    say(f"{month} 会商报告：{page_of(office, month)}")
