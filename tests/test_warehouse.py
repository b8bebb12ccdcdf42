"""Parquets appear whole or not at all, carry their fingerprint, and one run holds the lock."""

import multiprocessing

import pyarrow as pa
import pytest

from riskpipe.warehouse import Warehouse, WarehouseBusyError, fingerprint, replacing


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "数据 仓")


def test_a_table_comes_back_with_its_fingerprint(warehouse):
    warehouse.write("a/b", pa.table({"x": [1, 2]}), "stamp")
    assert warehouse.read("a/b").to_pydict() == {"x": [1, 2]}
    assert warehouse.fingerprint_of("a/b") == "stamp"
    assert warehouse.rows_of("a/b") == 2


def test_a_missing_or_cut_off_table_has_no_fingerprint(warehouse):
    assert warehouse.fingerprint_of("a/b") is None
    warehouse.write("a/b", pa.table({"x": [1]}), "stamp")
    path = warehouse.table_path("a/b")
    path.write_bytes(path.read_bytes()[:-20])
    assert warehouse.fingerprint_of("a/b") is None


def test_a_failing_write_leaves_the_old_file_and_no_litter(warehouse):
    warehouse.write("a/b", pa.table({"x": [1]}), "old")
    with pytest.raises(RuntimeError), replacing(warehouse.table_path("a/b")) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert warehouse.fingerprint_of("a/b") == "old"
    assert [p.name for p in warehouse.table_path("a/b").parent.iterdir()] == ["b.parquet"]


def test_the_order_and_the_borders_of_parts_count():
    assert fingerprint(["a", "b"]) != fingerprint(["b", "a"])
    assert fingerprint(["ab", ""]) != fingerprint(["a", "b"])


def _hold(root, ready, done):
    with Warehouse(root).lock("另一次运行"):
        ready.set()
        done.wait(20)


def test_a_second_run_is_told_who_holds_the_warehouse(warehouse):
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(warehouse.root, ready, done))
    other.start()
    try:
        assert ready.wait(20)
        with (
            pytest.raises(WarehouseBusyError, match=f"进程 {other.pid}"),
            warehouse.lock("本次运行"),
        ):
            pass
    finally:
        done.set()
        other.join()
    with warehouse.lock("本次运行"):
        pass
