"""What two addresses share and differ in, by hand-added points; every place is made up."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from riskpipe.places import comparer_of
from riskpipe.places.scores import Reason
from riskpipe.rules import RuleError, Rules
from tests.places.test_addresses import GOLDEN, PARSER, typed

COMPARER = comparer_of(Rules(Path("/nonexistent")))
# Two addresses, the reasons a reader finds, and their points by weights.csv.
PAIRS = (
    ("云溪路23号", "云溪路二十三号", 70, "number-same"),
    ("云溪路23号", "云溪路25号", -60, "number-differs"),
    ("云溪路23号", "云溪路23-1号", 55, "number-part"),
    ("云溪路23-1号", "云溪路23-2号", -40, "sub-differs"),
    ("云溪路23号", "云溪路", 20, "road-same"),
    ("云溪路23号", "解放路23号", -35, "road-differs"),
    ("枫林大道8号", "枫林路8号", 45, "number-near"),
    ("枫林大道8号", "枫林8号", 45, "number-near"),
    ("枫林大道8号", "枫林9号", 0, ""),
    ("建设路与解放路交叉口", "解放路和建设路路口", 75, "crossing-same"),
    ("建设路与解放路交叉口", "建设路8号", 20, "road-same"),
    ("建设路与解放路交叉口", "云溪路8号", -35, "road-differs"),
    ("锦绣花园3栋", "锦绣花园3号楼2单元", 80, "estate-same building-same"),
    ("锦绣花园3栋", "锦绣花园13栋", -35, "estate-same building-differs"),
    ("锦绣花园3栋", "锦绣花园3号", 70, "estate-same building-number"),
    ("锦绣花园3栋", "锦绣花园", 45, "estate-same"),
    ("锦绣花园A区3栋", "锦绣花园B区3栋", 50, "estate-same zone-differs building-same"),
    ("锦绣花园3栋", "景秀花园3栋", -45, "estate-differs"),
    ("望湖苑5栋", "望湖小区5栋", 65, "estate-near building-same"),
    ("鑫源大厦3楼", "鑫源大厦5楼", 25, "estate-same floor-differs"),
    ("鑫源大厦3楼", "鑫源大厦三层", 50, "estate-same floor-same"),
    ("云溪路1号锦绣花园3栋", "解放路2号锦绣花园3栋", 80, "estate-same building-same"),
    ("云溪路23号锦绣花园", "云溪路23号望湖苑", 70, "number-same"),
    ("云溪路23号3楼", "云溪路23号5楼", 50, "number-same floor-differs"),
    ("云溪路23号3楼", "解放路23号5楼", -35, "road-differs"),
    ("红旗小学对面", "红旗小学门口", 40, "landmark-same"),
    ("云溪路23号楼道", "云溪路23号楼道", 78, "number-same spot-same"),
    ("云溪路23号附近", "解放路1号附近", -35, "road-differs"),
    ("红旗街道云溪路23号", "青溪街道云溪路23号", 64, "number-same street-differs"),
    ("永宁社区锦绣花园", "永宁社区望湖苑", -40, "estate-differs community-same"),
    ("无", "云溪路23号", 0, ""),
)


@pytest.mark.parametrize(("one", "other", "points", "rules"), PAIRS)
def test_two_addresses_and_why(one, other, points, rules):
    a, b = PARSER.parse_one(one), PARSER.parse_one(other)
    score = COMPARER.similarity(a, b)
    assert (score.points, " ".join(reason.rule_id for reason in score.reasons)) == (points, rules)


@settings(max_examples=300, deadline=None)
@given(typed, typed)
def test_the_order_of_two_does_not_matter(one, other):
    a, b = PARSER.parse_one(one), PARSER.parse_one(other)
    assert COMPARER.similarity(a, b) == COMPARER.similarity(b, a)


@pytest.mark.parametrize("text", [text for text, _ in GOLDEN])
def test_no_place_differs_from_itself(text):
    address = PARSER.parse_one(text)
    assert all(reason.points > 0 for reason in COMPARER.similarity(address, address).reasons)


def test_points_stay_within_a_hundred():
    a = PARSER.parse_one("永宁社区云溪路23号锦绣花园3栋2单元5楼501室楼道")
    assert COMPARER.similarity(a, a).points == 100


def test_evidence_is_one_chinese_sentence_strongest_first():
    a, b = PARSER.parse_one("锦绣花园3栋"), PARSER.parse_one("锦绣花园13栋")
    evidence = "楼栋不同，是两处（-80）；小区（楼宇）相同（+45）"
    assert COMPARER.similarity(a, b).evidence == evidence


def test_an_office_sets_its_own_points_and_takes_reasons_out(tmp_path):
    rules = tmp_path / "places"
    rules.mkdir()
    head = "rule_id,title,points,source,is_off\n"
    office = head + "number-same,门牌号相同,50,本办,\nstreet-differs,,0,,是\n"
    (rules / "weights.csv").write_text(office, "utf-8")
    own = comparer_of(Rules(tmp_path))
    a, b = PARSER.parse_one("红旗街道云溪路23号"), PARSER.parse_one("青溪街道云溪路23号")
    assert own.similarity(a, b).reasons == (Reason("number-same", "门牌号相同", 50),)


def test_points_that_are_no_number_are_refused_by_name(tmp_path):
    (tmp_path / "places").mkdir()
    text = "rule_id,title,points,source\nnumber-same,门牌号相同,很高,本办\n"
    (tmp_path / "places" / "weights.csv").write_text(text, "utf-8")
    with pytest.raises(RuleError, match="number-same.*很高"):
        comparer_of(Rules(tmp_path))
