"""What contradicts is listed, with its rule; what is in order is not."""

import re

import pyarrow as pa
import pytest

from riskpipe.tables.delivered import (
    LandedCorrections,
    LandedFindings,
    LandedPayouts,
    LandedProgress,
    LandedTipoffs,
)
from riskpipe.tables.register import Breaches
from riskpipe.walk.steps import sql_of
from tests.rows import rows, values
from tests.setlogic import delivered, rules_of, walked

FIRST, LATER = "2025-02-03", "2025-03-03"
DELIVERIES = pa.concat_tables([delivered(FIRST, "a"), delivered(LATER, "b")])


def violations(
    findings=(), tipoffs=(), progress=(), payouts=(), corrections=(), deliveries=DELIVERIES
):
    def landed(model, given, **base):
        full = [
            {"content_hash": "a", "row_id": f"{model.__name__}{n}"} | base | g
            for n, g in enumerate(given)
        ]
        return rows(model, full)

    tables = {
        "deliveries": deliveries,
        "landed_findings": landed(
            LandedFindings, findings, finding_no="Y", inspected_on="2025-01-10"
        ),
        "landed_tipoffs": landed(LandedTipoffs, tipoffs, tipoff_no="A", category="事故灾难"),
        "landed_progress": landed(LandedProgress, progress, subject_kind="隐患", subject_no="Y"),
        "landed_payouts": landed(LandedPayouts, payouts, payout_no="J"),
        "landed_corrections": landed(LandedCorrections, corrections),
    }
    table = walked(["violations"], tables, "2025-12-31")["violations"]
    return sorted(values(table, "rule_id", "subject_no"))


CLOSED = {
    "state": "已销号",
    "responsible_person": "甲",
    "rectified_on": "2025-01-15",
    "rechecked_on": "2025-01-16",
    "rechecked_by": "乙",
    "recheck_result": "合格",
    "signed_off_on": "2025-01-17",
}


def test_a_lawful_course_is_not_listed():
    tip = {
        "acceptance": "受理",
        "reported_at": "2025-01-10 08:00",
        "accepted_at": "2025-01-10 09:00",
        "dispatched_at": "2025-01-10 10:00",
        "closed_at": "2025-01-20 08:00",
    }
    step = {
        "step": "复查",
        "happened_at": "2025-01-16 09:00",
        "outcome": "合格",
        "handled_by": "乙",
    }
    assert violations(findings=[CLOSED], tipoffs=[tip], progress=[step]) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recheck_result": "不合格"}, ["signoff-no-recheck"]),
        (
            {"rechecked_on": None, "rechecked_by": None, "recheck_result": None},
            ["signoff-no-recheck"],
        ),
        ({"rechecked_by": "甲"}, ["self-recheck", "signoff-no-recheck"]),
        ({"rechecked_by": "甲", "origin": "企业自查"}, []),
        ({"rechecked_by": None}, ["no-rechecker", "signoff-no-recheck"]),
        ({"inspected_on": "2025-01-16"}, ["order-rectified"]),
        ({"rechecked_on": "2025-01-14"}, ["order-recheck", "signoff-no-recheck"]),
        ({"rechecked_on": "2025-01-18"}, ["order-signoff", "signoff-no-recheck"]),
        ({"signed_off_on": None}, ["signoff-undated"]),
        ({"state": "整改中"}, ["state-dates"]),
        ({"state": "已整改待复查"}, ["state-dates"]),
        ({"state": "复查不合格", "signed_off_on": None}, ["state-dates"]),
        ({"signed_off_on": "2025-02-04"}, ["future"]),
        ({"cited_tipoff_no": "missing"}, ["orphan-cited"]),
    ],
)
def test_the_ledgers_contradictions(changes, expected):
    assert violations(findings=[CLOSED | changes]) == [(rule, "Y") for rule in expected]


def test_rectified_again_after_a_failed_recheck_is_lawful():
    again = CLOSED | {
        "state": "已整改待复查",
        "recheck_result": "不合格",
        "rectified_on": "2025-01-20",
        "signed_off_on": None,
    }
    assert violations(findings=[again]) == []


TIP = {
    "acceptance": "受理",
    "reported_at": "2025-01-10 08:00",
    "accepted_at": "2025-01-11 09:00",
    "dispatched_at": "2025-01-12 10:00",
    "closed_at": "2025-01-20 08:00",
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"accepted_at": "2025-01-10 07:59"}, ["order-accepted"]),
        ({"dispatched_at": "2025-01-11 08:59"}, ["order-dispatched"]),
        ({"closed_at": "2025-01-12 09:59"}, ["order-closed"]),
        # Days without hours are compared as days.
        ({"accepted_at": "2025-01-10 00:00"}, []),
        ({"dispatched_at": "2025-01-11 00:00"}, []),
        ({"closed_at": "2025-01-12 00:00"}, []),
        ({"accepted_at": "2025-01-09 00:00"}, ["order-accepted"]),
        ({"reported_at": "2025-01-11 00:00", "is_day_only": True}, []),
        ({"merged_into_no": "missing", "acceptance": "并案"}, ["orphan-merge"]),
        ({"closed_at": "2025-02-04 08:00"}, ["future"]),
    ],
)
def test_the_registers_contradictions(changes, expected):
    assert violations(tipoffs=[TIP | changes]) == [(rule, "A") for rule in expected]


