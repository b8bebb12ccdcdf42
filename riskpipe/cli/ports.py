"""Finds a port for the UI, or says who cannot have which."""

import socket

from riskpipe.walk.trouble import TakenError

FIRST, LAST = 3000, 3020


def free_port(host: str, asked: int | None) -> int:
    """The asked port, or the first free one from 3000 on. Raises TakenError."""
    if asked is not None:
        if not _is_free(host, asked):
            raise TakenError(f"端口 {asked} 已被别的程序占用：请关闭它，或用 --port 换一个端口。")
        return asked
    for port in range(FIRST, LAST):
        if _is_free(host, port):
            return port
    raise TakenError(f"端口 {FIRST}-{LAST - 1} 都被占用：请用 --port 指定一个空闲端口。")


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
