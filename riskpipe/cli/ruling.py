"""Commands on the classifier's rules: export, import, check, diff."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riskpipe.cli.console import again, progress_bars, say, warn
from riskpipe.cli.options import Raw, WarehouseFolder, office_of, places_of

if TYPE_CHECKING:
    from riskpipe.classification.rulebook.comparing import Comparison, Tally
    from riskpipe.classification.rulebook.findings import Finding

BOOK = "归类规则簿.xlsx"
SHOWN_CHANGES = 30
SHOWN_HINTS = 10
SHOWN_MONTHS = 6


def export(
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件", metavar="文件")] = Path(BOOK),
    raw: Raw = None,
) -> None:
    """导出归类规则簿（词表、先后规则、语境规则、来源先验、判定参数），用 Excel、WPS 修改。"""
    from riskpipe.walk import rulebook
    from riskpipe.warehouse import replacing

    office = office_of(raw, None, None)
    content = rulebook.export(office)
    if out.exists() and out.read_bytes() == content:
        say(f"{out}（已有，内容相同）")
    else:
        _keep_edited(out)
        with replacing(out) as draft:
            draft.write_bytes(content)
        say(f"归类规则簿：{out}")
    say(
        f"改好后先看影响 {again('rules', 'diff', '现用', out)}，再导入 {again('rules', 'import', out)}"
    )


def import_(
    file: Annotated[Path, typer.Argument(help="改好的规则簿", metavar="文件")], raw: Raw = None
) -> None:
    """导入改好的规则簿：只把与内置不同的写进 raw/rules；有一处填错就一行也不写。"""
    from riskpipe.walk.rulebook import import_book
    from riskpipe.walk.ruleediting import RulebookError

    office = office_of(raw, None, None)
    try:
        done = import_book(office, file, date.today())
    except RulebookError as error:
        _refuse(error.findings, "没有导入")
        raise typer.Exit(1) from None
    if not done.changes:
        say("没有改动，规则照旧。")
        return
    for change in done.changes[:SHOWN_CHANGES]:
        say(f"  {change.what}  {change.sheet} {change.key}  {change.said}")
    if len(done.changes) > SHOWN_CHANGES:
        say(f"  …… 共 {len(done.changes)} 处")
    counts = Counter(change.what for change in done.changes)
    say("已导入：" + "、".join(f"{what} {count} 行" for what, count in counts.items()))
    for path in done.files:
        say(f"  {'写入' if path.exists() else '已无本单位的改动，删去'} {path}")
    for path in done.backups:
        say(f"  原文件留在 {path}")
    rest = places_of(office)
    say(
        f"下一步：{again('rules', 'check', *rest)} 查毛病；{again('run', *rest)} 按新规则重新归类。"
    )


def check(
    share: Annotated[
        float,
        typer.Option(
            "--flips",
            help="一个词去掉后换类的件超过它所在件的百分之几就提示",
            metavar="百分数",
            min=0,
            max=100,
        ),
    ] = 2.0,
    *,
    is_full: Annotated[bool, typer.Option("--all", help="提示全部列出")] = False,
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """查归类规则的毛病：重复、矛盾、不起作用的词、一锤定音的词、没写来源的行。"""
    from riskpipe.walk.rulechecks import checked, has_register

    office = office_of(raw, warehouse, None)
    with progress_bars():
        findings = checked(office, share / 100, is_full)
    _print_findings(findings, is_full)
    if not has_register(office):
        warn(
            f"提示：还没有登记，只查了规则本身；{again('run')} 之后再查一次，可看出词在来件里的作用。"
        )
    errors = sum(one.is_error for one in findings)
    say(f"错误 {errors} 处，提示 {len(findings) - errors} 处。")
    if errors:
        raise typer.Exit(1)


def diff(
    old: Annotated[
        str, typer.Argument(help="原规则：内置、现用、规则目录或规则簿", metavar="原规则")
    ],
    new: Annotated[str, typer.Argument(help="新规则：同上", metavar="新规则")],
    out: Annotated[
        Path | None, typer.Option("--out", help="把变动明细写成工作簿", metavar="文件")
    ] = None,
    raw: Raw = None,
    warehouse: WarehouseFolder = None,
) -> None:
    """按两套规则把现行登记各归类一遍：哪些件换类，各月各类增减多少。不改登记。"""
    from riskpipe.forms.rulemoves import moves_workbook
    from riskpipe.walk.rulechecks import difference
    from riskpipe.walk.ruleediting import RulebookError, rules_of
    from riskpipe.warehouse import replacing

    office = office_of(raw, warehouse, None)
    try:
        with progress_bars():
            comparison = difference(office, old, new)
    except RulebookError as error:
        _refuse(error.findings, "不能比较")
        raise typer.Exit(1) from None
    _print_comparison(comparison)
    if out:
        with replacing(out) as draft:
            draft.write_bytes(moves_workbook(comparison, rules_of(office)))
        say(f"变动明细（内部使用）：{out}")


def _keep_edited(out: Path) -> None:
    """A book that is there may be one somebody is editing."""
    from riskpipe.walk.trouble import UseError

    if out.exists():
        raise UseError(
            f"{out} 已在，内容不同，可能有人正在改：请先移走，或用 --out 另写一个文件名。"
        )


def _refuse(findings: "Iterable[Finding]", what: str) -> None:
    every = tuple(findings)
    for one in every:
        say(str(one))
    warn(f"错误：规则簿有 {len(every)} 处问题，{what}：请逐条改好后再试。")


def _print_findings(findings: "Iterable[Finding]", is_full: bool) -> None:
    """Every error; of each sort of hint the first few, the rest as a number."""
    seen: Counter[str] = Counter()
    every = tuple(findings)
    totals = Counter(one.code for one in every)
    for one in every:
        seen[one.code] += 1
        if one.is_error or is_full or seen[one.code] <= SHOWN_HINTS:
            say(str(one))
        elif seen[one.code] == SHOWN_HINTS + 1:
            say(f"{one.level}  …… 同样的还有 {totals[one.code] - SHOWN_HINTS} 处（--all 全部列出）")


def _print_comparison(comparison: "Comparison") -> None:
    moved = [move for move in comparison.moves if move.is_of_category]
    say(f"原规则 {comparison.old_version} → 新规则 {comparison.new_version}")
    say(
        f"现行登记 {comparison.records} 件：换类别 {len(moved)} 件，"
        f"只换种类 {len(comparison.moves) - len(moved)} 件"
    )
    say(
        f"已由人复核、更正的 {comparison.confirmed} 件不受影响"
        f"（其中两套规则判法不同的 {comparison.confirmed_otherwise} 件）"
    )
    if moved:
        say("去向：")
    for (was, now), count in comparison.flows().items():
        say(f"  {was} → {now}：{count}")
    months = sorted({tally.month for tally in comparison.tallies}, reverse=True)
    for month in months[:SHOWN_MONTHS]:
        say(f"{month}：" + "；".join(_nets(comparison.tallies, month)))
    if len(months) > SHOWN_MONTHS:
        say(f"……另有 {len(months) - SHOWN_MONTHS} 个月有变动（--out 写成工作簿可看全部）")


def _nets(tallies: "Iterable[Tally]", month: str) -> list[str]:
    return [
        f"{tally.table} {tally.category} {tally.old}→{tally.new}（{tally.new - tally.old:+d}）"
        for tally in tallies
        if tally.month == month
    ]
