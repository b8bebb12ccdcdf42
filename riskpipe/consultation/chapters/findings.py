"""四、隐患排查治理情况: what was found, what was put right, what is still open and since when.

整改完成 is the unit's claim and 销号 needs a passed 复查, so the two are never one number.
Streets stand in office order with their n; none is ranked.
"""

from riskpipe.consultation.charts import Plan, counted_chart
from riskpipe.consultation.counting import of_month, told_month
from riskpipe.consultation.desk import Desk, Row, grouped, largest, total, totals_by
from riskpipe.consultation.issue import (
    Chapter,
    Chart,
    Heading,
    Number,
    Paragraph,
    Sentence,
    paragraph,
    say,
    words,
)
from riskpipe.consultation.wording import listed, rate_with_counts
from riskpipe.vocabulary import FOUR_CATEGORIES, Category


def findings(desk: Desk) -> Chapter:
    """（一）总体 （二）重大事故隐患 （三）逾期未整改."""
    return Chapter(
        "findings",
        "四、隐患排查治理情况",
        (
            Heading("（一）总体"),
            _found(desk),
            _stock(desk),
            streets_chart(desk),
            _heat(desk),
            Heading("（二）重大事故隐患"),
            _majors(desk),
            Heading("（三）逾期未整改"),
            _overdue(desk),
            ageing_chart(desk),
        ),
    )


def _found(desk: Desk) -> Paragraph:
    found = of_month(desk, "treatment", "found_count")
    period = desk.period
    rows = desk.rows("treatment", month_on=period.year_months)
    rate = _rate(desk, "rectified_rate", "rectified_count", "found_count", rows)
    passed = _rate(desk, "recheck_passed_rate", "recheck_passed_count", "rechecked_count", rows)
    year = period.year
    return paragraph(
        say("本月排查隐患", told_month(desk, "found_count", found), "。"),
        say(
            f"{period.months}累计排查",
            desk.count("found_count", total(rows, "found_count"), year),
            "处，整改完成",
            desk.count("rectified_count", total(rows, "rectified_count"), year),
            "处，整改率",
            rate_with_counts(rate),
            "；复查合格并销号",
            desk.count("signed_off_count", total(rows, "signed_off_count"), year),
            "处，复查合格率",
            rate_with_counts(passed),
            "；正在整改",
            desk.count("open_finding_count", total(rows, "open_count"), year),
            "处，其中逾期未整改",
            desk.count("late_finding_count", total(rows, "overdue_count"), year),
            "处。",
        ),
    )


def _rate(desk: Desk, metric: str, part: str, whole: str, rows: list[Row]) -> Number:
    return desk.rate(metric, total(rows, part), total(rows, whole), desk.period.year)


def _stock(desk: Desk) -> Paragraph:
    rows = desk.rows("stocks", month_on=desk.period.month_on)
    month = desk.period.month
    told = [
        words(word, desk.count(metric, total(rows, column), month), "处")
        for metric, word, column in (
            ("stock_opening", "期初未整改", "opening_count"),
            ("stock_found", "本月新增", "found_count"),
            ("stock_rectified", "本月整改完成", "rectified_count"),
            ("stock_closing", "期末未整改", "closing_count"),
        )
    ]
    signed = desk.count("stock_signed_off", total(rows, "signed_off_count"), month)
    return paragraph(say("从存量看，", listed(told, "，"), "；本月复查合格销号", signed, "处。"))


def streets_chart(desk: Desk) -> Chart:
    """Found hazards by street in office order, split by where they stand; n in the label."""
    period = desk.period
    rows = desk.rows("treatment", month_on=period.year_months)
    by_street = grouped(rows, "street")
    runs: list[tuple[str, str, dict[str, int | None]]] = [
        ("rectified_count", "整改完成", {}),
        ("open_finding_count", "正在整改（未逾期）", {}),
        ("late_finding_count", "逾期未整改", {}),
    ]
    labels = []
    for street in (s for s in desk.streets if s in by_street):
        group = by_street[street]
        label = f"{street}（{total(group, 'found_count')}）"
        labels.append(label)
        late = total(group, "overdue_count")
        runs[0][2][label] = total(group, "rectified_count")
        runs[1][2][label] = total(group, "open_count") - late
        runs[2][2][label] = late
    return counted_chart(
        desk,
        Plan(
            "streets",
            "street-bars",
            f"各街道（乡镇）隐患排查治理（{period.months}累计，括号内为排查数）",
            "街道（乡镇）",
            period.year,
        ),
        labels,
        runs,
        _streets_finding(desk, by_street),
    )


def _streets_finding(desk: Desk, by_street: dict[str, list[Row]]) -> Sentence:
    late = {street: total(group, "overdue_count") for street, group in by_street.items()}
    top = largest(late, 3)
    if not top:
        return say("各街道（乡镇）均无逾期未整改隐患。")
    told = listed(
        [
            [street, desk.count("late_finding_count", n, desk.period.year, street), "处（排查",
             desk.count("found_count", total(by_street[street], "found_count"),
                        desk.period.year, street), "处）"]
            for street, n in top
        ]
    )  # fmt: skip
    return say("逾期未整改较多的是", told, "；街道按编码次序排列，不排名。")


