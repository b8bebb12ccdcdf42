"""Why one text was judged as it was, in a form a command line or a list can print.

The same matching and scoring as for a million rows is run on one, and every source that
added points is named with the place and the context it stood in. Nothing is decided here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from riskpipe.classification.classifier import Classifier, contributions_to, lexicon_category
from riskpipe.classification.decision import FURTHER, PLACE_TITLES, SCOPED
from riskpipe.classification.lexicon import Lexicon
from riskpipe.classification.rulerows import JUDGED, POINT
from riskpipe.classification.scoring import answers_of
from riskpipe.text import fold_one

FURTHER_TITLE: Final = "同组的又一个词"


@dataclass(frozen=True)
class Reason:
    """One data row that added points: its id, the word or rule, where, to what, how many.

    `context` names the scope it stood in and whether it was a further word of its group;
    `reason` is what the rule row says for itself.
    """

    rule_id: str
    name: str
    place: str
    context: str
    category: str
    points: float
    reason: str


@dataclass(frozen=True)
class Explanation:
    """The answer for one text and everything behind it; `scores` holds all five categories."""

    category: str
    subcategory: str | None
    front_runner: str
    runner_up: str
    also: str | None
    margin: float
    scores: Mapping[str, float]
    reasons: tuple[Reason, ...]
    rule_version: str

    def speaking_for(self, category: str) -> tuple[Reason, ...]:
        """The reasons of one category, the weightiest first."""
        mine = [reason for reason in self.reasons if reason.category == category]
        return tuple(sorted(mine, key=lambda reason: (-abs(reason.points), reason.rule_id)))


def explain(classifier: Classifier, title: str, text: str, prior: str) -> Explanation:
    """Judge one text and say why; the answer is the one `judge` gives."""
    lexicon = classifier.lexicon
    number = classifier.prior_number(prior)
    said = classifier.judge(pa.array([title]), pa.array([text]), prior).to_pylist()[0]
    folded = pa.array([fold_one(title)]), pa.array([fold_one(text)])
    added = contributions_to(lexicon, *folded, number, np.array([-1]))
    answers = answers_of(lexicon, added, 1)
    categories = lexicon_category(lexicon, added).tolist()
    every = zip(added.source.tolist(), added.standing.tolist(), categories, strict=True)
    return Explanation(
        category=said["category"],
        subcategory=said["subcategory"],
        front_runner=said["front_runner"],
        runner_up=said["runner_up"],
        also=said["also"],
        margin=said["margin"],
        scores={
            str(category): float(value)
            for category, value in zip(JUDGED, answers.scores[0], strict=True)
        },
        reasons=tuple(
            _reason(lexicon, source, standing, category, points / (100 * POINT))
            for (source, standing, category), points in zip(
                every, added.points.tolist(), strict=True
            )
        ),
        rule_version=classifier.version,
    )


def _reason(lexicon: Lexicon, source: int, standing: int, category: int, points: float) -> Reason:
    why = {rule.source: rule.reason for rule in lexicon.precedence}
    from_text = source < lexicon.sources.priors_at
    scope, within = divmod(standing, SCOPED)
    context = [lexicon.scopes[scope - 1].title] if scope else []
    context += [FURTHER_TITLE] if within >= FURTHER else []
    return Reason(
        rule_id=lexicon.sources.ids[source],
        name=lexicon.sources.names[source],
        place=PLACE_TITLES[within % FURTHER] if from_text else "",
        context="、".join(context) if from_text else "",
        category=str(JUDGED[category]),
        points=points,
        reason=why.get(source, ""),
    )
