"""Copies of one record that say different things are listed field by field, and settled in order."""

import random

import pyarrow as pa
import pytest

from riskpipe.tables import model_of
from riskpipe.tables.base import columns_of
from riskpipe.tables.delivered import (
    LandedCorrections,
    LandedFindings,
    LandedIncidents,
    LandedTipoffs,
)
from riskpipe.tables.register import Compared
from riskpipe.walk.steps import sql_of
from tests.rows import rows, values
from tests.setlogic import delivered, rules_of, walked

MARCH, APRIL = "2025-03-05", "2025-04-05"
NAMED = ("title", "value", "other_value", "settlement")
MODELS = {"findings": LandedFindings, "tipoffs": LandedTipoffs, "incidents": LandedIncidents}


def copies(one, other, kind="findings", days=(MARCH, MARCH), contents="ab", notes=()):
    """Disagreements of two copies of one record; the first is in the lower content hash."""
    number = {"findings": "finding_no", "tipoffs": "tipoff_no", "incidents": "incident_no"}[kind]
    base = {number: "N-1", "record_key": "N-1"}
    landed = [
        base | {"row_id": f"r{place}", "row_hash": f"h{place}", "content_hash": content} | said
        for place, (content, said) in enumerate(zip(contents, (one, other), strict=True))
    ]
    arrivals = {(day, content) for day, content in zip(days, contents, strict=True)}
    given = {
        "deliveries": pa.concat_tables([delivered(*arrival) for arrival in sorted(arrivals)]),
        f"landed_{kind}": rows(MODELS[kind], landed),
        "landed_corrections": rows(LandedCorrections, [{"content_hash": "a"} | n for n in notes]),
    }
    return walked(["disagreements"], given, "2025-12-31")["disagreements"]


def listed(*given, **more):
    return values(copies(*given, **more), *NAMED)


def test_two_sheets_of_one_workbook_each_field_once():
    table = copies(
        {"state": "已销号", "due_on": "2025-03-20", "grade": "一般", "sheet": "总表"},
        {"state": "整改中", "due_on": "2025-03-25", "grade": "一般", "sheet": "2025"},
        contents="aa",
    )
    assert values(table, *NAMED) == [
        ("整改期限", "2025-03-20", "2025-03-25", "待说明"),
        ("整改状态", "已销号", "整改中", "待说明"),
    ]
    assert (
        values(table, "basis", "is_same_day", "difference", "row_id", "other_row_id")
        == [("同编号", True, "不一致", "r0", "r1")] * 2
    )


def test_a_later_snapshot_may_move_on_but_not_move_what_was_settled_once():
    march = {"state": "整改中", "due_on": "2025-03-20", "inspected_on": "2025-03-01"}
    april = {"state": "已销号", "due_on": "2025-04-20", "inspected_on": "2025-03-01"}
    assert listed(march, april, days=(MARCH, APRIL)) == [
        ("整改期限", "2025-04-20", "2025-03-20", "后报为准")
    ]


def test_a_blank_contradicts_nobody_but_a_value_it_stands_over_is_listed():
    said, blank = {"grade": "重大"}, {"grade": None}
    assert listed(said, blank) == []
    assert listed(blank, said) == [("隐患等级", None, "重大", "待说明")]
    assert values(copies(blank, said), "difference") == [("现行未填",)]


def test_free_texts_and_persons_only_differ():
    one = {"description": "甲处堆放纸箱", "responsible_person": "甲某", "measures": "清理"}
    other = {"description": "乙处堆放纸箱", "responsible_person": "乙某", "measures": "搬离"}
    table = copies(one, other)
    assert values(table, *NAMED) == [
        ("隐患描述", None, None, "待说明"),
        ("整改措施", None, None, "待说明"),
        ("整改责任人", None, None, "待说明"),
    ]
    everything = str(table.to_pylist())
    assert not any(text in everything for text in (*one.values(), *other.values()))


