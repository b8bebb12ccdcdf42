"""The packaged rules with a lexicon of a few hundred words, for tests that write them as workbooks.

The packaged lexicon has more rows than openpyxl should read and write a dozen times in a test run.
Kept are the words the tests name and, for each group a precedence rule names, the first of its words.
"""

import csv
import io
import shutil
from pathlib import Path

import pytest

from riskpipe.classification.rulebook import decision, standing
from riskpipe.rules import PACKAGE, Rules

NAMED = frozenset(f"N{number:04d}" for number in range(1, 61))
"""Rows the tests speak of by number or word."""


def small_package(folder: Path) -> Path:
    """Every rule file of the package, the lexicon shortened."""
    for path in (*PACKAGE.rglob("*.csv"), *PACKAGE.rglob("*.toml")):
        copy = folder / path.relative_to(PACKAGE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    rules = Rules(PACKAGE)
    needed = {
        row[name] for row in rules.rows("classification/precedence") for name in ("first", "second")
    }
    kept = []
    for row in rules.rows("classification/lexicon"):
        groups = {*row["group"].split()} & needed
        needed -= groups
        if row["id"] in NAMED or groups:
            kept.append(row)
    kept.sort(key=lambda row: row["id"] not in NAMED)
    sink = io.StringIO()
    writer = csv.DictWriter(sink, list(kept[0]))
    writer.writeheader()
    writer.writerows(kept)
    (folder / "classification" / "lexicon.csv").write_text(sink.getvalue(), "utf-8")
    return folder


def use_package(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let rules be read from there."""
    patch.setattr("riskpipe.rules.PACKAGE", folder)
    patch.setattr(standing, "PACKAGE", folder)
    patch.setattr(decision, "PACKAGE", folder)
