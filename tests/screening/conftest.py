"""Words, code lists and reasons as packaged."""

from pathlib import Path

import pytest

from riskpipe.rules import Rules
from riskpipe.screening.codes import Codes
from riskpipe.screening.reasons import Reasons, reasons_of
from riskpipe.screening.words import Words, words_of

RULES = Rules(Path("/nonexistent"))


@pytest.fixture(scope="session")
def words() -> Words:
    return words_of(RULES)


@pytest.fixture(scope="session")
def codes(words) -> Codes:
    return words.codes


@pytest.fixture(scope="session")
def reasons() -> Reasons:
    return reasons_of(RULES)
