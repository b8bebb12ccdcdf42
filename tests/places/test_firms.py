"""Firm names in parts, and what two of them say of being one; every firm is made up."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc

from riskpipe.places import firms_of
from riskpipe.places.firms import COLUMNS
from riskpipe.rules import Rules

FIRMS = firms_of(Rules(Path("/nonexistent")), ["云州市", "青岚区"])
BODY = "91330100MA2WXYPQ7"
CODE = BODY + uscc.calc_check_digit(BODY)

GOLDEN = (
    ("青林市宏达塑料制品有限公司", "region=青林市 brand=宏达 trade=塑料 form=有限公司"),
    ("宏达塑胶有限责任公司", "brand=宏达 trade=塑料 form=有限公司"),
    ("宏达塑料厂", "brand=宏达 trade=塑料 form=厂"),
    ("宏达", "brand=宏达"),
    ("云州宏达科技有限公司", "region=云州 brand=宏达 trade=科技 form=有限公司"),
    ("宏达（云州）科技有限公司", "region=云州 brand=宏达 trade=科技 form=有限公司"),
    ("云州市青岚区红旗小学", "region=云州市青岚区 brand=红旗 form=小学"),
    (
        "宏达塑料制品有限公司城东分公司",
        "brand=宏达 trade=塑料 form=有限公司 branch=城东分公司",
    ),
    ("宏达超市（解放路店）", "brand=宏达 form=超市 branch=解放路店"),
    ("宏达超市解放路店", "brand=宏达 form=超市 branch=解放路店"),
    ("宏达超市2号店", "brand=宏达 form=超市 branch=二号店"),
    ("宏达超市二号店", "brand=宏达 form=超市 branch=二号店"),
    ("盛隆早餐馆", "brand=盛隆 trade=早餐 form=馆"),
    ("兴旺饭店（个体工商户）", "brand=兴旺 form=饭店"),
    ("五金店", "trade=五金 form=店"),
    ("宏達超市", "brand=宏达 form=超市"),
    ("宏达 超市", "brand=宏达 form=超市"),
    ("无", ""),
    ("不详", ""),
    ("", ""),
    ("——", ""),
    (f"宏达超市 {CODE}", f"brand=宏达 form=超市 code={CODE}"),
    (f"{CODE.lower()}宏达超市", f"brand=宏达 form=超市 code={CODE}"),
)
# A name, another, the points and the reasons that a reader of weights.csv adds up.
PAIRS = (
    ("青林市宏达塑料制品有限公司", "宏达塑胶有限责任公司", 90, "name-same"),
    ("青林市宏达塑料制品有限公司", "青林宏达塑料有限公司", 90, "name-same"),
    ("青林市宏达塑料制品有限公司", "宏达", 70, "name-short"),
    ("宏达塑料厂", "宏达塑胶制品有限公司", 75, "name-form"),
    ("鸿达发五金店", "鸿达发火锅店", 15, "name-trade-differs"),
    ("鸿达发五金店", "鸿达法五金店", 50, "name-near"),
    ("宏达超市解放路店", "宏达超市（建设路店）", 10, "name-same branch-differs"),
    ("宏达超市解放路店", "宏达超市", 75, "name-same branch-one"),
    ("青林市宏达塑料厂", "云州市宏达塑料厂", 65, "name-same region-differs"),
    ("五金店", "五金店", 20, "name-no-brand"),
    ("宏达五金店", "兴旺五金店", 0, ""),
    ("无", "宏达", 0, ""),
    ("无", "不详", 0, ""),
    (f"甲乙 {CODE}", f"丙丁 {CODE}", 100, "code-same"),
)


@pytest.mark.parametrize(("name", "told"), GOLDEN)
def test_every_part_of_a_name(name, told):
    firm = FIRMS.parse_one(name)
    found = {part: getattr(firm, part) for part in COLUMNS if getattr(firm, part)}
    assert found == dict(item.split("=") for item in told.split())


@pytest.mark.parametrize(("one", "other", "points", "rules"), PAIRS)
def test_two_names_and_why(one, other, points, rules):
    a, b = FIRMS.parse_one(one), FIRMS.parse_one(other)
    score = FIRMS.match(a, b)
    assert (score.points, " ".join(reason.rule_id for reason in score.reasons)) == (points, rules)
    assert FIRMS.match(b, a).points == points


@pytest.mark.parametrize("at", range(18))
def test_a_code_with_one_wrong_letter_is_no_code(at):
    wrong = CODE[:at] + ("3" if CODE[at] != "3" else "4") + CODE[at + 1 :]
    assert FIRMS.parse_one(f"宏达 {wrong}").code is None


def test_other_codes_are_no_credit_codes():
    assert FIRMS.parse_one("宏达 110101199003078515").code is None
    assert luhn.is_valid("4111111111111111")
    assert FIRMS.parse_one("宏达 4111111111111111").code is None


def test_a_column_is_its_rows():
    names = [name for name, _ in GOLDEN] + [None]
    table = FIRMS.parse(pa.array(names, pa.string()))
    assert table.to_pylist() == [
        {part: getattr(FIRMS.parse_one(name), part) for part in COLUMNS} for name in names
    ]


@given(st.text(alphabet="宏达塑料制品有限公司分店厂（）市县区无 1二号路", max_size=16))
def test_any_name_is_read_and_is_like_itself(name):
    firm = FIRMS.parse_one(name)
    assert FIRMS.match(firm, firm).points >= 0
