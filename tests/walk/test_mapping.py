"""From an unknown heading to a known one: the workbook goes out, comes back filled, and counts."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from riskpipe.rules import RuleError
from riskpipe.walk.gathering import gather
from riskpipe.walk.mapping import mapping_path, waiting
from riskpipe.walk.receiving import receive
from tests.intake.builders import LEDGER, TIPOFFS, finding, workbook
from tests.walking import office_at

FINDINGS = "intake/landed_findings"
PHONE = "13900139123"


@pytest.fixture
def office(tmp_path):
    """A street sends a ledger with 巡查备忘 and 排查时刻 in it, the second in place of 检查日期."""
    folder = tmp_path / "raw" / "2026-02-01" / "红旗街道"
    folder.mkdir(parents=True)
    known = [[*LEDGER[:-1], "巡查备忘"], finding(1, 备注="已贴告知书"), finding(2)]
    unknown = [["排查时刻" if name == "检查日期" else name for name in LEDGER], finding(3)]
    workbook(folder / "台账.xlsx", {"一月": known, "二月": unknown})
    return office_at(tmp_path)


def rows_of(path: Path) -> list[tuple]:
    sheet = openpyxl.load_workbook(path)["表头对应表"]
    return [row[:6] for row in sheet.iter_rows(min_row=4, values_only=True) if row[1]]


def fill(office, answers: dict[str, str]) -> None:
    book = openpyxl.load_workbook(mapping_path(office.warehouse))
    for row in book["表头对应表"].iter_rows(min_row=4):
        row[4].value = answers.get(row[1].value)
    rules = office.settings.rules_folder
    rules.mkdir(exist_ok=True)
    book.save(rules / "表头对应表.xlsx")


def landed(office) -> dict[str, str | None]:
    gather(office.warehouse, FINDINGS)
    table = office.warehouse.read(FINDINGS)
    return {row["finding_no"][-1]: row["remark"] for row in table.to_pylist()}


def test_unknown_headings_of_read_and_of_refused_sheets_go_out(office):
    receive(office)
    assert rows_of(mapping_path(office.warehouse)) == [
        (
            *("隐患排查台账", "巡查备忘", "2026-02-01/红旗街道/台账.xlsx · 一月", None),
            *(None, "未登记，这一列没有入库"),
        ),
        (
            *("隐患排查台账", "排查时刻", "2026-02-01/红旗街道/台账.xlsx · 二月", "检查日期"),
            *(None, "未登记，这一列没有入库"),
        ),
    ]
    assert "表头对应表.xlsx" in waiting(office.warehouse)
    assert landed(office) == {"1": None, "2": None}


def test_filled_in_and_dropped_back_the_files_are_read_again(office):
    receive(office)
    fill(office, {"巡查备忘": "备注", "排查时刻": "检查日期"})
    receive(office)
    assert landed(office) == {"1": "已贴告知书", "2": None, "3": None}
    assert not mapping_path(office.warehouse).exists()
    assert waiting(office.warehouse) is None


def test_what_was_answered_stands_in_the_next_workbook(office):
    receive(office)
    fill(office, {"巡查备忘": "不需要"})
    receive(office)
    told = [row[:2] + row[4:] for row in rows_of(mapping_path(office.warehouse))]
    assert told == [
        ("隐患排查台账", "排查时刻", None, "未登记，这一列没有入库"),
        ("隐患排查台账", "巡查备忘", "不需要", "已登记"),
    ]


def test_an_unfilled_workbook_changes_nothing(office):
    receive(office)
    before = mapping_path(office.warehouse).read_bytes()
    fill(office, {})
    outcomes = receive(office)
    assert all(outcome.is_skipped for outcome in outcomes)
    assert mapping_path(office.warehouse).read_bytes() == before


def test_a_wrong_entry_stops_the_run_with_its_row(office):
    receive(office)
    fill(office, {"巡查备忘": "没有这一列"})
    with pytest.raises(RuleError, match=r"表头对应表.xlsx 第 4 行"):
        receive(office)


def test_every_row_offers_the_headings_of_its_own_table(office):
    receive(office)
    book = openpyxl.load_workbook(mapping_path(office.warehouse))
    lists = {
        column[0].value: [cell.value for cell in column[1:] if cell.value]
        for column in book["字典"].columns
    }
    assert {"隐患编号", "检查日期", "备注", "不需要"} <= set(lists["隐患排查台账"])
    assert {"举报人姓名", "联系电话", "不需要"} <= set(lists["12350举报登记"])
    sources = {
        rule.sqref: rule.formula1 for rule in book["表头对应表"].data_validations.dataValidation
    }
    assert any("MATCH($A4" in source for source in sources.values())


def test_a_reporter_in_a_heading_does_not_go_out(tmp_path):
    folder = tmp_path / "raw" / "2026-02-01" / "热线"
    folder.mkdir(parents=True)
    rows = [
        [*TIPOFFS, f"回访{PHONE}"],
        ["JB-1", "2026-01-05 08:00", "12350电话", "楼道堆物", "周某某", "13800138000", "已答复"],
    ]
    workbook(folder / "登记.xlsx", {"举报登记": rows})
    office = office_at(tmp_path)
    receive(office)
    written = [
        path.read_bytes() for path in office.warehouse.root.rglob("*.json") if path.is_file()
    ]
    with zipfile.ZipFile(mapping_path(office.warehouse)) as archive:
        written += [archive.read(name) for name in archive.namelist()]
    assert any("回访".encode() in content for content in written)
    assert not any(PHONE.encode() in content for content in written)


def test_a_new_rule_reaches_the_tables_although_no_file_changed(office):
    receive(office)
    assert landed(office)["1"] is None
    fill(office, {"巡查备忘": "备注"})
    receive(office)
    assert landed(office)["1"] == "已贴告知书"
    assert gather(office.warehouse, FINDINGS).is_skipped
