"""Counted from the written files by other means, the figures are those the truth promises."""

from datetime import datetime

import pytest

from tests.demo import counting
from tests.demo.conftest import build

PUBLISHED = {
    "register": {
        "calls": 3081, "verified": 821, "substantiated": 400, "paid_200": 129, "paid_500": 77,
        "paid_yuan": 64300,
    },
    "incidents": {
        "自然灾害": 6, "事故灾难": 286, "公共卫生事件": 23, "社会安全事件": 402, "stated_major": 115,
    },
    "urgent": 69,
    "places": {
        "工矿商贸企业": 26042, "公共服务场所": 3946, "建筑施工企业": 2103, "旅游休闲服务场所": 1442,
        "交通运输企业、学校和幼儿园、饮食服务": 2415, "其它场所": 6347,
    },
    "key_register": {
        "自然灾害": 3, "事故灾难": 18, "公共卫生事件": 11, "社会安全事件": 13, "rectified": 16, "open": 29,
    },
    "orders": {
        "web": [222, 222], "hotline12345": [21062, 20658], "grid": [74991, 74159], "line": [2667, 2661],
    },
    "video": [2974, 2475],
    "grids": [1, 18, 187],
    "totals": {"群众报警": 1413989, "有效警情": 405885},
}  # fmt: skip


def check(raw, expected):
    register = counting.count_register(raw)
    assert register == {k: expected["register"][k] for k in register}
    assert counting.count_incidents(raw) == expected["incidents"]
    assert counting.count_urgent(raw) == expected["urgent"]
    assert counting.count_places(raw) == expected["places"]
    assert counting.count_key_register(raw) == expected["key_register"]
    for name, pair in expected["orders"].items():
        assert counting.count_orders(raw, name) == list(pair), name
    assert counting.count_video(raw) == expected["video"]
    assert counting.count_grids(raw) == expected["grids"]
    totals = counting.count_totals(raw)
    assert {name: totals[name][0] for name in expected["totals"]} == expected["totals"]


def test_a_small_city_gives_back_what_its_truth_promises(city):
    check(city.raw, city.truth["expected"])


@pytest.mark.long
def test_the_whole_city_gives_back_the_published_figures(tmp_path):
    whole = build(tmp_path, scale=1.0, months=23, seed=7)
    check(whole.raw, PUBLISHED)
    totals = counting.count_totals(whole.raw)
    for name, change in (("群众报警", -14.5), ("有效警情", -7.96)):
        now, before = totals[name]
        assert round((now / before - 1) * 100, 2) == change


def test_urgent_incidents_carry_both_clocks_in_order(city):
    urgent = [r for r in counting.incident_rows(city.raw) if r["上报时间"]]
    assert urgent
    for row in urgent:
        assert row["发生时间"] <= row["接报时间"] <= row["同意报送时间"] <= row["上报时间"]


def test_deaths_move_between_first_and_final_report(city):
    reports = {}
    for path in counting.delivered(city.raw, "突发事件_*.xlsx"):
        for row in counting.form_rows(path, "突发事件"):
            reports.setdefault(row["事件编号"], []).append((row["信息类型"], row["死亡（人）"]))
    moved = [r for r in reports.values() if len({deaths for _, deaths in r}) > 1]
    assert moved


def test_no_closing_lies_after_its_delivery(city):
    for path in counting.delivered(city.raw, "12345转办_*.csv"):
        sent = datetime.fromisoformat(path.parts[-3])
        for row in counting.csv_rows(path, "gb18030"):
            assert not row["办结时间"] or counting.day_of(row["办结时间"]) < sent
