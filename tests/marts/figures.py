"""The published figures of five annual reports, as questions to the marts of the made-up city.

Each figure is a name, one SELECT over the published file (`marts.<name>`) and the row expected
at scale 1, written out. The same questions serve a small city: what is expected there comes
from the planted truth (`expected_of`). Periods are those of the reports: they differ.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from riskpipe.vocabulary import FOUR_CATEGORIES, PLACE_TYPES

Row = tuple[Any, ...]
Ask = Callable[[str], Sequence[Row]]


@dataclass(frozen=True)
class Figure:
    """One figure: where it is asked, and its row at scale 1."""

    name: str
    sql: str
    expected: Row


def _between(first: int, last: int) -> str:
    return f"month_on BETWEEN DATE '2025-{first:02}-01' AND DATE '2025-{last:02}-01'"


def _sums(column: str, by: str, values: Sequence[str]) -> str:
    return ",\n  ".join(
        f"SUM(CASE WHEN {by} = '{value}' THEN {column} ELSE 0 END)" for value in values
    )


CATEGORIES = tuple(str(category) for category in FOUR_CATEGORIES)
MAJOR = "('特别重大', '重大', '较大')"

FIGURES: tuple[Figure, ...] = (
    Figure(
        "12350来电、核查、属实、已领取金额、已领取件数、属实未奖励件数（1—11月）",
        f"""SELECT SUM(call_count), SUM(verified_count), SUM(substantiated_count),
  SUM(paid_yuan), SUM(rewarded_count), SUM(ineligible_count)
FROM marts.funnel
WHERE channel = '12350电话' AND {_between(1, 11)}""",
        (3081, 821, 400, Decimal(64300), 206, 194),
    ),
    Figure(
        "区内突发事件，四类和合计（1—11月）",
        f"""SELECT {_sums("incident_count", "category", CATEGORIES)}, SUM(incident_count)
FROM marts.incidentcounts
WHERE NOT is_outside AND {_between(1, 11)}""",
        (6, 286, 23, 402, 717),
    ),
    Figure(
        "四类统计表的11月累计",
        f"""SELECT {_sums("year_count", "category", CATEGORIES)}
FROM marts.categories
WHERE subject = '突发事件' AND {_between(11, 11)}""",
        (6, 286, 23, 402),
    ),
    Figure(
        "填报较大及以上（1—11月）",
        f"""SELECT SUM(incident_count)
FROM marts.incidentcounts
WHERE NOT is_outside AND level_stated IN {MAJOR} AND {_between(1, 11)}""",
        (115,),
    ),
    Figure(
        "紧急信息上报（全年）",
        f"""SELECT SUM(reported_up_count) FROM marts.incidentcounts WHERE {_between(1, 12)}""",
        (69,),
    ),
    Figure(
        "存在隐患的单位（场所），六类和合计（1—10月）",
        f"""SELECT {_sums("first_time_count", "place_type", PLACE_TYPES)}, SUM(first_time_count)
FROM marts.places
WHERE sender = '区网格中心' AND {_between(1, 10)}""",
        (26042, 3946, 2103, 2415, 1442, 6347, 42295),
    ),
    Figure(
        "全区重点隐患，四类、整改完成、正在整改（全年）",
        f"""SELECT {_sums("found_count", "category", CATEGORIES)},
  SUM(rectified_count), SUM(open_count)
FROM marts.treatment
WHERE sender = '区应急管理局' AND {_between(1, 12)}""",
        (3, 18, 11, 13, 16, 29),
    ),
    Figure(
        "工单来件：网络、12345、网格和扫码、区热线（全年）",
        f"""SELECT
  SUM(CASE WHEN channel = '网站及网络平台' THEN received_count ELSE 0 END),
  SUM(CASE WHEN channel = '12345热线转办' THEN received_count ELSE 0 END),
  SUM(CASE WHEN channel IN ('网格上报', '扫码上报') THEN received_count ELSE 0 END),
  SUM(CASE WHEN channel = '区（县）热线' THEN received_count ELSE 0 END)
