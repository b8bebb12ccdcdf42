"""Step 9 of the walk: one computed issue, and the offline page that prints it.

Marts of a month come in; an `Issue` (every number, sentence, table and chart, with metric,
numerator, denominator, basis and as-of day) and its files go out. Nothing is counted from
register rows here, and nothing is computed while rendering.
"""

from riskpipe.consultation.compute import MARTS, RULES, compute_issue
from riskpipe.consultation.issue import Issue
from riskpipe.consultation.saving import write_alone, write_issue

__all__ = ["MARTS", "RULES", "Issue", "compute_issue", "write_alone", "write_issue"]
