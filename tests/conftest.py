"""What all tests share: one small made-up city, built once for every worker of a run."""

from pathlib import Path

import pytest
from filelock import FileLock

from riskpipe.demo.city import build_city
from riskpipe.walk.bench import Bench
from tests.walking import office_at, walk

SCALE = 0.02
MONTHS = 37
SEED = 1


@pytest.fixture(scope="session")
def city_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Folder with raw/, truth/ and warehouse/ of a walked city; do not write into it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "city"
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            build_city(
                folder / "raw",
                folder / "truth",
                scale=SCALE,
                months=MONTHS,
                seed=SEED,
                progress=lambda _line: None,
            )
            walk(office_at(folder))
            (folder / "done").touch()
    return folder


@pytest.fixture(scope="session")
def city(city_folder: Path) -> Bench:
    """The bench of the walked city."""
    return office_at(city_folder).bench()
