"""Learning words from the categories an office has confirmed, and proving that they help.

Records of the register go in; a list of words with weights (rows of learned.csv), and a card that
says on how many rows they were learned and how well they did on rows they were not learned from,
come out. The list is used only when it beats the rules there. Files are not read or written here.
"""

from riskpipe.classification.learning.card import Card, as_markdown, as_page
from riskpipe.classification.learning.examples import RECORDS, Examples, examples_of
from riskpipe.classification.learning.learner import Lesson, Withheld, learn
from riskpipe.classification.learning.terms import Terms, terms_of
from riskpipe.classification.learning.training import is_installed
from riskpipe.classification.learning.wordlist import FIELDS

__all__ = [
    "FIELDS",
    "RECORDS",
    "Card",
    "Examples",
    "Lesson",
    "Terms",
    "Withheld",
    "as_markdown",
    "as_page",
    "examples_of",
    "is_installed",
    "learn",
    "terms_of",
]