def test_a_correction_settles_its_field_and_no_other():
    note = {
        "subject_table": "隐患排查台账",
        "subject_no": "N-1",
        "heading": "整改期限",
        "new_value": "2025-03-25",
    }
    one = {"due_on": "2025-03-20", "state": "整改中"}
    other = {"due_on": "2025-03-25", "state": "已销号"}
    assert [(title, end) for title, _, _, end in listed(one, other, notes=[note])] == [
        ("整改期限", "更正单"),
        ("整改状态", "待说明"),
    ]


def test_an_old_saying_of_many_months_is_told_once_by_its_latest_copy():
    months = ["2025-03-05", "2025-04-05", "2025-05-05", "2025-06-05"]
    said = ["2025-03-20", "2025-03-20", "2025-03-25", "2025-03-30"]
    given = {
        "deliveries": pa.concat_tables([delivered(day, day) for day in months]),
        "landed_findings": rows(
            LandedFindings,
            [
                {"row_id": d, "row_hash": d, "content_hash": d, "finding_no": "Y", "due_on": due}
                for d, due in zip(months, said, strict=True)
            ],
        ),
    }
    table = walked(["disagreements"], given, "2025-12-31")["disagreements"]
    assert values(table, "value", "other_value", "other_row_id") == [
        ("2025-03-30", "2025-03-20", "2025-04-05"),
        ("2025-03-30", "2025-03-25", "2025-05-05"),
    ]


def test_tip_offs_and_incidents_are_compared_too():
    one, other = {"street": "甲街道", "content": "甲"}, {"street": "乙街道", "content": "乙"}
    assert listed(one, other, kind="tipoffs") == [
        ("举报内容", None, None, "待说明"),
        ("所属街道（乡镇）", "甲街道", "乙街道", "待说明"),
    ]
    told = {"deaths": 1, "direct_loss_yuan": "120000"}
    assert listed(told, told | {"deaths": 2}, kind="incidents") == [("死亡", "1", "2", "待说明")]


def test_a_reporter_is_never_compared():
    one, other = {"reporter_id": "p-1"}, {"reporter_id": "p-2"}
    assert listed(one, other, kind="tipoffs") == []


def test_the_order_of_landing_changes_nothing():
    findings = [
        {
            "row_id": f"{c}-{n}",
            "row_hash": f"{c}{n}",
            "content_hash": c,
            "finding_no": n,
            "grade": g,
        }
        for c, g in (("a", "一般"), ("b", "重大"), ("c", "一般"))
        for n in "XYZ"
    ]
    deliveries = pa.concat_tables(
        [delivered(MARCH, "b"), delivered(MARCH, "a"), delivered(APRIL, "c")]
    )

    def run(seed):
        mixed, order = list(findings), list(range(3))
        random.Random(seed).shuffle(mixed)
        random.Random(seed).shuffle(order)
        given = {
            "deliveries": deliveries.take(pa.array(order)),
            "landed_findings": rows(LandedFindings, mixed),
        }
        return walked(["disagreements", "versions", "findings"], given, "2025-12-31")

    first = run(0)
    assert first["disagreements"].num_rows == 3
    for seed in range(1, 6):
        again = run(seed)
        for name in ("disagreements", "versions", "findings"):
            assert again[name].equals(first[name]), name


@pytest.fixture(scope="module")
def compared():
    return rules_of(Compared).to_pylist()


def test_every_compared_field_is_a_column_by_its_own_title_and_read_by_the_sql(compared):
    sql = sql_of("register/disagreements")
    for row in compared:
        columns = {c.name: c for c in columns_of(model_of(f"landed_{row['kind']}"))}
        block = sql.partition(f"compared AS c ON c.kind = '{row['kind']}'")[0].rpartition("SELECT")[
            2
        ]
        assert columns[row["column_name"]].title == row["title"], row["compared_id"]
        assert f"WHEN '{row['column_name']}' THEN" in block, row["compared_id"]


def test_no_person_can_be_shown(compared):
    for row in compared:
        column = {c.name: c for c in columns_of(model_of(f"landed_{row['kind']}"))}[
            row["column_name"]
        ]
        assert column.personal == "none" or (column.personal == "staff" and not row["is_shown"])
