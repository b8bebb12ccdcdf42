"""Payouts for substantiated calls: 200 or 500 yuan, from approval to the signature for the money.

In the golden year every eligible call is paid by the end; other years hold the other fates too,
and duplicates: the same call paid twice, and two callers of one hazard both paid. A payout is
delivered in each month in which something happened to it, as it stood that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from riskpipe.demo.months import GOLDEN_YEAR, Month
from riskpipe.demo.people import Person, staff
from riskpipe.demo.register12350 import Call, calls_of
from riskpipe.demo.town import Town
from riskpipe.demo.workbook import Form, information, write_form

SENDER = "区应急管理局财务科"
RULE = "《青岚区公共安全隐患举报奖励办法》（青应急规〔2022〕1号）第六条"
FATES = ("已领取",) * 15 + ("逾期放弃", "主动放弃", "支付退回", "审批未通过", "已通知")
SPARE_NUMBERS = 4
"""Numbers a month keeps for duplicates beyond its eligible calls."""


@dataclass(frozen=True)
class Payout:
    """One payout with the dates of its life."""

    number: str
    call: Call
    yuan: int
    approved: date
    notified: date
    ended: date
    fate: str
    duplicate: str
    """Empty, 同一举报 or 同一隐患."""

    def happened_between(self, first: date, last: date) -> bool:
        """Whether anything was entered in [first, last)."""
        return any(first <= d < last for d in (self.approved, self.notified, self.ended))

    def state(self, day: date) -> str:
        """发放状态 on a day of delivery."""
        if self.fate in ("不予奖励", "审批未通过"):
            return self.fate
        if self.ended < day:
            return self.fate
        return "已通知" if self.notified < day else "已审批"


def write_payouts(town: Town, month: Month) -> None:
    """The finance section's workbook of a month."""
    sent, before = month.day_after(8), month.plus(-1).day_after(8)
    shown = [
        p
        for back in range(6, -1, -1)
        if town.is_written(month.plus(-back))
        for p in payouts_of(town, month.plus(-back))
        if p.approved < sent and p.happened_between(before, sent)
    ]
    rows = [_row(p, n, sent) for n, p in enumerate(shown, 1)]
    paid = [p for p in shown if p.state(sent) == "已领取"]
    info = information(
        SENDER, first=month.first, last=month.last, nature="累计重报", officer=15,
        sent_on=sent, source="",
    )  # fmt: skip
    attached = [[_secret(p) for p in paid]] if paid else []
    path = town.path(sent, SENDER, f"奖励发放_{month.label}.xlsx")
    write_form(path, Form("payouts", rows, [], attached, info))
    _record(town, shown, paid, path.name)


def payouts_of(town: Town, month: Month) -> list[Payout]:
    """Payouts for the calls of a month, duplicates among them."""
    return town.recall("payouts", month, lambda: _drawn(town, month))


def is_golden(month: Month) -> bool:
    """Months whose payouts must give the published sum: no duplicates, no other fates."""
    return month.year == GOLDEN_YEAR and month.number < 12


def _drawn(town: Town, month: Month) -> list[Payout]:
    calls = calls_of(town, month)
    number = _first_number(town, month)
    found: list[Payout] = []
    for call in calls:
        if call.reward is None or (call.reward == 0 and call.told.pick % 2):
            continue
        fate = _fate(call, month)
        found.append(
            _payout(month, number + len(found), call, yuan=call.reward, fate=fate, duplicate="")
        )
    if not is_golden(month):
        for call, why in _duplicated(calls, [p for p in found if p.fate == "已领取"]):
            reward = call.reward or 200
            found.append(
                _payout(month, number + len(found), call, yuan=reward, fate="已领取", duplicate=why)
            )
    return found


def _first_number(town: Town, month: Month) -> int:
    spent = 0
    for earlier in range(1, month.number):
        counts = town.plan.register(Month(month.year, earlier))
        spent += counts["paid_200"] + counts["paid_500"] + counts["not_eligible"] + SPARE_NUMBERS
    return spent + 1


def _fate(call: Call, month: Month) -> str:
    if call.reward == 0:
        return "不予奖励"
    return "已领取" if is_golden(month) else FATES[call.told.pick % 20]


