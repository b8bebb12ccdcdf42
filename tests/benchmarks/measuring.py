"""Processor seconds of a piece of work, its reading children included, and a row of the table.

Everything here counts processor time of all threads, never wall time: the machine may be busy
with something else. Children that read workbooks are billed by themselves (metered.py).
"""

import gc
import statistics
import threading
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
    """Processor seconds by stage, in the order the stages were met.

    A stage counts all threads; a part inside it counts its own thread and its children and
    is taken off the stage, so that stages and parts add up to the whole.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    children: float = 0.0
    apart: float = 0.0
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _own: threading.local = field(default_factory=threading.local)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Everything done inside, by any thread, is billed to `name` but for its parts."""
        begun, apart = time.process_time() + self.children, self.apart
        try:
            yield
        finally:
            spent = time.process_time() + self.children - begun
            self._add(name, spent - (self.apart - apart))

    @contextmanager
    def watching(self, places: Mapping[str, tuple[Any, str]]) -> Iterator[None]:
        """Bill every call of the named functions (owner, attribute) as a part of its own."""
        kept = {name: getattr(owner, attribute) for name, (owner, attribute) in places.items()}
        for name, (owner, attribute) in places.items():
            setattr(owner, attribute, self._billed(name, kept[name]))
        try:
            yield
        finally:
            for name, (owner, attribute) in places.items():
                setattr(owner, attribute, kept[name])

    def child(self, seconds: float) -> None:
        """A reading child's cost, to whatever part its thread is in."""
        self._own.children = getattr(self._own, "children", 0.0) + seconds
        with self._turn:
            self.children += seconds

    @property
    def total(self) -> float:
        """The whole bill."""
        return sum(self.seconds.values())

    def _billed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def billed(*arguments: Any, **named: Any) -> Any:
            begun, outer = self._now(), getattr(self._own, "inner", 0.0)
            self._own.inner = 0.0
            try:
                return function(*arguments, **named)
            finally:
                whole = self._now() - begun
                spent = whole - self._own.inner
                self._own.inner = outer + whole
                with self._turn:
                    self.apart += spent
                self._add(name, spent)

        return billed

    def _now(self) -> float:
        return time.thread_time() + getattr(self._own, "children", 0.0)

    def _add(self, name: str, seconds: float) -> None:
        with self._turn:
            self.seconds[name] = self.seconds.get(name, 0.0) + seconds


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
        opened.child(float(bytes(spent)))
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
