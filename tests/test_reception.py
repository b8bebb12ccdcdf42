"""Reception: one file in, its landing out; every row counted, no person past the vault."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskpipe import reception
from riskpipe.identity.keys import Keys
from riskpipe.identity.vault import Vault
from riskpipe.intake.look import whole
from riskpipe.reception import landing as landing_module
from riskpipe.rules import Rules
from riskpipe.settings import Settings
from riskpipe.vocabulary import Kind
from riskpipe.warehouse import Warehouse
from tests.intake.builders import LEDGER, TIPOFFS, csv_file, finding, workbook

KEYS = Keys(data=b"d" * 32, pseudonym=b"p" * 32, former=None)


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    raw = tmp_path_factory.mktemp("raw")
    return reception.desk_of(Settings(raw=raw), Rules(raw / "rules"), KEYS)


@pytest.fixture
def office(tmp_path):
    (tmp_path / "raw").mkdir()
    warehouse = Warehouse(tmp_path / "warehouse")
    return tmp_path / "raw", warehouse, Vault(warehouse.vault, KEYS)


def delivered(raw: Path, day: str, sender: str) -> Path:
    folder = raw / day / sender
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tipoff(number: int, **changed):
    row = {
        "no": f"JB-20260105-{number:03d}",
        "at": "2026-01-05 08:30",
        "channel": "12350电话",
        "content": f"{number}号楼楼道堆放杂物，电动自行车飞线充电",
        "name": "周某某",
        "phone": f"138001380{number:02d}",
    }
    return [*(row | changed).values()]


def test_every_row_of_a_mixed_sheet_is_counted_once(tmp_path, desk):
    sound, bad, odd = finding(1), finding(2, 隐患描述=None), finding(3, 隐患等级="较大")
    rows = [["台账"], LEDGER, sound, bad, odd, [], ["合计", "3"], ["说明：见附件"]]
    found = reception.inspect(workbook(tmp_path / "a.xlsx", {"台账": rows}), desk)
    sheet = found["sheet_accounts"][0]
    assert (
        found["rows_seen"],
        found["rows_accepted"],
        found["rows_rejected"],
        found["rows_ignored"],
    ) == (8, 2, 1, 5)
    assert (
        sheet["titles"],
        sheet["headings"],
        sheet["totals"],
        sheet["notes"],
        sheet["blanks"],
    ) == (1,) * 5
    assert [(r["row_no"], r["rule"]) for r in found["rejected_rows"]] == [(4, "missing")]
    assert [(r["row_no"], r["value"]) for r in found["rejected_cells"]] == [(5, "较大")]
    assert found["status"] == "部分接收"
    json.dumps(found, ensure_ascii=False)


def test_a_person_is_in_the_vault_and_nowhere_else(office, desk):
    raw, warehouse, vault = office
    rows = [TIPOFFS, tipoff(1, content="我叫周某某，电话13800138001，楼道堆物"), tipoff(2)]
    path = workbook(
        delivered(raw, "2026-01-08", "举报中心") / "登记_13800138002.xlsx", {"举报登记": rows}
    )
    (delivery,) = reception.deliveries(raw)
    known = reception.land(delivery, desk, warehouse, vault)
    landed = reception.landed_table(warehouse, known.content_hash, desk.models[Kind.TIPOFFS])
    assert landed["reporter_id"].null_count == 0
    assert len(set(landed["reporter_id"].to_pylist())) == 2
    everything = "".join(map(str, landed.to_pylist())) + str(known.row)
    everything += "".join(
        p.read_text("utf-8") for p in (warehouse.landing / known.content_hash).glob("*.json")
    )
    for secret in ("13800138001", "13800138002", "周某某"):
        assert secret not in everything
    assert {row.values["reporter_phone"] for row in vault.open(known.content_hash)} == {
        "13800138001",
        "13800138002",
    }
    assert path.exists()


def test_the_secret_sheet_joins_its_rows_and_strangers_still_reach_the_vault(office, desk):
    raw, warehouse, vault = office
    secret = [
        ["举报编号", "举报人姓名", "联系电话", "答复方式"],
        ["JB-20260105-001", "周某某", "13800138001", "电话"],
        ["JB-20260105-999", "吴某某", "13800138009", "电话"],
    ]
    main = [TIPOFFS[:4], tipoff(1)[:4], tipoff(2)[:4]]
    sheets = {"举报登记": main, "举报人信息（保密）": secret}
    workbook(delivered(raw, "2026-01-08", "举报中心") / "登记.xlsx", sheets)
    known = reception.land(reception.deliveries(raw)[0], desk, warehouse, vault)
    landed = reception.landed_table(warehouse, known.content_hash, desk.models[Kind.TIPOFFS])
    assert [bool(who) for who in landed["reporter_id"].to_pylist()] == [True, False]
    assert len(vault.open(known.content_hash)) == 2
    accounts = reception.sheets(warehouse, known.content_hash).to_pylist()
    assert [(a["rows_seen"], a["rows_accepted"]) for a in accounts] == [(3, 2), (3, 2)]


def test_unchanged_content_is_never_read_again(office, desk, monkeypatch):
    raw, warehouse, vault = office
    path = workbook(
        delivered(raw, "2026-01-08", "红旗街道") / "a.xlsx", {"台账": [LEDGER, finding(1)]}
    )
    shutil.copy(path, delivered(raw, "2026-02-08", "红旗街道") / "b.xlsx")
    monkeypatch.setattr(
        landing_module, "transcribe", _counted := _Counted(landing_module.transcribe)
    )
    known = [reception.land(d, desk, warehouse, vault) for d in reception.deliveries(raw)]
    assert _counted.calls == 1
    ledger = reception.deliveries_table(known)
    assert ledger["status"].to_pylist() == ["已接收", "重复内容"]


def test_all_paths_land_in_their_order_even_equal_contents(office, desk):
    raw, warehouse, vault = office
    for number in range(6):
        folder = delivered(raw, "2026-01-08", f"街道{number}")
        workbook(folder / "a.xlsx", {"台账": [LEDGER, finding(1 + number // 2)]})
        (folder / "b.txt").write_text("编号,内容\n", "utf-8")
    found = reception.deliveries(raw)
    known = list(reception.land_all(found, desk, warehouse, vault))
    assert [k.row["path"] for k in known] == [d.shown for d in found]
    assert known == [reception.land(d, desk, warehouse, vault) for d in found]
    left = [path.name for path in warehouse.landing.rglob(".*")]
    assert left == []


def test_new_rules_judge_again_without_reading_again(office, desk, monkeypatch):
    from dataclasses import replace

    raw, warehouse, vault = office
    workbook(
        delivered(raw, "2026-01-08", "红旗街道") / "a.xlsx",
        {"台账": [LEDGER, finding(1), finding(2, 隐患描述=None)]},
    )
    (delivery,) = reception.deliveries(raw)
    first = reception.land(delivery, desk, warehouse, vault)
    model = desk.models[Kind.FINDINGS]
    before = reception.landed_table(warehouse, first.content_hash, model)
    monkeypatch.setattr(landing_module, "transcribe", None)
    again = reception.land(delivery, replace(desk, landing_stamp="other"), warehouse, vault)
    assert again.row == first.row
    assert reception.landed_table(warehouse, first.content_hash, model).equals(before)


def test_a_landing_cut_short_by_a_crash_is_made_again(office, desk):
    raw, warehouse, vault = office
    workbook(delivered(raw, "2026-01-08", "红旗街道") / "a.xlsx", {"台账": [LEDGER, finding(1)]})
    (delivery,) = reception.deliveries(raw)
    known = reception.land(delivery, desk, warehouse, vault)
    whole = warehouse.landing / known.content_hash / "findings.parquet"
    content = whole.read_bytes()
    whole.write_bytes(content[:-100] + b"\0" * 100)
    reception.land(delivery, desk, warehouse, vault)
    assert whole.read_bytes() == content


def test_the_same_file_lands_the_same_whatever_came_before(tmp_path, desk):
    path = workbook(tmp_path / "a.xlsx", {"台账": [LEDGER, *map(finding, range(1, 20))]})
    other = workbook(tmp_path / "b.xlsx", {"举报登记": [TIPOFFS, *map(tipoff, range(1, 9))]})
    first = reception.receive(reception.transcribe(whole(path.read_bytes()), "a.xlsx", desk), desk)
    reception.receive(reception.transcribe(whole(other.read_bytes()), "b.xlsx", desk), desk)
    again = reception.receive(
        reception.transcribe(whole(path.read_bytes()), "另名.xlsx", desk), desk
    )
    assert again == first


def test_a_refused_sheet_is_a_refused_file_with_its_rows(tmp_path, desk):
    found = reception.inspect(workbook(tmp_path / "a.xlsx", {"菜单": [["菜名"], ["豆腐"]]}), desk)
    assert (found["status"], found["reason"], found["rows_rejected"]) == ("拒收", "no_headings", 2)


def test_an_unreadable_file_has_unknown_counts(tmp_path, desk):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04damaged")
    found = reception.inspect(path, desk)
    assert (found["status"], found["rows_seen"], found["rows_add_up"]) == ("无法读取", None, True)


def test_an_error_inside_reading_is_an_answer_without_its_words(
    tmp_path, desk, monkeypatch, caplog
):
    def broken(*_):
        raise ValueError("13800138000")

    monkeypatch.setattr("riskpipe.reception.transcript.read", broken)
    found = reception.inspect(workbook(tmp_path / "a.xlsx", {"台账": [LEDGER]}), desk)
    assert found["reason"] == "unexpected"
    assert "138" not in caplog.text + str(found)


def test_a_zero_report_is_accepted_with_no_rows(office, desk):
    raw, warehouse, vault = office
    facts = [
        ["项目", "内容"], ["报送单位", "红旗街道"], ["统计期间起", "2026-01-01"], ["统计期间止", date(2026, 1, 31)],
        ["报送性质", "首次报送"], ["本期有无数据", "无（零报告）"], ["填报条数", 0],
    ]  # fmt: skip
    workbook(
        delivered(raw, "2026-02-03", "某文件夹") / "a.xlsx",
        {"报送信息": facts, "隐患排查台账": [LEDGER]},
    )
    row = reception.deliveries_table(
        [reception.land(reception.deliveries(raw)[0], desk, warehouse, vault)]
    ).to_pylist()[0]
    assert (row["status"], row["is_zero_report"], row["sender"]) == ("已接收", True, "红旗街道")
    assert (row["period_from_on"], row["period_to_on"], row["nature"]) == (
        date(2026, 1, 1),
        date(2026, 1, 31),
        "首次报送",
    )


def test_stated_rows_that_disagree_are_said(tmp_path, desk):
    facts = [["项目", "内容"], ["填报条数", 3]]
    found = reception.inspect(
        workbook(tmp_path / "a.xlsx", {"报送信息": facts, "台账": [LEDGER, finding(1)]}), desk
    )
    assert "填报 3 条，表中实有 1 条" in found["message"]


def test_only_filed_paths_are_deliveries_and_the_rest_is_said(tmp_path):
    raw = tmp_path
    filed = ["2026-01-08/红旗街道/a.csv", "2026-01-08/b.csv", "2026-01-07/甲/c.csv"]
    other = [
        "散.csv",
        "rules/x.csv",
        "sample/2026-01-01/s/d.csv",
        "2026-01-08/.x.csv",
        "一月/e.csv",
    ]
    beside = ["2026-01-08/红旗街道/~$a.xlsx", "2026-01-08/红旗街道/YH-1-前-1.jpg"]
    for name in (*filed, *other, *beside):
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_text("x", "utf-8")
    found = [(d.shown, d.delivered_on, d.sender) for d in reception.deliveries(raw)]
    assert found == [
        ("2026-01-07/甲/c.csv", date(2026, 1, 7), "甲"),
        ("2026-01-08/b.csv", date(2026, 1, 8), ""),
        ("2026-01-08/红旗街道/a.csv", date(2026, 1, 8), "红旗街道"),
    ]
    said = {line.shown for line in reception.skipped(raw)}
    assert said == {
        "散.csv",
        "一月",
        "2026-01-08/.x.csv",
        "2026-01-08/红旗街道/~$a.xlsx",
        "2026-01-08/红旗街道/YH-1-前-1.jpg",
    }


CELL = st.sampled_from(
    [
        "",
        "合计",
        "YH-1",
        "2026-01-05",
        "830日",
        "楼道堆物",
        "较大",
        "一般",
        "说明：",
        "=1+1",
        "13800138000",
    ]
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=10))
def test_accepted_rejected_and_ignored_add_up_for_any_sheet(tmp_path, desk, rows):
    path = csv_file(tmp_path / "a.csv", [LEDGER, *rows])
    landing = reception.receive(reception.transcribe(whole(path.read_bytes()), "a.csv", desk), desk)
    sheet = landing.sheets.to_pylist()[0]
    ignored = sum(sheet[name] for name in ("titles", "headings", "totals", "notes", "blanks"))
    assert (
        sheet["rows_seen"]
        == sheet["rows_accepted"] + sheet["rows_rejected"] + ignored
        == len(rows) + 1
    )
    assert sheet["rows_accepted"] == sum(table.num_rows for table in landing.tables.values())
    assert sheet["rows_rejected"] == len(set(landing.rejected_rows["row_no"].to_pylist()))


class _Counted:
    def __init__(self, work):
        self.work, self.calls = work, 0

    def __call__(self, *given):
        self.calls += 1
        return self.work(*given)
