"""The twin of the real ledger has its defects, and riskpipe says of it what was counted by hand."""

import io
from collections import Counter
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from tests.hostile import twin
from tests.hostile.case import Case, Expected
from tests.hostile.comparing import broken_laws
from tests.hostile.observing import Observed, observe
from tests.hostile.twin import LATER, MEASURED, WHOLE

COLUMNS = {
    "found": 1,
    "text": 5,
    "type": 6,
    "grade": 7,
    "due": 9,
    "person": 14,
    "done": 15,
    "state": 16,
}
TOP = {WHOLE: 6, LATER: 3}


@pytest.fixture(scope="module")
def cells() -> dict[str, list[tuple[Any, ...]]]:
    """The data rows of both sheets as openpyxl reads the file."""
    book = openpyxl.load_workbook(io.BytesIO(twin.write()))
    count = dict(zip((WHOLE, LATER), MEASURED["rows"], strict=True))
    return {
        name: list(
            book[name].iter_rows(min_row=top, max_row=top + count[name] - 1, values_only=True)
        )
        for name, top in TOP.items()
    }


@pytest.fixture(scope="module")
def seen() -> Observed:
    return observe(Case("twin", "twin", "建设系统安全隐患库.xlsx", twin.write, Expected("已接收")))


def column(cells: dict[str, list[tuple[Any, ...]]], name: str) -> list[Any]:
    return [row[COLUMNS[name]] for rows in cells.values() for row in rows]


def day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str) and value.count(".") == 2:
        return date(*map(int, value.split(".")))
    return None


def test_the_twin_has_the_defects_that_were_measured(
    cells: dict[str, list[tuple[Any, ...]]],
) -> None:
    assert Counter(column(cells, "state")) == MEASURED["states"]
    assert Counter(column(cells, "grade")) == MEASURED["grades"]
    types = Counter(column(cells, "type"))
    assert (types["一般"], types["隧道开\n挖支护"], types["隧道开挖支护"]) == (56, 16, 2)
    texts = column(cells, "text")
    assert sum(text != text.strip() for text in texts) == MEASURED["stray_spaces"]
    assert sum("2." in text or "二、" in text for text in texts) == MEASURED["several"]
    assert len({text.strip() for text in texts}) == 118
    assert [type(value) for value in column(cells, "person")].count(datetime) == 2


def test_the_twin_heaps_its_completions_on_the_deadline(
    cells: dict[str, list[tuple[Any, ...]]],
) -> None:
    pairs = [
        (day(row[COLUMNS["due"]]), day(row[COLUMNS["done"]]))
        for rows in cells.values()
        for row in rows
    ]
    late = [(done - due).days for due, done in pairs if due and done]
    assert len(late) == MEASURED["complete"]
    assert Counter((n > 0) - (n < 0) for n in late) == {0: 110, 1: 4, -1: 12}


def test_the_twin_dates_that_are_text_stand_on_one_sheet(
    cells: dict[str, list[tuple[Any, ...]]],
) -> None:
    bad = {
        name: [
            row[COLUMNS[part]]
            for row in rows
            for part in ("found", "due", "done")
            if isinstance(row[COLUMNS[part]], str)
        ]
        for name, rows in cells.items()
    }
    assert bad[WHOLE] == []
    assert len(bad[LATER]) == 7
    assert bad[LATER].count("已整改") == 1


def test_every_row_of_both_sheets_is_accepted(seen: Observed) -> None:
    assert list(broken_laws(seen)) == []
    assert seen.status == "已接收", (seen.code, seen.message)
    assert seen.accepted.keys() == {(line.sheet, line.row) for line in twin.lines()}
    assert seen.rejected == {}
    whole, later = seen.accounts[WHOLE], seen.accounts[LATER]
    assert (
        whole["rows_accepted"],
        whole["titles"],
        whole["heading_from"],
        whole["heading_to"],
    ) == (105, 1, 2, 5)
    assert (
        later["rows_accepted"],
        later["titles"],
        later["heading_from"],
        later["heading_to"],
    ) == (30, 0, 1, 2)
    assert whole["notes"] == 1
    assert not whole["unread"]


def test_the_cells_that_cannot_be_read_are_listed_by_place(seen: Observed) -> None:
    person = {(LATER, 20, "责任人"), (LATER, 30, "责任人")}
    word = {(LATER, 26, "整改日期")}
    fifth = {(WHOLE, row, "隐患等级") for row in (13, 21, 29, 37, 45, 53, 61, 69)}
    fourth = {(WHOLE, row, "隐患等级") for row in (15, 25, 35)}
    assert seen.emptied == person | word | fifth | fourth


def test_dotted_dates_are_read_and_grades_mapped(seen: Observed) -> None:
    found = {row: seen.values[LATER, row]["inspected_on"] for row in (4, 6, 8)}
    assert found == {4: date(2025, 5, 11), 6: date(2025, 5, 13), 8: date(2025, 5, 15)}
    grades = Counter(values["grade"] for values in seen.values.values())
    assert grades == {"一般": 58 + 64 + 2, None: 8 + 3}


def test_types_with_a_break_are_the_same_type(seen: Observed) -> None:
    types = Counter(values["category_stated"] for values in seen.values.values())
    assert types["隧道开挖支护"] == 18
    assert types["一般"] == 56


def test_states_are_read_and_a_claim_is_no_sign_off(seen: Observed) -> None:
    states = Counter(values["state"] for values in seen.values.values())
    assert states == {
        "已整改待复查": 112 + 7,
        "已销号": 4 + 3,
        "当场整改": 3,
        "整改中": 3,
        "待整改": 1,
        None: 2,
    }


def test_several_problems_in_one_cell_become_several_findings(seen: Observed) -> None:
    # 22 rows: fifteen with two, five with three, two with four problems: 31 findings more.
    assert Counter(seen.accepted.values()) == {1: 113, 2: 15, 3: 5, 4: 2}
    assert seen.accepted.total() == 135 + 31


def test_hazards_on_both_sheets_have_one_key(seen: Observed) -> None:
    by_hazard: dict[int, set[str]] = {}
    for line in twin.lines():
        by_hazard.setdefault(line.hazard, set()).add(
            seen.values[line.sheet, line.row]["record_key"]
        )
    assert len(by_hazard) == 118
    assert {hazard for hazard, keys in by_hazard.items() if len(keys) > 1} == set()
    assert len(set().union(*by_hazard.values())) == 118


def test_seven_in_eight_completions_fall_on_the_deadline(seen: Observed) -> None:
    late = [
        (values["rectified_on"] - values["due_on"]).days
        for values in seen.values.values()
        if values["rectified_on"] and values["due_on"]
    ]
    assert (len(late), late.count(0)) == (126, 110)
    assert round(100 * late.count(0) / len(late)) == 87
