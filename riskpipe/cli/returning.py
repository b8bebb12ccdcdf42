"""The command return: which sheets are due back to whom, and the return sheets themselves."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riskpipe.cli.console import again, progress_bars, say, warn
from riskpipe.cli.options import Raw, WarehouseFolder, office_of, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from riskpipe.walk.returning import Sent


def send_back(
    out: Annotated[
        Path | None, typer.Option("--out", help="退回表写到哪个目录；不写则只列出", metavar="目录")
    ] = None,
    sender: Annotated[str, typer.Option("--from", help="只看这个报送单位的", metavar="单位")] = "",
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """列出有差错、需要退回的报送文件；给出 --out 时写出退回表，按单位分文件夹。"""
    from riskpipe.returns import line_of
    from riskpipe.walk.returning import due_back, sent_back

    office = office_of(raw, warehouse, None)
    rows = due_back(office, sender.strip())
    if not rows:
        say("没有需要退回的报送文件。")
        return
    if out is None:
        for row in rows:
            say(line_of(row))
        say(f"{len(rows)} 份需退回；下一步：{again('return', *places_of(office), '--out', '退回')}")
        return
    with progress_bars():
        sent = list(sent_back(office, rows, out))
    tell_sent(sent)
    say(f"{len(sent)} 份退回表在 {out}：请发还各单位，改正红色单元格后作为“更正重报”收回。")
    raise_if_taken(sent)


def tell_sent(sent: "Iterable[Sent]") -> None:
    """One line a return sheet; what could not be written beside the result."""
    from riskpipe.walk.returning import State

    for one in sent:
        (warn if one.state is State.TAKEN else say)(f"{one.path}：{one.state}")


def raise_if_taken(sent: "Iterable[Sent]") -> None:
    """End with a code for scripts when a file of that name stood in the way."""
    from riskpipe.walk.returning import State
    from riskpipe.walk.trouble import UseError

    taken = sum(one.state is State.TAKEN for one in sent)
    if taken:
        raise UseError(f"{taken} 份因已有同名文件没有写出：请移走旧文件，或用 --out 另给目录。")
