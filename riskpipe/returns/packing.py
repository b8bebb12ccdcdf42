"""The zip around a workbook: without what is never opened, and the same bytes for the same content.

Bytes in, bytes out. Cells are not looked at here. Runs inside the limited child.
"""

import re
import zipfile

from riskpipe.forms.repacking import repacked

LEFT_OUT = re.compile(
    rb"<(?:\w+:)?Relationship\b[^>]*/(?:drawing|vmlDrawing|pivotTable|image|oleObject|control)\"[^>]*/>"
)
SHEET_RELATIONS = "xl/worksheets/_rels/"
CORE = "docProps/core.xml"
DATES = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")
FIXED = b">2026-01-01T00:00:00Z<"


def without_drawings(content: bytes) -> bytes:
    """The workbook with no way from a sheet to its pictures, charts and pivot tables."""
    return repacked(content, _undrawn, zipfile.ZIP_STORED)


def reproducible(content: bytes) -> bytes:
    """The workbook without the hour it was made in."""
    return repacked(content, _undated, zipfile.ZIP_DEFLATED)


def _undrawn(name: str, part: bytes) -> bytes | None:
    if "/media/" in name or name.endswith("/"):
        return None
    return LEFT_OUT.sub(b"", part) if name.startswith(SHEET_RELATIONS) else part


def _undated(name: str, part: bytes) -> bytes:
    return DATES.sub(FIXED, part) if name == CORE else part
