"""The command template: an empty fill-in workbook for a street or unit to fill in and send."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riskpipe.cli.console import again, say, warn
from riskpipe.cli.options import Raw, WarehouseFolder, office_of

if TYPE_CHECKING:
    from riskpipe.forms import OfficeLists
    from riskpipe.walk.office import Office
    from riskpipe.walk.templating import Template

MOST_ROWS = 5000


def template(
    kinds: Annotated[
        list[str] | None,
        typer.Argument(help="哪种表，如 findings 或 隐患排查台账；不写则列出全部", metavar="表名"),
    ] = None,
    *,
    street: Annotated[
        str, typer.Option(help="为哪个街道：填好报送单位、街道和隐患编号", metavar="街道")
    ] = "",
    unit: Annotated[str, typer.Option(help="为哪个单位：填好报送单位", metavar="单位")] = "",
    month: Annotated[str, typer.Option(help="统计月份 YYYY-MM", metavar="月份")] = "",
    out: Annotated[Path, typer.Option(help="写到哪个目录", metavar="目录")] = Path(),
    rows: Annotated[
        int, typer.Option(help="印好序号的行数", metavar="数", min=1, max=MOST_ROWS)
    ] = 200,
    is_all: Annotated[bool, typer.Option("--all", help="七种表全部生成")] = False,
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """生成填报工作簿：下拉列表、日期校验、填表说明、打印设置都已做好，发给单位填写。"""
    from riskpipe.walk.templating import Asked, kinds_of, lists_of, templates

    office = office_of(raw, warehouse, None)
    asked = Asked(street.strip(), unit.strip(), month.strip(), rows)
    lists = lists_of(office, asked.month)
    wanted = list(kinds_of(office)) if is_all else kinds or [_none(office)]
    written = templates(office, wanted, asked, lists, out)
    for one in written:
        say(f"{one.title}：{one.path}{'' if one.is_new else '（已有，内容相同）'}")
    _tell_lists(lists, asked.unit)
    _tell_next(written, asked.sender)


def _none(office: "Office") -> str:
    """No kind was named: that is told with the kinds there are."""
    from riskpipe.walk.templating import kinds_of
    from riskpipe.walk.trouble import UseError

    known = "、".join(f"{name}（{title}）" for name, title in kinds_of(office).items())
    raise UseError(f"要哪种填报工作簿：{known}；全部生成用 --all。")


def _tell_lists(lists: "OfficeLists", unit: str) -> None:
    if not lists.streets or not lists.units:
        missing = [
            name
            for name, rows in (("三级网格表", lists.streets), ("单位名录", lists.units))
            if not rows
        ]
        warn(
            f"提示：数据仓里还没有{'、'.join(missing)}，对应的下拉列表是空的。"
            f"把它放进报送目录、{again('run')} 之后重新生成，或在“字典”表里续写。"
        )
        return
    if unit and unit not in lists.units:
        warn(f"提示：单位名录里没有“{unit}”，请核对名称或先更新单位名录。")
    say(
        f"字典：街道 {len(lists.streets)} 个、社区 {len(lists.communities)} 个、"
        f"单位 {len(lists.units)} 个、专项行动 {len(lists.campaigns)} 个"
    )


def _tell_next(written: "list[Template]", sender: str) -> None:
    whom = sender or "填报单位"
    example = written[0].path.name
    say(
        f"下一步：发给{whom}填写；收回后先检查 {again('check', example)}，"
        f"再登记 {again('receive', example)}"
    )
