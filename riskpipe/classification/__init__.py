"""Which of the four event categories a text speaks of, and the words that decided it.

Folded or raw text goes in, category, sub-category, runner-up, margin and evidence come out.
The score of a category is a sum of data rows (lexicon, precedence, priors), so every answer
can be explained by the rows behind it; nothing is learned and nothing depends on which other
texts are judged in the same call. Reading files and masking persons belong elsewhere.
"""

from riskpipe.classification.ablation import ablation
from riskpipe.classification.classifier import Classifier
from riskpipe.classification.evaluation import (
    Evaluation,
    EvaluationError,
    evaluate,
    labelled,
    score,
    write_predictions,
)
from riskpipe.classification.explanation import Explanation, Reason, explain
from riskpipe.classification.lexicon import rule_names
from riskpipe.classification.rulerows import LexiconError

__all__ = [
    "Classifier",
    "Evaluation",
    "EvaluationError",
    "Explanation",
    "LexiconError",
    "Reason",
    "ablation",
    "evaluate",
    "explain",
    "labelled",
    "rule_names",
    "score",
    "write_predictions",
]
