"""A form filled in with three mistakes comes back red, goes out corrected, and counts once."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from tests.newcomer.walk import MAIN, ROWS, STREET, can_walk, walked

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_walk(), reason="LibreOffice 或它的 Python 接口没有安装"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return walked(tmp_path_factory.mktemp("newcomer"))


@pytest.fixture(scope="module")
def findings(files):
    table = pq.read_table(files.folder / "warehouse/tables/register/findings.parquet")
    numbers = [f"-202611-{number:04d}" for number in range(1, len(ROWS) + 1)]
    return [row for row in table.to_pylist() if row["finding_no"].endswith(tuple(numbers))]


def test_the_check_names_the_three_cells(files):
    said = files.said["check"]
    assert files.codes["check"] == 1
    assert f"表 {MAIN}：部分接收，205 行＝接收 4＋拒收 1＋忽略 200" in said
    for line in ("拒收：隐患排查台账 第5行 检查日期", "清空：隐患排查台账 第6行 隐患等级",
                 "清空：隐患排查台账 第7行 整改期限"):  # fmt: skip
        assert said.count(line) == 1


def test_it_is_due_back_until_it_is_corrected(files):
    file = f"{STREET}_{MAIN}_2026-11.xlsx　拒收 1 行，清空 2 格"
    assert file in files.said["list"]
    assert f"{MAIN}_2026-11" not in files.said["list again"]


def test_the_corrected_sheet_is_taken_whole(files):
    assert files.codes["check again"] == 0
    assert "接收 5＋拒收 0" in files.said["check again"]


def test_nothing_is_doubled_and_the_corrections_stand(files, findings):
    assert [row["inspected_on"] for row in findings] == [
        date(2026, 11, day) for day in (3, 4, 5, 6, 9)
    ]
    assert [row["grade"] for row in findings] == ["一般"] * 5
    assert findings[3]["due_on"] == date(2026, 11, 16)
    versions = pq.read_table(files.folder / "warehouse/tables/register/versions.parquet")
    counts = {row["row_id"]: row["version_count"] for row in versions.to_pylist()}
    # The second row was rejected the first time: it has one version, the others two.
    assert [counts[row["row_id"]] for row in findings] == [2, 1, 2, 2, 2]
