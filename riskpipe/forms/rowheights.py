"""Rows that start two lines high and still grow with what is typed.

The writer marks every row height it is given as fixed by hand, and a fixed row clips a long
description instead of growing. The mark is taken out of the finished workbook, height kept.
"""

import re
import zipfile

from riskpipe.forms.repacking import repacked

FIXED = re.compile(rb'(<row [^>]*?) customHeight="1"')
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")


def growing(content: bytes) -> bytes:
    """The workbook with the same rows, none of them of fixed height."""
    return repacked(content, _freed, zipfile.ZIP_DEFLATED)


def _freed(name: str, part: bytes) -> bytes:
    return FIXED.sub(rb"\1", part) if SHEET.fullmatch(name) else part
