"""What is wrong with a rule, in the office's words: a `Finding` from a code of faults.csv.

A code, the place and the facts go in; level, sentence and what to do come out. A code without a
row in faults.csv is a programming error.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from riskpipe.classification.rulebook.standing import packaged

FAULTS = "classification/rulebook/faults"
ERROR, HINT = "错误", "提示"


@dataclass(frozen=True)
class Finding:
    """One thing to put right or to look at."""

    level: str
    code: str
    place: str
    message: str
    advice: str

    @property
    def is_error(self) -> bool:
        """Does it forbid the import, fail the check?"""
        return self.level == ERROR

    def __str__(self) -> str:
        at = f"{self.place}：" if self.place else ""
        return f"{self.level}  {at}{self.message}。{self.advice}。"


def found(code: str, place: str, **facts: object) -> Finding:
    """A finding of this code at this place."""
    row = _codes()[code]
    told = {name: str(value) for name, value in facts.items()}
    advice = row["advice"].format(**told)
    return Finding(row["level"], code, place, row["message"].format(**told), advice)


def errors_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors before hints, each in the order found."""
    every = tuple(findings)
    return (*(one for one in every if one.is_error), *(one for one in every if not one.is_error))


@cache
def _codes() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in packaged().rows(FAULTS)}
