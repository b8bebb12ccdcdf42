"""The benchmark's arms at a tiny size, untimed: same files in, same accepted rows out."""

from pathlib import Path

from tests.benchmarks.bench_month import compared


def test_both_arms_accept_the_same_rows(tmp_path: Path) -> None:
    plain, ours = compared(tmp_path, 2, 50, 500)

    assert plain > 0
    assert ours.seconds["读文件、认表头"] > 0
    assert ours.children > 0
