"""One arm of the marts benchmark in a process of its own: `ours` or `byhand` over drawn tables.

Prints as JSON what it cost in processor seconds (imports apart), its peak memory in MB, the
rows of every mart, and where the time went by mart or statement.
"""

import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from riskpipe.engine import words_of
from riskpipe.settings import Settings
from riskpipe.walk.bench import Bench, build
from riskpipe.walk.steps import steps
from riskpipe.warehouse import Warehouse

AS_OF, MONTH = date(2026, 11, 2), date(2026, 10, 1)
SCRIPT = Path(__file__).parent / "marts_by_hand.sql"
MARTS = [step for step in steps() if step.key.startswith("marts/")]
NAMES = [step.key.rpartition("/")[2] for step in MARTS]


def bench_at(folder: Path) -> Bench:
    """The bench both arms read from."""
    home = Warehouse(folder)
    settings = Settings(raw=folder, warehouse=folder, key_file=folder / "key", district="青岚区")
    return Bench(settings, AS_OF, MONTH, home, home)


def give(bench: Bench) -> None:
    """Calendar and rule tables, as any run makes them."""
    for step in steps():
        if not step.inputs:
            build(step, bench)


def ours(bench: Bench) -> Iterator[tuple[str, float]]:
    """Every mart by its step."""
    for step in MARTS:
        begun = time.process_time()
        build(step, bench)
        yield step.key, time.process_time() - begun


def by_hand(bench: Bench) -> Iterator[tuple[str, float]]:
    """Every statement of the script; the memory allowed and the words are the same."""
    out = bench.own.root / "byhand"
    out.mkdir(exist_ok=True)
    config = {"memory_limit": f"{bench.settings.memory_mb}MB", "temp_directory": str(out / "spill")}
    engine = duckdb.connect(config=config | {"preserve_insertion_order": False})
    for word in words_of("duckdb"):
        engine.execute(word)
    needed = {key for step in MARTS for key in step.inputs} - {step.key for step in MARTS}
    for key in needed:
        engine.read_parquet(str(bench.path_of(key))).create_view(key.rpartition("/")[2])
    text = re.sub(r"--[^\n]*", "", SCRIPT.read_text("utf-8")).replace("'OUT/", f"'{out}/")
    for statement in filter(str.strip, text.split(";")):
        begun = time.process_time()
        engine.execute(statement)
        yield " ".join(statement.split()[:4]), time.process_time() - begun


def main(arm: str, folder: Path) -> dict[str, object]:
    """Run an arm; its bill."""
    bench = bench_at(folder)
    spent, raised = {}, {}
    before = peak()
    for name, seconds in ours(bench) if arm == "ours" else by_hand(bench):
        spent[name] = seconds
        raised[name] = peak() - before
        before = peak()
    place = folder / "byhand" if arm == "byhand" else folder / "tables" / "marts"
    return {
        "seconds": sum(spent.values()),
        "megabytes": peak(),
        "raised": raised,
        "rows": {name: pq.read_metadata(place / f"{name}.parquet").num_rows for name in NAMES},
        "where": spent,
    }


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
