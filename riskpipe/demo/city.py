"""Build the city: every source, month by month, into dated folders; the truth beside it.

The order is that of the months; each source of a month is drawn from its own generator, so a
month does not depend on how many are asked for, but for what refers to rows of months before
the window (updates, progress, payouts), which are left out.
"""

from collections.abc import Callable
from pathlib import Path

from riskpipe.demo.geography import load_geography
from riskpipe.demo.ledgers import write_ledgers
from riskpipe.demo.months import LAST_MONTH, Month
from riskpipe.demo.plan import Plan
from riskpipe.demo.premises import write_premises
from riskpipe.demo.register12350 import write_register
from riskpipe.demo.town import Town
from riskpipe.demo.truth import Truth, TruthBook
from riskpipe.demo.wording import load_wording
from riskpipe.demo.workorders import EXPORTS, write_orders, write_video


def build_city(
    raw: Path,
    truth: Path,
    scale: float,
    months: int,
    seed: int,
    progress: Callable[[str], None],
) -> Truth:
    """Write `months` months of deliveries up to 2026-10 under `raw`, the truth under `truth`.

    `scale` 1 is a district of about 160,000 rows a year over all channels; `progress` gets one
    Chinese line per month. `truth` is a folder outside `raw`: truth.json, numbers.parquet and
    personal.parquet. The same arguments give the same bytes.
    """
    start = LAST_MONTH.plus(1 - months)
    town = Town(
        raw, seed, start, Plan(scale, seed), load_geography(), load_wording(), TruthBook(truth)
    )
    window = [start.plus(i) for i in range(months)]
    recorded: set[str] = set()
    for month in window:
        progress(f"生成 {month.label} 的报送文件")
        _month(town, month, recorded)
        town.book.flush()
    return town.book.close(scale, seed, [m.label for m in window], [], {})


def _month(town: Town, month: Month, recorded: set[str]) -> None:
    write_register(town, month)
    for export in EXPORTS:
        write_orders(town, export, month)
    write_video(town, month)
    write_premises(town, month)
    write_ledgers(town, month, recorded)
