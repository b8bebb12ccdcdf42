"""Law 5 over a whole run: nothing of a reporter outside the vault and the deliveries.

A small city is run through Dagster by the command line, as an office would, with its own
temporary folder; everything the run wrote or printed is then decoded and searched for what
the generator planted in columns, texts and file names.
"""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.leaks import find_leaks

NUMERIC_KINDS = {"idno": "id"}
"""What the search compares as numbers, by the generator's word for it."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a demo run: raw, warehouse, tmp, printed; the truth lies beside raw."""
    folder = tmp_path_factory.mktemp("leak")
    (folder / "tmp").mkdir()
    (folder / "printed").mkdir()
    where = ["--raw", str(folder / "raw"), "--warehouse", str(folder / "warehouse")]
    run(folder, {0}, "demo", "--scale", "0.02", "--months", "3", *where)
    run(folder, {1}, "check", *map(str, sorted((folder / "raw").glob("2026-11-*/*/*"))), "--json")
    return folder


def run(folder: Path, codes: set[int], *words: str) -> None:
    """One riskpipe command; what it prints is kept among what is searched."""
    done = subprocess.run(
        [Path(sys.executable).with_name("riskpipe"), *words],
        capture_output=True,
        env={
            **os.environ,
            "TMPDIR": str(folder / "tmp"),
            "RISKPIPE_KEY_FILE": str(folder / "riskpipe.key"),
            "PYTHONIOENCODING": "utf-8",
        },
        check=False,
    )
    (folder / "printed" / f"{words[0]}.txt").write_bytes(done.stdout + done.stderr)
    assert b"Traceback" not in done.stderr, done.stderr[-2000:]
    assert done.returncode in codes, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.fixture(scope="module")
def planted(ran: Path) -> dict[str, set[str]]:
    """Every planted value by kind."""
    truth = next(ran.glob(".*truth")) / "personal.parquet"
    values = defaultdict(set)
    for row in pq.read_table(truth, columns=["kind", "value"]).to_pylist():
        values[NUMERIC_KINDS.get(row["kind"], row["kind"])].add(row["value"])
    return dict(values)


def searched(ran: Path) -> list[Path]:
    return [ran / "warehouse", ran / "tmp", ran / "printed"]


def test_nothing_planted_is_anywhere_but_the_vault(ran, planted):
    assert sum(len(values) for values in planted.values()) > 500
    assert (ran / "warehouse" / "dagster").is_dir()
    assert find_leaks(searched(ran), planted) == []


def test_the_deliveries_do_hold_what_was_planted(ran, planted):
    found = {what.split()[0] for _, what in find_leaks([ran / "raw"], planted)}
    assert set(planted) <= found


def test_a_leak_into_a_mart_is_found(ran, planted, tmp_path):
    phone = min(planted["phone"])
    mart = ran / "warehouse" / "tables" / "marts" / "monthly.parquet"
    table = pq.read_table(mart)
    streets = table["street"].to_pylist()
    spoilt = pa.array([f"街道{phone}", *streets[1:]], pa.string())
    shutil.copy(mart, tmp_path)
    at = table.column_names.index("street")
    pq.write_table(
        table.set_column(at, "street", spoilt), tmp_path / "monthly.parquet", compression="zstd"
    )
    assert find_leaks([tmp_path], {"phone": {phone}})
