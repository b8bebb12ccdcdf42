"""Every case tried in a child process, so that a crash or a hang is a finding and not the end.

A bench holds one child at a time: it asks for a case by name, waits, and starts another child
where one died or took too long. The memory of the child and of everything it started is
watched meanwhile.
"""

import multiprocessing
import threading
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

import psutil

from tests.hostile.case import Case
from tests.hostile.cases import all_cases
from tests.hostile.comparing import Verdict, compare, nothing

HANGS_AFTER = 120
"""Seconds for one small file; the program's own limit for its reading child is longer."""
STARTING = 120
WATCHED_EVERY = 0.01


def serve(line: Connection) -> None:
    """The child: names of cases come in, verdicts go out."""
    from tests.hostile.observing import desk_with, observe

    cases = all_cases()
    desk_with(())
    line.send("ready")
    while True:
        name = line.recv()
        if name is None:
            return
        try:
            line.send(compare(name, cases[name], observe(cases[name])))
        except Exception as error:  # the program must never raise for what a file holds
            where = traceback.extract_tb(error.__traceback__)[-1]
            line.send(
                f"{type(error).__name__} in {where.filename.rpartition('/')[2]}:{where.lineno}"
            )


@dataclass
class Bench:
    """One child that tries cases; use as a context."""

    cases: dict[str, Case] = field(default_factory=all_cases)
    process: Any = None
    line: Connection | None = None
    peak: "Peak" = field(default_factory=lambda: Peak())  # noqa: PLW0108  defined below

    def __enter__(self) -> "Bench":
        self.peak.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._leave()
        self.peak.stop()

    def verdict_on(self, name: str) -> Verdict:
        """Try one case."""
        if self.process is None:
            self._start()
        assert self.line is not None
        self.peak.at_work = name
        self.line.send(name)
        try:
            answer = self.line.recv() if self.line.poll(HANGS_AFTER) else "hang"
        except EOFError:
            answer = "crash"
        if isinstance(answer, Verdict):
            return answer
        if answer in ("hang", "crash"):
            self._leave()
        return nothing(name, self.cases[name], "hang" if answer == "hang" else f"crash: {answer}")

    def verdicts(self, names: Iterable[str]) -> Iterator[Verdict]:
        """Try cases one after another."""
        return map(self.verdict_on, names)

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.peak.watch(self.process.pid)
        if not self.line.poll(STARTING):
            raise TimeoutError("the examiner's child did not start")
        self.line.recv()

    def _leave(self) -> None:
        if self.process is None:
            return
        started = (
            psutil.Process(self.process.pid).children(recursive=True)
            if self.process.is_alive()
            else []
        )
        self.process.kill()
        self.process.join()
        for process in started:
            if process.is_running():
                process.kill()
        self.process = None


class Peak:
    """The most memory a process and its descendants held at one moment, in bytes.

    Pages of files that are mapped into several processes are not counted.
    """

    def __init__(self) -> None:
        self.most = 0
        self.heaviest = ""
        self.at_work = ""
        self._pid = 0
        self._done = threading.Event()
        self._watcher = threading.Thread(target=self._look, daemon=True)

    def watch(self, pid: int) -> None:
        """From now on, this process."""
        self._pid = pid

    def start(self) -> None:
        """Begin to look."""
        self._watcher.start()

    def stop(self) -> None:
        """Look no more."""
        self._done.set()
        self._watcher.join()

    def _look(self) -> None:
        while not self._done.is_set():
            if self._pid:
                held = _held(self._pid)
                if held > self.most:
                    self.most, self.heaviest = held, self.at_work
            time.sleep(WATCHED_EVERY)


def _held(pid: int) -> int:
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    return sum(map(_own, family))


def _own(process: psutil.Process) -> int:
    try:
        memory = process.memory_info()
    except psutil.Error:
        return 0
    return memory.rss - getattr(memory, "shared", 0)
