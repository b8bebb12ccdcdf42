"""One month of reports through one channel: when, where, what, by whom, and until when.

`draw` makes the tellings that every channel shares; the files that channels make of them are
in workorders.py and register12350.py. Everything is drawn as vectors first, then composed row
by row. Hazards told by several callers and the outbreak take over rows here, so that counts
stay as planned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from riskpipe.demo.geography import Spot
from riskpipe.demo.months import Month, dice, midnight
from riskpipe.demo.people import Person
from riskpipe.demo.shared import Retelling, retellings_of
from riskpipe.demo.town import Town
from riskpipe.demo.wording import Concept

HOURS_ROUND_CLOCK = (2, 1, 1, 1, 1, 1, 2, 4, 7, 9, 9, 8, 6, 6, 8, 9, 9, 8, 6, 5, 5, 4, 3, 2)
HOURS_OFFICE = (0, 0, 0, 0, 0, 0, 0, 0, 8, 12, 12, 8, 2, 3, 10, 12, 10, 6, 2, 0, 0, 0, 0, 0)
OUTBREAK_MONTH = Month(2026, 10)
OUTBREAK_STREET = 10
OUTBREAK_SUBCATEGORY = ("公共卫生事件", "食品安全和职业危害")


@dataclass(frozen=True)
class Channel:
    """How a channel draws: concept letter, number prefix, styles, hours, share of no events."""

    name: str
    letter: str
    prefix: str
    styles: Sequence[str]
    none_share: float
    hours: Sequence[int]
    weekend: float
    mean_days: float
    owning_up: int
    """One in so many texts names its reporter; 0 for never."""
    outbreak: float
    """Outbreak rows at scale 1."""


@dataclass(slots=True)
class Telling:
    """One report."""

    number: str
    at: datetime
    concept: Concept
    spot: Spot
    title: str
    text: str
    reporter: Person
    pick: int
    dispatched: datetime
    due: date
    closed: datetime | None
    hazard: str
    named_in_text: bool


@dataclass(frozen=True)
class Drawn:
    """The vectors behind a month of tellings, as plain lists."""

    at: list[datetime]
    concept: list[int]
    community: list[int]
    a: list[int]
    b: list[int]
    pick: list[int]
    person: list[int]
    days: list[float]
    never: set[int]


def draw(town: Town, channel: Channel, month: Month, count: int, never: int) -> list[Telling]:
    """`count` tellings of a month in order of time, `never` of which stay open for ever."""
    drawn = _vectors(town, channel, month, count, never)
    retold = _placed(town, channel, month, drawn)
    _outbreak(town, channel, month, drawn, retold)
    return [_telling(town, channel, month, drawn, i=i, retold=retold.get(i)) for i in range(count)]


def moments(
    rng: np.random.Generator, month: Month, count: int, hours: Sequence[int], weekend: float
) -> list[datetime]:
    """Sorted moments of a month, by hour of day and weight of a weekend day."""
    first = midnight(month.first)
    weights = np.array(
        [weekend if (first + timedelta(d)).weekday() > 4 else 1.0 for d in range(month.days)]
    )
    days = rng.choice(month.days, count, p=weights / weights.sum())
    of_day = np.array(hours, float)
    hour = rng.choice(24, count, p=of_day / of_day.sum())
    seconds = np.sort(days * 86400 + hour * 3600 + rng.integers(0, 3600, count))
    return [first + timedelta(seconds=s) for s in seconds.tolist()]


def _vectors(town: Town, channel: Channel, month: Month, count: int, never: int) -> Drawn:
    rng = dice(town.seed, channel.name, month)
    weights = town.wording.weights(channel.letter, month.number, channel.none_share)
    people = int(60_000 * max(1.0, town.plan.scale))
    return Drawn(
        at=moments(rng, month, count, channel.hours, channel.weekend),
        concept=rng.choice(len(weights), count, p=weights).tolist(),
        community=rng.choice(187, count, p=town.geography.community_weights).tolist(),
        a=rng.integers(0, 1 << 20, count).tolist(),
        b=rng.integers(0, 400, count).tolist(),
        pick=rng.integers(0, 1 << 30, count).tolist(),
        person=rng.integers(0, people, count).tolist(),
        days=np.minimum(rng.lognormal(np.log(channel.mean_days), 0.8, count), 28.0).tolist(),
        never=set(rng.permutation(count)[:never].tolist()),
    )


def _placed(town: Town, channel: Channel, month: Month, drawn: Drawn) -> dict[int, Retelling]:
    """Rows taken over by hazards that several callers tell of, nearest in time."""
    when = np.array(drawn.at, "datetime64[s]")
    taken: dict[int, Retelling] = {}
    for retelling in retellings_of(town, channel.name, month)[: len(drawn.at) // 3]:
        i = int(np.searchsorted(when, np.datetime64(retelling.day, "s"))) % len(drawn.at)
        while i in taken:
            i = (i + 1) % len(drawn.at)
        taken[i] = retelling
    return taken


def _outbreak(
    town: Town, channel: Channel, month: Month, drawn: Drawn, retold: dict[int, Retelling]
) -> None:
    if month != OUTBREAK_MONTH or not channel.outbreak:
        return
    rng = dice(town.seed, "outbreak " + channel.name, month)
    wanted = max(3, round(channel.outbreak * town.plan.scale))
    concepts = [
        c.index
        for c in town.wording.of_subcategory[OUTBREAK_SUBCATEGORY]
        if channel.letter in c.sources
    ]
    places = town.geography.communities_of[OUTBREAK_STREET]
    free = [i for i in rng.permutation(len(drawn.at)).tolist() if i not in retold][:wanted]
    for i in free:
        drawn.concept[i] = concepts[int(rng.integers(len(concepts)))]
        drawn.community[i] = places[int(rng.integers(len(places)))]


def _telling(
    town: Town, channel: Channel, month: Month, d: Drawn, *, i: int, retold: Retelling | None
) -> Telling:
    wording, pick, at = town.wording, d.pick[i], d.at[i]
    concept = retold.concept if retold else wording.concepts[d.concept[i]]
    spot = retold.spot if retold else _spot(town, concept, d, i)
    person = Person(retold.caller if retold else d.person[i])
    style = channel.styles[pick % len(channel.styles)]
    text = wording.said(style, concept, spot, pick // 3)
    named = bool(channel.owning_up) and pick % channel.owning_up == 0
    if named:
        text += wording.owning_up(style, person, pick // channel.owning_up)
    minutes = 20 + pick % 160
    closed = None
    if i not in d.never:
        closed = in_opening_hours(at + timedelta(minutes=minutes + d.days[i] * 1440), pick)
    return Telling(
        number=f"{channel.prefix}{month.compact}{i + 1:06d}",
        at=at,
        concept=concept,
        spot=spot,
        title=wording.title(concept, spot, pick // 17),
        text=text,
        reporter=person,
        pick=pick,
        dispatched=min(at + timedelta(minutes=minutes), _end_of(at)),
        due=(at + timedelta(days=5 + pick % 9)).date(),
        closed=closed,
        hazard=retold.hazard if retold else "",
        named_in_text=named,
    )


def _spot(town: Town, concept: Concept, d: Drawn, i: int) -> Spot:
    names = town.geography.names_of(concept.kind) or 1 << 20
    return town.geography.spot(concept.kind, d.community[i], d.a[i] % names, d.b[i])


def in_opening_hours(moment: datetime, pick: int) -> datetime:
    """The same moment if an office is open then, else the next weekday morning."""
    if moment.weekday() < 5 and 9 <= moment.hour < 18:
        return moment
    day = moment + timedelta(days=1 if moment.hour >= 18 else 0)
    day += timedelta(days=max(0, 7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
    return day.replace(hour=9 + pick % 3, minute=pick % 60, second=pick % 59)


def _end_of(at: datetime) -> datetime:
    # Passed on the same day: whichever date a count goes by, it falls into one month.
    return at.replace(hour=23, minute=59, second=59)


def record(town: Town, source: str, tellings: Sequence[Telling]) -> None:
    """Enter numbers with their true category into the truth."""
    for t in tellings:
        if t.hazard:
            town.book.caller(t.hazard, t.reporter.key, t.number)
        town.book.number(
            (
                t.number,
                source,
                t.concept.category,
                t.concept.subcategory if t.concept.is_hazard else "",
                t.concept.index,
                t.at,
                t.spot.street,
                t.spot.community,
                t.spot.unit,
                t.spot.address,
                t.hazard,
            )
        )


def record_text(town: Town, t: Telling, file: str) -> None:
    """Enter the personal values a text carries into the truth."""
    if not t.named_in_text:
        return
    folded = "".join(c for c in t.text.translate(FULL_WIDTH) if c not in " -")
    p = t.reporter
    for kind in ("name", "phone", "home", "idno", "account", "wechat", "email", "plate"):
        value = getattr(p, kind)
        if value in folded:
            town.book.personal(value, kind, "text", t.number, file)


FULL_WIDTH = {0xFF10 + d: 48 + d for d in range(10)}
