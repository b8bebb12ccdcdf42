"""Why one text was judged as it was, in a form a command line can print.

The same matching and scoring as for a million rows is run on one, and every source that
added points is named with where it stood.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from riskpipe.classification.classifier import Classifier, lexicon_category
from riskpipe.classification.lexicon import PLACE_TITLES
from riskpipe.classification.matching import find_hits
from riskpipe.classification.rulerows import JUDGED, POINT
from riskpipe.classification.scoring import answers_of, contributions_of
from riskpipe.text import fold_one


@dataclass(frozen=True)
class Reason:
    """One data row that added points: its id, the word or rule, where, to what, how many."""

    rule_id: str
    name: str
    place: str
    category: str
    points: float
    reason: str


@dataclass(frozen=True)
class Explanation:
    """The answer for one text and everything behind it; `scores` holds all five categories."""

    category: str
    subcategory: str | None
    runner_up: str
    margin: float
    scores: Mapping[str, float]
    reasons: tuple[Reason, ...]
    rule_version: str


def explain(classifier: Classifier, title: str, text: str, prior: str) -> Explanation:
    """Judge one text and say why; the answer is the one `judge` gives."""
    lexicon = classifier.lexicon
    number = classifier.prior_number(prior)
    said = classifier.judge(pa.array([title]), pa.array([text]), prior).to_pylist()[0]
    hits = find_hits(lexicon, pa.array([fold_one(title)]), pa.array([fold_one(text)]))
    added = contributions_of(lexicon, hits, number, np.array([-1]))
    answers = answers_of(lexicon, added, 1)
    why = {rule.source: rule.reason for rule in lexicon.precedence}
    reasons = tuple(
        Reason(
            rule_id=lexicon.sources.ids[source],
            name=lexicon.sources.names[source],
            place=PLACE_TITLES[standing % len(PLACE_TITLES)]
            if source < lexicon.sources.priors_at
            else "",
            category=str(JUDGED[category]),
            points=points / (100 * POINT),
            reason=why.get(source, ""),
        )
        for source, standing, category, points in zip(
            added.source.tolist(),
            added.standing.tolist(),
            lexicon_category(lexicon, added).tolist(),
            added.points.tolist(),
            strict=True,
        )
    )
    return Explanation(
        category=said["category"],
        subcategory=said["subcategory"],
        runner_up=said["runner_up"],
        margin=said["margin"],
        scores={
            str(category): float(value)
            for category, value in zip(JUDGED, answers.scores[0], strict=True)
        },
        reasons=reasons,
        rule_version=classifier.version,
    )
