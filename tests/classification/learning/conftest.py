"""The rules without learned words, the packaged terms, and one lesson of the made-up office."""

import importlib.util
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest

from riskpipe.classification import Classifier
from riskpipe.classification.learned import NAME
from riskpipe.classification.learning import (
    Lesson,
    Terms,
    Withheld,
    examples_of,
    learn,
    terms_of,
)
from riskpipe.rules import Rules

NOBODY = Withheld(frozenset(), frozenset())
Teach = Callable[[pa.Table], Lesson]


@pytest.fixture(scope="session")
def office() -> ModuleType:
    """The seeded generator in office.py."""
    spec = importlib.util.spec_from_file_location(
        "learning_office", Path(__file__).with_name("office.py")
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def rules() -> Rules:
    return Rules(Path("no-office")).with_files({NAME: ()})


@pytest.fixture(scope="session")
def terms(rules) -> Terms:
    return terms_of(rules)


@pytest.fixture(scope="session")
def teach(rules, terms) -> Teach:
    classifier = Classifier.load(rules)

    def one(records: pa.Table) -> Lesson:
        examples = examples_of(records, terms.most_rows)
        return learn(examples, classifier, NOBODY, terms, day=date(2026, 8, 1), telling=list)

    return one


@pytest.fixture(scope="session")
def local_lesson(teach, office) -> Lesson:
    """450 reviewed records, half of them in words no packaged rule knows."""
    return teach(office.records(450, 0.5, 1))
