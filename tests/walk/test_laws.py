"""Each law finds what breaks it: tables are broken on purpose, one at a time."""

from datetime import date

import pytest

from riskpipe.tables import model_of
from riskpipe.tables.base import key_of
from riskpipe.tables.delivered import LandedTipoffs, LandedUnits
from riskpipe.tables.intake import Sheets
from riskpipe.tables.register import Units, Versions
from riskpipe.walk import laws
from riskpipe.walk.bench import Bench, build
from riskpipe.walk.gathering import LANDED
from riskpipe.walk.steps import step_of
from tests.rows import rows
from tests.walking import office_at

PSEUDONYM = "R" + "0a" * 10


@pytest.fixture
def bench(tmp_path) -> Bench:
    office = office_at(tmp_path)
    for key in LANDED:
        office.warehouse.write(key, rows(model_of(key), []), "x")
    return Bench(
        office.settings, date(2026, 11, 2), date(2026, 10, 1), office.warehouse, office.warehouse
    )


def put(bench: Bench, model, *given) -> None:
    bench.own.write(key_of(model), rows(model, given), "x")


SHEET = {
    "rows_seen": 10,
    "rows_accepted": 6,
    "rows_rejected": 1,
    "titles": 1,
    "headings": 1,
    "notes": 1,
    "totals": 0,
    "blanks": 0,
}


def test_rows_that_add_up_are_fine_and_one_lost_row_is_found(bench):
    put(bench, Sheets, {"sheet_id": "a", **SHEET})
    assert laws.unbalanced_sheets(bench.shared) == 0
    put(bench, Sheets, {"sheet_id": "a", **SHEET}, {"sheet_id": "b", **SHEET, "rows_seen": 11})
    assert laws.unbalanced_sheets(bench.shared) == 1


def test_accepted_rows_must_be_landed_but_for_sheets_that_join_another(bench):
    put(bench, LandedTipoffs, {"tipoff_no": "1"})
    persons = {"kind": "tipoffs", "layout": "tipoffs_persons", "rows_accepted": 5}
    main = {"kind": "tipoffs", "layout": "tipoffs_12350", "rows_accepted": 1}
    put(bench, Sheets, {"sheet_id": "a", **main}, {"sheet_id": "b", **persons})
    assert laws.unlanded_rows(bench.shared, bench.rules) == {}
    put(bench, Sheets, {"sheet_id": "a", **main, "rows_accepted": 3})
    assert laws.unlanded_rows(bench.shared, bench.rules) == {"tipoffs": 2}


def test_a_repeated_key_is_found(bench):
    put(bench, LandedUnits, {"row_id": "a"}, {"row_id": "b"})
    assert laws.repeated_keys(bench) == {}
    put(bench, LandedUnits, {"row_id": "a"}, {"row_id": "a"})
    assert laws.repeated_keys(bench) == {"intake/landed_units.row_id": 1}


def test_a_reporter_in_the_open_is_found(bench):
    put(bench, LandedTipoffs, {"row_id": "a", "reporter_id": PSEUDONYM}, {"row_id": "b"})
    assert laws.open_reporters(bench) == {}
    put(bench, LandedTipoffs, {"row_id": "a", "reporter_id": "13912340987"})
    assert laws.open_reporters(bench) == {"intake/landed_tipoffs.reporter_id": 1}


def test_a_record_counted_twice_or_never_is_found(bench):
    version = {"kind": "units", "is_current": True}
    put(
        bench, Versions, {"row_id": "a", **version}, {"row_id": "b", **version, "is_current": False}
    )
    put(bench, Units, {"row_id": "a"})
    assert laws.uncounted_records(bench) == {}
    put(bench, Units, {"row_id": "a"}, {"row_id": "b"})
    assert laws.uncounted_records(bench) == {"register/units": -1}


def test_a_table_made_of_other_rules_is_out_of_date(bench):
    step = step_of("rules/tariffs")
    build(step, bench)
    assert "rules/tariffs" not in stale_of(bench, ["rules/tariffs"])
    bench.own.write(step.key, bench.own.read(step.key), "another stamp")
    assert "rules/tariffs" in stale_of(bench, ["rules/tariffs"])


def stale_of(bench: Bench, keys: list[str]) -> list[str]:
    from riskpipe.walk.bench import stamp_of

    return [k for k in keys if bench.own.fingerprint_of(k) != stamp_of(step_of(k), bench)]


def test_the_pseudonym_pattern_lets_no_phone_pass():
    assert not laws.PSEUDONYM.search("13912340987")
    assert laws.PSEUDONYM.search(PSEUDONYM)
