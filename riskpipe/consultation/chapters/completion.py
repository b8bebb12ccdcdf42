"""办结率 of the month in its several bases, told, tabled and compared where it may be.

Rows of `marts.completion` come in; which numerator and denominator a basis has is decided
there. Bases are never mixed, and only 按期办结率 is compared with last year's: the deadlines
of both months have passed.
"""

from riskpipe.consultation.desk import Desk, Row, total
from riskpipe.consultation.issue import Column, Number, Sentence, Table, say
from riskpipe.consultation.wording import compare_rates, listed, rate_with_counts


def completion(desk: Desk) -> tuple[Sentence, ...]:
    """Every basis in a row, 按期办结率 beside last year's, and why they differ."""
    return (_completion(desk), *_on_time(desk), _moving())


def _completion(desk: Desk) -> Sentence:
    rows = desk.rows("completion", month_on=desk.period.month_on)
    runs = []
    for metric, title, numerator, denominator in bases_of(rows):
        rate = desk.rate(metric, numerator, denominator, desk.period.month)
        runs.append([title, *(rate_with_counts(rate) if denominator else ["无可计件"])])
    if not runs:
        return say("本月没有可计算办结率的来件。")
    return say("“办结率”按不同口径分别为：", listed(runs, "；"), "。")


def bases_of(rows: list[Row]) -> list[tuple[str, str, int, int]]:
    """Metric, title, numerator, denominator of each basis, summed over the channels."""
    titles = {row["basis"]: row["basis_title"] for row in rows}
    order = ("all", "transferred", "cohort", "due", "on_time")
    return [
        (
            f"completion_{basis}",
            titles[basis],
            total([r for r in rows if r["basis"] == basis], "numerator_count"),
            total([r for r in rows if r["basis"] == basis], "denominator_count"),
        )
        for basis in sorted(titles, key=lambda b: (order.index(b) if b in order else 9, b))
    ]


def _on_time(desk: Desk) -> list[Sentence]:
    """按期办结率 beside last year's: both months' deadlines have passed, so they compare."""
    period = desk.period
    now, before = (
        _on_time_rate(desk, desk.rows("completion", month_on=month, basis="on_time"), basis)
        for month, basis in (
            (period.month_on, period.month),
            (period.prior_year_month_on, "上年同月"),
        )
    )
    compared = compare_rates(desk, now, before)
    return [say("按期办结率", now, compared, "。")] if compared else []


def _on_time_rate(desk: Desk, rows: list[Row], basis: str) -> Number:
    part, whole = total(rows, "numerator_count"), total(rows, "denominator_count")
    return desk.rate("completion_on_time", part, whole, basis)


def _moving() -> Sentence:
    return say("各口径分母不同，不能相互比较或混用；近月来件多数未到期，比率以后还会变化。")


def bases_table(desk: Desk) -> Table:
    """办结率 in its bases: numerator, denominator, rate, whether it is final."""
    rows = desk.rows("completion", month_on=desk.period.month_on)
    month = desk.period.month
    body = []
    for metric, title, numerator, denominator in bases_of(rows):
        final = all(row["is_final"] for row in rows if f"completion_{row['basis']}" == metric)
        body.append(
            (
                title,
                desk.count("closed_count", numerator, month, title),
                desk.count("call_count", denominator, month, title),
                desk.rate(metric, numerator, denominator, month),
                "定数" if final else "未到口径截止日",
            )
        )
    return Table(
        "bases",
        "办结率的几种口径（各渠道合计）",
        (
            Column("口径", "", "text"),
            Column("分子", "件", "count"),
            Column("分母", "件", "count"),
            Column("比率", "%", "change"),
            Column("说明", "", "text"),
        ),
        tuple(body),
        say("分子、分母的定义见附表10。"),
    )
