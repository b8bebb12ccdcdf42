"""Risk value, level and colour: the product of the factors, its band, and what was stated."""

import pytest

from riskpipe import vocabulary as v
from riskpipe.tables.register import Findings, RiskBands
from tests.intake.builders import LEDGER, finding, workbook
from tests.register.landing import landed_from
from tests.rows import rows, values
from tests.setlogic import made, rules_of, walked

LEC = {"likelihood": 3.0, "exposure": 6.0, "consequence": 15.0}  # D = 270
LS = {"likelihood": 4.0, "severity": 4.0}  # R = 16


def assessed(*given):
    full = [{"finding_no": f"YH-{n}", "description": "甲", **row} for n, row in enumerate(given)]
    return made("register/risks", {"findings": rows(Findings, full)}, "2025-12-31")


def one(row, *names):
    return values(assessed(row), *names)[0]


@pytest.mark.parametrize(
    ("factors", "value", "level", "colour"),
    [
        ((10, 10, 100), 10000.0, "重大", "红"),
        ((6, 6, 15), 540.0, "重大", "红"),
        ((3, 6, 15), 270.0, "较大", "橙"),
        ((10, 1, 15), 150.0, "一般", "黄"),
        ((10, 1, 7), 70.0, "一般", "黄"),
        ((10, 2, 1), 20.0, "低", "蓝"),
        ((3, 6, 1), 18.0, "低", "蓝"),
        ((0.1, 0.5, 1), 0.05, "低", "蓝"),
        ((0.2, 0.5, 3), 0.3, "低", "蓝"),
    ],
)
def test_lec_by_hand(factors, value, level, colour):
    row = dict(zip(("likelihood", "exposure", "consequence"), map(float, factors), strict=True))
    names = ("method", "risk_value", "risk_level", "risk_colour")
    assert one(row, *names) == ("LEC", value, level, colour)


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (320.01, "lec-1"),
        (320.0, "lec-2"),  # >320 is the top band: 320 itself is not in it
        (160.0, "lec-2"),
        (159.99, "lec-3"),
        (70.0, "lec-3"),
        (69.99, "lec-4"),
        (20.0, "lec-4"),
        (19.99, "lec-5"),
    ],
)
def test_both_sides_of_every_lec_boundary(value, band):
    """No three listed factors make 160 or 320: the value comes whole through one of them."""
    row = {"likelihood": value, "exposure": 1.0, "consequence": 1.0}
    assert one(row, "band_id") == (band,)


@pytest.mark.parametrize(
    ("likelihood", "severity", "level"),
    [
        (1, 1, "低"),
        (1, 3, "低"),
        (1, 4, "一般"),
        (2, 4, "一般"),
        (3, 3, "较大"),
        (4, 4, "较大"),
        (4, 5, "重大"),
        (5, 5, "重大"),
    ],
)
def test_the_ls_matrix_by_hand(likelihood, severity, level):
    row = {"likelihood": float(likelihood), "severity": float(severity)}
    assert one(row, "method", "risk_value", "risk_level") == (
        "LS",
        float(likelihood * severity),
        level,
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (LEC, None),
        (LEC | {"risk_value_stated": 270.0}, None),
        (LEC | {"risk_value_stated": 207.0}, "风险值不符"),
        (LEC | {"risk_level_stated": "较大", "risk_colour_stated": "橙"}, None),
        (LEC | {"risk_colour_stated": "黄"}, "风险颜色不符"),
        (LEC | {"risk_value_stated": 54.0, "risk_level_stated": "低", "risk_colour_stated": "蓝"},
         "风险值不符、风险等级不符、风险颜色不符"),
        (LS | {"risk_value_stated": 16.0}, None),
        (LS | {"risk_value_stated": 64.0}, "风险值不符"),
        # not all factors: nothing is computed, nothing called wrong
        ({"likelihood": 3.0, "exposure": 6.0, "risk_value_stated": 99.0}, None),
        ({"risk_value_stated": 99.0, "risk_level_stated": "重大"}, None),
        # two stated words that no band joins
        ({"risk_level_stated": "重大", "risk_colour_stated": "蓝"}, "等级与颜色不配"),
        ({"risk_level_stated": "重大", "risk_colour_stated": "红"}, None),
    ],
)  # fmt: skip
def test_what_differs_is_named(row, expected):
    assert one(row, "difference") == (expected,)


def test_a_finding_without_an_assessment_is_not_in_the_table():
    assert assessed({"grade": "重大"}, LEC).num_rows == 1


def test_fractions_multiply_exactly():
    row = {"likelihood": 0.1, "exposure": 3.0, "consequence": 7.0, "risk_value_stated": 2.1}
    assert one(row, "risk_value", "difference") == (2.1, None)


def test_bands_of_a_method_go_down_and_end_where_its_least_value_is():
    bands = rules_of(RiskBands).to_pylist()
    for method in ("LEC", "LS"):
        mine = [band for band in bands if band["method"] == method]
        assert [b["min_value"] for b in mine] == sorted(
            {b["min_value"] for b in mine}, reverse=True
        )
        levels = [v.RISK_LEVELS.index(band["risk_level"]) for band in mine]
        assert levels == sorted(levels)
        assert mine[-1]["is_min_included"]
    pairs = {(band["risk_level"], band["risk_colour"]) for band in bands}
    assert pairs == set(zip(v.RISK_LEVELS, v.RISK_COLOURS, strict=True))


def test_a_street_ledger_walks_from_its_cells_to_its_bands(tmp_path):
    """Three rows as typed: one sound, one with a factor of no list, one misjudged by its writer."""
    columns = ["L", "E", "C", "D", "风险等级", "风险颜色"]
    sheet = [
        [*LEDGER, *columns],
        [*finding(1), 3, 6, 15, 270, "较大风险", "橙色"],
        [*finding(2), 4, 6, 15, 360, "重大风险", "红色"],
        [*finding(3), 0.5, 6, 7, 21, "一般风险", "黄色"],
        finding(4),
    ]
    path = workbook(tmp_path / "台账.xlsx", {"隐患排查台账": sheet})
    landed = landed_from({("2026-02-03", "红旗街道"): [path]}, tmp_path)
    table = walked(["risks"], landed.tables, "2026-02-28")["risks"]
    names = ("item_no", "likelihood", "risk_value", "risk_level", "risk_colour", "difference")
    assert [row[1:] for row in values(table, *names)] == [
        (3.0, 270.0, "较大", "橙", None),
        (None, None, None, None, None),
        (0.5, 21.0, "低", "蓝", "风险等级不符、风险颜色不符"),
    ]
    assert [(cell["row_no"], cell["rule"]) for cell in landed.cells] == [(3, "bad_factor")]
