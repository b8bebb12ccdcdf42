"""三、举报受理、核查与奖励情况: from a call to a paid reward, and how work was completed.

The same batch of calls is followed to its later outcome, so recent months are still moving:
the text says so. Work orders of grid and hotline platforms are counted by channel, and
办结率 stands in its several bases side by side.
"""

from decimal import Decimal

from riskpipe.consultation.chapters.completion import bases_table, completion
from riskpipe.consultation.charts import Plan, counted_chart
from riskpipe.consultation.counting import of_month
from riskpipe.consultation.desk import Desk, Row, largest, money_total, total, totals_by
from riskpipe.consultation.issue import (
    Chapter,
    Chart,
    Number,
    Paragraph,
    Part,
    Sentence,
    Series,
    say,
)
from riskpipe.consultation.wording import listed, rate_with_counts, share_of
from riskpipe.vocabulary import FOUR_CATEGORIES

STEPS = (
    ("call_count", "来件", "call_count"),
    ("accepted_count", "受理", "accepted_count"),
    ("verified_count", "核查", "verified_count"),
    ("substantiated_count", "属实", "substantiated_count"),
    ("rewarded_count", "已领取奖励", "rewarded_count"),
)
"""Metric, printed word, column of marts.funnel, in the order things happen."""


def tipoffs(desk: Desk) -> Chapter:
    """来件与渠道, 受理核查, 办结, 奖励, 回访."""
    return Chapter(
        "tipoffs",
        "三、举报受理、核查与奖励情况",
        (
            _channels(desk),
            _followed(desk),
            steps_chart(desk),
            kinds_chart(desk),
            Paragraph("办理情况。", completion(desk)),
            bases_table(desk),
            Paragraph("奖励情况。", _rewards(desk)),
            Paragraph("回访情况。", (_callbacks(desk),)),
        ),
    )


def flow_channel(desk: Desk) -> str | None:
    """The channel whose calls are followed; None (all) when the year has none of it."""
    channel = str(desk.limits["flow_channel"])
    rows = desk.rows("funnel", month_on=desk.period.year_months, channel=channel)
    return channel if total(rows, "call_count") else None


def _channels(desk: Desk) -> Paragraph:
    month = desk.period.month
    calls = of_month(desk, "funnel", "call_count")
    rows = desk.rows("funnel", month_on=desk.period.month_on)
    by_channel = largest(totals_by(rows, "channel", "call_count"), len(rows))
    if not calls.now:
        return Paragraph("来件情况。", (say("本月各渠道未收到来件。"),))
    told = listed(
        [
            [channel, desk.count("call_count", count, month, channel), "件",
             *share_of(desk, "call_count", (channel, count), calls.now, month)]
            for channel, count in by_channel
        ],
        "；",
    )  # fmt: skip
    return Paragraph(
        "来件情况。",
        (
            say(
                "本月各渠道来件",
                desk.count("call_count", calls.now, month),
                "件，按渠道分：",
                told,
                "。",
            ),
        ),
    )


def _followed(desk: Desk) -> Paragraph:
    period = desk.period
    channel = flow_channel(desk)
    where = {"channel": channel} if channel else {}
    month = desk.rows("funnel", month_on=period.month_on, **where)
    year = desk.rows("funnel", month_on=period.year_months, **where)
    name = channel or "各渠道"
    return Paragraph(
        "受理、核查情况。",
        (
            _steps(desk, f"本月{name}来件", month, period.month, name),
            _steps(desk, f"{period.months}累计来件", year, period.year, name),
        ),
    )


def _steps(desk: Desk, opening: str, rows: list[Row], basis: str, name: str) -> Sentence:
    numbers = {
        metric: desk.count(metric, total(rows, column), basis, name) for metric, _, column in STEPS
    }
    rate = desk.rate(
        "substantiated_rate",
        total(rows, "substantiated_count"),
        total(rows, "verified_count"),
        basis,
        name,
    )
    return say(
        opening,
        numbers["call_count"],
        "件，受理",
        numbers["accepted_count"],
        "件；已核查",
        numbers["verified_count"],
        "件，其中属实",
        numbers["substantiated_count"],
        "件",
        *(["，属实率", *rate_with_counts(rate)] if rate.value is not None else []),
        "；已领取奖励",
        numbers["rewarded_count"],
        "件、",
        desk.money("paid_cohort", money_total(rows, "paid_yuan"), basis, name),
        "元。",
    )


def steps_chart(desk: Desk) -> Chart:
    """Calls, accepted, verified, substantiated, rewarded: one batch, five bars."""
    period = desk.period
    channel = flow_channel(desk)
    where = {"channel": channel} if channel else {}
    rows = desk.rows("funnel", month_on=period.year_months, **where)
    counts: dict[str, int | None] = {word: total(rows, column) for _, word, column in STEPS}
    name = channel or "各渠道"
    chart = counted_chart(
        desk,
        Plan(
            "tipoff-steps",
            "bars",
            f"{name}来件此后的结果（{period.months}累计）",
            "环节",
            period.year,
        ),
        [word for _, word, _ in STEPS],
        [("call_count", f"{name}{period.months}累计", counts)],
        _steps_finding(desk, rows, name),
    )
    return Chart(**{**vars(chart), "metrics": tuple(metric for metric, _, _ in STEPS)})


