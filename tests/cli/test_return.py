"""return, check --return, check --full: what they print, what they leave, how they exit."""

import json
from pathlib import Path

import openpyxl
import pytest

from riskpipe.cli.application import main
from riskpipe.walk.receiving import receive
from tests.intake.builders import LEDGER, TIPOFFS, finding, workbook
from tests.leaks import find_leaks
from tests.walking import office_at

PERSON = ["--by", "张三禾", "--approved-by", "李四禾", "--reason", "核对拒收内容"]


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKPIPE_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("RISKPIPE_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("RISKPIPE_KEY_FILE", str(tmp_path / "riskpipe.key"))


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A ledger with one bad row."""
    rows = [LEDGER, finding(1), finding(2, 隐患描述=None)]
    return workbook(tmp_path / "台账_2026-01.xlsx", {"隐患排查台账": rows})


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A register with a bad row that tells of its reporter."""
    content = "我叫欧阳慕禾，电话13911112222，楼道堆放杂物"
    row = [
        "JB-20260105-001",
        "去年，问13911112222",
        "12350电话",
        content,
        "欧阳慕禾",
        "13911112222",
    ]
    return workbook(tmp_path / "登记.xlsx", {"举报登记": [TIPOFFS, row]})


@pytest.fixture
def ran(tmp_path: Path, wrong: Path) -> Path:
    """Folder for return sheets of an office that received the ledger and ran."""
    folder = tmp_path / "raw/2026-02-02/红旗街道"
    folder.mkdir(parents=True)
    wrong.rename(folder / wrong.name)
    receive(office_at(tmp_path))
    return tmp_path / "退回"


def test_return_before_any_run_says_what_to_do(capsys):
    assert main(["return"]) == 2
    assert "请先运行 riskpipe run" in capsys.readouterr().err


def test_return_lists_and_then_writes_by_sender(ran, tmp_path, capsys):
    assert main(["return"]) == 0
    said = capsys.readouterr().out
    assert "红旗街道　2026-02-02　2026-02-02/红旗街道/台账_2026-01.xlsx　拒收 1 行" in said
    assert "1 份需退回" in said
    assert f"--raw {tmp_path / 'raw'} --warehouse {tmp_path / 'warehouse'} --out" in said
    assert not ran.exists()
    assert main(["return", "--out", str(ran)]) == 0
    (sheet,) = ran.rglob("*.xlsx")
    assert sheet.relative_to(ran).as_posix() == "红旗街道/退回_2026-02-02_台账_2026-01.xlsx"
    assert str(sheet) in capsys.readouterr().out


def test_return_never_writes_over_another_file(ran, capsys):
    main(["return", "--out", str(ran)])
    (sheet,) = ran.rglob("*.xlsx")
    capsys.readouterr()
    assert main(["return", "--out", str(ran)]) == 0
    assert "已有，内容相同" in capsys.readouterr().out
    sheet.write_bytes(b"filled in by now")
    assert main(["return", "--out", str(ran)]) == 2
    assert "没有覆盖" in capsys.readouterr().err
    assert sheet.read_bytes() == b"filled in by now"


def test_return_of_one_sender(ran, capsys):
    assert main(["return", "--from", "红旗街道"]) == 0
    assert main(["return", "--from", "青禾街道"]) == 2
    assert "没有收到过“青禾街道”的报送" in capsys.readouterr().err


def test_return_notices_a_file_changed_since_the_run(ran, tmp_path, capsys):
    path = next((tmp_path / "raw").rglob("*.xlsx"))
    workbook(path, {"隐患排查台账": [LEDGER, finding(9, 隐患描述=None)]})
    assert main(["return", "--out", str(ran)]) == 2
    assert "请先重新运行 riskpipe run" in capsys.readouterr().err


def test_check_writes_a_return_sheet_without_any_office(tmp_path, wrong, capsys):
    out = tmp_path / "out"
    assert main(["check", str(wrong), "--return", str(out)]) == 1
    (sheet,) = out.iterdir()
    assert sheet.name == "退回_台账_2026-01.xlsx"
    assert str(sheet) in capsys.readouterr().out
    assert openpyxl.load_workbook(sheet).sheetnames == ["退回说明", "隐患排查台账"]
    assert not (tmp_path / "warehouse").exists()
    assert not (tmp_path / "riskpipe.key").exists()


def test_check_sends_nothing_back_where_nothing_is_wrong(tmp_path, capsys):
    path = workbook(tmp_path / "a.xlsx", {"隐患排查台账": [LEDGER, finding(1)]})
    assert main(["check", str(path), "--return", str(tmp_path / "out")]) == 0
    assert "没有差错，不用退回" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_values_are_masked_for_everybody(told, capsys):
    assert main(["check", str(told), "--json"]) == 1
    (account,) = json.loads(capsys.readouterr().out)
    assert [line["value"] for line in account["rejected_rows"]] == ["去年，问〔电话〕"]


def test_the_keeper_sees_them_after_it_stands_in_the_register(told, tmp_path, ran, capsys):
    capsys.readouterr()
    assert main(["check", str(told), "--full", *PERSON]) == 0
    assert "举报登记 第2行 举报时间：去年，问13911112222" in capsys.readouterr().out
    assert main(["identity", "verify"]) == 0
    assert main(["identity", "register"]) == 0
    last = capsys.readouterr().out.strip().split("\n")[-1]
    assert ("文件 " in last, "张三禾" in last, "李四禾" in last, "核对拒收内容" in last) == (
        True,
    ) * 4
    planted = {"name": ["欧阳慕禾"], "phone": ["13911112222"]}
    assert find_leaks([tmp_path / "warehouse"], planted) == []


@pytest.mark.parametrize("missing", [0, 2, 4])
def test_without_who_whom_or_why_nothing_is_shown(told, ran, capsys, missing):
    given = PERSON[:missing] + PERSON[missing + 2 :]
    capsys.readouterr()
    assert main(["check", str(told), "--full", *given]) == 2
    said = capsys.readouterr()
    assert "13911112222" not in said.out + said.err
    assert PERSON[missing] in said.err


def test_nobody_approves_for_themselves(told, ran, capsys):
    again = ["--by", "张三禾", "--approved-by", "张三禾", "--reason", "看看"]
    assert main(["check", str(told), "--full", *again]) == 2
    assert "不能是同一人" in capsys.readouterr().err


def test_without_the_key_nothing_is_shown_and_no_key_is_made(told, tmp_path, capsys):
    assert main(["check", str(told), "--full", *PERSON]) == 2
    said = capsys.readouterr()
    assert "需要本单位的密钥" in said.err
    assert "13911112222" not in said.out + said.err
    assert not (tmp_path / "riskpipe.key").exists()


@pytest.mark.parametrize("other", [["--json"], ["--return", "x"]])
def test_full_goes_to_the_screen_alone(told, ran, capsys, other):
    assert main(["check", str(told), "--full", *PERSON, *other]) == 2
    assert "只在屏幕上显示" in capsys.readouterr().err
