"""What the grid centre reports of last month's place checks: rectified, re-inspected, signed off.

Hazards that were not removed on the spot are followed a month later in records of their own;
one in twelve is left, so that there is always something overdue.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from riskpipe.demo.months import Month, midnight
from riskpipe.demo.premises import Check, left_open
from riskpipe.demo.printed import headings
from riskpipe.demo.progress import Step, plain_rows
from riskpipe.demo.town import Town, write_csv

SENDER = "区网格中心"
LEFT = 12


def write_followups(town: Town, month: Month) -> None:
    """Records of the steps taken in the month on what the month before left open."""
    earlier = month.plus(-1)
    if not town.is_written(earlier):
        return
    steps = [
        step
        for check in left_open(town, earlier)
        if check.pick // 300 % LEFT
        for step in _steps(check, midnight(month.first))
    ]
    steps.sort(key=lambda s: (s.at, s.number, s.step))
    path = town.path(month.day_after(4), SENDER, f"办理记录_{month.label}.csv")
    write_csv(path, "utf-8-sig", headings("progress"), plain_rows(steps))


def _steps(check: Check, first: datetime) -> Iterator[Step]:
    unit = check.spot.street + "办事处"
    day = first + timedelta(days=check.pick % 20)

    def step(name: str, at: datetime, pick: int, note: str, extra: dict[str, Any]) -> Step:
        return Step("隐患", check.number, name, at, unit, pick, note, extra)

    photo = {"附件（照片）编号": f"{check.number}-后-1"}
    if check.done is None:
        yield step("整改完成", day + timedelta(hours=10), check.pick, "现场确认已改。", photo)
    passed = {"办理结果": "合格", **photo}
    after = day + timedelta(days=1 + check.pick % 3, hours=14)
    yield step("复查", after, check.pick + 1, "现场复查。", passed)
    yield step("销号", after + timedelta(hours=2), check.pick + 2, "准予销号。", {})
