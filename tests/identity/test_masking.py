"""Law 5 on free text: what names a reporter goes, what names a hazard stays."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskpipe.identity.masking import mask, mask_one, mask_value, masking

SEPARATORS = st.sampled_from(["", " ", "-", "  ", "\u3000", "\u200b", " - ", "."])
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SPOKEN = str.maketrans("0123456789", "零一二三四五六七八九")


@st.composite
def mobiles(draw) -> str:
    tail = draw(st.integers(0, 10**9 - 1))
    return f"1{draw(st.integers(3, 9))}{tail:09d}"


@st.composite
def spellings(draw) -> tuple[str, str]:
    """A mobile number and one of the ways people write it."""
    number = draw(mobiles())
    between = draw(SEPARATORS)
    cut = draw(st.sampled_from([(3, 7), (3, 6), (4, 8), (4, 7), (3, 3), (7, 7)]))
    parts = [number[: cut[0]], number[cut[0] : cut[1]], number[cut[1] :]]
    written = between.join(part for part in parts if part)
    if draw(st.booleans()):
        written = draw(st.sampled_from([" ", "\u3000", "-", "\u200b"])).join(number)
    written = written.translate(draw(st.sampled_from([{}, WIDE, SPOKEN])))
    return number, draw(st.sampled_from(["", "+86", "86", "0086-", "+86 "])) + written if written[
        0
    ].isascii() else written


@given(
    spellings(),
    st.sampled_from(["", "请联系", "电话：", "（", "手机号是"]),
    st.sampled_from(["", "。", "，谢谢", "）"]),
)
@settings(max_examples=400, deadline=None)
def test_every_spelling_of_a_mobile_is_masked(spelling, before, after):
    assert mask_one(f"{before}{spelling[1]}{after}") == f"{before}〔电话〕{after}"


PIECES = [
    "我叫李建国，", "家住幸福里3号楼2单元501", "回电 138 0013 8000", "0311-86540987转801", "微信：qinglan_77",
    "身份证13010219850304123X", "卡号6222 0212 3456 7890 987", "京A7K9Q2", "a.b@example.com", "录音REC20261001",
    "楼道堆放杂物", "JB-20261001-001", "2026-10-01 09:30", "罚款1380.50元", "12345", "联系人：王小明", "举报人张三",
    "〔电话〕", "〔姓名〕", "一三八零零一三八零零零", "QQ12345678",
    "李女士来电", " ", "\n", "，", "8", "电话", "住", "王",
    "我是", "86540987", "是",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join))
@settings(max_examples=500, deadline=None)
def test_masking_twice_changes_nothing_and_the_cues_lose_nothing(text):
    once = mask_one(text)
    assert mask_one(once) == once
    assert mask(pa.array([text])).to_pylist() == [once]


@given(
    st.sampled_from(["JB", "YH-130102001", "SJ", "JL-2026", "GD"]),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(0, 9999),
    st.sampled_from(["单号{}", "{}", "见 {} 号工单", "[{}]已办结"]),
)
def test_numbers_of_records_survive(prefix, day, number, around):
    text = around.format(f"{prefix}-{day:%Y%m%d}-{number:04d}")
    assert mask_one(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "YH-130102001-202610-0001", "工单2026100112345678已办结", "拨打12345、12350热线无人接听",
        "2026-10-01 09:30:00至2026-10-02 18:00:00", "罚款1380013.80元", "面积13800平方米、层高3.9米",
        "发生于2026年10月1日9时30分", "应急〔2023〕106号", "安全生产法第一百一十三条", "我是高中生，放学路过",
        "我是本小区业主", "举报人于2026年反映", "举报人称楼道堵塞", "被举报人张三经营的饭店", "13楼1单元电梯",
        "村民反映河道淤积", "经查阅第3800138号档案", "群众路和平里小区", "全体居民严重不满",
        "统一社会信用代码911301020000000001", "住宅楼外墙脱落", "我们住的楼没有消防通道",
    ],
)  # fmt: skip
def test_what_is_no_person_stays(text):
    assert mask_one(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我叫王向东，楼上漏水", "我叫〔姓名〕，楼上漏水"),
        ("我叫李明住在三楼", "我叫〔姓名〕住在〔住址〕"),
        ("我的名字是欧阳青。", "我的名字是〔姓名〕。"),
        ("我是李女士", "我是〔姓名〕"),
        ("我姓赵，", "我姓〔姓名〕，"),
        ("举报人张三反映", "举报人〔姓名〕反映"),
        ("联系人：王小明 电话：0311-86540987", "联系人：〔姓名〕 电话：〔电话〕"),
        ("姓名：买买提·艾力", "姓名：〔姓名〕"),
        ("市民刘先生来电", "市民〔姓名〕来电"),
        ("我家住幸福里3栋501，楼下堆物", "我家住〔住址〕，楼下堆物"),
        ("本人住光明路12号。", "本人住〔住址〕。"),
        ("我是幸福里3号楼2单元501的业主，", "我是〔住址〕的业主，"),
        ("身份证号130102198503041234", "身份证号〔证件〕"),
        ("130102850304123", "〔证件〕"),
        ("卡号 6222 0212 3456 7890 987", "卡号 〔账号〕"),
        ("６２２２０２１２３４５６７８９０９８７", "〔账号〕"),
        ("加微信qinglan77", "加微信〔微信〕"),
        ("微信号：qing_lan", "微信号：〔微信〕"),
        ("ＱＱ：12345678", "ＱＱ：〔账号〕"),
        ("京A·7K9Q2", "〔车牌〕"),
        ("冀ad12345停在通道", "〔车牌〕停在通道"),
        ("邮箱 a.b@example.com", "邮箱 〔邮箱〕"),
        ("录音编号REC20261001-07", "录音编号〔录音〕"),
        ("见20261001_0930.wav", "见〔录音〕"),
        ("(010)8654 0987", "〔电话〕"),
        ("电话86540987", "电话〔电话〕"),
        ("红旗街道_张三_13800138000.xlsx", "红旗街道_〔姓名〕_〔电话〕.xlsx"),
        ("张三举报信.docx", "〔姓名〕举报信.docx"),
        ("王五（13912340987）反映", "〔姓名〕（〔电话〕）反映"),
    ],
)
def test_each_rule(text, masked):
    assert mask_one(text) == masked


def test_every_rule_and_token_is_used():
    assert {rule.token for rule in masking().rules} == set(masking().tokens) - {"value"} | {"keep"}


def test_nulls_chunks_and_lengths_stay():
    texts = pa.chunked_array([["a", None], ["电话13800138000"], []], pa.string())
    assert mask(texts).to_pylist() == ["a", None, "电话〔电话〕"]
    assert mask(pa.array([], pa.string())).to_pylist() == []


def test_a_value_shown_in_an_error_tells_nobody():
    assert mask_value(True, "张三") == "〔已遮蔽〕"
    assert mask_value(False, "2026-13-01") == "2026-13-01"
    assert mask_value(False, "电话13800138000") == "电话〔电话〕"
    assert mask_value(True, " ") == " "
    assert mask_value(False, None) is None


def test_a_name_given_away_once_is_masked_wherever_it_is_said_again():
    text = "我叫赵小川，住东湖路。厂里都知道是赵小川说的，赵小川不怕。"
    masked = mask_one(text)
    assert "赵小川" not in masked
    assert masked.count("〔姓名〕") == 3
    assert mask_one(masked) == masked
