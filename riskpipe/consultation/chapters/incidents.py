"""二、突发事件情况: a paragraph for each of the four categories; nothing happened is written."""

from datetime import date

from riskpipe.consultation.chapters.mislevels import mislevels, misstated
from riskpipe.consultation.chapters.overview import casualties
from riskpipe.consultation.charts import Plan, counted_chart
from riskpipe.consultation.counting import Counted, told_month, told_year
from riskpipe.consultation.desk import Desk, Row, largest, total, totals_by
from riskpipe.consultation.issue import Chapter, Chart, Paragraph, Sentence, say, words
from riskpipe.consultation.wording import compare, listed, rate_with_counts, year_on_year
from riskpipe.vocabulary import FOUR_CATEGORIES, INCIDENT_LEVELS, Category

LARGER = INCIDENT_LEVELS[: INCIDENT_LEVELS.index("较大") + 1]
"""较大 and above."""


def incidents(desk: Desk) -> Chapter:
    """Four paragraphs in their order, what was passed up, levels that differ, the chart."""
    return Chapter(
        "incidents",
        "二、突发事件情况",
        (
            *(_category(desk, category) for category in FOUR_CATEGORIES),
            _levels_and_reports(desk),
            *mislevels(desk),
            _by_month(desk),
        ),
    )


def _category(desk: Desk, category: Category) -> Paragraph:
    period = desk.period
    month = _counted(desk, category, (period.month_on,), (period.prior_year_month_on,),
                     (period.prior_month_on,))  # fmt: skip
    year = _counted(desk, category, period.year_months, period.prior_year_months, ())
    so_far = say(f"{period.months}累计", told_year(desk, "incident_count", year, category), "。")
    if not month.now:
        base = compare(desk, "incident_count", 0, month.year_before,
                       year_on_year(period.month), category)  # fmt: skip
        return Paragraph(f"{category}。", (say("本月未发生，", base, "；"), so_far))
    return Paragraph(
        f"{category}。",
        (
            say("本月发生", told_month(desk, "incident_count", month, category), "；"),
            so_far,
            _subcategories(desk, category),
            casualties(desk, (period.month_on,), period.month, category=category.value),
        ),
    )


def _counted(
    desk: Desk, category: Category, now: tuple[date, ...], before: tuple[date, ...],
    last: tuple[date, ...],
) -> Counted:  # fmt: skip
    def count(months: tuple[date, ...]) -> int | None:
        if not months or not desk.has(min(months)):
            return None
        return total(
            desk.rows("categories", subject="突发事件", category=category.value, month_on=months),
            "count",
        )

    return Counted(count(now) or 0, count(before), count(last))


def _subcategories(desk: Desk, category: Category) -> Sentence:
    rows = desk.rows(
        "categories",
        subject="突发事件",
        category=category.value,
        month_on=desk.period.month_on,
    )
    counts = largest(totals_by(rows, "subcategory", "count"), len(rows))
    month = desk.period.month
    told = [
        words(name, desk.count("incident_count", count, month, category, name), "起")
        for name, count in counts
    ]
    return say("按种类分，", listed(told), "。")


def _levels_and_reports(desk: Desk) -> Paragraph:
    period = desk.period
    rows = desk.rows("incidentcounts", month_on=period.month_on)
    inside = [row for row in rows if not row["is_outside"]]
    sentences = [_levels(desk, inside), _reports(desk, inside)]
    outside = total([row for row in rows if row["is_outside"]], "incident_count")
    if outside:
        sentences.append(
            say(
                "另有区外突发事件",
                desk.count("incident_outside_count", outside, period.month),
                "起，不计入本区起数。",
            )
        )
    return Paragraph("级别与信息报告。", tuple(sentences))


def _levels(desk: Desk, inside: list[Row]) -> Sentence:
    month = desk.period.month
    by_level = totals_by(inside, "level_stated", "incident_count")
    larger = [(level, by_level.get(level, 0)) for level in LARGER]
    told = listed([[f"{level}", desk.count("level_count", n, month, level), "起"]
                   for level, n in larger])  # fmt: skip
    return say(
        "本月按填报级别，", told,
        "；填报级别与按伤亡、损失和人数推算的级别不一致的",
        desk.count("level_mismatch_count", misstated(desk), month),
        "起。",
    )  # fmt: skip


def _reports(desk: Desk, inside: list[Row]) -> Sentence:
    month = desk.period.month
    passed_up = total(inside, "reported_up_count")
    if not passed_up:
        return say("本月无紧急信息上报。")
    rate = desk.rate(
        "reported_up_on_time_rate", total(inside, "reported_up_on_time_count"), passed_up, month
    )
    return say(
        "紧急信息上报", desk.count("reported_up_count", passed_up, month),
        "起，按时上报率", rate_with_counts(rate), "。",
    )  # fmt: skip


def _by_month(desk: Desk) -> Chart:
    period = desk.period
    rows = desk.rows("categories", subject="突发事件", month_on=period.year_months)
    labels = [f"{month.month}月" for month in period.year_months]
    runs = []
    for category in FOUR_CATEGORIES:
        counts = totals_by([r for r in rows if r["category"] == category], "month_on", "count")
        runs.append(
            ("incident_count", category.value,
             {f"{month.month}月": counts.get(month, 0) for month in period.year_months})
        )  # fmt: skip
    sums = {name: sum(by.values()) for _, name, by in runs}
    return counted_chart(
        desk,
        Plan("categories-by-month", "stacked", "四类突发事件分月起数", "月份", "各月"),
        labels,
        runs,
        _largest(desk, sums),
    )


def _largest(desk: Desk, sums: dict[str, int]) -> Sentence:
    top = largest(sums, 1)
    period = desk.period
    if not top:
        return say(f"{period.months}四类突发事件均未发生。")
    name, count = top[0]
    most = desk.count("incident_count", count, period.year, name)
    whole = sum(sums.values())
    share = desk.rate("share", count, whole, period.year, "突发事件起数", name)
    shared = words("，占四类合计的", share) if whole >= desk.minimum_base else []
    return say(f"{period.months}以{name}最多，累计", most, "起", shared, "。")
