"""Factors of LEC and LS: a value of the method's own list, or an emptied cell with a line."""

import pytest

from riskpipe.rules import RuleError, Rules
from riskpipe.screening.risks import risks_of
from riskpipe.screening.sifting import sift
from tests.screening.test_sifting import SOUND, lines, source

LEC = {"likelihood": "3", "exposure": "6", "consequence": "15"}


@pytest.fixture
def sifted(words, reasons):
    return lambda *rows: sift(source([SOUND | row for row in rows]), words, reasons)


LISTS = {
    "likelihood": ("10", "6", "3", "1", "0.5", "0.2", "0.1"),
    "exposure": ("10", "6", "3", "2", "1", "0.5"),
    "consequence": ("100", "40", "15", "7", "3", "1"),
}
"""Graham and Kinney's tables, as every guide reprints them."""


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in LISTS.items() for t in ts])
def test_every_value_of_the_lec_lists_is_taken(sifted, name, text):
    found = sifted(LEC | {name: text})
    assert found.rows[name].to_pylist() == [float(text)]
    assert found.rejected_cells.num_rows == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("likelihood", "5"),  # a value of LS, not of LEC
        ("likelihood", "0.3"),
        ("likelihood", "0"),
        ("exposure", "5"),
        ("exposure", "0.2"),
        ("consequence", "2"),
        ("consequence", "10"),
        ("consequence", "-1"),
    ],
)
def test_a_value_outside_the_list_is_emptied_and_the_row_stays(sifted, name, text):
    found = sifted(LEC | {name: text})
    assert found.rows[name].to_pylist() == [None]
    ((_, _, rule, value),) = lines(found.rejected_cells)
    assert (rule, value) == ("bad_factor", text)


@pytest.mark.parametrize("text", ["1", "2", "3", "4", "5"])
def test_an_ls_matrix_counts_from_one_to_five(sifted, text):
    found = sifted({"likelihood": text, "severity": "5"}, {"likelihood": "5", "severity": text})
    assert found.rejected_cells.num_rows == 0


@pytest.mark.parametrize(
    ("row", "empty"),
    [
        ({"likelihood": "6", "severity": "3"}, "likelihood"),  # LEC's six is none of LS
        ({"likelihood": "0.5", "severity": "3"}, "likelihood"),
        ({"likelihood": "3", "severity": "6"}, "severity"),
        ({"likelihood": "3", "severity": "0"}, "severity"),
    ],
)
def test_likelihood_is_asked_of_the_list_of_the_columns_beside_it(sifted, row, empty):
    found = sifted(row)
    assert {name for name in row if found.rows[name].to_pylist() == [None]} == {empty}


def test_likelihood_alone_may_be_of_either_list_and_of_no_third(sifted):
    texts = ("10", "5", "0.1", "7")
    found = sifted(*({"likelihood": text, "finding_no": f"YH-{text}"} for text in texts))
    assert found.rows["likelihood"].to_pylist() == [10.0, 5.0, 0.1, None]


def test_each_row_is_asked_by_its_own_method(sifted):
    found = sifted(LEC, {"likelihood": "4", "severity": "4"}, {"likelihood": "4", "exposure": "6"})
    assert found.rows["likelihood"].to_pylist() == [3.0, 4.0, None]


def test_the_reason_names_the_allowed_values(sifted):
    found = sifted(LEC | {"consequence": "50"})
    assert "100、40、15、7、3、1" in found.rejected_cells["reason"][0].as_py()
    both = sifted(LEC | {"likelihood": "7"}).rejected_cells["reason"][0].as_py()
    assert "LEC 法 10、6、3、1、0.5、0.2、0.1；LS 法 1、2、3、4、5" in both


def test_words_are_no_numbers_and_blanks_are_blank(sifted):
    found = sifted(LEC | {"exposure": "每天"}, LEC | {"exposure": "/"})
    assert found.rows["exposure"].to_pylist() == [None, None]
    assert lines(found.rejected_cells) == [(5, "暴露频繁程度（E）", "bad_number", "每天")]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("risk_level_stated", "重大风险", "重大"),
        ("risk_level_stated", "低", "低"),
        ("risk_level_stated", "一般风险（黄色）", "一般"),
        ("risk_colour_stated", "橙色", "橙"),
        ("risk_colour_stated", "红色（重大风险）", "红"),
        ("risk_level_stated", "二级", None),  # of which scheme is not said
        ("risk_level_stated", "中", None),
        ("risk_colour_stated", "绿", None),
    ],
)
def test_level_and_colour_are_read_by_their_words_alone(sifted, name, text, code):
    found = sifted({name: text})
    assert found.rows[name].to_pylist() == [code]
    assert found.rejected_cells.num_rows == (code is None)


def test_risk_columns_never_reach_the_grade_of_the_hazard(sifted):
    row = sifted({"risk_level_stated": "重大", "risk_colour_stated": "红"}).rows.to_pylist()[0]
    assert (row["grade"], row["grade_stated"]) == ("一般", "一般")


def test_an_office_changes_a_list_but_brings_no_method_nobody_computes(tmp_path):
    folder = tmp_path / "screening"
    folder.mkdir()
    own = folder / "risks.toml"
    own.write_text("[LS]\nseverity = [1, 2, 3, 4]\n", encoding="utf-8")
    assert risks_of(Rules(tmp_path)).methods["LS"]["severity"] == (1.0, 2.0, 3.0, 4.0)
    own.write_text("[MES]\nlikelihood = [1, 2]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="只能有 LEC"):
        risks_of(Rules(tmp_path))
