"""A row that holds several findings, through the whole walk: one row of its sheet, several hazards."""

import pytest

from riskpipe.walk import laws
from riskpipe.walk.bench import Bench
from tests.intake.builders import LEDGER, finding, workbook
from tests.walking import office_at, walk

SEVERAL = "2号楼：1.灭火器压力不足；2.疏散通道堆放纸箱；3.应急照明损坏"


@pytest.fixture(scope="module")
def bench(tmp_path_factory) -> Bench:
    folder = tmp_path_factory.mktemp("several")
    rows = [
        LEDGER,
        finding(1),
        finding(2, 隐患描述=SEVERAL),
        finding(3, 隐患描述="1.配电箱缺门；3.飞线充电"),
        finding(4, 隐患描述=SEVERAL, 检查日期="830日"),
    ]
    drop = folder / "raw" / "2026-02-02" / "红旗街道"
    drop.mkdir(parents=True)
    workbook(drop / "台账.xlsx", {"隐患排查台账": rows})
    return walk(office_at(folder))


def test_the_account_counts_rows_of_the_sheet(bench):
    account = bench.shared.read("intake/sheets").to_pylist()[0]
    assert (account["rows_seen"], account["rows_accepted"], account["rows_rejected"]) == (5, 3, 1)
    assert laws.unbalanced_sheets(bench.shared) == 0
    assert laws.unlanded_rows(bench.shared, bench.rules) == {}


def test_every_item_is_a_finding_of_its_own_and_keys_stay_unique(bench):
    found = bench.own.read("register/findings").to_pylist()
    assert [(row["row_no"], row["item_no"]) for row in found] == [
        (2, 1),
        (3, 1),
        (3, 2),
        (3, 3),
        (4, 1),
    ]
    assert found[2]["description"] == "2号楼：疏散通道堆放纸箱"
    assert bench.own.rows_of("register/hazards") == 5
    assert laws.repeated_keys(bench) == {}
    assert laws.uncounted_records(bench) == {}


def test_a_lost_row_of_several_findings_is_missed_once(bench):
    landed = bench.shared.read("intake/landed_findings")
    kept = [row_no != 3 for row_no in landed["row_no"].to_pylist()]
    stamp = bench.shared.fingerprint_of("intake/landed_findings")
    bench.shared.write("intake/landed_findings", landed.filter(kept), "x")
    try:
        assert laws.unlanded_rows(bench.shared, bench.rules) == {"findings": 1}
    finally:
        bench.shared.write("intake/landed_findings", landed, stamp)


def test_an_unclear_numbering_is_told_where_it_stands(bench):
    told = [
        n for n in bench.shared.read("intake/notices").to_pylist() if n["rule"] == "unclear_items"
    ]
    assert [(n["row_no"], n["heading"]) for n in told] == [(4, "隐患描述")]
