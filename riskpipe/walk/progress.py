"""How far a long piece of work is, told to whoever listens (the command line draws a bar).

Told through the logger `riskpipe.progress`, so that nothing below the command line knows of
a terminal and Dagster's own logs stay as they are. Only counts and names of tables or
kinds pass: never a path, never a row.
"""

import logging
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

log = logging.getLogger("riskpipe.progress")
Thing = TypeVar("Thing")


def tell(stage: str, done: int, total: int) -> None:
    """Say that `done` of `total` pieces of a stage are finished; `stage` is Chinese."""
    log.info("%s %d/%d", stage, done, total, extra={"stage": stage, "done": done, "total": total})


def told(stage: str, things: Iterable[Thing]) -> Iterator[Thing]:
    """Go through `things`, telling after each how many are done."""
    total = len(things) if isinstance(things, Sized) else 0
    tell(stage, 0, total)
    for number, thing in enumerate(things, 1):
        yield thing
        tell(stage, number, max(total, number))
