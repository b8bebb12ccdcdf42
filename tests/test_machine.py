"""A limited child: its answer comes back, its failure is a reason, this process lives on."""

import os
import time

import pytest

from riskpipe.machine import ChildError, in_child

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
