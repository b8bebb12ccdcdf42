"""One made-up issue, computed and written once for all tests of this folder."""

import pytest

from riskpipe.consultation import compute_issue, write_issue
from tests.consultation import city


@pytest.fixture(scope="session")
def desk():
    from riskpipe.consultation.compute import lay_desk

    return lay_desk(city.marts(), city.run(), city.settings(), city.rules())


@pytest.fixture(scope="session")
def issue():
    return compute_issue(city.marts(), city.run(), city.settings(), city.rules())


@pytest.fixture(scope="session")
def folder(issue, tmp_path_factory):
    folder = tmp_path_factory.mktemp("issues") / "2026-10"
    write_issue(issue, folder)
    return folder
