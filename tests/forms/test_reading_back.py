"""A filled form is read without a single rejected cell; an empty one is no data and no refusal."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from riskpipe import forms, reception
from riskpipe.identity.keys import Keys
from riskpipe.intake.look import whole
from riskpipe.rules import Rules
from riskpipe.settings import Settings
from riskpipe.vocabulary import Kind
from tests.forms.filling import BLANK, INFORMATION, KINDS, NO_LISTS, ROWS, RULES, fill, filled, make

KEYS = Keys(data=b"d" * 32, pseudonym=b"p" * 32, former=None)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    raw = tmp_path_factory.mktemp("raw")
    return reception.desk_of(Settings(raw=raw), Rules(raw / "rules"), KEYS)


def receive(path, desk):
    return reception.receive(reception.transcribe(whole(path.read_bytes()), path.name, desk), desk)


@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_form_is_accepted_whole(tmp_path, desk, kind):
    found = reception.inspect(filled(tmp_path, kind), desk)
    assert (found["rejected_rows"], found["rejected_cells"]) == ([], [])
    assert (found["status"], found["message"], found["sender"]) == ("已接收", None, "红旗街道")
    assert found["rows_add_up"]
    accounts = {sheet["sheet"]: sheet for sheet in found["sheet_accounts"]}
    for name, rows in ROWS[kind].items():
        sheet = accounts[name]
        assert (sheet["status"], sheet["rows_accepted"], sheet["unread"]) == (
            "已接收",
            len(rows),
            None,
        )
        assert (sheet["titles"], sheet["headings"], sheet["notes"]) == (2, 1, 1)
    assert {accounts[name]["status"] for name in ("填表说明", "报送信息", "字典")} == {"附表"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_prefilled", [True, False])
def test_an_empty_form_holds_no_records_and_is_no_refusal(tmp_path, desk, kind, is_prefilled):
    path = make(tmp_path, kind) if is_prefilled else make(tmp_path, kind, BLANK, NO_LISTS)
    found = reception.inspect(path, desk)
    assert found["status"] == "已接收"
    assert (found["rows_accepted"], found["rows_rejected"]) == (0, 0)
    assert found["rows_ignored"] == found["rows_seen"] > 200
    assert not found["is_zero_report"]


def test_a_zero_report_says_so(tmp_path, desk):
    answers = {**INFORMATION, "本期有无数据": "无（零报告）"}
    found = reception.inspect(fill(make(tmp_path, "findings"), {}, answers), desk)
    assert (found["status"], found["is_zero_report"], found["message"]) == ("已接收", True, None)
    assert (found["period_from_on"], found["period_to_on"]) == ("2026-11-01", "2026-11-30")


def test_what_was_typed_is_what_arrives(tmp_path, desk):
    landing = receive(filled(tmp_path, "findings"), desk)
    major = landing.tables[Kind.MAJORS].to_pylist()[0]
    assert (major["finding_no"], major["funds_yuan"]) == (
        "YH-330199001-202611-0004",
        Decimal("35000.00"),
    )
    last = landing.tables[Kind.FINDINGS].to_pylist()[3]
    assert (last["finding_no"], last["street"], last["grid"]) == (
        "YH-330199001-202611-0004",
        "红旗街道",
        "和平社区",
    )
    assert (last["signed_off_on"], last["state"]) == (date(2026, 11, 11), "已销号")
    assert last["campaign"] == "安全生产治本攻坚三年行动"
    tipoffs = receive(filled(tmp_path, "tipoffs"), desk).tables[Kind.TIPOFFS].to_pylist()
    assert tipoffs[1]["source_no"] == "0012026110517"
    assert tipoffs[0]["reported_at"] == datetime(2026, 11, 5, 9, 0)
    assert [bool(row["reporter_id"]) for row in tipoffs] == [True, True, False, False]
    totals = receive(filled(tmp_path, "totals"), desk).tables[Kind.TOTALS].to_pylist()
    assert {row["month_on"] for row in totals} == {date(2026, 11, 1)}


def test_nobody_on_the_secret_sheets_is_in_what_is_kept(tmp_path, desk):
    for kind in ("tipoffs", "payouts"):
        landing = receive(filled(tmp_path, kind), desk)
        kept = str([table.to_pylist() for table in landing.tables.values()])
        for secret in ("吴青禾", "周青禾", "057100000017", "X0000017", "6200000000000000017"):
            assert secret not in kept


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_the_guide_are_read_too(tmp_path, desk, kind):
    book = forms.book_of(kind, RULES)
    tables = {sheet.name: [{c.heading: c.example for c in sheet.columns}] for sheet in book.sheets}
    found = reception.inspect(fill(make(tmp_path, kind), tables, INFORMATION), desk)
    assert (found["rejected_rows"], found["rejected_cells"]) == ([], [])
    assert found["rows_accepted"] == len(book.sheets)


def test_the_signature_line_stays_a_note_under_a_full_table(tmp_path, desk):
    rows = [dict(ROWS["supervised"]["督办事项"][0], 督办编号=f"DB-{n}") for n in range(200)]
    path = fill(make(tmp_path, "supervised"), {"督办事项": rows}, INFORMATION)
    found = reception.inspect(path, desk)
    assert (found["rows_accepted"], found["rows_rejected"]) == (200, 0)
