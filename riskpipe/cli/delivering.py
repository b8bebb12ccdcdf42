"""The command receive: loose files into raw/<day>/<sender>/, where the run finds them."""

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from riskpipe.cli.console import say, warn
from riskpipe.cli.options import Raw, WarehouseFolder, office_of


def receive(
    files: Annotated[list[Path], typer.Argument(help="要登记的文件", metavar="文件...")],
    sender: Annotated[
        str | None, typer.Option("--from", help="报送单位；不填则询问", metavar="单位")
    ] = None,
    delivered: Annotated[
        datetime | None,
        typer.Option(
            "--on", help="报送日期 YYYY-MM-DD；不填则询问", metavar="日期", formats=["%Y-%m-%d"]
        ),
    ] = None,
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """把收到的文件登记到 raw/<报送日期>/<报送单位>/。原文件不动。"""
    from riskpipe.walk.trouble import UseError

    office = office_of(raw, warehouse, None)
    missing = [path.name for path in files if not path.is_file()]
    if missing:
        raise UseError(f"找不到文件 {'、'.join(missing)}：请检查路径。")
    who = _sender(sender or typer.prompt("报送单位"))
    day = delivered.date() if delivered else _day(typer.prompt("报送日期", default=_today()))
    folder = office.settings.raw / day.isoformat() / who
    folder.mkdir(parents=True, exist_ok=True)
    filed = sum(_file(path, folder) for path in files)
    say(f"已登记 {filed} 个文件到 {folder}；下一步：riskpipe run")


def _file(path: Path, folder: Path) -> bool:
    """Copy one file in; a name that is taken by other content gets a number."""
    content = path.read_bytes()
    for number in range(1, 1000):
        name = path.name if number == 1 else f"{path.stem}({number}){path.suffix}"
        target = folder / name
        if not target.exists():
            shutil.copyfile(path, target)
            return True
        if target.read_bytes() == content:
            warn(f"{path.name} 已登记过，内容相同，跳过。")
            return False
    return False


def _sender(name: str) -> str:
    from riskpipe.walk.trouble import UseError

    if not name.strip() or set(name) & set('/\\:*?"<>|') or name.strip().startswith("."):
        raise UseError(f"报送单位“{name}”不能作文件夹名：请去掉 / \\ : * ? 等符号。")
    return name.strip()


def _day(text: str) -> date:
    from riskpipe.walk.trouble import UseError

    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UseError(f"日期“{text}”的写法不对：请写成 2026-11-02 这样的年月日。") from None


def _today() -> str:
    return date.today().isoformat()
