"""附表 1–10, headed as an office prints them, in that order.

counts.py holds the statistical tables, lists.py the lists of things and units.
"""

from riskpipe.consultation.annexes.counts import by_channel, by_kind, by_outcome, by_street
from riskpipe.consultation.annexes.lists import (
    coverage,
    definitions,
    majors,
    matters,
    overdue,
    revisions,
)
from riskpipe.consultation.desk import Desk
from riskpipe.consultation.issue import Table

ANNEXES = (by_kind, by_outcome, by_channel, by_street, majors, overdue, matters, coverage,
           revisions, definitions)  # fmt: skip


def annexes(desk: Desk) -> tuple[Table, ...]:
    """The ten tables."""
    return tuple(make(desk) for make in ANNEXES)
