"""How a table is declared: one pandera model per table, with everything known of a column.

A column is type + 中文 title + meaning + unit + codes + whether it is personal, said once.
From a model come row validation, the Arrow (hence Parquet, DuckDB and Spark) schema, the
column comments, the data dictionary and the fill-in workbook. No data pass through here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from riskpipe.vocabulary import Kind

Text = Annotated[pd.ArrowDtype, pa.string()]
Day = Annotated[pd.ArrowDtype, pa.date32()]
Moment = Annotated[pd.ArrowDtype, pa.timestamp("us")]
"""Asia/Shanghai wall time without a zone: summer time of 1986-91 makes zoned values raise."""
Whole = Annotated[pd.ArrowDtype, pa.int64()]
Flag = Annotated[pd.ArrowDtype, pa.bool_()]
Money = Annotated[pd.ArrowDtype, pa.decimal128(14, 2)]
"""Yuan with two decimals, never a float."""
Number = Annotated[pd.ArrowDtype, pa.float64()]

Personal = Literal["none", "staff", "reporter"]


@dataclass(frozen=True)
class Column:
    """What a reader of the data dictionary may ask of a column."""

    name: str
    title: str
    meaning: str
    unit: str
    arrow: pa.DataType
    nullable: bool
    unique: bool
    codes: tuple[str, ...]
    personal: Personal


def column(
    title: str,
    meaning: str,
    *,
    unit: str = "",
    nullable: bool = True,
    unique: bool = False,
    codes: Sequence[str] | None = None,
    personal: Personal = "none",
) -> Any:
    """Declare a column: 中文 title, meaning, unit, closed list of values, who it is about.

    `codes` is checked on rows and offered as a drop-down; `personal="reporter"` may only
    hold keyed pseudonyms, `"staff"` names people on duty.
    """
    return pandera.Field(
        nullable=nullable,
        unique=unique,
        isin=tuple(codes) if codes else None,
        title=title,
        description=meaning,
        metadata={"unit": unit, "personal": personal, "codes": tuple(codes or ())},
    )


_DECLARED: dict[type, tuple[str, Kind | None]] = {}


class Table(pandera.DataFrameModel):
    """Base of every table. `class Hazards(Table, key="register/hazards")`.

    `key` is at once the Dagster asset key, `schema/name` in the published file, and the
    stem of the Parquet and of the `.sql` that makes it; `kind` is set on delivered tables.
    They are read with the functions below: attributes would collide with column names.
    """

    class Config:
        """Unknown columns are an error; nothing is coerced in silence."""

        strict = True
        ordered = True

    def __init_subclass__(cls, key: str = "", kind: Kind | None = None, **options: Any) -> None:
        """Take the table's key and delivered kind from the class statement."""
        super().__init_subclass__(**options)
        _DECLARED[cls] = (key, kind)


Model = type[Table]


def key_of(model: Model) -> str:
    """`register/hazards`; empty for a base that is no table itself."""
    return _DECLARED[model][0]


def name_of(model: Model) -> str:
    """The one word by which SQL knows the table: `hazards`."""
    return key_of(model).rpartition("/")[2]


def kind_of(model: Model) -> Kind | None:
    """The delivered kind a landed model holds, None for computed tables."""
    return _DECLARED[model][1]


def title_of(model: Model) -> str:
    """First line of the docstring: the table's Chinese name and grain."""
    return (model.__doc__ or "").strip().split("\n")[0]


@cache
def columns_of(model: Model) -> tuple[Column, ...]:
    """Every column in its declared order."""
    return tuple(
        Column(
            name=name,
            title=field.title or "",
            meaning=field.description or "",
            unit=(field.metadata or {}).get("unit", ""),
            arrow=field.dtype.type.pyarrow_dtype,
            nullable=bool(field.nullable),
            unique=bool(field.unique),
            codes=(field.metadata or {}).get("codes", ()),
            personal=(field.metadata or {}).get("personal", "none"),
        )
        for name, field in model.to_schema().columns.items()
    )


@cache
def schema_of(model: Model) -> pa.Schema:
    """The table's Arrow schema, nullability included."""
    return pa.schema([pa.field(c.name, c.arrow, c.nullable) for c in columns_of(model)])
