"""receive, check, classify, evaluate, doctor: what they print, what they leave, how they exit."""

import json
from pathlib import Path

import pytest

from riskpipe.cli.application import main

VIDEO = (
    "派遣编号,发现时间,点位,问题描述,镇街,派遣部门,派遣时间,处置完成时间\n"
    "SP20260900001,2026-09-01 08:00,青岚路1号,占道堆物,红旗街道,区城管局,2026-09-01 09:00,\n"
    "SP20260900002,去年,青岚路2号,占道堆物,红旗街道,区城管局,2026-09-01 09:00,\n"
)


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKPIPE_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("RISKPIPE_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("RISKPIPE_KEY_FILE", str(tmp_path / "riskpipe.key"))


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    path = tmp_path / "视频 派遣.csv"
    path.write_text(VIDEO, "utf-8-sig")
    return path


def test_receive_files_a_copy_under_day_and_sender(tmp_path, loose, capsys):
    arguments = ["receive", str(loose), "--from", "区视频指挥中心", "--on", "2026-10-02"]
    assert main(arguments) == 0
    filed = tmp_path / "raw/2026-10-02/区视频指挥中心/视频 派遣.csv"
    assert filed.read_bytes() == loose.read_bytes()
    assert main(arguments) == 0
    assert "内容相同" in capsys.readouterr().err
    loose.write_text(VIDEO + "\n", "utf-8-sig")
    assert main(arguments) == 0
    assert sorted(p.name for p in filed.parent.iterdir()) == ["视频 派遣(2).csv", "视频 派遣.csv"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "a/b", "--on", "2026-10-02"], "不能作文件夹名"),
        (["--from", "..", "--on", "2026-10-02"], "不能作文件夹名"),
    ],
)
def test_receive_refuses_a_sender_that_is_no_folder(loose, capsys, options, said):
    assert main(["receive", str(loose), *options]) == 2
    assert said in capsys.readouterr().err


def test_receive_names_what_is_missing(tmp_path, capsys):
    assert main(["receive", str(tmp_path / "x.xlsx"), "--from", "甲", "--on", "2026-10-02"]) == 2
    assert "找不到文件 x.xlsx" in capsys.readouterr().err


def test_check_accounts_for_every_row_and_writes_nothing(tmp_path, loose, capsys):
    assert main(["check", str(loose), "--json"]) in (0, 1)
    (account,) = json.loads(capsys.readouterr().out)
    assert account["rows_add_up"]
    assert account["rows_seen"] == 3
    assert not (tmp_path / "warehouse").exists()
    assert not (tmp_path / "riskpipe.key").exists()


def test_check_of_something_else_says_why_and_exits_1(tmp_path, capsys):
    other = tmp_path / "说明.csv"
    other.write_text("这不是一张表\n", "utf-8")
    assert main(["check", str(other)]) == 1
    assert "说明.csv：拒收" in capsys.readouterr().out


def test_check_of_a_missing_file_is_told(tmp_path, capsys):
    assert main(["check", str(tmp_path / "没有.xlsx")]) in (1, 2)
    said = capsys.readouterr()
    assert "没有.xlsx" in said.out + said.err


def test_classify_names_the_words_that_decided(capsys):
    assert main(["classify", "车间粉尘堆积，存在爆炸隐患"]) == 0
    assert capsys.readouterr().out.startswith("事故灾难")


def test_evaluate_scores_and_writes_predictions(tmp_path, capsys):
    labelled = tmp_path / "dev.jsonl"
    row = {"id": "1", "title": "", "text": "车间粉尘堆积，存在爆炸隐患", "label4": "accident"}
    labelled.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    assert main(["evaluate", str(labelled), "--out", str(tmp_path / "out.jsonl")]) == 0
    assert "共 1 条" in capsys.readouterr().out
    assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["label"] == "accident"


def test_evaluate_of_a_broken_file_names_the_line(tmp_path, capsys):
    labelled = tmp_path / "dev.jsonl"
    labelled.write_text("{不是 json\n", "utf-8")
    assert main(["evaluate", str(labelled)]) == 2
    assert "1" in capsys.readouterr().err


def test_doctor_looks_at_everything_and_finds_an_open_key(tmp_path, capsys):
    key = tmp_path / "riskpipe.key"
    key.write_text("x")
    key.chmod(0o600)
    main(["doctor"])
    text = capsys.readouterr().out
    for name in (
        "Python",
        "依赖包",
        "磁盘空间",
        "报送目录",
        "数据仓目录",
        "系统时钟",
        "字体",
        "浏览器",
    ):
        assert f"] {name}：" in text
    assert "[正常] 密钥" in text
    key.chmod(0o644)
    assert main(["doctor"]) == 4
    assert "chmod 600" in capsys.readouterr().out


def test_identity_of_an_unknown_number_is_registered_and_told(capsys):
    options = ["--by", "甲", "--approved-by", "乙", "--reason", "核查"]
    assert main(["identity", "reveal", "JB-0", *options]) == 1
    assert main(["identity", "verify"]) == 0
    capsys.readouterr()
    assert main(["identity", "register"]) == 0
    assert "JB-0" in capsys.readouterr().out


def test_an_unforeseen_error_is_one_line_and_a_log_without_values(tmp_path, capsys, monkeypatch):
    from riskpipe.walk import inspecting

    def broken(*_):
        raise KeyError("尉迟青岚13912340987")

    monkeypatch.setattr(inspecting, "inspected", broken)
    assert main(["check", "x.csv"]) == 5
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "13912340987" not in said
    log = (tmp_path / "warehouse/logs/riskpipe.log").read_text("utf-8")
    assert "KeyError" in log
    assert "13912340987" not in log
