"""Commands on identities: reveal one with a reason, verify and print the register of look-ups."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from riskpipe.cli.console import say
from riskpipe.cli.options import Raw, WarehouseFolder, office_of

if TYPE_CHECKING:
    from pathlib import Path

    from riskpipe.identity.vault import Vault


def reveal(
    number: Annotated[str, typer.Argument(help="举报编号或奖励编号", metavar="编号")],
    *,
    by: Annotated[str, typer.Option("--by", help="查阅人", metavar="姓名")],
    approved_by: Annotated[str, typer.Option("--approved-by", help="批准人", metavar="姓名")],
    reason: Annotated[str, typer.Option("--reason", help="查阅事由", metavar="文字")],
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """查阅举报人身份；先记入查阅登记表，再显示。"""
    from riskpipe.identity.access import reveal as revealed
    from riskpipe.identity.personal import title_of

    vault = _vault(raw, warehouse)
    found = revealed(
        vault, number, by=by, approved_by=approved_by, reason=reason, at=datetime.now()
    )
    if not found:
        say(f"保密库中没有编号 {number} 的身份（本次查阅已登记）。")
        raise typer.Exit(1)
    for row in found:
        say("；".join(f"{title_of(name)}：{value}" for name, value in row.values.items()))
    say(f"共 {len(found)} 条，已记入查阅登记表。")


def verify(raw: Raw = None, warehouse: WarehouseFolder = None) -> None:
    """校验查阅登记表有没有被改动。"""
    from riskpipe.identity.access import verify as problems_of

    problems = problems_of(_vault(raw, warehouse))
    for problem in problems:
        say(problem)
    if problems:
        raise typer.Exit(1)
    say("查阅登记表完整。")


def register(raw: Raw = None, warehouse: WarehouseFolder = None) -> None:
    """打印查阅登记表。"""
    from riskpipe.identity.access import register_text

    say(register_text(_vault(raw, warehouse)).rstrip())


def _vault(raw: "Path | None", warehouse: "Path | None") -> "Vault":
    from riskpipe.identity.keys import keys_of
    from riskpipe.identity.vault import Vault

    office = office_of(raw, warehouse, None)
    folder = office.warehouse.vault
    return Vault(folder, keys_of(office.settings.key_file.expanduser(), folder))
