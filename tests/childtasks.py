"""Tasks that test_machine.py runs in a limited child."""

import os
import sys
import time


def reversed_frames(frames):
    return [bytes(frame) for frame in reversed(frames)]


asked = []


def who_and_how_often(frames):
    asked.append(True)
    return [str(os.getpid()).encode(), str(len(asked)).encode()]


def abort_unless_fresh(frames):
    if bytes(frames[0]) == b"abort" and asked:
        os.abort()
    return who_and_how_often(frames)


def slow_pid(frames):
    time.sleep(0.8)
    return [str(os.getpid()).encode()]


def take_memory(frames):
    return [b"x" * (int(frames[0]) * 2**20)]


def hang(frames):
    time.sleep(60)
    return []


def abort(frames):
    os.abort()


def raise_with_secret(frames):
    raise ValueError(frames[0].decode())


def flood_stderr_then_abort(frames):
    sys.stderr.write(frames[0].decode() * 100)
    sys.stderr.flush()
    os.abort()
