"""The issue of one month: the walk again at the month's cut-off, then the consultation.

Everything the issue used stays under issues/<month>/: its tables, its page. The office's own
register is neither read nor written.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from riskpipe.tables.base import key_of
from riskpipe.walk.bench import Bench, build
from riskpipe.walk.office import Office
from riskpipe.walk.progress import told
from riskpipe.walk.steps import steps

PAGE = "index.html"


@dataclass(frozen=True)
class Issued:
    """Where an issue is, and as of which day it was made."""

    page: Path
    as_of: date
    tables: int


def consult(office: Office, month: str) -> Issued:
    """Make the tables of a month and write its issue."""
    bench = office.month_bench(month)
    for step in told(f"计算 {month}", steps()):
        build(step, bench)
    _write_issue(bench)
    return Issued(page_of(office, month), bench.as_of, len(steps()))


def page_of(office: Office, month: str) -> Path:
    """The month's page."""
    return office.warehouse.issues / month / PAGE


def _write_issue(bench: Bench) -> None:
    from riskpipe.consultation import compute_issue, write_issue

    marts = {
        key_of(s.model).rpartition("/")[2]: bench.own.read(s.key)
        for s in steps()
        if s.key.startswith("marts/")
    }
    run = bench.own.read("calendar/run")
    issue = compute_issue(marts, run, bench.settings, bench.rules)
    write_issue(issue, bench.own.root)
