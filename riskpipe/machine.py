"""What only some operating systems do: private files, durable renames, children with limits.

Each function says what it falls back to where the call is missing (Windows has neither
POSIX modes nor directory fsync). No file format and no rule of the field belongs here.
"""

import gc
import importlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Final, TypeGuard


def private_write(path: Path, content: bytes) -> None:
    """Write `content` to `path` whole or not at all, readable by its owner only (0600).

    Raises OSError when the disk is full or the folder cannot be written; the old file
    then stands untouched.
    """
    private_folder(path.parent)
    written = _private_draft(path, content)
    try:
        written.replace(path)
    except OSError:
        written.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def private_create(path: Path, content: bytes) -> bool:
    """Like `private_write`, but never replaces: False when `path` already stands.

    Two first runs at once end with one key, not with two.
    """
    private_folder(path.parent)
    written = _private_draft(path, content)
    try:
        os.link(written, path)
    except FileExistsError:
        return False
    finally:
        written.unlink(missing_ok=True)
    sync_folder(path.parent)
    return True


def private_append(path: Path, content: bytes) -> None:
    """Add `content` at the end in one write and flush it to disk; a new file is 0600."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)


def private_folder(path: Path) -> None:
    """Make a folder that its owner alone may enter; an existing one keeps its mode."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync_folder(path: Path) -> None:
    """Make a rename durable. Windows cannot open folders: there the rename has to do."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _private_draft(path: Path, content: bytes) -> Path:
    # mkstemp makes the file 0600 before the first byte is in it, on every system.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


SMALL: Final = 2**20
"""Bytes of frames up to which a child is asked again: a fresh one spends half as much on a small
workbook in first touching its memory as in reading it."""
TASKS_A_CHILD: Final = 30


class ChildError(RuntimeError):
    """A limited child did not answer; `reason` is memory, time or crash, never its words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def in_child(task: str, frames: Sequence[bytes], memory_mb: int, seconds: int) -> list[bytearray]:
    """Run `module:function` on byte frames in a child that may not take more than this.

    The function takes and gives a list of bytes. Memory is address space beyond what an idle
    child holds; time is wall time of this task. Raises ChildError. Readers of hostile files
    belong here: some abort the process or take gigabytes, which no except clause catches. A
    child that answered a small task may be asked another; if that fails, a fresh child has the
    last word. Where fork is missing (Windows) the task runs in this process, without limits.
    """
    if os.name != "posix":
        return [bytearray(frame) for frame in _function(task)(list(frames))]
    order = json.dumps({"task": task, "memory_mb": memory_mb, "seconds": seconds}).encode()
    server = _Server.running(task.partition(":")[0])
    is_small = sum(map(len, frames)) <= SMALL
    if is_small and (kept := server.kept_child(order)):
        answer = kept.ask(frames)
        if _is_ok(answer):
            server.keep(order, kept)
            return answer[1:]
        kept.leave()
    started = time.monotonic()
    child = server.child(order)
    answer = child.ask(frames)
    if _is_ok(answer):
        if is_small:
            server.keep(order, child)
        else:
            child.leave()
        return answer[1:]
    overrun = time.monotonic() - started >= seconds
    reason = "time" if overrun else _cause(answer, child.complaints)
    child.leave()
    raise ChildError(reason)


def serve(control_number: int, preload: str) -> None:
    """Main loop of the process whose forks are the children; ends when its parent does."""
    importlib.import_module(preload)
    gc.collect()
    gc.freeze()  # untouched pages stay shared with the children
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control = socket.socket(fileno=control_number)
    while True:
        message, numbers, _, _ = socket.recv_fds(control, 4096, 2)
        if not message:
            return
        if os.fork() == 0:
            control.close()
            _be_child(json.loads(message), *numbers)
        for number in numbers:
            os.close(number)


