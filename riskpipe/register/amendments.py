"""Corrections and reviews as typed values: what is amended, by whom, and which of it counts.

A row of 更正单 gives one amendment, a row of 归类复核单 two (reviewed.py). A correction comes in as
text; it is matched to a delivered kind by its printed name, to a field by its printed heading
(only fields of amendables.csv may be corrected), and its new content is read by the field's own
type. What cannot be read is not guessed: it stands with its reason and does nothing. Of all that
is said of a field the latest by its own day counts, of the same day the 更正单; a sub-category
said before the category that counts is outlived. Applying is done in SQL, where the current
tables join the applied rows; whether the record exists is judged in violations.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import pyarrow as pa

from riskpipe.register import reviewed
from riskpipe.rules import Rules
from riskpipe.tables import model_of
from riskpipe.tables.base import Column, columns_of, schema_of
from riskpipe.tables.register import Amendments
from riskpipe.text import key_form
from riskpipe.vocabulary import KIND_TITLES, Kind

INPUTS = ("corrections", "reviews")
RULES = ("register/amendables",)

SOURCE: Final = "更正"
JUDGED_KINDS: Final = (Kind.TIPOFFS.value, Kind.FINDINGS.value)
"""Kinds whose sub-category stands under a category that a person may have decided."""

CLEARED: Final = ("空", "无", "清空", "删除")
"""Words by which a note empties a field; a blank cell says nothing and is refused."""

TEN_THOUSAND: Final = "万元"
ONE_BY_ONE: Final = "元人日起件%"


class UnreadableError(ValueError):
    """The new content is no value of the field; the message says why, in Chinese."""


@dataclass(frozen=True)
class Target:
    """The field a note means."""

    kind: str
    column: Column


def build(inputs: Mapping[str, pa.Table], rules: Rules) -> pa.Table:
    """`amendments` from `corrections` and `reviews`, ordered by row_id and field."""
    targets = _targets(rules.rows("register/amendables"))
    read = [_amendment(row, targets) for row in inputs["corrections"].to_pylist()]
    for review in inputs["reviews"].to_pylist():
        read += reviewed.amendments_of(review)
    for row in read:
        row["amendment_id"] = f"{row['row_id']}|{row['column_name'] or row['heading']}"
    counting = _counting(read)
    for row in read:
        row["is_applied"] = row["amendment_id"] in counting
    read.sort(key=lambda row: (row["row_id"], row["amendment_id"]))
    return pa.Table.from_pylist(read, schema=schema_of(Amendments))


def _counting(read: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of the amendments that count: of every field the last, unless it is outlived."""
    last = {_field(row): row for row in sorted(read, key=_age) if row["problem"] is None}
    return {row["amendment_id"] for row in last.values() if not _is_outlived(row, last)}


def _is_outlived(row: Mapping[str, Any], last: Mapping[tuple[Any, ...], Mapping[str, Any]]) -> bool:
    """A sub-category said before the category that its record stands under now."""
    if row["column_name"] != "subcategory" or row["kind"] not in JUDGED_KINDS:
        return False
    category = last.get((row["kind"], row["subject_no"], "category"))
    return category is not None and _act(row) < _act(category)


def parsed(text: str, heading: str, column: Column) -> Any:
    """`text` as a value of `column`; amounts under a 万元 heading become yuan.

    Raises UnreadableError. Dates are ISO (2025-03-01, 2025-03-01 08:30), as the form prints them.
    """
    arrow = column.arrow
    if column.codes:
        return _code(text, column.codes)
    try:
        if pa.types.is_date(arrow):
            return dt.date.fromisoformat(text)
        if pa.types.is_timestamp(arrow):
            return dt.datetime.fromisoformat(text)
        if pa.types.is_integer(arrow):
            return int(text.rstrip(ONE_BY_ONE))
        if pa.types.is_decimal(arrow):
            return _money(text, heading)
    except (ValueError, InvalidOperation):
        raise UnreadableError(f"更正内容不是“{column.title}”的有效写法") from None
    return text


def _targets(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], Target]:
    """Amendable fields by table name and heading, both in comparing form."""
    found = {}
    for row in rows:
        columns = {column.name: column for column in columns_of(model_of(row["kind"]))}
        column = columns[row["column_name"]]
        title = KIND_TITLES[_kind(row["kind"])]
        found[key_form(title), key_form(column.title)] = Target(row["kind"], column)
    return found


def _kind(name: str) -> Any:
    return next(kind for kind in KIND_TITLES if kind.value == name)


def _amendment(row: Mapping[str, Any], targets: Mapping[tuple[str, str], Target]) -> dict[str, Any]:
    kind = _kind_of(row["subject_table"])
    names = ("row_id", "subject_no", "heading", "received_on", "sender")
    result = {name: row[name] for name in names}
    result |= {"source": SOURCE, "kind": kind, "column_name": None, "problem": None}
    result |= {"old_text": row["old_value"], "amended_by": row["corrected_by"]}
    result["amended_on"] = row["corrected_on"]
    target = targets.get((key_form(row["subject_table"]), _heading(row["heading"])))
    if kind is None:
        return result | {"problem": "表名不识"}
    if target is None:
        return result | {"problem": "该项目不能以更正单更正，请更正后重报"}
    result["column_name"] = target.column.name
    text = (row["new_value"] or "").strip()
    if not text:
        return result | {"problem": "更正内容为空；要清空请写“空”"}
    if text in CLEARED:
        return result if target.column.nullable else result | {"problem": "必填项目不能清空"}
    try:
        return result | {_slot(target.column): parsed(text, row["heading"], target.column)}
    except UnreadableError as error:
        return result | {"problem": str(error)}


def _kind_of(table: str) -> str | None:
    wanted = key_form(table)
    return next((k.value for k, title in KIND_TITLES.items() if key_form(title) == wanted), None)


def _heading(heading: str) -> str:
    """The heading without the unit it may carry: 直接经济损失（万元） is 直接经济损失."""
    plain = heading.strip()
    for unit in ("（万元）", "(万元)", "（元）", "(元)", "（人）", "(人)"):
        plain = plain.removesuffix(unit)
    return key_form(plain)


def _slot(column: Column) -> str:
    arrow = column.arrow
    if pa.types.is_date(arrow):
        return "new_day"
    if pa.types.is_timestamp(arrow):
        return "new_moment"
    if pa.types.is_integer(arrow):
        return "new_whole"
    if pa.types.is_decimal(arrow):
        return "new_money"
    return "new_text"


def _code(text: str, codes: Sequence[str]) -> str:
    wanted = key_form(text)
    for code in codes:
        if key_form(code) == wanted:
            return code
    raise UnreadableError("更正内容不在码表内")


def _money(text: str, heading: str) -> Decimal:
    in_ten_thousands = text.endswith(TEN_THOUSAND) or TEN_THOUSAND in heading
    plain = text.removesuffix(TEN_THOUSAND).removesuffix("元").replace(",", "").replace("，", "")
    yuan = Decimal(plain) * (10_000 if in_ten_thousands else 1)
    if not yuan.is_finite() or yuan < 0 or yuan != yuan.quantize(Decimal("0.01")):
        raise ValueError(text)
    return yuan.quantize(Decimal("0.01"))


def _field(row: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return row["kind"], row["subject_no"], row["column_name"]


def _age(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return *_act(row), row["received_on"], row["row_id"]


def _act(row: Mapping[str, Any]) -> tuple[dt.date, bool]:
    """When it was said, and of the same day the 更正单 after the review."""
    return row["amended_on"] or dt.date.min, row["source"] == SOURCE
