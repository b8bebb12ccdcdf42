"""Person columns: names stay as written; days, numbers and states are not persons."""

import pyarrow as pa
import pytest

from riskpipe.screening.days import Reckoning
from riskpipe.screening.persons import strangers


@pytest.fixture
def strange(words):
    def asked(name, *cells):
        text = pa.array(cells, pa.string())
        return strangers(name, text, words.persons, words.days, Reckoning(False, None)).tolist()

    return asked


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-05", "2026-03-05 00:00:00", "2026.3.5", "2026年3月5日", "46086", "20260305", "3月5日",
        "2026-02-30", "830日", "12", "0.5",
        "已整改", "合格", "整改中", "/", "—", "〔电话〕",
    ],
)  # fmt: skip
def test_what_is_no_person(strange, cell):
    assert strange("rechecked_by", cell, "甲某", None) == [True, False, False]


@pytest.mark.parametrize(
    "cell",
    [
        "甲某",
        "甲某、乙某",
        "甲某 乙某",
        "工号0317",
        "甲某〔电话〕",
        "安全科2组",
        "Ahmed",
        "阿依·古丽",
        "李已",
    ],
)
def test_who_may_be_one(strange, cell):
    assert strange("inspectors", cell) == [False]


def test_a_badge_number_stands_for_a_person_where_the_form_allows_it(strange):
    assert strange("received_by", "1007", "D12", "2026-03-05") == [False, False, True]
    assert strange("handled_by", "1007") == [True]
