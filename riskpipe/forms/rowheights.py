"""Rows that start two lines high and still grow with what is typed.

The writer marks every row height it is given as fixed by hand, and a fixed row clips a long
description instead of growing. The mark is taken out of the finished workbook, height kept.
"""

import io
import re
import zipfile

FIXED = re.compile(rb'(<row [^>]*?) customHeight="1"')
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
EPOCH = (1980, 1, 1, 0, 0, 0)


def growing(content: bytes) -> bytes:
    """The workbook with the same rows, none of them of fixed height."""
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in written.namelist():
            part = written.read(name)
            if SHEET.fullmatch(name):
                part = FIXED.sub(rb"\1", part)
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, part)
    return sink.getvalue()
