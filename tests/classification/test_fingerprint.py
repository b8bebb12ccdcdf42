"""What a landing's fingerprint must cover: every module that an answer passes through."""

import ast

from riskpipe.reception.desk import JUDGING
from riskpipe.rules import PACKAGE

FOLDER = PACKAGE / "classification"
PREFIX = "riskpipe.classification."


def imported(name: str) -> set[str]:
    """The modules of the stage that one of its modules imports."""
    tree = ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))
    wanted = (node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {
        module.removeprefix(PREFIX) for module in wanted if module and module.startswith(PREFIX)
    }


def test_code_that_judges_is_in_the_fingerprint_and_tools_beside_it_are_not():
    seen, waiting = set(), {"classifier"}
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting |= imported(name) - seen
    assert seen == set(JUDGING)
