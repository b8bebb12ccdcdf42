"""Text by the fixed order of encodings; what went through a wrong one is refused, with lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskpipe.intake.encodings import decoded
from riskpipe.intake.grid import Refusal

LINES = [
    "隐患编号,检查日期,隐患描述",
    "YH-1,2026-03-05,疏散通道堆放纸箱",
    "YH-2,2026-03-06,灭火器压力不足，已过期",
]
TEXT = "\r\n".join(LINES)


def refusal(content: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        decoded(content)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_same_text_from_every_encoding_an_office_saves(encoding):
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_big_endian_utf16_needs_its_mark():
    assert decoded(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT
    assert refusal(TEXT.encode("utf-16-be")).code == "nul"
    assert refusal(TEXT.encode("utf-16-le")).code == "nul"


@pytest.mark.parametrize("first", ["utf-8", "gb18030"])
@pytest.mark.parametrize("ending", [b"\r\n", b"\n", b"\r"])
def test_lines_of_two_encodings_are_refused_and_named(first, ending):
    second = "gb18030" if first == "utf-8" else "utf-8"
    content = ending.join([LINES[0].encode(first), LINES[1].encode(second), LINES[2].encode(first)])
    found = refusal(content)
    assert found.code == "mixed"
    assert found.facts == {"lines": "1、2"}


def test_a_file_that_ends_inside_a_character_was_not_copied_whole():
    assert refusal(TEXT.encode()[:-1]).code == "truncated"
    assert refusal(TEXT.encode("gb18030")[:-1]).code == "truncated"


@pytest.mark.parametrize(
    "twisted",
    [
        TEXT.encode().decode("latin-1"),
        TEXT.encode("gb18030").decode("latin-1"),
        TEXT.encode("gb18030").decode("cp1252", "ignore"),
        TEXT.encode().decode("gb18030", "ignore"),
        TEXT.encode("gb18030").decode("utf-8", "replace"),
        LINES[0]
        + "\n"
        + LINES[1].encode().decode("latin-1"),  # one line of an otherwise sound file
        LINES[0]
        + "\nYH-1,2026-03-05,"
        + "灭火器压力不足，已过期".encode().decode("gb18030", "ignore"),
        TEXT.replace("通道", "锟斤拷"),
    ],
)
def test_text_that_went_through_a_wrong_encoding_is_refused(twisted):
    assert refusal(twisted.encode()).code == "mojibake"


@pytest.mark.parametrize(
    "sound",
    [
        "宽×高×深：1200×800×600，误差±5°，—— “严禁烟火” ……", "××××××××", "°°°°°°", "·•·•·•·•", "“”——……“”——……’‘’‘",
        "Café Zürich, naïve façade", "℃㎡①②③Ⅳ㈠", "锛床一台，铆接件若干，银杏树倒伏", "𠮷祥里㙍头村", "😀火灾隐患😀",
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_unusual_but_sound_text_is_read(sound, encoding):
    text = f"{TEXT}\r\nYH-3,2026-03-05,{sound}"
    assert decoded(text.encode(encoding)) == text


def test_a_nul_is_refused_whatever_the_encoding():
    assert refusal(TEXT.encode().replace(b"YH-1", b"YH\x00")).code == "nul"
    assert refusal(TEXT.replace("YH-1", "YH\x00").encode("utf-16")).code == "nul"


def outcome(content: bytes) -> str:
    """The text, or the code of the refusal."""
    try:
        return decoded(content)
    except Refusal as refused:
        return refused.code


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40)


@given(st.lists(HAN, min_size=1, max_size=8), st.sampled_from(["utf-8", "gb18030"]))
def test_any_chinese_text_is_read_as_it_was_written(lines, encoding):
    text = "\n".join(["编号,内容", *(f"{n},{line}" for n, line in enumerate(lines))])
    assert outcome(text.encode(encoding)) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(content):
    found = outcome(content)
    codes = ("encoding", "truncated", "mixed", "nul", "mojibake")
    assert found in codes or found == decoded(content)
