"""Columns of a risk assessment beside a ledger's own: three scales, three columns."""

import pytest

from tests.intake.builders import LEDGER, finding, workbook

LEC = ["L", "E", "C", "D", "风险等级", "风险颜色"]
PRINTED = ["可能性（L）", "暴露频繁程度（E）", "后果（C）", "风险值（D）", "风险级别", "风险四色"]
FIELDS = ("likelihood", "exposure", "consequence", "risk_value_stated", "risk_level_stated",
          "risk_colour_stated")  # fmt: skip
VALUES = [3, 6, 15, 270, "较大风险", "橙色"]


@pytest.mark.parametrize("headings", [LEC, PRINTED])
def test_an_assessment_is_read_under_its_own_fields(tmp_path, reader, headings):
    path = workbook(tmp_path / "a.xlsx", {"台账": [[*LEDGER, *headings], [*finding(1), *VALUES]]})
    body = reader(path).bodies[0]
    assert [body.fields[name][0].as_py() for name in FIELDS] == list(map(str, VALUES))
    assert body.fields["grade"].to_pylist() == ["一般"]


def test_letters_under_a_merged_heading_are_read(tmp_path, reader):
    top = [*LEDGER, "风险评价（LEC）", None, None, None]
    under = [*[None] * len(LEDGER), "L", "E", "C", "D"]
    rows = [top, under, [*finding(1), 1, 3, 7, 21]]
    merges = [f"{letter}1:{letter}2" for letter in "ABCDEFGH"] + ["I1:L1"]
    body = reader(workbook(tmp_path / "a.xlsx", {"台账": rows}, merges)).bodies[0]
    assert [body.fields[name][0].as_py() for name in FIELDS[:4]] == ["1", "3", "7", "21"]


def test_a_matrix_has_severity_beside_likelihood(tmp_path, reader):
    rows = [[*LEDGER, "可能性L", "严重性S", "R"], [*finding(1), 4, 5, 20]]
    fields = reader(workbook(tmp_path / "a.xlsx", {"台账": rows})).bodies[0].fields
    names = ("likelihood", "severity", "risk_value_stated")
    assert [fields[name][0].as_py() for name in names] == ["4", "5", "20"]


def test_a_degree_of_severity_without_its_letter_stays_the_grade(tmp_path, reader):
    headings = [name.replace("隐患等级", "严重程度") for name in LEDGER]
    fields = (
        reader(workbook(tmp_path / "a.xlsx", {"台账": [headings, finding(1)]})).bodies[0].fields
    )
    assert fields["grade"].to_pylist() == ["一般"]
    assert "severity" not in fields.column_names
