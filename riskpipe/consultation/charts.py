"""Charts as data: labels, series of Numbers and the finding, in the shapes drawing knows.

Counts by label come in, `Chart` values go out. How they look (colours, bars, lines) is the
page's business; which months and groups they show is the chapters'.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from riskpipe.consultation.desk import Desk
from riskpipe.consultation.issue import Chart, Sentence, Series


def counted_series(
    desk: Desk, metric: str, name: str, basis: str, values: Sequence[tuple[str, int | None]]
) -> Series:
    """One run of counts; a value of None was never known and draws as a gap."""
    return Series(
        name,
        tuple(
            None if value is None else desk.count(metric, value, basis, name, label)
            for label, value in values
        ),
    )


@dataclass(frozen=True)
class Plan:
    """What a chart is before it has values; `kind` is one that drawing knows."""

    id: str
    kind: str
    title: str
    label_title: str
    basis: str


def counted_chart(
    desk: Desk,
    plan: Plan,
    labels: Sequence[str],
    runs: Sequence[tuple[str, str, Mapping[str, int | None]]],
    finding: Sentence,
) -> Chart:
    """A chart of counts; a run is metric, name, count by label."""
    metrics = tuple(dict.fromkeys(metric for metric, _, _ in runs))
    return Chart(
        id=plan.id,
        title=plan.title,
        kind=plan.kind,
        unit=desk.metrics[metrics[0]].unit if metrics else "",
        label_title=plan.label_title,
        labels=tuple(labels),
        series=tuple(
            counted_series(
                desk, metric, name, plan.basis, [(label, by.get(label)) for label in labels]
            )
            for metric, name, by in runs
        ),
        finding=finding,
        metrics=metrics,
    )
