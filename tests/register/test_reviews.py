"""归类复核单: a person's category beats the rules, by its own day, and outlives a change of rules."""

import datetime as dt

import pyarrow as pa
import pytest

from riskpipe.tables.delivered import (
    LandedCorrections,
    LandedFindings,
    LandedReviews,
    LandedTipoffs,
)
from tests.rows import rows, values
from tests.setlogic import delivered, walked

FIRE = {"category": "事故灾难", "subcategory": "火灾"}
FLOOD = {"category": "自然灾害", "subcategory": "水旱"}
SAID = ("category", "subcategory", "category_basis")


def review(category, subcategory=None, **more):
    base = {
        "row_id": "rv",
        "content_hash": "back",
        "subject_table": "举报登记",
        "subject_no": "JB-1",
        "system_category": "事故灾难",
        "system_subcategory": "火灾",
        "reviewed_by": "周敬文",
        "reviewed_on": "2025-03-05",
    }
    return base | {"category": category, "subcategory": subcategory} | more


def note(heading, value, **more):
    base = {
        "row_id": f"c-{heading}",
        "content_hash": "note",
        "subject_table": "举报登记",
        "subject_no": "JB-1",
        "corrected_by": "钱一禾",
        "corrected_on": "2025-03-05",
    }
    return base | {"heading": heading, "new_value": value} | more


def given(reviews=(), notes=(), tipoffs=(FIRE,), findings=()):
    return {
        "deliveries": pa.concat_tables(
            [delivered("2025-03-01", "led"), delivered("2025-03-10", "back", "note")]
        ),
        "landed_tipoffs": rows(
            LandedTipoffs,
            [
                {"row_id": f"t{n}", "content_hash": "led", "tipoff_no": f"JB-{n}"} | said
                for n, said in enumerate(tipoffs, 1)
            ],
        ),
        "landed_findings": rows(LandedFindings, [{"content_hash": "led"} | f for f in findings]),
        "landed_reviews": rows(LandedReviews, list(reviews)),
        "landed_corrections": rows(LandedCorrections, list(notes)),
    }


def tipoff(**tables):
    (said,) = values(walked(["tipoffs"], given(**tables), "2025-03-31")["tipoffs"], *SAID)
    return said


def test_a_review_decides_and_its_basis_is_told():
    assert tipoff() == ("事故灾难", "火灾", "规则")
    assert tipoff(reviews=[review("自然灾害", "地质")]) == ("自然灾害", "地质", "复核")
    assert tipoff(reviews=[review("非突发事件")]) == ("非突发事件", None, "复核")


def test_before_it_was_received_a_review_decides_nothing():
    early = walked(["tipoffs"], given([review("非突发事件")]), "2025-03-09")["tipoffs"]
    assert values(early, *SAID) == [("事故灾难", "火灾", "规则")]


def test_who_agrees_and_names_no_kind_lets_the_systems_stand():
    assert tipoff(reviews=[review("事故灾难")]) == ("事故灾难", "火灾", "复核")


@pytest.mark.parametrize("now", [FLOOD, FIRE, {"category": "未分类"}])
def test_the_decision_stands_whatever_the_rules_say_later(now):
    """What the system had said when it asked stays beside the answer."""
    tables = given([review("事故灾难"), review("非突发事件", subject_no="JB-2", row_id="r2")])
    tables["landed_tipoffs"] = given(tipoffs=[now, now])["landed_tipoffs"]
    built = walked(["tipoffs"], tables, "2025-03-31")
    assert values(built["tipoffs"], *SAID) == [
        ("事故灾难", "火灾", "复核"),
        ("非突发事件", None, "复核"),
    ]
    told = ("column_name", "old_text", "new_text", "amended_by", "amended_on", "source")
    day = dt.date(2025, 3, 5)
    assert values(built["amendments"], *told) == [
        ("category", "事故灾难", "非突发事件", "周敬文", day, "复核"),
        ("subcategory", "火灾", None, "周敬文", day, "复核"),
        ("category", "事故灾难", "事故灾难", "周敬文", day, "复核"),
        ("subcategory", "火灾", "火灾", "周敬文", day, "复核"),
    ]


@pytest.mark.parametrize(
    ("corrected_on", "said"),
    [
        ("2025-03-04", ("公共卫生事件", None, "复核")),
        ("2025-03-05", ("自然灾害", None, "更正")),
        ("2025-03-06", ("自然灾害", None, "更正")),
    ],
)
def test_the_later_day_counts_and_of_one_day_the_correction(corrected_on, said):
    """Received together: only the days on the papers count. No kind of another category stays."""
    one = note("突发事件类别", "自然灾害", corrected_on=corrected_on)
    assert tipoff(reviews=[review("公共卫生事件")], notes=[one]) == said


