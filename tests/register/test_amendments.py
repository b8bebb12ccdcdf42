"""更正单: what is read, what is refused, and that it beats a later re-delivery."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest

from riskpipe.register.amendments import UnreadableError, parsed
from riskpipe.tables.base import columns_of
from riskpipe.tables.delivered import LandedCorrections, LandedFindings, LandedIncidents
from riskpipe.tables.register import Corrections, Incidents
from tests.rows import rows, values
from tests.setlogic import delivered, made, walked


def column(model, name):
    return next(c for c in columns_of(model) if c.name == name)


def note(heading, value, **more):
    base = {
        "subject_table": "隐患排查台账",
        "subject_no": "YH-1",
        "heading": heading,
        "new_value": value,
    }
    return base | {"corrected_on": "2025-03-01", "received_on": "2025-03-05"} | more


def amended(*notes):
    return made("register/amendments", {"corrections": rows(Corrections, notes)}, "2025-12-31")


def test_each_type_is_read_by_its_own_rule():
    table = amended(
        note("整改期限", "2025-04-01"),
        note("整改状态", "已销号"),
        note("死亡", "3人", subject_table="突发事件", subject_no="SJ-1"),
        note("接报时间", "2025-03-01 08:30", subject_table="突发事件", subject_no="SJ-1"),
        note("直接经济损失（万元）", "12.5", subject_table="突发事件", subject_no="SJ-1"),
        note("审批金额（元）", "1,200", subject_table="奖励发放", subject_no="JL-1"),
    )
    assert values(table, "kind", "column_name", "problem", "is_applied") == [
        ("findings", "due_on", None, True),
        ("findings", "state", None, True),
        ("incidents", "deaths", None, True),
        ("incidents", "received_at", None, True),
        ("incidents", "direct_loss_yuan", None, True),
        ("payouts", "approved_yuan", None, True),
    ]
    assert values(table, "new_day")[0] == (dt.date(2025, 4, 1),)
    assert values(table, "new_text")[1] == ("已销号",)
    assert values(table, "new_whole")[2] == (3,)
    assert values(table, "new_moment")[3] == (dt.datetime(2025, 3, 1, 8, 30),)
    assert values(table, "new_money")[4:] == [(Decimal("125000.00"),), (Decimal("1200.00"),)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"subject_table": "某某表"}, "表名不识"),
        ({"heading": "隐患描述"}, "该项目不能以更正单更正，请更正后重报"),
        ({"new_value": None}, "更正内容为空；要清空请写“空”"),
        ({"new_value": "2025年13月1日"}, "更正内容不是“整改期限”的有效写法"),
        ({"heading": "整改状态", "new_value": "差不多了"}, "更正内容不在码表内"),
    ],
)
def test_what_cannot_be_read_is_refused_and_does_nothing(changes, problem):
    table = amended(note("整改期限", "2025-04-01") | changes)
    assert values(table, "problem", "is_applied") == [(problem, False)]


def test_of_two_notes_on_one_field_the_later_is_applied():
    table = amended(
        note("整改期限", "2025-04-01", row_id="a", corrected_on="2025-03-02"),
        note("整改期限", "2025-05-01", row_id="b", corrected_on="2025-03-01"),
    )
    assert values(table, "row_id", "is_applied") == [("a", True), ("b", False)]


@pytest.mark.parametrize("text", ["1.005", "-3", "abc", "NaN"])
def test_amounts_with_a_fraction_of_a_fen_or_a_sign_are_refused(text):
    with pytest.raises(UnreadableError):
        parsed(text, "直接经济损失", column(Incidents, "direct_loss_yuan"))


def test_a_correction_beats_a_later_delivery_and_can_empty_a_field():
    deliveries = pa.concat_tables(
        [
            delivered("2025-02-03", "jan"),
            delivered("2025-02-10", "fix"),
            delivered("2025-03-03", "feb"),
        ]
    )
    ledger = {"finding_no": "YH-1", "due_on": "2025-02-20", "signed_off_on": "2025-02-01"}
    given = {
        "deliveries": deliveries,
        "landed_findings": rows(
            LandedFindings,
            [
                ledger | {"row_id": "j", "content_hash": "jan"},
                ledger | {"row_id": "f", "content_hash": "feb"},
            ],
        ),
        "landed_corrections": rows(
            LandedCorrections,
            [
                {
                    "row_id": "c1",
                    "content_hash": "fix",
                    "subject_table": "隐患排查台账",
                    "subject_no": "YH-1",
                    "heading": "整改期限",
                    "new_value": "2025-03-31",
                },
                {
                    "row_id": "c2",
                    "content_hash": "fix",
                    "subject_table": "隐患排查台账",
                    "subject_no": "YH-1",
                    "heading": "销号日期",
                    "new_value": "空",
                },
            ],
        ),
    }
    columns = ("row_id", "due_on", "signed_off_on")
    before = walked(["findings"], given, "2025-02-09")["findings"]
    after = walked(["findings"], given, "2025-03-31")["findings"]
    assert values(before, *columns) == [("j", dt.date(2025, 2, 20), dt.date(2025, 2, 1))]
    assert values(after, *columns) == [("f", dt.date(2025, 3, 31), None)]


def test_a_corrected_death_count_moves_the_computed_level():
    given = {
        "deliveries": delivered("2025-02-03", "a"),
        "landed_incidents": rows(
            LandedIncidents,
            [
                {
                    "row_id": "i",
                    "content_hash": "a",
                    "incident_no": "SJ-1",
                    "category": "事故灾难",
                    "deaths": 2,
                    "report_kind": "终报（核报）",
                }
            ],
        ),
        "landed_corrections": rows(
            LandedCorrections,
            [
                {
                    "row_id": "c",
                    "content_hash": "a",
                    "subject_table": "突发事件",
                    "subject_no": "SJ-1",
                    "heading": "死亡（人）",
                    "new_value": "3",
                }
            ],
        ),
    }
    table = walked(["incidents"], given, "2025-03-31")["incidents"]
    assert values(table, "deaths", "level_computed") == [(3, "较大")]
