"""The commands in one application, its help in Chinese, and the one place errors end.

Commands raise; here a raised error becomes one line and an exit code. Typer's own English
(usage errors, help headings) is put into Chinese here too.
"""

import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from riskpipe.cli import (
    checkup,
    console,
    delivering,
    demonstrating,
    identity,
    judging,
    learning,
    looking,
    returning,
    reviewing,
    ruling,
    running,
    templating,
    trouble,
)

EPILOG = (
    "退出码：0 正常；1 数据有问题；2 用法不对或缺少文件、密钥、规则；"
    "3 数据仓或端口被占用；4 磁盘或权限问题；5 程序错误。"
)
INTERRUPTED = 130


HELP_WORDS = {
    "Usage: ": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "[required]": "（必填）",
    "[default: ": "[默认 ",
    " <str>": "",
    " <list[str]>": "",
    " <list[Path]>": "",
}


class _Chinese:
    """Help pages whose own words are Chinese too."""

    def get_help(self, ctx: Any) -> str:
        text = super().get_help(ctx)  # type: ignore[misc]
        for english, chinese in HELP_WORDS.items():
            text = text.replace(english, chinese)
        return text

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示帮助"
        return option


class Command(_Chinese, TyperCommand):
    """A command whose help is Chinese."""


class Group(_Chinese, TyperGroup):
    """A group whose help is Chinese."""


cli = typer.Typer(
    name="riskpipe",
    cls=Group,
    help="把热线、网格、检查台账汇成一本可信的隐患登记，每月出一期会商分析报告。",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    subcommand_metavar="命令 [参数]",
    options_metavar="[选项]",
)
people = typer.Typer(
    name="identity", cls=Group, help="保密身份的查阅与登记。", no_args_is_help=True
)


rulebook = typer.Typer(
    name="rules",
    cls=Group,
    help="归类规则：导出给分析人员改、导入、查毛病、看改动的影响。",
    no_args_is_help=True,
)


def _add(group: typer.Typer, name: str, function: Any) -> None:
    group.command(name, cls=Command, epilog=EPILOG, options_metavar="[选项]")(function)


_add(cli, "demo", demonstrating.demo)
_add(cli, "receive", delivering.receive)
_add(cli, "run", running.run)
_add(cli, "report", running.report)
_add(cli, "check", looking.check)
_add(cli, "return", returning.send_back)
_add(cli, "template", templating.template)
_add(cli, "classify", judging.classify)
_add(cli, "evaluate", judging.evaluate)
_add(cli, "review", reviewing.review)
_add(cli, "learn", learning.learn)
_add(cli, "doctor", checkup.doctor)
_add(cli, "ui", running.ui)
_add(people, "reveal", identity.reveal)
_add(people, "verify", identity.verify)
_add(people, "register", identity.register)
_add(rulebook, "export", ruling.export)
_add(rulebook, "import", ruling.import_)
_add(rulebook, "check", ruling.check)
_add(rulebook, "diff", ruling.diff)
cli.add_typer(people, rich_help_panel=None)
cli.add_typer(rulebook, rich_help_panel=None)


def app() -> None:
    """The `riskpipe` program."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Every error ends here, as a line in Chinese."""
    console.make_safe()
    command = typer.main.get_command(cli)
    try:
        with console.warnings_in_chinese():
            result = command.main(list(arguments), prog_name="riskpipe", standalone_mode=False)
    except TyperException as error:
        return _of_use(error)
    except (KeyboardInterrupt, typer.Abort):
        console.warn("已中断；再运行一次会从完成的地方接着做。")
        return INTERRUPTED
    except typer.Exit as ended:
        return ended.exit_code
    except Exception as error:  # noqa: BLE001  the last place before the user
        return trouble.report(error)
    return result if isinstance(result, int) else 0


def _of_use(error: Any) -> int:
    """A usage error of the parser, said in Chinese. Told apart by name: its classes are private."""
    name = type(error).__name__
    if name == "NoArgsIsHelpError":
        console.say(error.ctx.get_help())
        return 2
    said = {
        "MissingParameter": f"缺少 {_shown(error)}",
        "NoSuchOption": f"没有选项 {getattr(error, 'option_name', '')}",
        "BadParameter": f"{_shown(error)} 的值无效",
        "BadOptionUsage": f"选项 {getattr(error, 'option_name', '')} 缺少值",
    }.get(name, "没有这个命令，或参数太多")
    path = error.ctx.command_path if getattr(error, "ctx", None) else "riskpipe"
    console.warn(f"用法错误：{said}（用 {path} --help 查看说明）")
    return 2


def _shown(error: Any) -> str:
    """The option or argument an error is about, as the user writes it."""
    param = getattr(error, "param", None)
    if param is None:
        return ""
    return param.opts[0] if param.param_type_name == "option" else (param.metavar or param.name)
