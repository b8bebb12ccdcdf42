"""The whole graph on a tiny town: first run, second run, months backfilled in any order."""

from pathlib import Path

import dagster as dg
import pytest

from assets import defs
from assets.running import home_of, run_config_of, run_job
from riskpipe.walk.office import Office
from tests.town import deliver, tables_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Four months, registered once through Dagster."""
    office = deliver(tmp_path_factory.mktemp("town"), 4)
    run_job("register_run", office, "")
    return office


def materializations(office: Office) -> dict[str, dict[str, object]]:
    with dg.DagsterInstance.from_config(str(home_of(office))) as instance:
        found = {}
        for key in instance.get_asset_keys():
            event = instance.get_latest_materialization_event(key)
            if event and event.asset_materialization:
                data = event.asset_materialization.metadata
                found[key.to_user_string()] = {name: entry.value for name, entry in data.items()}
        return found


def test_every_table_tells_its_row_count(town):
    told = materializations(town)
    for key, rows in tables_of(town.settings.warehouse).items():
        if not key.startswith("meta/"):
            assert told[key]["dagster/row_count"] == len(rows), key


def test_a_second_run_makes_nothing_anew(town):
    before = {p: p.stat().st_mtime_ns for p in town.settings.warehouse.rglob("*.parquet")}
    published = town.warehouse.published.stat().st_mtime_ns
    run_job("register_run", town, "")
    assert {p: p.stat().st_mtime_ns for p in town.settings.warehouse.rglob("*.parquet")} == before
    assert town.warehouse.published.stat().st_mtime_ns == published
    tables = [told for told in materializations(town).values() if "unchanged" in told]
    assert tables
    assert all(told["unchanged"] for told in tables)


def test_the_laws_are_checked_and_kept(town):
    with dg.DagsterInstance.from_config(str(home_of(town))) as instance:
        result = defs.resolve_job_def("register_run").execute_in_process(
            instance=instance, run_config=run_config_of(town)
        )
    checked = {e.check_name: e.passed for e in result.get_asset_check_evaluations()}
    assert checked == {
        "rows_conserved": True,
        "rows_landed": True,
        "keys_unique": True,
        "pseudonyms_only": True,
        "chain_up_to_date": True,
        "records_counted_once": True,
    }


def test_months_in_any_order_leave_the_register_as_it_was(town):
    before = files_of(town.settings.warehouse / "tables")
    published = town.warehouse.published.read_bytes()
    for month in ("2026-09", "2026-07", "2026-10", "2026-08"):
        run_job("monthly_issue", town, month)
    assert files_of(town.settings.warehouse / "tables") == before
    assert town.warehouse.published.read_bytes() == published
    first = {m: issued(town, m) for m in ("2026-07", "2026-09")}
    for month in ("2026-09", "2026-07"):
        for path in (town.warehouse.issues / month).rglob("*.parquet"):
            path.unlink()
        run_job("monthly_issue", town, month)
    assert {m: issued(town, m) for m in first} == first


def issued(town: Office, month: str) -> tuple[dict[str, list[dict[str, object]]], bytes]:
    folder = town.warehouse.issues / month
    return tables_of(folder), (folder / "index.html").read_bytes()


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
