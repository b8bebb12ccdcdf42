"""附表1–4: incidents by category and kind, tip-offs to rewards, completion, streets.

Zeros are printed; every rate stands with its numerator and denominator; streets in office
order, without rank. A change over a base under the office's minimum prints “—”.
"""

from riskpipe.consultation.chapters.completion import bases_of
from riskpipe.consultation.desk import Desk, Row, grouped, money_total, total
from riskpipe.consultation.issue import Cell, Column, Table, say
from riskpipe.vocabulary import CHANNELS, FOUR_CATEGORIES

WHOLE = "合计"


def by_kind(desk: Desk) -> Table:
    """附表1: categories and their kinds, month and year with bases, casualties of the month."""
    period = desk.period
    month = desk.rows("categories", subject="突发事件", month_on=period.month_on)
    casualties = desk.rows("incidentcounts", month_on=period.month_on, is_outside=False)
    body = [_kind_row(desk, WHOLE, month, casualties)]
    for category in FOUR_CATEGORIES:
        mine = [row for row in month if row["category"] == category]
        hurt = [row for row in casualties if row["category"] == category]
        body.append(_kind_row(desk, category.value, mine, hurt))
        for name, rows in grouped(sorted(mine, key=_kind_order), "subcategory").items():
            sub = [row for row in hurt if row["subcategory"] == name]
            if name != "未细分" or total(rows, "year_count"):
                body.append(_kind_row(desk, f"　{name}", rows, sub))
    return Table(
        "annex-1",
        "附表1　四类突发事件统计表",
        (
            Column("类别、种类", "", "text"),
            Column("本月", "起", "count"),
            Column("上月", "起", "count"),
            Column("环比", "%", "change"),
            Column("上年同月", "起", "count"),
            Column("同比", "%", "change"),
            Column("本年累计", "起", "count"),
            Column("上年同期累计", "起", "count"),
            Column("累计同比", "%", "change"),
            Column("死亡（含失踪）", "人", "count"),
            Column("重伤", "人", "count"),
            Column("轻伤", "人", "count"),
            Column("直接经济损失", "万元", "money"),
        ),
        tuple(body),
        say(
            f"伤亡和损失为本月数；区外事件不计；基数小于{desk.minimum_base}的不算百分比，以“—”表示。"
        ),
    )


def _kind_order(row: Row) -> int:
    return int(row["subcategory_order"])


def _kind_row(desk: Desk, name: str, rows: list[Row], hurt: list[Row]) -> tuple[Cell, ...]:
    period, scope = desk.period, name.strip("　")
    month, year = period.month, period.year
    now, so_far = total(rows, "count"), total(rows, "year_count")
    last = total(rows, "prior_month_count") if desk.has(period.prior_month_on) else None
    before = total(rows, "prior_year_count") if desk.has(period.prior_year_month_on) else None
    year_before = total(rows, "prior_year_year_count") if desk.has(period.prior_year_on) else None

    def base(value: int | None, basis: str) -> Cell:
        return "—" if value is None else desk.count("incident_count", value, basis, scope)

    return (
        name,
        desk.count("incident_count", now, month, scope),
        base(last, "上月"),
        desk.signed_change("mom", now, last, f"{month}比上月", scope),
        base(before, "上年同月"),
        desk.signed_change("yoy", now, before, f"{month}比上年同期", scope),
        desk.count("incident_count", so_far, year, scope),
        base(year_before, "上年同期累计"),
        desk.signed_change("yoy", so_far, year_before, f"{year}比上年同期", scope),
        desk.count("deaths", total(hurt, "deaths") + total(hurt, "missing"), month, scope),
        desk.count("serious_injuries", total(hurt, "serious_injuries"), month, scope),
        desk.count("minor_injuries", total(hurt, "minor_injuries"), month, scope),
        desk.money("direct_loss", money_total(hurt, "direct_loss_yuan"), month, scope),
    )


def by_outcome(desk: Desk) -> Table:
    """附表2: calls to rewards by channel, the month's and the year's batch."""
    period = desk.period
    month = grouped(desk.rows("funnel", month_on=period.month_on), "channel")
    year = grouped(desk.rows("funnel", month_on=period.year_months), "channel")
    seen = channels_of({*month, *year})
    body = [
        (
            name,
            *_outcome_cells(desk, name, _pooled(month, name), period.month),
            *_outcome_cells(desk, name, _pooled(year, name), period.year),
        )
        for name in (WHOLE, *seen)
    ]
    one = (
        Column("来件", "件", "count"),
        Column("举报", "件", "count"),
        Column("受理", "件", "count"),
        Column("核查", "件", "count"),
        Column("属实率", "%", "rate"),
        Column("已领取", "件", "count"),
        Column("已领取金额", "元", "money"),
    )
    return Table(
        "annex-2",
        "附表2　举报受理核查奖励统计表",
        (
            Column("渠道", "", "text"),
            *(Column(f"本月{column.title}", column.unit, column.kind) for column in one),
            *(Column(f"累计{column.title}", column.unit, column.kind) for column in one),
        ),
        tuple(body),
        say("同一批来件此后的结果；近月来件的核查、奖励尚在办理。属实率为属实件数除以核查件数。"),
    )


