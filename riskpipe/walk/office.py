"""One office on one day: its settings, rules, warehouse, and the benches its steps work at.

The office's own bench stands at the run's as-of date: the one given, else the newest day
anything was delivered. A month's issue stands at that month's cut-off, on tables of its own
under issues/<month>/, over the same landing, so months can be issued again in any order
and the register never notices. No clock is read.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pyarrow.compute as pc
import pyarrow.parquet as pq

from riskpipe.calendar import last_complete_month, month_end
from riskpipe.settings import Settings
from riskpipe.walk.bench import Bench
from riskpipe.walk.trouble import UseError
from riskpipe.warehouse import Warehouse

DELIVERIES = "intake/deliveries"
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Office:
    """An office's settings and what follows from them."""

    settings: Settings

    @cached_property
    def warehouse(self) -> Warehouse:
        """Where the office's tables are."""
        return Warehouse(self.settings.warehouse)

    def delivered_days(self) -> tuple[date, date]:
        """The oldest and the newest day anything was delivered.

        Raises UseError when nothing was received yet.
        """
        path = self.warehouse.table_path(DELIVERIES)
        if path.exists() and pq.read_metadata(path).num_rows:
            days = pc.min_max(pq.read_table(path, columns=["delivered_on"])["delivered_on"]).as_py()
            return days["min"], days["max"]
        raise UseError(
            f"{self.settings.warehouse} 里还没有收到的数据：请先把文件放进 {self.settings.raw} "
            "再运行 riskpipe run，或先试 riskpipe demo。"
        )

    def as_of(self) -> date:
        """The run's data cut-off: the day given, else the newest delivered day."""
        oldest, newest = self.delivered_days()
        if self.settings.as_of and self.settings.as_of < oldest:
            raise UseError(
                f"数据截至日 {self.settings.as_of} 之前没有任何报送：最早的报送是 {oldest}。"
            )
        return self.settings.as_of or newest

    def bench(self) -> Bench:
        """Where the office's register stands today."""
        as_of = self.as_of()
        month_on = last_complete_month(as_of, self.settings.month_closes_on)
        return Bench(self.settings, as_of, month_on, self.warehouse, self.warehouse)

    def month_bench(self, month: str) -> Bench:
        """Where the issue of `month` (YYYY-MM) stands: at its cut-off, on its own tables.

        Raises UseError when the month is misspelt, had not ended by the newest delivery, or
        nothing had been delivered by its cut-off.
        """
        month_on, as_of = month_from(month), self.as_of()
        last_on = month_end(month_on, self.settings.month_closes_on)
        if as_of < last_on:
            newest = last_complete_month(as_of, self.settings.month_closes_on)
            raise UseError(
                f"{month} 尚未结束或没有数据：目前数据截至 {as_of}，"
                f"最近可出的月份是 {newest:%Y-%m}。"
            )
        cut_off = min(last_on + timedelta(days=self.settings.cut_off_days), as_of)
        oldest, _ = self.delivered_days()
        if cut_off < oldest:
            raise UseError(
                f"{month} 没有数据：该月数据截至 {cut_off}，而最早的报送是 {oldest}；"
                "截止日可在 office.toml 的 cut_off_days 中放宽。"
            )
        own = Warehouse(self.warehouse.issues / month)
        return Bench(self.settings, cut_off, month_on, own, self.warehouse)

    def last_month(self) -> str:
        """The newest month that can be issued, YYYY-MM."""
        return f"{self.bench().month_on:%Y-%m}"


def month_from(text: str) -> date:
    """First day of the month `YYYY-MM`. Raises UseError on anything else."""
    if not MONTH.fullmatch(text):
        raise UseError(f"月份“{text[:20]}”的写法不对：请写成 2026-10 这样的年月。")
    return date.fromisoformat(f"{text}-01")
