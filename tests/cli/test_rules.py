"""riskpipe rules export, import, check, diff: what they print, what they leave, how they exit."""

from pathlib import Path

import openpyxl
import pytest

from riskpipe.cli.application import main
from riskpipe.rules import Rules
from tests.intake.builders import csv_file
from tests.smallrules import small_package, use_package
from tests.walking import office_at, walk

PHONE = "13900139123"
SECRET = "桥洞底下昨夜的水有半人深"
HOTLINE = ["举报编号", "举报时间", "举报渠道", "标题", "举报内容", "举报人姓名", "联系电话"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, _few_words) -> Path:
    """A walked office with six flooded underpasses."""
    folder = tmp_path_factory.mktemp("cli")
    drop = folder / "raw" / "2026-02-02" / "红旗街道"
    drop.mkdir(parents=True)
    calls = [
        [f"JB{n:04d}", f"2026-01-1{n} 09:00", "12350电话", "", f"{SECRET}{n}", "欧阳某", PHONE]
        for n in range(6)
    ]
    csv_file(drop / "登记.csv", [HOTLINE, *calls])
    walk(office_at(folder))
    return folder


@pytest.fixture(scope="module", autouse=True)
def _few_words(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        use_package(patch, small_package(tmp_path_factory.mktemp("package")))
        yield


@pytest.fixture(autouse=True)
def _at_home(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules of its own for each test, the register for all."""
    monkeypatch.setenv("RISKPIPE_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("RISKPIPE_WAREHOUSE", str(folder / "warehouse"))
    monkeypatch.setenv("RISKPIPE_KEY_FILE", str(folder / "riskpipe.key"))
    monkeypatch.chdir(tmp_path)


def add(path: Path, **cells: object) -> None:
    """Write a word into the first free row of an exported book."""
    book = openpyxl.load_workbook(path)
    sheet = book["词表"]
    headings = [cell.value for cell in sheet[3]]
    free = next(n for n in range(4, sheet.max_row + 1) if sheet.cell(n, 3).value is None)
    for heading, value in cells.items():
        sheet.cell(free, headings.index(heading) + 1).value = value
    book.save(path)


def test_out_edited_compared_imported_checked(tmp_path, capsys):
    book = tmp_path / "归类规则簿.xlsx"
    assert main(["rules", "export"]) == 0
    assert "rules import" in capsys.readouterr().out
    assert main(["rules", "export"]) == 0
    assert "内容相同" in capsys.readouterr().out

    assert main(["rules", "import", str(book)]) == 0
    assert "没有改动" in capsys.readouterr().out

    add(book, 词="半人深", 类别="自然灾害", 种类="水旱", 分值=9, 词性="后果", 来源="本单位")
    assert main(["rules", "export"]) == 2
    assert "可能有人正在改" in capsys.readouterr().err

    assert main(["rules", "diff", "现用", str(book), "--out", "变动.xlsx"]) == 0
    told = capsys.readouterr().out
    assert "换类别 6 件" in told
    assert "→ 自然灾害：6" in told
    assert "2026-01：" in told
    assert SECRET not in told
    moves = openpyxl.load_workbook("变动.xlsx")
    cells = [str(c.value) for sheet in moves for row in sheet.iter_rows() for c in row if c.value]
    assert sum(cell.startswith("JB000") for cell in cells) == 6
    assert not [cell for cell in cells if SECRET in cell or PHONE in cell]
    assert not (tmp_path / "raw/rules").exists()

    assert main(["rules", "import", str(book)]) == 0
    assert "新增 1 行" in capsys.readouterr().out
    rows = Rules(tmp_path / "raw/rules").rows("classification/lexicon")
    assert rows[-1]["word"] == "半人深"

    main(["rules", "check"])
    told = capsys.readouterr().out
    assert "去掉“半人深”，它所在的 6 条里有 6 条换类（100%）" in told
    assert SECRET not in told


def test_a_bad_book_is_refused_with_every_row(tmp_path, capsys):
    book = tmp_path / "规则.xlsx"
    assert main(["rules", "export", "--out", str(book)]) == 0
    add(book, 词="半人深", 类别="自然灾祸", 分值="很多", 词性="后果")
    capsys.readouterr()
    assert main(["rules", "import", str(book)]) == 1
    told = capsys.readouterr()
    assert "“类别”填的“自然灾祸”不在列表里" in told.out
    assert "“分值”填的“很多”不是数" in told.out
    assert "没有导入" in told.err
    assert main(["rules", "diff", "内置", str(book)]) == 1
    assert "不能比较" in capsys.readouterr().err
    assert not (tmp_path / "raw").exists()


def test_check_fails_on_errors_only(tmp_path, capsys):
    shipped = Rules(tmp_path / "none").rows("classification/lexicon")
    folder = tmp_path / "raw/rules/classification"
    folder.mkdir(parents=True)
    names = list(shipped[0])
    hint = dict.fromkeys(names, "") | {
        "id": "Z1",
        "word": "没有出处的怪词",
        "category": "自然灾害",
        "weight": "1",
        "kind": "hazard",
    }
    assert main(["rules", "check"]) == 0
    assert "错误 0 处" in capsys.readouterr().out
    csv_file(folder / "lexicon.csv", [names, [*hint.values()]])
    assert main(["rules", "check"]) == 0
    assert "1 行没有写明来源，如：Z1" in capsys.readouterr().out
    twice = hint | {"id": "Z2"}
    csv_file(folder / "lexicon.csv", [names, [*hint.values()], [*twice.values()]])
    assert main(["rules", "check"]) == 1
    told = capsys.readouterr().out
    at = "词表 lexicon.csv 编号 {}（本单位加）".format
    assert f"{at('Z2')}：“没有出处的怪词 自然灾害”与{at('Z1')}重复" in told
    assert "错误 1 处，提示 0 处" in told
