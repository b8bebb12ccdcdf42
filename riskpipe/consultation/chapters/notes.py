"""十、数据说明: period, cut-off, who reported, definitions, revisions, what intake made of it."""

from collections.abc import Iterator
from datetime import date

from riskpipe.consultation.desk import Desk, Row, grouped, total, totals_by
from riskpipe.consultation.issue import (
    Chapter,
    Column,
    Paragraph,
    Part,
    Sentence,
    Table,
    say,
    words,
)
from riskpipe.consultation.wording import listed, rate_with_counts
from riskpipe.tables.marts import COVERAGE_STATES

TOTAL_MISMATCH = "total_mismatch"
REPORTED = ("已报", "零报告", "迟报")


def notes(desk: Desk, edition: str) -> Chapter:
    """Six short notes and the table of who reported what."""
    period = desk.period
    return Chapter(
        "notes",
        "十、数据说明",
        (
            Paragraph("统计期间。", (say(f"本月为{period.span}；累计为{period.year_span}。"),)),
            Paragraph(
                "数据截至。",
                (say(f"数据截至{period.cut_off}，以此前收到的报送为准，此后收到的计入以后各期。"),),
            ),
            Paragraph("报送情况。", (_coverage(desk),)),
            coverage_matrix(desk),
            Paragraph(
                "口径。",
                (
                    say(f"口径版本{edition}，各指标定义见附表10。"),
                    say("突发事件、举报、隐患是三种不同的统计对象，不相加。"),
                    say(f"基数小于{desk.minimum_base}的只写起（件、处）数，不算百分比。"),
                    *_unequal_months(desk),
                ),
            ),
            Paragraph(
                "修订。",
                (say("伤亡人数、核查结果等在截至日之后仍可能变化，已签发各期不改，修订情况见附表9。"),),
            ),
            Paragraph("填报数与明细数。", (_side_by_side(desk),)),
            Paragraph("数据质量。", (_quality(desk),)),
        ),
    )  # fmt: skip


def _coverage(desk: Desk) -> Sentence:
    rows = desk.rows("coverage", month_on=desk.period.month_on)
    if not rows:
        return say("没有登记应报表，无法判断是否报齐。")
    month = desk.period.month
    counts = {state: sum(row["status"] == state for row in rows) for state in COVERAGE_STATES}
    due = len(rows) - counts["未到期"]
    rate = desk.rate("coverage_rate", sum(counts[state] for state in REPORTED), due, month)
    told = listed(
        [
            [state, desk.count("coverage_count", n, month, state), "份"]
            for state, n in counts.items()
        ]
    )
    return say(
        "本月应报",
        desk.count("owed_count", len(rows), month),
        "份：",
        told,
        "；报送率",
        rate_with_counts(rate),
        "。",
    )


def coverage_matrix(desk: Desk) -> Table:
    """Unit by report kind, each cell the state of that report."""
    rows = desk.rows("coverage", month_on=desk.period.month_on)
    kinds = sorted({row["owed_kind"] for row in rows})
    body = []
    for unit, group in sorted(
        grouped(rows, "unit").items(), key=lambda item: unit_order(desk, item[0])
    ):
        by_kind = {row["owed_kind"]: row["status"] for row in group}
        body.append((unit, *(by_kind.get(kind, "不需报") for kind in kinds)))
    columns = (Column("报送单位", "", "text"), *(Column(kind, "", "state") for kind in kinds))
    return Table(
        "coverage-matrix",
        "本月各单位、各报表报送情况",
        columns,
        tuple(body),
        say("●已报　○零报告　△迟报　✕未报　…未到期　空白为不需报；份数合计见附表8。"),
    )


def _unequal_months(desk: Desk) -> list[Sentence]:
    """Where the two months compared are not alike: a leap day, the Spring Festival."""
    rows = desk.rows("periods", month_on=desk.period.month_on)
    days = [(row["day_count"], row["prior_year_day_count"]) for row in rows]
    said = [
        say(f"本月{now}天，上年同月{before}天，同比未按日均折算。")
        for now, before in days
        if now != before and before
    ]
    if desk.period.month_on.month <= 2:
        said.append(say("春节可能在1月或2月，1月、2月的同比宜合并来看。"))
    return said


def _side_by_side(desk: Desk) -> Sentence:
    """Indicators that are both stated and counted, with their difference; never added."""
    rows = [
        row
        for row in desk.rows("indicators", month_on=desk.period.month_on, breakdown="合计")
        if row["counted_month"] is not None and row["stated_month"] is not None
    ]
    if not rows:
        return say("本月没有既填报又可由明细计数的指标。")
    told = [_one_beside_other(desk, row) for row in sorted(rows, key=lambda row: row["indicator"])]
    return say("两者并列，不相加：", listed(told, "；"), "。")


def _one_beside_other(desk: Desk, row: Row) -> list[Part]:
    month, name = desk.period.month, row["indicator"]
    stated, counted = round(row["stated_month"]), row["counted_month"]
    verdict = "一致" if stated == counted else "不一致，请填报单位核对"
    return words(
        f"{name}填报", desk.count("stated_indicator", stated, month, name),
        "，明细", desk.count("counted_indicator", counted, month, name), f"，{verdict}",
    )  # fmt: skip


def unit_order(desk: Desk, unit: str) -> tuple[int, str]:
    """Streets in office order, other units before them by name."""
    return (desk.streets.index(unit) + 1 if unit in desk.streets else 0, unit)


def _quality(desk: Desk) -> Sentence:
    received_on = desk.period.next_month_on
    rows = desk.rows("quality", month_on=received_on)
    when = f"次月（{desk.period.next_month_on.month}月）"
    basis = f"{desk.period.next_month_on.year}年{desk.period.next_month_on.month}月报送"
    if not rows:
        received_on = desk.period.month_on
        rows = desk.rows("quality", month_on=received_on)
        when, basis = "本月", f"{desk.period.month}报送"
    if not rows:
        return say("没有报送记录。")
    accepted, rejected = total(rows, "accepted_count"), total(rows, "rejected_count")
    rate = desk.rate("accepted_row_rate", accepted, accepted + rejected, basis)
    reasons = totals_by([row for row in rows if row["top_rule"]], "top_rule", "top_rule_count")
    worst = max(reasons, key=lambda rule: (reasons[rule], rule), default="")
    told = listed(
        [
            ["共", desk.count("row_count", total(rows, "seen_count"), basis), "行"],
            ["接收", desk.count("row_count", accepted, basis, "接收"), "行"],
            ["退回", desk.count("row_count", rejected, basis, "退回"), "行"],
            ["略去", desk.count("row_count", total(rows, "ignored_count"), basis, "略去"),
             "行（标题、合计、说明、空行）"],
        ],
        "，",
    )  # fmt: skip
    return say(
        f"{when}收到的报送", told, "；数据接收率", rate_with_counts(rate),
        f"；退回和置空最多的原因是“{desk.reasons.get(worst, worst)}”" if worst else "",
        *_wrong_totals(desk, received_on, basis), "。",
    )  # fmt: skip


def _wrong_totals(desk: Desk, received_on: date, basis: str) -> Iterator[Part]:
    """A clause on totals that their own rows do not give; nothing where all add up."""
    rows = desk.rows("flaws", month_on=received_on)
    count = total([row for row in rows if row["rule"] == TOTAL_MISMATCH], "line_count")
    if count:
        yield from ("；合计与明细不符", desk.count("total_mismatch_count", count, basis), "处")
