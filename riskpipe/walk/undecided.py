"""The records whose category no person has decided: by doubt, by month, and a draw from them.

The register's tip-offs and findings go in; tables of where a record is and how the rules judged it
come out, unclassified first, then by the least margin. No text of a record is read for that. What
is shown of those chosen, and where, is reviewing.py's.
"""

import hashlib
import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from riskpipe.calendar import month_of
from riskpipe.tables.delivered import REVIEWED_KINDS
from riskpipe.vocabulary import Category, Kind
from riskpipe.walk.office import Office, month_from
from riskpipe.walk.trouble import UseError

BY_RULE: Final = "规则"
ALIKE: Final = 3
"""So many records judged exactly alike come in their turn; more of them say nothing new."""


@dataclass(frozen=True)
class Told:
    """Where a kind says what: number, title, text, and the days of a record, the first filled."""

    number: str
    title: str | None
    text: str
    days: tuple[str, ...]


TOLD: Final = {
    # The order of marts/cases.sql and marts/discoveries.sql: the month is the one they count in.
    Kind.TIPOFFS: Told(
        "tipoff_no",
        "title",
        "content",
        ("reported_at", "city_dispatched_at", "dispatched_at", "accepted_at", "received_on"),
    ),
    Kind.FINDINGS: Told("finding_no", None, "description", ("inspected_on", "received_on")),
}


def undecided(office: Office, month: str) -> pa.Table:
    """What no person has decided, of one statistical month (YYYY-MM) or, without one, of all.

    Columns kind, row_id, number, day, category, runner_up, margin, is_unclassified; no order.
    Raises UseError before the first run and for a misspelt month.
    """
    parts = [_of_kind(office, kind) for kind in REVIEWED_KINDS]
    records = pa.concat_tables(parts)
    if not month:
        return records
    wanted, closes_on = month_from(month), office.settings.month_closes_on
    days = pc.unique(records["day"]).to_pylist()
    inside = [day for day in days if month_of(day, closes_on) == wanted]
    return records.filter(pc.is_in(records["day"], value_set=pa.array(inside, pa.date32())))


def _of_kind(office: Office, kind: Kind) -> pa.Table:
    told = TOLD[kind]
    items = ["item_no"] if kind is Kind.FINDINGS else []
    judged = ["category", "runner_up", "margin", "category_basis"]
    names = ["row_id", told.number, *judged, *told.days, *items]
    table = read_register(office, kind, names, None)
    day = pc.coalesce(*(table[name].cast(pa.date32(), safe=False) for name in told.days))
    category = pc.fill_null(table["category"], str(Category.UNCLASSIFIED))
    found = pa.table(
        {
            "kind": pa.repeat(pa.scalar(kind.value), table.num_rows),
            "row_id": table["row_id"],
            "number": _numbers(table) if items else table[told.number],
            "day": day,
            "category": category,
            "runner_up": pc.fill_null(table["runner_up"], ""),
            "margin": pc.fill_null(table["margin"], 0.0),
            "is_unclassified": pc.equal(category, str(Category.UNCLASSIFIED)),
        }
    )
    return found.filter(pc.equal(table["category_basis"], BY_RULE))


def _numbers(findings: pa.Table) -> pa.ChunkedArray:
    """编号, with #分项 where several findings stand under one number."""
    several = findings.filter(pc.greater(findings["item_no"], 1))["finding_no"]
    item = pc.binary_join_element_wise(
        findings["finding_no"], findings["item_no"].cast(pa.string()), "#"
    )
    is_one_of_several = pc.is_in(findings["finding_no"], value_set=pc.unique(several))
    return pc.if_else(is_one_of_several, item, findings["finding_no"])


def read_register(
    office: Office, kind: Kind, names: Sequence[str], where: pc.Expression | None
) -> pa.Table:
    """Columns of the current tip-offs or findings. Raises UseError when no run has made them yet."""
    path = office.warehouse.table_path(f"register/{kind}")
    if not path.exists() or set(names) - set(pq.read_schema(path).names):
        raise UseError("登记还没有生成，或是旧版本程序生成的：请先运行 riskpipe run。")
    return pq.read_table(path, columns=list(dict.fromkeys(names)), filters=where)


def by_doubt(records: pa.Table, limit: int) -> tuple[pa.Table, pa.Table]:
    """The records to review, the least certain first, and of the rest what was classified.

    Of records judged exactly alike (hundreds of one kind of parked bicycle) a few come in their
    turn and the others after all the rest.
    """
    names = ("margin", "category", "runner_up", "kind", "number")
    order = pc.sort_indices(records, [(name, "ascending") for name in names])
    ordered = records.take(order)
    is_classified = ~np.asarray(ordered["is_unclassified"])
    place = pa.array(np.lexsort((_is_repeated(ordered), is_classified)))
    ordered = ordered.take(place)
    rest = ordered.slice(limit)
    return ordered.slice(0, limit), rest.filter(pc.invert(rest["is_unclassified"]))


def _is_repeated(ordered: pa.Table) -> np.ndarray:
    """Which records stand behind ALIKE others with the same answer; alike ones lie together."""
    count = ordered.num_rows
    begins = np.zeros(count, dtype=bool)
    for name in ("margin", "category", "runner_up"):
        values = ordered[name].combine_chunks().dictionary_encode().indices.to_numpy()
        begins |= np.append(True, values[1:] != values[:-1])
    starts = np.maximum.accumulate(np.where(begins, np.arange(count), 0))
    return np.arange(count) - starts >= ALIKE


def drawn(records: pa.Table, count: int, seed: int) -> pa.Table:
    """`count` of the records by chance; the same ones for the same seed, in the order drawn.

    A record's lot is a hash of the seed and its number: what else is in the draw does not move it.
    """
    if not count:
        return records.slice(0, 0)
    names = zip(records["kind"].to_pylist(), records["number"].to_pylist(), strict=True)
    lots = ((_lot(seed, kind, number), at) for at, (kind, number) in enumerate(names))
    places = [at for _, at in heapq.nsmallest(count, lots)]
    return records.take(pa.array(places, pa.int64()))


def _lot(seed: int, kind: str, number: str) -> bytes:
    return hashlib.blake2b(f"{seed}|{kind}|{number}".encode(), digest_size=16).digest()
