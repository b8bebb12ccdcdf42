"""The data dictionary as one Chinese page, generated from the table models and nothing else.

`python -m riskpipe.dictionary` writes docs/数据字典.md anew; a test holds the page to the models.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from riskpipe.tables import all_models
from riskpipe.tables.base import Column, Model, columns_of, key_of, title_of

PAGE = Path(__file__).parents[1] / "docs" / "数据字典.md"

TYPES = {
    "string": "文字",
    "date32[day]": "日期",
    "timestamp[us]": "时间",
    "int64": "整数",
    "bool": "是否",
    "decimal128(14, 2)": "金额",
    "double": "数值",
}
PERSONAL = {"none": "", "staff": "履职人员", "reporter": "举报人代号"}
SCHEMAS = {
    "calendar": "日历与运行",
    "intake": "接收：送来了什么，每一行去了哪里",
    "register": "登记：一处隐患一档，每一步有日期",
    "rules": "规则：期限、分级、奖励标准等，均为数据",
    "rewards": "奖励：应奖、审批、实发逐笔核对",
    "marts": "统计：会商所用的数，分子分母并列",
}


def dictionary() -> str:
    """The whole page, in the order of the walk."""
    return "\n".join([*_head(), *_body()]) + "\n"


def _head() -> list[str]:
    return [
        "# 数据字典",
        "",
        "由表模型（`riskpipe/tables/`）生成，勿手工修改。发布文件 `risk.duckdb` 中的表名为“模式.表名”。",
    ]


def _body() -> Iterator[str]:
    order = list(SCHEMAS)
    models = sorted(all_models(), key=lambda model: order.index(_schema(model)))
    for schema, group in groupby(models, key=_schema):
        yield from ("", f"## {SCHEMAS[schema]}（{schema}）")
        for model in group:
            yield from _table(model)


def _schema(model: Model) -> str:
    return key_of(model).partition("/")[0]


def _table(model: Model) -> Iterator[str]:
    yield from ("", f"### {key_of(model).replace('/', '.')}", "", title_of(model), "")
    yield "| 列 | 名称 | 类型 | 单位 | 必有 | 含义与取值 | 个人信息 |"
    yield "|---|---|---|---|---|---|---|"
    yield from (_row(column) for column in columns_of(model))


def _row(column: Column) -> str:
    values = "取值：" + "、".join(column.codes) if column.codes else ""
    meaning = "；".join(part for part in (column.meaning, values) if part)
    cells = (
        f"`{column.name}`",
        column.title,
        TYPES[str(column.arrow)],
        column.unit,
        "" if column.nullable else "是",
        meaning.replace("|", "／"),
        PERSONAL[column.personal],
    )
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(dictionary(), "utf-8")
