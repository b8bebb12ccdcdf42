"""What is printed, and how: plain lines that survive cp936, pipes and narrow terminals.

Results go to standard output, everything said beside them (warnings, errors, progress) to
standard error, so that `riskpipe check --json` can be piped.
"""

import logging
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def make_safe() -> None:
    """Let a character the terminal does not know become `?` instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def say(text: str) -> None:
    """A line of the result."""
    print(text, flush=True)  # noqa: T201  this is the door to the terminal


def warn(text: str) -> None:
    """A line beside the result."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def again(*words: object) -> str:
    """A riskpipe command to type next, spelled as this one was started."""
    program = sys.argv[0] if Path(sys.argv[0]).name == "riskpipe" else "riskpipe"
    return shlex.join([program, *map(str, words)])


@contextmanager
def warnings_in_chinese() -> Iterator[None]:
    """Show what riskpipe logs as a warning (a key was made) as a line; silence libraries."""
    handler = _Lines(logging.WARNING)
    logger = logging.getLogger("riskpipe")
    logger.addHandler(handler)
    was, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = was


class _Lines(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        warn(f"提示：{record.getMessage()}")


@contextmanager
def progress_bars() -> Iterator[None]:
    """Draw what `riskpipe.walk.progress` tells, on a terminal as bars, else as a few lines."""
    logger = logging.getLogger("riskpipe.progress")
    handler = _Bars() if sys.stderr.isatty() else _Milestones()
    was, level = logger.propagate, logger.level
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = was
        logger.setLevel(level)
        handler.close()


class _Milestones(logging.Handler):
    """A line when a stage begins and one when it is done: for logs and pipes."""

    def emit(self, record: logging.LogRecord) -> None:
        stage, done, total = _told(record)
        if total and done in (0, total):
            warn(f"{stage}：{done}/{total}")


class _Bars(logging.Handler):
    """One bar a stage."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        self._bars: Any = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, Any] = {}
        self._bars.start()

    def emit(self, record: logging.LogRecord) -> None:
        stage, done, total = _told(record)
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)

    def close(self) -> None:
        self._bars.stop()
        super().close()


def _told(record: logging.LogRecord) -> tuple[str, int, int]:
    values = vars(record)
    return values["stage"], values["done"], values["total"]
