"""Made-up register tables at full size, for the benchmark of the marts; drawn by DuckDB itself.

Every table the marts read is written as Parquet under a warehouse: columns and types are the
model's; a column not described here is empty where it may be, else a plain value of its type.
Of 1.7 million cases seven tenths are work orders and three tenths ledger findings, spread over
37 months, twelve streets and the channels as an office's are: two thirds from one channel,
most closed, a few late. The rest are drawn by hash, so that sizes are the only randomness.
"""

import tomllib
from pathlib import Path

import duckdb
import pyarrow as pa

from riskpipe.tables import model_of
from riskpipe.tables.base import Column, columns_of
from riskpipe.walk.steps import steps
from riskpipe.warehouse import FINGERPRINT, Warehouse

TABLES = Path(__file__).parent / "registered.toml"
STREETS = [
    f"{name}街道" for name in "东湖 西岭 南桥 北苑 中和 新华 长青 永安 红星 胜利 青石 白塔".split()
]
OFFICES = ["区住建局", "区城管局", "区交通局", "区市场监管局", "区公安分局", *STREETS]
DAYS = 1127
MACROS = f"""
CREATE MACRO draw(i, salt, n) AS CAST(hash(i * 31 + salt) % n AS BIGINT);
CREATE MACRO pick(i, salt, things) AS things[1 + draw(i, salt, len(things))];
CREATE MACRO maybe(i, salt, percent, thing) AS CASE WHEN draw(i, salt, 100) < percent THEN thing END;
CREATE MACRO first_day() AS DATE '2023-10-01';
CREATE MACRO came(i) AS first_day() + CAST(draw(i, 1, {DAYS}) AS INTEGER);
CREATE MACRO streets() AS {STREETS};
CREATE MACRO offices() AS {OFFICES};
CREATE MACRO street_of(i) AS maybe(i, 5, 95, pick(i, 2, streets()));
CREATE MACRO grid_of(i) AS format('{{:02d}}{{:03d}}', 1 + draw(i, 2, 12), draw(i, 3, 15));
CREATE MACRO category_of(i) AS pick(
  i, 4, ['自然灾害', '事故灾难', '事故灾难', '公共卫生事件', '社会安全事件', '非突发事件', '未分类']
);
CREATE MACRO subcategory_of(i) AS pick(
  i, 6, ['水旱', '火灾', '其他', '公共设施和设备事故', '食品安全和职业危害', '群体性事件']
);
"""


def write_register(home: Warehouse, cases: int) -> None:
    """Write every table the marts read, sized for `cases` tip-offs and findings together."""
    engine = duckdb.connect(config={"memory_limit": "2500MB", "preserve_insertion_order": False})
    engine.execute(MACROS)
    drawn = tomllib.loads(TABLES.read_text("utf-8"))
    read = {key for step in steps() if step.key.startswith("marts/") for key in step.inputs}
    missing = {key for key in read if key.startswith(("register", "rewards", "intake"))} - set(
        drawn
    )
    assert not missing, f"a mart reads what is not drawn here: {sorted(missing)}"
    for key, given in drawn.items():
        share = given.pop("share", None)
        count = given.pop("count", None) or max(1, int(share * cases))
        _write(engine, home.table_path(key), key, count, given)


def _write(
    engine: duckdb.DuckDBPyConnection, path: Path, key: str, count: int, given: dict[str, str]
) -> None:
    model = model_of(key)
    columns = columns_of(model)
    assert not set(given) - {column.name for column in columns}, (key, given)
    chosen = ", ".join(
        f'CAST({given.get(column.name) or _plain(column)} AS {_type(column.arrow)}) AS "{column.name}"'
        for column in columns
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    stamp = f"KV_METADATA {{'{FINGERPRINT.decode()}': 'drawn {count}'}}"
    engine.execute(
        f"COPY (SELECT {chosen} FROM range({count}) t (i)) TO '{path}' (FORMAT parquet, COMPRESSION zstd, {stamp})"
    )


def _plain(column: Column) -> str:
    """A value for a column nobody described: empty where it may be."""
    if column.nullable:
        return "NULL"
    if column.codes:
        return f"'{column.codes[0]}'"
    if pa.types.is_date(column.arrow):
        return "came(i)"
    if pa.types.is_timestamp(column.arrow):
        return "came(i) + INTERVAL 9 HOUR"
    if pa.types.is_boolean(column.arrow):
        return "FALSE"
    return "'x' || i" if pa.types.is_string(column.arrow) else "1"


def _type(arrow: pa.DataType) -> str:
    if pa.types.is_decimal(arrow):
        return "DECIMAL(14, 2)"
    names = {"string": "VARCHAR", "int64": "BIGINT", "double": "DOUBLE", "bool": "BOOLEAN"}
    names |= {"date32[day]": "DATE", "timestamp[us]": "TIMESTAMP"}
    return names[str(arrow)]
