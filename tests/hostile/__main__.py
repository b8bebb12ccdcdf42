"""`python -m tests.hostile [WORD…]`: the table of the hostile files, all or those whose name holds a word."""

import sys
import time
from collections.abc import Sequence

from tests.hostile.cases import all_cases
from tests.hostile.comparing import Verdict
from tests.hostile.trial import Bench, Peak


def main(words: Sequence[str]) -> int:
    """Try the cases, print the table; 0 when all went as expected."""
    names = [name for name in all_cases() if not words or any(word in name for word in words)]
    started = time.monotonic()
    with Bench() as bench:
        verdicts = list(bench.verdicts(names))
    for verdict in verdicts:
        if not verdict.is_as_expected:
            print(f"✗ {verdict.name}  {verdict.accident}")
            for difference in verdict.differences:
                print(f"    {difference}")
    _table(verdicts, bench.peak, time.monotonic() - started)
    return 0 if all(verdict.is_as_expected for verdict in verdicts) else 1


def _table(verdicts: Sequence[Verdict], peak: Peak, seconds: float) -> None:
    themes = dict.fromkeys(verdict.name.partition("/")[0] for verdict in verdicts)
    print(
        f"\n{'theme':　<8}{'cases':>10}{'good rows':>14}{'bad cells':>14}{'invented':>10}{'crash':>7}{'hang':>6}"
    )
    for theme in themes:
        _line(theme, [v for v in verdicts if v.name.startswith(f"{theme}/")])
    _line("总计", verdicts)
    print(
        f"peak memory {peak.most / 2**20:.0f} MB of all processes together, at {peak.heaviest}; {seconds:.0f} s"
    )


def _line(title: str, verdicts: Sequence[Verdict]) -> None:
    right = sum(verdict.is_as_expected for verdict in verdicts)
    good, kept = (sum(getattr(v, name) for v in verdicts) for name in ("good", "good_kept"))
    cells, found = (sum(getattr(v, name) for v in verdicts) for name in ("cells", "cells_found"))
    invented = sum(verdict.cells_invented for verdict in verdicts)
    crashes = sum(verdict.accident.startswith("crash") for verdict in verdicts)
    hangs = sum(verdict.accident == "hang" for verdict in verdicts)
    print(
        f"{title:　<8}{f'{right}/{len(verdicts)}':>10}{f'{kept}/{good}':>14}{f'{found}/{cells}':>14}"
        f"{invented:>10}{crashes:>7}{hangs:>6}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
