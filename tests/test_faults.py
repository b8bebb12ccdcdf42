"""What a run survives: two at once, kills, a full disk, other places; and what bad use is told.

Every run here is the real program in a process of its own, on a tiny town. What must be
equal is the content of every table; what must be readable at every moment is risk.duckdb.
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.town import (
    PROGRAM,
    ROOT,
    deliver,
    environment,
    plain,
    riskpipe,
    started,
    tables_of,
)

pytestmark = pytest.mark.slow
MONTHS = 2


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town that was run once, undisturbed; do not write into it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    deliver(folder, MONTHS)
    ran = riskpipe(folder, "run")
    assert ran.returncode == 0, plain(ran)
    return folder


@pytest.fixture(scope="module")
def tables(town: Path) -> dict[str, list[dict[str, object]]]:
    return tables_of(town / "warehouse")


@pytest.fixture
def fresh(town: Path, tmp_path: Path) -> Path:
    """The same deliveries and key, nothing run yet."""
    shutil.copytree(town / "raw", tmp_path / "raw")
    shutil.copy(town / "riskpipe.key", tmp_path / "riskpipe.key")
    return tmp_path


@pytest.fixture
def standing(town: Path, tmp_path: Path) -> Path:
    """A copy of the town as it stands after its run."""
    shutil.copytree(town, tmp_path, dirs_exist_ok=True)
    return tmp_path


def differing(folder: Path, tables: dict[str, list[dict[str, object]]]) -> list[str]:
    """Keys of tables that are not as in the undisturbed run."""
    mine = tables_of(folder / "warehouse")
    return sorted(key for key in {*mine, *tables} if mine.get(key) != tables.get(key))


def published_rows(folder: Path) -> int | None:
    """Rows of the published tip-offs; None when nothing was published yet."""
    path = folder / "warehouse/risk.duckdb"
    if not path.exists():
        return None
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("SELECT count(*) FROM register.tipoffs").fetchone()[0]


def wait_for(path: Path, program: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        if path.exists():
            return
        assert program.poll() is None, "ended before it took the lock"
        time.sleep(0.05)
    raise AssertionError(path)


def kill(program: subprocess.Popen[bytes]) -> None:
    os.killpg(program.pid, signal.SIGKILL)
    program.wait()


# ------------------------------------------------------------------ two at once


def test_the_second_of_two_runs_is_told_who_holds_the_warehouse(fresh, tables):
    first = started(fresh, "run")
    try:
        wait_for(fresh / "warehouse/run.holder", first)
        second = riskpipe(fresh, "run")
        assert second.returncode == 3
        assert f"riskpipe run，进程 {first.pid}" in plain(second)
        assert first.wait(600) == 0
    finally:
        if first.poll() is None:
            kill(first)
    assert not (fresh / "warehouse/run.holder").exists()
    assert differing(fresh, tables) == []


# ------------------------------------------------------------------------ kills


def killed_then_run(folder: Path, kills: int, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(kills):
        program = started(folder, "run")
        deadline = time.monotonic() + dice.uniform(2, 25)
        while time.monotonic() < deadline and program.poll() is None:
            published_rows(folder)
            time.sleep(0.2)
        if program.poll() is None:
            kill(program)
        published_rows(folder)
    ran = riskpipe(folder, "run")
    assert ran.returncode == 0, plain(ran)


def litter(folder: Path) -> list[Path]:
    return [p for p in (folder / "warehouse").rglob("*.tmp*") if "dagster" not in p.parts]


def test_two_kills_change_nothing(fresh, tables):
    killed_then_run(fresh, 2, seed=1)
    assert differing(fresh, tables) == []
    assert litter(fresh) == []


@pytest.mark.long
def test_ten_kills_change_nothing(fresh, tables):
    killed_then_run(fresh, 10, seed=2)
    assert differing(fresh, tables) == []
    assert litter(fresh) == []


# -------------------------------------------------------------------- full disk


@pytest.mark.parametrize(
    "kilobytes",
    [pytest.param(8, marks=pytest.mark.long), 60, pytest.param(300, marks=pytest.mark.long)],
)
def test_a_full_disk_is_an_error_and_leaves_the_published_file(fresh, tables, kilobytes):
    """No file may grow past the limit, as on a disk that fills up while it is written."""
    limit = kilobytes * 1024
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, "run"],
        env=environment(fresh),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    said = plain(ran)
    assert ran.returncode == 4, said
    assert "磁盘" in said
    assert published_rows(fresh) is None
    again = riskpipe(fresh, "run")
    assert again.returncode == 0, plain(again)
    assert differing(fresh, tables) == []


# ------------------------------------------------------------------ determinism


def test_place_language_and_hash_seed_leave_no_trace(fresh, tables):
    # Python itself cannot find its packages below a Chinese path in the bare C locale.
    plainest = "C" if str(ROOT).isascii() else "C.UTF-8"
    variables = {
        "TZ": "America/New_York", "LC_ALL": plainest, "LANG": plainest, "PYTHONHASHSEED": "7"
    }  # fmt: skip
    ran = riskpipe(fresh, "run", **variables)
    assert ran.returncode == 0, plain(ran)
    assert differing(fresh, tables) == []


def test_the_order_in_which_files_lie_and_arrive_leaves_no_trace(town, tmp_path, tables):
    """Copied in another order into another folder, and received in two runs instead of one."""
    files = sorted(p for p in (town / "raw").rglob("*") if p.is_file())
    random.Random(3).shuffle(files)
    shutil.copy(town / "riskpipe.key", tmp_path / "riskpipe.key")
    for part in (files[: len(files) // 2], files[len(files) // 2 :]):
        for path in part:
            target = tmp_path / "raw" / path.relative_to(town / "raw")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        ran = riskpipe(tmp_path, "run")
        assert ran.returncode == 0, plain(ran)
    assert differing(tmp_path, tables) == []


# ---------------------------------------------------------------------- bad use


def test_no_raw_files(tmp_path):
    ran = riskpipe(tmp_path, "run")
    assert ran.returncode == 2
    assert "没有报送文件：请用 riskpipe receive" in plain(ran)


@pytest.mark.parametrize(
    ("month", "said"),
    [("2026-13", "写成 2026-10"), ("2019-01", "没有数据"), ("2027-01", "最近可出的月份是 2026-10")],
)
def test_a_month_that_cannot_be_reported(town, month, said):
    ran = riskpipe(town, "report", month)
    assert ran.returncode == 2
    assert said in plain(ran)


def test_a_report_before_any_run(tmp_path):
    ran = riskpipe(tmp_path, "report", "2026-10")
    assert ran.returncode == 2
    assert "riskpipe run" in plain(ran)


def test_a_missing_key(town, tmp_path):
    ran = riskpipe(town, "run", RISKPIPE_KEY_FILE=str(tmp_path / "another.key"))
    assert ran.returncode == 2
    assert "不要新建密钥" in plain(ran)
    assert not (tmp_path / "another.key").exists()


def test_an_unreadable_file_is_refused_and_the_rest_goes_on(standing):
    bad = standing / "raw/2026-11-03/红旗街道/坏文件.xlsx"
    bad.parent.mkdir(parents=True, exist_ok=True)
    bad.write_bytes(b"PK\x03\x04" + bytes(200))
    ran = riskpipe(standing, "run")
    assert ran.returncode == 0, plain(ran)
    assert "拒收 1" in plain(ran)


def test_a_vanished_file_stops_the_run(standing):
    next(p for p in sorted((standing / "raw").rglob("*.csv"))).unlink()
    ran = riskpipe(standing, "run")
    assert ran.returncode == 1
    assert "withdrawn.csv" in plain(ran)


def test_a_busy_port(town):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = riskpipe(town, "ui", "--port", str(taken.getsockname()[1]))
    assert ran.returncode == 3
    assert "--port" in plain(ran)
