"""Several problems in one cell: divided where the numbering is beyond doubt, else left whole."""

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskpipe.screening.numbering import Items, items_of, numbering_of
from tests.screening.conftest import RULES

NUMBERING = numbering_of(RULES)


def read(text) -> Items:
    return items_of(text, NUMBERING)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1.灭火器失效。2.通道堆物。", ("灭火器失效。", "通道堆物。")),
        ("一、灭火器失效；二、通道堆物", ("灭火器失效", "通道堆物")),
        ("1、3号楼灭火器失效\n2、5号楼通道堆物", ("3号楼灭火器失效", "5号楼通道堆物")),
        ("（1）灭火器失效；（2）通道堆物", ("灭火器失效", "通道堆物")),
        ("(一)灭火器失效(二)通道堆物", ("灭火器失效", "通道堆物")),
        ("1)灭火器失效 2)通道堆物", ("灭火器失效", "通道堆物")),
        ("①灭火器失效②通道堆物③门锁坏", ("灭火器失效", "通道堆物", "门锁坏")),
        ("１．灭火器失效２．通道堆物", ("灭火器失效", "通道堆物")),
        ("⒈灭火器失效⒉通道堆物", ("灭火器失效", "通道堆物")),
        ("现场检查发现：1.灭火器失效；2.通道堆物", ("现场检查发现：灭火器失效", "现场检查发现：通道堆物")),
        ("3号楼\n1.灭火器失效\n2.通道堆物", ("3号楼灭火器失效", "3号楼通道堆物")),
        ("一、消防：1.灭火器失效；2.通道堆物。二、用电：1.飞线；2.过载。",
         ("消防：1.灭火器失效；2.通道堆物。", "用电：1.飞线；2.过载。")),
        ("一、消防安全：1.灭火器失效；2.通道堆物", ("一、消防安全：灭火器失效", "一、消防安全：通道堆物")),
        ("1.通道宽1.2米。2.坡度2.5度。", ("通道宽1.2米。", "坡度2.5度。")),
        ("1.违反第5.5.18条，门窄；2.附件1、附件2未上墙", ("违反第5.5.18条，门窄", "附件1、附件2未上墙")),
    ],
)  # fmt: skip
def test_a_clear_numbering_divides(text, items):
    assert read(text) == Items(items, is_unclear=False)


@pytest.mark.parametrize(
    "text",
    [
        "1.灭火器失效。3.通道堆物。", "1.灭火器失效。1.通道堆物。2.门锁坏。", "2.灭火器失效。3.通道堆物。",
        "1.灭火器失效。二、通道堆物。",
        "①②处均有裂缝", "1.灭火器失效；2.通道堆物；3.1楼门锁坏", "1.3号楼灭火器失效；2.5号楼通道堆物",
        "一、消防：2.灭火器失效。二、用电：1.飞线。",
    ],
)  # fmt: skip
def test_a_doubtful_numbering_is_left_whole_and_said(text):
    assert read(text) == Items((text,), is_unclear=True)


@pytest.mark.parametrize(
    "text",
    [
        "通道宽度仅1.2米，低于2.0米的要求", "一、二号楼之间消防车道被占用", "1、2、3层应急照明灯损坏不亮",
        "2026.3.5检查时灭火器已过期",
        "不符合GB 50016第5.5.18条，疏散门净宽不足", "1.灭火器压力不足", "监控系统V2.1.3未升级",
        "见附件1、附件2、附件3", "第1项、第2项未整改",
        "违反第三条（一）、（二）项", "图1、图2所示位置", "2号楼、3号楼堆物", "高：1.5米；宽：2.5米", "",
        "3.灭火器过期", "1.2.3.均未整改",
        "缺少灭火器2、消火栓1、水带3", "共查出问题2项：灭火器失效，通道堆物", "13812345678、13912345678",
    ],
)  # fmt: skip
def test_figures_that_number_nothing(text):
    assert read(text) == Items((text,), is_unclear=False)


STYLES = ("{}.", "{}、", "（{}）", "{}）")
PIECE = st.text("楼道堆物灭火器失效配电箱", min_size=2, max_size=12)


@given(
    st.lists(PIECE, min_size=2, max_size=12),
    st.sampled_from(STYLES),
    st.sampled_from(["。", "；", "\n", "；\n"]),
)
def test_what_was_numbered_is_what_comes_out(pieces, style, stop):
    text = stop.join(style.format(n) + piece for n, piece in enumerate(pieces, 1))
    found = read(text)
    assert not found.is_unclear
    assert [item.rstrip("。；\n") for item in found.texts] == pieces


@given(st.text("12一二三、.．（）()①② 。；\n楼道3", max_size=40))
def test_no_letter_is_lost_or_made_up(text):
    found = read(text)
    assert found.texts
    if len(found.texts) == 1:
        assert found.texts == (text,)
        return
    kept = "".join(found.texts)
    letters = re.sub(r"[\W\d_一二三①②]", "", text)
    # What stands before the first item stands before each of them, so a letter may come again.
    assert all(kept.count(letter) >= letters.count(letter) for letter in letters)
    assert set(kept) <= set(text)


def test_the_markers_are_found_in_any_text_that_has_them():
    """`near`, which Arrow asks first, must see what the patterns see."""
    texts = [
        "1.甲乙2.丙丁",
        "１．甲乙２．丙丁",
        "（一）甲乙（二）丙丁",
        "①甲②乙",
        "1)甲乙 2)丙丁",
        "一、甲乙\n二、丙丁",
    ]
    assert pc.count_substring_regex(pa.array(texts), NUMBERING.near).to_pylist() == [2] * 6
