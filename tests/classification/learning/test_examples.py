"""Which records are confirmed, and what belongs to one matter."""

from datetime import date

import pyarrow as pa
import pytest

from riskpipe.classification.learning import RECORDS, examples_of
from riskpipe.classification.learning.examples import period
from riskpipe.classification.rulerows import JUDGED
from riskpipe.vocabulary import Category

MOST = 1000


@pytest.fixture
def those(office):
    """Examples of records given as (row_id, text, category, changes)."""

    def one(*rows, most=MOST):
        made = [office.record(i, text, category) | changes for i, text, category, changes in rows]
        return examples_of(pa.Table.from_pylist(made, RECORDS), most)

    return one


def labels(examples):
    return [str(JUDGED[at]) for at in examples.label]


VERIFIED = {"category_basis": "规则", "category_stated": "自然灾害"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["事故灾难"]),
        ({"category_basis": "更正"}, ["事故灾难"]),
        ({"category_basis": "规则"}, []),
        (VERIFIED | {"verification": "属实"}, ["自然灾害"]),
        (VERIFIED | {"verification": "基本属实"}, ["自然灾害"]),
        (VERIFIED | {"verification": "部分属实"}, ["自然灾害"]),
        (VERIFIED | {"verification": "不属实"}, []),
        (VERIFIED | {"verification": "无法核实"}, []),
        (VERIFIED | {"verification": "属实", "category_stated": "其他"}, []),
        (VERIFIED | {"verification": "属实", "category_stated": None}, []),
        ({"verification": "属实", "category_stated": "自然灾害"}, ["事故灾难"]),
        ({"category": "未分类", "category_basis": "更正"}, []),
        ({"text": "12345 ???"}, []),
    ],
)
def test_a_person_must_have_stood_for_the_category(those, changes, expected):
    assert labels(those(("R1", "闷涵又满了", "事故灾难", changes))) == expected


def test_the_rules_never_see_a_stated_category_that_is_the_answer(those):
    stated = {"category_stated": "自然灾害"}
    verified = those(("R1", "闷涵又满了", "事故灾难", VERIFIED | {"verification": "属实"}))
    reviewed = those(("R1", "闷涵又满了", "事故灾难", stated))
    assert verified.stated.tolist() == [-1]
    assert reviewed.stated.tolist() == [JUDGED.index(Category.NATURAL)]


def test_one_wording_is_one_example_whatever_its_numbers(those):
    found = those(
        ("R1", "3号楼闷涵满了", "自然灾害", {}),
        ("R2", "17号楼闷涵满了", "自然灾害", {}),
        ("R3", "闷涵退了", "自然灾害", {}),
    )
    assert len(found) == 2
    assert (found.repeated, found.contradicted) == (1, 0)


def test_a_wording_confirmed_both_ways_teaches_nothing(those):
    found = those(("R1", "闷涵满了", "自然灾害", {}), ("R2", "闷涵满了", "事故灾难", {}))
    assert len(found) == 0
    assert found.contradicted == 2


def test_what_a_person_decided_goes_before_what_was_left_standing(those):
    verified = VERIFIED | {"verification": "属实"}
    found = those(("R1", "闷涵满了", "事故灾难", {}), ("R2", "闷涵满了", "事故灾难", verified))
    assert labels(found) == ["事故灾难"]
    assert found.origin.tolist() == ["复核"]
    assert (found.repeated, found.contradicted) == (1, 0)


def test_linked_wordings_are_one_matter_through_others(those):
    """甲 and 乙 share a hazard, 乙's wording stands under another one with 丙; 丁 is alone."""
    found = those(
        ("R1", "甲", "自然灾害", {"hazard_id": "T-1"}),
        ("R2", "乙", "自然灾害", {"hazard_id": "T-1"}),
        ("R3", "乙", "自然灾害", {"hazard_id": "T-2"}),
        ("R4", "丙", "自然灾害", {"hazard_id": "T-2"}),
        ("R5", "丁", "自然灾害", {}),
    )
    matter = dict(zip(found.texts.to_pylist(), found.matter.tolist(), strict=True))
    assert matter["甲"] == matter["乙"] == matter["丙"] != matter["丁"]


def test_of_too_many_the_decided_then_the_newest_stay(those):
    verified = VERIFIED | {"verification": "属实", "received_on": date(2026, 9, 1)}
    found = those(
        ("R1", "甲", "自然灾害", {"received_on": date(2026, 1, 1)}),
        ("R2", "乙", "自然灾害", {"received_on": date(2026, 2, 1)}),
        ("R3", "丙", "自然灾害", verified),
        most=1,
    )
    assert found.texts.to_pylist() == ["乙"]
    assert found.older == 2
    assert period(found) == (date(2026, 2, 1), date(2026, 2, 1))


def test_the_order_of_records_leaves_no_trace(office):
    records = office.records(60, 0.5, 3)
    backwards = records.take(pa.array(range(59, -1, -1)))
    one, other = examples_of(records, MOST), examples_of(backwards, MOST)
    assert one.texts.equals(other.texts)
    assert one.matter.tolist() == other.matter.tolist()
    assert one.received_on.tolist() == other.received_on.tolist()
