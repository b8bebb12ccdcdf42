"""A finished workbook written again, part by part, with no clock in it.

Bytes and a change go in, bytes come out: the change sees each part by its name and gives it back,
altered or not, or None to leave it out. What a part says is the caller's business.
"""

import io
import zipfile
from collections.abc import Callable

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can tell."""


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None], how: int) -> bytes:
    """The workbook with its parts changed; `how` is zipfile's way to store them."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(sink, "w", how) as new:
        for name in dict.fromkeys(old.namelist()):
            part = change(name, old.read(name))
            if part is not None:
                info = zipfile.ZipInfo(name, EPOCH)
                info.compress_type = how
                new.writestr(info, part)
    return sink.getvalue()