def _steps_finding(desk: Desk, rows: list[Row], name: str) -> Sentence:
    basis = desk.period.year
    verified, true = total(rows, "verified_count"), total(rows, "substantiated_count")
    if not verified:
        return say(f"{desk.period.months}{name}来件尚无核查结果。")
    return say(
        "已核查", desk.count("verified_count", verified, basis, name),
        "件中属实", desk.count("substantiated_count", true, basis, name), "件。",
    )  # fmt: skip


def kinds_chart(desk: Desk) -> Chart:
    """Pareto of the four categories' kinds among the month's tip-offs."""
    period = desk.period
    rows = desk.rows(
        "categories",
        subject="举报",
        month_on=period.month_on,
        category=tuple(category.value for category in FOUR_CATEGORIES),
    )
    counts = {
        (row["subcategory"] if row["subcategory"] not in ("其他", "未细分")
         else f"{row['category']}·{row['subcategory']}"): row["count"]
        for row in rows
    }  # fmt: skip
    top = largest(counts, int(desk.limits["pareto_bars"]))
    labels = [name for name, _ in top]
    chart = counted_chart(
        desk,
        Plan("tipoff-kinds", "pareto", "本月举报种类由多到少", "种类", period.month),
        labels,
        [("category_tipoff_count", "举报数", dict(top))],
        _kinds_finding(desk, top, sum(counts.values())),
    )
    return Chart(
        **{
            **vars(chart),
            "series": (*chart.series, _cumulative(desk, top, sum(counts.values()))),
            "metrics": (*chart.metrics, "cumulative_share"),
        }
    )


def _cumulative(desk: Desk, top: list[tuple[str, int]], whole: int) -> Series:
    running = 0
    numbers: list[Number | None] = []
    for name, count in top:
        running += count
        numbers.append(desk.rate("cumulative_share", running, whole, desk.period.month, name))
    return Series("累计占比", tuple(numbers))


def _kinds_finding(desk: Desk, top: list[tuple[str, int]], whole: int) -> Sentence:
    if not top:
        return say("本月举报没有可归入四类的。")
    month = desk.period.month
    three = top[:3]
    told = listed(
        [[name, desk.count("category_tipoff_count", n, month, name), "件"] for name, n in three]
    )
    ending: list[Part] = []
    if whole >= desk.minimum_base and len(top) > len(three):
        share = desk.rate("share", sum(n for _, n in three), whole, month, "前三种")
        ending = [f"，{len(three)}种合占四类举报的", share]
    return say("举报较多的是", told, ending, "。")


def _rewards(desk: Desk) -> tuple[Sentence, ...]:
    period = desk.period
    return (
        _reward(desk, "本月", desk.rows("rewardsums", month_on=period.month_on), period.month),
        _reward(
            desk,
            f"{period.months}累计",
            desk.rows("rewardsums", month_on=period.year_months),
            period.year,
        ),
    )


def _reward(desk: Desk, when: str, rows: list[Row], basis: str) -> Sentence:
    if not total(rows, "payout_count"):
        return say(f"{when}无奖励发放记录。")
    paid = [row for row in rows if row["state"] == "已领取"]
    approved = _approved(rows)
    return say(
        f"{when}应奖", desk.money("due_yuan", money_total(rows, "due_yuan"), basis),
        "元，审批", desk.money("approved_yuan", approved, basis),
        "元，已领取", desk.count("payout_count", total(paid, "payout_count"), basis, "已领取"),
        "笔、", desk.money("paid_yuan", money_total(paid, "paid_yuan"), basis),
        "元，逾期（主动）放弃", desk.money("lapsed_yuan", money_total(rows, "lapsed_yuan"), basis),
        "元。",
    )  # fmt: skip


APPROVED_STATES = ("已审批", "已通知", "已领取", "逾期放弃", "主动放弃", "支付退回", "已追回")


def _approved(rows: list[Row]) -> Decimal:
    return money_total([row for row in rows if row["state"] in APPROVED_STATES], "approved_yuan")


def _callbacks(desk: Desk) -> Sentence:
    rows = desk.rows("callbacks", month_on=desk.period.month_on)
    effective = total(rows, "effective_count")
    if not effective:
        return say("本月来件无有效回访，满意率不作统计。")
    rate = desk.rate("satisfied_rate", total(rows, "satisfied_count"), effective, desk.period.month)
    return say("本月来件有效回访满意率", rate_with_counts(rate), "。")
