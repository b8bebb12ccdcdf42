"""Which records count as confirmed, and which of them speak of the same matter.

Records of the register go in; examples come out, one a wording, each with the category a person
stood for. Two things make a category confirmed. A review or a correction: somebody read the record
and decided. Or a verification: somebody went there, found the report true (属实, 基本属实, 部分属实),
and the category the sending unit had filled in was left standing; it counts whether the rules agree
or not, for keeping only what they agree with would flatter them and teach nothing. A report found
untrue confirms no category, not even 非突发事件: it says that nothing was there, not what it was about.
The rules are never shown a stated category that is itself the answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.classification.learning.words import written_in_han
from riskpipe.classification.rulerows import JUDGED
from riskpipe.text import fold
from riskpipe.vocabulary import SUBSTANTIATED

RECORDS: Final = pa.schema(
    {
        "row_id": pa.string(),
        "title": pa.string(),
        "text": pa.string(),
        "prior": pa.string(),
        "category": pa.string(),
        "category_basis": pa.string(),
        "category_stated": pa.string(),
        "verification": pa.string(),
        "hazard_id": pa.string(),
        "received_on": pa.date32(),
    }
)
"""A record as the register has it: masked title and text, the row of priors.csv of its sheet."""

VERIFIED: Final = "核查"
DECIDED: Final = ("复核", "更正")
ORIGINS: Final = (*DECIDED, VERIFIED)
"""Where a confirmed category comes from; what a person decided goes before what stood by itself."""


@dataclass(frozen=True)
class Examples:
    """Parallel, one entry a wording, in the order of their wording.

    `titles` and `texts` are folded; `label` and `stated` are positions in JUDGED (-1: nothing the
    rules may see); `matter` numbers what belongs together. `repeated`,
    `contradicted` and `older` count confirmed records left out: the same wording again, wordings
    confirmed both ways, and what is too much.
    """

    titles: pa.Array
    texts: pa.Array
    prior: np.ndarray
    label: np.ndarray
    stated: np.ndarray
    origin: np.ndarray
    matter: np.ndarray
    received_on: np.ndarray
    repeated: int
    contradicted: int
    older: int

    def __len__(self) -> int:
        return len(self.label)


def examples_of(records: pa.Table, most: int) -> Examples:
    """The examples among records with the columns of RECORDS, whatever their order.

    At most so many: what persons decided first, then the newest.
    """
    confirmed = sorted(_confirmed(records), key=lambda row: (row["key"], row["row_id"]))
    matters = _matters(confirmed)
    wordings: dict[str, list[dict[str, Any]]] = {}
    for row in confirmed:
        wordings.setdefault(row["key"], []).append(row)
    agreed = [row for rows in wordings.values() for row in _agreed(rows)]
    kept = _newest(agreed, most)
    lost = sum(len(rows) for rows in wordings.values() if not _agreed(rows))
    numbers = {root: at for at, root in enumerate(dict.fromkeys(matters[r["key"]] for r in kept))}
    return Examples(
        titles=pa.array([row["title"] for row in kept], pa.string()),
        texts=pa.array([row["text"] for row in kept], pa.string()),
        prior=np.array([row["prior"] for row in kept], dtype=object),
        label=np.array([row["label"] for row in kept], dtype=np.int64),
        stated=np.array([row["stated"] for row in kept], dtype=np.int64),
        origin=np.array([row["origin"] for row in kept], dtype=object),
        matter=np.array([numbers[matters[row["key"]]] for row in kept], dtype=np.int64),
        received_on=np.array([row["received_on"] for row in kept], dtype=object),
        repeated=len(confirmed) - lost - len(agreed),
        contradicted=lost,
        older=len(agreed) - len(kept),
    )


def _newest(rows: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """The newest of what persons decided, then of what was verified; in the order given."""
    if len(rows) <= most:
        return rows

    def age(at: int) -> tuple[bool, int, str]:
        day = rows[at]["received_on"]
        return rows[at]["origin"] == VERIFIED, -day.toordinal() if day else 0, rows[at]["key"]

    return [rows[at] for at in sorted(sorted(range(len(rows)), key=age)[:most])]


def _confirmed(records: pa.Table) -> Iterator[dict[str, Any]]:
    may_be = pc.or_(
        pc.is_in(records["category_basis"], value_set=pa.array(DECIDED)),
        pc.is_in(records["verification"], value_set=pa.array(SUBSTANTIATED)),
    )
    records = records.filter(may_be)
    columns = {name: _folded(records[name]) for name in ("title", "text", "category_stated")}
    for number, row in enumerate(records.drop_columns(list(columns)).to_pylist()):
        told = {name: values[number].as_py() for name, values in columns.items()}
        stated = _position(told["category_stated"])
        is_decided = row["category_basis"] in DECIDED
        is_verified = row["verification"] in SUBSTANTIATED and not is_decided
        label = _position(row["category"]) if is_decided else stated if is_verified else -1
        key = "|".join(written_in_han(told[name]) for name in ("title", "text"))
        if label >= 0 and key != "|":
            yield {
                **row,
                **told,
                "key": key,
                "label": label,
                "stated": stated if is_decided else -1,
                "origin": row["category_basis"] if is_decided else VERIFIED,
            }


def _folded(column: pa.ChunkedArray) -> pa.Array:
    return fold(pc.fill_null(column.cast(pa.string()), ""))


def _position(category: str | None) -> int:
    return JUDGED.index(category) if category in JUDGED else -1  # type: ignore[arg-type]


def _agreed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The one example of a wording, none where persons decided differently."""
    decided = [row for row in rows if row["origin"] in DECIDED] or rows
    return decided[:1] if len({row["label"] for row in decided}) == 1 else []


def _matters(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """For every wording the first wording of its matter: wordings linked to one hazard are one."""
    parent: dict[str, str] = {}
    of_hazard: dict[str, str] = {}
    for row in rows:
        root = _root(parent, row["key"])
        other = _root(parent, of_hazard.setdefault(row["hazard_id"] or row["key"], row["key"]))
        first, second = sorted((root, other))
        parent[second] = first
    return {key: _root(parent, key) for key in list(parent)}


def _root(parent: dict[str, str], key: str) -> str:
    parent.setdefault(key, key)
    while parent[key] != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key


def period(examples: Examples) -> tuple[date, date] | None:
    """First and last day the examples were received; None without any."""
    days = [day for day in examples.received_on if day is not None]
    return (min(days), max(days)) if days else None
