"""What goes wrong, in one Chinese line with the next step, and the exit code scripts get.

Errors that riskpipe raises itself carry such a line and no personal data. Of any other error
only its class and place in the code are told: the text of a foreign exception may quote a
cell. Shared by the command line and the Dagster layer.
"""

import errno
import traceback
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from pydantic import ValidationError

from riskpipe.engine.published import PublishError
from riskpipe.rules import PACKAGE
from riskpipe.walk.bench import StepError
from riskpipe.warehouse import WarehouseBusyError


class Exit(IntEnum):
    """What a script learns from `$?`; printed at the end of every help page."""

    FINE = 0
    DATA = 1
    USE = 2
    BUSY = 3
    MACHINE = 4
    UNKNOWN = 5


class UseError(RuntimeError):
    """Something the user has to put right first; the message says what, in Chinese."""


class DataError(RuntimeError):
    """The delivered data do not let the run go on; the message says what to do, in Chinese."""


class TakenError(RuntimeError):
    """Something is in use by another program; the message says what to do, in Chinese."""


@dataclass(frozen=True)
class Trouble:
    """One line for the user, the exit code, and for an unforeseen error where it arose."""

    message: str
    code: Exit
    trace: tuple[str, ...]


_CODES: tuple[tuple[type[Exception], Exit], ...] = (
    (DataError, Exit.DATA),
    (StepError, Exit.DATA),
    (PublishError, Exit.MACHINE),
    (WarehouseBusyError, Exit.BUSY),
    (TakenError, Exit.BUSY),
)
_BY_NAME = {
    # The database libraries behind Dagster and the engine; their own doors stay theirs.
    **dict.fromkeys(
        ("OperationalError", "IOException"),
        "读写数据库文件失败，磁盘可能已满：请检查磁盘空间与权限后重新运行。",
    ),
    **dict.fromkeys(
        ("OutOfMemoryException", "ArrowMemoryError", "MemoryError"),
        "内存不足：请关闭其他程序，或在 office.toml 中把 memory_mb 调小后重新运行。",
    ),
}
_OURS = (str(PACKAGE), str(PACKAGE.parent / "assets"))
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def trouble_of(error: BaseException) -> Trouble:
    """What to tell of an error; never its text unless riskpipe wrote it."""
    if isinstance(error, ToldError):
        return error.trouble
    if type(error).__module__.startswith("riskpipe."):
        code = next((code for kind, code in _CODES if isinstance(error, kind)), Exit.USE)
        return Trouble(str(error), code, ())
    if isinstance(error, ValidationError):
        names = "、".join(".".join(map(str, e["loc"])) for e in error.errors())
        return Trouble(
            f"设置 {names} 的值无效：请检查 office.toml 与 RISKPIPE_ 变量。", Exit.USE, ()
        )
    if isinstance(error, OSError):
        return _of_machine(error)
    name = type(error).__name__
    if message := _BY_NAME.get(name):
        return Trouble(message, Exit.MACHINE, trace_of(error))
    return Trouble(f"程序错误 {name}（{place_of(error)}）。", Exit.UNKNOWN, trace_of(error))


class ToldError(RuntimeError):
    """Carries a trouble that was made out elsewhere (a failed Dagster run)."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.message)
        self.trouble = trouble


def _of_machine(error: OSError) -> Trouble:
    if error.errno in _FULL:
        return Trouble("磁盘空间不足，未写完的内容已放弃：请清理磁盘后重新运行。", Exit.MACHINE, ())
    if isinstance(error, PermissionError):
        return Trouble("没有读写权限：请检查报送目录和数据仓目录的权限后重试。", Exit.MACHINE, ())
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    message = f"读写文件失败 {name}（{place_of(error)}）：请检查磁盘与权限。"
    return Trouble(message, Exit.MACHINE, trace_of(error))


def place_of(error: BaseException) -> str:
    """Where in riskpipe an error arose, `walk/bench.py:88`; no values."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if f.filename.startswith(_OURS)] or frames
    if not ours:
        return "?"
    return f"{'/'.join(Path(ours[-1].filename).parts[-2:])}:{ours[-1].lineno}"


def trace_of(error: BaseException) -> tuple[str, ...]:
    """Class and frames of an error and of what caused it; no source text, no values."""
    lines = [type(error).__name__]
    lines += [
        f"  {frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    if error.__cause__ is not None:
        lines += ["caused by", *trace_of(error.__cause__)]
    return tuple(lines)
