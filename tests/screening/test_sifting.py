"""Screening: a bad required cell rejects its row, any other is emptied, nothing raises."""

from datetime import date

import pyarrow as pa
import pytest

from riskpipe.screening.sifting import Emptiness, Source, sift
from riskpipe.tables.delivered import LandedFindings, LandedIncidents, LandedTipoffs

SOUND = {
    "finding_no": "YH-1",
    "inspected_on": "2026-01-05",
    "description": "楼道堆物",
    "grade": "一般",
}


def source(rows, model=LandedFindings, **changed) -> Source:
    names = list(dict.fromkeys(name for row in rows for name in row))
    fields = pa.table({n: pa.array([row.get(n) for row in rows], pa.string()) for n in names})
    given = {
        "model": model,
        "content_hash": "c" * 64,
        "sheet": "台账",
        "sheet_no": 2,
        "fields": fields,
        "row_no": pa.array(range(5, 5 + len(rows)), pa.int64()),
        "headings": {"grade": "隐患级别"},
        "units": {},
        "required": ("finding_no", "inspected_on", "description"),
        "number": "finding_no",
        "identity": ("finding_no",),
        "emptiness": {},
        "epoch_1904": False,
    }
    return Source(**(given | changed))


@pytest.fixture
def sifted(codes, reasons):
    return lambda rows, **changed: sift(source(rows, **changed), codes, reasons)


def lines(table):
    return [(r["row_no"], r["heading"], r["rule"], r["value"]) for r in table.to_pylist()]


def test_a_sound_row_is_typed_and_placed(sifted):
    row = sifted([SOUND]).rows.to_pylist()[0]
    assert row["row_id"] == "cccccccccccccccc-2-5"
    assert (row["record_key"], row["inspected_on"], row["item_no"]) == ("YH-1", date(2026, 1, 5), 1)


def test_a_bad_required_cell_rejects_the_row_with_its_reason(sifted):
    found = sifted([SOUND, SOUND | {"inspected_on": "830日"}, SOUND | {"description": None}])
    assert found.rows.num_rows == 1
    assert lines(found.rejected_rows) == [
        (6, "检查日期", "bad_day", "830日"),
        (7, "隐患描述", "missing", None),
    ]
    assert "2026-10-05" in found.rejected_rows["reason"][0].as_py()


def test_a_bad_optional_cell_is_emptied_and_the_row_stays(sifted):
    found = sifted([SOUND | {"grade": "较大"}])
    assert found.rows["grade"].to_pylist() == [None]
    assert found.rows["grade_stated"].to_pylist() == ["较大"]
    assert lines(found.rejected_cells) == [(5, "隐患级别", "bad_code", "较大")]


def test_a_rejected_row_does_not_also_list_emptied_cells(sifted):
    found = sifted([SOUND | {"grade": "较大", "description": None}])
    assert lines(found.rejected_cells) == []


def test_a_place_type_in_the_trade_column_is_understood(sifted):
    found = sifted(
        [SOUND | {"trade": "工贸"}, SOUND | {"trade": "建筑施工企业"}, SOUND | {"trade": "月球"}]
    )
    assert found.rows["trade"].to_pylist() == ["工贸", None, None]
    assert found.rows["place_type"].to_pylist() == ["工矿商贸企业", "建筑施工企业", None]
    assert lines(found.rejected_cells) == [(7, "行业领域（场所类型）", "bad_code", "月球")]


def test_a_remark_may_name_the_tipoff(sifted):
    found = sifted([SOUND | {"remark": "来自举报 JB-20260103-001 件"}])
    assert found.rows["cited_tipoff_no"].to_pylist() == ["JB-20260103-001"]


def test_a_sheet_without_numbers_gets_keys_of_its_identifying_cells(sifted):
    row = {k: v for k, v in SOUND.items() if k != "finding_no"}
    same = row | {"inspected_on": "2026/1/5", "description": "楼道 堆物"}
    found = sifted(
        [row, same, row | {"description": "另一处"}],
        required=("inspected_on", "description"),
        number="",
        identity=("inspected_on", "description"),
    )
    first, second, third = found.rows["record_key"].to_pylist()
    assert first == second != third
    assert found.rows["finding_no"].to_pylist() == [first, second, third]


def test_the_row_hash_is_of_meaning_not_of_writing(sifted):
    found = sifted(
        [
            SOUND,
            SOUND | {"inspected_on": "2026年1月5日", "grade": "一般隐患"},
            SOUND | {"grade": "重大"},
        ]
    )
    first, second, third = found.rows["row_hash"].to_pylist()
    assert first != third
    assert second != first  # 填报等级 keeps what was written, so the row did change


def test_empty_reports_are_told_from_short_ones(sifted):
    rule = {"description": Emptiness(3, frozenset({"已整改"}), "standard")}
    rows = [
        SOUND | {"description": "好", "standard": "应保持通道畅通"},
        SOUND | {"description": "已整改。", "standard": "应保持通道畅通"},
        SOUND | {"description": "应保持通道畅通；", "standard": "应保持通道畅通"},
        SOUND | {"description": "通道堆物", "standard": "应保持通道畅通"},
    ]
    found = sifted(rows, emptiness=rule)
    assert [line[2] for line in lines(found.rejected_rows)] == [
        "too_short",
        "stock_words",
        "copied",
    ]
    assert found.rows["row_no"].to_pylist() == [8]


def test_times_with_and_without_a_time_of_day(sifted):
    rows = [
        {"tipoff_no": "A", "reported_at": "2026/1/5 9:31:25", "channel": "来电", "content": "x"},
        {"tipoff_no": "B", "reported_at": "2026-01-05 00:00:00", "channel": "来信", "content": "x"},
    ]
    found = sifted(
        rows, model=LandedTipoffs, required=("tipoff_no",), number="tipoff_no", identity=()
    )
    assert found.rows["is_day_only"].to_pylist() == [False, True]
    assert found.rows["reported_at"].type == pa.timestamp("us")


def test_the_headings_unit_scales_money(sifted):
    row = {
        "incident_no": "SJ-1",
        "report_kind": "首报",
        "category": "事故灾难",
        "happened_at": "2026-01-05 08:00",
    }
    found = sifted(
        [row | {"direct_loss_yuan": "1.5"}],
        model=LandedIncidents,
        required=("incident_no",),
        number="incident_no",
        identity=(),
        units={"direct_loss_yuan": "万元"},
    )
    assert str(found.rows["direct_loss_yuan"][0].as_py()) == "15000.00"


def test_a_column_the_model_requires_is_required_whatever_the_layout_says(sifted):
    row = {
        "incident_no": "SJ-1",
        "report_kind": "首报",
        "category": None,
        "happened_at": "2026-01-05 08:00",
    }
    found = sifted([row], model=LandedIncidents, required=(), number="incident_no", identity=())
    assert lines(found.rejected_rows) == [(5, "突发事件类别", "missing", None)]
