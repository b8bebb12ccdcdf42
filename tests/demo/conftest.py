"""One small city for the tests of this folder: 23 months, so that 2025 is whole."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from riskpipe.demo.city import build_city


@dataclass(frozen=True)
class Built:
    raw: Path
    truth_folder: Path
    truth: dict[str, Any]

    def table(self, name: str) -> list[dict[str, Any]]:
        return pq.read_table(self.truth_folder / f"{name}.parquet").to_pylist()


def build(root: Path, *, scale: float, months: int, seed: int) -> Built:
    raw, truth = root / "raw", root / "truth"
    build_city(raw, truth, scale=scale, months=months, seed=seed, progress=lambda _: None)
    return Built(raw, truth, json.loads((truth / "truth.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def city(tmp_path_factory) -> Built:
    return build(tmp_path_factory.mktemp("city"), scale=0.02, months=23, seed=7)
