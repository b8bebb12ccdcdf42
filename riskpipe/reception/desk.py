"""What every delivered file needs at the desk, made ready once for a run.

Settings, rules and keys go in; layouts, code lists, reasons, the classifier and the two
fingerprints come out: one of what decides a file's pseudonymised text, one of what decides
its landed rows. No file is looked at here.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from riskpipe.classification import Classifier
from riskpipe.identity.keys import Keys
from riskpipe.intake.layout import Layouts, layouts_of
from riskpipe.intake.mapping import answers_of, mapped, version_of
from riskpipe.rules import PACKAGE, Rules
from riskpipe.screening.reasons import Reasons, reasons_of
from riskpipe.screening.words import RULES as WORDS_RULES
from riskpipe.screening.words import Words, words_of
from riskpipe.settings import IntakeLimits, Settings
from riskpipe.tables import delivered
from riskpipe.tables.base import Model, kind_of
from riskpipe.vocabulary import Kind
from riskpipe.warehouse import fingerprint

READING_CODE = (
    *("intake", "identity", "text.py", "machine.py", "screening/texts.py"),
    *("reception/transcript.py", "reception/keeping.py", "reception/shelf.py"),
)
JUDGING = (
    *("alphabet", "classifier", "decision", "hits", "learned", "lexicon", "matching"),
    *("pairing", "rulerows", "scoring", "sources"),
)
LANDING_CODE = (
    *("screening", "tables", "vocabulary.py", "reception/receiving.py"),
    *(f"classification/{name}.py" for name in JUDGING),
)
READING_RULES = (
    *("intake/layouts/", "intake/personal", "intake/sheets", "intake/refusals"),
    "intake/gradeschemes",
    "screening/texts",
)
LANDING_RULES = ("screening/reasons", *WORDS_RULES)


@dataclass(frozen=True)
class Desk:
    """Everything a reception needs; frozen, so files may be received in any order."""

    rules: Rules
    limits: IntakeLimits
    keys: Keys
    layouts: Layouts
    words: Words
    reasons: Reasons
    classifier: Classifier
    models: Mapping[Kind, Model]
    reading_stamp: str
    landing_stamp: str


def desk_of(settings: Settings, rules: Rules, keys: Keys) -> Desk:
    """Make the desk ready. Raises RuleError or LexiconError for rules that cannot be used."""
    classifier = Classifier.load(rules)
    limits = settings.limits
    answers = answers_of(rules, limits)
    reading = fingerprint(
        [
            *map(_code, READING_CODE),
            rules.version(READING_RULES),
            version_of(answers),
            keys.pseudonym_id,
            limits.model_dump_json(),
        ]
    )
    landing = fingerprint(
        [reading, *map(_code, LANDING_CODE), rules.version(LANDING_RULES), classifier.version]
    )
    return Desk(
        rules,
        limits,
        keys,
        mapped(layouts_of(rules), answers),
        words_of(rules),
        reasons_of(rules),
        classifier,
        models_by_kind(),
        reading,
        landing,
    )


def models_by_kind() -> Mapping[Kind, Model]:
    """The landed model of each delivered kind."""
    found = {
        kind: value
        for value in vars(delivered).values()
        if isinstance(value, type)
        and issubclass(value, delivered.Landed)
        and (kind := kind_of(value))
    }
    return MappingProxyType(found)


def _code(part: str) -> str:
    """A hash of a module's or package's source and packaged data: new code, new landing."""
    place = PACKAGE / part
    files = [place] if place.is_file() else sorted(filter(_counts, place.rglob("*")))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _counts(file: Path) -> bool:
    return file.suffix in {".py", ".toml"} and "__pycache__" not in file.parts
