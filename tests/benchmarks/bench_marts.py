"""All marts at 1.7 million cases against one hand-written DuckDB script over the same tables.

Each arm runs in a process of its own (marts_arm.py), so that neither warms the other and peak
memory is known. `large()` is for `make bench-large`: ten times the cases, time and memory.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.marts_arm import bench_at, give
from tests.benchmarks.measuring import Row, shares
from tests.benchmarks.registered import write_register

CASES, TIMES, LARGER = 1_700_000, 3, 10
MEMORY_GB = 3.0


def rows() -> Iterator[Row]:
    """Ours against the script."""
    with tempfile.TemporaryDirectory() as place:
        yield against(drawn(Path(place), CASES), TIMES)


def large() -> Iterator[Row]:
    """The same at ten times the cases: time and memory."""
    with tempfile.TemporaryDirectory() as place:
        small = ran("ours", drawn(Path(place) / "1", CASES), TIMES)
        big = ran("ours", drawn(Path(place) / "10", CASES * LARGER), 1)
    ratio, where = big["seconds"] / small["seconds"], shares(big["where"], 8)
    yield Row(
        f"全部指标表，{CASES * LARGER / 1e6:.0f} 百万件 ÷ 十分之一", ratio, 11, None, True, where
    )
    gigabytes = big["megabytes"] / 1024
    steps = sorted(big["raised"].items(), key=lambda item: -item[1])[:4]
    where = "峰值由这些表推高：" + "，".join(f"{name} +{mb:.0f} MB" for name, mb in steps)
    yield Row("同上，内存峰值", gigabytes, MEMORY_GB, None, True, where, "GB")


def against(folder: Path, times: int) -> Row:
    """Both arms over drawn tables. Same rows in every mart or it stops."""
    mine, script = ran("ours", folder, times), ran("byhand", folder, times)
    assert mine["rows"] == script["rows"], (mine["rows"], script["rows"])
    work = f"全部指标表：{mine['seconds']:.1f} s ÷ 手写脚本 {script['seconds']:.1f} s"
    ratio = mine["seconds"] / script["seconds"]
    where = f"本流程 {shares(mine['where'], 6)}；脚本 {shares(script['where'], 4)}"
    return Row(work, ratio, 1.3, None, True, where)


def drawn(folder: Path, cases: int) -> Path:
    """A warehouse with register tables of this size, calendar and rule tables."""
    bench = bench_at(folder)
    write_register(bench.own, cases)
    give(bench)
    return folder


def ran(arm: str, folder: Path, times: int) -> dict[str, Any]:
    """An arm's bill: the run of median cost."""
    bills = sorted((_run(arm, folder) for _ in range(times)), key=lambda bill: bill["seconds"])
    assert bills[0]["rows"] == bills[-1]["rows"]
    return bills[statistics.median_low(range(times))]


def _run(arm: str, folder: Path) -> dict[str, Any]:
    shutil.rmtree(folder / "tables" / "marts", ignore_errors=True)
    command = [sys.executable, "-m", "tests.benchmarks.marts_arm", arm, str(folder)]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return json.loads(told.splitlines()[-1])
