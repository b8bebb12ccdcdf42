"""Sentences by hand for given numbers: rises, falls, no change, no base, a small base."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskpipe.consultation.desk import percent, shares
from riskpipe.consultation.issue import say
from riskpipe.consultation.wording import (
    breakdown,
    compare,
    compare_rates,
    month_on_month,
    rate_with_counts,
    share_of,
    year_on_year,
)

MONTH = "2026年10月"


@pytest.mark.parametrize(
    ("now", "base", "read"),
    [
        (45, 40, "同比上升12.5%（上年同期40起）"),
        (30, 40, "同比下降25.0%（上年同期40起）"),
        (40, 40, "同比持平（上年同期40起）"),
        (0, 40, "同比下降100.0%（上年同期40起）"),
        (7, 0, "上年同期0起"),
        (0, 0, "上年同期0起"),
        (12, 4, "上年同期4起"),
        (5, 5, "同比持平（上年同期5起）"),
        (12, None, "无上年同期数据"),
        (20001, 20000, "同比增加1起（上年同期20000起）"),
        (19999, 20000, "同比减少1起（上年同期20000起）"),
        (2, 6, "同比下降66.7%（上年同期6起）"),
    ],
)
def test_same_month_last_year(desk, now, base, read):
    told = compare(desk, "incident_count", now, base, year_on_year(MONTH))
    assert say(told).text == read


def test_last_month_has_its_own_words(desk):
    told = compare(desk, "found_count", 66, 60, month_on_month(desk))
    assert say(told).text == "环比上升10.0%（上月60处）"


def test_a_change_carries_what_it_was_made_of(desk):
    rise = compare(desk, "incident_count", 45, 40, year_on_year(MONTH))[1]
    assert (rise.metric, rise.value, rise.numerator, rise.denominator) == (
        "yoy",
        Decimal("12.5"),
        5,
        40,
    )
    assert rise.basis == "2026年10月比上年同期"


@pytest.mark.parametrize(
    ("now", "before", "read"),
    [
        ((90, 100), (85, 100), "，比上年同期提高5.0个百分点"),
        ((80, 100), (85, 100), "，比上年同期下降5.0个百分点"),
        ((85, 100), (170, 200), "，与上年同期持平"),
        ((85, 100), (0, 0), ""),
    ],
)
def test_rates_differ_by_points_not_per_cent(desk, now, before, read):
    rates = [desk.rate("satisfied_rate", *pair, MONTH) for pair in (now, before)]
    assert say(compare_rates(desk, *rates)).text == read


def test_a_rate_stands_with_its_counts(desk):
    rate = desk.rate("substantiated_rate", 400, 821, MONTH)
    assert say(rate_with_counts(rate)).text == "48.7%（400/821）"


def test_a_rate_over_nothing_is_no_rate(desk):
    rate = desk.rate("substantiated_rate", 0, 0, MONTH)
    assert (rate.value, rate.text) == (None, "—")


def test_four_categories_and_their_shares(desk):
    counts = [("自然灾害", 6), ("事故灾难", 286), ("公共卫生事件", 23), ("社会安全事件", 402)]
    read = say(breakdown(desk, "incident_count", counts, MONTH)).text
    assert read == (
        "自然灾害6起、事故灾难286起、公共卫生事件23起、社会安全事件402起，"
        "分别占0.8%、39.9%、3.2%、56.1%"
    )


def test_shares_of_few_are_not_told(desk):
    counts = [("自然灾害", 0), ("事故灾难", 3), ("公共卫生事件", 0), ("社会安全事件", 1)]
    read = say(breakdown(desk, "incident_count", counts, MONTH)).text
    assert read == "自然灾害0起、事故灾难3起、公共卫生事件0起、社会安全事件1起"
    assert share_of(desk, "incident_count", ("事故灾难", 3), 4, MONTH) == []


def test_money_is_exact(desk):
    assert desk.money("paid_yuan", Decimal("64300.00"), MONTH).text == "64300"
    assert desk.money("paid_yuan", Decimal("64300.50"), MONTH).text == "64300.50"
    assert desk.money("direct_loss", Decimal("12345600.00"), MONTH).text == "1234.56"
    assert desk.money("direct_loss", Decimal("0.00"), MONTH).text == "0"


def test_nearly_everything_is_not_everything():
    assert percent(400, 821) == Decimal("48.7")
    assert percent(97700, 98942) == Decimal("98.7")
    assert percent(99999, 100000) == Decimal("100.00").quantize(Decimal("0.01"))
    assert percent(1, 10000) == Decimal("0.01")
    assert percent(1, 1) == Decimal("100.0")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_shares_add_up(parts):
    told = shares(parts)
    assert sum(told) == (Decimal("100.0") if sum(parts) else 0)
    for part, share in zip(parts, told, strict=True):
        assert not sum(parts) or abs(Decimal(part) * 100 / sum(parts) - share) <= Decimal("0.1")
