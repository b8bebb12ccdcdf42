"""Working days and statistical months, checked against the published notices by hand."""

from datetime import date
from pathlib import Path

import pytest

from riskpipe import calendar
from riskpipe.rules import Rules


@pytest.fixture(scope="module")
def day():
    table = calendar.days(Rules(Path("no-such-folder")), 31)
    return {row["day_on"]: row for row in table.to_pylist()}


def workdays(day, after, until):
    return day[until]["workday_no"] - day[after]["workday_no"]


def test_national_day_2025_is_eight_days_off_with_two_made_up(day):
    # 2025: off 1-8 October; 28 September (Sunday) and 11 October (Saturday) are worked.
    assert day[date(2025, 9, 28)]["is_workday"]
    assert not any(day[date(2025, 10, n)]["is_workday"] for n in range(1, 9))
    assert day[date(2025, 10, 11)]["is_workday"]
    # After Tuesday 30 Sept: 9, 10, 11 Oct worked, 12 Oct (Sunday) not.
    assert workdays(day, date(2025, 9, 30), date(2025, 10, 12)) == 3


def test_spring_festival_2026_runs_nine_days(day):
    # Off 15-23 Feb; worked Saturdays 14 and 28 Feb. 13 Feb is a Friday.
    # After 13 Feb until 28 Feb: 14, 24, 25, 26, 27, 28 = 6 working days.
    assert workdays(day, date(2026, 2, 13), date(2026, 2, 28)) == 6


@pytest.mark.parametrize(
    ("year", "count"),
    # 365 or 366 days less weekends and holidays plus make-up days, as the wall calendars of
    # those years print: 2023 249 days' work, 2024 251, 2025 248, 2026 248.
    [(2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_working_days_of_a_year(day, year, count):
    assert workdays(day, date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_a_year_without_its_notice_is_provisional(day):
    assert not day[date(2026, 12, 31)]["is_provisional"]
    assert day[date(2027, 1, 1)]["is_provisional"]


def test_an_office_overlay_loads_the_next_notice(tmp_path):
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "notices.csv").write_text("year,source\n2027,通知\n", "utf-8")
    (folder / "holidays.csv").write_text(
        "id,from_on,to_on,is_workday,name\n2027-01-01,2027-01-01,2027-01-03,否,元旦\n", "gb18030"
    )
    table = calendar.days(Rules(tmp_path), 31)
    row = {r["day_on"]: r for r in table.to_pylist()}[date(2027, 1, 1)]
    assert (row["is_workday"], row["is_provisional"]) == (False, False)


@pytest.mark.parametrize(
    ("closes_on", "day_on", "label"),
    [
        (31, date(2026, 1, 31), date(2026, 1, 1)),
        (25, date(2026, 1, 25), date(2026, 1, 1)),
        (25, date(2026, 1, 26), date(2026, 2, 1)),
        (25, date(2025, 12, 26), date(2026, 1, 1)),
        (30, date(2026, 2, 28), date(2026, 2, 1)),
    ],
)
def test_the_statistical_month_of_a_day(closes_on, day_on, label):
    assert calendar.month_of(day_on, closes_on) == label


@pytest.mark.parametrize("closes_on", [25, 28, 30, 31])
def test_statistical_months_tile_the_year(closes_on):
    label = date(2024, 1, 1)
    for _ in range(30):
        following = calendar.next_month(label)
        gap = calendar.month_start(following, closes_on) - calendar.month_end(label, closes_on)
        assert gap.days == 1
        assert calendar.month_of(calendar.month_start(label, closes_on), closes_on) == label
        assert calendar.month_of(calendar.month_end(label, closes_on), closes_on) == label
        label = following


@pytest.mark.parametrize(
    ("as_of", "label"),
    [
        (date(2026, 11, 3), date(2026, 10, 1)),
        (date(2026, 10, 31), date(2026, 9, 1)),
        (date(2026, 1, 1), date(2025, 12, 1)),
    ],
)
def test_the_month_to_report_had_ended_before_the_as_of_day(as_of, label):
    assert calendar.last_complete_month(as_of, 31) == label
