"""The 归类复核单 that asks the office what the classifier should have said.

The records of undecided.py go in, the most doubtful ones, and beside them when asked for a seeded
draw from the others, from which the error rate can be told; one workbook comes out. It is never
written over another one. What came back is agreement.py's.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.calendar import month_of
from riskpipe.classification import Classifier
from riskpipe.forms.reviewing import review_workbook
from riskpipe.rules import Rules
from riskpipe.tables.delivered import DRAWN_AS, REVIEWED_KINDS
from riskpipe.vocabulary import KIND_TITLES, Category, Kind
from riskpipe.walk.office import Office
from riskpipe.walk.trouble import UseError
from riskpipe.walk.undecided import TOLD, by_doubt, drawn, read_register, undecided

EXCERPT: Final = 160
"""Characters of the text that are shown: enough to see the matter, not a copy of the register."""
CHOSEN, SAMPLED = DRAWN_AS
JUDGEMENT = (
    "category",
    "subcategory",
    "front_runner",
    "runner_up",
    "margin",
    "evidence",
    "against",
)


@dataclass(frozen=True)
class Asked:
    """How many records to list and to sample; `month` (YYYY-MM) empty for all."""

    month: str
    limit: int
    sample: int
    seed: int


@dataclass(frozen=True)
class Listed:
    """The workbook that lies ready; `is_new` when it was not there before."""

    path: Path
    chosen: int
    sampled: int
    undecided: int
    unclassified: int
    is_new: bool


def listed(office: Office, asked: Asked, path: Path | None) -> Listed | None:
    """Write the review list; None when there is nothing left to review.

    Raises UseError before the first run, for a misspelt month or file name, and for a file that
    would be lost.
    """
    open_records = undecided(office, asked.month)
    if not open_records.num_rows:
        return None
    chosen, others = by_doubt(open_records, asked.limit)
    sample = drawn(others, asked.sample, asked.seed)
    rules = Rules(office.settings.rules_folder)
    version = Classifier.load(rules).version
    content = review_workbook(
        _rows(office, chosen, CHOSEN, version),
        _rows(office, sample, SAMPLED, version),
        version,
        rules,
    )
    target = path or Path(f"{KIND_TITLES[Kind.REVIEWS]}_{asked.month or _as_of(office)}.xlsx")
    return Listed(
        target,
        chosen.num_rows,
        sample.num_rows,
        open_records.num_rows,
        pc.sum(open_records["is_unclassified"]).as_py(),
        _put(target, content),
    )


def _rows(
    office: Office, records: pa.Table, drawn_as: str, version: str
) -> list[dict[str, str | float | None]]:
    """The records as rows of the workbook, in their order."""
    said = {kind: _said(office, kind, records) for kind in REVIEWED_KINDS}
    closes_on = office.settings.month_closes_on
    return [
        _row(record, said[Kind(record["kind"])][record["row_id"]], closes_on)
        | {"drawn_as": drawn_as, "rule_version": version}
        for record in records.to_pylist()
    ]


def _said(office: Office, kind: Kind, records: pa.Table) -> Mapping[str, Mapping[str, Any]]:
    """What the register holds of the listed records of a kind, by row_id; texts of no others."""
    told = TOLD[kind]
    ids = records.filter(pc.equal(records["kind"], kind.value))["row_id"].combine_chunks()
    names = ["row_id", told.text, *((told.title,) if told.title else ()), *JUDGEMENT]
    table = read_register(office, kind, names, pc.field("row_id").isin(ids))
    return {row["row_id"]: row for row in table.to_pylist()}


def _row(
    record: Mapping[str, Any], said: Mapping[str, Any], closes_on: int
) -> dict[str, str | float | None]:
    told = TOLD[Kind(record["kind"])]
    return {
        "subject_table": KIND_TITLES[Kind(record["kind"])],
        "subject_no": record["number"],
        "month": f"{month_of(record['day'], closes_on):%Y-%m}",
        "title": said[told.title] if told.title else None,
        "excerpt": _excerpt(said[told.text]),
        "system_category": said["category"] or str(Category.UNCLASSIFIED),
        "system_subcategory": said["subcategory"],
        "system_margin": round(record["margin"], 3),
        "evidence": _side(said["front_runner"], said["evidence"]),
        "against": _side(said["runner_up"], said["against"]),
    }


def _excerpt(text: str | None) -> str | None:
    plain = " ".join((text or "").split())
    return plain[:EXCERPT] + "…" if len(plain) > EXCERPT else plain or None


def _side(category: str | None, words: str | None) -> str | None:
    """One side's evidence under the category it speaks for: 事故灾难：消防通道+1.5、着火+1."""
    return f"{category}：{words}" if category and words else None


def _as_of(office: Office) -> date:
    return office.warehouse.read("calendar/run").to_pylist()[0]["as_of_on"]


def _put(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet, whole or not at all; whether it is new."""
    if path.suffix.lower() != ".xlsx":
        raise UseError(f"{path} 不是 Excel 文件名：请写成 复核.xlsx 这样。")
    if path.exists():
        if path.read_bytes() == content:
            return False
        raise UseError(f"{path} 已有同名文件，可能已经填写：请先移走它，或用 --out 另给文件名。")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return True
