"""The schedule picks the month itself; the sensor asks only when raw/ has changed."""

from datetime import datetime
from pathlib import Path

import dagster as dg
import pytest

from assets.automation import monthly_schedule, new_files


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKPIPE_RAW", str(tmp_path / "raw"))


@pytest.mark.parametrize(
    ("tick", "month"),
    [
        (datetime(2026, 11, 6, 7, 30), "2026-10"),  # October's cut-off is the 5th
        (datetime(2026, 11, 5, 7, 30), "2026-09"),  # not over yet
        (datetime(2027, 1, 6, 7, 30), "2026-12"),
        (datetime(2024, 3, 6, 7, 30), "2024-02"),
    ],
)
def test_the_schedule_asks_for_the_newest_month_past_its_cut_off(tick, month):
    context = dg.build_schedule_context(scheduled_execution_time=tick)
    request = monthly_schedule(context)
    assert (request.partition_key, request.run_key) == (month, month)


def test_an_office_that_closes_on_the_25th_has_its_month_sooner(monkeypatch):
    monkeypatch.setenv("RISKPIPE_MONTH_CLOSES_ON", "25")
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2026, 10, 31, 7, 30))
    assert monthly_schedule(context).partition_key == "2026-10"


def test_the_sensor_asks_once_for_each_new_state_of_raw(tmp_path):
    sender = tmp_path / "raw/2026-11-02/红旗街道"
    with dg.build_sensor_context() as context:
        assert isinstance(new_files(context), dg.SkipReason)
        sender.mkdir(parents=True)
        (sender / "台账.xlsx").write_bytes(b"1")
        first = new_files(context)
        assert isinstance(first, dg.RunRequest)
        assert isinstance(new_files(context), dg.SkipReason)
        (sender / "台账2.xlsx").write_bytes(b"2")
        second = new_files(context)
        assert isinstance(second, dg.RunRequest)
        assert first.run_key != second.run_key
