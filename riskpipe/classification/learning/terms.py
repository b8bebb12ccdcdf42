"""The numbers of terms.toml: how much is enough, what a word is, how the proof is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from riskpipe.rules import RuleError, Rules

LEAST_MATTERS: Final = 5
"""A word fewer unrelated matters share might be one person's; no office may go below."""


@dataclass(frozen=True)
class Terms:
    """`matters` counts unrelated matters a word must stand in, `least` and `loudest` are points; see terms.toml."""

    rows: int
    each: int
    most_rows: int
    shortest: int
    longest: int
    matters: int
    considered: int
    most: int
    least: float
    loudest: float
    place_endings: tuple[str, ...]
    folds: int
    inner_folds: int
    replicates: int
    interval: float
    seed: int
    sure: float
    worth: float
    strengths: Sequence[float]
    shares: Sequence[float]


def terms_of(rules: Rules) -> Terms:
    """The office's terms; RuleError when one is missing or of the wrong type."""
    said = rules.document("classification/learning/terms")
    try:
        enough, words, validation = said["enough"], said["words"], said["validation"]
        return Terms(
            rows=int(enough["rows"]),
            each=int(enough["each"]),
            most_rows=int(enough["most"]),
            shortest=int(words["shortest"]),
            longest=int(words["longest"]),
            matters=max(int(words["matters"]), LEAST_MATTERS),
            considered=int(words["considered"]),
            most=int(words["most"]),
            least=float(words["least"]),
            loudest=float(words["loudest"]),
            place_endings=tuple(words["place_endings"]),
            folds=int(validation["folds"]),
            inner_folds=int(validation["inner_folds"]),
            replicates=int(validation["replicates"]),
            interval=float(validation["interval"]),
            seed=int(validation["seed"]),
            sure=float(validation["sure"]),
            worth=float(said["grid"]["worth"]),
            strengths=sorted(map(float, said["grid"]["strength"])),
            shares=sorted(map(float, said["grid"]["share"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RuleError(
            f"学习设置 classification/learning/terms.toml 缺项或不是数字：{error}"
        ) from None
