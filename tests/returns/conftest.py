"""A desk without office rules, and a file taken through reception and sent back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from riskpipe import reception
from riskpipe.identity.keys import Keys
from riskpipe.intake.grid import Refusal
from riskpipe.intake.look import Taken, take
from riskpipe.reception.desk import Desk
from riskpipe.reception.receiving import receive
from riskpipe.reception.transcript import transcribe, unopened
from riskpipe.returns import File, Origin, Terms, returned
from riskpipe.rules import Rules
from riskpipe.settings import Settings

KEYS = Keys(data=b"d" * 32, pseudonym=b"p" * 32, former=None)
TERMS = Terms("青岚区应急管理局", most_cells=400_000, most_rows=20_000)

Returning = Callable[..., Path]


@pytest.fixture(scope="session")
def desk(tmp_path_factory) -> Desk:
    raw = tmp_path_factory.mktemp("raw")
    return reception.desk_of(Settings(raw=raw), Rules(raw / "rules"), KEYS)


@pytest.fixture
def send_back(tmp_path: Path, desk: Desk) -> Returning:
    """Path of the return sheet of a delivered file."""

    def sent(path: Path, terms: Terms = TERMS) -> Path:
        taken = Taken(b"", "", 0)
        try:
            taken = take(path, desk.limits)
            transcript = transcribe(taken, path.name, desk)
        except Refusal as refusal:
            transcript = unopened(refusal, 0, desk)
        landing = receive(transcript, desk)
        message = landing.problem.message if landing.problem else ""
        file = File(taken.content, path.name, transcript, landing, "部分接收", message)
        origin = Origin(path.name, "红旗街道", date(2026, 11, 2))
        out = tmp_path / "returned" / f"退回_{path.stem}.xlsx"
        out.parent.mkdir(exist_ok=True)
        out.write_bytes(returned(file, origin, terms, desk))
        return out

    return sent
