"""附表5–10: major hazards, overdue work, supervised matters, who reported, revisions, 口径.

Long lists print their head and say how many there are; the whole stands in the published
file. No name of a person and no text of a tip-off is printed.
"""

from collections.abc import Sequence
from datetime import date

from riskpipe.consultation.chapters.notes import unit_order
from riskpipe.consultation.desk import Desk, Row, grouped
from riskpipe.consultation.issue import Cell, Column, Sentence, Table, say
from riskpipe.tables.marts import COVERAGE_STATES

FIVE = (
    ("措施", "has_measures"),
    ("资金", "has_funds"),
    ("责任", "has_person"),
    ("时限", "has_due"),
    ("预案", "has_plan"),
)
"""五落实 in the order they are recited."""


def majors(desk: Desk) -> Table:
    """附表5: major hazards still on the list, in street order."""
    rows = sorted(
        (row for row in desk.rows("majorlist") if row["is_open"]),
        key=lambda row: (unit_order(desk, row["street"]), row["finding_no"]),
    )
    cut_off = f"截至{desk.period.cut_off}"
    body = [
        (
            row["finding_no"],
            written(row["unit_name"]),
            row["street"],
            written(row["hazard_name"]),
            written(row["standard"]),
            day(row["due_on"]),
            written(row["supervision"]),
            missing_of(row),
            row["state"],
            desk.days("open_days", row["open_days"], cut_off, row["finding_no"]),
            "逾期" if row["is_overdue"] else "",
        )
        for row in head(desk, rows)
    ]
    return Table(
        "annex-5",
        "附表5　重大事故隐患清单",
        (
            Column("隐患编号", "", "text"),
            Column("单位名称", "", "text"),
            Column("街道（乡镇）", "", "text"),
            Column("隐患名称", "", "long"),
            Column("判定标准及条款", "", "long"),
            Column("整改时限", "", "text"),
            Column("挂牌督办", "", "text"),
            Column("五落实所缺", "", "text"),
            Column("整改状态", "", "text"),
            Column("在册", "天", "days"),
            Column("是否逾期", "", "text"),
        ),
        tuple(body),
        _how_many(desk, rows, "在册重大事故隐患", "major_open_count", "majorlist"),
    )


def missing_of(row: Row) -> str:
    """Which of the five are not filled in, `资金、预案`; 齐全 when none."""
    return "、".join(name for name, column in FIVE if not row[column]) or "齐全"


def overdue(desk: Desk) -> Table:
    """附表6: overdue clocks, the longest first."""
    rows = sorted(desk.rows("overdue"), key=lambda row: (-row["overdue_days"], row["clock_id"]))
    cut_off = f"截至{desk.period.cut_off}"
    body = [
        (
            row["subject_kind"],
            row["subject_no"],
            row["clock"],
            row["street"],
            written(row["unit"]),
            written(row["unit_name"]),
            written(row["grade"]),
            day(row["due_on"]),
            desk.days("overdue_days", row["overdue_days"], cut_off, row["clock_id"]),
            "暂定" if row["is_provisional"] else "",
        )
        for row in head(desk, rows)
    ]
    return Table(
        "annex-6",
        "附表6　逾期未整改（未办结）清单",
        (
            Column("业务类型", "", "text"),
            Column("编号", "", "text"),
            Column("期限", "", "text"),
            Column("街道（乡镇）", "", "text"),
            Column("承办（责任）单位", "", "text"),
            Column("被检查（举报）单位", "", "text"),
            Column("隐患等级", "", "text"),
            Column("到期日", "", "text"),
            Column("逾期", "天", "days"),
            Column("备注", "", "text"),
        ),
        tuple(body),
        _how_many(desk, rows, "逾期未办结", "overdue_item_count", "overdue"),
    )


def matters(desk: Desk) -> Table:
    """附表7: matters not finished, and those assigned in the month."""
    rows = [
        row
        for row in desk.rows("matterlist")
        if row["is_open"] or row["month_on"] == desk.period.month_on
    ]
    rows.sort(key=lambda row: (not row["is_overdue"], row["due_on"] or date.max, row["matter_no"]))
    body = [
        (
            row["matter_no"],
            written(row["matter_source"]),
            written(row["matter"]),
            written(row["responsible_unit"]),
            day(row["assigned_on"]),
            day(row["due_on"]),
            day(row["answered_on"]),
            written(row["state"]),
            "逾期" if row["is_overdue"] else "",
        )
        for row in head(desk, rows)
    ]
    return Table(
        "annex-7",
        "附表7　督办事项清单",
        (
            Column("督办编号", "", "text"),
            Column("事项来源", "", "text"),
            Column("督办事项", "", "long"),
            Column("责任单位", "", "text"),
            Column("交办日期", "", "text"),
            Column("完成时限", "", "text"),
            Column("反馈日期", "", "text"),
            Column("状态", "", "text"),
            Column("是否逾期", "", "text"),
        ),
        tuple(body),
        _how_many(desk, rows, "未办结和本月交办的督办事项", "matter_count", "matterlist"),
    )


