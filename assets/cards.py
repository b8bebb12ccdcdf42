"""How a table looks in the graph: key, group, Chinese title, columns, owners, kinds.

Everything comes from the table's model and its step. A card holds names and meanings, a
result holds counts; neither ever holds a row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg

from riskpipe.tables import model_of
from riskpipe.tables.base import Column, Model, columns_of, key_of, title_of
from riskpipe.walk.bench import Outcome
from riskpipe.walk.trouble import Trouble, trouble_of

OWNERS = ["team:emergency_office"]


def key_path(key: str) -> list[str]:
    """`register/hazards` as Dagster writes it."""
    return key.split("/")


def card_of(model: Model, kinds: set[str]) -> dict[str, Any]:
    """What `@dg.asset` or `dg.AssetSpec` needs to show a table."""
    key = key_of(model)
    return {
        "key": key_path(key),
        "group_name": key.partition("/")[0],
        "description": (model.__doc__ or "").strip(),
        "owners": OWNERS,
        "kinds": kinds,
        "metadata": {"dagster/column_schema": column_schema(model)},
    }


def column_schema(model: Model) -> dg.TableSchema:
    """The model's columns with their Chinese titles and meanings."""
    return dg.TableSchema(columns=[_column(column) for column in columns_of(model)])


def _column(column: Column) -> dg.TableColumn:
    unit = f"（{column.unit}）" if column.unit else ""
    meaning = f"：{column.meaning}" if column.meaning else ""
    return dg.TableColumn(
        name=column.name,
        type=str(column.arrow),
        description=f"{column.title}{unit}{meaning}",
        constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=column.unique),
        tags={"personal": column.personal},
    )


def result_of(outcome: Outcome) -> dg.MaterializeResult:
    """What the graph keeps of one step's run: its row count and whether it was skipped."""
    return dg.MaterializeResult(
        asset_key=key_path(outcome.key),
        metadata={
            "dagster/row_count": outcome.rows,
            "unchanged": dg.MetadataValue.bool(outcome.is_skipped),
        },
    )


def title_for(key: str) -> str:
    """The Chinese name of a table, for messages."""
    return title_of(model_of(key))


@contextmanager
def told_plainly() -> Iterator[None]:
    """Let no exception out but a Failure with one Chinese line: others may quote a cell.

    `from None`, or Dagster would store the original as its context.
    """
    try:
        yield
    except dg.Failure:
        raise
    except Exception as error:  # noqa: BLE001  this is the one place that must see them all
        raise failure_of(trouble_of(error)) from None


def failure_of(trouble: Trouble) -> dg.Failure:
    """A trouble as Dagster keeps it; the command line reads the exit code back from it."""
    return dg.Failure(
        description=trouble.message,
        metadata={"exit_code": int(trouble.code), "trace": "\n".join(trouble.trace)},
        allow_retries=False,
    )
