"""The zip around a workbook: without what is never opened, and the same bytes for the same content.

Bytes in, bytes out. Cells are not looked at here. Runs inside the limited child.
"""

import io
import re
import zipfile

LEFT_OUT = re.compile(
    rb"<(?:\w+:)?Relationship\b[^>]*/(?:drawing|vmlDrawing|pivotTable|image|oleObject|control)\"[^>]*/>"
)
SHEET_RELATIONS = "xl/worksheets/_rels/"
CORE = "docProps/core.xml"
EPOCH = (1980, 1, 1, 0, 0, 0)
DATES = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")
FIXED = b">2026-01-01T00:00:00Z<"


def without_drawings(content: bytes) -> bytes:
    """The workbook with no way from a sheet to its pictures, charts and pivot tables."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(sink, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            if "/media/" in name or name.endswith("/"):
                continue
            part = old.read(name)
            if name.startswith(SHEET_RELATIONS):
                part = LEFT_OUT.sub(b"", part)
            new.writestr(zipfile.ZipInfo(name, EPOCH), part)
    return sink.getvalue()


def reproducible(content: bytes) -> bytes:
    """The workbook without the hour it was made in."""
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == CORE:
                part = DATES.sub(FIXED, part)
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return sink.getvalue()