def coverage(desk: Desk) -> Table:
    """附表8: 应报、已报、零报告、迟报、未报 by unit."""
    month = desk.period.month
    groups = grouped(desk.rows("coverage", month_on=desk.period.month_on), "unit")
    every = [row for rows in groups.values() for row in rows]
    order = sorted(groups, key=lambda unit: unit_order(desk, unit))
    body = [
        _coverage_row(desk, unit, every if unit == "合计" else groups[unit], month)
        for unit in (["合计", *order] if every else [])
    ]
    return Table(
        "annex-8",
        "附表8　各单位报送情况表（应报、已报、零报告、迟报、未报）",
        (
            Column("报送单位", "", "text"),
            Column("应报", "份", "count"),
            *(Column(state, "份", "count") for state in COVERAGE_STATES),
        ),
        tuple(body),
        say(
            "零报告是明确报告本月无数据，与未报不同；应报等于已报、零报告、迟报、未报、未到期之和。"
        )
        if every
        else say("没有登记应报表。"),
    )


def _coverage_row(desk: Desk, unit: str, rows: list[Row], month: str) -> tuple[Cell, ...]:
    counts = {state: sum(row["status"] == state for row in rows) for state in COVERAGE_STATES}
    return (
        unit,
        desk.count("owed_count", len(rows), month, unit),
        *(desk.count("coverage_count", n, month, unit, state) for state, n in counts.items()),
    )


def revisions(desk: Desk) -> Table:  # noqa: ARG001 - annexes have one shape
    """附表9: figures of signed issues that changed since; none before the first signing."""
    return Table(
        "annex-9",
        "附表9　数据修订说明",
        (
            Column("期号", "", "text"),
            Column("指标", "", "text"),
            Column("原数", "", "count"),
            Column("现数", "", "count"),
            Column("原因", "", "long"),
        ),
        (),
        say("本期无修订记录：没有已签发的期次可供比对。"),
    )


def definitions(desk: Desk) -> Table:
    """附表10: every metric the issue prints is put in here when the issue is put together."""
    return Table(
        "annex-10",
        "附表10　指标口径",
        (
            Column("指标", "", "text"),
            Column("单位", "", "text"),
            Column("分子（统计内容）", "", "long"),
            Column("分母", "", "long"),
            Column("归期", "", "long"),
            Column("来源", "", "text"),
        ),
        tuple(
            (m.title, m.unit, m.numerator + (f"。{m.note}" if m.note else ""), m.denominator, m.basis, m.source)
            for m in desk.metrics.values()
        ),
        say("列示“上升较明显”的规则：本月数、上月数、上年同月数都不小于最小基数，且（本月数－上年同月数）"
            f"除以（两数之和的平方根）不小于{desk.limits['rise_scores']}、"
            f"升幅不小于{desk.limits['rise_percent']}%。"),
    )  # fmt: skip


def head(desk: Desk, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows a list prints."""
    return rows[: int(desk.limits["list_rows"])]


def _how_many(desk: Desk, rows: Sequence[Row], name: str, metric: str, mart: str) -> Sentence:
    if not rows:
        return say(f"无{name}。")
    cut_off = f"截至{desk.period.cut_off}"
    shown, unit = len(head(desk, rows)), desk.metrics[metric].unit
    rest = f"，此处列前{shown}{unit}，其余见数据仓 marts.{mart}" if shown < len(rows) else ""
    return say(
        f"{cut_off}，{name}共", desk.count(metric, len(rows), cut_off, name), f"{unit}{rest}。"
    )


def written(text: str | None) -> str:
    """A text cell; what is not filled in prints “—”, not an empty box."""
    return text or "—"


def day(value: date | None) -> str:
    """`2026-10-31`, or “—”."""
    return "—" if value is None else value.isoformat()
