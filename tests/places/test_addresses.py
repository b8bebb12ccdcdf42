"""Addresses as people write them: a golden table read by hand, and laws that hold for any text."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskpipe.places import FIELDS, addresses, told_names, written
from riskpipe.places.grammar import grammar_of
from riskpipe.places.numerals import chinese
from riskpipe.places.parsing import Parser
from tests.places.conftest import NAMES, PACKAGED, parser_knowing

GOLDEN = [
    line.split(" |")
    for line in Path(__file__).with_name("addresses.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
PARSER = parser_knowing(NAMES)
WIDE = {0x21 + i: 0xFF01 + i for i in range(94)}

ROADS = ("云溪路", "建设路", "枫林大道", "三环路", "翠园路", "十二巷", "北云溪路")
ESTATES = ("锦绣花园", "望湖苑", "棉宿", "鑫源大厦", "翠湖新村")
PLACES = ("红旗小学对面", "电梯", "南门", "菜市场旁边", "附近", "后头", "往东一百米", "兴旺五金店门口")
TALK = ("那个", "就在", "说不清楚", "，", "（", "啥", "我家", "的", "第", "十", "路", "号", "东", "城")
NUMBERED = ("号", "栋", "号楼", "单元", "楼", "室", "弄", "期", "号门", "-")

pieces = st.one_of(
    *(st.sampled_from(words) for words in (ROADS, ESTATES, PLACES, TALK)),
    st.tuples(st.integers(1, 120), st.sampled_from(NUMBERED)).map(lambda n: f"{n[0]}{n[1]}"),
)
typed = st.lists(pieces, max_size=8).map("".join)


def parts(text: str) -> dict[str, str]:
    address = PARSER.parse_one(text)
    return {name: getattr(address, name) for name in FIELDS if getattr(address, name)}


def test_the_golden_table_is_long_enough():
    assert len(GOLDEN) >= 120
    assert len({text for text, _ in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize(("text", "told"), GOLDEN, ids=[text for text, _ in GOLDEN])
def test_every_part_of_a_written_address(text, told):
    assert parts(text) == dict(item.split("=") for item in told.split())


@pytest.mark.parametrize("text", [text for text, _ in GOLDEN])
def test_what_is_written_reads_back_the_same(text):
    once = PARSER.parse_one(text)
    assert PARSER.parse_one(written(once)) == once


@settings(max_examples=1500, deadline=None)
@given(typed)
def test_any_text_reads_back_the_same(text):
    once = PARSER.parse_one(text)
    again = PARSER.parse_one(written(once))
    assert again == once, written(once)


@settings(max_examples=300, deadline=None)
@given(typed)
def test_full_width_letters_say_the_same(text):
    assert PARSER.parse_one(text.translate(WIDE)) == PARSER.parse_one(text)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(ROADS),
    st.integers(1, 99),
    st.sampled_from(("号", "号楼", "栋", "单元", "层", "室", "号门")),
)
def test_chinese_and_arabic_numbers_say_the_same(road, number, unit):
    assert parts(f"{road}{number}{unit}") == parts(f"{road}{chinese(number)}{unit}")


@given(*[st.sampled_from(ROADS[:-1])] * 2, st.sampled_from(("与", "和", "跟", "、")))
def test_a_crossing_is_one_place_from_either_road(one, other, link):
    assert parts(f"{one}{link}{other}交叉口") == parts(f"{other}{link}{one}交叉口")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(st.none(), typed), max_size=12), st.randoms(use_true_random=False))
def test_a_column_is_its_rows_whatever_their_order(texts, random):
    order = list(range(len(texts)))
    random.shuffle(order)
    table = PARSER.parse(pa.array([texts[at] for at in order], pa.string()))
    assert addresses(table) == [PARSER.parse_one(texts[at]) for at in order]


def test_a_chunked_column_and_a_slice_are_read_like_any_other():
    texts = pa.chunked_array([["云溪路1号"], [], [None, "云溪路2号"]], pa.string())
    assert PARSER.parse(texts)["number"].to_pylist() == ["1", None, "2"]
    assert PARSER.parse(texts.slice(2))["number"].to_pylist() == ["2"]


def test_a_short_form_that_two_names_share_is_not_read():
    two = parser_knowing((("解放路", "道路", ""), ("解放大道", "道路", "")))
    found = two.parse_one("解放23号")
    assert (found.road, found.number, found.rest) == (None, "23", "解放")


def test_names_told_often_explain_the_short_ones():
    column = pa.array(["枫林大道8号", "枫林大道10号", "枫林8号", "梧桐街1号"])
    names = told_names(PARSER.parse(column), 2)
    assert [(name.kind, name.written) for name in names] == [("道路", "枫林大道")]
    second = Parser(grammar_of(PACKAGED, names))
    assert second.parse(column)["road"].to_pylist() == ["枫林大道", "枫林大道", "枫林大道", "梧桐街"]
