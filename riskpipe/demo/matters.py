"""Supervised matters: what leaders, meetings and overdue hazards put under supervision.

The supervision office sends the month's new matters and again those of three months before
that changed since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from riskpipe.demo.findings import Finding, findings_of
from riskpipe.demo.months import Month
from riskpipe.demo.town import Town
from riskpipe.demo.workbook import Form, information, write_form
from riskpipe.vocabulary import MATTER_SOURCES

SENDER = "区政府督查室"
MATTERS_A_MONTH = 5


@dataclass(frozen=True)
class Matter:
    """One supervised matter about one finding."""

    number: str
    finding: Finding
    assigned: date
    due: date
    answered: date | None
    pick: int

    def state(self, day: date) -> str:
        """状态 on a day of delivery."""
        if self.answered and self.answered < day:
            return "已办结" if self.pick % 4 else "已反馈"
        if self.due < day:
            return "逾期"
        return "办理中" if self.assigned + timedelta(days=4) < day else "待签收"


def write_matters(town: Town, month: Month) -> None:
    """The supervision office's workbook of a month."""
    sent, before = month.day_after(6), month.plus(-1).day_after(6)
    shown = [
        m
        for back in (3, 2, 1)
        if town.is_written(month.plus(-back))
        for m in matters_of(town, month.plus(-back))
        if m.state(sent) != m.state(before)
    ]
    shown += matters_of(town, month)
    rows = [_row(m, n, sent) for n, m in enumerate(shown, 1)]
    info = information(
        SENDER, first=month.first, last=month.last, nature="累计重报", officer=21,
        sent_on=sent, source="",
    )  # fmt: skip
    path = town.path(sent, SENDER, f"督办事项_{month.label}.xlsx")
    write_form(path, Form("supervised", rows, [], [], info))


def matters_of(town: Town, month: Month) -> list[Matter]:
    """Matters assigned in the month, about findings of the month."""
    wanted = max(1, round(MATTERS_A_MONTH * min(town.plan.scale, 4.0)))
    worst = sorted(findings_of(town, month), key=lambda f: (f.grade != "重大", f.number))[:wanted]
    return [_matter(month, n, f) for n, f in enumerate(worst, 1)]


def _matter(month: Month, n: int, f: Finding) -> Matter:
    assigned = max(month.first, min(f.inspected + timedelta(days=1 + f.pick % 5), month.last))
    due = assigned + timedelta(days=20 + f.pick % 20)
    answered = assigned + timedelta(days=10 + f.pick % 40) if f.pick % 6 else None
    return Matter(f"DB-{month.compact}-{n:02d}", f, assigned, due, answered, f.pick)


def _row(m: Matter, seq: int, day: date) -> Sequence[Any]:
    source = MATTER_SOURCES[m.pick % 5]
    answered = m.answered if m.answered and m.answered < day else None
    what = m.finding.concept.formal.split("，", maxsplit=1)[0].replace("{n}", "3")
    return (
        seq, m.number, source, _reference(m, source),
        ("区长", "分管副区长", "区委书记")[m.pick % 3] if source == "领导批示" else "", m.assigned,
        f"关于{m.finding.spot.street}{what}问题的整改", m.finding.spot.street + "办事处",
        "区应急管理局" if m.pick % 2 else "", m.due, "已整改并反馈。" if answered else "", answered,
        m.state(day), m.finding.number,
    )  # fmt: skip


def _reference(m: Matter, source: str) -> str:
    if source == "会商议定":
        return f"〔{m.assigned.year}〕第{m.assigned.month}期"
    return f"督〔{m.assigned.year}〕{m.pick % 90 + 1}号"
