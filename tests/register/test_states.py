"""Closed is not fixed: where a hazard stands, by what its events prove on the as-of day."""

import datetime as dt

import pytest

from riskpipe.tables.delivered import LandedFindings, LandedMajors, LandedProgress, LandedTipoffs
from riskpipe.tables.register import Lifecycle
from tests.rows import rows, values
from tests.setlogic import delivered, rules_of, walked

DELIVERIES = delivered("2025-02-03", "a")


def hazards(as_of="2025-06-30", findings=(), tipoffs=(), progress=(), majors=()):
    def landed(model, given, **base):
        return rows(
            model,
            [
                {"content_hash": "a", "row_id": f"{model.__name__}{n}"} | base | g
                for n, g in enumerate(given)
            ],
        )

    tables = {
        "deliveries": DELIVERIES,
        "landed_findings": landed(
            LandedFindings, findings, finding_no="Y", inspected_on="2025-01-10"
        ),
        "landed_tipoffs": landed(LandedTipoffs, tipoffs, tipoff_no="A", category="事故灾难"),
        "landed_progress": landed(LandedProgress, progress, subject_kind="隐患", subject_no="Y"),
        "landed_majors": landed(LandedMajors, majors, finding_no="Y"),
    }
    return walked(["hazards"], tables, as_of)["hazards"]


def state(**given):
    return values(hazards(**given), "state", "is_open", "is_closed")[0]


FIXED = {"rectified_on": "2025-02-01", "responsible_person": "甲"}
PASSED = FIXED | {"rechecked_on": "2025-02-05", "rechecked_by": "乙", "recheck_result": "合格"}


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ({}, "待整改"),
        ({"state": "整改中"}, "整改中"),
        ({"state": "挂账"}, "挂账"),
        ({"state": "已移送"}, "已移送"),
        (FIXED, "已整改待复查"),
        (FIXED | {"state": "已销号"}, "已整改待复查"),
        (PASSED, "复查合格待销号"),
        (PASSED | {"recheck_result": "不合格"}, "复查不合格"),
        (PASSED | {"signed_off_on": "2025-02-06"}, "已销号"),
        (PASSED | {"signed_off_on": "2025-02-05"}, "已销号"),
        (FIXED | {"signed_off_on": "2025-02-06"}, "销号无凭据"),
        (PASSED | {"rechecked_by": "甲", "signed_off_on": "2025-02-06"}, "销号无凭据"),
        (PASSED | {"rechecked_by": None, "signed_off_on": "2025-02-06"}, "销号无凭据"),
        (PASSED | {"recheck_result": "不合格", "signed_off_on": "2025-02-06"}, "复查不合格"),
        (PASSED | {"rechecked_on": "2025-01-20", "signed_off_on": "2025-02-06"}, "销号无凭据"),
        (PASSED | {"signed_off_on": "2025-02-04"}, "销号无凭据"),
        (FIXED | {"state": "当场整改"}, "当场整改"),
        ({"state": "当场整改"}, "待整改"),
        (
            PASSED | {"rechecked_by": "甲", "origin": "企业自查", "signed_off_on": "2025-02-06"},
            "已销号",
        ),
        (FIXED | {"origin": "企业自查", "signed_off_on": "2025-02-06"}, "销号无凭据"),
        (PASSED | {"signed_off_on": "2025-07-06"}, "复查合格待销号"),
    ],
)
def test_the_ledger_closes_a_hazard_only_with_proof(finding, expected):
    closed = expected in ("已销号", "当场整改")
    is_open = not closed and expected != "已移送"
    assert state(findings=[finding]) == (expected, is_open, closed)


def test_a_recheck_in_the_handling_records_proves_as_well():
    ledger = FIXED | {"signed_off_on": "2025-02-06"}
    recheck = {
        "step": "复查",
        "happened_at": "2025-02-05 10:00",
        "outcome": "合格",
        "handled_by": "乙",
    }
    assert state(findings=[ledger], progress=[recheck]) == ("已销号", False, True)


def test_a_later_failed_recheck_opens_it_again():
    failed = {
        "step": "复查",
        "happened_at": "2025-03-05 10:00",
        "outcome": "不合格",
        "handled_by": "丙",
    }
    finding = PASSED | {"signed_off_on": "2025-02-06"}
    assert state(findings=[finding], progress=[failed]) == ("复查不合格", True, False)
    assert state(findings=[finding], progress=[failed], as_of="2025-03-04") == (
        "已销号",
        False,
        True,
    )


