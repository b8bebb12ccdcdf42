"""Who sent a file, for which month, and what zero says: real workbooks, received to the mart."""

import datetime as dt

import pytest

from riskpipe.tables.delivered import LandedObligations
from tests.intake.builders import LEDGER, finding, workbook
from tests.marts.drawing import periods
from tests.register.landing import landed_from
from tests.rows import rows, values
from tests.setlogic import made, walked

TOTALS = ["序号", "统计月份", "指标", "分类", "计量单位", "本月数", "本年累计", "数据来源"]


def facts(**given):
    return [["项目", "内容"], *([name, value] for name, value in given.items())]


@pytest.mark.parametrize(
    ("folder", "told", "sender"),
    [
        ("某文件夹", {"报送单位": "红旗街道"}, "红旗街道"),
        ("东湖街道", {}, "东湖街道"),
        ("东湖街道", {"报送单位": None}, "东湖街道"),
        ("", {}, "报送单位不明"),
        ("", {"报送单位": "红旗街道"}, "红旗街道"),
    ],
)
def test_the_sender_is_the_sheets_else_the_folders_else_unknown(tmp_path, folder, told, sender):
    # The file's name is never asked: 西山街道 stands in it.
    path = workbook(
        tmp_path / "西山街道_隐患排查台账_2026-01.xlsx",
        {"报送信息": facts(**told), "隐患排查台账": [LEDGER, finding(1)]},
    )
    landed = landed_from({("2026-02-03", folder): [path]}, tmp_path)
    assert landed.tables["deliveries"]["sender"].to_pylist() == [sender]


def covered(tmp_path, files, kind, as_of="2026-04-30"):
    """(month, status, accepted rows) of what 红旗街道 owes by the fifth, from real files."""
    landed = landed_from({(day, "红旗街道"): [path] for day, path in files}, tmp_path)
    first = next(iter(landed.tables["deliveries"]["content_hash"].to_pylist()))
    owed = [{"content_hash": first, "unit": "红旗街道", "owed_kind": kind, "due_day": 5}]
    given = dict(landed.tables) | {"landed_obligations": rows(LandedObligations, owed)}
    tables = walked(["obligations"], given, as_of)
    tables["periods"] = periods("2026-01-01", as_of)
    found = made("marts/coverage", tables, as_of)
    return {
        month.month: rest for month, *rest in values(found, "month_on", "status", "accepted_count")
    }


def test_a_zero_report_of_nothing_but_its_facts_is_one_and_silence_is_none(tmp_path):
    zero = facts(
        报送单位="红旗街道", 报表名称="隐患排查台账", 统计期间起="2026-01-01",
        统计期间止="2026-01-31", 本期有无数据="无（零报告）",
    )  # fmt: skip
    path = workbook(tmp_path / "a.xlsx", {"报送信息": zero})
    assert covered(tmp_path, [("2026-02-04", path)], "隐患排查台账") == {
        1: ["零报告", 0],
        2: ["未报", 0],
        3: ["未报", 0],
        4: ["未到期", 0],
    }


def test_a_file_two_months_late_belongs_to_the_month_in_its_name(tmp_path):
    path = workbook(
        tmp_path / "红旗街道_隐患排查台账_2026-01.xlsx", {"隐患排查台账": [LEDGER, finding(1)]}
    )
    found = covered(tmp_path, [("2026-04-02", path)], "隐患排查台账")
    assert (found[1], found[3]) == (["迟报", 1], ["未报", 0])


def test_a_zero_in_a_cell_is_a_report_and_a_figure(tmp_path):
    row = [1, "2026-01", "119火警起数", "合计", "起", 0, 0, "消防"]
    path = workbook(tmp_path / "红旗街道_月度统计数_2026-01.xlsx", {"月度统计数": [TOTALS, row]})
    assert covered(tmp_path, [("2026-02-04", path)], "月度统计数")[1] == ["已报", 1]
    landed = landed_from({("2026-02-04", "红旗街道"): [path]}, tmp_path / "again")
    totals = walked(["totals"], landed.tables, "2026-04-30")
    table = made("marts/indicators", totals, "2026-04-30")
    assert values(table, "month_on", "indicator", "stated_month", "stated_year") == [
        (dt.date(2026, 1, 1), "119火警起数", 0.0, 0.0)
    ]
