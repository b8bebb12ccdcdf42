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
        "period": None,
        "ditto": frozenset({"同上", "〃"}),
        "unvalued": {},
    }
    return Source(**(given | changed))


@pytest.fixture
def sifted(words, reasons):
    return lambda rows, **changed: sift(source(rows, **changed), words, reasons)


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
        (6, "检查日期", "damaged_day", "830日"),
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


def test_a_day_without_a_year_is_read_inside_the_stated_period_only(sifted):
    rows = [SOUND | {"inspected_on": "1月5日", "due_on": "1月28日前"}, SOUND | {"due_on": "2月3日"}]
    period = (date(2026, 1, 1), date(2026, 1, 31))
    found = sifted(rows, period=period)
    assert found.rows["inspected_on"].to_pylist() == [date(2026, 1, 5)] * 2
    assert found.rows["due_on"].to_pylist() == [date(2026, 1, 28), None]
    assert lines(found.rejected_cells) == [(6, "整改期限", "no_year", "2月3日")]
    # Of a rejected row all that is wrong is told: its other date has no year either.
    assert lines(sifted(rows).rejected_rows) == [
        (5, "检查日期", "no_year", "1月5日"),
        (5, "整改期限", "no_year", "1月28日前"),
    ]


def test_each_fault_of_a_column_has_a_line_of_its_own_rule(sifted):
    faults = {
        "立即整改": "status_word",
        "2569-01-05": "buddhist_year",
        "03/05/2026": "ambiguous_day",
        "同上": "ditto_first",
        "2206-01-01": "far_year",
        "长" * 32_768: "too_long",
        "xyz": "bad_day",
        "/": "placeholder",
        "#N/A": "error_value",
        "########": "error_value",
    }
    found = sifted([SOUND | {"due_on": cell} for cell in faults])
    assert [line[2] for line in lines(found.rejected_cells)] == [*faults.values()]
    assert found.rows["due_on"].null_count == len(faults)
    required = sifted([SOUND | {"inspected_on": cell} for cell in faults])
    assert [line[2] for line in lines(required.rejected_rows)] == [*faults.values()]
    assert required.rows.num_rows == 0


def test_an_error_of_excel_is_no_text(sifted):
    found = sifted([SOUND | {"description": "#REF!"}, SOUND | {"remark": "#1楼漏水"}])
    assert lines(found.rejected_rows) == [(5, "隐患描述", "error_value", "#REF!")]
    assert found.rows["remark"].to_pylist() == ["#1楼漏水"]


def test_years_that_can_be_stand_in_the_reason(sifted):
    reason = sifted([SOUND | {"due_on": "2206-01-01"}]).rejected_cells["reason"][0].as_py()
    assert "1990—2035" in reason


def test_a_date_in_a_person_column_is_a_rejected_cell(sifted):
    found = sifted(
        [SOUND | {"responsible_person": "2026-01-05"}, SOUND | {"inspectors": "甲某、乙某"}]
    )
    assert lines(found.rejected_cells) == [(5, "整改责任人", "not_a_person", "2026-01-05")]
    assert found.rows["responsible_person"].to_pylist() == [None, None]
    assert found.rows["inspectors"].to_pylist() == [None, "甲某、乙某"]


def test_a_number_that_lost_its_digits_rejects_its_row(sifted):
    found = sifted([SOUND | {"finding_no": "1.38E+10"}, SOUND | {"finding_no": "\u200bYH-1"}])
    assert lines(found.rejected_rows) == [(5, "隐患编号", "damaged_no", "1.38E+10")]
    assert "文本" in found.rejected_rows["reason"][0].as_py()
    assert found.rows["finding_no"].to_pylist() == ["YH-1"]


def test_a_formula_without_its_result_is_not_a_blank(sifted):
    rows = [SOUND | {"inspected_on": None}, SOUND | {"due_on": None}, SOUND | {"due_on": None}]
    found = sifted(rows, unvalued={"inspected_on": (5,), "due_on": (6,)})
    assert lines(found.rejected_rows) == [(5, "检查日期", "unvalued_formula", None)]
    assert lines(found.rejected_cells) == [(6, "整改期限", "unvalued_formula", None)]


def test_words_of_a_list_lose_the_break_of_a_narrow_column(sifted):
    found = sifted(
        [SOUND | {"category_stated": "隧道开\n挖支护", "description": "东侧堆物\n西侧上锁"}]
    )
    assert found.rows["category_stated"].to_pylist() == ["隧道开挖支护"]
    assert found.rows["description"].to_pylist() == ["东侧堆物 西侧上锁"]


def test_several_problems_in_a_cell_are_several_findings_of_one_row(sifted):
    several = SOUND | {"description": "2号楼：\n1.灭火器失效\n2.通道堆物", "grade": "重大"}
    rows = sifted([SOUND, several, SOUND | {"finding_no": "YH-3"}]).rows.to_pylist()
    assert [(r["row_no"], r["item_no"], r["description"]) for r in rows] == [
        (5, 1, "楼道堆物"),
        (6, 1, "2号楼：灭火器失效"),
        (6, 2, "2号楼：通道堆物"),
        (7, 1, "楼道堆物"),
    ]
    prefix = "cccccccccccccccc-2-"
    assert [r["row_id"] for r in rows] == [f"{prefix}{end}" for end in ("5", "6", "6#2", "7")]
    assert [r["finding_no"] for r in rows] == ["YH-1", "YH-1", "YH-1", "YH-3"]
    assert [r["grade"] for r in rows] == ["一般", "重大", "重大", "一般"]
    assert rows[1]["row_hash"] != rows[2]["row_hash"]


def test_items_without_a_number_share_the_key_of_their_whole_row(sifted):
    row = {k: v for k, v in SOUND.items() if k != "finding_no"}
    text = "1.灭火器失效；2.通道堆物"
    given = {
        "required": ("inspected_on",),
        "number": "",
        "identity": ("inspected_on", "description"),
    }
    found = sifted([row | {"description": text}], **given).rows
    alone = sifted([row | {"description": "灭火器失效"}], **given).rows
    first, second = found["record_key"].to_pylist()
    assert first == second != alone["record_key"][0].as_py()
    assert found["finding_no"].to_pylist() == [first, first]


def test_a_rejected_row_of_several_problems_is_one_row(sifted):
    found = sifted([SOUND | {"inspected_on": "830日", "description": "1.灭火器失效；2.通道堆物"}])
    assert lines(found.rejected_rows) == [(5, "检查日期", "damaged_day", "830日")]
    assert found.rows.num_rows == 0


def test_an_unclear_numbering_is_one_finding_and_a_notice(sifted):
    doubtful = SOUND | {"description": "1.灭火器失效；3.通道堆物"}
    found = sifted([SOUND, doubtful, doubtful | {"inspected_on": None}])
    assert found.rows["item_no"].to_pylist() == [1, 1]
    assert [(n["row_no"], n["rule"]) for n in found.notices.to_pylist()] == [(6, "unclear_items")]


def test_only_what_is_said_to_hold_several_is_divided(sifted):
    row = {
        "tipoff_no": "A",
        "reported_at": "2026-01-05 9:31",
        "channel": "来电",
        "content": "1.堆物；2.飞线",
    }
    found = sifted(
        [row], model=LandedTipoffs, required=("tipoff_no",), number="tipoff_no", identity=()
    )
    assert found.rows["content"].to_pylist() == ["1.堆物；2.飞线"]
