"""What stands in each column of a fill-in sheet, as data.

`forms/sheets/*.toml` (mark, condition, width, note, example of each column, in printed order)
goes in; `Sheet`s come out, with the heading from the layout and type and code list from the
table model, so that nothing is said twice. How a column looks and is validated is not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pyarrow as pa

from riskpipe.intake.layout import Layout, Layouts
from riskpipe.rules import RuleError, Rules
from riskpipe.tables import all_models
from riskpipe.tables.base import Column as ModelColumn
from riskpipe.tables.base import Model, columns_of, kind_of
from riskpipe.vocabulary import KIND_TITLES, Kind

SHEETS = "forms/sheets"
YES_NO = ("是", "否")


class Mark(StrEnum):
    """必填: always, under a condition, optional; nothing for what the form fills in itself."""

    ALWAYS = "★"
    WHEN = "▲"
    OPTIONAL = "○"
    NONE = ""


class Type(StrEnum):
    """What a cell holds; the words are those the guide prints."""

    TEXT = "文字"
    CHOICE = "下拉选择"
    DAY = "日期"
    MOMENT = "日期时间"
    MONTH = "年月"
    WHOLE = "整数"
    MONEY = "金额"
    NUMBER = "数字"


TYPES = {
    pa.string(): Type.TEXT,
    pa.date32(): Type.DAY,
    pa.timestamp("us"): Type.MOMENT,
    pa.int64(): Type.WHOLE,
    pa.bool_(): Type.CHOICE,
    pa.decimal128(14, 2): Type.MONEY,
    pa.float64(): Type.NUMBER,
}


@dataclass(frozen=True)
class Condition:
    """When a ▲ column must be filled.

    `field` is in `values`, or in none of them when `is_not`; no values: it is filled. Without a
    field there are only words: the condition cannot be seen on the sheet.
    """

    field: str
    values: tuple[str, ...]
    is_not: bool
    said: str


@dataclass(frozen=True)
class Column:
    """One column. `choices` is a closed list, `offered` the name of a list of lists.py."""

    name: str
    heading: str
    mark: Mark
    type: Type
    width: float
    condition: Condition | None
    choices: tuple[str, ...]
    offered: str
    within: str
    not_before: str
    differs_from: tuple[str, ...]
    same_as: str
    code: str
    note: str
    example: str


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook. `counted` is the column whose filled cells are its rows.

    `prefilled` columns are printed in advance, `number` is the pattern of the record's own
    number where the rule lets it be printed, `key` the column that may not repeat.
    """

    name: str
    kind: Kind
    is_secret: bool
    columns: tuple[Column, ...]
    counted: str
    key: str
    number: str
    prefilled: tuple[str, ...]

    def place_of(self, name: str) -> int:
        """The place of a column, from 0. Raises KeyError."""
        return {column.name: place for place, column in enumerate(self.columns)}[name]

    def heading_of(self, name: str) -> str:
        """The printed heading of a column. Raises KeyError."""
        return self.columns[self.place_of(name)].heading


def sheet_of(name: str, rules: Rules, layouts: Layouts) -> Sheet:
    """The sheet of `forms/sheets/<name>.toml`. Raises RuleError for data that do not fit."""
    document = rules.document(f"{SHEETS}/{name}")
    try:
        layout = {layout.name: layout for layout in layouts.layouts}[document["layout"]]
        model = {c.name: c for c in columns_of(model_of_kind(layout.kind))}
        columns = tuple(
            column_of(field, facts, _heading(field, facts, layout), model.get(field))
            for field, facts in document["columns"].items()
        )
        sheet = Sheet(
            name=layout.title if layout.joins else KIND_TITLES[layout.kind],
            kind=layout.kind,
            is_secret=bool(layout.joins),
            columns=tuple(_said(column, columns) for column in columns),
            counted=document["counted"],
            key=layout.number,
            number=document.get("number", ""),
            prefilled=layout.prefilled,
        )
        _check(sheet)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise RuleError(
            f"填报表 {name}.toml 有误（{error}）：请对照 forms/sheets 下的例子改正。"
        ) from None
    return sheet


def column_of(
    name: str, facts: Mapping[str, Any], heading: str, model: ModelColumn | None
) -> Column:
    """One column from its data; what the model knows is not repeated there."""
    choices = tuple(facts.get("choices", ())) or _choices(model)
    type_ = TYPES[model.arrow] if model else Type.TEXT
    if name == "seq":
        type_ = Type.WHOLE
    if choices or facts.get("list"):
        type_ = Type.CHOICE
    if "type" in facts:
        type_ = Type[facts["type"].upper()]
    return Column(
        name=name,
        heading=heading,
        mark=Mark(facts["mark"]),
        type=type_,
        width=float(facts.get("width", 12)),
        condition=_condition(facts.get("when")),
        choices=() if facts.get("list") else choices,
        offered=facts.get("list", ""),
        within=facts.get("within", ""),
        not_before=facts.get("not_before", ""),
        differs_from=tuple(facts.get("differs_from", ())),
        same_as=facts.get("same_as", ""),
        code=facts.get("code", ""),
        note=facts.get("note", ""),
        example=facts.get("example", ""),
    )


def model_of_kind(kind: Kind) -> Model:
    """The landed model of a delivered kind. Raises KeyError."""
    return {kind_of(model): model for model in all_models() if kind_of(model)}[kind]


def _heading(field: str, facts: Mapping[str, Any], layout: Layout) -> str:
    """As printed: the layout's first word, with the unit the form wants the number in."""
    if "heading" in facts:
        return facts["heading"]
    if field not in layout.headings and field not in layout.personal:
        raise KeyError(field)
    unit = facts.get("unit", "")
    return layout.heading_of(field) + (f"（{unit}）" if unit else "")


def _choices(model: ModelColumn | None) -> tuple[str, ...]:
    if model is None:
        return ()
    return YES_NO if pa.types.is_boolean(model.arrow) else tuple(map(str, model.codes))


def _condition(when: str | Mapping[str, list[str]] | None) -> Condition | None:
    if not when:
        return None
    if isinstance(when, str):
        return Condition("", (), is_not=False, said=when)
    ((field, values),) = when.items()
    is_not = all(value.startswith("!") for value in values)
    plain = tuple(value.removeprefix("!") for value in values if value != "*")
    return Condition(field, plain, is_not=is_not, said="")


def _said(column: Column, columns: tuple[Column, ...]) -> Column:
    """The column with its condition in the headings' words."""
    condition = column.condition
    if condition is None or not condition.field:
        return column
    heading = {c.name: c.heading for c in columns}[condition.field]
    listed = "、".join(condition.values)
    if not condition.values:
        said = f"“{heading}”已填"
    elif condition.is_not:
        said = f"“{heading}”不是{listed}"
    else:
        said = f"“{heading}”为{listed}"
    return replace(column, condition=replace(condition, said=said))


def _check(sheet: Sheet) -> None:
    """Every column named by another must stand on the sheet. Raises KeyError, ValueError."""
    sheet.place_of(sheet.counted)
    for column in sheet.columns:
        others = (column.within, column.not_before, column.same_as, *column.differs_from)
        for other in filter(None, others):
            sheet.place_of(other)
        if (column.mark is Mark.WHEN) != (column.condition is not None):
            raise ValueError(f"{column.name}: ▲ 与 when 须同时出现")
