"""What comes back blank, comes again, comes late or out of order: the register loses nothing."""

import datetime as dt
import random

import pyarrow as pa
import pytest

from riskpipe.tables.delivered import LandedFindings, LandedPayouts, LandedTipoffs
from tests.intake.builders import TIPOFFS, workbook
from tests.register.landing import landed_from
from tests.rows import rows, values
from tests.setlogic import delivered, walked

MARCH, APRIL, MAY = "2025-03-05", "2025-04-05", "2025-05-05"


def redropped(*people, kind="tipoffs"):
    """The current pseudonym after versions that named these people, a month apart."""
    model, number, person = {
        "tipoffs": (LandedTipoffs, "tipoff_no", "reporter_id"),
        "payouts": (LandedPayouts, "payout_no", "payee_id"),
    }[kind]
    days = (MARCH, APRIL, MAY)[: len(people)]
    given = {
        "deliveries": pa.concat_tables([delivered(day, day) for day in days]),
        f"landed_{kind}": rows(
            model,
            [
                {"row_id": day, "content_hash": day, number: "N-1", person: who}
                for day, who in zip(days, people, strict=True)
            ],
        ),
    }
    return values(walked([kind], given, "2025-12-31")[kind], "row_id", person)


@pytest.mark.parametrize("kind", ["tipoffs", "payouts"])
def test_a_blank_on_a_return_keeps_the_person_known_before(kind):
    assert redropped("p-1", None, kind=kind) == [(APRIL, "p-1")]
    assert redropped("p-1", None, None, kind=kind) == [(MAY, "p-1")]


@pytest.mark.parametrize("kind", ["tipoffs", "payouts"])
def test_a_person_named_anew_replaces_the_one_before(kind):
    assert redropped("p-1", "p-2", kind=kind) == [(APRIL, "p-2")]
    assert redropped("p-1", "p-2", None, kind=kind) == [(MAY, "p-2")]


def test_nobody_is_named_by_another_record():
    given = {
        "deliveries": delivered(MARCH, "a"),
        "landed_tipoffs": rows(
            LandedTipoffs,
            [
                {"content_hash": "a", "tipoff_no": "N-1", "reporter_id": "p-1"},
                {"content_hash": "a", "tipoff_no": "N-2"},
            ],
        ),
    }
    table = walked(["tipoffs"], given, "2025-12-31")["tipoffs"]
    assert values(table, "tipoff_no", "reporter_id") == [("N-1", "p-1"), ("N-2", None)]


def test_a_later_name_is_not_known_to_an_earlier_day():
    given = {
        "deliveries": pa.concat_tables([delivered(MARCH, "a"), delivered(APRIL, "b")]),
        "landed_tipoffs": rows(
            LandedTipoffs,
            [
                {"row_id": "1", "content_hash": "a", "tipoff_no": "N-1"},
                {"row_id": "2", "content_hash": "b", "tipoff_no": "N-1", "reporter_id": "p-1"},
            ],
        ),
    }
    table = walked(["tipoffs"], given, "2025-03-31")["tipoffs"]
    assert values(table, "row_id", "reporter_id") == [("1", None)]


def test_a_returned_workbook_with_its_persons_blanked_keeps_them(tmp_path):
    told = [
        "JB-20250301-001",
        "2025-03-01 08:30",
        "12350电话",
        "三号楼楼道堆放杂物",
        "周某某",
        "13800138001",
    ]
    first = workbook(tmp_path / "登记.xlsx", {"举报登记": [TIPOFFS, told]})
    corrected = [*told[:3], "三号楼二层楼道堆放杂物", None, None]
    again = workbook(tmp_path / "登记-更正.xlsx", {"举报登记": [TIPOFFS, corrected]})
    landed = landed_from({(MARCH, "举报中心"): [first], (APRIL, "举报中心"): [again]}, tmp_path)
    blank = landed.tables["landed_tipoffs"]["reporter_id"].null_count
    table = walked(["tipoffs"], landed.tables, "2025-12-31")["tipoffs"]
    ((content, who),) = values(table, "content", "reporter_id")
    assert (blank, content) == (1, "三号楼二层楼道堆放杂物")
    assert who is not None
    assert who in landed.tables["landed_tipoffs"]["reporter_id"].to_pylist()


def arrivals():
    """A ledger sent late, sent again unchanged, and corrected on one day by two files."""
    return [
        (MARCH, "jan"),
        (APRIL, "feb"),
        (MAY, "jan"),
        (MAY, "fix-b"),
        (MAY, "fix-a"),
    ]


def lines():
    states = {"jan": "待整改", "feb": "整改中", "fix-a": "已销号", "fix-b": "挂账"}
    return [
        {
            "row_id": f"{content}-{number}",
            "row_hash": f"{content}-{number}",
            "content_hash": content,
            "finding_no": number,
            "state": state,
        }
        for content, state in states.items()
        for number in ("Y-1", "Y-2")
    ]


def standing(order):
    deliveries = pa.concat_tables([delivered(day, content) for day, content in arrivals()])
    landed = lines()
    if order is not None:
        shuffle = random.Random(order)
        places = list(range(deliveries.num_rows))
        shuffle.shuffle(places)
        shuffle.shuffle(landed)
        deliveries = deliveries.take(pa.array(places))
    given = {"deliveries": deliveries, "landed_findings": rows(LandedFindings, landed)}
    return walked(["versions", "findings", "disagreements"], given, "2025-12-31")


def test_the_latest_day_stands_and_of_that_day_the_lower_hash_whatever_was_read_first():
    plain = standing(None)
    assert values(plain["findings"], "finding_no", "state", "received_on") == [
        ("Y-1", "已销号", dt.date(2025, 3, 5)),
        ("Y-2", "已销号", dt.date(2025, 3, 5)),
    ]
    # fix-b and the ledger sent again say otherwise on the same day; February's word is past.
    assert values(plain["disagreements"], "record_key", "value", "other_value", "settlement") == [
        ("Y-1", "已销号", "挂账", "待说明"),
        ("Y-1", "已销号", "待整改", "待说明"),
        ("Y-2", "已销号", "挂账", "待说明"),
        ("Y-2", "已销号", "待整改", "待说明"),
    ]
    for order in range(8):
        found = standing(order)
        for name in ("versions", "findings", "disagreements"):
            assert found[name].equals(plain[name]), (order, name)
