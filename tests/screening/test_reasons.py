"""Every reason tells the office what to do, and every rule of screening has one."""

import ast
from pathlib import Path

import pytest

import riskpipe.screening as screening
from tests.screening.conftest import RULES

ROWS = RULES.rows("screening/reasons")
NEXT_STEP = ("请", "应", "留空", "{why}")  # {why} is a refusal, which says it itself


@pytest.mark.parametrize("row", ROWS, ids=[row["rule"] for row in ROWS])
def test_a_reason_says_what_to_do(row):
    assert any(word in row["reason"] for word in NEXT_STEP)


def test_every_rule_named_in_the_date_reader_has_its_sentence():
    tree = ast.parse((Path(screening.__file__).parent / "undated.py").read_text("utf-8"))
    named = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.replace("_", "").isalpha()
        and "_" in node.value
    }
    assert "minguo_year" in named
    assert named <= {row["rule"] for row in ROWS}
