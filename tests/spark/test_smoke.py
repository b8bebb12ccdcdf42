"""The local Spark answers as the engine expects: our column types, our words, wall time."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.spark import server

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(server.why_not() is not None, reason=str(server.why_not())),
]

TABLE = pa.table(
    {
        "tipoff_id": pa.array(["甲", "乙", None], pa.string()),
        "called_at": pa.array(
            [dt.datetime(2025, 1, 31, 23, 59, 59, 123456), dt.datetime(1988, 4, 10, 0, 30), None],
            pa.timestamp("us"),
        ),
        "closed_on": pa.array([dt.date(2025, 3, 31), dt.date(1988, 4, 10), None], pa.date32()),
        "paid_yuan": pa.array(
            [Decimal("12.34"), Decimal("999999999999.99"), None], pa.decimal128(14, 2)
        ),
        "texts": pa.array([7, 2**40, None], pa.int64()),
        "is_repeat": pa.array([True, False, None], pa.bool_()),
        "late_rate": pa.array([0.1, -2.5, None], pa.float64()),
    }
)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    with server.spark_server() as address:
        spark = SparkSession.builder.remote(address).getOrCreate()
        yield spark
        spark.stop()


def test_parquet_comes_back_cell_for_cell_with_its_types(session: Any, tmp_path: Path) -> None:
    path = tmp_path / "来电 一月.parquet"
    pq.write_table(TABLE, path)
    session.read.parquet(str(path)).createOrReplaceTempView("tipoffs")
    back = session.sql("SELECT * FROM tipoffs ORDER BY texts NULLS LAST").toArrow()
    assert back.schema.types == TABLE.schema.types
    assert back.cast(TABLE.schema) == TABLE


def test_a_registered_arrow_table_and_a_word_of_our_own(session: Any) -> None:
    session.createDataFrame(TABLE).createOrReplaceTempView("calls")
    session.sql(
        "CREATE OR REPLACE TEMPORARY FUNCTION month_of(t TIMESTAMP_NTZ) RETURNS DATE "
        "RETURN CAST(trunc(CAST(t AS DATE), 'MM') AS DATE)"
    )
    found = session.sql(
        "SELECT month_of(called_at) AS month, COUNT(*) AS calls FROM calls "
        "GROUP BY month_of(called_at) ORDER BY month NULLS LAST"
    ).toArrow()
    assert found.to_pydict() == {
        "month": [dt.date(1988, 4, 1), dt.date(2025, 1, 1), None],
        "calls": [1, 1, 1],
    }


def test_timestamps_are_wall_time_and_division_by_zero_is_an_error(session: Any) -> None:
    moment = session.sql("SELECT TIMESTAMP '1988-04-10 00:30:00' AS moment").toArrow()
    assert moment.schema.field("moment").type == pa.timestamp("us")
    with pytest.raises(Exception, match="DIVIDE_BY_ZERO"):
        session.sql("SELECT 1 / 0").toArrow()
