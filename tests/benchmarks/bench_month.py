"""A month end to end against the plain reference, then again unchanged, then one file changed.

Both do the same work on the same files (files.py) and must accept the same rows. A small
month goes through both first, so that imports and the reading server's start are in no figure.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from riskpipe.rules import Rules
from riskpipe.vocabulary import FOUR_CATEGORIES
from riskpipe.walk.office import Office
from tests.benchmarks import reference
from tests.benchmarks.bench_edge import EDGE
from tests.benchmarks.files import write_ledger, write_month
from tests.benchmarks.measuring import Bill, Row, bill, cost, shares
from tests.walking import office_at, stages

BOOKS, LINES, ORDERS, SEED = 60, 1_700, 118_000, 1
WORDS = 140
"""How many words a category of the reference gets: its 550 are a quarter of the lexicon's."""


def rows() -> Iterator[Row]:
    """End to end, nothing changed, one file changed."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        compared(folder / "small", 2, 50, 500)
        plain, first = compared(folder / "month", BOOKS, LINES, ORDERS)
        yield Row(
            f"一个月全程：参照 {plain:.0f} s ÷ 本流程 {first.total:.0f} s",
            plain / first.total,
            6.0,
            8.0,
            False,
            shares(first.seconds, 18),
        )
        office = office_at(folder / "month")
        same = walked(office)
        yield Row(
            "无变化再跑 ÷ 首跑",
            same.total / first.total,
            0.05,
            None,
            True,
            shares(same.seconds, 6),
            "%",
        )
        day = office.settings.raw / "2026-11-03"
        write_ledger(day / "街道07" / "隐患排查台账_2026-10.xlsx", LINES, 7, SEED + 1)
        changed = walked(office)
        yield Row(
            "60 个文件变 1 个 ÷ 首跑",
            changed.total / first.total,
            0.15,
            None,
            True,
            shares(changed.seconds, 14),
            "%",
        )


def compared(folder: Path, books: int, lines: int, orders: int) -> tuple[float, Bill]:
    """A made month through both; the reference's seconds and our bill. Same rows or it stops."""
    write_month(folder / "raw", books, lines, orders, SEED)
    office = office_at(folder)
    ours = walked(office)
    accepted: list[tuple[int, int]] = []
    words = keywords()
    plain = cost(lambda: accepted.append(reference.month(folder / "raw", folder / "plain", words)))
    tables = ("register/findings", "register/tipoffs")
    counts = tuple(office.warehouse.rows_of(key) for key in tables)
    assert accepted == [counts] == [(books * lines, orders)], (accepted, counts)
    return plain, ours


def walked(office: Office) -> Bill:
    """The whole walk and what each piece of it cost; the edge's pieces by their work."""
    with bill() as opened, opened.watching(EDGE):
        for name, work in stages(office):
            with opened.stage(name):
                work()
    return opened


def keywords() -> dict[str, list[str]]:
    """Category → patterns for the reference: the heaviest hazard words of the lexicon."""
    lexicon = Rules(Path("no-office")).rows("classification/lexicon")
    ordered = sorted(lexicon, key=lambda row: -float(row["weight"]))
    return {
        category.value: [
            re.escape(row["word"]) for row in ordered if row["category"] == category.value
        ][:WORDS]
        for category in FOUR_CATEGORIES
    }
