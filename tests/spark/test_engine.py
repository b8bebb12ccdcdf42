"""The local Spark answers as DuckDB does: our column types, our words, wall time."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from riskpipe.engine.duck import DuckDB
from tests.spark import server
from tests.spark.asking import Question, ask

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(server.why_not() is not None, reason=str(server.why_not())),
]

TABLE = pa.table(
    {
        "place": pa.array(["甲", "乙", None], pa.string()),
        "called_at": pa.array(
            [dt.datetime(2025, 1, 31, 23, 59, 59, 123456), dt.datetime(1988, 4, 10, 0, 30), None],
            pa.timestamp("us"),
        ),
        "closed_on": pa.array([dt.date(2024, 2, 29), dt.date(1988, 4, 10), None], pa.date32()),
        "paid_yuan": pa.array(
            [Decimal("12.34"), Decimal("999999999999.99"), None], pa.decimal128(14, 2)
        ),
        "texts": pa.array([7, 2**40, None], pa.int64()),
        "is_repeat": pa.array([True, False, None], pa.bool_()),
        "late_rate": pa.array([0.1, -2.5, None], pa.float64()),
    }
)
WORDS = """
SELECT texts,
       days_between(closed_on, CAST(called_at AS DATE)) AS days,
       days_after(closed_on, 1) AS next_day,
       year_before(closed_on) AS last_year,
       month_before(closed_on) AS last_month,
       month_after(closed_on) AS next_month,
       minutes_between(called_at, minutes_after(called_at, 31)) AS minutes
FROM tips
ORDER BY texts NULLS LAST
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, Path]:
    folder = tmp_path_factory.mktemp("spark 对照")
    path = folder / "来电 一月.parquet"
    pq.write_table(TABLE, path)
    see = {"tips": path}
    cells = Question("cells", see, "SELECT * FROM tips ORDER BY texts NULLS LAST")
    return ask([cells, Question("words", see, WORDS)], folder), path


def test_parquet_comes_back_cell_for_cell_with_its_types(asked):
    back = asked[0]["cells"]
    assert back.schema.types == TABLE.schema.types
    assert back.cast(TABLE.schema) == TABLE


def test_the_words_mean_the_same_on_both_engines(asked, tmp_path):
    duck = DuckDB(tmp_path / "spill", 500)
    duck.see({"tips": asked[1]})
    ours = duck.select(WORDS).read_all()
    assert asked[0]["words"].to_pylist() == ours.to_pylist()
    assert ours.to_pylist()[0] == {
        "texts": 7,
        "days": 337,  # 306 left of 2024 after 29 February, and 31
        "next_day": dt.date(2024, 3, 1),
        "last_year": dt.date(2023, 2, 28),
        "last_month": dt.date(2024, 1, 29),
        "next_month": dt.date(2024, 3, 29),
        "minutes": 31,
    }
