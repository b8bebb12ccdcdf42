"""What lies on the disk and is no plain file: links, locks, pipes, folders, downloads."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.case import Case, Expected, refused
from tests.hostile.page import fate
from tests.hostile.shelf import ledger, on_text
from tests.hostile.writing import text_of, xlsx

THEME = "路径"
UNFINISHED = {"unfinished", "still_written", "being_written", "partial", "truncated"}


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    lock = b"\x07\xe7\x8e\x8b" + b" " * 160
    for name in ("~$台账.xlsx", ".~台账.xlsx", ".~lock.台账.xlsx#"):
        yield Case(
            f"锁文件{name}", THEME, name, _content(lock), refused("拒收", {"lock_file"}, "锁")
        )
    for name in ("台账.xlsx.crdownload", "台账.xlsx.part", "台账.xlsx.tmp", "台账.xlsx.download"):
        yield Case(
            f"没有下载完{name}",
            THEME,
            name,
            lambda: xlsx(ledger(2))[:2000],
            Expected("无法读取", refusal=frozenset({*UNFINISHED, "damaged"}), says=("重",)),
        )
    yield Case(
        "链接到目录外的文件",
        THEME,
        "台账.xlsx",
        _book,
        refused("拒收", {"link"}, "链接"),
        place=_link,
    )
    yield Case(
        "断掉的链接", THEME, "台账.xlsx", _book, refused("拒收", {"link"}, "链接"), place=_dead_link
    )
    yield Case(
        "指向自己的链接", THEME, "台账.xlsx", _book, refused("拒收", {"link"}, "链接"), place=_loop
    )
    yield Case(
        "文件夹名像文件", THEME, "台账.xlsx", _book, refused("拒收", {"not_a_file"}), place=_folder
    )
    if hasattr(os, "mkfifo"):
        yield Case("管道", THEME, "台账.csv", _book, refused("拒收", {"not_a_file"}), place=_pipe)
    if hasattr(os, "geteuid") and os.geteuid():  # the superuser may read everything
        yield Case(
            "没有读取权限",
            THEME,
            "台账.xlsx",
            _book,
            refused("无法读取", {"unreadable"}, "权限"),
            place=_closed,
        )
    yield Case(
        "文件名有空格和括号", THEME, "红旗街道 隐患 (终稿) 【3月】.xlsx", _book, fate(ledger(2))
    )
    yield Case("文件名很长", THEME, "红旗街道" * 18 + ".xlsx", _book, fate(ledger(2)))
    yield Case("文件名两个扩展名", THEME, "台账.csv.xlsx", _book, fate(ledger(2)))
    yield Case(
        "文件名有换行",
        THEME,
        "台账\n三月.csv",
        lambda: text_of(on_text(2).rows).encode(),
        fate(on_text(2)),
    )


def _book() -> bytes:
    return xlsx(ledger(2))


def _content(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _link(path: Path, content: bytes) -> Path:
    outside = path.parent.parent / "outside.xlsx"
    outside.write_bytes(content)
    path.symlink_to(outside)
    return path


def _dead_link(path: Path, _content: bytes) -> Path:
    path.symlink_to(path.parent / "nowhere.xlsx")
    return path


def _loop(path: Path, _content: bytes) -> Path:
    path.symlink_to(path)
    return path


def _folder(path: Path, _content: bytes) -> Path:
    path.mkdir()
    return path


def _pipe(path: Path, _content: bytes) -> Path:
    os.mkfifo(path)
    return path


def _closed(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    path.chmod(0)
    return path
