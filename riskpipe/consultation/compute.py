"""From the month's marts to its issue: the desk is laid, chapters and annexes are put together.

Arrow tables and the run's one row come in, a frozen `Issue` goes out; the same input gives
the same issue, no clock and no warehouse is read. Saving and rendering stand elsewhere.
"""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.consultation.annexes import annexes
from riskpipe.consultation.annexes.lists import definitions
from riskpipe.consultation.chapters.features import features
from riskpipe.consultation.chapters.findings import findings
from riskpipe.consultation.chapters.incidents import incidents
from riskpipe.consultation.chapters.matters import matters
from riskpipe.consultation.chapters.notes import notes
from riskpipe.consultation.chapters.outlook import advice, cases, outlook
from riskpipe.consultation.chapters.overview import overview
from riskpipe.consultation.chapters.summary import summary
from riskpipe.consultation.chapters.tipoffs import tipoffs
from riskpipe.consultation.desk import Desk, ordered_streets
from riskpipe.consultation.issue import Chart, Issue, Masthead, Metric, numbers_of
from riskpipe.consultation.period import Period, issue_number, period_of
from riskpipe.rules import Rules
from riskpipe.settings import Settings

RULES = ("consultation/metrics", "consultation/outlook", "marts/bases", "screening/reasons")
MARTS = (
    "periods", "categories", "monthly", "funnel", "completion", "treatment", "stocks", "ageing",
    "overdue", "places", "gridrollup", "rewardsums", "incidentcounts", "callbacks", "indicators", "quality",
    "flaws", "coverage", "majorlist", "matterlist", "violationcounts",
)  # fmt: skip
"""The marts an issue is computed from, by their one word."""


def compute_issue(
    marts: Mapping[str, pa.Table], run: pa.Table, settings: Settings, rules: Rules
) -> Issue:
    """The issue of the month `run` reports, from marts as of the same run.

    `marts` maps a mart's one word (`monthly`) to its table; one that is missing counts as
    empty. Raises RuleError when a rule file cannot be read.
    """
    document = rules.document("consultation/metrics")
    edition = f"{document['edition']['label']}（{rules.version(RULES)[:8]}）"
    desk = lay_desk(marts, run, settings, rules)
    issue = Issue(
        month_on=desk.period.month_on,
        as_of=desk.period.as_of,
        masthead=_masthead(desk.period, settings, edition),
        summary=summary(desk),
        chapters=(
            overview(desk),
            incidents(desk),
            tipoffs(desk),
            findings(desk),
            features(desk),
            cases(desk),
            outlook(desk),
            advice(desk),
            matters(desk),
            notes(desk, edition),
        ),
        annexes=annexes(desk),
        metrics=(),
    )
    return _with_definitions(issue, desk)


def lay_desk(
    marts: Mapping[str, pa.Table], run: pa.Table, settings: Settings, rules: Rules
) -> Desk:
    """What the chapters work with, from the same arguments as `compute_issue`."""
    return Desk(
        marts=marts,
        period=period_of(run.to_pylist()[0]),
        metrics=metrics_of(rules),
        outlook=rules.document("consultation/outlook"),
        limits=rules.document("consultation/metrics")["limits"],
        minimum_base=settings.minimum_base,
        reasons=_reasons(rules),
        streets=ordered_streets(marts),
        first_month_on=_first_month(marts),
    )


def metrics_of(rules: Rules) -> dict[str, Metric]:
    """Every definition by id: the file's, and one for each basis of 办结率."""
    document: Mapping[str, Any] = rules.document("consultation/metrics")
    found = {
        metric: Metric(
            id=metric,
            title=entry["title"],
            unit=entry["unit"],
            numerator=entry["numerator"],
            denominator=entry.get("denominator", ""),
            basis=entry["basis"],
            source=entry["source"],
            note=entry.get("note", ""),
        )
        for metric, entry in document["metrics"].items()
    }
    for row in rules.rows("marts/bases"):
        metric = f"completion_{row['basis']}"
        found[metric] = Metric(
            metric, f"办结率（{row['basis_title']}）", "%", row["numerator"], row["denominator"],
            "按口径归期", f"marts.completion（{row['basis']}）", row.get("source", ""),
        )  # fmt: skip
    return found


def _reasons(rules: Rules) -> dict[str, str]:
    """Why cells and rows are sent back, in a few words, by screening's rule."""
    return {
        row["rule"]: _PLACE.sub("", row["reason"]).partition("，")[0]
        for row in rules.rows("screening/reasons")
    }


_PLACE = re.compile(r"“?\{[^}]*\}”?")
"""Where a reason names a heading or a value: `“{heading}”`."""


def _first_month(marts: Mapping[str, pa.Table]) -> Any:
    """Label of the first month the office has data for; None when it has none."""
    if "periods" not in marts or not marts["periods"].num_rows:
        return None
    return pc.min(marts["periods"]["month_on"]).as_py()


def _masthead(period: Period, settings: Settings, edition: str) -> Masthead:
    return Masthead(
        title=_title(settings),
        number=issue_number(period.month_on, settings.first_issue_month),
        office=settings.office_name,
        district=settings.district,
        month=period.month,
        period=period.span,
        cut_off=period.cut_off,
        edition=edition,
        is_draft=True,
    )


def _title(settings: Settings) -> str:
    """The district stands before the title once, also where the title already says it."""
    title = settings.issue_title
    return title if title.startswith(settings.district) else settings.district + title


def _with_definitions(issue: Issue, desk: Desk) -> Issue:
    """附表10 lists the metrics the issue really prints, in numbers or under a chart.

    A chart of a month in which nothing was counted has no number, and its definition all the same.
    """
    blocks = [block for chapter in issue.chapters for block in chapter.blocks]
    used = {metric for block in blocks if isinstance(block, Chart) for metric in block.metrics}
    used |= {number.metric for number in numbers_of(issue)}
    kept = {metric: desk.metrics[metric] for metric in desk.metrics if metric in used}
    last = definitions(dataclasses.replace(desk, metrics=kept))
    return dataclasses.replace(
        issue, annexes=(*issue.annexes[:-1], last), metrics=tuple(kept.values())
    )
