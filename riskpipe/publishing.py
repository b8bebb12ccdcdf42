"""The last step: every finished table into `risk.duckdb`, whole or not at all.

Only tables whose fingerprints chain (each carries the stamp its inputs demand) are let in.
The file is built beside, verified, flushed and renamed over the old one, so readers never
wait and never see half a run. Its comments are the models' titles and meanings; the table
`meta.tables` says what each table is and which fingerprint it stands on.
"""

import pyarrow as pa

from riskpipe.engine.published import PublishedTable, PublishError, write_database
from riskpipe.tables import all_models
from riskpipe.tables.base import Column, Model, columns_of, key_of, kind_of, title_of
from riskpipe.walk.bench import Bench, stamp_of
from riskpipe.walk.steps import steps
from riskpipe.warehouse import fingerprint, replacing, write_parquet

MANIFEST = "meta/tables"
COLUMNS = "meta/columns"


def publish(bench: Bench) -> dict[str, int]:
    """Publish every built table; rows by `schema.name`. Skips when nothing changed.

    Raises PublishError when a table is missing or stale, or the file cannot be verified.
    """
    models = published_models(bench)
    if stale := stale_tables(bench):
        raise PublishError(f"表 {stale[0]} 不是最新：请重新运行 riskpipe run。")
    stamps = [bench.home_of(key_of(m)).fingerprint_of(key_of(m)) or "" for m in models]
    stamp = fingerprint([*stamps, str(_dictionary(models).to_pylist())])
    described = _describe(bench, models)
    target = bench.own.published
    if target.exists() and bench.own.fingerprint_of(MANIFEST) == stamp:
        return {
            f"{t.schema}.{t.name}": pa.parquet.read_metadata(t.parquet).num_rows for t in described
        }
    write_parquet(bench.path_of(MANIFEST), _manifest(bench, models), "")
    write_parquet(bench.path_of(COLUMNS), _dictionary(models), "")
    with replacing(target) as temporary:
        temporary.unlink()
        counts = write_database(temporary, described, bench.settings.memory_mb)
    write_parquet(bench.path_of(MANIFEST), _manifest(bench, models), stamp)
    return counts


def published_models(bench: Bench) -> tuple[Model, ...]:
    """Every table that stands on this bench, in the order of the walk.

    Landed tables are left in their Parquets: the register repeats their current rows, and all
    versions in the file would make it half as large again.
    """
    return tuple(
        model
        for model in all_models()
        if kind_of(model) is None and bench.path_of(key_of(model)).exists()
    )


def comment_of(column: Column) -> str:
    """Title, unit and meaning as a reader of the file sees them."""
    unit = f"（{column.unit}）" if column.unit else ""
    meaning = f"：{column.meaning}" if column.meaning else ""
    return f"{column.title}{unit}{meaning}"


def stale_tables(bench: Bench) -> list[str]:
    """Keys of tables that do not carry the stamp their inputs, rules and code demand now."""
    return [
        step.key
        for step in steps()
        if bench.home_of(step.key).fingerprint_of(step.key) != stamp_of(step, bench)
    ]


def _describe(bench: Bench, models: tuple[Model, ...]) -> list[PublishedTable]:
    tables = [
        PublishedTable(
            *_schema_and_name(key_of(model)),
            bench.path_of(key_of(model)),
            title_of(model),
            tuple((column.name, comment_of(column)) for column in columns_of(model)),
        )
        for model in models
    ]
    notes = ((MANIFEST, "各表的名称、行数与指纹"), (COLUMNS, "数据字典：各列的名称、单位与含义"))
    return tables + [
        PublishedTable(*_schema_and_name(key), bench.path_of(key), comment, ())
        for key, comment in notes
    ]


def _schema_and_name(key: str) -> tuple[str, str]:
    schema, _, name = key.partition("/")
    return schema, name


def _manifest(bench: Bench, models: tuple[Model, ...]) -> pa.Table:
    keys = [key_of(model) for model in models]
    return pa.table(
        {
            "table_key": keys,
            "title": [title_of(model) for model in models],
            "row_count": [bench.home_of(key).rows_of(key) for key in keys],
            "fingerprint": [bench.home_of(key).fingerprint_of(key) for key in keys],
        }
    )


def _dictionary(models: tuple[Model, ...]) -> pa.Table:
    rows = [
        {
            "table_key": key_of(model),
            "column_name": column.name,
            "title": column.title,
            "unit": column.unit,
            "meaning": column.meaning,
            "type": str(column.arrow),
            "is_required": not column.nullable,
            "personal": column.personal,
        }
        for model in models
        for column in columns_of(model)
    ]
    return pa.Table.from_pylist(rows)
