"""The command check: what a run would make of a file, nothing of it kept.

Values are shown masked. The keeper of the office's key may see them as written, after it stands in
the register of look-ups; a return sheet may be written beside.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from riskpipe.cli.console import say, warn
from riskpipe.cli.options import Raw, WarehouseFolder, office_of

if TYPE_CHECKING:
    from riskpipe.walk.office import Office

SHOWN = 20


def check(
    files: Annotated[list[Path], typer.Argument(help="要检查的文件", metavar="文件...")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    back: Annotated[
        Path | None,
        typer.Option("--return", help="有差错的，把退回表写到这个目录", metavar="目录"),
    ] = None,
    is_full: Annotated[
        bool,
        typer.Option("--full", help="显示拒收内容的原文（须有密钥，先记入查阅登记表）"),
    ] = False,
    by: Annotated[str, typer.Option("--by", help="查阅人，与 --full 同用", metavar="姓名")] = "",
    approved_by: Annotated[
        str, typer.Option("--approved-by", help="批准人，与 --full 同用", metavar="姓名")
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", help="查阅事由，与 --full 同用", metavar="文字")
    ] = "",
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """检查文件能不能收：每张表收到、接收、拒收、忽略多少行，以及原因。不入库。"""
    from riskpipe.walk.inspecting import inspected

    office = office_of(raw, warehouse, None)
    if is_full:
        _show_full(office, files, (by, approved_by, reason), is_alone=not (as_json or back))
        return
    accounts = [account for path in files for account in inspected(office, path)]
    if as_json:
        say(json.dumps(accounts, ensure_ascii=False, indent=2, default=str))
    else:
        for account in accounts:
            _print(account)
    if back:
        _send_back(office, files, back)
    if any(account["status"] != "已接收" for account in accounts):
        raise typer.Exit(1)


def _send_back(office: "Office", files: list[Path], folder: Path) -> None:
    from riskpipe.cli.returning import raise_if_taken, tell_sent
    from riskpipe.walk.returning import returned_of

    sent = [one for path in files for one in returned_of(office, path, folder)]
    tell_sent(sent)
    if not sent:
        warn("没有差错，不用退回。")
    raise_if_taken(sent)


def _show_full(
    office: "Office", files: list[Path], said: tuple[str, str, str], *, is_alone: bool
) -> None:
    """Rejected values as they were written, on the terminal and nowhere else."""
    from riskpipe.identity.access import Stated
    from riskpipe.walk.revealing import revealed
    from riskpipe.walk.trouble import UseError

    if not is_alone:
        raise UseError("--full 只在屏幕上显示，不能与 --json、--return 同用：请分开运行。")
    for path in files:
        lines = revealed(office, path, Stated(*said), datetime.now())
        for line in lines:
            say(
                f"{line.file} {line.sheet} 第{line.row_no}行 {line.heading}：{line.value}（{line.reason}）"
            )
        say(f"{path.name}：共 {len(lines)} 条，已记入查阅登记表。")


def _print(account: dict[str, Any]) -> None:
    say(f"{account['file']}：{account['status']}，{_counts(account)}")
    if account["message"]:
        say(f"  {account['message']}")
    for sheet in account["sheet_accounts"]:
        ignored = sheet["rows_seen"] - sheet["rows_accepted"] - sheet["rows_rejected"]
        name = sheet["sheet"] or "（文本）"
        say(f"  表 {name}：{sheet['status']}，{_counts({**sheet, 'rows_ignored': ignored})}")
        if sheet["unread"]:
            say(f"    未读列：{sheet['unread']}")
    _print_lines("拒收", account["rejected_rows"])
    _print_lines("清空", account["rejected_cells"])
    _print_lines("提示", account["notices"])


def _print_lines(title: str, lines: list[dict[str, Any]]) -> None:
    for line in lines[:SHOWN]:
        say(f"  {title}：{line['sheet']} 第{line['row_no']}行 {line['heading']} {line['reason']}")
    if len(lines) > SHOWN:
        say(f"  {title}：另有 {len(lines) - SHOWN} 条，用 --json 查看全部")


def _counts(row: dict[str, Any]) -> str:
    if row["rows_seen"] is None:
        return "行数未知"
    return (
        f"{row['rows_seen']} 行＝接收 {row['rows_accepted']}＋拒收 {row['rows_rejected']}"
        f"＋忽略 {row['rows_ignored']}"
    )
