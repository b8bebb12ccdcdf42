"""What lies in the raw folder: every path is a delivery, told as passed over, or refused aloud."""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from riskpipe import reception
from riskpipe.identity.keys import Keys
from riskpipe.identity.masking import mask_one
from riskpipe.identity.vault import Vault
from riskpipe.rules import Rules
from riskpipe.settings import IntakeLimits, Settings
from riskpipe.vocabulary import Kind
from riskpipe.warehouse import Warehouse
from tests.intake.builders import LEDGER, finding, with_part, workbook
from tests.intake.packing import LOCKED, old_zip, zipped

KEYS = Keys(data=b"d" * 32, pseudonym=b"p" * 32, former=None)
LIMITS = IntakeLimits()


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    raw = tmp_path_factory.mktemp("raw")
    return reception.desk_of(Settings(raw=raw), Rules(raw / "rules"), KEYS)


@pytest.fixture
def raw(tmp_path):
    (tmp_path / "raw" / "2026-01-08" / "红旗街道").mkdir(parents=True)
    return tmp_path / "raw"


def ledger(folder: Path, *numbers: int) -> bytes:
    """The bytes of a sound ledger of these findings."""
    path = workbook(folder / "x.xlsx", {"台账": [LEDGER, *map(finding, numbers)]})
    content = path.read_bytes()
    path.unlink()
    return content


def landed(raw: Path, desk) -> tuple[list[dict], Warehouse]:
    warehouse = Warehouse(raw.parent / "warehouse")
    vault = Vault(warehouse.vault, KEYS)
    found = reception.spread(reception.deliveries(raw), desk.limits)
    known = list(reception.land_all(found, desk, warehouse, vault))
    return reception.deliveries_table(known).to_pylist(), warehouse


def test_files_in_an_archive_land_as_if_they_lay_in_its_folder(raw, desk, tmp_path):
    street = raw / "2026-01-08" / "红旗街道"
    one, two = ledger(tmp_path, 1), ledger(tmp_path, 2, 3)
    packed = zipped({"三月/一_2026-03.xlsx": one, "二.xlsx": two, "前-1.jpg": b"x"})
    (street / "包.zip").write_bytes(packed)
    (raw / "2026-01-09" / "红旗街道").mkdir(parents=True)
    (raw / "2026-01-09" / "红旗街道" / "二.xlsx").write_bytes(two)
    rows, warehouse = landed(raw, desk)
    shown = "2026-01-08/红旗街道/包.zip"
    assert [(row["path"], row["sender"], row["status"], row["rows_accepted"]) for row in rows] == [
        (f"{shown}/三月/一_2026-03.xlsx", "红旗街道", "已接收", 1),
        (f"{shown}/二.xlsx", "红旗街道", "已接收", 2),
        ("2026-01-09/红旗街道/二.xlsx", "红旗街道", "重复内容", 2),
    ]
    assert [row["named_month_on"] for row in rows] == [date(2026, 3, 1), None, None]
    table = reception.landed_table(warehouse, rows[1]["content_hash"], desk.models[Kind.FINDINGS])
    assert table["row_no"].to_pylist() == [2, 3]
    told = {line.shown: line.reason for line in reception.skipped(raw)}
    assert list(told) == [f"{shown}/前-1.jpg"]


def test_an_archive_with_bad_members_says_which_and_lands_the_rest(raw, desk, tmp_path):
    street = raw / "2026-01-08" / "红旗街道"
    good = ledger(tmp_path, 1)
    whole = old_zip(
        (b"good.xlsx", good, 0),
        (b"locked.xlsx", good, LOCKED),
        (b"../out.xlsx", good, 0),
        (b"inner.zip", zipped({"a.csv": b"a"}), 0),
        (b"scan.pdf", b"%PDF-1.7", 0),
    )
    (street / "包.zip").write_bytes(whole)
    (street / "空.zip").write_bytes(zipped({}))
    rows, _ = landed(raw, desk)
    assert [(row["path"].split("/", 3)[-1], row["status"], row["reason"]) for row in rows] == [
        ("../out.xlsx", "拒收", "unsafe_name"),
        ("good.xlsx", "已接收", None),
        ("inner.zip", "拒收", "archive"),
        ("locked.xlsx", "拒收", "encrypted"),
        ("scan.pdf", "拒收", "not_a_table"),
        ("2026-01-08/红旗街道/空.zip".split("/", 3)[-1], "拒收", "empty_archive"),
    ]
    assert len({row["delivery_id"] for row in rows}) == len(rows)


def test_check_gives_an_account_of_every_file_in_an_archive(desk, tmp_path):
    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"a.xlsx": ledger(tmp_path, 1), "b.pdf": b"%PDF-1.7"}))
    accounts = reception.inspect_all(path, desk)
    assert [(a["file"], a["status"], a["rows_accepted"]) for a in accounts] == [
        ("包.zip/a.xlsx", "已接收", 1),
        ("包.zip/b.pdf", "拒收", None),
    ]
    assert [a["file"] for a in reception.inspect_all(tmp_path / "没有.xlsx", desk)] == ["没有.xlsx"]


def test_persons_in_the_name_of_a_member_are_masked(raw, desk, tmp_path):
    path = raw / "2026-01-08" / "红旗街道" / "包.zip"
    path.write_bytes(zipped({"反馈_13800138000.xlsx": ledger(tmp_path, 1)}))
    (row,) = landed(raw, desk)[0]
    assert "13800138000" not in str(row)


