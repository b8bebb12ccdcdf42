"""The command check: what a run would make of a file, nothing written."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from riskpipe.cli.console import say
from riskpipe.cli.options import Raw, WarehouseFolder, office_of

SHOWN = 20


def check(
    files: Annotated[list[Path], typer.Argument(help="要检查的文件", metavar="文件...")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """检查文件能不能收：每张表收到、接收、拒收、忽略多少行，以及原因。不写任何数据。"""
    from riskpipe.walk.inspecting import inspected

    office = office_of(raw, warehouse, None)
    accounts = [inspected(office, path) for path in files]
    if as_json:
        say(json.dumps(accounts, ensure_ascii=False, indent=2, default=str))
    else:
        for account in accounts:
            _print(account)
    if any(account["status"] != "已接收" for account in accounts):
        raise typer.Exit(1)


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
