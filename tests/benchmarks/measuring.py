"""Processor seconds of a piece of work, its reading children included, and a row of the table.

Everything here counts processor time of all threads, never wall time: the machine may be busy
with something else. Children that read workbooks are billed by themselves (metered.py).
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from riskpipe import machine

TASK = "riskpipe.intake.cells:read"
METERED = "tests.benchmarks.metered:read"


@dataclass(frozen=True)
class Row:
    """One line of the table: a measured figure against its target and stretch."""

    work: str
    ratio: float
    target: float
    stretch: float | None
    is_less_better: bool
    where: str
    """Where the time goes, measured; printed when the target is missed."""
    unit: str = "×"

    @property
    def holds(self) -> bool:
        """Whether the target is met."""
        return self.reaches(self.target)

    def reaches(self, bound: float) -> bool:
        """Whether the figure is on the right side of a bound."""
        return self.ratio <= bound if self.is_less_better else self.ratio >= bound


@dataclass
class Bill:
    """Processor seconds by stage, in the order the stages were met; children apart.

    A stage inside a stage is billed to itself alone, so the stages add up to the whole.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    children: float = 0.0
    within: list[float] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Everything done inside is billed to `name`, its reading children included."""
        begun = self._now()
        self.within.append(0.0)
        try:
            yield
        finally:
            spent, inner = self._now() - begun, self.within.pop()
            if self.within:
                self.within[-1] += spent
            self.seconds[name] = self.seconds.get(name, 0.0) + spent - inner

    @contextmanager
    def watching(self, places: Mapping[str, tuple[Any, str]]) -> Iterator[None]:
        """Bill every call of the named functions (owner, attribute) to a stage of their own."""
        kept = {name: getattr(owner, attribute) for name, (owner, attribute) in places.items()}
        for name, (owner, attribute) in places.items():
            setattr(owner, attribute, self._billed(name, kept[name]))
        try:
            yield
        finally:
            for name, (owner, attribute) in places.items():
                setattr(owner, attribute, kept[name])

    def _billed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def billed(*arguments: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*arguments, **named)

        return billed

    def _now(self) -> float:
        return time.process_time() + self.children

    @property
    def total(self) -> float:
        """The whole bill."""
        return sum(self.seconds.values())


@contextmanager
def bill() -> Iterator[Bill]:
    """A bill on which the reading children of this process write themselves."""
    opened, plain = Bill(), machine.in_child

    def in_child(
        task: str, frames: Sequence[bytes], memory_mb: int, seconds: int
    ) -> list[bytearray]:
        if task != TASK:
            return plain(task, frames, memory_mb, seconds)
        *answer, spent = plain(METERED, frames, memory_mb, seconds)
        opened.children += float(bytes(spent))
        return answer

    machine.in_child = in_child
    try:
        yield opened
    finally:
        machine.in_child = plain


def cost(work: Callable[[], object]) -> float:
    """Processor seconds of one call, its reading children included."""
    gc.collect()
    with bill() as opened, opened.stage("all"):
        work()
    return opened.total


def median_cost(work: Callable[[], object], times: int) -> float:
    """Median processor seconds over several calls."""
    return statistics.median(cost(work) for _ in range(times))


def shares(seconds: Mapping[str, float], shown: int) -> str:
    """The dearest stages as `name seconds (share)`, dearest first, the rest summed."""
    total = sum(seconds.values()) or 1.0
    ordered = sorted(seconds.items(), key=lambda item: -item[1])
    parts = [f"{name} {spent:.2f} s ({spent / total:.0%})" for name, spent in ordered[:shown]]
    if rest := sum(spent for _, spent in ordered[shown:]):
        parts.append(f"其余 {rest:.2f} s ({rest / total:.0%})")
    return "，".join(parts)
