"""Rules tried on an office's own register: what was judged is judged again, changes are told."""

import pyarrow.compute as pc
import pytest

from riskpipe.classification import Classifier
from riskpipe.classification.rulebook.records import folded, judged
from riskpipe.walk.rulechecks import checked, difference, records_of
from riskpipe.walk.ruleediting import rules_of
from riskpipe.walk.trouble import UseError
from tests.intake.builders import LEDGER, csv_file, finding, workbook
from tests.walking import office_at, walk

PHONE = "13900139123"
HOTLINE = [
    *("举报编号", "举报时间", "举报渠道", "标题", "举报内容", "突发事件类别"),
    *("举报人姓名", "联系电话"),
]
CORRECTED = ["表名", "业务编号", "更正项目", "更正内容", "更正日期", "更正人"]
SEVERAL = "1.消防通道堆放纸箱；2.后山边坡滑坡"


def call(number: int, text: str, title: str = "", stated: str = "") -> list[str]:
    day = f"2026-01-{10 + number:02d} 09:00"
    return [f"JB{number:04d}", day, "12350电话", title, text, stated, "欧阳某", PHONE]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Calls, a ledger, a texts file, and one call whose category was corrected."""
    folder = tmp_path_factory.mktemp("rules")
    drop = folder / "raw" / "2026-02-02" / "红旗街道"
    drop.mkdir(parents=True)
    calls = [
        HOTLINE,
        *(call(n, f"{n}号仓库夜里起火，联系{PHONE}", "仓库起火") for n in range(1, 7)),
        call(7, "物业费太高"),
        call(8, "路边有动静", stated="自然灾害"),
    ]
    notes = [CORRECTED, ["举报登记", "JB0006", "突发事件类别", "公共卫生事件", "2026-02-01", "甲"]]
    workbook(drop / "登记.xlsx", {"举报登记": calls, "更正单": notes})
    ledger = [LEDGER, finding(1), finding(2, 隐患描述=SEVERAL)]
    workbook(drop / "台账.xlsx", {"隐患排查台账": ledger})
    office = office_at(folder)
    walk(office)
    return office


def test_records_are_judged_again_as_they_were_landed(office):
    """The prior, the stated category, the masked text: all that the first judging saw."""
    records = records_of(office)
    answers = judged(Classifier.load(rules_of(office)), folded(records))
    landed = [
        (row["category"], row["evidence"])
        for kind in ("tipoffs", "findings")
        for row in office.warehouse.read(f"intake/landed_{kind}").to_pylist()
    ]
    again = zip(answers["category"].to_pylist(), answers["evidence"].to_pylist(), strict=True)
    assert sorted(again) == sorted(landed)
    assert set(records["prior"].to_pylist()) == {"hotline_12350", "findings"}
    assert PHONE not in str(records.to_pylist())


def test_numbers_months_and_who_settled_what(office):
    rows = records_of(office).to_pylist()
    assert [row["number"] for row in rows if row["is_confirmed"]] == ["JB0006"]
    assert [row["number"] for row in rows if row["table"] == "隐患排查台账"] == [
        *("YH-01-202601-0001", "YH-01-202601-0002", "YH-01-202601-0002#2"),
    ]
    assert {row["month"] for row in rows} == {"2026-01"}


@pytest.fixture
def calmer(tmp_path):
    """A rules folder in which words of fires and stores are nothing."""
    folder = tmp_path / "别的规则"
    (folder / "classification").mkdir(parents=True)
    rules = rules_of(office_at(tmp_path)).rows("classification/lexicon")
    off = [[*row.values(), "是"] for row in rules if "火" in row["word"] or "仓库" in row["word"]]
    csv_file(folder / "classification" / "lexicon.csv", [[*rules[0], "is_off"], *off])
    return folder


def test_a_change_moves_records_and_leaves_settled_ones(office, calmer):
    # Every group must keep a word: precedence rows that name an emptied group go too.
    words = {r["group"] for r in _merged(calmer, "lexicon")}
    pairs = _merged(calmer, "precedence")
    off = [[*row.values(), "是"] for row in pairs if not {row["first"], row["second"]} <= words]
    csv_file(calmer / "classification" / "precedence.csv", [[*pairs[0], "is_off"], *off])
    comparison = difference(office, "现用", str(calmer))
    fires = {f"JB{number:04d}" for number in range(1, 6)}
    moved = {move.number for move in comparison.moves if move.is_of_category}
    assert fires <= moved
    assert "JB0006" not in moved
    assert (comparison.confirmed, comparison.confirmed_otherwise) == (1, 1)
    assert all(move.old[0] == "事故灾难" for move in comparison.moves if move.number in fires)
    assert PHONE not in str(comparison)
    back = difference(office, str(calmer), "current")
    assert {(m.number, m.old, m.new) for m in back.moves} == {
        (m.number, m.new, m.old) for m in comparison.moves
    }


def _merged(folder, name):
    from riskpipe.rules import Rules

    return Rules(folder).rows(f"classification/{name}")


def test_packaged_against_packaged_moves_nothing(office):
    assert difference(office, "内置", "packaged").moves == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [("没有的", "不是规则目录"), ("规则.csv", "不是规则目录"), (".", "没有 classification")],
)
def test_what_is_no_rule_set_is_told(office, tmp_path, monkeypatch, name, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UseError, match=said):
        difference(office, "内置", name)


def test_without_a_register_rules_are_checked_alone_and_not_compared(tmp_path):
    bare = office_at(tmp_path)
    codes = {one.code for one in checked(bare, 0.02, is_full=False)}
    assert not codes & {"flips", "unseen", "swallowed"}
    with pytest.raises(UseError, match="还没有登记"):
        difference(bare, "内置", "现用")


def test_a_check_tells_words_that_turn_the_office_s_records(office):
    found = checked(office, 0.02, is_full=False)
    assert any(one.code == "unseen" for one in found)
    assert PHONE not in "".join(map(str, found))
    levels = [one.is_error for one in found]
    assert levels == sorted(levels, reverse=True)


def test_rules_that_cannot_be_used_are_told_and_not_tried(tmp_path):
    office = office_at(tmp_path)
    folder = office.settings.rules_folder / "classification"
    folder.mkdir(parents=True)
    rows = rules_of(office_at(tmp_path)).rows("classification/lexicon")
    bad = [[*rows[0]], *([f"Z{n}", "某词", *[*rows[0].values()][2:]] for n in (1, 2))]
    csv_file(folder / "lexicon.csv", bad)
    (one,) = checked(office, 0.02, is_full=False)
    assert (one.code, one.is_error) == ("twice", True)
    assert "编号 Z2" in one.place
    assert "编号 Z1" in one.message


def test_records_hold_every_current_record(office):
    records = records_of(office)
    kept = sum(office.warehouse.rows_of(f"register/{kind}") for kind in ("tipoffs", "findings"))
    assert records.num_rows == kept == 11
    assert pc.sum(records["is_confirmed"]).as_py() == 1
