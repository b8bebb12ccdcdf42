"""九、督办事项及上期议定事项落实情况: what was assigned, answered, closed, overdue."""

from riskpipe.consultation.desk import Desk, Row
from riskpipe.consultation.issue import Chapter, Paragraph, say


def matters(desk: Desk) -> Chapter:
    """Two paragraphs: all supervised matters, then those agreed at consultations."""
    rows = desk.rows("matterlist")
    agreed = [row for row in rows if row["matter_source"] == "会商议定"]
    return Chapter(
        "matters",
        "九、督办事项及上期议定事项落实情况",
        (
            _told(desk, "督办事项。", "督办事项", rows),
            _told(desk, "会商议定事项。", "会商议定事项", agreed),
        ),
    )


def _told(desk: Desk, lead: str, name: str, rows: list[Row]) -> Paragraph:
    period = desk.period
    cut_off = f"截至{period.cut_off}"
    if not rows:
        return Paragraph(lead, (say(f"{cut_off}，没有登记的{name}。"),))
    new = [row for row in rows if row["month_on"] == period.month_on]
    unfinished = [row for row in rows if row["is_open"]]
    late = [row for row in rows if row["is_overdue"]]
    units = sorted({row["responsible_unit"] for row in late if row["responsible_unit"]})
    ending = f"，责任单位：{'、'.join(units)}" if 0 < len(units) <= 8 else ""
    return Paragraph(
        lead,
        (
            say(
                f"本月新交办{name}",
                desk.count("matter_count", len(new), period.month, name),
                "项；",
                f"{cut_off}，共登记",
                desk.count("matter_count", len(rows), cut_off, name),
                "项，已办结",
                desk.count("matter_count", len(rows) - len(unfinished), cut_off, name, "已办结"),
                "项，未办结",
                desk.count("matter_count", len(unfinished), cut_off, name, "未办结"),
                "项，其中逾期",
                desk.count("matter_count", len(late), cut_off, name, "逾期"),
                f"项{ending}。",
            ),
            say("未办结事项列入下期继续跟踪，清单见附表7。"),
        ),
    )