def _be_child(order: dict[str, Any], line_number: int, complaint_number: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(complaint_number, 2)
    line = socket.socket(fileno=line_number)
    try:
        _limit(order["memory_mb"])
        while _answered(line, order["task"], max(1, order["seconds"])):
            pass
    finally:
        os._exit(0)


def _answered(line: socket.socket, task: str, seconds: int) -> bool:
    """Wait for a task and answer it; whether another may follow in this child."""
    try:
        frames = _receive(line)
        signal.alarm(seconds)
        answer = [b"ok", *_function(task)(frames)]
    except EOFError:
        return False
    except MemoryError:
        answer = [b"memory"]
    except BaseException:  # noqa: BLE001  the words may quote a cell: only the fact goes back
        answer = [b"crash"]
    _send(line, answer)
    signal.alarm(0)
    return _is_ok(answer)


def _limit(memory_mb: int) -> None:
    import resource

    statm = Path("/proc/self/statm")
    idle = int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0
    most = idle + memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _function(task: str) -> Callable[[list[Any]], list[Any]]:
    module, _, name = task.partition(":")
    return getattr(importlib.import_module(module), name)


def _is_ok(answer: Sequence[bytes | bytearray] | None) -> TypeGuard[list[bytearray]]:
    return answer is not None and bytes(answer[0]) == b"ok"


def _cause(answer: list[bytearray] | None, complaints: BinaryIO) -> str:
    if answer is not None:
        return bytes(answer[0]).decode()
    return "memory" if b"memory allocation" in (complaints.read(65536) or b"") else "crash"


def _send(line: socket.socket, frames: Sequence[bytes]) -> None:
    line.sendall(struct.pack(f"<I{len(frames)}Q", len(frames), *(len(f) for f in frames)))
    for frame in frames:
        line.sendall(frame)


def _receive(line: socket.socket) -> list[bytearray]:
    (count,) = struct.unpack("<I", _exactly(line, 4))
    sizes = struct.unpack(f"<{count}Q", _exactly(line, 8 * count))
    return [_exactly(line, size) for size in sizes]


def _exactly(line: socket.socket, size: int) -> bytearray:
    content = bytearray(size)
    view = memoryview(content)
    while view:
        got = line.recv_into(view)
        if not got:
            raise EOFError
        view = view[got:]
    return content


@dataclass
class _Child:
    """A limited child as its parent knows it: its line, what it says on stderr, tasks done."""

    line: socket.socket
    complaints: BinaryIO
    done: int = 0

    def ask(self, frames: Sequence[bytes]) -> list[bytearray] | None:
        """Its answer, None when it died."""
        self.done += 1
        try:
            _send(self.line, frames)
            return _receive(self.line)
        except (OSError, EOFError):
            return None

    def leave(self) -> None:
        """Ask it nothing more: it ends when its line does."""
        self.line.close()
        self.complaints.close()


@dataclass
class _Server:
    """The fork server of this process: started at the first task, 3 ms a child after that."""

    control: socket.socket
    process: subprocess.Popen[bytes]
    owner: int
    turn: threading.Lock
    kept: dict[bytes, list[_Child]] = field(default_factory=dict)
    """Children that wait for another small task, by their order."""

    by_module: ClassVar[dict[str, "_Server"]] = {}

    @classmethod
    def running(cls, module: str) -> "_Server":
        server = cls.by_module.get(module)
        if server is None or server.owner != os.getpid() or server.process.poll() is not None:
            server = cls.by_module[module] = cls.start(module)
        return server

    @classmethod
    def start(cls, module: str) -> "_Server":
        ours, theirs = socket.socketpair()
        paths = os.pathsep.join(path for path in sys.path if path)
        command = (
            "import sys; from riskpipe.machine import serve; serve(int(sys.argv[1]), sys.argv[2])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", command, str(theirs.fileno()), module],
            pass_fds=[theirs.fileno()],
            # The system allocator asks for what it needs; others reserve gigabytes of addresses.
            env={**os.environ, "PYTHONPATH": paths, "ARROW_DEFAULT_MEMORY_POOL": "system"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        return cls(ours, process, os.getpid(), threading.Lock())

    def kept_child(self, order: bytes) -> _Child | None:
        """A child that has done such a task before and waits for another."""
        with self.turn:
            waiting = self.kept.get(order)
            return waiting.pop() if waiting else None

    def keep(self, order: bytes, child: _Child) -> None:
        """Let a child wait for another task of its kind, unless it has done enough of them."""
        if child.done >= TASKS_A_CHILD:
            child.leave()
            return
        with self.turn:
            self.kept.setdefault(order, []).append(child)

    def child(self, order: bytes) -> _Child:
        """A new child."""
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        try:
            with self.turn:
                socket.send_fds(self.control, [order], [theirs.fileno(), writing])
        finally:
            theirs.close()
            os.close(writing)
        os.set_blocking(reading, False)
        return _Child(ours, os.fdopen(reading, "rb", buffering=0))
