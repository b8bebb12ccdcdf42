"""A row of 归类复核单 read as amendments: its category and, of the same act, its sub-category.

Current reviews go in, two amendments a review come out, none chosen yet. A reviewer who agrees
and leaves 复核种类 blank has left the system's sub-category standing; one who changes the category
and leaves it blank has said that there is none. Screening has already refused what is no answer;
which of several answers counts is amendments.py's.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from riskpipe.vocabulary import KIND_TITLES

SOURCE: Final = "复核"
HEADINGS: Final = {"category": "复核类别", "subcategory": "复核种类"}

_KINDS: Final = {title: kind.value for kind, title in KIND_TITLES.items()}


def amendments_of(review: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The two amendments of one row of `reviews`, under columns of `Amendments`."""
    said = {"category": review["category"], "subcategory": _subcategory(review)}
    for name, heading in HEADINGS.items():
        yield {
            "row_id": review["row_id"],
            "source": SOURCE,
            "kind": _KINDS[review["subject_table"]],
            "subject_no": review["subject_no"],
            "heading": heading,
            "column_name": name,
            "old_text": review[f"system_{name}"],
            "new_text": said[name],
            "problem": None,
            "amended_by": review["reviewed_by"],
            "amended_on": review["reviewed_on"],
            "received_on": review["received_on"],
            "sender": review["sender"],
        }


def _subcategory(review: Mapping[str, Any]) -> str | None:
    if review["subcategory"] or review["category"] != review["system_category"]:
        return review["subcategory"]
    return review["system_subcategory"]
