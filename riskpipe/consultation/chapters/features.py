"""五、主要特点和存在问题: what stands out, by stated rules, never by a feeling.

The largest shares, rises that are more than chance and more than a little, and what is wrong
in handling and reporting. Groups under the minimum base are left out: rises of small counts
gave mostly false alarms. The rule's limits are data (metrics.toml, [limits]).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from riskpipe.consultation.desk import Desk, Row, grouped, largest, percent, total, totals_by
from riskpipe.consultation.issue import Chapter, Heading, Paragraph, Part, Sentence, say
from riskpipe.consultation.wording import compare, listed, share_of, year_on_year
from riskpipe.vocabulary import FOUR_CATEGORIES

ORDINALS = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是")
SUBJECT_METRICS = {
    "突发事件": "incident_count",
    "举报": "category_tipoff_count",
    "隐患": "category_hazard_count",
}


@dataclass(frozen=True)
class Rise:
    """A group whose count rose over last year's and last month's."""

    subject: str
    name: str
    now: int
    base: int
    score: float


def features(desk: Desk) -> Chapter:
    """主要特点 then 存在问题, each point with its numbers."""
    return Chapter(
        "features",
        "五、主要特点和存在问题",
        (
            Heading("（一）主要特点"),
            *numbered(_traits(desk), "本月各项指标没有达到列示标准的突出特点。"),
            Heading("（二）存在问题"),
            *numbered(problems(desk), "未发现达到列示标准的问题。"),
        ),
    )


def numbered(sentences: Iterable[Sentence], nothing: str) -> list[Paragraph]:
    """一是…… 二是……, or the sentence that there is nothing to list."""
    points = list(sentences)
    if not points:
        return [Paragraph("", (say(nothing),))]
    return [Paragraph(lead, (point,)) for lead, point in zip(ORDINALS, points, strict=False)]


def _traits(desk: Desk) -> list[Sentence]:
    traits = [*_main_kinds(desk), *_main_streets(desk)]
    for rise in rises(desk)[: int(desk.limits["features_listed"])]:
        metric = SUBJECT_METRICS[rise.subject]
        month = desk.period.month
        traits.append(
            say(
                f"{rise.name}类{rise.subject}上升较明显，本月",
                desk.count(metric, rise.now, month, rise.name),
                desk.metrics[metric].unit,
                "，",
                compare(desk, metric, rise.now, rise.base, year_on_year(month), rise.name),
                "。",
            )
        )
    return traits


def _main_kinds(desk: Desk) -> list[Sentence]:
    said = []
    for subject, verb in (("突发事件", "突发事件集中在"), ("举报", "群众举报反映较多的是")):
        rows = _kind_rows(desk, subject)
        whole = total(rows, "count")
        top = largest(totals_by(rows, "subcategory", "count"), 2)
        if whole < desk.minimum_base or not top:
            continue
        said.append(say(verb, _shared(desk, SUBJECT_METRICS[subject], top, whole), "。"))
    return said


def _shared(desk: Desk, metric: str, top: list[tuple[str, int]], whole: int) -> list[Part]:
    month, unit = desk.period.month, desk.metrics[metric].unit
    return listed(
        [
            [name, desk.count(metric, n, month, name), unit, "（",
             *share_of(desk, metric, (name, n), whole, month)[1:], "）"]
            for name, n in top
        ]
    )  # fmt: skip


def _main_streets(desk: Desk) -> list[Sentence]:
    rows = desk.rows("monthly", subject="举报", month_on=desk.period.month_on)
    rows = [row for row in rows if row["category"] in FOUR_CATEGORIES]
    whole = total(rows, "count")
    top = largest(totals_by(rows, "street", "count"), 3)
    if whole < desk.minimum_base or not top:
        return []
    return [
        say("从地域看，四类举报较多的是", _shared(desk, "category_tipoff_count", top, whole), "。")
    ]


def _kind_rows(desk: Desk, subject: str) -> list[Row]:
    rows = desk.rows("categories", subject=subject, month_on=desk.period.month_on)
    return [row for row in rows if row["category"] in FOUR_CATEGORIES
            and row["subcategory"] not in ("其他", "未细分")]  # fmt: skip


def rises(desk: Desk) -> list[Rise]:
    """Kinds that rose over both bases beyond chance, the clearest first.

    Chance is judged by (now − base) / √(now + base), the normal form of comparing two Poisson
    counts; the limit stands in metrics.toml.
    """
    found = []
    if not desk.has(desk.period.prior_year_month_on):
        return []
    for subject in SUBJECT_METRICS:
        for row in _kind_rows(desk, subject):
            now, base, last = row["count"], row["prior_year_count"], row["prior_month_count"]
            score = (now - base) / (now + base) ** 0.5 if now + base else 0.0
            if (
                min(base, last) >= desk.minimum_base
                and now > last
                and score >= desk.limits["rise_scores"]
                and percent(now - base, base) >= desk.limits["rise_percent"]
            ):
                found.append(Rise(subject, row["subcategory"], now, base, score))
    return sorted(found, key=lambda rise: (-rise.score, rise.subject, rise.name))


def problems(desk: Desk) -> list[Sentence]:
    """Points on overdue work, major hazards, re-inspection, dates, reports, contradictions."""
    made = (
        _late_streets(desk), _majors(desk), _heaped(desk), _unclassified(desk),
        _not_reported(desk), _contradictions(desk),
    )  # fmt: skip
    return [sentence for sentence in made if sentence]


def _late_streets(desk: Desk) -> Sentence | None:
    rows = desk.rows("treatment", month_on=desk.period.year_months)
    late, found = total(rows, "overdue_count"), total(rows, "found_count")
    if not late:
        return None
    year = desk.period.year
    parts: list[Part] = [
        "部分隐患逾期未整改，累计", desk.count("late_finding_count", late, year), "处"]  # fmt: skip
    if found >= desk.minimum_base:
        parts += ["，逾期率", desk.rate("overdue_rate", late, found, year), f"（{late}/{found}）"]
    named = [
        (street, group)
        for street, group in grouped(rows, "street").items()
        if total(group, "found_count") >= desk.limits["street_minimum"]
        and total(group, "overdue_count") * found > late * total(group, "found_count")
    ]
    top = largest({street: total(group, "overdue_count") for street, group in named}, 3)
    if top:
        told = listed([[s, desk.count("late_finding_count", n, year, s), "处"] for s, n in top])
        parts += ["；逾期率高于全区且处数较多的是", *told]
    return say(*parts, "。")


def _majors(desk: Desk) -> Sentence | None:
    rows = [row for row in desk.rows("majorlist") if row["is_open"]]
    cut_off = f"截至{desk.period.cut_off}"
    bare = sum(row["secured_count"] < 5 for row in rows)
    late = sum(bool(row["is_overdue"]) for row in rows)
    if not bare and not late:
        return None
    return say(
        "在册重大事故隐患中，五落实未齐全的",
        desk.count("major_open_count", bare, cut_off, "五落实未齐全"),
        "处、逾期未整改的",
        desk.count("major_overdue_count", late, cut_off),
        "处。",
    )


def _heaped(desk: Desk) -> Sentence | None:
    rows = desk.rows("treatment", month_on=desk.period.year_months)
    heaped, done = total(rows, "heaped_count"), total(rows, "rectified_count")
    if done < desk.limits["street_minimum"] or heaped * 2 <= done:
        return None
    rate = desk.rate("heaped_rate", heaped, done, desk.period.year)
    return say("整改完成日期恰为整改期限的占", rate, f"（{heaped}/{done}），日期真实性需要核实。")


def _unclassified(desk: Desk) -> Sentence | None:
    rows = desk.rows("categories", subject="举报", month_on=desk.period.month_on)
    unclear = total([row for row in rows if row["category"] == "未分类"], "count")
    whole = total(rows, "count")
    if whole < desk.minimum_base or unclear * 10 < whole:
        return None
    month = desk.period.month
    return say(
        "举报内容填写不清，未能归类的",
        desk.count("category_tipoff_count", unclear, month, "未分类"),
        "件",
        share_of(desk, "category_tipoff_count", ("未分类", unclear), whole, month),
        "。",
    )


def _not_reported(desk: Desk) -> Sentence | None:
    rows = desk.rows("coverage", month_on=desk.period.month_on)
    states = totals_by([{**row, "one": 1} for row in rows], "status", "one")
    missing, late = states.get("未报", 0), states.get("迟报", 0)
    if not missing and not late:
        return None
    month = desk.period.month
    units = sorted({row["unit"] for row in rows if row["status"] == "未报"})
    named = f"，未报单位：{'、'.join(units)}" if 0 < len(units) <= 8 else ""
    return say(
        "报送不够及时，本月未报",
        desk.count("coverage_count", missing, month, "未报"),
        "份、迟报",
        desk.count("coverage_count", late, month, "迟报"),
        f"份{named}。",
    )


def _contradictions(desk: Desk) -> Sentence | None:
    rows = desk.rows("violationcounts")
    if not total(rows, "violation_count"):
        return None
    cut_off = f"截至{desk.period.cut_off}"
    top = largest(totals_by(rows, "rule_title", "violation_count"), 3)
    told = listed(
        [[name, desk.count("violation_count", n, cut_off, name), "条"] for name, n in top]
    )
    return say(
        "登记内容前后矛盾或不合规程的",
        desk.count("violation_count", total(rows, "violation_count"), cut_off),
        "条，较多的是", told, "。",
    )  # fmt: skip
