"""What most commands take, said once: which deliveries, which warehouse, as of which day."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from riskpipe.walk.office import Office

Raw = Annotated[Path | None, typer.Option("--raw", help="报送文件目录，默认 raw", metavar="目录")]
WarehouseFolder = Annotated[
    Path | None, typer.Option("--warehouse", help="数据仓目录，默认 warehouse", metavar="目录")
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        help="数据截至日 YYYY-MM-DD，默认取最近一次报送的日期",
        metavar="日期",
        formats=["%Y-%m-%d"],
    ),
]


def office_of(raw: Path | None, warehouse: Path | None, as_of: datetime | None) -> "Office":
    """The office the options name; what they leave out comes from settings."""
    from riskpipe.cli import trouble
    from riskpipe.settings import settings_from
    from riskpipe.walk.office import Office

    day: date | None = as_of.date() if as_of else None
    settings = settings_from({"raw": raw, "warehouse": warehouse, "as_of": day})
    trouble.log_under(settings.warehouse)
    return Office(settings)


def places_of(office: "Office") -> list[object]:
    """The options that lead another command to the same files; none where they are the usual."""
    from riskpipe.settings import Settings

    asked: list[object] = []
    for name, place in (("raw", office.settings.raw), ("warehouse", office.settings.warehouse)):
        if place != Settings.model_fields[name].default:
            asked += [f"--{name}", place]
    return asked
