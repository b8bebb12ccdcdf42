"""JSON lines: every line is a record, blank, or broken; nothing is chosen between two values."""

import json

import pytest

from riskpipe.intake import jsonlines
from riskpipe.intake.grid import Refusal
from riskpipe.settings import IntakeLimits

SOUND = '{"id": "A1", "text": "楼道堆物", "count": 3}'


def grid(*lines: str):
    return jsonlines.grid("\n".join(lines).encode(), IntakeLimits())


def test_values_become_what_an_office_would_type():
    found = grid(SOUND, '{"id": 13812345678, "is": true, "was": false, "none": null, "rate": 1.5}')
    row = {
        key: column[1].as_py() for key, column in zip(found.keys, found.cells.columns, strict=True)
    }
    assert row == {
        "id": "13812345678", "text": None, "count": None, "is": "是", "was": "否", "none": None, "rate": "1.5",
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "{", "[1]", "3", '{"id": NaN}', '{"id": Infinity}', '{"id": "A1", "id": "A2"}',
        '{"id": "\\ud800"}', "[" * 100_000, '{"a": {"b": 1, "b": 2}}',
    ],
)  # fmt: skip
def test_a_line_that_is_no_record_is_broken_not_dropped(line):
    found = grid(SOUND, line, SOUND)
    assert found.broken == (2,)
    assert found.cells.num_rows == 3


def test_a_blank_line_is_blank_and_a_nested_value_stays_readable():
    found = grid(SOUND, "", json.dumps({"text": ["甲", "乙"]}, ensure_ascii=False))
    assert found.broken == ()
    assert found.cells.column(1)[2].as_py() == '["甲", "乙"]'


def test_a_file_without_a_record_is_refused():
    with pytest.raises(Refusal):
        grid("{", "}")
