"""A sub-category under its category: fits, belongs elsewhere, stands alone, is not there."""

import pyarrow as pa
import pytest

from riskpipe.screening.kinds import misplaced


@pytest.mark.parametrize(
    ("category", "subcategory", "is_misplaced"),
    [
        ("事故灾难", "火灾", False),
        ("自然灾害", "火灾", True),
        ("自然灾害", "森林草原火灾", False),
        ("社会安全事件", "其他", False),
        ("非突发事件", "其他", True),
        ("事故灾难", None, False),
        (None, "火灾", False),
    ],
)
def test_a_kind_is_one_of_its_categorys(category, subcategory, is_misplaced):
    mask = misplaced(pa.array([category], pa.string()), pa.array([subcategory], pa.string()))
    assert mask.tolist() == [is_misplaced]
