"""How numbers are put into words: 同比, 环比, shares, lists, in the exact words of the trade.

A rise over a base under the office's minimum is told in counts only; a base of nothing never
makes a percentage; percentages differ by 百分点. Which numbers are compared is the chapters'
business.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from riskpipe.consultation.desk import Desk, percent, shares
from riskpipe.consultation.issue import Number, Part


@dataclass(frozen=True)
class Comparison:
    """What is compared with what: `word` 同比, `base_word` 上年同期, and the base's period.

    `unit` stands in for the metric's own where that has none (指标 of 月度统计数).
    """

    word: str
    base_word: str
    metric: str
    basis: str
    unit: str


def year_on_year(basis: str) -> Comparison:
    """同比 of the month or of the year so far."""
    return Comparison("同比", "上年同期", "yoy", f"{basis}比上年同期", "")


def month_on_month(desk: Desk) -> Comparison:
    """环比 of the month."""
    return Comparison("环比", "上月", "mom", f"{desk.period.month}比上月", "")


def compare(
    desk: Desk, metric: str, now: int, base: int | None, against: Comparison, *scope: str
) -> list[Part]:
    """`同比上升12.5%（上年同期40起）`, or what may be said instead.

    `base` is None where the office has no data that far back. Source of the rule on small
    bases: the reporting words (上年同期为0或小于5：只写起数).
    """
    if base is None:
        return [f"无{against.base_word}数据"]
    unit = against.unit or desk.metrics[metric].unit
    was = desk.count(metric, base, against.base_word, *scope)
    if base < desk.minimum_base:
        return [against.base_word, was, unit]
    moved = _movement(desk, metric, now, base, against, *scope)
    return [*moved, f"（{against.base_word}", was, f"{unit}）"]


def _movement(
    desk: Desk, metric: str, now: int, base: int, against: Comparison, *scope: str
) -> list[Part]:
    definition = desk.metrics[metric]
    about = (definition.title, *scope)
    if now == base:
        return [f"{against.word}持平"]
    word = "上升" if now > base else "下降"
    if percent(abs(now - base), base) < _SMALLEST_SAID:
        more = "增加" if now > base else "减少"
        changed = desk.count("difference", abs(now - base), against.basis, *about)
        return [f"{against.word}{more}", changed, against.unit or definition.unit]
    return [f"{against.word}{word}", desk.change(against.metric, now, base, against.basis, *about)]


_SMALLEST_SAID = percent(1, 1000)
"""A change under 0.1 % is told in counts: 0.0 % would read as none."""


def compare_rates(desk: Desk, now: Number, base: Number, *scope: str) -> list[Part]:
    """`，比上年同期提高1.2个百分点`; nothing where either has no denominator."""
    if now.value is None or base.value is None:
        return []
    difference = percent(now.numerator or 0, now.denominator or 1) - percent(
        base.numerator or 0, base.denominator or 1
    )
    if not difference:
        return ["，与上年同期持平"]
    word = "提高" if difference > 0 else "下降"
    return [f"，比上年同期{word}", desk.points("points", difference, now.basis, *scope), "个百分点"]


def rate_with_counts(number: Number) -> list[Part]:
    """`48.7%（400/821）`: no rate without its numerator and denominator.

    Over less than the minimum base only these two are told.
    """
    if number.value is None:
        return [f"不作计算（{number.numerator}/{number.denominator}）"]
    return [number, f"（{number.numerator}/{number.denominator}）"]


def listed(runs: Sequence[Iterable[Part]], between: str = "、") -> list[Part]:
    """Runs of parts joined by 、 or another mark."""
    parts: list[Part] = []
    for at, run in enumerate(runs):
        parts.extend([between] if at else [])
        parts.extend(run)
    return parts


def breakdown(desk: Desk, metric: str, counts: Sequence[tuple[str, int]], basis: str) -> list[Part]:
    """`自然灾害6起、事故灾难286起…，分别占0.8%、39.9%…` over the sum of the counts given.

    Shares add up to 100.0; under the minimum base only the counts are told.
    """
    unit = desk.metrics[metric].unit
    counted = listed(
        [[name, desk.count(metric, value, basis, name), unit] for name, value in counts]
    )
    whole = sum(value for _, value in counts)
    if whole < desk.minimum_base:
        return counted
    parts = zip(counts, shares([value for _, value in counts]), strict=True)
    told = listed(
        [[desk.share("share", share, value, whole, basis, desk.metrics[metric].title, name)]
         for (name, value), share in parts]
    )  # fmt: skip
    return [*counted, "，分别占", *told]


def share_of(desk: Desk, metric: str, part: tuple[str, int], whole: int, basis: str) -> list[Part]:
    """`，占35.6%` for a named part of a whole; nothing where that is under the minimum base."""
    if whole < desk.minimum_base:
        return []
    name, count = part
    return ["，占", desk.rate("share", count, whole, basis, desk.metrics[metric].title, name)]
