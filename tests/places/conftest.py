"""A small invented office: its grids and the names it listed itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from riskpipe.places import Parser, parser_of
from riskpipe.rules import Rules

PACKAGED = Rules(Path("/nonexistent"))
NAMES = (
    ("云溪路", "道路", ""),
    ("建设路", "道路", ""),
    ("解放路", "道路", ""),
    ("碧湖大街", "道路", ""),
    ("环湖街", "道路", "碧湖大街"),
    ("锦绣花园", "小区", ""),
    ("棉纺厂宿舍", "小区", ""),
    ("老棉纺厂宿舍", "小区", "棉纺厂宿舍"),
    ("棉纺厂宿舍楼", "小区", "棉纺厂宿舍"),
    ("棉宿", "小区", "棉纺厂宿舍"),
)
GRIDS = (
    ("青岚区", 1, None, None),
    ("红旗街道", 2, "红旗街道", None),
    ("永宁网格", 3, "红旗街道", "永宁社区"),
)


@dataclass(frozen=True)
class Named:
    """The packaged rules with an office's list of names."""

    names: tuple[Mapping[str, str], ...]

    def rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        return self.names if name == "places/names" else PACKAGED.rows(name)


def parser_knowing(names: tuple[tuple[str, str, str], ...]) -> Parser:
    rows = tuple(dict(zip(("written", "kind", "name"), row, strict=True)) for row in names)
    heads = ("grid_name", "grid_level", "street", "community")
    grids = pa.Table.from_pylist([dict(zip(heads, row, strict=True)) for row in GRIDS])
    return parser_of(Named(rows), grids)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def parser() -> Parser:
    return parser_knowing(NAMES)
