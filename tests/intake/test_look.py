"""What may not be taken in is refused with a code, whatever the file is called."""

import hashlib
import io
import os
import re
from pathlib import Path

import pytest

import riskpipe.intake as intake
from riskpipe.intake.grid import Refusal
from riskpipe.intake.look import Nature, nature_of, take
from riskpipe.settings import IntakeLimits
from tests.hostile import biff
from tests.hostile.writing import png
from tests.intake.builders import finding, workbook
from tests.intake.packing import book, parts_of, zipped

MEGABYTE = 2**20


def refused(work) -> Refusal:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value


def code_of(work) -> str:
    return refused(work).code


@pytest.mark.parametrize("name", ["~$台账.xlsx", ".~台账.xlsx", ".~lock.台账.xlsx#"])
def test_a_lock_file_is_refused(tmp_path, limits, name):
    path = tmp_path / name
    path.write_bytes(b"x")
    assert code_of(lambda: take(path, limits)) == "lock_file"


@pytest.mark.parametrize("ending", [".crdownload", ".part", ".TMP", ".download", ".xltd"])
def test_a_download_that_goes_on_is_refused_however_whole_it_looks(tmp_path, limits, ending):
    path = tmp_path / f"台账.xlsx{ending}"
    path.write_bytes(book([["a"]]))
    assert code_of(lambda: take(path, limits)) == "unfinished"


def test_a_link_is_refused_even_to_a_good_file(tmp_path, limits):
    good = workbook(tmp_path / "a.xlsx", {"台账": [finding(1)]})
    for name, target in (("b.xlsx", good), ("c.xlsx", tmp_path / "nowhere"), ("d", tmp_path)):
        (tmp_path / name).symlink_to(target)
        assert code_of(lambda at=tmp_path / name: take(at, limits)) == "link"


@pytest.mark.parametrize("content", [b"", b"  \r\n \n", b"\0" * 9000])
def test_an_empty_file_is_refused(tmp_path, limits, content):
    path = tmp_path / "空.csv"
    path.write_bytes(content)
    assert code_of(lambda: take(path, limits)) == "empty_file"


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not(tmp_path):
    path = tmp_path / "大.csv"
    path.write_bytes(b"a" * MEGABYTE)
    assert take(path, IntakeLimits(max_file_mb=1)).size == MEGABYTE
    path.write_bytes(b"a" * (MEGABYTE + 1))
    assert code_of(lambda: take(path, IntakeLimits(max_file_mb=1))) == "too_big"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path, limits):
    path = tmp_path / "管道.csv"
    os.mkfifo(path)
    assert code_of(lambda: take(path, limits)) == "not_a_file"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, limits, monkeypatch):
    path = tmp_path / "台账.csv"
    path.write_bytes(b"a,b\n")
    lstat = Path.lstat

    def growing(self):
        facts = lstat(self)
        with path.open("ab") as file:
            file.write(b"1,2\n")
        return facts

    monkeypatch.setattr(Path, "lstat", growing)
    assert code_of(lambda: take(path, limits)) == "unfinished"


def test_a_folder_that_may_not_be_looked_into_says_so(tmp_path, limits, monkeypatch):
    def closed(_path):
        raise PermissionError

    monkeypatch.setattr(os, "scandir", closed)
    assert code_of(lambda: take(tmp_path, limits)) == "unreadable"


def test_pictures_do_not_count_and_are_not_handed_on(tmp_path):
    photo = png(700, 700, bytes(range(256)) * 5742)  # noise does not pack

    def finish(_book, sheet):
        sheet.insert_image(1, 1, "p.png", {"image_data": io.BytesIO(photo)})

    path = tmp_path / "台账.xlsx"
    path.write_bytes(book([["a"], ["b"]], finish=finish) + b"")
    padded = parts_of(path.read_bytes()) | {"xl/media/image2.png": os.urandom(2 * MEGABYTE)}
    path.write_bytes(zipped(padded))
    taken = take(path, IntakeLimits(max_file_mb=1))
    assert taken.size == path.stat().st_size > 2 * MEGABYTE
    assert taken.content_hash == hashlib.sha256(path.read_bytes()).hexdigest()
    kept = parts_of(taken.content)
    assert kept == {name: part for name, part in padded.items() if "/media/" not in name}
    assert nature_of(taken.content, "台账.xlsx", IntakeLimits()) is Nature.WORKBOOK


