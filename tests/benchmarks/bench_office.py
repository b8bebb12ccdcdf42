"""A small made-up office: what Dagster costs over plain calls, and what the page weighs.

Both walks run over an office where nothing changed, so every step is a look at fingerprints
and the difference is Dagster's own. The page is that of the town's last month.
"""

import os
import re
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from riskpipe.demo.city import build_city
from riskpipe.walk.consulting import consult
from riskpipe.walk.office import Office
from tests.benchmarks.measuring import Row, bill, cost
from tests.walking import office_at, walk

SCALE, MONTHS, TIMES = 0.02, 14, 3
STEP_MS, PAGE_KB = 60.0, 400.0


def rows() -> Iterator[Row]:
    """Milliseconds a step, kilobytes of page."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        build_city(
            folder / "raw",
            folder / "truth",
            scale=SCALE,
            months=MONTHS,
            seed=1,
            progress=lambda _line: None,
        )
        os.environ["RISKPIPE_KEY_FILE"] = str(folder / "riskpipe.key")
        office = office_at(folder)
        walk(office)
        yield dagster_row(office)
        yield page_row(consult(office, office.last_month()).page)


def dagster_row(office: Office) -> Row:
    """The run of Dagster less the plain walk of the same, over the number of steps."""
    from assets import defs
    from assets.running import run_job

    count = len(defs.resolve_job_def("register_run").graph.node_dict)
    run_job("register_run", office, "")  # its stores are made, its imports done
    plain = _median(lambda: walk(office))
    through = _median(lambda: run_job("register_run", office, ""))
    over = (through - plain) / count * 1000
    where = f"{count} 步：Dagster {through:.2f} s，直接调用 {plain:.2f} s；{_dearest(office)}"
    return Row("Dagster 比直接调用多，每步", over, STEP_MS, None, True, where, " ms")


def page_row(page: Path) -> Row:
    """The page beside its script, and which of its parts weigh."""
    text = page.read_text("utf-8")
    parts = {
        "图表数据": re.findall(r"<script\b.*?</script>", text, re.DOTALL),
        "表格": re.findall(r"<table\b.*?</table>", text, re.DOTALL),
        "样式": re.findall(r"<style\b.*?</style>", text, re.DOTALL),
        "嵌入图": re.findall(r"<svg\b.*?</svg>|data:[^\"']+", text, re.DOTALL),
    }
    sizes = {
        name: sum(len(part.encode()) for part in found) / 1024 for name, found in parts.items()
    }
    where = "，".join(f"{name} {size:.0f} KB" for name, size in sizes.items())
    return Row(
        "月报网页（脚本另放）", page.stat().st_size / 1024, PAGE_KB, None, True, where, " KB"
    )


def _median(work: Callable[[], object]) -> float:
    return statistics.median(cost(work) for _ in range(TIMES))


def _dearest(office: Office) -> str:
    """Which of Dagster's own doings cost, by watching its storage and its events once."""
    from dagster import DagsterInstance

    from assets.running import run_job

    places = {
        "事件写库": (DagsterInstance, "store_event"),
        "事件记录": (DagsterInstance, "handle_new_event"),
        "整次运行": (DagsterInstance, "create_run_for_job"),
    }
    with bill() as opened, opened.watching(places), opened.stage("其余"):
        run_job("register_run", office, "")
    return "，".join(f"{name} {spent:.2f} s" for name, spent in opened.seconds.items())
