"""The rulebook out and back: no edit changes nothing, an edit becomes the office's own files."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from riskpipe.rules import RuleError
from riskpipe.walk.rulebook import export, import_book
from riskpipe.walk.ruleediting import RulebookError, rules_of
from riskpipe.walk.trouble import UseError
from tests.smallrules import small_package, use_package
from tests.walking import office_at

DAY = date(2026, 11, 24)
SOFFICE = shutil.which("soffice")
LEXICON = "classification/lexicon"


@pytest.fixture(scope="module", autouse=True)
def _few_words(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        use_package(patch, small_package(tmp_path_factory.mktemp("package")))
        yield


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> bytes:
    """The book of an office without rules of its own."""
    return export(office_at(tmp_path_factory.mktemp("exported")))


@pytest.fixture
def office(tmp_path):
    return office_at(tmp_path)


class Desk:
    """An analyst's copy of a book: rows found by number or word, cells by heading."""

    def __init__(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def row(self, sheet: str, name: str) -> int:
        """The row that holds a text in its first cells, "" for the first free one."""
        rows = self.book[sheet].iter_rows(4, values_only=True)
        return next(
            number
            for number, row in enumerate(rows, 4)
            if (name in row[:3] if name else row[2] is None)
        )

    def write(self, sheet: str, row: int, **cells: object) -> None:
        headings = [cell.value for cell in self.book[sheet][3]]
        for heading, value in cells.items():
            self.book[sheet].cell(row, headings.index(heading) + 1).value = value

    def saved(self) -> Path:
        self.book.save(self.path)
        return self.path


@pytest.fixture
def desk(tmp_path, exported):
    return Desk(tmp_path / "规则簿.xlsx", exported)


def edited(desk: Desk) -> Path:
    """A weight changed, a word switched off, a word and a number of the decision added."""
    desk.write("词表", desk.row("词表", "洪水"), 分值=1.25)
    desk.write("词表", desk.row("词表", "山洪"), 停用="是")
    new = {"词": "下凹桥洞", "类别": "自然灾害", "种类": "水旱", "分值": 0.8, "词性": "处所物件"}
    desk.write("词表", desk.row("词表", ""), **new, 来源="本单位")
    desk.write("判定参数", desk.row("判定参数", "margin.thin"), 数值=0.05)
    return desk.saved()


def overlay(office, name: str) -> Path:
    return office.settings.rules_folder / f"{name}"


def test_a_book_that_comes_back_as_it_went_changes_nothing(office, desk):
    done = import_book(office, desk.saved(), DAY)
    assert (done.changes, done.files, done.backups) == ((), (), ())
    assert not office.settings.rules_folder.exists()


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97"])
def test_saved_by_another_program_it_still_changes_nothing(office, desk, tmp_path, ending):
    folder = tmp_path / "saved"
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", ending, "--outdir", folder, desk.saved()],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    (path,) = folder.iterdir()
    assert import_book(office, path, DAY).changes == ()


def test_an_edit_becomes_rows_of_the_office_and_nothing_else(office, desk):
    done = import_book(office, edited(desk), DAY)
    assert [(change.what, change.sheet, change.key) for change in done.changes] == [
        ("修改", "词表", "N0001"),
        ("停用", "词表", "N0003"),
        ("新增", "词表", "B0001"),
        ("修改", "判定参数", "margin.thin"),
    ]
    assert done.changes[0].said == "洪水·自然灾害：分值 2.0→1.25"
    head, columns, *rows = overlay(office, f"{LEXICON}.csv").read_text("utf-8-sig").splitlines()
    assert head.startswith("# 由 riskpipe rules import 写入")
    assert columns.endswith(",is_off")
    assert [row.split(",")[:2] for row in rows] == [
        ["N0001", "洪水"],
        ["N0003", "山洪"],
        ["B0001", "下凹桥洞"],
    ]
    assert [row.endswith(",是") for row in rows] == [False, True, False]
    decision = overlay(office, "classification/decision.toml")
    assert decision.read_text("utf-8") == "[margin]\nthin = 0.05\n"
    merged = {row["id"]: row for row in rules_of(office).rows(LEXICON)}
    assert merged["N0001"]["weight"] == "1.25"
    assert "N0003" not in merged
    assert (merged["B0001"]["kind"], merged["B0001"]["weight"]) == ("place", "0.8")


@pytest.mark.slow
def test_the_rules_after_the_import_are_those_the_book_was_checked_as(office, desk):
    import_book(office, edited(desk), DAY)
    head = overlay(office, f"{LEXICON}.csv").read_text("utf-8-sig").splitlines()[0]
    content = export(office)
    again = Desk(desk.path.with_name("再导出.xlsx"), content)
    version = again.book["说明"]["B2"].value
    assert f"导入后版本 {version}" in head
    rows = {row[0]: row for row in again.book["词表"].iter_rows(4, values_only=True) if row[0]}
    assert [rows[key][-1] for key in ("N0001", "N0002", "N0003", "B0001")] == [
        *("本单位改", "内置", "已停用", "本单位加"),
    ]
    assert rows["N0003"][1:3] == ("是", "山洪")
    assert import_book(office, again.saved(), DAY).changes == ()


@pytest.mark.slow
def test_the_same_book_can_be_worked_on_and_imported_again(office, desk):
    import_book(office, edited(desk), DAY)
    assert import_book(office, desk.saved(), DAY).changes == ()
    desk.write("词表", desk.row("词表", "洪水"), 分值=2)
    desk.write("词表", desk.row("词表", "山洪"), 停用=None)
    desk.write("判定参数", desk.row("判定参数", "margin.thin"), 数值=0.03)
    done = import_book(office, desk.saved(), DAY)
    assert [(change.what, change.key) for change in done.changes] == [
        *(("修改", "N0001"), ("恢复", "N0003"), ("修改", "margin.thin")),
    ]
    assert not overlay(office, "classification/decision.toml").exists()
    kept = overlay(office, "classification/备份/2026-11-24")
    assert sorted(path.name for path in kept.iterdir()) == ["decision.toml", "lexicon.csv"]
    desk.write("词表", desk.row("词表", "下凹桥洞"), 分值=0.9)
    import_book(office, desk.saved(), DAY)
    assert "lexicon(2).csv" in [path.name for path in kept.iterdir()]
    assert "N0001" in (kept / "lexicon.csv").read_text("utf-8-sig")


def test_a_book_from_before_another_change_is_refused(office, desk):
    folder = overlay(office, "classification")
    folder.mkdir(parents=True)
    own = "id,word,category,subcategory,weight,kind,group,source,note\nZ1,海底泥火山,自然灾害,海洋,1,hazard,,甲,\n"
    (folder / "lexicon.csv").write_text(own, "gb18030")
    with pytest.raises(RulebookError) as refused:
        import_book(office, edited(desk), DAY)
    assert [one.code for one in refused.value.findings] == ["stale"]
    assert (folder / "lexicon.csv").read_text("gb18030") == own


def test_every_bad_row_is_told_at_once_and_nothing_is_written(office, desk):
    words = "词表"
    desk.write(words, 4, 类别="自然灾")
    desk.write(words, 5, 分值="两分")
    desk.write(words, 6, 词=desk.book[words]["C7"].value)
    desk.write(words, 8, 停用="不要")
    desk.write(words, 9, 词性="危险")
    desk.write("先后规则", 4, 词组一="没这个组")
    desk.write("判定参数", 4, 数值="很多")
    desk.book[words].delete_rows(10)
    del desk.book["来源先验"]
    desk.book["语境规则"]["A3"].value = "改了名"
    with pytest.raises(RulebookError) as refused:
        import_book(office, desk.saved(), DAY)
    told = [(one.code, one.place) for one in refused.value.findings]
    row = "规则簿.xlsx“词表”第 {} 行".format
    assert sorted(told) == sorted(
        [
            ("no_sheet", "规则簿.xlsx"),
            ("no_column", "规则簿.xlsx"),
            ("gone", "工作表“词表”"),
            ("bad_off", row(8)),
            ("not_listed", row(4)),
            ("no_number", row(5)),
            ("twice", row(7)),
            ("not_listed", row(9)),
            ("no_group", "规则簿.xlsx“先后规则”第 4 行"),
            ("no_number", "规则簿.xlsx“判定参数”第 4 行"),
        ]
    )
    assert all(one.advice for one in refused.value.findings)
    assert not office.settings.rules_folder.exists()


def test_what_is_no_book_is_told_in_chinese(office, tmp_path):
    with pytest.raises(UseError, match="找不到文件 没有.xlsx"):
        import_book(office, tmp_path / "没有.xlsx", DAY)
    broken = tmp_path / "坏的.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(RuleError, match="坏的.xlsx 读不出"):
        import_book(office, broken, DAY)


def test_files_of_other_rules_are_left_alone(office, desk):
    other = overlay(office, "rewards/tariffs.csv")
    other.parent.mkdir(parents=True)
    other.write_text("id\n", "utf-8")
    import_book(office, edited(desk), DAY)
    assert other.read_text("utf-8") == "id\n"
    assert {path.name for path in overlay(office, "classification").iterdir()} == {
        *("lexicon.csv", "decision.toml"),
    }


def test_several_groups_are_kept_apart_however_they_are_typed(office, desk):
    new = {"词": "下凹桥洞", "类别": "自然灾害", "分值": 0, "词性": "处所物件", "来源": "甲"}
    desk.write("词表", desk.row("词表", ""), **new, 词组="fire、flood，  house")
    import_book(office, desk.saved(), DAY)
    (own,) = [row for row in rules_of(office).rows(LEXICON) if row["word"] == "下凹桥洞"]
    assert own["group"] == "fire flood house"
