"""The exam: messages written without sight of the rules keep the marks a director was promised."""

from pathlib import Path

import pytest

from riskpipe.classification import labelled, score

MESSAGES = Path(__file__).parent / "messages"
EXAM = ("held1.jsonl", "held2.jsonl")


@pytest.fixture(scope="module")
def result(classifier):
    return score([row for name in EXAM for row in labelled(MESSAGES / name)], classifier)


def test_the_four_categories_are_told_apart(result):
    assert result.rows >= 400
    assert result.macro_f1 >= 0.80


def test_few_harmless_messages_raise_an_alarm_and_few_are_left_undecided(result):
    assert result.false_alarms <= 0.08
    assert result.abstained <= 0.10


def test_every_message_stands_once_in_one_file():
    rows = [row for path in sorted(MESSAGES.glob("*.jsonl")) for row in labelled(path)]
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({(row["title"], row["text"]) for row in rows}) == len(rows)
