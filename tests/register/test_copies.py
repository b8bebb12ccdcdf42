"""One hazard in two ledgers under two numbers: linked once, counted once, or left apart."""

import datetime as dt

import pyarrow as pa
import pytest

from riskpipe.tables.delivered import LandedFindings, LandedTipoffs
from riskpipe.tables.intake import Sheets
from riskpipe.tables.register import Members
from tests.rows import rows, values
from tests.setlogic import delivered, made, walked

LEDGER, EXPORT = "findings_ledger|红旗街道", "findings_software|红旗街道"


def line(number, numbering, **more):
    base = {
        "row_id": f"row {number}",
        "member_kind": "finding",
        "member_no": number,
        "seen_at": "2025-03-03 00:00",
        "inspected_on": "2025-03-03",
        "received_on": "2025-03-31",
        "street": "红旗街道",
        "unit_name": "宏达商厦有限公司",
        "description": "三层疏散通道堆放纸箱杂物",
        "numbering": numbering,
    }
    return base | more


def linked(*members):
    table = made("register/links", {"members": rows(Members, members)}, "2025-12-31")
    named = ("member_no", "hazard_id", "rule_id", "is_copy")
    return {number: rest for number, *rest in values(table, *named)}


def test_the_same_find_in_a_ledger_and_an_export_is_one_hazard_led_by_the_first_known():
    found = linked(
        line("YH-9", LEDGER, received_on="2025-03-05"),
        line(
            "A-1", EXPORT, unit_name="宏达 商厦有限公司", description="三层疏散通道，堆放纸箱杂物。"
        ),
    )
    assert found == {
        "YH-9": ["F-YH-9", "seed", False],
        "A-1": ["F-YH-9", "export", True],
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"inspected_on": "2025-03-04"},
        {"street": "东湖街道"},
        {"unit_name": "宏达商厦二店"},
        {"description": "三层疏散通道堆放易燃杂物"},
        {"numbering": LEDGER},
    ],
)
def test_one_thing_that_differs_keeps_them_apart(changes):
    found = linked(line("YH-1", LEDGER), line("A-1", EXPORT) | changes)
    assert [hazard for hazard, *_ in found.values()] == ["F-A-1", "F-YH-1"]


@pytest.mark.parametrize(
    "both",
    [
        {"unit_name": "无"},
        {"unit_name": None},
        {"inspected_on": None},
        {"description": "灭火器过期"},
    ],
)
def test_what_neither_says_well_enough_joins_nothing(both):
    found = linked(line("YH-1", LEDGER, **both), line("A-1", EXPORT, **both))
    assert [rule for _, rule, _ in found.values()] == ["seed", "seed"]


def test_at_one_spot_the_shorter_description_may_stand_within_the_longer():
    spot = {"address": "一层配电间东侧"}
    found = linked(
        line("A-9", LEDGER, description="配电箱无门，线路裸露，未设警示标志", **spot),
        line("B-1", EXPORT, description="线路裸露", **spot),
    )
    assert found["B-1"] == ["F-A-9", "export-place", True]


def test_another_thing_at_one_spot_is_another_hazard():
    spot = {"address": "一层配电间东侧"}
    found = linked(
        line("YH-1", LEDGER, description="配电箱无门，未设警示标志", **spot),
        line("A-1", EXPORT, description="堆放易燃物品数箱", **spot),
    )
    assert found["A-1"][1] == "seed"


def test_two_like_lines_in_one_ledger_match_nothing():
    found = linked(line("YH-1", LEDGER), line("YH-2", LEDGER), line("A-1", EXPORT))
    assert [rule for _, rule, _ in found.values()] == ["seed"] * 3


def test_three_ledgers_are_one_hazard_and_a_senders_numbering_is_its_own():
    found = linked(
        line("YH-1", LEDGER),
        line("A-1", EXPORT),
        line("B-1", "findings_ledger|区住建局"),
    )
    assert {hazard for hazard, *_ in found.values()} == {"F-A-1"}
    assert [is_copy for *_, is_copy in found.values()] == [False, True, True]


