"""A limited child: its answer comes back, its failure is a reason, this process lives on."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from riskpipe.machine import SMALL, TASKS_A_CHILD, ChildError, in_child

HERE = "tests.childtasks"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits are POSIX-only")


def run(name: str, frames: list[bytes], memory_mb: int = 300, seconds: int = 20) -> list[bytes]:
    return [bytes(frame) for frame in in_child(f"{HERE}:{name}", frames, memory_mb, seconds)]


def test_frames_come_back_as_the_function_gave_them():
    assert run("reversed_frames", [b"a", b"", b"c" * 3_000_000]) == [b"c" * 3_000_000, b"", b"a"]


def test_a_child_that_takes_too_much_memory_is_told_apart():
    with pytest.raises(ChildError) as caught:
        run("take_memory", [b"2000"])
    assert caught.value.reason == "memory"


def test_a_child_that_hangs_is_ended():
    started = time.monotonic()
    with pytest.raises(ChildError) as caught:
        run("hang", [], seconds=1)
    assert caught.value.reason == "time"
    assert time.monotonic() - started < 15


@pytest.mark.parametrize("name", ["abort", "raise_with_secret", "flood_stderr_then_abort"])
def test_a_child_that_dies_or_raises_is_a_crash_and_says_nothing_more(name):
    with pytest.raises(ChildError) as caught:
        run(name, [b"13800138000"], seconds=10)
    assert str(caught.value) in ("crash", "time")
    assert "138" not in repr(caught.value)


def test_the_next_child_works_after_a_crash():
    with pytest.raises(ChildError):
        run("abort", [])
    assert run("reversed_frames", [b"x"]) == [b"x"]


def test_a_child_is_asked_small_tasks_again_and_then_let_go():
    first, *others = (run("who_and_how_often", [b""]) for _ in range(TASKS_A_CHILD + 1))
    assert others[:-1] == [[first[0], str(n).encode()] for n in range(2, TASKS_A_CHILD + 1)]
    assert others[-1][0] != first[0]
    assert others[-1][1] == b"1"


def test_a_large_task_has_a_child_of_its_own():
    assert [run("who_and_how_often", [b"x" * SMALL, b"x"], 301)[1] for _ in range(2)] == [b"1"] * 2


def test_a_child_that_dies_at_a_later_task_has_not_the_last_word():
    worn, _ = run("abort_unless_fresh", [b""])
    fresh, asked = run("abort_unless_fresh", [b"abort"])
    assert (fresh != worn, asked) == (True, b"1")


def test_two_tasks_at_once_have_two_children():
    with ThreadPoolExecutor(2) as pool:
        pids = list(pool.map(lambda _: run("slow_pid", [b""])[0], range(2)))
    assert len(set(pids)) == 2


def test_the_time_of_a_task_is_its_own_not_its_childs():
    for _ in range(3):
        assert run("slow_pid", [b""], seconds=2)
