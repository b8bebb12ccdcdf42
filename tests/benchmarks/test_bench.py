"""The benchmark's arms at a tiny size, untimed: same files in, same accepted rows out."""

from pathlib import Path

import pyarrow.parquet as pq

from tests.benchmarks import bench_edge, bench_marts, marts_arm
from tests.benchmarks.bench_month import compared


def test_both_arms_accept_the_same_rows(tmp_path: Path) -> None:
    plain, ours = compared(tmp_path, 2, 50, 500)

    assert plain > 0
    assert ours.seconds["读文件、认表头"] > 0
    assert ours.children > 0


def test_marts_by_hand_and_ours_give_the_same_cells(tmp_path: Path) -> None:
    bench_marts.drawn(tmp_path, 3_000)
    ours = marts_arm.main("ours", tmp_path)
    by_hand = marts_arm.main("byhand", tmp_path)

    assert ours["rows"] == by_hand["rows"]
    for name in marts_arm.NAMES:
        one = pq.read_table(tmp_path / "tables" / "marts" / f"{name}.parquet")
        other = pq.read_table(tmp_path / "byhand" / f"{name}.parquet")
        assert sorted(map(repr, one.to_pylist())) == sorted(map(repr, other.to_pylist())), name


def test_the_edge_is_billed_with_its_child(tmp_path: Path) -> None:
    row = bench_edge.against("x", [bench_edge.ledger(20, 1)], bench_edge.desk_at(tmp_path))

    assert row.ratio > 1
    assert "读文件" in row.where
