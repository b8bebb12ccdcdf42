"""Every hostile or messy file becomes what the contract of intake says it must."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from tests.hostile.case import Case
from tests.hostile.cases import all_cases
from tests.hostile.trial import Bench

NAMES = tuple(all_cases())
FEWEST = 150


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    with Bench() as ready:
        yield ready


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_becomes_what_it_must(name: str, bench: Bench) -> None:
    verdict = bench.verdict_on(name)
    assert not verdict.accident, verdict.accident
    assert not verdict.differences, "\n".join(verdict.differences)


def test_there_are_enough_of_them_and_the_same_every_time() -> None:
    assert len(NAMES) >= FEWEST
    small = [
        case for case in all_cases().values() if case.theme in ("表头", "行", "日期", "压缩包")
    ]
    again = [
        case for case in all_cases().values() if case.theme in ("表头", "行", "日期", "压缩包")
    ]
    # By hash: a failure would print the files whole. The clock of the second round is another.
    first = [digest(case) for case in small]
    with time_machine.travel(datetime(2031, 7, 1, 8, 30)):
        second = [digest(case) for case in again]
    assert first == second


def digest(case: Case) -> str:
    return hashlib.sha256(case.content()).hexdigest()
