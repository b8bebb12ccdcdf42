"""Real files for tests: workbooks, CSV files and damaged things, written as offices write them.

A sheet is a list of rows of plain values; merges are Excel ranges. Everything goes to disk and
comes back through the reader, so a test sees what an office's file would do.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
from openpyxl.utils import range_boundaries

from riskpipe.intake.grid import Grid, Merge, Traits, cleaned

LEDGER = ["序号", "隐患编号", "检查日期", "隐患描述", "隐患等级", "整改期限", "整改状态", "备注"]
TIPOFFS = ["举报编号", "举报时间", "举报渠道", "举报内容", "举报人姓名", "联系电话"]


def finding(number: int, **changed: Any) -> list[Any]:
    """A sound row under LEDGER."""
    row: dict[str, Any] = {
        "序号": number,
        "隐患编号": f"YH-01-202601-{number:04d}",
        "检查日期": "2026-01-05",
        "隐患描述": f"{number}号楼楼道堆放纸箱",
        "隐患等级": "一般",
        "整改期限": "2026-01-12",
        "整改状态": "整改中",
        "备注": None,
    }
    return [*(row | changed).values()]


def workbook(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], merges: Sequence[str] = ()
) -> Path:
    """Write a workbook; `merges` are ranges of its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for merged in merges:
        book.worksheets[0].merge_cells(merged)
    book.save(path)
    return path


def with_part(path: Path, part: str, change: Any) -> Path:
    """Rewrite one part of a workbook by `change(bytes) -> bytes`."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def csv_file(
    path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", ending: str = "\r\n"
) -> Path:
    """Write a CSV with every field quoted where it must be."""
    import csv

    sink = io.StringIO()
    csv.writer(sink, lineterminator=ending).writerows(rows)
    path.write_bytes(sink.getvalue().encode(encoding))
    return path


def grid(
    rows: Sequence[Sequence[Any]],
    merges: Sequence[str] = (),
    unvalued: Sequence[tuple[int, int, str]] = (),
    name: str = "台账",
) -> Grid:
    """A sheet as a reader hands it on, without a file; `unvalued` are (row, column, formula)."""
    width = max((len(row) for row in rows), default=0)
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    columns = [
        pa.array([None if cell is None else str(cell) for cell in column], pa.string())
        for column in zip(*filled, strict=True)
    ]
    bounds = (range_boundaries(merged) for merged in merges)
    return cleaned(
        Grid(
            name,
            pa.table(columns, names=[str(place) for place in range(width)]),
            1,
            None,
            tuple(Merge(top, bottom, left, right) for left, top, right, bottom in bounds),
            False,
            (),
            Traits(False, (), (), tuple(unvalued)),
        )
    )
