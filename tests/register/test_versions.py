"""One rule for which version counts, as of a day; every known row exactly once."""

import datetime as dt

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from riskpipe.tables.delivered import LandedFindings, LandedTipoffs
from tests.rows import rows, values
from tests.setlogic import delivered, made, walked


def landed(*given: dict) -> pa.Table:
    return rows(LandedTipoffs, given)


def test_the_latest_delivery_wins_and_the_old_version_stays():
    deliveries = pa.concat_tables([delivered("2025-02-03", "old"), delivered("2025-03-03", "new")])
    tipoffs = landed(
        {"row_id": "o1", "content_hash": "old", "tipoff_no": "JB-1", "row_hash": "x"},
        {"row_id": "n1", "content_hash": "new", "tipoff_no": "JB-1", "row_hash": "y"},
    )
    table = made(
        "register/versions", {"deliveries": deliveries, "landed_tipoffs": tipoffs}, "2025-12-31"
    )
    assert values(
        table,
        "row_id",
        "delivered_on",
        "content_received_on",
        "first_received_on",
        "version_count",
        "is_current",
    ) == [
        ("n1", dt.date(2025, 3, 3), dt.date(2025, 3, 3), dt.date(2025, 2, 3), 2, True),
        ("o1", dt.date(2025, 2, 3), dt.date(2025, 2, 3), dt.date(2025, 2, 3), 2, False),
    ]


def test_as_of_an_earlier_day_the_later_delivery_is_not_known():
    deliveries = pa.concat_tables([delivered("2025-02-03", "old"), delivered("2025-03-03", "new")])
    tipoffs = landed(
        {"row_id": "o1", "content_hash": "old", "tipoff_no": "JB-1"},
        {"row_id": "n1", "content_hash": "new", "tipoff_no": "JB-1"},
    )
    table = made(
        "register/versions", {"deliveries": deliveries, "landed_tipoffs": tipoffs}, "2025-03-02"
    )
    assert values(table, "row_id", "is_current") == [("o1", True)]


def test_content_delivered_again_counts_at_its_latest_day():
    deliveries = pa.concat_tables(
        [delivered("2025-02-03", "a"), delivered("2025-03-03", "b"), delivered("2025-04-03", "a")]
    )
    tipoffs = landed(
        {"row_id": "a1", "content_hash": "a", "tipoff_no": "JB-1"},
        {"row_id": "b1", "content_hash": "b", "tipoff_no": "JB-1"},
    )
    table = made(
        "register/versions", {"deliveries": deliveries, "landed_tipoffs": tipoffs}, "2025-12-31"
    )
    assert values(table, "row_id", "delivered_on", "content_received_on", "is_current") == [
        ("a1", dt.date(2025, 4, 3), dt.date(2025, 2, 3), True),
        ("b1", dt.date(2025, 3, 3), dt.date(2025, 3, 3), False),
    ]


def test_two_contents_of_one_day_conflict_and_the_lower_hash_stands():
    deliveries = delivered("2025-02-03", "bbb", "aaa")
    tipoffs = landed(
        {"row_id": "1", "content_hash": "bbb", "tipoff_no": "JB-1", "row_hash": "x"},
        {"row_id": "2", "content_hash": "aaa", "tipoff_no": "JB-1", "row_hash": "y"},
        {"row_id": "3", "content_hash": "bbb", "tipoff_no": "JB-2", "row_hash": "z"},
        {"row_id": "4", "content_hash": "aaa", "tipoff_no": "JB-2", "row_hash": "z"},
    )
    table = made(
        "register/versions", {"deliveries": deliveries, "landed_tipoffs": tipoffs}, "2025-12-31"
    )
    assert values(table, "row_id", "is_current", "is_conflict") == [
        ("1", False, True),
        ("2", True, True),
        ("3", False, False),
        ("4", True, False),
    ]


