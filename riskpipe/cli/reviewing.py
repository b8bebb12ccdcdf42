"""The command review: the list of records to review, and what the reviews that came back say."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riskpipe.cli.console import again, say
from riskpipe.cli.options import Raw, WarehouseFolder, office_of, places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from riskpipe.walk.agreement import Agreement, Tally
    from riskpipe.walk.office import Office
    from riskpipe.walk.reviewing import Asked

MOST_ROWS = 20_000
UNCLASSIFIED = "未分类"


def review(
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="写到哪个文件；默认 归类复核单_月份或数据截至日.xlsx", metavar="文件"
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(help="列出多少条", metavar="数", min=1, max=MOST_ROWS)
    ] = 200,
    month: Annotated[
        str, typer.Option(help="只列这个统计月份的 YYYY-MM；不写则全部", metavar="月份")
    ] = "",
    sample: Annotated[
        int,
        typer.Option(
            help="另从其余记录中随机抽多少条，用来估计差错率", metavar="数", min=0, max=MOST_ROWS
        ),
    ] = 0,
    seed: Annotated[int, typer.Option(help="抽检的随机种子", metavar="数")] = 1,
    is_result: Annotated[
        bool, typer.Option("--result", help="不写清单，只看已收回的复核与系统归类是否一致")
    ] = False,
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """写出归类复核单：系统没有归类的、把握最小的在前；填好后放回 raw，优先于系统归类。"""
    from riskpipe.walk.agreement import agreement_of
    from riskpipe.walk.reviewing import Asked

    office = office_of(raw, warehouse, None)
    if is_result:
        _tell_agreement(agreement_of(office), again("review", *places_of(office)))
        return
    _write(office, Asked(month.strip(), limit, sample, seed), out)


def _write(office: "Office", asked: "Asked", out: Path | None) -> None:
    from riskpipe.walk.reviewing import listed

    done = listed(office, asked, out)
    if done is None:
        say("没有需要复核的记录：都已有人判定，或这个月没有记录。")
        return
    say(
        f"尚未复核 {done.undecided} 条，其中未分类 {done.unclassified} 条；"
        f"列出 {done.chosen} 条，抽检 {done.sampled} 条"
    )
    say(
        f"归类复核单：{done.path}{'' if done.is_new else '（已有，内容相同）'}（内部使用，不得外传）"
    )
    places = places_of(office)
    say(
        f"下一步：填好后 {again('receive', done.path, '--from', office.settings.office_name, *places)}，"
        f"再 {again('run', *places)}；一致情况 {again('review', '--result', *places)}"
    )


def _tell_agreement(found: "Agreement", listing: str) -> None:
    if not found.chosen and not found.sampled:
        say(f"还没有收回的归类复核单：先用 {listing} 写出清单。")
        return
    _tell_tallies("待复核（挑出的，不能代表全部）", found.chosen)
    _tell_tallies("抽检（随机抽的）", found.sampled)
    if found.rate is None:
        say(f"没有收回抽检的记录，不能估计差错率：先用 {listing} --sample 50 写出清单。")
        return
    rate = found.rate
    say(
        f"抽检 {rate.sampled} 条，归错 {rate.errors} 条，差错率 {rate.errors / rate.sampled:.1%}"
        f"（95% 的把握在 {rate.low:.1%} 到 {rate.high:.1%} 之间）；指没有列入待复核的记录"
    )


def _tell_tallies(title: str, tallies: "Sequence[Tally]") -> None:
    if tallies:
        say(f"{title}：")
    for tally in tallies:
        agreed = "" if tally.category == UNCLASSIFIED else f"，一致 {tally.agreed} 条"
        say(f"  系统归为{tally.category}：复核 {tally.reviewed} 条{agreed}")
