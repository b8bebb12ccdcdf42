"""Build the city: every source, month by month, into dated folders; the truth beside it.

The order is that of the months; each source of a month is drawn from its own generator, so a
month does not depend on how many are asked for, but for what refers to rows of months before
the window (updates, progress, payouts), which are left out.
"""

from collections.abc import Callable
from pathlib import Path

from riskpipe.demo.expected import expected_figures
from riskpipe.demo.findings import HEAPING
from riskpipe.demo.followups import write_followups
from riskpipe.demo.geography import load_geography
from riskpipe.demo.incidents import write_incidents
from riskpipe.demo.keyregister import write_key_register
from riskpipe.demo.ledgers import write_ledgers
from riskpipe.demo.matters import write_matters
from riskpipe.demo.months import LAST_MONTH, Month
from riskpipe.demo.payouts import write_payouts
from riskpipe.demo.plan import Plan
from riskpipe.demo.premises import write_premises
from riskpipe.demo.progress import write_progress
from riskpipe.demo.reference import write_office, write_reference
from riskpipe.demo.register12350 import write_register
from riskpipe.demo.stories import write_stories
from riskpipe.demo.tellings import OUTBREAK_MONTH, OUTBREAK_STREET, OUTBREAK_SUBCATEGORY
from riskpipe.demo.totals import write_totals
from riskpipe.demo.town import Town
from riskpipe.demo.truth import Truth, TruthBook
from riskpipe.demo.wording import load_wording
from riskpipe.demo.workorders import EXPORTS, write_orders, write_video


def build_city(
    raw: Path,
    truth: Path,
    *,
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
    write_office(raw)
    write_reference(town, start)
    town.book.outbreak = {
        "month": OUTBREAK_MONTH.label,
        "street": town.geography.streets[OUTBREAK_STREET],
        "category": OUTBREAK_SUBCATEGORY[0],
        "subcategory": OUTBREAK_SUBCATEGORY[1],
    }
    for month in window:
        progress(f"生成 {month.label} 的报送文件")
        _month(town, month, recorded)
        town.book.flush()
    return town.book.close(
        scale=scale,
        seed=seed,
        months=[m.label for m in window],
        heaping=[town.geography.streets[s] for s in HEAPING],
        expected=expected_figures(town, window[-1]),
    )


def _month(town: Town, month: Month, recorded: set[str]) -> None:
    write_register(town, month)
    for export in EXPORTS:
        write_orders(town, export, month)
    write_video(town, month)
    write_premises(town, month)
    write_followups(town, month)
    write_ledgers(town, month, recorded)
    write_key_register(town, month, recorded)
    write_incidents(town, month)
    write_progress(town, month)
    write_payouts(town, month)
    write_totals(town, month)
    write_matters(town, month)
    write_stories(town, month)