def _duplicated(calls: Sequence[Call], paid: Sequence[Payout]) -> list[tuple[Call, str]]:
    """A call to pay a second time, and a merged call whose main call was paid."""
    found = [(p.call, "同一举报") for p in paid[:1]]
    numbers = {p.call.told.number for p in paid}
    merged = [c for c in calls if c.merged_into in numbers]
    return found + [(c, "同一隐患") for c in merged[:2]]


def _payout(
    month: Month, number: int, call: Call, *, yuan: int, fate: str, duplicate: str
) -> Payout:
    pick = call.told.pick
    closed = (call.closed or call.accepted_at + timedelta(days=30)).date()
    approved = _weekday(closed + timedelta(days=(25 if duplicate else 5) + pick % 12))
    notified = _weekday(approved + timedelta(days=2 + pick // 7 % 5))
    wait = {"已通知": 9999, "逾期放弃": 61}.get(fate, 2 + pick // 11 % 38)
    ended = notified + timedelta(days=wait)
    if fate in ("不予奖励", "审批未通过"):
        notified = ended = approved
    elif wait < 61:
        ended = _weekday(ended)
    return Payout(
        f"JL-{month.year}-{number:04d}", call, yuan, approved, notified, ended, fate, duplicate
    )


def _weekday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _matter(call: Call) -> str:
    if "瞒报" in call.told.concept.formal:
        return "瞒报谎报生产安全事故"
    if call.reward == 500:
        return ("重大事故隐患", "安全生产违法行为")[call.told.pick % 2]
    return "一般事故隐患"


def _row(p: Payout, seq: int, sent: date) -> Sequence[Any]:
    t, state = p.call.told, p.state(sent)
    told = p.notified < sent and state not in ("不予奖励", "审批未通过")
    paid = state == "已领取"
    due = Decimal(p.yuan)
    approved = Decimal(0) if state in ("不予奖励", "审批未通过") else due
    serial = int(p.number[-4:])
    return (
        seq, p.number, t.number, claim_code(p.call), _matter(p.call), RULE,
        p.call.verification or "属实", "", None, due, approved,
        f"青应急奖审〔{p.approved.year}〕{serial}号", staff(70 + t.pick % 3), p.approved,
        p.notified if told else None, p.notified + timedelta(days=60) if told else None,
        ("银行转账", "银行转账", "现金")[t.pick % 3] if paid else "", due if paid else None,
        p.ended if paid else None, f"PZ{p.ended:%Y%m}{serial:05d}" if paid else "",
        f"{p.approved.year}年度安全生产举报奖励专项", staff(15), staff(36), state,
        "与隐患排查重复，不符合奖励条件" if state == "不予奖励" else "",
    )  # fmt: skip


def claim_code(call: Call) -> str:
    """Stands for the person on the sheet."""
    return f"LJ{call.told.pick % 10**8:08d}"


def _payee(p: Payout) -> Person:
    return p.call.told.reporter


def _secret(p: Payout) -> Sequence[Any]:
    payee = _payee(p)
    by_bank = p.call.told.pick % 3 < 2
    return (
        p.number, payee.name, payee.idno, payee.phone, "青岚农村商业银行" if by_bank else "",
        payee.account if by_bank else "", "否", "", "", p.ended,
    )  # fmt: skip


def _record(town: Town, shown: Sequence[Payout], paid: Sequence[Payout], file: str) -> None:
    for p in paid:
        secret = _secret(p)
        for kind, value in zip(
            ("name", "idno", "phone", "account"), (*secret[1:4], secret[5]), strict=True
        ):
            town.book.personal(value, kind, "column", p.number, file)
        town.book.payees[p.call.told.number] = [
            *town.book.payees.get(p.call.told.number, []),
            p.number,
        ]
    done = {d["payout"] for d in town.book.duplicate_payouts}
    for p in shown:
        if p.duplicate and p.fate == "已领取" and p in paid and p.number not in done:
            main = p.call.merged_into or p.call.told.number
            town.book.duplicate_payouts.append(
                {"why": p.duplicate, "payout": p.number, "tipoff": p.call.told.number,
                 "also_paid": town.book.payees.get(main, [])[:1]}
            )  # fmt: skip
