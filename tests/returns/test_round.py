"""There and back: a form with mistakes is delivered, returned, corrected, delivered again and run."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from riskpipe.identity.access import reveal
from riskpipe.identity.keys import keys_of
from riskpipe.identity.vault import Vault
from riskpipe.walk.returning import State, due_back, sent_back
from riskpipe.walk.trouble import UseError
from tests.forms import filling
from tests.leaks import find_leaks
from tests.walking import office_at, walk

SENDER = "红旗街道"


def delivered(office, day: str, path: Path, name: str) -> Path:
    folder = office.settings.raw / day / SENDER
    folder.mkdir(parents=True, exist_ok=True)
    return path.rename(folder / name)


def corrected(path: Path, out: Path, cells: dict[str, dict[str, object]]) -> Path:
    book = openpyxl.load_workbook(path)
    for sheet, found in cells.items():
        for place, value in found.items():
            book[sheet][place] = value
    for row in book["报送信息"].iter_rows():
        if row[0].value == "报送性质":
            row[1].value = "更正重报"
    book.save(out)
    return out


def spoilt(path: Path, sheet: str, cells: dict[str, object]) -> Path:
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book[sheet][place] = value
    book.save(path)
    return path


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """An office with findings and tip-offs of one street delivered with mistakes, and run."""
    folder = tmp_path_factory.mktemp("round")
    office = office_at(folder)
    findings = spoilt(
        filling.filled(folder, "findings"),
        "隐患排查台账",
        {"C4": "去年", "L5": None, "N6": "较大"},
    )
    tipoffs = spoilt(filling.filled(folder, "tipoffs"), "举报登记", {"D4": "托梦"})
    delivered(office, "2026-12-02", findings, "红旗街道_隐患排查台账_2026-11.xlsx")
    delivered(office, "2026-12-02", tipoffs, "红旗街道_举报登记_2026-11.xlsx")
    walk(office)
    return office


@pytest.fixture(scope="module")
def back(there, tmp_path_factory):
    """The two return sheets by what they are about."""
    out = tmp_path_factory.mktemp("out")
    sent = list(sent_back(there, due_back(there, ""), out))
    assert [one.state for one in sent] == [State.NEW, State.NEW]
    return {"findings" if "隐患" in one.path.name else "tipoffs": one.path for one in sent}


@pytest.fixture(scope="module")
def again(there, back, tmp_path_factory):
    """The same office after the corrected sheets came and were run."""
    folder = tmp_path_factory.mktemp("again")
    book = openpyxl.load_workbook(back["findings"])["隐患排查台账"]
    was = {cell.coordinate for row in book.iter_rows() for cell in row if cell.comment}
    assert {"C4", "L5", "N6"} <= was
    fixed = {"隐患排查台账": {"C4": "2026-11-03", "L5": "配电箱未上锁", "N6": "一般"}}
    one = corrected(back["findings"], folder / "a.xlsx", fixed)
    two = corrected(back["tipoffs"], folder / "b.xlsx", {"举报登记": {"D4": "12350电话"}})
    delivered(there, "2026-12-05", one, back["findings"].name)
    delivered(there, "2026-12-05", two, back["tipoffs"].name)
    walk(there)
    return there


def test_both_are_due_with_their_counts(there, back):
    rows = due_back(there, "")
    assert [(row["path"].rsplit("/", 1)[1], row["rejected_count"]) for row in rows] == [
        ("红旗街道_举报登记_2026-11.xlsx", 1),
        ("红旗街道_隐患排查台账_2026-11.xlsx", 2),
    ]


def test_the_sheets_go_to_a_folder_of_the_sender(back):
    assert {path.parent.name for path in back.values()} == {SENDER}
    assert {path.name for path in back.values()} == {
        "退回_2026-12-02_红旗街道_举报登记_2026-11.xlsx",
        "退回_2026-12-02_红旗街道_隐患排查台账_2026-11.xlsx",
    }


def test_what_stands_there_is_not_overwritten(there, back):
    out = back["findings"].parent.parent
    rows = due_back(there, SENDER)
    assert {one.state for one in sent_back(there, rows, out)} == {State.SAME}
    touched = back["findings"].read_bytes() + b"\0"
    back["findings"].write_bytes(touched)
    states = {one.path: one.state for one in sent_back(there, rows, out)}
    assert states[back["findings"]] is State.TAKEN
    assert back["findings"].read_bytes() == touched
    back["findings"].write_bytes(touched[:-1])


def test_a_sender_nobody_knows_is_told(there):
    with pytest.raises(UseError, match="没有收到过"):
        due_back(there, "某街道")


def test_the_persons_of_the_secret_sheet_did_not_go_back(there, back):
    planted = {"name": ["吴青禾"], "phone": ["057100000017"], "address": ["青岚路1号"]}
    assert find_leaks([there.settings.raw], planted)
    assert find_leaks([path.parent for path in back.values()], planted) == []


def test_nothing_is_due_any_more_and_no_record_is_doubled(again):
    assert due_back(again, "") == []
    findings = again.warehouse.read("register/findings").to_pylist()
    count = len(filling.ROWS["findings"]["隐患排查台账"])
    by_number = {row["finding_no"]: row for row in findings}
    # The form prints the numbers of a street's month: YH-街道代码-年月-4位.
    assert [*by_number] == [f"YH-330199001-202611-{n:04d}" for n in range(1, count + 1)]
    assert len(findings) == count
    assert str(by_number["YH-330199001-202611-0001"]["inspected_on"]) == "2026-11-03"
    assert by_number["YH-330199001-202611-0002"]["description"] == "配电箱未上锁"
    assert by_number["YH-330199001-202611-0003"]["grade"] == "一般"


def test_both_versions_are_kept(again):
    versions = again.warehouse.read("register/versions").to_pylist()
    tips = filling.ROWS["tipoffs"]["举报登记"]
    counts = {}
    for row in versions:
        counts[row["record_key"]] = counts.get(row["record_key"], 0) + 1
    # The first was rejected on the first day, all others were accepted twice.
    assert [counts[row["举报编号"]] for row in tips] == [1, *[2] * (len(tips) - 1)]


def test_the_person_is_still_found_by_the_number(again):
    keys = keys_of(again.settings.key_file, again.warehouse.vault)
    number = filling.ROWS["tipoffs"]["举报登记"][0]["举报编号"]
    found = reveal(
        Vault(again.warehouse.vault, keys),
        number,
        by="甲",
        approved_by="乙",
        reason="奖励发放",
        at=datetime(2026, 12, 6),
    )
    assert "吴青禾" in {value for row in found for value in row.values.values()}


def test_the_rejected_row_left_its_persons_pseudonym_under_its_number(again):
    number = filling.ROWS["tipoffs"]["举报登记"][0]["举报编号"]
    (held,) = again.warehouse.read("intake/held").to_pylist()
    assert (held["number_kind"], held["subject_no"], held["row_no"]) == ("tipoff_no", number, 4)
    assert str(held["delivered_on"]) == "2026-12-02"
    assert held["person_id"].startswith("R")


def test_the_tables_tell_nobody(again):
    planted = {"name": ["吴青禾"], "phone": ["057100000017"]}
    assert find_leaks([again.warehouse.root / "tables", again.warehouse.landing], planted) == []