def channels_of(names: set[str]) -> list[str]:
    """Channels in the order of the form's code list, others after by name."""
    known = [channel for channel in CHANNELS if channel in names]
    return [*known, *sorted(names - set(known))]


def _pooled(groups: dict[str, list[Row]], name: str) -> list[Row]:
    return (
        [row for rows in groups.values() for row in rows] if name == WHOLE else groups.get(name, [])
    )


def _outcome_cells(desk: Desk, name: str, rows: list[Row], basis: str) -> tuple[Cell, ...]:
    return (
        desk.count("call_count", total(rows, "call_count"), basis, name),
        desk.count("tipoff_count", total(rows, "tipoff_count"), basis, name),
        desk.count("accepted_count", total(rows, "accepted_count"), basis, name),
        desk.count("verified_count", total(rows, "verified_count"), basis, name),
        desk.rate(
            "substantiated_rate",
            total(rows, "substantiated_count"),
            total(rows, "verified_count"),
            basis,
            name,
        ),
        desk.count("rewarded_count", total(rows, "rewarded_count"), basis, name),
        desk.money("paid_cohort", money_total(rows, "paid_yuan"), basis, name),
    )


def by_channel(desk: Desk) -> Table:
    """附表3: 办结率 of every channel in every basis, numerator over denominator under each."""
    period = desk.period
    rows = desk.rows("completion", month_on=period.month_on)
    groups = grouped(rows, "channel")
    order = bases_of(rows)
    body: list[tuple[Cell, ...]] = []
    for name in (WHOLE, *channels_of(set(groups))):
        mine = _pooled(groups, name)
        once = [row for row in mine if row["basis"] == "all"]
        found = {metric: (part, whole) for metric, _, part, whole in bases_of(mine)}
        body.append(
            (
                name,
                desk.count("call_count", total(once, "received_count"), period.month, name),
                desk.count("closed_count", total(once, "closed_count"), period.month, name),
                *(
                    desk.rate(metric, *found.get(metric, (0, 0)), period.month, name)
                    for metric, *_ in order
                ),
            )
        )
    return Table(
        "annex-3",
        "附表3　各渠道办理情况表",
        (
            Column("渠道", "", "text"),
            Column("来件", "件", "count"),
            Column("已办结", "件", "count"),
            *(Column(title, "%", "rate") for _, title, _, _ in order),
        ),
        tuple(body),
        say(
            "比率下方为分子/分母；合计为各渠道分子之和除以分母之和，不是比率的平均；"
            f"分母小于{desk.minimum_base}的不作计算。"
        ),
    )


def by_street(desk: Desk) -> Table:
    """附表4: treatment by street, the year's batch; n beside every rate."""
    period = desk.period
    groups = grouped(desk.rows("treatment", month_on=period.year_months), "street")
    month = grouped(desk.rows("treatment", month_on=period.month_on), "street")
    stock = grouped(desk.rows("ageing"), "street")
    streets = [street for street in desk.streets if street in groups or street in stock]
    body = [
        _street_row(desk, name, _pooled(groups, name), _pooled(month, name), _pooled(stock, name))
        for name in (WHOLE, *streets)
    ]
    return Table(
        "annex-4",
        "附表4　各街道（乡镇）隐患排查治理情况表",
        (
            Column("街道（乡镇）", "", "text"),
            Column("本月排查", "处", "count"),
            Column("累计排查", "处", "count"),
            Column("其中重大", "处", "count"),
            Column("整改率", "%", "rate"),
            Column("销号", "处", "count"),
            Column("复查合格率", "%", "rate"),
            Column("逾期率", "%", "rate"),
            Column("未销号", "处", "count"),
            Column("最长", "天", "days"),
        ),
        tuple(body),
        say(
            f"{period.months}累计排查的隐患截至{period.cut_off}的结果；未销号为存量，含举报归并的隐患。"
            "按街道编码次序排列，不排名；排查数少的街道，比率起伏大，请看分子、分母。"
        ),
    )


def _street_row(
    desk: Desk, name: str, year: list[Row], month: list[Row], stock: list[Row]
) -> tuple[Cell, ...]:
    period = desk.period
    cut_off = f"截至{period.cut_off}"
    found = total(year, "found_count")
    grave = total([row for row in year if row["grade"] == "重大"], "found_count")
    oldest = max(
        (row["oldest_days"] for row in stock if row["oldest_days"] is not None), default=None
    )

    def rate(metric: str, part: str, whole: str) -> Cell:
        return desk.rate(metric, total(year, part), total(year, whole), period.year, name)

    return (
        name,
        desk.count("found_count", total(month, "found_count"), period.month, name),
        desk.count("found_count", found, period.year, name),
        desk.count("found_count", grave, period.year, name, "重大"),
        rate("rectified_rate", "rectified_count", "found_count"),
        desk.count("signed_off_count", total(year, "signed_off_count"), period.year, name),
        rate("recheck_passed_rate", "recheck_passed_count", "rechecked_count"),
        rate("overdue_rate", "overdue_count", "found_count"),
        desk.count("unsettled_count", total(stock, "open_count"), cut_off, name),
        desk.days("oldest_days", oldest, cut_off, name),
    )
