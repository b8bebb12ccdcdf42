"""The limited child's own work with its bill: runs in the child, says what it cost.

Children of the reading server are reaped without an account, so the operating system cannot
be asked afterwards. A child starts at nought and may be asked again: what its own clock shows
beyond its last answer is the cost of this one.
"""

import time
from collections.abc import Sequence

from riskpipe.intake import cells

answered = 0.0
"""The child's clock when it last answered."""


def read(frames: Sequence[bytearray]) -> list[bytes]:
    """`cells.read`, and the child's processor seconds as a last frame."""
    global answered
    answer = cells.read(list(frames))
    now = time.process_time()
    spent, answered = now - answered, now
    return [*answer, repr(spent).encode()]
