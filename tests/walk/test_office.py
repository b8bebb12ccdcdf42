"""Which day and month a bench stands at: given, newest, cut-off; and what cannot be issued."""

from datetime import date
from pathlib import Path

import pytest

from riskpipe.settings import Settings
from riskpipe.tables.intake import Deliveries
from riskpipe.walk.office import Office, month_from
from riskpipe.walk.trouble import UseError
from tests.rows import rows


def office(tmp_path: Path, *days: str, **settings: object) -> Office:
    made = Office(Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", **settings))
    if days:
        given = [
            {"delivered_on": day, "path": f"{n}", "delivery_id": f"{n}"}
            for n, day in enumerate(days)
        ]
        made.warehouse.write("intake/deliveries", rows(Deliveries, given), "x")
    return made


def test_the_office_stands_at_its_newest_delivery(tmp_path):
    bench = office(tmp_path, "2026-09-03", "2026-11-04", "2026-10-09").bench()
    assert (bench.as_of, bench.month_on) == (date(2026, 11, 4), date(2026, 10, 1))


def test_a_given_day_goes_before_the_newest_delivery(tmp_path):
    bench = office(tmp_path, "2026-09-03", "2026-11-04", as_of=date(2026, 10, 9)).bench()
    assert (bench.as_of, bench.month_on) == (date(2026, 10, 9), date(2026, 9, 1))


def test_a_month_stands_at_its_cut_off_on_its_own_tables(tmp_path):
    made = office(tmp_path, "2026-09-03", "2026-11-20")
    bench = made.month_bench("2026-09")
    assert bench.as_of == date(2026, 10, 5)
    assert bench.own.root == made.warehouse.issues / "2026-09"
    assert bench.path_of("register/hazards").is_relative_to(made.warehouse.issues)
    assert bench.path_of("intake/landed_tipoffs") == made.warehouse.table_path(
        "intake/landed_tipoffs"
    )


def test_the_newest_month_stands_at_the_newest_delivery_when_its_cut_off_is_not_reached(tmp_path):
    assert office(tmp_path, "2026-09-03", "2026-11-02").month_bench("2026-10").as_of == date(
        2026, 11, 2
    )


def test_an_office_that_closes_on_the_25th_cuts_off_five_days_later(tmp_path):
    made = office(tmp_path, "2026-09-03", "2026-11-20", month_closes_on=25)
    assert made.month_bench("2026-10").as_of == date(2026, 10, 30)
    assert made.last_month() == "2026-10"


@pytest.mark.parametrize(
    ("month", "said"),
    [("2026-11", "2026-10"), ("2027-01", "2026-10"), ("2026-07", "2026-09-03")],
)
def test_a_month_without_data_says_which_there_are(tmp_path, month, said):
    with pytest.raises(UseError, match=said):
        office(tmp_path, "2026-09-03", "2026-11-02").month_bench(month)


@pytest.mark.parametrize("text", ["2026-13", "202610", "2026-1", "十月", "1999-01", "2026-10-01"])
def test_a_misspelt_month_says_how_to_write_it(text):
    with pytest.raises(UseError, match="2026-10"):
        month_from(text)


def test_nothing_received_says_what_to_do(tmp_path):
    with pytest.raises(UseError, match="riskpipe demo"):
        office(tmp_path).as_of()


def test_a_day_before_the_first_delivery_is_refused(tmp_path):
    with pytest.raises(UseError, match="2026-09-03"):
        office(tmp_path, "2026-09-03", as_of=date(2026, 1, 1)).as_of()
