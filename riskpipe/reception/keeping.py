"""A transcript as it is kept: `text.json` beside one Parquet of masked text a table.

A transcript goes in, files come out, and the same transcript again from them when its stamp still
holds. Its people are not among what is kept: they are in the vault.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from riskpipe.intake.grid import Notice, Traits
from riskpipe.intake.layout import Layout
from riskpipe.intake.reading import Body, Count, Problem, Sheet
from riskpipe.reception import shelf
from riskpipe.reception.desk import Desk
from riskpipe.reception.transcript import Transcript

HEAD = "text.json"


def text_path(folder: Path, number: int) -> Path:
    """Where the masked text of a table of a content is kept."""
    return folder / f"text-{number}.parquet"


def store_transcript(folder: Path, transcript: Transcript, stamp: str) -> None:
    """Keep a transcript. Raises OSError on a full disk; the set then does not count."""
    shelf.clear(folder, HEAD, [])
    texts = {
        text_path(folder, body.sheet.number).stem: body.fields.append_column("row_no", body.row_no)
        for body in transcript.bodies
    }
    bodies = [
        {
            "number": body.sheet.number,
            "headings": dict(body.headings),
            "units": dict(body.units),
            "epoch_1904": body.epoch_1904,
            "unvalued": {field: list(rows) for field, rows in body.unvalued.items()},
        }
        for body in transcript.bodies
    ]
    head = {
        "stamp": stamp,
        "sizes": shelf.write_tables(folder, texts, stamp),
        "content_hash": transcript.content_hash,
        "size": transcript.size,
        "facts": dict(transcript.facts),
        "problem": asdict(transcript.problem) if transcript.problem else None,
        "sheets": [_sheet_json(sheet) for sheet in transcript.sheets],
        "bodies": bodies,
        "refused_rows": _ranges(transcript.refused_rows),
        "broken_rows": _ranges(transcript.broken_rows),
    }
    shelf.write_json(folder / HEAD, head)


def stored_transcript(folder: Path, desk: Desk) -> Transcript | None:
    """The transcript kept for a content, when the same rules and code made it."""
    head = shelf.head_of(folder / HEAD, desk.reading_stamp)
    if head is None:
        return None
    layouts = {layout.name: layout for layout in desk.layouts.layouts}
    sheets_read = {row["number"]: _sheet_of(row, layouts) for row in head["sheets"]}
    return Transcript(
        head["content_hash"],
        head["size"],
        head["facts"],
        tuple(sheets_read.values()),
        tuple(_body_of(row, sheets_read[row["number"]], folder) for row in head["bodies"]),
        _unranged(head["refused_rows"]),
        _unranged(head["broken_rows"]),
        Problem(**head["problem"]) if head["problem"] else None,
        (),
    )


def _sheet_json(sheet: Sheet) -> dict[str, Any]:
    return {
        "number": sheet.number,
        "name": sheet.name,
        "layout": sheet.layout.name if sheet.layout else None,
        "problem": asdict(sheet.problem) if sheet.problem else None,
        "is_aside": sheet.is_aside,
        "heading_rows": sheet.heading_rows,
        "unread": sheet.unread,
        "count": {
            "seen": sheet.count.seen,
            "records": sheet.count.records,
            "ignored": dict(sheet.count.ignored),
        },
        "traits": {
            "is_hidden": sheet.traits.is_hidden,
            "hidden_rows": _runs(sheet.traits.hidden_rows),
            "pictures": sheet.traits.pictures,
        },
        "notices": [vars(notice) | {"rows": _runs(notice.rows)} for notice in sheet.notices],
    }


def _sheet_of(row: dict[str, Any], layouts: Mapping[str, Layout]) -> Sheet:
    return Sheet(
        row["number"],
        row["name"],
        layouts[row["layout"]] if row["layout"] else None,
        Problem(**row["problem"]) if row["problem"] else None,
        row["is_aside"],
        tuple(row["heading_rows"]) if row["heading_rows"] else None,
        tuple(row["unread"]),
        Count(**row["count"]),
        _traits_of(row["traits"]),
        tuple(Notice(**told | {"rows": _unrun(told["rows"])}) for told in row["notices"]),
    )


def _traits_of(row: dict[str, Any]) -> Traits:
    return Traits(
        row["is_hidden"],
        _unrun(row["hidden_rows"]),
        tuple((at, count) for at, count in row["pictures"]),
        (),
    )


def _body_of(row: dict[str, Any], sheet: Sheet, folder: Path) -> Body:
    table = pq.read_table(text_path(folder, sheet.number))
    assert sheet.layout is not None
    return Body(
        sheet,
        sheet.layout,
        table.drop_columns(["row_no"]),
        table["row_no"].combine_chunks(),
        row["headings"],
        row["units"],
        row["epoch_1904"],
        {field: tuple(rows) for field, rows in row["unvalued"].items()},
    )


def _ranges(rows: Mapping[int, tuple[int, ...]]) -> dict[str, list[list[int]]]:
    return {str(number): _runs(found) for number, found in rows.items()}


def _runs(rows: Sequence[int]) -> list[list[int]]:
    """Row numbers as runs: a refused sheet of a million rows is one line."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return runs


def _unranged(packed: Mapping[str, list[list[int]]]) -> dict[int, tuple[int, ...]]:
    return {int(number): _unrun(runs) for number, runs in packed.items()}


def _unrun(runs: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(row for first, last in runs for row in range(first, last + 1))
