"""Folding: the rules one by one, and the laws that hold for every text."""

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from riskpipe import text

AWKWARD = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "消防通道隐患應急聯動繁體著乾(（)）?？yīngfùshàn 　\n\r\t\u200b\u202e\ufeff\x1e\x00"
        ),
        st.sampled_from("㎡①…ﬀＡｂ１，。；：ё가ᄀ\u0301𠮷😀\u2028\x85\ud7ff\ufe0f"),
        st.characters(exclude_categories=["Cs"], exclude_characters="薴"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("１２３５０举报电话", "12350举报电话"),
        ("消防通道（北侧）堵塞，", "消防通道(北侧)堵塞,"),
        ("應急聯動中心", "应急联动中心"),
        ("社會平安事件，聚眾", "社会平安事件,聚众"),
        ("應(yīng)急聯(lián)動(dòng)", "应急联动"),
        ("應（yīng）急", "应急"),
        ("崗?fù)、", "岗、"),
        ("我們(men)的", "我们的"),
        ("方案(a)和方案(b)", "方案(a)和方案(b)"),
        ("隧道开\n挖支护", "隧道开挖支护"),
        ("隧道开 \r\n\t挖支护", "隧道开挖支护"),
        ("第一行,\n第二行", "第一行, 第二行"),
        ("  甲\t \u3000乙  ", "甲 乙"),
        ("消\u200b防\ufeff栓\u202e", "消防栓"),
        ("面积１０㎡…", "面积10m2..."),
        ("乾隆年间，衣服乾了", "乾隆年间,衣服干了"),
        ("𠮷野家着火", "𠮷野家着火"),
        ("", ""),
    ],
)
def test_each_rule_of_folding(written, folded):
    assert text.fold_one(written) == folded
    assert text.fold(pa.array([written])).to_pylist() == [folded]


@given(st.lists(st.one_of(st.none(), AWKWARD), max_size=12))
@example([None, "", "\x1e", "a\x1eb", "應", None])
@example(["(", "应(", "应(a", "a)", "\n", "应\n", "\n应"])
@settings(max_examples=400, deadline=None)
def test_a_column_folds_as_its_texts_do(texts):
    folded = text.fold(pa.array(texts, pa.string())).to_pylist()
    assert folded == [None if one is None else text.fold_one(one) for one in texts]


@given(AWKWARD)
@settings(max_examples=400, deadline=None)
def test_folding_twice_changes_nothing(written):
    once = text.fold_one(written)
    assert text.fold_one(once) == once


def test_chunks_slices_and_blocks_change_nothing(monkeypatch):
    texts = [f"第{number}號 消防（北）\n通道" if number % 3 else None for number in range(50)]
    whole = text.fold(pa.array(texts)).to_pylist()
    monkeypatch.setattr(text, "BLOCK", 7)
    assert text.fold(pa.array(texts)).to_pylist() == whole
    chunks = pa.chunked_array([texts[:20], [], texts[20:]], pa.string())
    assert text.fold(chunks).to_pylist() == whole
    assert text.fold(pa.array(texts).slice(10, 30)).to_pylist() == whole[10:40]


def test_an_empty_column_stays_empty():
    assert text.fold(pa.array([], pa.string())).to_pylist() == []
    assert text.fold(pa.chunked_array([], pa.string())).to_pylist() == []
    assert text.squeeze(pa.chunked_array([], pa.string())).to_pylist() == []


def test_squeeze_takes_spaces_beside_chinese_but_leaves_words_apart():
    values = pa.array(["自然 灾害", " 事故灾难 ", "整改\n完成", None, "LED screen 屏", "自然 灾害"])
    expected = ["自然灾害", "事故灾难", "整改完成", None, "LED screen屏", "自然灾害"]
    assert text.squeeze(values).to_pylist() == expected


def test_key_form_keeps_letters_and_digits_only():
    assert text.key_form("红旗街道（１２-3号）A座") == "红旗街道123号a座"
    assert text.key_form("紅旗街道12、3號a座") == "红旗街道123号a座"
