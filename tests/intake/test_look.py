"""What may not be taken in is refused with a code, whatever the file is called."""

import io
import os
import zipfile

import pytest

from riskpipe.intake.grid import Refusal
from riskpipe.intake.look import ENCRYPTED, OLE, Nature, nature_of, take
from riskpipe.settings import IntakeLimits
from tests.intake.builders import finding, workbook


def code_of(work) -> str:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value.code


def zipped(names: list[str]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return sink.getvalue()


def test_a_lock_file_is_refused(tmp_path, limits):
    path = tmp_path / "~$台账.xlsx"
    path.write_bytes(b"x")
    assert code_of(lambda: take(path, limits)) == "lock_file"


def test_a_link_is_refused_even_to_a_good_file(tmp_path, limits):
    good = workbook(tmp_path / "a.xlsx", {"台账": [finding(1)]})
    link = tmp_path / "b.xlsx"
    link.symlink_to(good)
    assert code_of(lambda: take(link, limits)) == "link"


@pytest.mark.parametrize("content", [b"", b"  \r\n \n"])
def test_an_empty_file_is_refused(tmp_path, limits, content):
    path = tmp_path / "空.csv"
    path.write_bytes(content)
    assert code_of(lambda: take(path, limits)) == "empty_file"


def test_a_file_over_the_limit_is_refused(tmp_path):
    path = tmp_path / "大.csv"
    path.write_bytes(b"a" * (2**20 + 1))
    assert code_of(lambda: take(path, IntakeLimits(max_file_mb=1))) == "too_big"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path, limits):
    path = tmp_path / "管道.csv"
    os.mkfifo(path)
    assert code_of(lambda: take(path, limits)) == "not_a_file"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (OLE + b"\0" * 512 + ENCRYPTED, "encrypted"),
        (OLE + b"\0" * 512, "not_a_table"),
        (b"%PDF-1.7", "not_a_table"),
        (b"<html><table></table>", "not_a_table"),
        (b"PK\x03\x04 broken", "damaged"),
        (zipped(["word/document.xml"]), "not_a_table"),
        (zipped(["台账.xlsx"]), "archive"),
    ],
)
def test_what_is_no_table_is_refused(content, code, limits):
    assert code_of(lambda: nature_of(content, "台账.xlsx", limits)) == code


def test_a_zip_that_states_too_much_is_refused(limits):
    small = IntakeLimits(max_inflated_mb=1)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (2**20 + 1))
    assert code_of(lambda: nature_of(sink.getvalue(), "a.xlsx", small)) == "bomb"


def test_the_name_does_not_decide_what_a_file_is(tmp_path, limits):
    book = workbook(tmp_path / "a.xlsx", {"台账": [finding(1)]}).read_bytes()
    assert nature_of(book, "名为.csv", limits) is Nature.WORKBOOK
    assert nature_of("编号,内容\n".encode(), "名为.xlsx", limits) is Nature.DELIMITED
    assert nature_of(b'{"id": 1}\n', "a.jsonl", limits) is Nature.JSON_LINES


def test_every_refusal_code_has_its_sentence(rules):
    import re
    from pathlib import Path

    import riskpipe.intake as intake

    source = "".join(p.read_text("utf-8") for p in Path(intake.__file__).parent.glob("*.py"))
    used = set(re.findall(r'(?:Refusal|Stop)\(\s*"(\w+)"', source)) | {"child_memory", "child_time"}
    known = {row["code"] for row in rules.rows("intake/refusals")}
    assert used <= known
