"""The twin delivered to an office and walked: its hazards once, its copies compared, its heaping said."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.hostile import twin
from tests.walking import office_at, walk


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of tables of an office that received nothing but the twin."""
    folder = tmp_path_factory.mktemp("twin")
    filed = folder / "raw" / "2025-08-10" / "松岭铁路建设指挥部"
    filed.mkdir(parents=True)
    (filed / "建设系统安全隐患库.xlsx").write_bytes(twin.write())
    walk(office_at(folder))
    return folder / "warehouse" / "tables"


def rows(tables: Path, key: str) -> list[dict[str, Any]]:
    return pq.read_table(tables / f"{key}.parquet").to_pylist()


def test_the_ledger_as_it_lies_heaps_on_the_deadline(tables: Path) -> None:
    (facts,) = rows(tables, "register/ledgers")
    assert (facts["line_count"], facts["record_count"], facts["repeated_count"]) == (135, 118, 17)
    named = ("complete_count", "on_limit_count", "late_count", "early_count")
    assert tuple(facts[name] for name in named) == (126, 110, 4, 12)
    assert f"{facts['on_limit_rate']:.0%}" == "87%"


def test_a_hazard_on_both_sheets_counts_once(tables: Path) -> None:
    # 118 rows that differ, and 29 more where one cell of them holds several problems:
    # thirteen with two, five with three, two with four.
    assert len(rows(tables, "register/findings")) == 118 + 29
    assert len(rows(tables, "register/hazards")) == 118 + 29


def test_copies_that_differ_are_listed_field_by_field(tables: Path) -> None:
    # On 2025 each of the 17 hazards has another type and a re-inspector (19 findings, since two
    # of them hold two problems), hazards 100-102 another state, hazard 98 other dates.
    told = [line["column_name"] for line in rows(tables, "register/disagreements")]
    counts = {name: told.count(name) for name in sorted(set(told))}
    assert counts == {
        "category_stated": 19,
        "due_on": 1,
        "rechecked_by": 19,
        "rectified_on": 1,
        "state": 3,
    }
