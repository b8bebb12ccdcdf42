"""What is due for a substantiated tip-off: one dated tariff row applied, every step said.

Claims (narrowed by SQL) and tariff rows go in, one entitlement per claim comes out. The
office's own tariff goes before the national one; within a place the latest in force on the
day of acceptance counts. The arithmetic is in whole 分. A reward is undefined, not zero,
while its base is open: a penalty not yet in force, deaths not yet confirmed. Who is paid, and
whether he was, is not decided here.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from riskpipe.rules import Rules
from riskpipe.tables.base import schema_of
from riskpipe.tables.rewards import Entitlements

INPUTS = ("claims", "tariffs")

NATIONAL: Final = "全国"
DEATH_COLUMNS: Final = {
    "一般": "death_normal_yuan",
    "较大": "death_larger_yuan",
    "重大": "death_major_yuan",
    "特别重大": "death_worst_yuan",
}


@dataclass(frozen=True)
class Due:
    """An amount in 分 (None while undefined), the base in 分, and the steps that led there."""

    fen: int | None
    base_fen: int | None
    steps: tuple[str, ...]
    is_eligible: bool


def build(inputs: Mapping[str, pa.Table], _rules: Rules) -> pa.Table:
    """`entitlements` from `claims` and `tariffs`: one row per claim, ordered by tip-off."""
    tariffs = inputs["tariffs"].to_pylist()
    rows = [_row(claim, tariffs) for claim in inputs["claims"].to_pylist()]
    rows.sort(key=lambda row: row["tipoff_no"])
    return pa.Table.from_pylist(rows, schema=schema_of(Entitlements))


def tariff_for(
    district: str, matter: str | None, day: dt.date, tariffs: Iterable[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """The tariff row in force on `day` for a matter: the district's own, else the national."""
    fitting = [
        row
        for row in tariffs
        if row["matter"] == matter
        and row["jurisdiction"] in (district, NATIONAL)
        and row["valid_from_on"] <= day
        and (row["valid_to_on"] is None or day <= row["valid_to_on"])
    ]
    order = sorted(
        fitting,
        key=lambda row: (
            row["jurisdiction"] == NATIONAL,
            -row["valid_from_on"].toordinal(),
            row["tariff_id"],
        ),
    )
    return order[0] if order else None


def due_for(claim: Mapping[str, Any], tariff: Mapping[str, Any] | None) -> Due:
    """What one claim is due under one tariff row, in 分, with its steps."""
    refusal = _refusal(claim, tariff)
    if refusal:
        return Due(0, None, (refusal,), is_eligible=False)
    if tariff is None:
        return Due(
            None, None, ("无适用的奖励规则：请在 rewards/tariffs.csv 补充",), is_eligible=True
        )
    if claim["is_named"] is None and not tariff["pays_anonymous"]:
        return Due(None, None, ("是否实名没有登记，未定",), is_eligible=True)
    raw = {"share": _share, "flat": _flat, "per_death": _per_death}[tariff["formula"]](
        claim, tariff
    )
    return _bounded(raw, tariff)


def _refusal(claim: Mapping[str, Any], tariff: Mapping[str, Any] | None) -> str | None:
    """Why nothing is due, in the order an office asks; None when something may be."""
    if not claim["is_substantiated"]:
        return "核查结果不是属实、基本属实或部分属实，不奖励"
    if claim["is_joined"]:
        return "并案的从件，奖励归主件"
    if not claim["is_first"]:
        return "不是同一隐患最先受理的举报，不奖励"
    if tariff is not None and claim["is_named"] is False and not tariff["pays_anonymous"]:
        return "匿名举报，现行规则只奖励实名举报"
    return None


def _share(claim: Mapping[str, Any], tariff: Mapping[str, Any]) -> Due:
    if not claim["penalty_count"]:
        return Due(None, None, ("没有处罚决定，基数未定",), is_eligible=True)
    if not claim["is_penalty_final"]:
        return Due(None, None, ("处罚决定尚未全部生效，基数未定",), is_eligible=True)
    base, percent = _fen(claim["penalty_yuan"]), tariff["share_percent"]
    # Half a 分 goes up, as tills round.
    due = (base * percent + 50) // 100
    steps = (f"基数：生效处罚 {_yuan(base)} 元", f"× {percent}% ＝ {_yuan(due)} 元")
    return Due(due, base, steps, is_eligible=True)


def _flat(_claim: Mapping[str, Any], tariff: Mapping[str, Any]) -> Due:
    due = _fen(tariff["flat_yuan"])
    return Due(due, None, (f"定额 {_yuan(due)} 元",), is_eligible=True)


def _per_death(claim: Mapping[str, Any], tariff: Mapping[str, Any]) -> Due:
    column = DEATH_COLUMNS.get(claim["death_level"] or "")
    if claim["death_count"] is None or column is None:
        return Due(None, None, ("核实的瞒报死亡人数和事故级别没有登记，未定",), is_eligible=True)
    each = _fen(tariff[column])
    due = each * claim["death_count"]
    step = f"{claim['death_level']}事故每人 {_yuan(each)} 元 × {claim['death_count']} 人 ＝ {_yuan(due)} 元"
    return Due(due, None, (step,), is_eligible=True)


def _bounded(raw: Due, tariff: Mapping[str, Any]) -> Due:
    """Floor, then cap; a tariff without a cap leaves the amount as it is."""
    if raw.fen is None:
        return raw
    fen, steps = raw.fen, list(raw.steps)
    floor, cap = tariff["floor_yuan"], tariff["cap_yuan"]
    if floor is not None and fen < _fen(floor):
        fen = _fen(floor)
        steps.append(f"低于下限，按 {_yuan(fen)} 元")
    if cap is not None and fen > _fen(cap):
        fen = _fen(cap)
        steps.append(f"高于上限，按 {_yuan(fen)} 元")
    return Due(fen, raw.base_fen, tuple(steps), is_eligible=True)


def _row(claim: Mapping[str, Any], tariffs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    tariff = tariff_for(claim["district"], claim["matter"], claim["rule_on"], tariffs)
    due = due_for(claim, tariff)
    source = (f"依据：{tariff['source']}",) if tariff else ()
    return {
        "tipoff_no": claim["tipoff_no"],
        "hazard_id": claim["hazard_id"],
        "rule_id": tariff["tariff_id"] if tariff else None,
        "matter": claim["matter"],
        "rule_on": claim["rule_on"],
        "base_yuan": _money(due.base_fen),
        "due_yuan": _money(due.fen),
        "cap_yuan": tariff["cap_yuan"] if tariff else None,
        "is_defined": due.fen is not None,
        "is_eligible": due.is_eligible,
        "steps": "；".join((*source, *due.steps)),
    }


def _fen(yuan: Decimal) -> int:
    return int(yuan * 100)


def _money(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen).scaleb(-2)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