def test_a_tip_off_that_the_copy_cites_is_the_hazard_of_both():
    tip = {
        "row_id": "t",
        "member_kind": "tipoff",
        "member_no": "JB-1",
        "seen_at": "2025-03-01 08:00",
        "received_on": "2025-03-31",
    }
    found = linked(tip, line("YH-1", LEDGER), line("A-1", EXPORT, cited_no="JB-1"))
    assert {number: hazard for number, (hazard, *_) in found.items()} == {
        "JB-1": "T-JB-1",
        "YH-1": "T-JB-1",
        "A-1": "T-JB-1",
    }


SAME = {
    "inspected_on": "2025-03-03",
    "inspected_unit": "宏达商厦有限公司",
    "street": "红旗街道",
    "description": "三层疏散通道堆放纸箱杂物",
    "state": "整改中",
    "category": "事故灾难",
}
SHEETS = [
    {"content_hash": "book", "sheet": "台账", "kind": "findings", "layout": "findings_ledger"},
    {"content_hash": "soft", "sheet": "导出", "kind": "findings", "layout": "findings_software"},
]


def books(ledger, export, days=("2025-04-02", "2025-04-02"), **landed):
    """The register of a ledger and an export that hold the same hazard."""
    lines = [
        SAME | {"row_id": "l", "content_hash": "book", "sheet": "台账", "finding_no": "YH-1"},
        SAME | {"row_id": "s", "content_hash": "soft", "sheet": "导出", "finding_no": "A-1"},
    ]
    given = {
        "deliveries": pa.concat_tables([delivered(days[0], "book"), delivered(days[1], "soft")]),
        "sheets": rows(Sheets, [{"sheet_id": row["layout"]} | row for row in SHEETS]),
        "landed_findings": rows(LandedFindings, [lines[0] | ledger, lines[1] | export]),
    }
    wanted = ("hazards", "discoveries", "disagreements", "treatment")
    return walked(wanted, given | landed, "2025-12-31")


def test_counted_once_and_what_the_two_books_say_differently_is_listed():
    tables = books({"due_on": "2025-03-20", "measures": "清理"}, {"due_on": "2025-03-25"})
    assert values(tables["hazards"], "hazard_id", "finding_count", "finding_no", "due_on") == [
        ("F-A-1", 2, "A-1", dt.date(2025, 3, 25))
    ]
    assert values(tables["discoveries"], "finding_no", "due_on") == [("A-1", dt.date(2025, 3, 25))]
    named = ("basis", "record_key", "title", "value", "other_value", "settlement")
    assert values(tables["disagreements"], *named) == [
        ("同一隐患", "A-1", "整改期限", "2025-03-25", "2025-03-20", "待说明"),
        ("同一隐患", "A-1", "整改措施", None, None, "待说明"),
    ]


def test_of_two_books_the_later_delivered_stands_under_the_same_hazard():
    days = ("2025-05-02", "2025-04-02")
    tables = books({"grade": "重大"}, {"grade": "一般"}, days)
    assert values(tables["hazards"], "hazard_id", "finding_no", "grade", "finding_count") == [
        ("F-A-1", "YH-1", "重大", 2)
    ]
    named = ("value", "other_value", "settlement")
    assert values(tables["disagreements"], *named) == [("重大", "一般", "后报为准")]


def test_a_step_that_either_book_dates_is_a_step_of_the_hazard():
    proof = {
        "rectified_on": "2025-03-10",
        "rechecked_on": "2025-03-11",
        "rechecked_by": "乙",
        "recheck_result": "合格",
    }
    tables = books(proof, {"signed_off_on": "2025-03-12", "responsible_person": "甲"})
    assert values(tables["hazards"], "state", "is_closed") == [("已销号", True)]
    assert values(tables["discoveries"], "rectified_on", "signed_off_on") == [
        (dt.date(2025, 3, 10), dt.date(2025, 3, 12))
    ]


def test_a_tip_off_behind_two_books_is_still_one_hazard():
    tip = rows(
        LandedTipoffs,
        [
            {
                "row_id": "t",
                "content_hash": "book",
                "tipoff_no": "JB-1",
                "category": "事故灾难",
                "reported_at": "2025-03-01 09:00",
            }
        ],
    )
    tables = books({}, {"cited_tipoff_no": "JB-1"}, landed_tipoffs=tip)
    assert values(tables["hazards"], "hazard_id", "tipoff_count", "finding_count") == [
        ("T-JB-1", 1, 2)
    ]
