"""The import star: stages meet only in the shared names, and each outside library has one door."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

SHARED = frozenset(
    {
        *("vocabulary", "tables", "text", "calendar", "rules", "engine"),
        *("settings", "warehouse", "machine"),
        # What an address or a firm's name says is read alike by linking, scorecards and lists,
        # as folded text is; it knows no table and no stage.
        "places",
    }
)
STAGES = frozenset(
    {
        *("intake", "identity", "screening", "classification"),
        *("register", "rewards", "marts", "consultation"),
    }
)
COMPOSERS = frozenset(
    {"reception", "walk", "publishing", "dictionary", "demo", "forms", "returns", "cli"}
)

# Which part may import which library; a part is the first name below riskpipe, or "assets".
DOORS = {
    "cryptography": {"identity"},
    "dagster": {"assets"},
    "docxtpl": {"consultation"},
    "duckdb": {"engine"},
    "fastexcel": {"intake"},
    "openpyxl": {"intake", "demo", "forms", "returns"},
    "pandera": {"tables", "screening"},
    "plotly": {"consultation"},
    "pyspark": {"engine"},
    "stdnum": {"places"},
    "python_calamine": {"intake"},
    "sklearn": {"classification"},
    "statsmodels": {"consultation"},
    "typer": {"cli"},
    "xlsxwriter": {"consultation", "demo", "forms", "returns"},
}
NO_NAMES = {"utils", "util", "helpers", "common", "core", "lib", "misc"}


@dataclass(frozen=True)
class Import:
    """One imported module, and whether it is imported when its file is."""

    module: str
    line: int
    is_eager: bool


def imports_of(module: str, source: str, is_package: bool) -> list[Import]:
    """List what a module imports; `from a import b` may mean a.b, so it is given as a.b."""
    tree = ast.parse(source)
    lazy = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{_origin(node, module, is_package)}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [Import(name, node.lineno, id(node) not in lazy) for name in names]
    return found


def _origin(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parents = module.split(".")
    kept = len(parents) - node.level + is_package
    return ".".join([*parents[:kept], *([node.module] if node.module else [])])


def part_of(module: str) -> str:
    """Name the part of the project a module belongs to; riskpipe/__init__.py is "riskpipe"."""
    head, *rest = module.split(".")
    return rest[0] if head == "riskpipe" and rest else head


def may_import(part: str, other: str, is_eager: bool) -> bool:
    """Say whether one part of the project may import another."""
    if other == "assets":
        return part == "assets" or (part == "cli" and not is_eager)
    if part == other:
        return True
    if other == "cli":
        return False
    if part in COMPOSERS or part == "assets":
        return other in SHARED | STAGES | COMPOSERS
    return part in SHARED | STAGES and other in SHARED


def broken_rules(module: str, source: str, is_package: bool = False) -> list[str]:
    """List every import of a module that leaves the star, as `module:line imports other`."""
    part = part_of(module)
    known = SHARED | STAGES | COMPOSERS | {"assets", "riskpipe"}
    broken = (
        [] if part in known else [f"{module} has no place in the star of tests/test_imports.py"]
    )
    for found in imports_of(module, source, is_package):
        head = found.module.split(".")[0]
        library = "dagster" if head.startswith("dagster") else head
        if head in {"riskpipe", "assets"}:
            other = part_of(found.module)
            allowed = other not in known or may_import(part, other, found.is_eager)
        else:
            allowed = part in DOORS.get(library, {part})
        if not allowed:
            broken.append(f"{module}:{found.line} imports {found.module}")
    return broken


def modules() -> list[Path]:
    return sorted(path for top in ("riskpipe", "assets") for path in (ROOT / top).rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_every_module_keeps_to_the_star() -> None:
    broken = [
        line
        for path in modules()
        for line in broken_rules(dotted(path), path.read_text("utf-8"), path.name == "__init__.py")
    ]
    assert not broken, "\n".join(broken)


def test_no_module_is_a_drawer_for_leftovers() -> None:
    assert not [str(path) for path in modules() if NO_NAMES & {path.stem, *path.parent.parts}]


def test_assets_annotations_are_real() -> None:
    """Dagster reads them at run time; deferred annotations would be strings to it."""
    deferred = [
        path
        for path in modules()
        if "from __future__ import annotations" in path.read_text("utf-8")
    ]
    assert not [str(path) for path in deferred if dotted(path).split(".")[0] == "assets"]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("riskpipe.marts.months", "from riskpipe.register import events"),
        ("riskpipe.marts.months", "from riskpipe import register"),
        ("riskpipe.marts.months", "import riskpipe.register.events as e"),
        ("riskpipe.marts.months", "from ..register import events"),
        ("riskpipe.marts.months", "def f():\n    from riskpipe.register import events"),
        ("riskpipe.marts.months", "from riskpipe.walk import steps"),
        ("riskpipe.engine.duck", "from riskpipe.intake import read"),
        ("riskpipe.walk", "from riskpipe.cli import app"),
        ("riskpipe.walk", "def f():\n    import assets"),
        ("riskpipe.cli", "import assets"),
        ("riskpipe.walk", "import dagster as dg"),
        ("riskpipe.cli", "def f():\n    from dagster_webserver.app import create_app"),
        ("riskpipe.marts", "import duckdb"),
        ("assets.landing", "import duckdb"),
        ("riskpipe.reception", "from openpyxl import load_workbook"),
        ("riskpipe.consultation.page", "from pandera.pandas import DataFrameModel"),
        ("riskpipe.register", "from statsmodels.api import GLM"),
        ("riskpipe.novelty", "import json"),
    ],
)
def test_the_checker_sees_a_broken_rule(module: str, source: str) -> None:
    assert len(broken_rules(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "riskpipe.marts.months",
            "from riskpipe import tables, vocabulary as v\nimport json, pandas",
        ),
        (
            "riskpipe.marts.months",
            "from riskpipe.marts import definitions\nfrom . import definitions",
        ),
        (
            "riskpipe.tables.base",
            "from riskpipe.vocabulary import Kind\nimport pandera.pandas as pa",
        ),
        ("riskpipe.reception", "from riskpipe import identity, intake, screening"),
        ("riskpipe.cli", "def run():\n    import assets\n    from assets.jobs import month"),
        (
            "assets.landing",
            "import dagster as dg\nfrom riskpipe import walk\nfrom assets import checks",
        ),
        ("riskpipe.engine.spark", "def open_it():\n    from pyspark.sql import SparkSession"),
    ],
)
def test_the_checker_lets_a_kept_rule_pass(module: str, source: str) -> None:
    assert broken_rules(module, source) == []