FROM marts.completion
WHERE basis = 'all' AND {_between(1, 12)}""",
        (222, 21062, 74991, 2667),
    ),
    Figure(
        "工单办结：网络、12345、网格和扫码、区热线（全年）",
        f"""SELECT
  SUM(CASE WHEN channel = '网站及网络平台' THEN closed_count ELSE 0 END),
  SUM(CASE WHEN channel = '12345热线转办' THEN closed_count ELSE 0 END),
  SUM(CASE WHEN channel IN ('网格上报', '扫码上报') THEN closed_count ELSE 0 END),
  SUM(CASE WHEN channel = '区（县）热线' THEN closed_count ELSE 0 END)
FROM marts.completion
WHERE basis = 'all' AND {_between(1, 12)}""",
        (222, 20658, 74159, 2661),
    ),
    Figure(
        "四个渠道合计的办结率，分子和分母（全年）",
        f"""SELECT SUM(numerator_count), SUM(denominator_count)
FROM marts.completion
WHERE basis = 'all' AND {_between(1, 12)}
  AND channel IN ('网站及网络平台', '12345热线转办', '网格上报', '扫码上报', '区（县）热线')""",
        (97700, 98942),
    ),
    Figure(
        "视频派遣：交警、城管（全年）",
        f"""SELECT
  SUM(CASE WHEN first_assignee = '区交警大队' THEN dispatched_count ELSE 0 END),
  SUM(CASE WHEN first_assignee = '区城管局' THEN dispatched_count ELSE 0 END),
  SUM(dispatched_count)
FROM marts.dispatches
WHERE channel = '视频巡查' AND {_between(1, 12)}""",
        (2974, 2475, 5449),
    ),
    Figure(
        "三级网格",
        f"""SELECT
  SUM(CASE WHEN grid_level = 1 THEN 1 ELSE 0 END),
  SUM(CASE WHEN grid_level = 2 THEN 1 ELSE 0 END),
  SUM(CASE WHEN grid_level = 3 THEN 1 ELSE 0 END)
FROM marts.gridrollup
WHERE {_between(12, 12)}""",
        (1, 18, 187),
    ),
    Figure(
        "群众报警、有效警情：逐月相加",
        f"""SELECT
  SUM(CASE WHEN indicator = '群众报警' THEN stated_month ELSE 0 END),
  SUM(CASE WHEN indicator = '有效警情' THEN stated_month ELSE 0 END)
FROM marts.indicators
WHERE {_between(1, 12)}""",
        (1413989, 405885),
    ),
)


def expected_of(truth: Mapping[str, Any]) -> dict[str, Row]:
    """The rows a city of any scale must give, from the `expected` of its planted truth."""
    register, incidents, orders = truth["register"], truth["incidents"], truth["orders"]
    four = tuple(incidents[c] for c in CATEGORIES)
    places = tuple(truth["places"][t] for t in PLACE_TYPES)
    key = truth["key_register"]
    received, closed = (
        tuple(orders[name][n] for name in ("web", "hotline12345", "grid", "line")) for n in (0, 1)
    )
    rows: tuple[Row, ...] = (
        (
            *(register[name] for name in ("calls", "verified", "substantiated")),
            Decimal(register["paid_yuan"]),
            register["paid_200"] + register["paid_500"],
            register["not_eligible"],
        ),
        (*four, sum(four)),
        four,
        (incidents["stated_major"],),
        (truth["urgent"],),
        (*places, sum(places)),
        (*(key[c] for c in CATEGORIES), key["rectified"], key["open"]),
        received,
        closed,
        (sum(closed), sum(received)),
        (*truth["video"], sum(truth["video"])),
        tuple(truth["grids"]),
        tuple(truth["totals"][name] for name in ("群众报警", "有效警情")),
    )
    return {figure.name: row for figure, row in zip(FIGURES, rows, strict=True)}
