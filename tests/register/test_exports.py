"""A ledger and a software export of the same hazards, as real files: linked, not doubled."""

import csv
from pathlib import Path

import pytest

from tests.intake.builders import workbook
from tests.register.landing import landed_from
from tests.rows import values
from tests.setlogic import walked

LEDGER = ["序号", "隐患编号", "检查日期", "被检查单位", "所属街道", "隐患部位", "隐患描述", "隐患等级",
          "整改期限", "整改状态"]  # fmt: skip
EXPORT = ["隐患ID", "上报时间", "企业名称", "所属镇街", "隐患位置", "隐患描述", "隐患等级", "截止时间",
          "处理进度"]  # fmt: skip
SHOP, PLANT = "宏达商厦有限公司", "顺达机械厂有限公司"


def export(path: Path, *rows) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([EXPORT, *rows])
    return path


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    ledger = workbook(
        folder / "台账.xlsx",
        {
            "隐患排查台账": [
                LEDGER,
                [1, "YH-1", "2026-01-05", SHOP, "红旗街道", "三层东侧", "三层疏散通道堆放纸箱杂物",
                 "一般", "2026-01-20", "整改中"],
                [2, "YH-2", "2026-01-05", SHOP, "红旗街道", "一层", "应急照明灯损坏未及时更换",
                 "一般", "2026-01-20", "整改中"],
                [3, "YH-3", "2026-01-06", PLANT, "红旗街道", "冲压车间", "冲床光电保护装置失效",
                 "重大", "2026-01-31", "整改中"],
            ]
        },
    )  # fmt: skip
    software = export(
        folder / "导出.csv",
        ["88012", "2026-01-05 10:22:31", "宏达商厦有限公司 ", "红旗街道", "3F东", "三层疏散通道，堆放纸箱杂物。",
         "一般安全隐患", "2026-01-20", "待验收"],
        ["88013", "2026-01-06 09:10:00", PLANT, "红旗街道", "冲压车间", "冲床光电保护装置失效",
         "一般", "2026-02-15", "待处理"],
        ["88014", "2026-01-06 09:12:00", PLANT, "红旗街道", "冲压车间", "地面油污未清理易滑倒",
         "一般", "2026-02-15", "待处理"],
    )  # fmt: skip
    files = {("2026-02-03", "红旗街道"): [ledger, software]}
    landed = landed_from(files, folder)
    assert set(landed.tables["sheets"]["layout"].to_pylist()) == {
        "findings_ledger",
        "findings_software",
    }
    wanted = ("links", "hazards", "discoveries", "disagreements")
    return walked(wanted, landed.tables, "2026-03-31")


def test_three_and_three_with_two_in_both_are_four_hazards(tables):
    assert values(tables["links"], "member_no", "hazard_id", "rule_id") == [
        ("88012", "F-88012", "seed"),
        ("YH-1", "F-88012", "export"),
        ("88013", "F-88013", "seed"),
        ("YH-3", "F-88013", "export"),
        ("88014", "F-88014", "seed"),
        ("YH-2", "F-YH-2", "seed"),
    ]
    assert tables["hazards"].num_rows == tables["discoveries"].num_rows == 4
    assert sum(tables["hazards"]["finding_count"].to_pylist()) == 6


def test_what_ledger_and_export_say_differently_is_listed(tables):
    told = set(values(tables["disagreements"], "record_key", "title", "value", "other_value"))
    assert told >= {
        ("88012", "整改状态", "已整改待复查", "整改中"),
        ("88012", "隐患部位", "3F东", "三层东侧"),
        ("88013", "隐患等级", "一般", "重大"),
        ("88013", "整改期限", "2026-02-15", "2026-01-31"),
        ("88013", "整改状态", "待整改", "整改中"),
    }
    assert set(tables["disagreements"]["basis"].to_pylist()) == {"同一隐患"}
