"""A made-up district's marts for one month, drawn from a seed: what an issue is computed from."""

import datetime as dt
import random
from pathlib import Path

import pyarrow as pa

from riskpipe import vocabulary as v
from riskpipe.rules import Rules
from riskpipe.settings import Settings
from riskpipe.tables import marts as m
from riskpipe.tables.shared import Run
from tests.rows import rows

MONTH = dt.date(2026, 10, 1)
AS_OF = dt.date(2026, 11, 5)
STREETS = tuple(f"{name}街道" for name in "红旗 新华 河西 东风 和平 建设 光明 胜利".split())
CHANNELS = ("12350电话", "12345热线转办", "区（县）热线", "网站及网络平台", "网格上报", "扫码上报")
BASES = {
    "all": "全部受理",
    "transferred": "当月派发",
    "cohort": "来件跟踪",
    "due": "应办结",
    "on_time": "按期办结",
}


def settings(**given) -> Settings:
    """Settings of the made-up office, from nowhere but here."""
    return Settings(
        raw=Path("nowhere"),
        **{
            "office_name": "青岚区应急管理局",
            "district": "青岚区",
            "first_issue_month": "2023-12",
            **given,
        },
    )


def rules() -> Rules:
    return Rules(office=Path("nowhere") / "rules")


def run(month: dt.date = MONTH, as_of: dt.date = AS_OF) -> pa.Table:
    ends = shifted(month, 1) - dt.timedelta(days=1)
    return rows(
        Run,
        [
            {
                "as_of_on": as_of,
                "month_on": month,
                "month_starts_on": month,
                "month_ends_on": ends,
                "year_on": month.replace(month=1),
                "year_starts_on": month.replace(month=1),
                "due_soon_days": 3,
                "minimum_base": 5,
                "district": "青岚区",
            }
        ],
    )


