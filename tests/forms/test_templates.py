"""riskpipe template: the office's own lists, a sender, a month; where it lies and what is said."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from riskpipe.cli.application import main
from riskpipe.settings import Settings
from riskpipe.tables.register import Campaigns, Grids, Units
from riskpipe.tables.shared import Run
from riskpipe.walk.office import Office
from riskpipe.walk.templating import lists_of
from riskpipe.warehouse import Warehouse
from tests.forms.test_workbook import column, validations
from tests.rows import rows

GRIDS = [
    {"grid_no": "330199002", "grid_level": 2, "street": "青禾街道"},
    {"grid_no": "330199001", "grid_level": 2, "street": "红旗街道"},
    {"grid_no": "330199009", "grid_level": 2, "street": "旧街道", "valid_to_on": "2025-12-31"},
    {"grid_no": "330199", "grid_level": 1},
    {"grid_no": "330199001002", "grid_level": 3, "street": "红旗街道", "community": "南山村"},
    {"grid_no": "330199002001", "grid_level": 3, "street": "青禾街道", "community": "和平社区"},
    {"grid_no": "330199001001", "grid_level": 3, "street": "红旗街道", "community": "和平社区"},
    {"grid_no": "330199001003", "grid_level": 3, "street": "红旗街道", "community": "和平社区"},
]
UNITS = [
    {"unit": "区住建局", "office_order": 2, "contact_phone": "0571-88100002"},
    {"unit": "红旗街道", "street": "红旗街道", "office_order": 1, "contact_phone": "0571-88100001"},
    {"unit": "区气象局"},
]
CAMPAIGNS = [
    {"campaign": "夏季消防检查", "ends_on": "2026-08-31"},
    {"campaign": "治本攻坚三年行动", "ends_on": "2026-12-31"},
    {"campaign": "长期行动"},
]


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKPIPE_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("RISKPIPE_WAREHOUSE", str(tmp_path / "warehouse"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.write("register/grids", rows(Grids, GRIDS), "x")
    warehouse.write("register/units", rows(Units, UNITS), "x")
    warehouse.write("register/campaigns", rows(Campaigns, CAMPAIGNS), "x")
    return Office(Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse"))


def test_lists_are_the_offices_own_in_its_order_and_in_force(office):
    lists = lists_of(office, "2026-11")
    assert lists.streets == (("红旗街道", "330199001"), ("青禾街道", "330199002"))
    assert lists.communities == (
        ("红旗街道", "和平社区"),
        ("红旗街道", "南山村"),
        ("青禾街道", "和平社区"),
    )
    assert lists.units == ("红旗街道", "区住建局", "区气象局")
    assert lists.campaigns == ("治本攻坚三年行动", "长期行动")


def test_without_a_month_names_must_be_in_force_on_the_registers_day(office):
    office.warehouse.write("calendar/run", rows(Run, [{"as_of_on": "2025-12-01"}]), "x")
    lists = lists_of(office, "")
    assert [street for street, _ in lists.streets] == ["红旗街道", "青禾街道", "旧街道"]
    assert lists.campaigns == ("夏季消防检查", "治本攻坚三年行动", "长期行动")


def test_a_street_gets_its_own_ledger_under_the_name_of_headers(office, tmp_path, capsys):
    out = tmp_path / "模板"
    arguments = ["template", "findings", "--street", "红旗街道", "--month", "2026-11"]
    assert main([*arguments, "--out", str(out)]) == 0
    said = capsys.readouterr()
    path = out / "红旗街道_隐患排查台账_2026-11.xlsx"
    assert [one.name for one in out.iterdir()] == [path.name]
    assert str(path) in said.out
    assert "街道 2 个、社区 3 个、单位 3 个、专项行动 2 个" in said.out
    assert "下一步：发给红旗街道填写" in said.out
    assert said.err == ""
    book = openpyxl.load_workbook(path)
    assert book["隐患排查台账"]["B4"].value == "YH-330199001-202611-0001"
    assert book["报送信息"]["B2"].value == "红旗街道"
    assert book["报送信息"]["B4"].value.date() == date(2026, 11, 1)
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not any("0571" in cell for cell in cells), "phones of the unit list stay where they are"


def test_the_period_is_the_offices_statistical_month(office, tmp_path):
    rules = tmp_path / "raw/rules"
    rules.mkdir(parents=True)
    (rules / "office.toml").write_text("month_closes_on = 25\n", "utf-8")
    assert main(["template", "totals", "--month", "2026-11", "--out", str(tmp_path)]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "月度统计数_2026-11.xlsx")["报送信息"]
    assert [sheet[cell].value.date() for cell in ("B4", "B5")] == [
        date(2026, 10, 26),
        date(2026, 11, 25),
    ]


def test_all_seven_are_written_before_any_reference_table_came(tmp_path, capsys):
    assert main(["template", "--all", "--out", str(tmp_path / "out")]) == 0
    assert sorted(path.stem for path in (tmp_path / "out").iterdir()) == sorted(
        ["举报登记", "隐患排查台账", "办理记录", "奖励发放", "突发事件", "月度统计数", "督办事项"]
    )
    said = capsys.readouterr()
    assert "还没有三级网格表、单位名录" in said.err
    assert "下一步：发给填报单位填写" in said.out
    sheet = openpyxl.load_workbook(tmp_path / "out/办理记录.xlsx")["办理记录"]
    rule = validations(sheet)[f"{column(sheet, '办理单位')}4"]
    assert not rule.showErrorMessage


def test_a_form_that_may_have_been_filled_in_is_never_overwritten(tmp_path, capsys):
    arguments = ["template", "督办事项", "--unit", "区政府督查室", "--out", str(tmp_path)]
    assert main(arguments) == 0
    assert main(arguments) == 0
    assert "（已有，内容相同）" in capsys.readouterr().out
    path = tmp_path / "区政府督查室_督办事项.xlsx"
    book = openpyxl.load_workbook(path)
    book["督办事项"]["B4"].value = "DB-1"
    book.save(path)
    typed = path.read_bytes()
    assert main(arguments) == 2
    assert "可能已经填写" in capsys.readouterr().err
    assert path.read_bytes() == typed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["周报"], "没有填报工作簿“周报”：可用的有 tipoffs（举报登记）"),
        ([], "supervised（督办事项）"),
        (["findings", "--month", "2026年11月"], "月份“2026年11月”的写法不对"),
        (["findings", "--street", "红星街道"], "三级网格表里没有“红星街道”：请照表写，现有 红旗街道、青禾街道"),
        (["findings", "--unit", "甲/乙"], "不能作文件名"),
        (["findings", "--rows", "0"], "--rows 的值无效"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_line_that_says_what_there_is(office, tmp_path, capsys, arguments, said):
    assert main(["template", *arguments, "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert len(told.err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_unit_that_is_not_on_the_list_is_told(office, tmp_path, capsys):
    assert main(["template", "progress", "--unit", "区水务局", "--out", str(tmp_path)]) == 0
    assert "单位名录里没有“区水务局”" in capsys.readouterr().err