def _heat(desk: Desk) -> Chart:
    """Category by street, hazards of the year so far."""
    period = desk.period
    rows = desk.rows("treatment", month_on=period.year_months)
    streets = [s for s in desk.streets if s in {row["street"] for row in rows}]
    categories = [*FOUR_CATEGORIES, Category.UNCLASSIFIED]
    runs = []
    for category in categories:
        counts = totals_by([r for r in rows if r["category"] == category], "street", "found_count")
        if counts or category in FOUR_CATEGORIES:
            runs.append(("found_count", category.value, {s: counts.get(s, 0) for s in streets}))
    cells = {(name, street): n for _, name, by in runs for street, n in by.items()}
    return counted_chart(
        desk,
        Plan(
            "category-street",
            "heat",
            f"类别×街道（乡镇）隐患数（{period.months}累计）",
            "街道（乡镇）",
            period.year,
        ),
        streets,
        runs,
        _heat_finding(desk, cells),
    )


def _heat_finding(desk: Desk, cells: dict[tuple[str, str], int]) -> Sentence:
    top = largest({f"{street}的{name}类": n for (name, street), n in cells.items()}, 2)
    if not top:
        return say(f"{desk.period.months}各街道（乡镇）均未报隐患。")
    told = listed(
        [[name, desk.count("found_count", n, desk.period.year, name), "处"] for name, n in top]
    )
    return say("隐患较集中的是", told, "；隐患数多少与排查力度有关，不直接等同风险高低。")


def _majors(desk: Desk) -> Paragraph:
    period = desk.period
    rows = desk.rows("majorlist")
    on_list = [row for row in rows if row["is_open"]]
    new = [
        row
        for row in rows
        if row["found_on"] and period.starts_on <= row["found_on"] <= period.ends_on
    ]
    if not rows:
        return paragraph(say("本月未发现重大事故隐患，无在册重大事故隐患。"))
    cut_off = f"截至{period.cut_off}"
    return paragraph(
        say(
            "本月新发现重大事故隐患",
            desk.count("major_found_count", len(new), period.month),
            "处",
            "；",
            f"{cut_off}，在册",
            desk.count("major_open_count", len(on_list), cut_off),
            "处，其中挂牌督办",
            desk.count("major_listed_count", sum(_is_listed(row) for row in on_list), cut_off),
            "处、五落实（措施、资金、责任、时限、预案）齐全",
            desk.count(
                "major_secured_count", sum(row["secured_count"] == 5 for row in on_list), cut_off
            ),
            "处、逾期未整改",
            desk.count(
                "major_overdue_count", sum(bool(row["is_overdue"]) for row in on_list), cut_off
            ),
            "处。",
        ),
        say("清单见附表5。"),
    )


def _is_listed(row: Row) -> bool:
    return bool(row["supervision"]) and row["supervision"] != "未挂牌"


def _overdue(desk: Desk) -> Paragraph:
    cut_off = f"截至{desk.period.cut_off}"
    rows = desk.rows("ageing")
    unsettled, late = total(rows, "open_count"), total(rows, "overdue_count")
    if not unsettled:
        return paragraph(say(f"{cut_off}，无未销号隐患。"))
    oldest = max((row["oldest_days"] or 0 for row in rows), default=0)
    clocks = desk.rows("overdue")
    kinds = largest({name: len(group) for name, group in grouped(clocks, "clock").items()}, 4)
    told = listed(
        [[name, desk.count("overdue_item_count", n, cut_off, name), "项"] for name, n in kinds]
    )
    return paragraph(
        say(
            f"{cut_off}，未销号隐患",
            desk.count("unsettled_count", unsettled, cut_off),
            "处，其中超过整改期限的",
            desk.count("unsettled_overdue_count", late, cut_off),
            "处；最长的一处已",
            desk.days("oldest_days", oldest, cut_off),
            "天。",
        ),
        say("各类逾期未办结事项：", told, "，清单见附表6。")
        if kinds
        else say("无逾期未办结事项。"),
    )


def ageing_chart(desk: Desk) -> Chart:
    """Open hazards by age band, those past their deadline apart."""
    cut_off = f"截至{desk.period.cut_off}"
    rows = sorted(desk.rows("ageing"), key=lambda row: row["band_order"])
    bands = list(grouped(rows, "band"))
    unsettled = totals_by(rows, "band", "open_count")
    late = totals_by(rows, "band", "overdue_count")
    within: dict[str, int | None] = {band: unsettled[band] - late[band] for band in bands}
    return counted_chart(
        desk,
        Plan("ageing", "stacked", "未销号隐患账龄", "首次发现至今", cut_off),
        bands,
        [
            ("unsettled_count", "未过期限（含未定期限）", within),
            ("unsettled_overdue_count", "已过期限", {band: late[band] for band in bands}),
        ],
        _ageing_finding(desk, rows, cut_off),
    )


def _ageing_finding(desk: Desk, rows: list[Row], cut_off: str) -> Sentence:
    unsettled = total(rows, "open_count")
    if not unsettled:
        return say("没有未销号隐患。")
    last = max((row["band_order"] for row in rows), default=0)
    oldest = [row for row in rows if row["band_order"] >= last - 1]
    names = "、".join(dict.fromkeys(row["band"] for row in oldest))
    n = total(oldest, "open_count")
    share = desk.rate("share", n, unsettled, cut_off, "未销号隐患数", names)
    shared = words("，占", share) if unsettled >= desk.minimum_base else []
    counted = desk.count("unsettled_count", n, cut_off, names)
    return say(f"{names}的未销号隐患", counted, "处", shared, "。")