def test_links_are_refused_aloud_be_they_files_folders_or_days(raw, desk, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.xlsx").write_bytes(ledger(tmp_path, 1))
    street = raw / "2026-01-08" / "红旗街道"
    (street / "文件.xlsx").symlink_to(outside / "a.xlsx")
    (street / "文件夹").symlink_to(outside)
    (street / "断.xlsx").symlink_to(tmp_path / "nowhere")
    (raw / "2026-01-09").symlink_to(outside)
    (street / "真.xlsx").write_bytes(ledger(tmp_path, 2))
    rows, _ = landed(raw, desk)
    assert {row["path"]: row["reason"] for row in rows} == {
        "2026-01-08/红旗街道/文件.xlsx": "link",
        "2026-01-08/红旗街道/文件夹": "link",
        "2026-01-08/红旗街道/断.xlsx": "link",
        "2026-01-09": "link",
        "2026-01-08/红旗街道/真.xlsx": None,
    }


def test_a_folder_that_cannot_be_looked_into_stops_no_other(raw, desk, tmp_path, monkeypatch):
    closed = raw / "2026-01-08" / "临江街道"
    closed.mkdir()
    (raw / "2026-01-08" / "红旗街道" / "a.xlsx").write_bytes(ledger(tmp_path, 1))
    listed, looked = Path.iterdir, os.scandir

    def refusing(work):
        def guarded(path=".", *more):
            if Path(path) == closed:
                raise PermissionError
            return work(path, *more)

        return guarded

    monkeypatch.setattr(Path, "iterdir", refusing(listed))
    monkeypatch.setattr(os, "scandir", refusing(looked))
    rows, _ = landed(raw, desk)
    assert [(row["path"], row["status"], row["reason"]) for row in rows] == [
        ("2026-01-08/临江街道", "无法读取", "unreadable"),
        ("2026-01-08/红旗街道/a.xlsx", "已接收", None),
    ]


def test_what_lies_beside_deliveries_is_told_with_its_own_word(raw):
    street = raw / "2026-01-08" / "红旗街道"
    names = ["~$a.xlsx", ".~a.xlsx", "Thumbs.db", "desktop.ini", ".DS_Store", ".x.csv", "前.HEIC"]
    for name in names:
        (street / name).write_bytes(b"x")
    (street / ".git").mkdir()
    (street / ".git" / "config").write_bytes(b"x")
    assert reception.deliveries(raw) == []
    told = {Path(line.shown).name: line.reason for line in reception.skipped(raw)}
    assert told.keys() == {*names, ".git"}
    for name, word in zip(
        names, ("Excel", "WPS", "操作系统", "操作系统", "操作系统", "隐藏", "照片"), strict=True
    ):
        assert word in told[name]


def test_a_loose_file_named_like_a_day_is_told_and_not_received(raw):
    (raw / "2026-01-10").write_bytes(b"x")
    assert reception.deliveries(raw) == []
    assert [line.shown for line in reception.skipped(raw)] == ["2026-01-10"]


def test_an_unchanged_archive_is_not_read_again(raw, desk, tmp_path, monkeypatch):
    path = raw / "2026-01-08" / "红旗街道" / "包.zip"
    path.write_bytes(zipped({"a.xlsx": ledger(tmp_path, 1), "b.xlsx": ledger(tmp_path, 2)}))
    first, _ = landed(raw, desk)
    monkeypatch.setattr("riskpipe.reception.landing.transcribe", None)
    assert landed(raw, desk)[0] == first


def test_a_refusal_names_its_sheet_without_the_phone_in_its_name(desk, tmp_path):
    def stray(part: bytes) -> bytes:
        row = b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'
        return part.replace(b"</sheetData>", row)

    path = workbook(tmp_path / "a.xlsx", {"来电13800138000": [LEDGER, finding(1)]})
    (account,) = reception.inspect_all(with_part(path, "xl/worksheets/sheet1.xml", stray), desk)
    assert account["reason"] == "far_cell"
    assert "13800138000" not in str(account)


def test_sentences_of_refusals_hold_nothing_that_masking_takes_for_a_person(desk):
    facts = {"limit": 30_000_000, "sheet": "台账", "cell": "XFD1048576", "row": 1_048_576}
    for row in desk.rules.rows("intake/refusals"):
        if set(re.findall(r"\{(\w+)\}", row["message"])) <= facts.keys():
            sentence = row["message"].format(**facts)
            assert mask_one(sentence) == sentence


def test_what_a_formula_spells_out_is_kept_nowhere(raw, desk):
    # Saved by a library: formulas without results, one of them with a caller in it.
    phone = "13800016677"
    rows = [LEDGER, finding(1), finding(2, 备注=f'="来电"&"{phone}"')]
    workbook(raw / "2026-01-08" / "红旗街道" / "台账.xlsx", {"台账": rows})
    _, warehouse = landed(raw, desk)
    kept = [path.read_bytes() for path in warehouse.landing.rglob("*.json")]
    assert len(kept) >= 2
    assert not any(phone.encode() in content for content in kept)


def test_a_caller_typed_into_the_delivery_facts_is_told_nowhere(raw, desk):
    phone = "13800016678"
    facts = [
        ["项目", "内容"],
        ["报送单位", f"红旗街道{phone}"],
        ["报表名称", f"隐患排查台账{phone}"],
    ]
    path = raw / "2026-01-08" / phone / "台账.xlsx"
    path.parent.mkdir()
    workbook(path, {"报送信息": facts, "台账": [LEDGER, finding(1)]})
    workbook(path.with_name("无报送信息.xlsx"), {"台账": [LEDGER, finding(2)]})
    known, warehouse = landed(raw, desk)
    assert not [row for row in known if phone in str(row)]
    assert {row["sender"] for row in known} == {"红旗街道〔电话〕", "〔电话〕"}
    assert not any(
        phone.encode() in path.read_bytes() for path in warehouse.landing.rglob("*.json")
    )
