"""Dagster keeps what a failing step says for ever: it must say where and how many, never what."""

from pathlib import Path

import dagster as dg
import pytest

from assets.cards import told_plainly
from assets.eventlog import EventLog
from assets.running import home_of, run_job
from riskpipe.walk import receiving
from riskpipe.walk.trouble import Exit, ToldError
from tests.walking import office_at

SECRET = "尉迟青岚13912340987"


def test_a_failing_step_leaves_no_value_in_dagsters_home(tmp_path, monkeypatch):
    def broken(_raw):
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(f"bad cell {SECRET}") from cause

    monkeypatch.setattr(receiving.reception, "deliveries", broken)
    office = office_at(tmp_path)
    with pytest.raises(ToldError) as told:
        run_job("register_run", office, "")
    assert told.value.trouble.code is Exit.UNKNOWN
    assert "ValueError" in told.value.trouble.message
    assert any("caused by" in line for line in told.value.trouble.trace)
    kept = b"".join(p.read_bytes() for p in (tmp_path / "warehouse").rglob("*") if p.is_file())
    assert b"STEP_FAILURE" in kept
    assert b"13912340987" not in kept
    assert SECRET.encode() not in kept
    assert repr(SECRET).encode() not in kept
    assert SECRET.encode("unicode_escape") not in kept
    assert SECRET.encode("unicode_escape").replace(b"\\", b"\\\\") not in kept


def test_a_failure_carries_neither_cause_nor_context():
    with pytest.raises(dg.Failure) as failed, told_plainly():
        raise ValueError(SECRET)
    assert failed.value.__suppress_context__
    assert failed.value.__cause__ is None
    assert SECRET not in (failed.value.description or "")


def test_nothing_delivered_ends_with_what_to_do(tmp_path):
    with pytest.raises(ToldError, match="riskpipe receive") as told:
        run_job("register_run", office_at(tmp_path), "")
    assert told.value.trouble.code is Exit.USE


def test_the_home_is_written_for_its_place_and_read_by_dagster(tmp_path):
    office = office_at(tmp_path)
    home = home_of(office)
    text = (home / "dagster.yaml").read_text("utf-8")
    assert "HOME" not in text.split("\n", 1)[1]
    with dg.DagsterInstance.from_config(str(home)) as instance:
        assert isinstance(instance.event_log_storage, EventLog)
        assert not instance.telemetry_enabled
        assert type(instance.compute_log_manager).__name__ == "NoOpComputeLogManager"
    assert not list(Path(home).rglob("*.out"))
