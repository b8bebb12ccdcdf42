"""What a user meets: help in Chinese, quick; wrong use as one line; output no terminal chokes on."""

import subprocess
import sys
from pathlib import Path

import pytest

from riskpipe.cli.application import cli, main
from riskpipe.cli.ports import free_port
from riskpipe.walk.trouble import TakenError
from tests.town import PROGRAM, ROOT

COMMANDS = [command.name for command in cli.registered_commands]


@pytest.mark.parametrize(
    "command", [[], *([name] for name in COMMANDS), ["identity"], ["identity", "reveal"]]
)
def test_help_is_chinese_and_names_the_exit_codes(capsys, command):
    assert main([*command, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("用法：riskpipe")
    for english in (
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "required",
        "default",
        "Show this",
    ):
        assert english not in text
    if command != ["identity"]:
        assert "退出码：0 正常" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nosuch"], "没有这个命令"),
        (["run", "--nosuch"], "没有选项 --nosuch"),
        (["run", "--as-of", "2026-13-01"], "--as-of 的值无效"),
        (["report"], "缺少 月份"),
        (["report", "2026-10", "2026-09"], "参数太多"),
        (["identity", "reveal", "JB-1"], "缺少 --by"),
        (["ui", "--port", "70000"], "--port 的值无效"),
        (["demo", "--scale", "x"], "--scale 的值无效"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(capsys, arguments, said):
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert len(told.err.splitlines()) == 1


def test_no_command_shows_the_help_and_fails(capsys):
    assert main([]) == 2
    assert "命令：" in capsys.readouterr().out


def test_help_needs_neither_dagster_nor_pandas():
    code = "import sys; sys.argv = ['riskpipe', '--help']\n"
    code += f"try:\n    {PROGRAM}\nexcept SystemExit: pass\n"
    code += "print([m for m in ('dagster', 'pandas', 'pyarrow', 'duckdb', 'assets') if m in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_text_survives_a_chinese_windows_console_and_a_plain_one(tmp_path: Path):
    for encoding in ("gbk", "ascii"):
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM, "classify", "锅炉房有煤气味\U0001f525，担心爆炸"],
            cwd=ROOT,
            env={
                "PATH": "/usr/bin:/bin",
                "PYTHONIOENCODING": encoding,
                "PYTHONUTF8": "0",
                "HOME": str(tmp_path),
            },
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        ran.stdout.decode(encoding)


def test_an_asked_port_that_is_taken_is_refused_and_another_found():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(TakenError, match=f"端口 {port} 已被"):
            free_port("127.0.0.1", port)
        assert free_port("127.0.0.1", None) != port
