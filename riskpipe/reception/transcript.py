"""A delivered file as text without its reporters: what may be kept and read again.

Bytes go in; out come the sheets' accounts, the records under field names with personal
columns replaced by a keyed pseudonym and free text masked, and, apart, what goes into the
vault. 🔒 sheets are joined to their main sheet first, so that a row's pseudonym and masking
know its person. Nothing is typed here.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.identity.masking import mask_known, mask_one
from riskpipe.identity.personal import known_in, take_out
from riskpipe.identity.vault import Sealed
from riskpipe.intake.grid import Refusal
from riskpipe.intake.look import Taken
from riskpipe.intake.reading import Body, Problem, Sheet, problem_of, read
from riskpipe.reception.desk import Desk
from riskpipe.screening.texts import cut
from riskpipe.text import fold

log = logging.getLogger("riskpipe.reception")

LONGEST_SHOWN = 200
UNSHOWN = "（过长的表头，不显示）"


@dataclass(frozen=True)
class Transcript:
    """What is kept of a file's content. `sealed` is for the vault and leaves with it."""

    content_hash: str
    size: int
    facts: Mapping[str, str]
    sheets: tuple[Sheet, ...]
    bodies: tuple[Body, ...]
    refused_rows: Mapping[int, tuple[int, ...]]
    broken_rows: Mapping[int, tuple[int, ...]]
    problem: Problem | None
    sealed: tuple[Sealed, ...]


def transcribe(taken: Taken, name: str, desk: Desk) -> Transcript:
    """Read a file's bytes and take its people out. Never raises for what is in them."""
    content_hash = taken.content_hash
    try:
        reading = read(taken.content, name, desk.layouts, desk.rules, desk.limits)
        bodies, sealed = _without_people(reading.bodies, desk)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  a file must never stop a run
        # The type alone: an exception's words may quote a cell.
        log.warning("%s… 读取时出现意外错误（%s）", content_hash[:12], type(error).__name__)
        problem = problem_of(Refusal("unexpected", {}), desk.rules)
        return _refused(content_hash, taken.size, problem)
    return Transcript(
        content_hash,
        taken.size,
        {name: told_text(text, sealed) for name, text in reading.facts.items()},
        tuple(_told(sheet, sealed) for sheet in reading.sheets),
        tuple(replace(body, sheet=_told(body.sheet, sealed)) for body in bodies),
        reading.refused_rows,
        reading.broken_rows,
        _masked(reading.problem),
        sealed,
    )


def told_text(text: str, sealed: Sequence[Sealed]) -> str:
    """A sheet's name or a fact of the delivery as it may be told: either may name a caller."""
    return mask_one(mask_known(text, known_in(text, sealed)))


def _told(sheet: Sheet, sealed: Sequence[Sealed]) -> Sheet:
    """The account without what may stand in an unknown heading: a row of data taken for one."""
    name = told_text(sheet.name, sealed)
    notices = tuple(
        replace(
            notice,
            heading=_shown(notice.heading) if notice.heading else notice.heading,
            facts={**notice.facts, **({"sheet": name} if "sheet" in notice.facts else {})},
        )
        for notice in sheet.notices
    )
    return replace(
        sheet,
        name=name,
        # A formula may spell out a person; it has served its heading and is kept nowhere.
        traits=replace(sheet.traits, unvalued=()),
        problem=_masked(sheet.problem),
        unread=tuple(map(_shown, sheet.unread)),
        notices=notices,
    )


def _masked(problem: Problem | None) -> Problem | None:
    """A refusal's words without a person in the name of the sheet they speak of."""
    return replace(problem, message=mask_one(problem.message)) if problem else None


def _shown(heading: str) -> str:
    """A heading as the account names it; one of a million characters is not worth masking."""
    return mask_one(heading) if len(heading) <= LONGEST_SHOWN else UNSHOWN


def unopened(refusal: Refusal, size: int, desk: Desk) -> Transcript:
    """The transcript of a path whose bytes could not or may not be taken."""
    return _refused("", size, problem_of(refusal, desk.rules))


def _refused(content_hash: str, size: int, problem: Problem) -> Transcript:
    return Transcript(content_hash, size, {}, (), (), {}, {}, problem, ())


def _without_people(
    bodies: tuple[Body, ...], desk: Desk
) -> tuple[tuple[Body, ...], tuple[Sealed, ...]]:
    """Every main body without its people; 🔒 bodies are joined, sealed and gone."""
    bodies = tuple(_shortened(body, desk.words.texts.longest) for body in bodies)
    secret = [body for body in bodies if body.layout.joins]
    open_bodies: list[Body] = []
    sealed: list[Sealed] = []
    for body in bodies:
        if not body.layout.joins:
            body, secret = _joined(body, secret)  # noqa: PLW2901
            taken = take_out(_placed(body), desk.keys)
            fields = taken.table.drop_columns(["sheet", "row_no"])
            open_bodies.append(replace(body, fields=fields))
            sealed += taken.sealed
    for body in secret:  # persons whose row is in no main sheet are kept under their number
        sealed += take_out(_placed(body), desk.keys).sealed
    return tuple(open_bodies), tuple(sealed)


def _shortened(body: Body, longest: int) -> Body:
    """The body without cells too long to be anybody's typing: masking one would take minutes."""
    fields = body.fields
    columns = [cut(column.combine_chunks(), longest) for column in fields.columns]
    return replace(body, fields=pa.table(columns, names=fields.column_names))


def _placed(body: Body) -> pa.Table:
    """The fields with the sheet and row numbers under which the vault files what it gets."""
    count = len(body.row_no)
    table = body.fields.append_column("sheet", pa.repeat(pa.scalar(body.sheet.name), count))
    return table.append_column("row_no", body.row_no.cast(pa.string()))


def _joined(body: Body, secret: list[Body]) -> tuple[Body, list[Body]]:
    """The body with what 🔒 sheets know of its rows; the 🔒 rows that matched nothing."""
    left = []
    fields = body.fields
    for hidden in secret:
        key = hidden.layout.joins
        if hidden.layout.kind is not body.layout.kind or key not in fields.column_names:
            left.append(hidden)
            continue
        at = pc.index_in(_key(fields, key), value_set=_key(hidden.fields, key))
        for name in hidden.fields.column_names:
            if name not in (key, "seq"):
                known = hidden.fields[name].combine_chunks().take(at)
                fields = _filled(fields, name, known)
        matched = pc.is_in(_key(hidden.fields, key), value_set=_key(fields, key))
        orphans = np.flatnonzero(~np.asarray(matched))
        if len(orphans):
            rows = pa.array(orphans)
            left.append(
                replace(hidden, fields=hidden.fields.take(rows), row_no=hidden.row_no.take(rows))
            )
    return replace(body, fields=fields), left


def _key(fields: pa.Table, name: str) -> pa.Array:
    return pc.replace_substring_regex(fold(fields[name]), r"\s+", "")


def _filled(fields: pa.Table, name: str, known: pa.Array) -> pa.Table:
    if name not in fields.column_names:
        return fields.append_column(name, known)
    together = pc.coalesce(fields[name].combine_chunks(), known)
    return fields.set_column(fields.column_names.index(name), name, together)
