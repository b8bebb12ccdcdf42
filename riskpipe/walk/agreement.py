"""How often the office agreed with the classifier, from the reviews that came back.

The register's reviews go in; counts by what the system had said come out, and for the random
sample the error rate with its interval. Records that were picked because they were doubtful say
nothing of the whole: they are counted, never extrapolated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from riskpipe.tables.delivered import DRAWN_AS
from riskpipe.vocabulary import Category
from riskpipe.walk.office import Office
from riskpipe.walk.trouble import UseError

REVIEWS: Final = "register/reviews"
Z: Final = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Tally:
    """Of the records that the system had called `category`: how many reviewed, how many agreed."""

    category: str
    reviewed: int
    agreed: int


@dataclass(frozen=True)
class Rate:
    """Errors in a random sample, and the 95 % interval of the rate they stand for."""

    errors: int
    sampled: int
    low: float
    high: float


@dataclass(frozen=True)
class Agreement:
    """What came back. `rate` is None without a sampled record."""

    chosen: tuple[Tally, ...]
    sampled: tuple[Tally, ...]
    rate: Rate | None


def agreement_of(office: Office) -> Agreement:
    """The reviews in the register. Raises UseError before the first run."""
    path = office.warehouse.table_path(REVIEWS)
    if not path.exists():
        raise UseError("登记还没有生成，或是旧版本程序生成的：请先运行 riskpipe run。")
    return agreement_in(office.warehouse.read(REVIEWS).to_pylist())


def agreement_in(reviews: Iterable[Row]) -> Agreement:
    """Of every record its last review; one whose 系统类别 was taken out cannot be compared."""
    last = {(row["subject_table"], row["subject_no"]): row for row in sorted(reviews, key=_age)}
    compared = [row for row in last.values() if row["system_category"]]
    chosen, sampled = (
        _tallies([row for row in compared if (row["drawn_as"] or DRAWN_AS[0]) == drawn])
        for drawn in DRAWN_AS
    )
    count = sum(tally.reviewed for tally in sampled)
    errors = count - sum(tally.agreed for tally in sampled)
    rate = Rate(errors, count, *wilson(errors, count)) if count else None
    return Agreement(chosen, sampled, rate)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % score interval of a proportion (Wilson 1927); holds for small counts and for none."""
    share, square = hits / count, Z * Z / count
    middle = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def _tallies(reviews: Sequence[Row]) -> tuple[Tally, ...]:
    """In the order of the vocabulary; categories nobody reviewed are left out."""
    tallies = []
    for category in Category:
        of_it = [row for row in reviews if row["system_category"] == category]
        agreed = sum(row["category"] == category for row in of_it)
        tallies += [Tally(str(category), len(of_it), agreed)] if of_it else []
    return tuple(tallies)


def _age(row: Row) -> tuple[Any, ...]:
    return row["reviewed_on"], row["received_on"], row["row_id"]
