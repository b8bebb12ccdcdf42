"""One delivered file in, its return sheet out: the sender's own sheet, marked, with nobody's data.

A file's bytes and account go in, a workbook's bytes come out. The plan is made here and written
by one of two writers: on the sender's own workbook in a limited child, or anew. Where the file came
from and where the sheet goes is the walk's business.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from riskpipe import machine
from riskpipe.intake.grid import Grid, Refusal
from riskpipe.intake.layout import plain
from riskpipe.intake.look import Nature, nature_of
from riskpipe.intake.reading import grids_of
from riskpipe.reception.desk import Desk
from riskpipe.reception.receiving import Landing
from riskpipe.reception.transcript import Transcript, told_text
from riskpipe.returns.abridging import abridged
from riskpipe.returns.cover import Origin, Said, cover_of
from riskpipe.returns.marking import Lines
from riskpipe.returns.pages import Sheet, page_of
from riskpipe.returns.places import parts_of
from riskpipe.returns.plan import Page, Plan
from riskpipe.returns.rebuilding import rebuilt
from riskpipe.returns.sending import frames_of
from riskpipe.returns.telling import Teller, teller_of
from riskpipe.returns.withholding import Withholding, people_of, personal_words

WORDS = "returns/returns"
COPYING = "riskpipe.returns.copying:write"
KIND_MARK = "、"


@dataclass(frozen=True)
class Terms:
    """What the office decides: its name on the cover, and how large a copy may be (cells, rows)."""

    office: str
    most_cells: int
    most_rows: int


@dataclass(frozen=True)
class File:
    """A delivered file as it was received: bytes, name, and its account."""

    content: bytes
    name: str
    transcript: Transcript
    landing: Landing
    status: str
    message: str


@dataclass(frozen=True)
class _Job:
    """What one return sheet is made from."""

    file: File
    origin: Origin
    terms: Terms
    desk: Desk
    words: Mapping[str, Any]
    teller: Teller


def returned(file: File, origin: Origin, terms: Terms, desk: Desk) -> bytes:
    """The return sheet of a file, an .xlsx; only a cover where the file could not be read.

    The same file, account and keys give the same bytes.
    """
    words = desk.rules.document(WORDS)
    if file.landing.problem:
        return _cover_only(file, origin, terms, desk)
    try:
        nature = nature_of(file.content, file.name, desk.limits)
        grids = grids_of(file.content, file.name, desk.limits)
    except Refusal:
        return _cover_only(file, origin, terms, desk)
    sheets = _sheets(file, grids, desk, words)
    withholding = _withholding(file, sheets, desk, words)
    job = _Job(file, origin, terms, desk, words, withholding.teller)
    pages = tuple(_pages(sheets, withholding, words))
    epoch = any(grid.epoch_1904 for grid in grids)
    cells = sum(page.cells.num_rows * page.cells.num_columns for page in pages)
    if nature is Nature.WORKBOOK and cells <= terms.most_cells:
        copy = _copied(job, _plan(job, pages, (), epoch_1904=epoch))
        if copy:
            return copy
    pages, remarks = _within(pages, nature, job)
    return rebuilt(_plan(job, pages, remarks, epoch_1904=epoch))


def _cover_only(file: File, origin: Origin, terms: Terms, desk: Desk) -> bytes:
    """What goes back of a file of which nothing could be read."""
    teller = teller_of((), desk.layouts, desk.rules)
    job = _Job(file, origin, terms, desk, desk.rules.document(WORDS), teller)
    return rebuilt(_plan(job, (), (), epoch_1904=False))


def _plan(
    job: _Job, pages: tuple[Page, ...], remarks: tuple[str, ...], *, epoch_1904: bool
) -> Plan:
    file, words, office = job.file, job.words, job.terms.office
    kinds = [layout.title for sheet in file.transcript.sheets if (layout := sheet.layout)]
    read = KIND_MARK.join(dict.fromkeys(kinds))
    said = Said(office, read, file.status, file.message, remarks)
    cover = cover_of(job.origin, file.landing, said, words, job.teller)
    spoken = {name: text for name, text in words.items() if isinstance(text, str)}
    return Plan(cover, pages, epoch_1904, spoken | {"author": office})


def _sheets(file: File, grids: Sequence[Grid], desk: Desk, words: Mapping[str, Any]) -> list[Sheet]:
    """The sheets of a file, but for the cover of an earlier return."""
    return [
        Sheet(
            grid,
            parts_of(grid, desk.layouts),
            _records(file, told_text(grid.name, file.transcript.sealed)),
            _lines(file.landing, told_text(grid.name, file.transcript.sealed)),
        )
        for grid in grids
        if plain(grid.name) != plain(words["cover"])
    ]


def _withholding(
    file: File, sheets: Sequence[Sheet], desk: Desk, words: Mapping[str, Any]
) -> Withholding:
    """What the sheets are looked through with, all people of the file in it, read or unread."""
    sealed = file.transcript.sealed
    known = Withholding(
        teller_of(sealed, desk.layouts, desk.rules),
        people_of(sealed),
        personal_words(desk.layouts, desk.rules),
        desk.layouts.facts_sheets,
        desk.layouts.aside_sheets,
        frozenset(map(plain, words["own_items"])),
        plain(words["column"]),
        desk.keys,
    )
    more = [one for sheet in sheets for one in known.unsealed(sheet.parts)]
    teller = teller_of([*sealed, *more], desk.layouts, desk.rules)
    return replace(known, teller=teller)


def _pages(
    sheets: Sequence[Sheet], withholding: Withholding, words: Mapping[str, Any]
) -> Iterator[Page]:
    taken = {words["cover"]}
    for sheet in sheets:
        title = sheet.parts[0].title or words["text_sheet"]
        name = _name(sheet.grid.name, title, withholding.teller, taken)
        yield page_of(sheet, name, withholding, words)


def _records(file: File, sheet: str) -> frozenset[int]:
    """Row numbers of a sheet's records."""
    bodies = [body for body in file.transcript.bodies if body.sheet.name == sheet]
    return frozenset(row for body in bodies for row in body.row_no.to_pylist())


