"""Looks at one file with the office's rules as a run would, and writes nothing.

A check needs pseudonyms only to mask what it shows. Where the office has no key yet, a
throw-away one serves: making the office's key is the first run's business.
"""

import secrets
from pathlib import Path
from typing import Any

from riskpipe import reception
from riskpipe.identity.keys import KEY_BYTES, Keys
from riskpipe.reception.desk import desk_of
from riskpipe.rules import Rules
from riskpipe.walk.office import Office


def inspected(office: Office, path: Path) -> dict[str, Any]:
    """The account of one file, see `reception.inspect`."""
    keys = Keys(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES), None)
    desk = desk_of(office.settings, Rules(office.settings.rules_folder), keys)
    return reception.inspect(path, desk)
