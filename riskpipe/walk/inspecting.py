"""Looks at one file with the office's rules as a run would, and writes nothing.

A check needs pseudonyms only to mask what it shows. Where the office has no key yet, a
throw-away one serves: making the office's key is the first run's business.
"""

import secrets
from pathlib import Path
from typing import Any

from riskpipe import reception
from riskpipe.identity.keys import KEY_BYTES, Keys
from riskpipe.reception.desk import Desk, desk_of
from riskpipe.rules import Rules
from riskpipe.walk.office import Office


def inspected(office: Office, path: Path) -> list[dict[str, Any]]:
    """The account of one file, or one of every file in an archive, see `reception.inspect_all`."""
    return reception.inspect_all(path, desk_for(office))


def desk_for(office: Office) -> Desk:
    """The office's rules with a throw-away key: nothing made with it is kept."""
    keys = Keys(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES), None)
    return desk_of(office.settings, Rules(office.settings.rules_folder), keys)