def shifted(month: dt.date, by: int) -> dt.date:
    at = month.year * 12 + month.month - 1 + by
    return dt.date(at // 12, at % 12 + 1, 1)


def marts(seed: int = 1, streets: tuple[str, ...] = STREETS) -> dict[str, pa.Table]:
    """All marts an issue reads, 34 months back from MONTH, consistent enough to be read."""
    draw = random.Random(seed)
    months = [shifted(MONTH, -back) for back in range(33, -1, -1)]
    counts = _counts(draw, months)
    return {
        "periods": rows(m.Periods, [{"month_on": month} for month in months]),
        "categories": rows(m.Categories, _categories(counts, months)),
        "monthly": rows(m.Monthly, _monthly(draw, counts, streets)),
        "funnel": rows(m.Funnel, _funnel(draw, months)),
        "completion": rows(m.Completion, _completion(draw)),
        "treatment": rows(m.Treatment, _treatment(draw, months, streets)),
        "stocks": rows(m.Stocks, _stocks(draw, streets)),
        "ageing": rows(m.Ageing, _ageing(draw, streets)),
        "overdue": rows(m.Overdue, _overdue(draw, streets)),
        "places": rows(m.Places, _places(draw, months, streets)),
        "gridrollup": rows(m.GridRollup, _grids(streets)),
        "rewardsums": rows(m.RewardSums, _rewards(draw, months)),
        "incidentcounts": rows(m.IncidentCounts, _incidents(draw, counts, months)),
        "callbacks": rows(m.Callbacks, _callbacks(draw)),
        "indicators": rows(m.Indicators, _indicators()),
        "quality": rows(m.Quality, _quality(draw, streets)),
        "coverage": rows(m.Coverage, _coverage(draw, streets)),
        "majorlist": rows(m.MajorList, _majors(draw, streets)),
        "matterlist": rows(m.MatterList, _matters(draw, streets)),
        "violationcounts": rows(m.ViolationCounts, _violations(draw, streets)),
    }


WEIGHTS = {"突发事件": (0.6, 26, 2, 36), "举报": (40, 260, 60, 50), "隐患": (20, 160, 30, 12)}


def _counts(draw: random.Random, months: list[dt.date]) -> dict:
    cells = {}
    for subject, weights in WEIGHTS.items():
        for category, weight in zip(v.FOUR_CATEGORIES, weights, strict=True):
            kinds = v.SUBCATEGORIES[category]
            for month in months:
                for at, kind in enumerate(kinds):
                    mean = weight / (at + 1.6)
                    cells[month, subject, category.value, kind] = (
                        max(0, round(draw.gauss(mean, mean**0.5))) if mean > 0.3 else 0
                    )
        for category, weight in (("非突发事件", 300), ("未分类", 40)):
            for month in months:
                cells[month, subject, category, "未细分"] = (
                    round(draw.gauss(weight, 9)) if subject == "举报" else 0
                )
    cells[MONTH, "举报", "事故灾难", "火灾"] = 190
    return cells


def _bases(cells: dict, month: dt.date, rest: tuple) -> dict:
    def at(when):
        return cells.get((when, *rest), 0)

    def year(first, last):
        return sum(at(first.replace(month=n)) for n in range(1, last + 1))

    return {
        "count": at(month),
        "prior_month_count": at(shifted(month, -1)),
        "prior_year_count": at(shifted(month, -12)),
        "year_count": year(month, month.month),
        "prior_year_year_count": year(shifted(month, -12), month.month),
        "three_year_count": sum(at(shifted(month, -12 * n)) for n in (1, 2, 3)),
    }


def _categories(cells: dict, months: list[dt.date]) -> list[dict]:
    order = {c.value: n for n, c in enumerate(v.Category, 1)}
    return [
        {
            "month_on": month,
            "subject": subject,
            "category": category,
            "subcategory": kind,
            "category_order": order[category],
            "subcategory_order": n,
            **_bases(cells, month, (subject, category, kind)),
        }
        for n, (month, subject, category, kind) in enumerate(cells)
    ]


def _monthly(draw: random.Random, cells: dict, streets: tuple[str, ...]) -> list[dict]:
    out = []
    for (month, subject, category, kind), count in cells.items():
        if month != MONTH:
            continue
        for street in streets:
            part = count // len(streets) + draw.randrange(2)
            out.append(
                {
                    "month_on": month,
                    "subject": subject,
                    "category": category,
                    "subcategory": kind,
                    "street": street,
                    "channel": "12350电话",
                    "count": part,
                }
            )
    return out


def _funnel(draw: random.Random, months: list[dt.date]) -> list[dict]:
    out = []
    for month in months:
        for channel, mean in zip(CHANNELS, (280, 1755, 222, 18, 4200, 2000), strict=True):
            calls = round(draw.gauss(mean, mean**0.5))
            line = channel == "12350电话"
            verified = calls * 27 // 100 if line else 0
            true = verified * 49 // 100
            paid = true // 2 if month < MONTH else true // 6
            out.append(
                {
                    "month_on": month,
                    "channel": channel,
                    "call_count": calls,
                    "tipoff_count": calls * 9 // 10,
                    "hazard_count": calls * 5 // 10,
                    "accepted_count": calls * 8 // 10,
                    "verified_count": verified,
                    "substantiated_count": true,
                    "rewarded_count": paid,
                    "ineligible_count": true - paid,
                    "paid_yuan": paid * 300,
                }
            )
    return out


def _completion(draw: random.Random) -> list[dict]:
    out = []
    for channel, received in zip(CHANNELS, (280, 1755, 222, 18, 4200, 2000), strict=True):
        for n, (basis, title) in enumerate(BASES.items()):
            whole = received - n * received // 40
            part = whole - draw.randrange(0, max(2, whole // 12))
            out.append(
                {
                    "month_on": MONTH,
                    "channel": channel,
                    "basis": basis,
                    "basis_title": title,
                    "received_count": received,
                    "closed_count": received - received // 50,
                    "numerator_count": part,
                    "denominator_count": whole,
                    "completion_rate": part / whole,
                    "is_final": basis != "cohort",
                }
            )
    return out


def _treatment(draw: random.Random, months: list[dt.date], streets: tuple[str, ...]) -> list[dict]:
    out = []
    for month in months:
        age = (MONTH.year - month.year) * 12 + MONTH.month - month.month
        for street in streets:
            for category in v.FOUR_CATEGORIES:
                for grade in ("一般", "重大"):
                    found = draw.randrange(3, 25) if grade == "一般" else draw.randrange(2)
                    done = found * min(98, 55 + 8 * age) // 100
                    late = (found - done) * draw.randrange(10, 60) // 100
                    checked = done * 9 // 10
                    out.append(
                        {
                            "month_on": month,
                            "sender": street,
                            "street": street,
                            "category": category.value,
                            "grade": grade,
                            "found_count": found,
                            "rectified_count": done,
                            "rechecked_count": checked,
                            "recheck_passed_count": checked * 95 // 100,
                            "signed_off_count": checked * 95 // 100,
                            "open_count": found - done,
                            "unsigned_count": done - checked * 95 // 100,
                            "overdue_count": late,
                            "late_count": 0,
                            "heaped_count": done * 87 // 100,
                        }
                    )
    return out


def _stocks(draw: random.Random, streets: tuple[str, ...]) -> list[dict]:
    out = []
    for street in streets:
        opening, found, done = draw.randrange(20, 60), draw.randrange(20, 80), draw.randrange(20)
        out.append(
            {
                "month_on": MONTH,
                "street": street,
                "grade": "一般",
                "opening_count": opening,
                "found_count": found,
                "rectified_count": done,
                "signed_off_count": done // 2,
                "closing_count": opening + found - done,
                "overdue_count": 3,
            }
        )
    return out


def _ageing(draw: random.Random, streets: tuple[str, ...]) -> list[dict]:
    bands = ("7天以内", "8—15天", "16—30天", "31—60天", "61—90天", "91—180天", "180天以上")
    ends = (7, 15, 30, 60, 90, 180, 411)
    out = []
    for n, (band, end) in enumerate(zip(bands, ends, strict=True), 1):
        for street in streets:
            unsettled = draw.randrange(0, 26 - 3 * n)
            out.append(
                {
                    "band": band,
                    "band_order": n,
                    "street": street,
                    "grade": "一般",
                    "open_count": unsettled,
                    "overdue_count": unsettled * (n - 1) // 8,
                    "oldest_days": end if unsettled else None,
                }
            )
    return out


def _overdue(draw: random.Random, streets: tuple[str, ...]) -> list[dict]:
    return [
        {
            "clock_id": f"c{n}",
            "clock": draw.choice(("整改期限", "办理期限", "核查期限")),
            "subject_kind": "隐患",
            "subject_no": f"YH-01-202609-{n:04}",
            "street": draw.choice(streets),
            "unit": "某某街道应急管理办公室",
            "unit_name": f"青岚第{n}加工厂",
            "grade": "一般",
            "due_on": AS_OF - dt.timedelta(days=n % 90 + 1),
            "overdue_days": n % 90 + 1,
        }
        for n in range(1, 131)
    ]


def _places(draw: random.Random, months: list[dt.date], streets: tuple[str, ...]) -> list[dict]:
    return [
        {
            "month_on": month,
            "sender": "区网格中心",
            "place_type": kind,
            "street": street,
            "place_count": draw.randrange(20, 90),
            "first_time_count": draw.randrange(10, 40),
            "hazard_count": 60,
        }
        for month in months
        for kind in v.PLACE_TYPES
        for street in streets
    ]


def _grids(streets: tuple[str, ...]) -> list[dict]:
    return [
        {
            "month_on": MONTH,
            "grid_no": f"{n:03}",
            "grid_name": street,
            "grid_level": 2,
            "street": street,
        }
        for n, street in enumerate(streets, 1)
    ]


def _rewards(draw: random.Random, months: list[dt.date]) -> list[dict]:
    return [
        {
            "month_on": month,
            "reward_matter": "一般事故隐患",
            "state": state,
            "payout_count": n,
            "due_yuan": n * 300,
            "due_computed_yuan": n * 300,
            "approved_yuan": n * 300,
            "paid_yuan": n * 300 if state == "已领取" else 0,
            "lapsed_yuan": n * 300 if state == "逾期放弃" else 0,
        }
        for month in months
        for state, n in (("已领取", draw.randrange(8, 20)), ("已通知", 5), ("逾期放弃", 2))
    ]


def _incidents(draw: random.Random, cells: dict, months: list[dt.date]) -> list[dict]:
    out = []
    for (month, subject, category, kind), count in cells.items():
        if subject != "突发事件" or not count or month not in months:
            continue
        grave = 1 if category == "事故灾难" and draw.random() < 0.2 else 0
        for level, n in (("较大", grave), ("一般", count - grave)):
            if n:
                out.append(
                    {
                        "month_on": month,
                        "category": category,
                        "subcategory": kind,
                        "level_stated": level,
                        "level_computed": level,
                        "incident_count": n,
                        "deaths": 3 if level == "较大" else 0,
                        "missing": 0,
                        "serious_injuries": draw.randrange(2),
                        "minor_injuries": draw.randrange(4),
                        "direct_loss_yuan": n * 23450,
                        "loss_known_count": n,
                        "received_on_time_count": n,
                        "reported_up_count": grave,
                        "reported_up_on_time_count": grave,
                    }
                )
    return out


def _callbacks(draw: random.Random) -> list[dict]:
    return [
        {
            "month_on": MONTH,
            "channel": channel,
            "callback_count": 60,
            "effective_count": 50,
            "satisfied_count": 40 + draw.randrange(10),
            "outcome_count": 40,
            "solved_count": 33,
            "satisfied_rate": 0.9,
        }
        for channel in CHANNELS[:2]
    ]


def _indicators() -> list[dict]:
    whole = {"month_on": MONTH, "breakdown": "合计", "unit": "起"}
    return [
        {
            **whole,
            "indicator": "群众报警",
            "stated_month": 117832,
            "stated_prior_year_month": 137816,
        },
        {**whole, "indicator": "突发事件起数", "stated_month": 130, "counted_month": 136},
    ]


def _quality(draw: random.Random, streets: tuple[str, ...]) -> list[dict]:
    return [
        {
            "month_on": shifted(MONTH, 1),
            "sender": street,
            "kind": "隐患排查台账",
            "file_count": 1,
            "refused_count": 0,
            "seen_count": 120,
            "accepted_count": 110 - street_no,
            "rejected_count": street_no,
            "ignored_count": 10,
            "rejected_cell_count": 3,
            "top_rule": "日期无法识别",
            "top_rule_count": draw.randrange(1, 6),
        }
        for street_no, street in enumerate(streets)
    ]


KINDS = (
    "隐患排查台账",
    "办理记录",
    "重大事故隐患清单",
    "督办事项",
    "更正单",
    "应报表",
    "专项行动表",
)


def _coverage(draw: random.Random, streets: tuple[str, ...]) -> list[dict]:
    units = [*streets, "区12345分平台", "区网格中心"]
    return [
        {
            "month_on": MONTH,
            "unit": unit,
            "owed_kind": kind,
            "status": draw.choices(m.COVERAGE_STATES, (20, 4, 2, 2, 0))[0],
            "due_on": AS_OF,
        }
        for unit in units
        for kind in (KINDS if unit in streets else ("举报登记",))
    ]


def _majors(draw: random.Random, streets: tuple[str, ...]) -> list[dict]:
    return [
        {
            "finding_no": f"YH-{n:02}-202609-0001",
            "unit_name": f"青岚区示例化工{n}厂",
            "hazard_name": "甲类仓库与员工宿舍防火间距不足",
            "street": draw.choice(streets),
            "standard": "化工和危险化学品生产经营单位重大生产安全事故隐患判定标准 第五条",
            "found_on": dt.date(2026, 9 + n % 2, 11),
            "due_on": dt.date(2026, 11, n),
            "supervision": draw.choice(("市", "县（区）", "未挂牌")),
            "has_measures": True,
            "has_funds": n % 3 > 0,
            "has_person": True,
            "has_due": True,
            "has_plan": n % 4 > 0,
            "secured_count": 3 + (n % 3 > 0) + (n % 4 > 0),
            "state": "整改中",
            "is_open": True,
            "open_days": 30 + n,
            "is_overdue": n < 4,
        }
        for n in range(1, 10)
    ]


def _matters(draw: random.Random, streets: tuple[str, ...]) -> list[dict]:
    return [
        {
            "matter_no": f"DB-2026-{n:03}",
            "matter_source": draw.choice(v.MATTER_SOURCES),
            "matter": "会同消防救援大队对城中村电动自行车飞线充电开展集中整治",
            "responsible_unit": draw.choice(streets),
            "assigned_on": dt.date(2026, 10, n),
            "month_on": MONTH,
            "due_on": dt.date(2026, 11, n),
            "state": "办理中" if n % 3 else "已办结",
            "is_open": bool(n % 3),
            "is_overdue": bool(n % 3) and n < 5,
            "overdue_days": max(0, 5 - n),
        }
        for n in range(1, 10)
    ]


def _violations(draw: random.Random, streets: tuple[str, ...]) -> list[dict]:
    return [
        {
            "rule_id": "r1",
            "rule_title": "复查日期早于整改完成日期",
            "street": street,
            "violation_count": draw.randrange(1, 9),
        }
        for street in streets
    ]
