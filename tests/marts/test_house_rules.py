"""The house rules of set logic, read from every `.sql`: one text for DuckDB and Spark.

What is forbidden runs on one engine only, answers differently on two, or hides a decision
(rounding, text parsing, the clock). Each rule is shown to catch its own example.
"""

import re

import pytest

from riskpipe.rules import PACKAGE
from riskpipe.tables import all_models
from riskpipe.tables.base import columns_of, key_of, name_of, title_of

FORBIDDEN = {
    "QUALIFY": (r"\bQUALIFY\b", "QUALIFY n = 1"),
    "DISTINCT ON": (r"\bDISTINCT\s+ON\b", "SELECT DISTINCT ON (a) b"),
    "::": (r"::", "a::INTEGER"),
    "ILIKE": (r"\bILIKE\b", "a ILIKE 'b'"),
    "IGNORE NULLS": (r"\bIGNORE\s+NULLS\b", "lag(a IGNORE NULLS)"),
    "string_agg": (r"\b(string_agg|group_concat|listagg)\b", "string_agg(a, ',')"),
    "arg_max": (r"\b(arg_max|arg_min|max_by|min_by)\b", "arg_max(a, b)"),
    "unnest": (r"\b(unnest|explode)\b", "unnest(a)"),
    "recursion": (r"\bRECURSIVE\b", "WITH RECURSIVE a"),
    "GROUP BY ALL": (r"\b(GROUP|ORDER)\s+BY\s+ALL\b", "GROUP BY ALL"),
    "MERGE": (r"\bMERGE\b", "MERGE INTO a"),
    "rounding": (r"\b(round|ceil|floor|trunc)\s*\(", "ROUND(a, 2)"),
    "text parsing": (
        r"\b(regexp_\w+|split_part|substring|substr|strptime|to_date|strftime)\s*\(",
        "substr(a, 1, 4)",
    ),
    "a month computed from a date": (
        r"\b(date_trunc|extract|year|month|last_day)\s*\(",
        "date_trunc('month', d)",
    ),
    "the clock": (r"\b(current_date|current_timestamp|now|today)\b", "current_date"),
    "star with EXCLUDE": (r"\*\s*(EXCLUDE|EXCEPT|REPLACE)\b", "a.* EXCLUDE (b)"),
    "a division not of doubles": (r"(?<!AS DOUBLE\) )/|/(?! CAST\()", "a / b"),
}
"""Pattern on the text without comments and quoted texts, and an example it must catch."""

FILES = sorted(path for path in PACKAGE.rglob("*.sql") if not path.name.startswith("words."))
NAMES = [str(path.relative_to(PACKAGE)) for path in FILES]
MARTS = [model for model in all_models() if model.__module__ == "riskpipe.tables.marts"]


def bare(sql: str) -> str:
    """The text without its comments and quoted texts, on one line."""
    return " ".join(re.sub(r"'[^']*'", "''", re.sub(r"--[^\n]*", "", sql)).split())


def orders(sql: str) -> list[str]:
    """What follows each ORDER BY, up to the bracket or frame that ends it; the outermost last."""
    text, depth, outer, inner = bare(sql), 0, "", []
    for found in re.finditer(r"[()]|\bORDER BY\b", text):
        word = found.group()
        depth += (word == "(") - (word == ")")
        if word == "ORDER BY" and depth == 0:
            outer = text[found.end() :]
        elif word == "ORDER BY":
            inner.append(re.split(r"\bROWS\b", _to_closing(text[found.end() :]))[0])
    return [*inner, outer]


def _to_closing(text: str) -> str:
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return text[:place]
    return text


def items(text: str) -> list[str]:
    """The comma-separated parts outside brackets."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [part.strip() for part in [*parts, text[start:]]]


@pytest.mark.parametrize(("pattern", "example"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_each_rule_catches_its_example(pattern, example):
    assert re.search(pattern, bare(example), re.IGNORECASE)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_forbidden(path):
    text = bare(path.read_text("utf-8"))
    found = [
        name for name, (pattern, _) in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)
    ]
    assert not found


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_comment_says_the_grain_first(path):
    comment = re.match(r"(?:--[^\n]*\n)+", path.read_text("utf-8"))
    assert comment is not None
    assert comment.group().rstrip().endswith(".")
    if path.parent.name == "marts":
        assert comment.group().startswith(f"-- {path.stem}: one row per ")


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_rows_come_in_a_said_order(path):
    found = orders(path.read_text("utf-8"))
    assert found[-1].strip()
    said = [item for order in found for item in items(order)]
    assert [item for item in said if not re.search(r"NULLS (FIRST|LAST)$", item)] == []


def test_an_order_that_leaves_nulls_open_is_found_wherever_it_stands():
    sql = "SELECT row_number() OVER (PARTITION BY a ORDER BY f(b, c), d NULLS LAST ROWS x) FROM t"
    found = orders(sql + " ORDER BY e DESC NULLS FIRST")
    assert [items(order) for order in found] == [
        ["f(b, c)", "d NULLS LAST"],
        ["e DESC NULLS FIRST"],
    ]
    assert orders(sql)[-1] == ""


def test_a_division_between_doubles_is_let_through():
    pattern, _ = FORBIDDEN["a division not of doubles"]
    assert not re.search(pattern, "CAST(a AS DOUBLE) / CAST(b AS DOUBLE)")


@pytest.mark.parametrize("model", MARTS, ids=[name_of(model) for model in MARTS])
def test_every_mart_is_documented_by_its_model(model):
    assert title_of(model)
    columns = columns_of(model)
    assert [c.name for c in columns if not re.search(r"[一-鿿]", c.title)] == []
    counted = [c for c in columns if c.name.endswith(("_count", "_days", "_yuan"))]
    assert [c.name for c in counted if not c.unit] == []
    assert [c.name for c in columns if c.personal != "none"] == []


@pytest.mark.parametrize("model", MARTS, ids=[name_of(model) for model in MARTS])
def test_every_mart_and_rule_table_has_its_file(model):
    ending = "marts/{}.csv" if key_of(model).startswith("rules/") else "marts/{}.sql"
    assert (PACKAGE / ending.format(name_of(model))).is_file()


def test_every_file_has_its_mart():
    names = {name_of(model) for model in MARTS}
    stems = {path.stem for path in (PACKAGE / "marts").iterdir() if path.suffix in (".sql", ".csv")}
    assert stems == names
