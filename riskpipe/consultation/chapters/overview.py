"""一、总体情况: incidents, tip-offs and hazards of the month and of the year so far."""

import dataclasses
from datetime import date

from riskpipe.consultation.charts import Plan, counted_chart
from riskpipe.consultation.counting import (
    by_category,
    of_month,
    of_year,
    told_month,
    told_year,
)
from riskpipe.consultation.desk import Desk, Row, money_total, total, totals_by
from riskpipe.consultation.issue import (
    Chapter,
    Chart,
    Heading,
    Paragraph,
    Part,
    Sentence,
    paragraph,
    say,
    words,
)
from riskpipe.consultation.wording import breakdown, compare, listed, year_on_year


def overview(desk: Desk) -> Chapter:
    """Both halves open with incidents by the four categories, zeros stated."""
    period = desk.period
    return Chapter(
        "overview",
        "一、总体情况",
        (
            Heading("（一）本月"),
            _incidents(desk, "本月", (period.month_on,), period.month),
            _tipoffs_month(desk),
            _findings_month(desk),
            *_stated(desk),
            by_month(desk, "incidents-by-month", "突发事件", "incident_count"),
            by_month(desk, "tipoffs-by-month", "举报", "category_tipoff_count"),
            Heading(f"（二）{period.months}累计"),
            _incidents(desk, period.months, period.year_months, period.year),
            _year_so_far(desk),
        ),
    )


def _incidents(desk: Desk, when: str, months: tuple[date, ...], basis: str) -> Paragraph:
    is_month = len(months) == 1 and when == "本月"
    read = of_month if is_month else of_year
    told = told_month if is_month else told_year
    counted = read(desk, "categories", "count", subject="突发事件")
    if not counted.now:
        return paragraph(
            say(f"{when}未发生突发事件，", *_bases(desk, counted.year_before, basis), "。")
        )
    counts = by_category(desk, "突发事件", months)
    return paragraph(
        say(f"{when}发生突发事件", told(desk, "incident_count", counted), "。"),
        say("其中", breakdown(desk, "incident_count", counts, basis), "。"),
        casualties(desk, months, basis),
    )


def _bases(desk: Desk, base: int | None, basis: str) -> list[Part]:
    return compare(desk, "incident_count", 0, base, year_on_year(basis))


def casualties(desk: Desk, months: tuple[date, ...], basis: str, **where: str) -> Sentence:
    """Deaths, injuries and loss of incidents inside the district; zeros are stated."""
    rows = desk.rows("incidentcounts", month_on=months, is_outside=False, **where)
    scope = tuple(where.values())
    dead = total(rows, "deaths") + total(rows, "missing")
    return say(
        "死亡（含失踪）",
        desk.count("deaths", dead, basis, *scope),
        "人、重伤",
        desk.count("serious_injuries", total(rows, "serious_injuries"), basis, *scope),
        "人、轻伤",
        desk.count("minor_injuries", total(rows, "minor_injuries"), basis, *scope),
        "人，直接经济损失",
        desk.money("direct_loss", money_total(rows, "direct_loss_yuan"), basis, *scope),
        "万元。",
    )


def _tipoffs_month(desk: Desk) -> Paragraph:
    basis = desk.period.month
    calls = of_month(desk, "funnel", "call_count")
    tipoffs = of_month(desk, "funnel", "tipoff_count").now
    hazards = of_month(desk, "funnel", "hazard_count").now
    return paragraph(
        say("本月各渠道来件", told_month(desk, "call_count", calls), "；"),
        say(
            "扣除并案件和非隐患类诉求，计举报",
            desk.count("tipoff_count", tipoffs, basis),
            "件，反映隐患",
            desk.count("tipoff_hazard_count", hazards, basis),
            "处。",
        ),
    )


