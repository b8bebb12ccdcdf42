"""Looking learned words up: once a row, in both fields, nothing when there is no list."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from riskpipe.classification import LexiconError
from riskpipe.classification.learned import BLOCK, NAME, found, learned_of, load_learned, points
from riskpipe.classification.rulerows import JUDGED
from riskpipe.rules import Rules

ROWS = """
L1 闷涵 自然灾害 +1.50
L2 闷涵 非突发事件 -0.25
L3 火笼子 事故灾难 2.00
L4 火笼 事故灾难 0.10
"""


def rows(table):
    names = ("id", "word", "category", "weight")
    split = (line.split() for line in table.strip().splitlines())
    return [dict(zip(names, cells, strict=True)) | {"source": "试"} for cells in split]


@pytest.fixture
def learned():
    return learned_of(rows(ROWS))


def told(learned, titles, texts):
    row, entry = found(learned, pa.array(titles), pa.array(texts))
    return [(r, learned.ids[e]) for r, e in zip(row.tolist(), entry.tolist(), strict=True)]


def test_each_word_counts_once_a_row_wherever_it_stands(learned):
    titles, texts = ["闷涵", "", "火"], ["闷涵闷涵", "无事", "笼子；火笼子"]
    assert told(learned, titles, texts) == [(0, "L1"), (0, "L2"), (2, "L4"), (2, "L3")]
    added = points(learned, pa.array(titles), pa.array(texts))
    assert added.tolist() == [[150, 0, 0, 0, -25], [0] * 5, [0, 210, 0, 0, 0]]
    assert learned.names[0] == "学习词“火笼”"


def test_no_word_reaches_from_title_into_text(learned):
    assert told(learned, ["闷", "火笼"], ["涵", "子"]) == [(1, "L4")]


def test_rows_past_a_block_keep_their_numbers(learned):
    texts = ["", "闷涵"] * BLOCK
    row, entry = found(learned, pa.array([""] * len(texts)), pa.array(texts))
    assert np.array_equal(np.unique(row), np.arange(1, 2 * BLOCK, 2))
    assert len(entry) == 2 * BLOCK


def test_the_packaged_list_is_empty_and_off():
    empty = load_learned(Rules(Path("no-office")))
    assert empty.ids == ()
    assert told(empty, ["闷涵"], ["火笼子"]) == []
    assert points(empty, pa.array([""]), pa.array(["闷涵"])).tolist() == [[0] * len(JUDGED)]


def test_the_order_of_rows_leaves_no_trace():
    backwards = learned_of(rows(ROWS)[::-1])
    assert backwards.ids == ("L4", "L3", "L1", "L2")
    assert told(backwards, [""], ["闷涵"]) == [(0, "L1"), (0, "L2")]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("L9 闷涵1 自然灾害 1", "L9：学习词只能由汉字组成"),
        ("L9 闷涵 自然 1", "L9：类别“自然”不在"),
        ("L9 闷涵 未分类 1", "L9：类别“未分类”不在"),
        ("L9 闷涵 自然灾害 多", "L9：分值“多”不是数字"),
        ("L8 闷涵 自然灾害 1\nL9 闷涵 自然灾害 2", "L9 与 L8 重复"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(table, said):
    with pytest.raises(LexiconError, match=said):
        learned_of(rows(table))


def test_the_office_list_lies_over_the_packaged_one(tmp_path):
    path = tmp_path / f"{NAME}.csv"
    path.parent.mkdir()
    path.write_text("id,word,category,weight,source\nL1,闷涵,自然灾害,1.5,试\n", "utf-8-sig")
    assert load_learned(Rules(tmp_path)).words == ("闷涵",)
