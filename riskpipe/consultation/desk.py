"""What the chapters work with: rows of the marts, numbers that know where they come from.

Marts come in as Arrow tables; a chapter asks for the rows of a month as plain dicts and turns
sums into Numbers through here, so that none is printed without metric, basis and as-of day.
No sentence is worded here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.consultation.issue import Metric, Number
from riskpipe.consultation.period import Period
from riskpipe.tables import model_of
from riskpipe.tables.base import schema_of

Row = Mapping[str, Any]
WAN = Decimal(10000)


@dataclass(frozen=True)
class Desk:
    """One month's marts, definitions and the office's printing rules."""

    marts: Mapping[str, pa.Table]
    period: Period
    metrics: Mapping[str, Metric]
    outlook: Mapping[str, Any]
    limits: Mapping[str, Any]
    minimum_base: int
    reasons: Mapping[str, str]
    streets: tuple[str, ...]
    first_month_on: date | None

    def rows(self, mart: str, **where: Any) -> list[Row]:
        """Rows of a mart where the named columns have the given values (a tuple: any of them)."""
        return rows_of(self.marts, mart, where)

    def count(self, metric: str, value: int, basis: str, *scope: str) -> Number:
        """A whole number of a counted metric."""
        return self._number(metric, value, str(value), (basis, scope), None)

    def money(self, metric: str, yuan: Decimal, basis: str, *scope: str) -> Number:
        """An amount in the metric's unit (元, or 万元 with two decimals)."""
        shown = yuan / WAN if self.metrics[metric].unit == "万元" else yuan
        text = plain(shown, 2 if shown != shown.to_integral_value() else 0)
        return self._number(metric, yuan, text, (basis, scope), None)

    def rate(
        self, metric: str, numerator: int | Decimal, denominator: int | Decimal, basis: str,
        *scope: str,
    ) -> Number:  # fmt: skip
        """A percentage to one decimal; over less than the minimum base “—”: counts say it."""
        if denominator < self.minimum_base:
            return self._number(metric, None, "—", (basis, scope), (numerator, denominator))
        value = percent(numerator, denominator)
        return self._number(metric, value, f"{value}%", (basis, scope), (numerator, denominator))

    def days(self, metric: str, value: int | None, basis: str, *scope: str) -> Number:
        """A number of days that may be unknown, printed “—”."""
        text = "—" if value is None else str(value)
        return self._number(metric, value, text, (basis, scope), None)

    def share(self, metric: str, value: Decimal, part: int, whole: int, basis: str,
              *scope: str) -> Number:  # fmt: skip
        """A share already rounded together with its siblings (`shares`)."""
        return self._number(metric, value, f"{value}%", (basis, scope), (part, whole))

    def change(self, metric: str, now: int, base: int, basis: str, *scope: str) -> Number:
        """The size of a rise or fall against a base, without its sign; base must not be 0."""
        value = percent(abs(now - base), base)
        return self._number(metric, value, f"{value}%", (basis, scope), (now - base, base))

    def signed_change(self, metric: str, now: int, base: int | None, basis: str,
                      *scope: str) -> Number:  # fmt: skip
        """A change as a table prints it, `+8.3%`; “—” over an unknown or small base."""
        if base is None or base < self.minimum_base:
            return self._number(metric, None, "—", (basis, scope), None)
        rise = percent(abs(now - base), base).copy_sign(now - base)
        text = f"{rise:+}%" if rise else "持平"
        return self._number(metric, rise, text, (basis, scope), (now - base, base))

    def points(self, metric: str, value: Decimal, basis: str, *scope: str) -> Number:
        """A difference of two percentages in 百分点, without its sign."""
        return self._number(metric, value, str(abs(value)), (basis, scope), None)

    def has(self, month_on: date) -> bool:
        """Whether the office has data as far back as this month, so that 0 means none."""
        return self.first_month_on is not None and month_on >= self.first_month_on

    def _number(
        self,
        metric: str,
        value: int | Decimal | None,
        text: str,
        placed: tuple[str, tuple[str, ...]],
        over: tuple[int | Decimal, int | Decimal] | None,
    ) -> Number:
        basis, scope = placed
        numerator, denominator = over or (None, None)
        return Number(
            metric=metric,
            value=value,
            text=text,
            unit=self.metrics[metric].unit,
            basis=basis,
            scope=scope,
            numerator=numerator,
            denominator=denominator,
            as_of=self.period.as_of,
        )


def rows_of(marts: Mapping[str, pa.Table], mart: str, where: Mapping[str, Any]) -> list[Row]:
    """Rows of a mart as dicts; a mart that was not handed over counts as empty."""
    table = marts.get(mart)
    if table is None:
        table = schema_of(model_of(mart)).empty_table()
    for name, value in where.items():
        kind = table.schema.field(name).type
        wanted = pa.array(value if isinstance(value, tuple) else (value,), kind)
        table = table.filter(pc.is_in(table[name], value_set=wanted))
    return table.to_pylist()


def total(rows: Iterable[Row], column: str) -> int:
    """The sum of a counted column; empty cells count nothing."""
    return sum(row[column] or 0 for row in rows)


def money_total(rows: Iterable[Row], column: str) -> Decimal:
    """The sum of an amount in yuan."""
    return sum((row[column] or Decimal(0) for row in rows), Decimal(0))


def grouped(rows: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    """Rows by the value of one column, keys in order of first sight."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return dict(groups)


def totals_by(rows: Iterable[Row], key: str, column: str) -> dict[Any, int]:
    """Sum of a column by the value of another."""
    return {value: total(group, column) for value, group in grouped(rows, key).items()}


def largest(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """The largest groups that are not zero, ties by name so that runs agree."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [item for item in ordered[:most] if item[1]]


def percent(numerator: int | Decimal, denominator: int | Decimal) -> Decimal:
    """Numerator ÷ denominator × 100, to one decimal, half up (GB/T 8170 is for measurements).

    What is not quite everything never prints 100.0, what is not quite nothing never 0.0.
    """
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    rounded = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if rounded in (0, 100) and exact != rounded:
        rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return rounded


def shares(parts: list[int]) -> list[Decimal]:
    """Shares of the parts in their sum to one decimal, adding up to 100.0 (largest remainder)."""
    whole = sum(parts)
    if not whole:
        return [Decimal("0.0") for _ in parts]
    tenths = [part * 1000 // whole for part in parts]
    left = sorted(range(len(parts)), key=lambda at: (-(parts[at] * 1000 % whole), at))
    for at in left[: 1000 - sum(tenths)]:
        tenths[at] += 1
    return [(Decimal(value) / 10).quantize(Decimal("0.1")) for value in tenths]


def plain(value: Decimal, places: int) -> str:
    """A decimal as written, no exponent, no separators."""
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def ordered_streets(marts: Mapping[str, pa.Table]) -> tuple[str, ...]:
    """Streets in office order: that of their grid codes; any others seen follow by name."""
    grids = rows_of(marts, "gridrollup", {"grid_level": 2})
    coded = {row["street"] or row["grid_name"]: row["grid_no"] for row in grids}
    coded.pop(None, None)
    known = sorted(coded, key=lambda street: (coded[street], street))
    seen = {
        row
        for mart in ("treatment", "ageing")
        if mart in marts
        for row in pc.unique(marts[mart]["street"]).to_pylist()
    }
    return (*known, *sorted(seen - set(known)))
