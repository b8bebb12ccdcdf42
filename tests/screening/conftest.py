"""Code lists and reasons as packaged."""

from pathlib import Path

import pytest

from riskpipe.rules import Rules
from riskpipe.screening.codes import Codes, codes_of
from riskpipe.screening.reasons import Reasons, reasons_of

RULES = Rules(Path("/nonexistent"))


@pytest.fixture(scope="session")
def codes() -> Codes:
    return codes_of(RULES)


@pytest.fixture(scope="session")
def reasons() -> Reasons:
    return reasons_of(RULES)
