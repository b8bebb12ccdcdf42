"""The walk by plain calls, without Dagster: what tests and benchmarks run a city through."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from riskpipe.publishing import publish
from riskpipe.settings import Settings
from riskpipe.walk.bench import Bench, build
from riskpipe.walk.gathering import LANDED, gather
from riskpipe.walk.office import Office
from riskpipe.walk.receiving import receive
from riskpipe.walk.steps import steps


def office_at(folder: Path) -> Office:
    """An office whose deliveries, warehouse and key all lie in `folder`."""
    return Office(
        Settings(
            raw=folder / "raw",
            warehouse=folder / "warehouse",
            key_file=folder / "riskpipe.key",
            district="青岚区",
        )
    )


def stages(office: Office) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every piece of the walk by name, in order; each to be called before the next is asked."""
    yield "intake", partial(receive, office)
    for key in LANDED:
        yield "gathering", partial(gather, office.warehouse, key)
    bench = office.bench()
    for step in steps():
        yield step.key, partial(build, step, bench)
    yield "publish", partial(publish, bench)


def walk(office: Office) -> Bench:
    """Land, gather, compute and publish everything; the office's bench."""
    for _, work in stages(office):
        work()
    return office.bench()
