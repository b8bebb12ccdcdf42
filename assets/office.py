"""Whose deliveries and warehouse a run works on: the one resource of the graph.

Empty fields fall through to RISKPIPE_* variables, the office's own office.toml and the
defaults, so the UI needs no configuration. It holds the warehouse for the length of a run.
"""

import contextlib
from collections.abc import Iterator

import dagster as dg
from pydantic import Field, PrivateAttr

from riskpipe.settings import settings_from
from riskpipe.walk.bench import Bench
from riskpipe.walk.office import Office


class OfficeResource(dg.ConfigurableResource):
    """One office: where its files are, where its tables go, and the data cut-off."""

    raw: str = Field(description="报送文件目录；空着取设置")
    warehouse: str = Field(description="数据仓目录；空着取设置")
    as_of: str = Field(description="数据截至日 YYYY-MM-DD；空着取最近一次报送的日期")

    _office: Office | None = PrivateAttr(default=None)
    _bench: Bench | None = PrivateAttr(default=None)

    @contextlib.contextmanager
    def yield_for_execution(self, _context: dg.InitResourceContext) -> Iterator["OfficeResource"]:
        """Hold the warehouse while the run lasts."""
        with self.office().warehouse.lock("Dagster 运行"):
            yield self

    def office(self) -> Office:
        """The office these fields name, made once."""
        if self._office is None:
            given = {"raw": self.raw, "warehouse": self.warehouse, "as_of": self.as_of}
            self._office = Office(settings_from({k: v or None for k, v in given.items()}))
        return self._office

    def bench(self) -> Bench:
        """The office's bench, made once a run and only after the deliveries are in."""
        if self._bench is None:
            self._bench = self.office().bench()
        return self._bench
