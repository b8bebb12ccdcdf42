"""A very small made-up town, as raw folder and office, for tests that run the whole thing."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq

from riskpipe.demo.city import build_city
from riskpipe.walk.office import Office
from tests.walking import office_at

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "from riskpipe.cli import app; app()"


def deliver(folder: Path, months: int) -> Office:
    """Deliver a few months (the last is 2026-10) of a tiny town into `folder`/raw."""
    build_city(
        folder / "raw",
        folder / "truth",
        scale=0.005,
        months=months,
        seed=1,
        progress=lambda _line: None,
    )
    return office_at(folder)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Variables under which the program finds the town in `folder`."""
    return {
        **os.environ,
        "RISKPIPE_RAW": str(folder / "raw"),
        "RISKPIPE_WAREHOUSE": str(folder / "warehouse"),
        "RISKPIPE_KEY_FILE": str(folder / "riskpipe.key"),
        "PYTHONIOENCODING": "utf-8",
        **more,
    }


def riskpipe(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the program on the town in `folder`, as a user would."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=environment(folder, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=600,
        check=False,
    )


def started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the program and do not wait; it leads a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=environment(folder),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def tables_of(warehouse: Path) -> dict[str, list[dict[str, object]]]:
    """Every table's rows by key: what two runs must agree on."""
    folder = warehouse / "tables"
    return {
        path.relative_to(folder).with_suffix("").as_posix(): pq.read_table(path).to_pylist()
        for path in sorted(folder.rglob("*.parquet"))
    }


def plain(ran: subprocess.CompletedProcess[str]) -> str:
    """All a user saw; never a traceback."""
    said = ran.stdout + ran.stderr
    assert "Traceback" not in said, said
    return said