def test_a_large_part_that_is_no_picture_does_count(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(zipped(parts_of(book([["a"]])) | {"xl/x.bin": os.urandom(2 * MEGABYTE)}))
    assert code_of(lambda: take(path, IntakeLimits(max_file_mb=1))) == "too_big"


@pytest.mark.parametrize("left", [2, 100, 3000])
def test_a_zip_cut_short_is_refused_before_anything_reads_it(tmp_path, limits, left):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(book([["a", "b"]])[:left])
    assert code_of(lambda: take(path, limits)) == "unfinished"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"GIF89a", "图片"),
        (b"BM\x36\x10\0\0\0\0\0\0\x36", "图片"),
        (b"II*\0\x08\0", "图片"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "图片"),
        (b"\0\0\0\x18ftypheic", "图片"),
        (b"\0\0\0\x18ftypmp42", "视频"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08\0", "压缩包"),
        (b"BZh91AY&SY", "压缩包"),
        (b"\xfd7zXZ\0", "压缩包"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"L\0\0\0\x01\x14\x02\0", "快捷方式"),
        (b"[InternetShortcut]\r\nURL=", "快捷方式"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\0\x01\0\0Standard Jet DB\0", "Access"),
        (b"MZ\x90\0\x03", "程序"),
        (b"Received: from a\r\nSubject: b\r\n", "邮件"),
        (b"From: a\r\nContent-Type: multipart/related;", "MHTML"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>', "2003"),
        (b"<html><body><form>", "没有表格"),
        (b'<?xml version="1.0"?><root><a>1</a></root>', "没有表格"),
        (biff.compound({"WordDocument": b"\xec\xa5" * 3000}), ".doc"),
        (biff.compound({"PowerPoint Document": b"\1" * 6000}), ".ppt"),
        (biff.compound({"Else": b"\1" * 6000}), "不是 Excel"),
        (zipped({"word/document.xml": b"<a/>"}), "Word"),
        (zipped({"ppt/presentation.xml": b"<a/>"}), "PPT"),
        (zipped({"OFD.xml": b"<a/>"}), "OFD"),
        (zipped({"xl/workbook.bin": b"\0", "xl/worksheets/sheet1.bin": b"\0"}), ".xlsb"),
        (zipped({"mimetype": b"a", "content.xml": b"<a/>"}), ".ods"),
        (zipped({"Index/Document.iwa": b"\0"}), "Numbers"),
    ],
)
def test_what_is_no_table_is_named_and_told_what_to_send_instead(content, what, limits):
    refusal = refused(lambda: nature_of(content, "台账.xlsx", limits))
    assert refusal.code == "not_a_table"
    assert what in str(refusal.facts["what"])
    assert re.search("Excel|表格|CSV", str(refusal.facts["advice"]))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (biff.compound({"EncryptionInfo": b"\4" * 5000, "EncryptedPackage": b"Z" * 9000}), "encrypted"),
        (biff.workbook({"台账": [["a"]] * 200}, [], locked=True), "encrypted"),
        (biff.workbook({"台账": [["a"]] * 200}, [], locked=False)[:1500], "unfinished"),
        (zipped({"台账.xlsx": b"x"}), "archive"),
        (zipped({"照片.jpg": b"x"}), "empty_archive"),
        (b"PK\3\4 broken PK\5\6" + bytes(4) + b"\1\0\1\0\xff\0\0\0" + bytes(6), "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_refused(content, code, limits):
    assert code_of(lambda: nature_of(content, "台账.xlsx", limits)) == code


@pytest.mark.parametrize(
    "text", ["BM,名称\n", "PK,名称\n", "MZ编号,a\n", "ID3,b\n", "Date: x,y\n", "L,b\n", "GIF,b\n"]
)
def test_headings_that_begin_like_another_format_are_still_text(tmp_path, limits, text):
    path = tmp_path / "台账.csv"
    path.write_text(text, "utf-8")
    assert nature_of(take(path, limits).content, path.name, limits) is Nature.DELIMITED


def test_letters_of_a_stream_name_inside_a_cell_do_not_decide(limits):
    content = biff.workbook({"台账": [["EncryptedPackage", "WordDocument"]] * 50}, [], locked=False)
    assert nature_of(content, "台账.xls", limits) is Nature.OLD_WORKBOOK


def test_a_zip_that_states_too_much_is_refused():
    small = IntakeLimits(max_inflated_mb=1)
    content = zipped({"xl/worksheets/sheet1.xml": b"0" * (MEGABYTE + 1)})
    assert code_of(lambda: nature_of(content, "a.xlsx", small)) == "bomb"


def test_the_name_does_not_decide_what_a_file_is(limits):
    old = biff.workbook({"台账": [["a"]]}, [], locked=False)
    assert nature_of(book([["a"]]), "名为.csv", limits) is Nature.WORKBOOK
    assert nature_of(old, "名为.et", limits) is Nature.OLD_WORKBOOK
    assert nature_of("编号,内容\n".encode(), "名为.xlsx", limits) is Nature.DELIMITED
    assert nature_of(b"<html><TABLE border=1><tr><td>1", "名为.xls", limits) is Nature.WEB_PAGE
    assert nature_of("<table>".encode("utf-16"), "名为.xls", limits) is Nature.WEB_PAGE
    assert nature_of(b'{"id": 1}\n', "a.jsonl", limits) is Nature.JSON_LINES


def test_every_refusal_code_has_its_sentence(rules):
    source = "".join(p.read_text("utf-8") for p in Path(intake.__file__).parent.glob("*.py"))
    used = set(re.findall(r'(?:Refusal|Stop)\(\s*"(\w+)"', source)) | {"child_memory", "child_time"}
    known = {row["code"] for row in rules.rows("intake/refusals")}
    assert used <= known
