"""Every dated step once, with when it happened and when the office first heard of it."""

import datetime as dt

import pyarrow as pa

from riskpipe.tables.delivered import (
    LandedCorrections,
    LandedFindings,
    LandedProgress,
    LandedTipoffs,
)
from tests.rows import rows, values
from tests.setlogic import delivered, walked

DELIVERIES = pa.concat_tables(
    [delivered("2025-02-03", "jan"), delivered("2025-03-03", "feb"), delivered("2025-04-03", "mar")]
)


def events(as_of, **landed):
    table = walked(["events"], {"deliveries": DELIVERIES} | landed, as_of)["events"]
    return sorted(values(table, "subject_no", "step", "happened_at", "received_on", "source"))


def day(month, number):
    return dt.date(2025, month, number)


def at(month, number, hour=0, minute=0):
    return dt.datetime(2025, month, number, hour, minute)


LEDGER = rows(
    LandedFindings,
    [
        {"row_id": "1", "content_hash": "jan", "finding_no": "Y", "inspected_on": "2025-01-10"},
        {
            "row_id": "2",
            "content_hash": "feb",
            "finding_no": "Y",
            "inspected_on": "2025-01-10",
            "rectified_on": "2025-02-05",
        },
        {
            "row_id": "3",
            "content_hash": "mar",
            "finding_no": "Y",
            "inspected_on": "2025-01-10",
            "rectified_on": "2025-02-05",
            "rechecked_on": "2025-03-01",
            "recheck_result": "合格",
            "signed_off_on": "2025-03-02",
        },
    ],
)


def test_each_dated_cell_of_the_ledger_is_an_event_first_heard_when_first_told():
    assert events("2025-12-31", landed_findings=LEDGER) == [
        ("Y", "发现", at(1, 10), day(2, 3), "ledger"),
        ("Y", "复查", at(3, 1), day(4, 3), "ledger"),
        ("Y", "整改完成", at(2, 5), day(3, 3), "ledger"),
        ("Y", "销号", at(3, 2), day(4, 3), "ledger"),
    ]


def test_as_of_february_the_recheck_was_not_known():
    assert events("2025-03-31", landed_findings=LEDGER) == [
        ("Y", "发现", at(1, 10), day(2, 3), "ledger"),
        ("Y", "整改完成", at(2, 5), day(3, 3), "ledger"),
    ]


def test_a_corrected_date_was_heard_with_its_correction():
    fix = rows(
        LandedCorrections,
        [
            {
                "content_hash": "mar",
                "subject_table": "隐患排查台账",
                "subject_no": "Y",
                "heading": "整改完成日期",
                "new_value": "2025-02-07",
            }
        ],
    )
    ledger = LEDGER.slice(0, 2)
    assert events("2025-12-31", landed_findings=ledger, landed_corrections=fix) == [
        ("Y", "发现", at(1, 10), day(2, 3), "ledger"),
        ("Y", "整改完成", at(2, 7), day(4, 3), "ledger"),
    ]


def test_the_times_of_the_register_are_events():
    tipoffs = rows(
        LandedTipoffs,
        [
            {
                "row_id": "1",
                "content_hash": "jan",
                "tipoff_no": "JB-1",
                "reported_at": "2025-01-10 08:30",
                "category": "事故灾难",
            },
            {
                "row_id": "2",
                "content_hash": "feb",
                "tipoff_no": "JB-1",
                "reported_at": "2025-01-10 08:30",
                "accepted_at": "2025-01-11 09:00",
                "acceptance": "受理",
                "dispatched_at": "2025-01-11 10:00",
                "closed_at": "2025-02-20 16:00",
                "category": "事故灾难",
            },
            {
                "row_id": "3",
                "content_hash": "jan",
                "tipoff_no": "JB-2",
                "reported_at": "2025-01-12 08:00",
                "accepted_at": "2025-01-12 09:00",
                "acceptance": "移送（转办）",
                "category": "非突发事件",
            },
        ],
    )
    assert events("2025-12-31", landed_tipoffs=tipoffs) == [
        ("JB-1", "举报", at(1, 10, 8, 30), day(2, 3), "register"),
        ("JB-1", "办结", at(2, 20, 16), day(3, 3), "register"),
        ("JB-1", "受理", at(1, 11, 9), day(3, 3), "register"),
        ("JB-1", "派发", at(1, 11, 10), day(3, 3), "register"),
        ("JB-2", "举报", at(1, 12, 8), day(2, 3), "register"),
        ("JB-2", "移送", at(1, 12, 9), day(2, 3), "register"),
    ]


def test_a_handling_record_belongs_to_the_hazard_of_its_subject():
    tipoffs = rows(
        LandedTipoffs,
        [
            {"row_id": "1", "content_hash": "jan", "tipoff_no": "7", "category": "事故灾难"},
            {"row_id": "2", "content_hash": "jan", "tipoff_no": "8", "category": "非突发事件"},
        ],
    )
    findings = rows(LandedFindings, [{"row_id": "3", "content_hash": "jan", "finding_no": "7"}])
    progress = rows(
        LandedProgress,
        [
            {
                "row_id": "p1",
                "content_hash": "jan",
                "subject_kind": "工单",
                "subject_no": "7",
                "step": "核查",
            },
            {
                "row_id": "p2",
                "content_hash": "jan",
                "subject_kind": "隐患",
                "subject_no": "7",
                "step": "复查",
            },
            {
                "row_id": "p3",
                "content_hash": "jan",
                "subject_kind": "举报",
                "subject_no": "8",
                "step": "核查",
            },
            {
                "row_id": "p4",
                "content_hash": "jan",
                "subject_kind": "举报",
                "subject_no": "9",
                "step": "核查",
            },
        ],
    )
    table = walked(
        ["events"],
        {
            "deliveries": DELIVERIES,
            "landed_tipoffs": tipoffs,
            "landed_findings": findings,
            "landed_progress": progress,
        },
        "2025-12-31",
    )["events"]
    assert values(table, "row_id", "hazard_id", "source") == [
        ("p1", "T-7", "progress"),
        ("p2", "F-7", "progress"),
        ("p3", None, "progress"),
        ("p4", None, "progress"),
    ]
