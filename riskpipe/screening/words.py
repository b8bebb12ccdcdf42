"""The words and spellings that screening reads by, gathered from its rule files once a run.

Rules go in, `Words` come out: code lists, dates, amounts, person and text columns, numbering.
Each part belongs to the file that uses it; nothing is read here.
"""

from dataclasses import dataclass

from riskpipe.rules import Rules
from riskpipe.screening.amounts import Amounts, amounts_of
from riskpipe.screening.codes import Codes, codes_of
from riskpipe.screening.days import Days, days_of
from riskpipe.screening.numbering import Numbering, numbering_of
from riskpipe.screening.persons import Persons, persons_of
from riskpipe.screening.risks import Risks, risks_of
from riskpipe.screening.texts import Texts, texts_of

RULES = tuple(
    f"screening/{name}"
    for name in (
        *("codes", "places", "citations", "dates", "amounts", "persons", "texts", "numbering"),
        "risks",
    )
)
"""The rule files behind `Words`, for fingerprints."""


@dataclass(frozen=True)
class Words:
    """What every column is read by."""

    codes: Codes
    days: Days
    amounts: Amounts
    persons: Persons
    texts: Texts
    numbering: Numbering
    risks: Risks


def words_of(rules: Rules) -> Words:
    """All of it, in force. Raises RuleError or KeyError for rules that cannot be used."""
    return Words(
        codes_of(rules),
        days_of(rules),
        amounts_of(rules),
        persons_of(rules),
        texts_of(rules),
        numbering_of(rules),
        risks_of(rules),
    )
