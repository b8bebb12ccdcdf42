"""A transcript becomes its landing: typed, classified rows by kind, and a full account.

Screening types what intake read, the classifier judges tip-offs and findings, the model has
the last word; every row of every sheet ends as accepted, rejected with reasons, or ignored.
A pure function of the transcript and the rules; nothing is read or written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.identity.masking import mask
from riskpipe.intake.reading import Body, Problem, Sheet
from riskpipe.reception.desk import Desk
from riskpipe.reception.transcript import Transcript
from riskpipe.screening.columns import typed
from riskpipe.screening.days import Reckoning
from riskpipe.screening.reasons import NOTHING, REJECTED, together
from riskpipe.screening.sifting import Emptiness, Source, sift
from riskpipe.screening.verdict import settle
from riskpipe.tables.base import Model, columns_of, schema_of
from riskpipe.tables.delivered import Judged
from riskpipe.tables.intake import Deliveries, Sheets
from riskpipe.vocabulary import DELIVERY_NATURES, Kind

JUDGED_TEXT = {Kind.TIPOFFS: ("title", "content"), Kind.FINDINGS: (None, "description")}
CUMULATIVE = DELIVERY_NATURES[-1]
PLACED = pa.schema(
    [pa.field("content_hash", pa.string()), pa.field("sheet", pa.string()), *REJECTED]
)
"""Rejected lines as they are kept: a content may stand under several paths."""


@dataclass(frozen=True)
class Landing:
    """All that a content became. `facts` are typed columns of `Deliveries`."""

    content_hash: str
    size: int
    problem: Problem | None
    facts: Mapping[str, object]
    tables: Mapping[Kind, pa.Table]
    sheets: pa.Table
    rejected_rows: pa.Table
    rejected_cells: pa.Table
    notices: pa.Table


@dataclass(frozen=True)
class _Landed:
    """One body's part."""

    kind: Kind
    rows: pa.Table
    rejected_rows: pa.Table
    rejected_cells: pa.Table
    notices: pa.Table


def receive(transcript: Transcript, desk: Desk) -> Landing:
    """Type, judge and account a transcript. Never raises for what is in it."""
    facts = _facts(transcript, desk)
    landed = {
        body.sheet.number: _landed(body, transcript, facts, desk) for body in transcript.bodies
    }
    rows = [_refused_lines(sheet, transcript, desk) for sheet in transcript.sheets]
    rows += [_placed(part.rejected_rows, transcript, n) for n, part in landed.items()]
    cells = [_placed(part.rejected_cells, transcript, n) for n, part in landed.items()]
    notices = [_noticed(sheet, transcript, desk) for sheet in transcript.sheets]
    notices += [_placed(part.notices, transcript, n) for n, part in landed.items()]
    tables: dict[Kind, list[pa.Table]] = {}
    for part in landed.values():
        tables.setdefault(part.kind, []).append(part.rows)
    return Landing(
        transcript.content_hash,
        transcript.size,
        transcript.problem,
        facts,
        {kind: pa.concat_tables(parts) for kind, parts in sorted(tables.items())},
        _sheets_table(transcript, landed),
        pa.concat_tables([PLACED.empty_table(), *rows]),
        pa.concat_tables([PLACED.empty_table(), *cells]),
        pa.concat_tables([PLACED.empty_table(), *notices]),
    )


def _landed(body: Body, transcript: Transcript, facts: Mapping[str, object], desk: Desk) -> _Landed:
    model = desk.models[body.layout.kind]
    sifted = sift(_source(body, transcript, model, facts, desk), desk.words, desk.reasons)
    judged = _judged(sifted.rows, body, model, desk)
    rows, refused = settle(judged, model, desk.reasons)
    return _Landed(
        body.layout.kind,
        _still_there(rows, refused),  # of several items in a row, one refused takes all
        _masked(together([sifted.rejected_rows, refused])),
        _masked(_still_there(sifted.rejected_cells, refused)),
        _masked(_still_there(sifted.notices, refused)),
    )


def _still_there(lines: pa.Table, refused: pa.Table) -> pa.Table:
    """Lines about rows, or rows, that the model did not refuse."""
    if not refused.num_rows:
        return lines
    gone = refused["row_no"].combine_chunks()
    return lines.filter(pc.invert(pc.is_in(lines["row_no"], value_set=gone)))


def _source(
    body: Body, transcript: Transcript, model: Model, facts: Mapping[str, object], desk: Desk
) -> Source:
    layout, fields = body.layout, body.fields
    campaign = facts.get("campaign")
    if campaign and "campaign" in {c.name for c in columns_of(model)}:
        constant = pa.repeat(pa.scalar(campaign, pa.string()), len(body.row_no))
        fields = fields.append_column("campaign", constant)
    return Source(
        model,
        transcript.content_hash,
        body.sheet.name,
        body.sheet.number,
        fields,
        body.row_no,
        body.headings,
        body.units,
        layout.required,
        layout.number,
        layout.identity,
        {
            name: Emptiness(rule.least_letters, rule.words, rule.copy_of)
            for name, rule in layout.emptiness.items()
        },
        body.epoch_1904,
        _period(facts),
        desk.layouts.ditto,
        body.unvalued,
    )


def _period(facts: Mapping[str, object]) -> tuple[date, date] | None:
    """The days a delivery says it covers; a cumulative one holds rows from before them."""
    first, last = facts.get("period_from_on"), facts.get("period_to_on")
    if not (isinstance(first, date) and isinstance(last, date)):
        return None
    return (first, last) if first <= last and facts.get("nature") != CUMULATIVE else None


