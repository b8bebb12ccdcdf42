"""Processor seconds of a piece of work, its reading children included, and a row of the table.

Work read in a forkserver's children is reaped by the forkserver, not by us: its own account
is read from the operating system, so that nothing riskpipe does escapes the ratio.
"""

import multiprocessing.forkserver as forkserver
import os
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Row:
    """One line of the table: a measured ratio against its target and stretch."""

    work: str
    ratio: float
    target: float
    stretch: float | None
    is_less_better: bool
    where: str
    """Where the time goes, said when the target is missed."""

    @property
    def holds(self) -> bool:
        """Whether the target is met."""
        return self.ratio <= self.target if self.is_less_better else self.ratio >= self.target


def spent() -> float:
    """Processor seconds used so far by this process and everything it had done for it."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime + _by_forkserver()


def cost(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    before = spent()
    work()
    return spent() - before


def median_cost(work: Callable[[], object], times: int) -> float:
    """Median processor seconds over several calls."""
    return statistics.median(cost(work) for _ in range(times))


def _by_forkserver() -> float:
    pid = getattr(forkserver._forkserver, "_forkserver_pid", None)
    if pid is None or pid == os.getpid():
        return 0.0
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return times.user + times.system + times.children_user + times.children_system
