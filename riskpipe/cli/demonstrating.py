"""The command demo: a made-up city's deliveries, then the whole month through Dagster."""

from pathlib import Path
from typing import Annotated

import typer

from riskpipe.cli.console import again, progress_bars, say
from riskpipe.cli.options import office_of
from riskpipe.cli.running import run_all

RAW = Path("raw/demo")
WAREHOUSE = Path("warehouse/demo")


def demo(
    scale: Annotated[
        float, typer.Option(help="规模，1 为一个真实区县", metavar="数", min=0.001)
    ] = 0.1,
    months: Annotated[int, typer.Option(help="月数，最后一月是 2026-10", metavar="数", min=1)] = 37,
    seed: Annotated[int, typer.Option(help="随机种子", metavar="数")] = 1,
    raw: Annotated[Path, typer.Option(help="报送文件写到哪里", metavar="目录")] = RAW,
    warehouse: Annotated[Path, typer.Option(help="数据仓目录", metavar="目录")] = WAREHOUSE,
) -> None:
    """造一座虚构城市的报送文件，跑完一个月的全过程。"""
    office = office_of(raw, warehouse, None)
    with progress_bars(), office.warehouse.lock("riskpipe demo"):
        _deliver(raw, scale, months, seed)
        run_all(office)
    say(f"打开 Dagster 界面：{again('ui', '--raw', raw, '--warehouse', warehouse)}")


def _deliver(raw: Path, scale: float, months: int, seed: int) -> None:
    """Write the city, unless the same one lies there. What was planted is kept apart.

    Raises UseError when something else lies there: it is not ours to remove.
    """
    from riskpipe.demo.city import build_city
    from riskpipe.walk.progress import tell
    from riskpipe.walk.trouble import UseError

    asked = f"scale={scale} months={months} seed={seed}"
    truth = raw.parent / f".{raw.name}-truth"
    mark = truth / "city.txt"
    found = mark.read_text("utf-8").splitlines() if mark.exists() else []
    if raw.exists() and any(raw.iterdir()) and found[:1] != [asked]:
        raise UseError(f"{raw} 里已有别的文件：请先清空它，或用 --raw 和 --warehouse 另给目录。")
    if found == [asked, "done"]:
        return
    truth.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"{asked}\n", "utf-8")
    written = iter(range(months))

    def progress(_line: str) -> None:
        tell("造报送文件", next(written, months), months)

    build_city(raw, truth, scale=scale, months=months, seed=seed, progress=progress)
    tell("造报送文件", months, months)
    mark.write_text(f"{asked}\ndone\n", "utf-8")