def test_numbers_nobody_registered_are_orphans():
    assert violations(
        tipoffs=[{}],
        findings=[{}],
        progress=[
            {"subject_no": "Y", "step": "督办"},
            {"subject_no": "Z", "step": "督办"},
            {"subject_kind": "举报", "subject_no": "Y", "step": "核查"},
            {"subject_kind": "工单", "subject_no": "A", "step": "核查"},
        ],
        payouts=[{"tipoff_no": "A"}, {"payout_no": "K", "tipoff_no": "B"}],
    ) == [("orphan-payout", "K"), ("orphan-progress", "Y"), ("orphan-progress", "Z")]


def test_a_recorded_closing_needs_a_recorded_verification():
    tip = TIP | {"verification": "属实"}

    def listed(*steps):
        given = [{"subject_kind": "举报", "subject_no": "A", "step": step} for step in steps]
        return violations(tipoffs=[tip], progress=given)

    assert listed("派发", "办结") == [("closed-unverified", "A")]
    assert listed("派发", "核查", "办结") == []
    assert listed("派发") == []


def test_long_after_is_back_dated_but_not_in_a_senders_first_delivery():
    old = {"finding_no": "OLD", "inspected_on": "2023-01-01"}
    edge = {"content_hash": "b", "finding_no": "EDGE", "inspected_on": "2024-12-31"}
    late = {"content_hash": "b", "finding_no": "LATE", "inspected_on": "2024-12-30"}
    # 31 Dec to 3 March is 62 days, the limit; 30 Dec is 63.
    assert violations(findings=[old, edge, late]) == [("backdated", "LATE")]


def test_two_contents_of_one_day_are_listed_once_with_the_other_row():
    deliveries = delivered(FIRST, "a", "b")
    table = [
        {"row_id": "1", "row_hash": "x", "grade": "一般"},
        {"row_id": "2", "row_hash": "y", "content_hash": "b", "grade": "重大"},
    ]
    assert violations(findings=table, deliveries=deliveries) == [("conflict", "Y")]


def test_a_column_that_one_sheet_lacks_contradicts_nobody():
    deliveries = delivered(FIRST, "a", "b")
    table = [
        {"row_id": "1", "row_hash": "x", "grade": "一般"},
        {"row_id": "2", "row_hash": "y", "content_hash": "b"},
    ]
    assert violations(findings=table, deliveries=deliveries) == []


def test_a_correction_settles_what_two_copies_of_one_day_say():
    deliveries = delivered(FIRST, "a", "b")
    table = [
        {"row_id": "1", "row_hash": "x", "grade": "一般"},
        {"row_id": "2", "row_hash": "y", "content_hash": "b", "grade": "重大"},
    ]
    note = {
        "subject_table": "隐患排查台账",
        "subject_no": "Y",
        "heading": "隐患等级",
        "new_value": "重大",
    }
    assert violations(findings=table, deliveries=deliveries, corrections=[note]) == []


def test_handling_records_of_one_day_conflict_by_their_whole_content():
    deliveries = delivered(FIRST, "a", "b")
    steps = [
        {"row_id": "1", "row_hash": "x", "record_key": "k", "note": "甲"},
        {"row_id": "2", "row_hash": "y", "record_key": "k", "note": "乙", "content_hash": "b"},
    ]
    found = violations(findings=[{}], progress=steps, deliveries=deliveries)
    assert found == [("conflict", "k")]


def test_invalid_and_homeless_corrections_are_listed():
    note = {"subject_table": "隐患排查台账", "heading": "整改期限", "new_value": "2025-03-01"}
    assert violations(
        findings=[{}],
        corrections=[
            note | {"subject_no": "Y"},
            note | {"subject_no": "Z"},
            note | {"subject_no": "Y", "heading": "整改状态", "new_value": "好了"},
        ],
    ) == [("amend-invalid", "Y"), ("amend-orphan", "Z")]


def test_every_rule_is_found_by_the_sql_and_every_finding_has_its_rule():
    sql = sql_of("register/violations")
    rules = set(rules_of(Breaches)["rule_id"].to_pylist())
    assert {rule for rule in rules if f"'{rule}'" in sql} == rules
    assert set(re.findall(r"'([a-z-]+)' AS rule_id", sql)) <= rules
