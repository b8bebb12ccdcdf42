"""领导摘要: five figures and three sentences, what a director reads standing up."""

from riskpipe.consultation.chapters.features import rises
from riskpipe.consultation.counting import Counted, of_month, of_year
from riskpipe.consultation.desk import Desk, largest, total, totals_by
from riskpipe.consultation.issue import Highlight, Sentence, Summary, say
from riskpipe.consultation.wording import compare, listed, year_on_year
from riskpipe.vocabulary import FOUR_CATEGORIES


def summary(desk: Desk) -> Summary:
    """Counts of what happened, what was told, what was found, what is grave, what is late."""
    return Summary(_highlights(desk), (_happened(desk), _problem(desk), _ahead(desk)))


def _highlights(desk: Desk) -> tuple[Highlight, ...]:
    period = desk.period
    cut_off = f"截至{period.cut_off}"
    ageing = desk.rows("ageing")
    late, unsettled = total(ageing, "overdue_count"), total(ageing, "open_count")
    majors = [row for row in desk.rows("majorlist") if row["is_open"]]
    late_majors = sum(bool(row["is_overdue"]) for row in majors)
    return (
        _counted(desk, "突发事件", "incident_count",
                 of_month(desk, "categories", "count", subject="突发事件")),
        _counted(desk, "各渠道来件", "call_count", of_month(desk, "funnel", "call_count")),
        _counted(desk, "排查隐患", "found_count", of_month(desk, "treatment", "found_count")),
        Highlight(
            "在册重大事故隐患",
            desk.count("major_open_count", len(majors), cut_off),
            say("其中逾期", desk.count("major_overdue_count", late_majors, cut_off), "处"),
        ),
        Highlight(
            "逾期未销号隐患",
            desk.count("unsettled_overdue_count", late, cut_off),
            say("未销号共", desk.count("unsettled_count", unsettled, cut_off), "处"),
        ),
    )  # fmt: skip


def _counted(desk: Desk, label: str, metric: str, counted: Counted) -> Highlight:
    basis = desk.period.month
    against = compare(desk, metric, counted.now, counted.year_before, year_on_year(basis))
    return Highlight(label, desk.count(metric, counted.now, basis), say(against))


def _happened(desk: Desk) -> Sentence:
    period = desk.period
    year = of_year(desk, "categories", "count", subject="突发事件")
    rows = desk.rows("incidentcounts", month_on=period.month_on, is_outside=False)
    dead = total(rows, "deaths") + total(rows, "missing")
    month = of_month(desk, "categories", "count", subject="突发事件").now
    happened = ["本月发生突发事件", desk.count("incident_count", month, period.month), "起"]
    return say(
        *(happened if month else ["本月未发生突发事件"]),
        "，死亡（含失踪）", desk.count("deaths", dead, period.month), "人；",
        f"{period.months}累计", desk.count("incident_count", year.now, period.year), "起，",
        compare(desk, "incident_count", year.now, year.year_before,
                year_on_year(period.year)), "。",
    )  # fmt: skip


def _problem(desk: Desk) -> Sentence:
    cut_off = f"截至{desk.period.cut_off}"
    late = totals_by(desk.rows("ageing"), "street", "overdue_count")
    top = largest(late, 3)
    if not top:
        return say(f"{cut_off}，没有超过整改期限的未销号隐患。")
    told = listed(
        [[street, desk.count("unsettled_overdue_count", n, cut_off, street), "处"]
         for street, n in top]
    )  # fmt: skip
    return say(
        "最需要督促的是逾期整改：超过整改期限而未销号的隐患",
        desk.count("unsettled_overdue_count", sum(late.values()), cut_off),
        "处，较多的是", told, "。",
    )  # fmt: skip


def _ahead(desk: Desk) -> Sentence:
    following = desk.period.next_month_on
    rising = "、".join(dict.fromkeys(f"{rise.name}类{rise.subject}" for rise in rises(desk)[:2]))
    watch = desk.outlook["months"][str(following.month)]["watch"][:2]
    start = f"{rising}上升较明显，" if rising else _most_told(desk)
    return say(f"{start}{following.month}月请重点关注{'、'.join(watch)}。")


def _most_told(desk: Desk) -> str:
    rows = [
        row
        for row in desk.rows("categories", subject="举报", month_on=desk.period.month_on)
        if row["category"] in FOUR_CATEGORIES and row["subcategory"] not in ("其他", "未细分")
    ]
    top = largest(totals_by(rows, "subcategory", "count"), 2)
    return f"群众举报较多的是{'、'.join(name for name, _ in top)}；" if top else ""