def _judged(rows: pa.Table, body: Body, model: Model, desk: Desk) -> pa.Table:
    if not issubclass(model, Judged):
        return rows
    title, text = JUDGED_TEXT[body.layout.kind]
    answers = desk.classifier.judge(
        rows[title].combine_chunks() if title else None,
        rows[text].combine_chunks(),
        body.layout.prior,
        rows["category_stated"].combine_chunks(),
    )
    for name in answers.column_names:
        rows = rows.append_column(name, answers[name])
    return rows


def _masked(lines: pa.Table) -> pa.Table:
    """Values were masked with their row; once more, since a cell may be in a wrong column."""
    at = lines.column_names.index("value")
    return (
        lines.set_column(at, REJECTED.field("value"), mask(lines["value"]))
        if lines.num_rows
        else lines
    )


def _placed(lines: pa.Table, transcript: Transcript, number: int) -> pa.Table:
    name = next(sheet.name for sheet in transcript.sheets if sheet.number == number)
    columns = [
        pa.repeat(pa.scalar(transcript.content_hash, pa.string()), lines.num_rows),
        pa.repeat(pa.scalar(name, pa.string()), lines.num_rows),
    ]
    return pa.table([*columns, *lines.columns], schema=PLACED)


def _refused_lines(sheet: Sheet, transcript: Transcript, desk: Desk) -> pa.Table:
    """A line for every filled row of a refused sheet, and for records broken in the reading."""
    why = {"why": sheet.problem.message if sheet.problem else ""}
    refused = pa.array(transcript.refused_rows.get(sheet.number, ()), pa.int64())
    broken = pa.array(transcript.broken_rows.get(sheet.number, ()), pa.int64())
    lines = [
        desk.reasons.lines(row_no, rule, None, None, why)
        for row_no, rule in ((refused, "refused_sheet"), (broken, "broken_line"))
        if len(row_no)
    ]
    return _placed(together(lines) if lines else NOTHING, transcript, sheet.number)


def _noticed(sheet: Sheet, transcript: Transcript, desk: Desk) -> pa.Table:
    """What intake noticed of a sheet, in the office's words."""
    lines = [
        desk.reasons.lines(
            pa.array(notice.rows, pa.int64()),
            notice.rule,
            notice.heading,
            pa.repeat(pa.scalar(notice.value, pa.string()), len(notice.rows)),
            notice.facts,
        )
        for notice in sheet.notices
    ]
    return _placed(_masked(together(lines) if lines else NOTHING), transcript, sheet.number)


def _facts(transcript: Transcript, desk: Desk) -> dict[str, object]:
    """报送信息 typed by the columns of `Deliveries`; what cannot be read is left out."""
    columns = {column.name: column for column in columns_of(Deliveries)}
    facts: dict[str, object] = {
        name: text
        for name, text in transcript.facts.items()
        if name in ("sending_unit", "kind", "campaign")
    }
    for name in ("period_from_on", "period_to_on", "sent_on", "stated_rows", "nature"):
        if name in transcript.facts:
            cell = pa.array([transcript.facts[name]], pa.string())
            read = typed(columns[name], cell, "", Reckoning(False, None), desk.words)
            facts[name] = read.values[0].as_py()
    facts["is_zero_report"] = "零报告" in transcript.facts.get("is_zero_report", "") or (
        transcript.facts.get("is_zero_report") == "无"
    )
    return facts


def _sheets_table(transcript: Transcript, landed: Mapping[int, _Landed]) -> pa.Table:
    rows = [_sheet_row(sheet, transcript, landed.get(sheet.number)) for sheet in transcript.sheets]
    return pa.Table.from_pylist(rows, schema=schema_of(Sheets))


def _sheet_row(sheet: Sheet, transcript: Transcript, part: _Landed | None) -> dict[str, object]:
    broken = len(transcript.broken_rows.get(sheet.number, ()))
    accepted = _accepted(sheet, part)
    rejected = sheet.count.records - accepted + broken
    ignored = sheet.count.ignored
    return {
        "sheet_id": f"{transcript.content_hash[:16]}-{sheet.number}",
        "content_hash": transcript.content_hash,
        "sheet_no": sheet.number,
        "sheet": sheet.name,
        "layout": sheet.layout.name if sheet.layout else None,
        "kind": sheet.layout.kind.value if sheet.layout else None,
        "status": _status(sheet, accepted, rejected),
        "reason": sheet.problem.code if sheet.problem else None,
        "message": sheet.problem.message if sheet.problem else None,
        "heading_from": sheet.heading_rows[0] if sheet.heading_rows else None,
        "heading_to": sheet.heading_rows[1] if sheet.heading_rows else None,
        "unread": "、".join(mask(pa.array(sheet.unread)).to_pylist()) if sheet.unread else None,
        "is_hidden": sheet.traits.is_hidden,
        "hidden_rows": len(sheet.traits.hidden_rows),
        "pictures": sum(count for _, count in sheet.traits.pictures),
        "rows_seen": sheet.count.seen,
        "rows_accepted": accepted,
        "rows_rejected": rejected,
        "titles": ignored.get("title", 0),
        "headings": ignored.get("heading", 0),
        "totals": ignored.get("total", 0),
        "notes": ignored.get("note", 0),
        "blanks": ignored.get("blank", 0),
    }


def _accepted(sheet: Sheet, part: _Landed | None) -> int:
    """Rows of the sheet taken in, however many findings each holds.

    A 🔒 sheet's records went to the vault, a refused sheet's nowhere.
    """
    if part is not None:
        return pc.count_distinct(part.rows["row_no"]).as_py()
    return 0 if sheet.problem else sheet.count.records


def _status(sheet: Sheet, accepted: int, rejected: int) -> str:
    if sheet.is_aside:
        return "附表" if sheet.count.seen else "空表"
    if sheet.problem or (rejected and not accepted):
        return "拒收"
    return "部分接收" if rejected else "已接收"
