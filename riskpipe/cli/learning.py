"""The command learn: words learned from the office's own confirmed categories, on or off."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riskpipe.cli.console import again, progress_bars, say, warn
from riskpipe.cli.options import Raw, WarehouseFolder, office_of, places_of

if TYPE_CHECKING:
    from riskpipe.walk.office import Office


def learn(
    *,
    is_trial: Annotated[
        bool, typer.Option("--dry-run", help="只训练、检验和打印说明，什么也不写")
    ] = False,
    is_off: Annotated[bool, typer.Option("--off", help="停用学习词表，回到只按规则归类")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="不启用，只把带新词表的整套规则写到这个目录，供 rules diff 比较",
            metavar="目录",
        ),
    ] = None,
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """从已复核的归类中学习本地用词：在本单位数据上胜过规则才启用（退出码 1 为不启用）。"""
    from riskpipe.classification.learning import as_page
    from riskpipe.walk.learning import is_on, lay_out, lesson_of, switch_off, switch_on

    office = office_of(raw, warehouse, None)
    if is_off:
        _tell_off(office, switch_off(office))
        return
    with progress_bars():
        lesson = lesson_of(office)
    say(as_page(lesson.card))
    if not lesson.card.is_used:
        _tell_refused(office, is_on(office))
        raise typer.Exit(1)
    if is_trial:
        say("试算：没有写任何文件。")
    elif out:
        say(f"已写出：{lay_out(office, lesson, out)}（未启用）")
        say(f"下一步：比较启用前后的归类 {again('rules', 'diff', '现用', out, *places_of(office))}")
    else:
        say(f"已启用：{switch_on(office, lesson)}（说明在同处的 learned.md）")
        _tell_next(office)


def _tell_refused(office: "Office", is_on: bool) -> None:
    again_said = again("review", *places_of(office))
    say(f"下一步：用 {again_said} 写出归类复核单，填好收回后再试。")
    if is_on:
        off = again("learn", "--off", *places_of(office))
        warn(f"提示：以前启用的学习词表仍在使用，而它在现有数据上已不能证明有用；停用：{off}")


def _tell_off(office: "Office", was_on: bool) -> None:
    if was_on:
        say("已停用学习词表，只按规则归类。")
        _tell_next(office)
    else:
        say("没有启用学习词表，无须停用。")


def _tell_next(office: "Office") -> None:
    say(f"下一步：{again('run', *places_of(office))} 按新的规则重新归类；复核过的不变。")