def test_of_two_reviews_the_later_day_counts():
    first = review("自然灾害", "地质", row_id="a", reviewed_on="2025-03-06", record_key="a")
    second = review("非突发事件", row_id="b", reviewed_on="2025-03-05", record_key="b")
    assert tipoff(reviews=[first, second]) == ("自然灾害", "地质", "复核")


def test_a_kind_said_before_the_category_is_outlived():
    before = note("事件种类", "交通运输事故", corrected_on="2025-03-04")
    after = note("事件种类", "气象", corrected_on="2025-03-06")
    decided = review("自然灾害", "地质")
    assert tipoff(reviews=[decided], notes=[before]) == ("自然灾害", "地质", "复核")
    assert tipoff(reviews=[decided], notes=[after]) == ("自然灾害", "气象", "复核")


def test_a_correction_of_category_and_kind_is_one_act_in_any_order():
    notes = [note("事件种类", "气象", row_id="c1"), note("突发事件类别", "自然灾害", row_id="c2")]
    assert tipoff(notes=notes) == ("自然灾害", "气象", "更正")


ITEMS = [
    {"row_id": "f1", "finding_no": "YH-1", "record_key": "YH-1", "item_no": 1} | FIRE,
    {"row_id": "f2", "finding_no": "YH-1", "record_key": "YH-1", "item_no": 2} | FIRE,
]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("YH-1", ["自然灾害", "自然灾害"]),
        ("YH-1#1", ["自然灾害", "事故灾难"]),
        ("YH-1#2", ["事故灾难", "自然灾害"]),
    ],
)
def test_an_item_of_a_cell_is_decided_by_its_own_number(number, said):
    one = review("自然灾害", subject_table="隐患排查台账", subject_no=number)
    built = walked(["violations"], given([one], tipoffs=(), findings=ITEMS), "2025-03-31")
    assert [category for (category,) in values(built["findings"], "category")] == said
    assert amend_lines(built) == []


def test_the_item_goes_before_the_whole_unless_the_whole_was_decided_later():
    item = review("自然灾害", subject_table="隐患排查台账", subject_no="YH-1#2")
    whole = review("非突发事件", subject_table="隐患排查台账", subject_no="YH-1", row_id="w")
    whole |= {"record_key": "w"}

    def said(whole_on):
        both = [item, whole | {"reviewed_on": whole_on}]
        built = walked(["findings"], given(both, tipoffs=(), findings=ITEMS), "2025-03-31")
        return [category for (category,) in values(built["findings"], "category")]

    assert said("2025-03-05") == ["非突发事件", "自然灾害"]
    assert said("2025-03-06") == ["非突发事件", "非突发事件"]


def test_a_review_of_no_known_number_is_listed_once():
    built = walked(["violations"], given([review("非突发事件", subject_no="JB-9")]), "2025-03-31")
    assert amend_lines(built) == [("amend-orphan", "JB-9", "更正项目 复核类别：没有这个编号")]


def test_two_answers_of_one_day_in_two_files_are_a_listed_conflict():
    """The lower content hash counts meanwhile, as everywhere."""
    one = review("非突发事件", record_key="k", row_hash="one")
    other = review("自然灾害", record_key="k", row_hash="other", content_hash="note", row_id="r2")
    built = walked(["violations"], given([other, one]), "2025-03-31")
    assert values(built["tipoffs"], *SAID) == [("非突发事件", None, "复核")]
    listed = values(built["violations"], "rule_id", "subject_kind", "row_id", "other_row_id")
    assert ("conflict", "reviews", "rv", "r2") in listed


def test_a_correction_of_one_item_may_only_be_of_its_category():
    notes = [
        note(heading, value, subject_table="隐患排查台账", subject_no="YH-1#2", record_key=heading)
        for heading, value in (("突发事件类别", "自然灾害"), ("整改期限", "2025-04-01"))
    ]
    built = walked(["violations"], given(notes=notes, tipoffs=(), findings=ITEMS), "2025-03-31")
    assert amend_lines(built) == [("amend-orphan", "YH-1#2", "更正项目 整改期限：没有这个编号")]
    assert values(built["findings"], "category_basis") == [("规则",), ("更正",)]


def test_a_tip_off_reviewed_to_be_none_makes_no_hazard():
    built = walked(["hazards", "cases"], given([review("非突发事件")]), "2025-03-31")
    assert built["hazards"].num_rows == 0
    assert values(built["cases"], "category") == [("非突发事件",)]


def amend_lines(built):
    listed = values(built["violations"], "rule_id", "subject_no", "detail")
    return [line for line in listed if line[0].startswith("amend")]
