"""What drop-downs offer beyond a column's own code list: the office's lists and what follows.

`OfficeLists` (streets, communities, units, campaigns as the office keeps them) and the rules go
in; named `Offer`s come out. An offer is one list, or one list per value of another column (a
street's communities, a category's sub-categories). Where it stands on 字典 is not decided here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from riskpipe import vocabulary as v
from riskpipe.rules import Rules

ROOM = 300
"""Free rows under an office list, so that new streets or units can be written in by hand."""


@dataclass(frozen=True)
class OfficeLists:
    """The office's own names, in its own order; all may be empty before reference tables came."""

    streets: tuple[tuple[str, str], ...]
    """(street, its code)."""
    communities: tuple[tuple[str, str], ...]
    """(street, community), the communities of a street together."""
    units: tuple[str, ...]
    campaigns: tuple[str, ...]


@dataclass(frozen=True)
class Offer:
    """One list of 字典, as columns of equal length.

    The first column is offered, what stands beside it is only printed; in a cascade the second
    one is offered, as far as the first is what the row's parent cell says. `is_open` lists are
    the office's own: other words are let in with a warning. `room` are free rows below.
    """

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_open: bool
    is_cascade: bool
    room: int


def offers_of(office: OfficeLists, rules: Rules) -> dict[str, Offer]:
    """Every named list."""
    streets = tuple(name for name, _ in office.streets)
    categories = (*v.FOUR_CATEGORIES, v.Category.NONE)
    indicators = rules.rows("forms/indicators")
    return {
        "streets": _open("所属街道（乡镇）", streets),
        "streets_and_outside": _open("所属街道（含区外）", (*streets, v.OUTSIDE)),
        "communities": Offer(
            ("街道", "社区（村）"), office.communities, is_open=True, is_cascade=True, room=ROOM
        ),
        "units": _open("单位名录", office.units),
        "campaigns": _open("专项行动", office.campaigns),
        "sources": _closed(("数据来源",), ((name,) for name in v.DATA_SOURCES)),
        "breakdowns": _open("分类", ("合计", *v.FOUR_CATEGORIES, *v.CHANNELS, *streets)),
        "categories": _closed(
            ("突发事件类别", "英文代码"), ((str(c), v.CATEGORY_SLUGS[c]) for c in categories)
        ),
        "indicators": Offer(
            ("指标", "代码", "计量单位", "可否与明细相加"),
            tuple((row["indicator"], row["id"], row["unit"], "否") for row in indicators),
            is_open=True,
            is_cascade=False,
            room=ROOM,
        ),
        "subcategories": _cascade("突发事件类别", "事件种类", v.SUBCATEGORIES.items()),
        "outcomes": _cascade("办理环节", "办理结果", v.OUTCOMES.items()),
    }


def closed(title: str, values: Iterable[str]) -> Offer:
    """A code list under its heading."""
    return _closed((title,), ((value,) for value in values))


def _open(title: str, values: tuple[str, ...]) -> Offer:
    rows = tuple((str(value),) for value in values)
    return Offer((title,), rows, is_open=True, is_cascade=False, room=ROOM)


def _closed(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Offer:
    return Offer(titles, tuple(rows), is_open=False, is_cascade=False, room=0)


def _cascade(parent: str, child: str, lists: Iterable[tuple[str, tuple[str, ...]]]) -> Offer:
    rows = tuple((str(name), value) for name, values in lists for value in values)
    return Offer((parent, child), rows, is_open=False, is_cascade=True, room=0)
