"""Layouts and limits as packaged, and a short way to read a file."""

from pathlib import Path

import pytest

from riskpipe.intake.layout import Layouts, layouts_of
from riskpipe.intake.reading import Reading, read
from riskpipe.rules import Rules
from riskpipe.settings import IntakeLimits


@pytest.fixture(scope="session")
def rules() -> Rules:
    return Rules(Path("/nonexistent"))


@pytest.fixture(scope="session")
def layouts(rules: Rules) -> Layouts:
    return layouts_of(rules)


@pytest.fixture(scope="session")
def limits() -> IntakeLimits:
    return IntakeLimits()


@pytest.fixture(scope="session")
def reader(rules: Rules, layouts: Layouts, limits: IntakeLimits):
    def read_path(path: Path) -> Reading:
        return read(path.read_bytes(), path.name, layouts, rules, limits)

    return read_path