def _lines(landing: Landing, sheet: str) -> Lines:
    lists = (landing.rejected_rows, landing.rejected_cells, landing.notices)
    rejected, emptied, notices = (
        [line for line in lines.to_pylist() if line["sheet"] == sheet] for lines in lists
    )
    refusals = [
        row["message"]
        for row in landing.sheets.to_pylist()
        if row["sheet"] == sheet and row["reason"]
    ]
    return Lines(rejected, emptied, notices, " ".join(filter(None, refusals)) or None)


def _name(written: str, title: str, teller: Teller, taken: set[str]) -> str:
    """The sheet's name as it may be told, without what no sheet may be called, each once."""
    told = teller(written) or title
    plain_name = "".join("_" if letter in "[]:*?/\\" else letter for letter in told)
    base = plain_name.strip("'")[:31] or "表"
    name, number = base, 1
    while name.lower() in {one.lower() for one in taken}:
        number += 1
        name = f"{base[:27]}({number})"
    taken.add(name)
    return name


def _copied(job: _Job, plan: Plan) -> bytes | None:
    """The sender's workbook with the plan's marks; None where openpyxl cannot do it in its limits."""
    limits = job.desk.limits
    more = {
        "known": dict(job.teller.known),
        "own": sorted(job.teller.own),
        "most_cells": job.terms.most_cells,
    }
    order, streams = frames_of(plan, more)
    frames = [order, job.file.content, *streams]
    try:
        answer = machine.in_child(COPYING, frames, limits.child_memory_mb, limits.child_seconds)
    except machine.ChildError:
        return None
    return bytes(answer[0]) if answer else None


def _within(
    pages: Sequence[Page], nature: Nature, job: _Job
) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """Pages no longer than the office wants them, and what the cover says of the copy."""
    words, most = job.words, job.terms.most_rows
    form = {Nature.WORKBOOK: "rebuilt_copy", Nature.JSON_LINES: "rebuilt_lines"}
    remarks = [words[form.get(nature, "rebuilt")].format(nature=nature)]
    kept = []
    for page in pages:
        short, left = page, 0
        if page.cells.num_rows > most and page.reasons:
            short, left = abridged(page, most)
            told = words["cut_off" if left else "abridged"]
            count = len(short.reasons)
            remarks.append(told.format(sheet=page.name, count=count, limit=most))
        kept.append(short)
    return tuple(kept), tuple(remarks)
