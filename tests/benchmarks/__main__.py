"""`python -m tests.benchmarks`: runs every benchmark, prints the table with ✓/✗.

A report, not a test: the exit code is 0 whatever the figures. Ratios are of processor time in
this one run. For every ✗ a line below the table says where the time goes, as measured.
"""

import argparse
import logging
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table

from tests.benchmarks import (
    bench_classification,
    bench_edge,
    bench_marts,
    bench_month,
    bench_office,
)
from tests.benchmarks.measuring import Row

PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    "一个月全程（写报送文件、参照、首跑、再跑）": bench_month.rows,
    "工作簿到落地": bench_edge.rows,
    "归类": bench_classification.rows,
    "全部指标表": bench_marts.rows,
    "Dagster 与网页": bench_office.rows,
}
LARGE = {"全部指标表，十倍": bench_marts.large}


def main() -> None:
    """Measure, telling what is being measured, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--large", action="store_true", help="加测十倍数据的时间与内存")
    parser.add_argument("--only", default="", help="只测名称含此字样的部分")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    console, begun = Console(), time.monotonic()
    parts = PARTS | LARGE if given.large else PARTS
    measured: list[Row] = []
    for name, rows in parts.items():
        if given.only in name:
            for row in rows_told(name, rows, begun, console):
                measured.append(row)
    console.print(table_of(measured))
    for row in measured:
        if not row.holds:
            console.print(f"✗ {row.work}：{row.where}", soft_wrap=True, highlight=False)
    console.print(
        f"共用时 {time.monotonic() - begun:.0f} s。比值均为同一次运行中的处理器时间之比。"
    )


def rows_told(
    name: str, rows: Callable[[], Iterator[Row]], begun: float, console: Console
) -> Iterator[Row]:
    """A part's rows, its start and every figure told; a part that fails is told and left out."""
    console.print(f"[{time.monotonic() - begun:4.0f} s] {name} …", markup=False)
    try:
        for row in rows():
            console.print(f"         {row.work}：{figure(row)}", markup=False, highlight=False)
            yield row
    except Exception as error:  # a part that broke must not hide the others
        console.print_exception(show_locals=False)
        yield Row(f"{name}：未测成（{type(error).__name__}）", float("nan"), 0, None, True, "见上")


def table_of(rows: list[Row]) -> Table:
    """The table of the report."""
    table = Table("做的事", "测得", "目标", "更好", "", title="速度（处理器时间之比）")
    for row in rows:
        sign = "≤" if row.is_less_better else "≥"
        better = row.stretch and f"{sign} {told(row.stretch, row)} {_mark(row, row.stretch)}"
        bound = f"{sign} {told(row.target, row)}"
        table.add_row(row.work, figure(row), bound, better or "", _mark(row, row.target))
    return table


def figure(row: Row) -> str:
    """The measured figure with its unit."""
    return f"{row.ratio:.1%}" if row.unit == "%" else f"{row.ratio:.2f}{row.unit}"


def told(bound: float, row: Row) -> str:
    """A target in the unit of its row."""
    return f"{bound:.0%}" if row.unit == "%" else f"{bound:g}{row.unit}"


def _mark(row: Row, bound: float) -> str:
    return "✓" if row.reaches(bound) else "✗"


if __name__ == "__main__":
    main()