def test_items_of_one_cell_are_records_of_their_own():
    findings = rows(
        LandedFindings,
        [
            {"row_id": "1", "content_hash": "a", "finding_no": "YH-1", "item_no": 1},
            {"row_id": "2", "content_hash": "a", "finding_no": "YH-1", "item_no": 2},
        ],
    )
    given = {"deliveries": delivered("2025-02-03", "a"), "landed_findings": findings}
    table = made("register/versions", given, "2025-12-31")
    assert values(table, "record_key", "is_current") == [("YH-1", True), ("YH-1#2", True)]


def test_an_item_that_the_newer_row_no_longer_has_is_current_no_more():
    row = {"finding_no": "YH-1"}
    findings = rows(
        LandedFindings,
        [
            {**row, "row_id": "1", "content_hash": "a", "item_no": 1},
            {**row, "row_id": "1#2", "content_hash": "a", "item_no": 2},
            {**row, "row_id": "2", "content_hash": "b", "item_no": 1},
        ],
    )
    deliveries = pa.concat_tables([delivered("2025-02-03", "a"), delivered("2025-03-03", "b")])
    given = {"deliveries": deliveries, "landed_findings": findings}
    table = made("register/versions", given, "2025-12-31")
    assert values(table, "row_id", "is_current") == [("1", False), ("1#2", False), ("2", True)]


def test_the_same_number_in_two_kinds_is_two_records():
    tipoffs = landed({"row_id": "t", "content_hash": "a", "tipoff_no": "7"})
    findings = rows(LandedFindings, [{"row_id": "f", "content_hash": "a", "finding_no": "7"}])
    given = {
        "deliveries": delivered("2025-02-03", "a"),
        "landed_tipoffs": tipoffs,
        "landed_findings": findings,
    }
    assert values(made("register/versions", given, "2025-12-31"), "kind", "is_current") == [
        ("findings", True),
        ("tipoffs", True),
    ]


DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 6))
CONTENTS = st.sampled_from("abcd")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(DAYS, CONTENTS), unique=True, max_size=8),
    st.lists(st.tuples(CONTENTS, st.sampled_from("123"), st.sampled_from("xy")), max_size=12),
    DAYS,
)
def test_every_known_row_once_and_one_current_version_per_record(deliveries, landing, as_of):
    tables = [delivered(day.isoformat(), content) for day, content in deliveries]
    tipoffs = landed(
        *(
            {"row_id": f"r{n:02}", "content_hash": content, "tipoff_no": number, "row_hash": text}
            for n, (content, number, text) in enumerate(landing)
        )
    )
    given_tables = {"landed_tipoffs": tipoffs}
    if tables:
        given_tables["deliveries"] = pa.concat_tables(tables)
    found = made("register/versions", given_tables, as_of.isoformat())
    known = {content for day, content in deliveries if day <= as_of}
    expected = [f"r{n:02}" for n, (content, _, _) in enumerate(landing) if content in known]
    assert values(found, "row_id") == [(row_id,) for row_id in expected]
    current = [key for key, is_current in values(found, "record_key", "is_current") if is_current]
    assert sorted(current) == sorted({number for content, number, _ in landing if content in known})


def test_the_current_table_shows_what_was_known_that_day():
    deliveries = pa.concat_tables([delivered("2025-02-03", "old"), delivered("2025-03-03", "new")])
    tipoffs = landed(
        {"row_id": "o1", "content_hash": "old", "tipoff_no": "JB-1", "acceptance": "待处理"},
        {"row_id": "n1", "content_hash": "new", "tipoff_no": "JB-1", "acceptance": "受理"},
    )
    given = {"deliveries": deliveries, "landed_tipoffs": tipoffs}
    columns = ("tipoff_no", "row_id", "acceptance", "received_on", "sender")
    before = walked(["tipoffs"], given, "2025-02-28")["tipoffs"]
    after = walked(["tipoffs"], given, "2025-03-03")["tipoffs"]
    first = dt.date(2025, 2, 3)
    assert values(before, *columns) == [("JB-1", "o1", "待处理", first, "红旗街道")]
    assert values(after, *columns) == [("JB-1", "n1", "受理", first, "红旗街道")]
