"""A zip of deliveries: every file in it stands for itself, under a name that is only a name."""

import zipfile

import pytest

from riskpipe.intake import archive, zips
from riskpipe.intake.grid import Refusal
from riskpipe.intake.look import archived, take, take_member
from riskpipe.settings import IntakeLimits
from tests.intake.packing import LOCKED, UTF8_NAME, book, old_zip, zipped

LIMITS = IntakeLimits()
TEXT = "编号,内容\n".encode()


def packed(tmp_path, content):
    path = tmp_path / "三月.zip"
    path.write_bytes(content)
    return path


def names(path):
    return [member.name for member in archive.delivered(archived(path), LIMITS)]


def code_of(work) -> str:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value.code


@pytest.mark.parametrize(
    ("written", "flags"),
    [("台账.csv".encode("gbk"), 0), ("台账.csv".encode(), UTF8_NAME), ("台账.csv".encode(), 0)],
)
def test_names_are_read_as_old_and_new_packers_write_them(tmp_path, written, flags):
    path = packed(tmp_path, old_zip((written, TEXT, flags)))
    assert names(path) == ["台账.csv"]
    assert take_member(path, "台账.csv", LIMITS).content == TEXT


def test_folders_are_part_of_the_name_and_no_deliveries(tmp_path):
    path = packed(tmp_path, zipped({"三月/": b"", "三月/红旗街道/台账.csv": TEXT}))
    assert names(path) == ["三月/红旗街道/台账.csv"]


def test_photos_locks_and_litter_are_passed_over_and_told(tmp_path):
    beside = ["前-1.jpg", "~$a.xlsx", ".~b.xlsx", "__MACOSX/._a.csv", "Thumbs.db", "x/.DS_Store"]
    path = packed(tmp_path, zipped({"a.csv": TEXT} | dict.fromkeys(beside, b"x")))
    assert names(path) == ["a.csv"]
    told = archive.passed_over(archived(path))
    assert [name for name, _ in told] == beside
    assert all(why.endswith("。") for _, why in told)


def test_an_archive_is_one_whatever_its_name_and_a_workbook_is_none(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(zipped({"a.csv": TEXT}))
    assert [info.filename for info in archived(path)] == ["a.csv"]
    path.write_bytes(book([["a"]]))
    assert archived(path) == []
    path.write_bytes(zipped({"word/document.xml": b"<a/>"}))
    assert archived(path) == []
    path.write_bytes(zipped({"a.csv": TEXT})[:-5])
    assert archived(path) == []


def test_members_are_taken_as_if_they_lay_there_themselves(tmp_path):
    whole = book([["a"], ["b"]])
    alone = tmp_path / "台账.xlsx"
    alone.write_bytes(whole)
    for name, content in (
        ("1.zip", zipped({"x/台账.xlsx": whole})),
        ("2.zip", old_zip((b"t.xlsx", whole, 0))),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        (info,) = archived(path)
        assert take_member(path, info.filename, LIMITS) == take(alone, LIMITS)


def test_a_workbook_in_an_archive_is_taken_without_its_pictures(tmp_path):
    from tests.intake.packing import parts_of

    parts = parts_of(book([["a"]])) | {"xl/media/1.png": b"\x89" * 3_000_000}
    path = packed(tmp_path, zipped({"台账.xlsx": zipped(parts)}))
    taken = take_member(path, "台账.xlsx", LIMITS)
    assert taken.size == len(zipped(parts))
    assert "xl/media/1.png" not in parts_of(taken.content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({}), "empty_archive"),
        (zipped({"1.png": b"x", "~$a.xlsx": b"x"}), "empty_archive"),
        (old_zip((b"a.csv", TEXT, LOCKED), (b"b.csv", TEXT, LOCKED)), "encrypted"),
        (zipped({f"{n}.csv": TEXT for n in range(6)}), "too_many_members"),
        (zipped({"a.csv": b"a" * 1_100_000, "b.csv": b"a" * 1_100_000}), "bomb"),
    ],
)
def test_an_archive_that_is_refused_as_a_whole(tmp_path, content, code):
    limits = IntakeLimits(max_members=5, max_inflated_mb=2)
    infos = zips.members_of((packed(tmp_path, content)).open("rb"))
    assert code_of(lambda: archive.delivered(infos, limits)) == code


@pytest.mark.parametrize(
    "name", ["../a.csv", "/tmp/a.csv", "C:\\a.csv", "a/../../b.csv", "C:/a.csv"]
)
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path, name):
    path = packed(tmp_path, old_zip((name.encode(), TEXT, 0)))
    (shown,) = names(path)
    assert code_of(lambda: take_member(path, shown, LIMITS)) == "unsafe_name"
    assert [p.name for p in tmp_path.iterdir()] == ["三月.zip"]


def test_one_bad_member_leaves_the_others_readable(tmp_path):
    whole = old_zip(
        (b"a.csv", TEXT, 0), (b"b.csv", TEXT, LOCKED), (b"c.csv", TEXT, 0), (b"c.csv", TEXT, 0)
    )
    path = packed(tmp_path, whole.replace(b"b.csv" + TEXT, b"b.csv" + TEXT[::-1], 1))
    assert take_member(path, "a.csv", LIMITS).content == TEXT
    assert code_of(lambda: take_member(path, "b.csv", LIMITS)) == "encrypted"
    assert code_of(lambda: take_member(path, "c.csv", LIMITS)) == "same_name"
    assert code_of(lambda: take_member(path, "d.csv", LIMITS)) == "unfinished"


def test_a_member_that_is_damaged_or_lies_about_its_size_is_refused(tmp_path):
    flipped = old_zip((b"a.csv", TEXT, 0)).replace(TEXT, TEXT[::-1], 1)
    assert code_of(lambda: take_member(packed(tmp_path, flipped), "a.csv", LIMITS)) == "damaged"
    content = zipped({"a.csv": b" a" * 500_000})
    lying = content.replace((1_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != content
    assert code_of(lambda: take_member(packed(tmp_path, lying), "a.csv", LIMITS)) == "damaged"


def test_an_archive_in_an_archive_says_what_to_do(tmp_path, layouts, rules):
    from riskpipe.intake.reading import read

    inner = zipped({"台账.csv": TEXT})
    path = packed(tmp_path, zipped({"里层.zip": inner}))
    taken = take_member(path, "里层.zip", LIMITS)
    problem = read(taken.content, "里层.zip", layouts, rules, LIMITS).problem
    assert problem.code == "archive"
    assert "解压" in problem.message


def test_a_copy_without_some_members_is_a_sound_zip(tmp_path):
    whole = zipped({"a": b"1" * 999, "b": b"2" * 999, "c": b"3" * 999})
    path = packed(tmp_path, b"#!launcher" + whole)  # bytes before the zip are allowed
    with path.open("rb") as file:
        kept = [info for info in zips.members_of(file) if info.filename != "b"]
        made = packed(tmp_path, zips.copied(file, kept, {"c": b"new"}))
    with zipfile.ZipFile(made) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == {
            "a": b"1" * 999,
            "c": b"new",
        }
