"""Receiving: every path once, unchanged tables left alone, nothing vanishes unsaid."""

from pathlib import Path

import pytest

from riskpipe.walk.gathering import gather
from riskpipe.walk.receiving import not_received, receive, summary_of
from riskpipe.walk.trouble import DataError, UseError
from tests.walking import office_at

HEADINGS = "派遣编号,发现时间,点位,问题描述,镇街,派遣部门,派遣时间,处置完成时间"
TIPOFFS = "intake/landed_tipoffs"
INCIDENTS = "intake/landed_incidents"


def deliver(folder: Path, place: str, *numbers: int) -> Path:
    """A video dispatch list, one row a number."""
    rows = [
        f"SP2026090000{n},2026-09-0{n} 08:00,青岚路{n}号,占道堆物堵塞通道,红旗街道,区城管局,2026-09-0{n} 09:00,"
        for n in numbers
    ]
    path = folder / "raw" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", "utf-8-sig")
    return path


def numbers_in(office) -> list[str]:
    gather(office.warehouse, TIPOFFS)
    return sorted(office.warehouse.read(TIPOFFS)["tipoff_no"].to_pylist())


def test_nothing_delivered_says_what_to_do(tmp_path):
    (tmp_path / "raw").mkdir()
    with pytest.raises(UseError, match="riskpipe receive"):
        receive(office_at(tmp_path))


def test_every_row_is_counted_in_the_summary(tmp_path):
    deliver(tmp_path, "2026-10-02/区视频指挥中心/视频派遣_2026-09.csv", 1, 2, 3)
    office = office_at(tmp_path)
    receive(office)
    assert summary_of(office.warehouse) == (
        "文件 1 个（拒收 0，内容重复 0）；收到 4 行：接收 3，拒收 0，忽略 1"
    )


def test_the_same_content_under_two_names_counts_once(tmp_path):
    deliver(tmp_path, "2026-10-02/区视频指挥中心/a.csv", 1, 2)
    deliver(tmp_path, "2026-10-03/区视频指挥中心/b.csv", 1, 2)
    office = office_at(tmp_path)
    receive(office)
    assert "内容重复 1）；收到 3 行：接收 2" in summary_of(office.warehouse)
    assert len(numbers_in(office)) == 2


def test_a_second_run_skips_and_another_kind_leaves_this_one_alone(tmp_path):
    deliver(tmp_path, "2026-10-02/区视频指挥中心/a.csv", 1)
    office = office_at(tmp_path)
    assert not any(outcome.is_skipped for outcome in receive(office))
    assert not gather(office.warehouse, INCIDENTS).is_skipped
    assert all(outcome.is_skipped for outcome in receive(office))
    deliver(tmp_path, "2026-10-02/区视频指挥中心/b.csv", 2)
    assert not receive(office)[0].is_skipped
    assert gather(office.warehouse, INCIDENTS).is_skipped
    assert len(numbers_in(office)) == 2


def test_a_vanished_file_stops_the_run_until_it_is_withdrawn(tmp_path):
    gone = deliver(tmp_path, "2026-10-02/区视频指挥中心/a.csv", 1)
    deliver(tmp_path, "2026-10-02/区视频指挥中心/b.csv", 2)
    office = office_at(tmp_path)
    receive(office)
    gone.unlink()
    with pytest.raises(DataError, match=r"a\.csv.*withdrawn\.csv"):
        receive(office)
    withdraw(tmp_path, "2026-10-02/区视频指挥中心/a.csv")
    receive(office)
    assert len(numbers_in(office)) == 1


def test_a_file_changed_in_its_place_is_a_vanished_content(tmp_path):
    deliver(tmp_path, "2026-10-02/区视频指挥中心/a.csv", 1)
    office = office_at(tmp_path)
    receive(office)
    deliver(tmp_path, "2026-10-02/区视频指挥中心/a.csv", 2)
    with pytest.raises(DataError, match="被改动"):
        receive(office)


def test_a_moved_file_has_not_vanished(tmp_path):
    path = deliver(tmp_path, "2026-10-02/区视频指挥中心/a.csv", 1)
    office = office_at(tmp_path)
    receive(office)
    path.rename(path.with_name("改名.csv"))
    receive(office)
    assert len(numbers_in(office)) == 1


def test_a_refused_file_may_be_corrected_in_its_place(tmp_path):
    deliver(tmp_path, "2026-10-02/区视频指挥中心/a.csv", 1)
    bad = tmp_path / "raw/2026-10-02/区视频指挥中心/b.csv"
    bad.write_text("这不是一张表\n", "utf-8")
    office = office_at(tmp_path)
    receive(office)
    deliver(tmp_path, "2026-10-02/区视频指挥中心/b.csv", 2)
    receive(office)
    assert len(numbers_in(office)) == 2


def test_a_withdrawn_file_that_still_lies_there_is_listed_and_not_counted(tmp_path):
    deliver(tmp_path, "2026-10-02/区视频指挥中心/a.csv", 1)
    deliver(tmp_path, "2026-10-02/区视频指挥中心/b.csv", 2)
    withdraw(tmp_path, "2026-10-02/区视频指挥中心/a.csv")
    office = office_at(tmp_path)
    receive(office)
    ledger = office.warehouse.read("intake/deliveries").to_pylist()
    assert [row["reason"] for row in ledger] == ["withdrawn", None]
    assert "测试员：重复报送" in ledger[0]["message"]
    assert len(numbers_in(office)) == 1


def test_loose_files_are_told_with_masked_names(tmp_path):
    deliver(tmp_path, "2026-10-02/区视频指挥中心/a.csv", 1)
    (tmp_path / "raw/举报人13912340987.xlsx").write_bytes(b"")
    told = not_received(tmp_path / "raw")
    assert len(told) == 1
    assert "riskpipe receive" in told[0]
    assert "13912340987" not in told[0]


def withdraw(folder: Path, path: str) -> None:
    rules = folder / "raw/rules"
    rules.mkdir(parents=True, exist_ok=True)
    (rules / "withdrawn.csv").write_text(f"what,by,reason\n{path},测试员,重复报送\n", "utf-8")
