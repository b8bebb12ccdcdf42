"""Findings of the street inspections, each with its whole life from discovery to sign-off.

A finding is drawn once; ledgers show it as it stood on their day of delivery. Besides what
inspectors find, some findings follow a substantiated 12350 call, some are back-dated (entered
weeks after the inspection date they claim), some recur at the same place after a sign-off.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from riskpipe.demo.geography import Spot
from riskpipe.demo.months import Month, dice
from riskpipe.demo.people import staff
from riskpipe.demo.register12350 import Call, calls_of
from riskpipe.demo.town import Town
from riskpipe.demo.wording import Concept

HEAPING = (2, 10)
"""Streets whose completion dates sit on the deadline in some 87 % of rows, as seen in the field."""
MISSING = (Month(2026, 9), 6)
ZERO_REPORT = (Month(2026, 10), 8)
BACKDATED = "补录倒填"
ILLEGAL_A_MONTH = 6
ILLEGAL = (
    "销号无复查", "复查早于整改完成", "复查人即整改责任人", "复查不合格仍销号",
    "整改完成早于检查日期", "销号早于复查",
)  # fmt: skip
BACKDATED_A_MONTH, RECURRING_A_MONTH = 8, 6
PLACE_KINDS = (
    "factory",
    "shop",
    "eatery",
    "site",
    "school",
    "market",
    "hotel",
    "depot",
    "estate",
    "house",
    "leisure",
)


@dataclass(slots=True)
class Finding:
    """One hazard found, with the dates of everything that becomes of it."""

    number: str
    street: int
    concept: Concept
    spot: Spot
    part: str
    inspected: date
    due: date
    grade: str
    rectified: tuple[date, ...]
    rechecks: tuple[tuple[date, bool], ...]
    signed_off: date | None
    ending: str
    """挂账 or 已移送, else empty."""
    origin: str
    tipoff: str
    hazard: str
    pick: int
    illegal: str

    @property
    def inspectors(self) -> tuple[str, str]:
        """Two people."""
        return staff(self.pick % 40), staff(self.pick % 40 + 53)

    @property
    def responsible(self) -> str:
        """The unit's own person."""
        return staff(self.pick // 40 % 140 + 100)

    @property
    def rechecker(self) -> str:
        """Never the responsible person, unless that is the planted fault."""
        return (
            self.responsible if self.illegal == "复查人即整改责任人" else staff(self.pick % 40 + 20)
        )

    def is_rectified(self, day: date) -> date | None:
        """Latest claimed completion known before `day`."""
        return max((d for d in self.rectified if d < day), default=None)

    def last_recheck(self, day: date) -> tuple[date, bool] | None:
        """Latest re-inspection known before `day`."""
        return max((r for r in self.rechecks if r[0] < day), default=None)

    def is_signed_off(self, day: date) -> bool:
        """Whether the ledger of that day shows the sign-off."""
        if self.illegal == "销号早于复查":
            return self.rechecks[-1][0] < day
        return self.signed_off is not None and self.signed_off < day

    def is_fault_seen(self, day: date) -> bool:
        """Whether the ledger of that day shows the planted fault."""
        if not self.illegal or self.illegal == BACKDATED:
            return False
        return self.illegal == "整改完成早于检查日期" or self.is_signed_off(day)

    def state(self, day: date) -> str:
        """整改状态 as the ledger of that day shows it."""
        recheck, done = self.last_recheck(day), self.is_rectified(day)
        if self.is_signed_off(day):
            return "已销号"
        if recheck and not recheck[1] and (done is None or done <= recheck[0]):
            return "复查不合格"
        if done:
            return "当场整改" if done == self.inspected else "已整改待复查"
        if self.ending and self.due < day:
            return self.ending
        return "整改中" if self.inspected + timedelta(days=5) < day else "待整改"


def findings_of(town: Town, month: Month) -> list[Finding]:
    """Findings first entered in the month, all streets, by street and number."""
    return town.recall("findings", month, lambda: _with_recurring(town, month))


def _with_recurring(town: Town, month: Month) -> list[Finding]:
    first = _first_found(town, month)
    found = [*first, *_numbered(town, month, _recurring(town, month), first)]
    return sorted(found, key=lambda f: f.number)


def _first_found(town: Town, month: Month) -> list[Finding]:
    """The month's findings without the recurring ones, which look back on these."""
    return town.recall("findings_first", month, lambda: _drawn(town, month))


def _drawn(town: Town, month: Month) -> list[Finding]:
    found = _inspected(town, month)
    back = max(1, round(BACKDATED_A_MONTH * town.plan.scale))
    step = max(1, len(found) // back)
    for finding in found[month.number * 7 % step :: step][:back]:
        _backdate(finding, month)
    _plant_illegal(town, found)
    return _numbered(town, month, found + _from_calls(town, month), [])


def _inspected(town: Town, month: Month) -> list[Finding]:
    rng = dice(town.seed, "findings", month)
    counts = town.plan.ledger(month, town.geography.data["sizes"])
    found: list[Finding] = []
    concepts = [c for c in town.wording.concepts if c.is_hazard and "f" in c.sources]
    for street, count in enumerate(counts):
        for _ in range(0 if (month, street) == ZERO_REPORT else count):
            concept = concepts[int(rng.integers(len(concepts)))]
            community = town.geography.communities_of[street][int(rng.integers(10))]
            names = town.geography.names_of(concept.kind) or 1 << 20
            spot = town.geography.spot(
                concept.kind, community, int(rng.integers(names)), int(rng.integers(400))
            )
            day = _weekday(month.first + timedelta(days=int(rng.integers(month.days))))
            pick = int(rng.integers(1 << 30))
            found.append(_finding(town, street, concept, spot, day=day, pick=pick))
    return found


def _plant_illegal(town: Town, found: list[Finding]) -> None:
    """A few findings whose closing breaks the rules, one way after the other."""
    wanted = max(1, round(ILLEGAL_A_MONTH * town.plan.scale))
    closed = [f for f in found if f.signed_off and f.due != f.inspected and not f.illegal]
    step = max(1, len(closed) // wanted)
    for n, f in enumerate(closed[len(closed) // 2 % step :: step][:wanted]):
        _break(f, ILLEGAL[(n + f.pick) % len(ILLEGAL)])


def _break(f: Finding, how: str) -> None:
    f.illegal = how
    done, (checked, _) = f.rectified[0], f.rechecks[0]
    if how == "销号无复查":
        f.rechecks = ()
    elif how == "复查早于整改完成":
        f.rechecks = ((max(f.inspected, done - timedelta(days=3)), True),)
        f.rectified = (f.rechecks[0][0] + timedelta(days=3),)
        f.signed_off = f.rectified[0] + timedelta(days=2)
    elif how == "复查不合格仍销号":
        f.rechecks = ((checked, False),)
        f.rectified, f.signed_off = (done,), checked + timedelta(days=1)
    elif how == "整改完成早于检查日期":
        f.rectified = (f.inspected - timedelta(days=6),)
    elif how == "销号早于复查":
        f.signed_off = f.rechecks[-1][0]
        f.rechecks = ((f.signed_off + timedelta(days=4), True),)


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4)) if day.day > 2 else day


def _finding(
    town: Town, street: int, concept: Concept, spot: Spot, *, day: date, pick: int
) -> Finding:
    grade = "重大" if pick % 60 == 0 else "一般"
    fate = pick // 60 % 20
    due = (
        day
        if fate < 4
        else day + timedelta(days=(7, 15, 30)[pick % 3] * (3 if grade == "重大" else 1))
    )
    rectified, rechecks, signed = _life(street, fate, day, due, pick // 1200)
    return Finding(
        number="",
        street=street,
        concept=concept,
        spot=spot,
        part=town.wording.part_of(spot, pick),
        inspected=day,
        due=due,
        grade=grade,
        rectified=rectified,
        rechecks=rechecks,
        signed_off=signed,
        ending=("挂账", "已移送")[pick % 2] if fate == 19 else "",
        origin=("日常检查", "专项检查", "执法检查", "专家（第三方）检查", "企业自查", "网格巡查")[
            pick % 6
        ],
        tipoff="",
        hazard="",
        pick=pick,
        illegal="",
    )


def _life(
    street: int, fate: int, day: date, due: date, pick: int
) -> tuple[tuple[date, ...], tuple[tuple[date, bool], ...], date | None]:
    """Dates of claimed completions, re-inspections and sign-off, by fate (0-19)."""
    if fate < 4:
        return (day,), ((day, True),), day
    if fate >= 18:
        return (), (), None
    span = (due - day).days
    # Three in ten finish late, by up to two weeks.
    done = (
        due + timedelta(days=1 + pick % 14)
        if pick % 10 > 6
        else day + timedelta(days=1 + pick % span)
    )
    if street in HEAPING and pick % 100 < 87:
        done = due
    recheck = done + timedelta(days=pick // 100 % 9)
    if fate == 17:
        return (done,), (), None
    if fate == 16:
        again = recheck + timedelta(days=5 + pick % 9)
        return (done, again), ((recheck, False), (again, True)), again + timedelta(days=1)
    return (done,), ((recheck, True),), recheck + timedelta(days=pick // 900 % 3)


def _backdate(finding: Finding, month: Month) -> None:
    """Entered now, said to have been found five to eleven weeks ago."""
    shift = timedelta(days=35 + finding.pick % 45)
    finding.inspected = month.first - shift
    finding.due = finding.inspected + timedelta(days=15)
    finding.rectified = (finding.due,)
    finding.rechecks = ((finding.due, True),)
    finding.signed_off = finding.due
    finding.illegal = BACKDATED


def _from_calls(town: Town, month: Month) -> list[Finding]:
    """Substantiated calls whose result came in this month become findings of the street."""
    found = []
    for back in (2, 1, 0):
        for call in calls_of(town, month.plus(-back)):
            if call.reward is None or call.closed is None or not call.told.concept.is_hazard:
                continue
            if month.first <= call.closed.date() <= month.last and call.told.pick % 5 < 3:
                found += _of_call(town, month, call, is_cited=town.is_written(month.plus(-back)))
    return found


def _of_call(town: Town, month: Month, call: Call, *, is_cited: bool) -> list[Finding]:
    """The finding of a call; a call from before the window is not cited, as nobody has it."""
    t = call.told
    street = town.geography.streets.index(t.spot.street)
    if call.closed is None or (month, street) == ZERO_REPORT:
        return []
    finding = _finding(town, street, t.concept, t.spot, day=call.closed.date(), pick=t.pick)
    if is_cited:
        finding.origin, finding.tipoff = "群众举报", t.number
        finding.hazard = t.hazard or f"T{t.number}"
    return [finding]


def _recurring(town: Town, month: Month) -> list[Finding]:
    """The same hazard at the same place, found again weeks after its sign-off."""
    old = [
        f
        for f in _first_found(town, month.plus(-3))
        if f.signed_off and f.signed_off < month.first and (month, f.street) != ZERO_REPORT
    ]
    wanted = max(1, round(RECURRING_A_MONTH * town.plan.scale))
    step = max(1, len(old) // wanted)
    found = []
    for f in old[month.number * 5 % step :: step][:wanted]:
        day = _weekday(month.first + timedelta(days=f.pick % 26))
        again = _finding(town, f.street, f.concept, f.spot, day=day, pick=f.pick // 3 + 7)
        again.part, again.hazard = f.part, f"R{f.number}"
        found.append(again)
    return found


def _numbered(
    town: Town, month: Month, found: list[Finding], before: list[Finding]
) -> list[Finding]:
    """Number `found` per street by date, after those numbered before."""
    running: dict[int, int] = {}
    for f in before:
        running[f.street] = running.get(f.street, 0) + 1
    for f in sorted(found, key=lambda f: (f.street, f.inspected)):
        running[f.street] = running.get(f.street, 0) + 1
        code = town.geography.street_codes[f.street]
        f.number = f"YH-{code}-{month.compact}-{running[f.street]:04d}"
    return sorted(found, key=lambda f: f.number)