def test_rectified_again_after_a_failed_recheck_waits_for_the_next():
    finding = PASSED | {"recheck_result": "不合格", "rectified_on": "2025-02-20"}
    assert state(findings=[finding]) == ("已整改待复查", True, False)


@pytest.mark.parametrize(
    ("tip", "expected"),
    [
        ({}, ("待受理", True, False)),
        ({"acceptance": "待处理"}, ("待受理", True, False)),
        ({"acceptance": "受理"}, ("核查办理中", True, False)),
        ({"dispatched_at": "2025-01-11 08:00"}, ("核查办理中", True, False)),
        ({"acceptance": "受理", "verification": "属实"}, ("属实待整改", True, False)),
        (
            {"acceptance": "受理", "verification": "属实", "closed_at": "2025-02-01 08:00"},
            ("已办结", False, False),
        ),
        (
            {"acceptance": "受理", "verification": "不属实", "closed_at": "2025-02-01 08:00"},
            ("未查实", False, False),
        ),
        ({"closed_at": "2025-02-01 08:00"}, ("已办结", False, False)),
        (
            {"dispatched_at": "2025-01-11 08:00", "closed_at": "2025-07-01 08:00"},
            ("核查办理中", True, False),
        ),
        ({"acceptance": "不予受理"}, ("不予受理", False, False)),
        ({"acceptance": "移送（转办）"}, ("已移送", False, False)),
    ],
)
def test_a_hazard_only_told_of_stands_where_its_tip_off_stands(tip, expected):
    assert state(tipoffs=[tip]) == expected


def test_many_tips_and_a_finding_are_one_row_with_what_the_inspector_wrote():
    table = hazards(
        tipoffs=[
            {
                "tipoff_no": "B",
                "acceptance": "并案",
                "merged_into_no": "A",
                "reported_at": "2025-01-01 08:00",
                "accepted_at": "2025-01-09 08:00",
            },
            {
                "tipoff_no": "A",
                "acceptance": "受理",
                "reported_at": "2025-01-02 08:00",
                "accepted_at": "2025-01-03 08:00",
                "reported_unit": "宏达",
                "street": "甲街道",
                "address": "解放路",
            },
        ],
        findings=[
            {
                "cited_tipoff_no": "A",
                "origin": "群众举报",
                "inspected_unit": "宏达商厦",
                "grade": "重大",
                "due_on": "2025-03-01",
                "category": "自然灾害",
            }
        ],
    )
    assert values(
        table,
        "hazard_id",
        "first_seen_on",
        "street",
        "unit_name",
        "place",
        "category",
        "grade",
        "origin",
        "tipoff_count",
        "call_count",
        "finding_count",
        "first_tipoff_no",
        "finding_no",
        "due_on",
    ) == [
        (
            "T-A",
            dt.date(2025, 1, 1),
            "甲街道",
            "宏达商厦",
            "解放路",
            "自然灾害",
            "重大",
            "群众举报",
            1,
            2,
            1,
            "A",
            "Y",
            dt.date(2025, 3, 1),
        )
    ]


def test_an_approved_extension_moves_the_deadline_a_refused_one_does_not():
    asked = {"step": "延期批复", "happened_at": "2025-02-20", "due_on": "2025-04-30"}
    finding = {"due_on": "2025-03-01"}
    granted = hazards(findings=[finding], progress=[asked | {"outcome": "同意"}])
    refused = hazards(findings=[finding], progress=[asked | {"outcome": "不同意"}])
    listed = hazards(findings=[finding], majors=[{"extended_to_on": "2025-05-31"}])
    assert values(granted, "due_on") == [(dt.date(2025, 4, 30),)]
    assert values(refused, "due_on") == [(dt.date(2025, 3, 1),)]
    assert values(listed, "due_on") == [(dt.date(2025, 5, 31),)]


def test_every_state_the_sql_can_name_has_its_row_in_the_lifecycle():
    from riskpipe.walk.steps import sql_of

    tail = sql_of("register/states").rpartition("END AS state")[0].rpartition("CASE")[2]
    named = {part.split("'")[0] for part in tail.split("THEN '")[1:]} | {
        "待受理",
        "挂账",
        "已移送",
        "整改中",
    }
    assert named == set(rules_of(Lifecycle)["state"].to_pylist())