def _findings_month(desk: Desk) -> Paragraph:
    found = of_month(desk, "treatment", "found_count")
    majors = of_month(desk, "treatment", "found_count", grade="重大").now
    if not found.now:
        return paragraph(
            say(
                "本月排查未上报隐患，",
                compare(desk, "found_count", 0, found.year_before, year_on_year(desk.period.month)),
                "。",
            )
        )
    return paragraph(
        say("本月排查隐患", told_month(desk, "found_count", found), "；"),
        say(
            "其中重大事故隐患",
            desk.count("found_count", majors, desk.period.month, "重大"),
            "处、一般事故隐患及未定级",
            desk.count("found_count", found.now - majors, desk.period.month, "一般及未定级"),
            "处。",
        ),
    )


def _stated(desk: Desk) -> list[Paragraph]:
    """What exists only as a delivered total: 群众报警, 有效警情 and the like."""
    rows = [
        row
        for row in desk.rows("indicators", month_on=desk.period.month_on, breakdown="合计")
        if row["counted_month"] is None and row["stated_month"] is not None
    ]
    told = [_stated_one(desk, row) for row in sorted(rows, key=lambda row: row["indicator"])]
    return [paragraph(say("另据月度统计数（填报）：", listed(told, "；"), "。"))] if told else []


def _stated_one(desk: Desk, row: Row) -> list[Part]:
    name, unit = row["indicator"], row["unit"] or ""
    now, before = round(row["stated_month"]), row["stated_prior_year_month"]
    against = dataclasses.replace(year_on_year(desk.period.month), unit=unit)
    number = desk.count("stated_indicator", now, desk.period.month, name)
    base = None if before is None else round(before)
    return [name, number, unit, "，", *compare(desk, "stated_indicator", now, base, against, name)]


def _year_so_far(desk: Desk) -> Paragraph:
    months = desk.period.months
    calls = of_year(desk, "funnel", "call_count")
    found = of_year(desk, "treatment", "found_count")
    places = of_year(desk, "places", "first_time_count")
    return paragraph(
        say(f"{months}各渠道累计来件", told_year(desk, "call_count", calls), "。"),
        say("累计排查隐患", told_year(desk, "found_count", found), "。"),
        say(
            "存在隐患的单位（场所）",
            told_year(desk, "place_count", places),
            "。",
        ),
    )


_COUNTED_AS = {"突发事件": "起数", "举报": "件数"}


def by_month(desk: Desk, chart_id: str, subject: str, metric: str) -> Chart:
    """Columns of this year's months beside the line of last year's."""
    period = desk.period
    years = (period.prior_year_on, period.year_on)
    rows = desk.rows(
        "categories",
        subject=subject,
        month_on=tuple(year.replace(month=month) for year in years for month in range(1, 13)),
    )
    counts = totals_by(rows, "month_on", "count")
    labels = [f"{month}月" for month in range(1, 13)]
    before, now = (
        {
            f"{month}月": counts.get(year.replace(month=month), 0)
            if desk.has(year.replace(month=month)) and year.replace(month=month) <= period.month_on
            else None
            for month in range(1, 13)
        }
        for year in years
    )
    return counted_chart(
        desk,
        Plan(chart_id, "columns", f"{subject}分月{_COUNTED_AS[subject]}", "月份", "各月"),
        labels,
        [(metric, f"{years[1].year}年", now), (metric, f"{years[0].year}年", before)],
        _peak(desk, metric, subject, now),
    )


def _peak(desk: Desk, metric: str, subject: str, months: dict[str, int | None]) -> Sentence:
    known = {label: value for label, value in months.items() if value is not None}
    if not any(known.values()):
        return say(f"{desk.period.months}没有{subject}记录。")
    top = max(known, key=lambda label: known[label])
    unit = desk.metrics[metric].unit
    last = f"{desk.period.month_on.month}月"
    most = desk.count(metric, known[top], f"{desk.period.year_on.year}年{top}")
    now_too = words(f"；{last}为", desk.count(metric, known[last], desk.period.month), unit)
    return say(
        f"今年以来{subject}以{top}最多，为", most, unit, now_too if top != last else [], "。"
    )
