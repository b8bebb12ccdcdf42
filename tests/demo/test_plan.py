"""The plan gives the published figures at scale 1, and splits keep their sums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskpipe.demo.months import Month
from riskpipe.demo.plan import Plan, split

YEAR = [Month(2025, n) for n in range(1, 13)]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan(1.0, 7)


def test_register_of_eleven_months(plan):
    months = [plan.register(m) for m in YEAR[:11]]
    assert {k: sum(m[k] for m in months) for k in months[0]} == {
        "calls": 3081, "verified": 821, "paid_200": 129, "paid_500": 77, "not_eligible": 194,
    }  # fmt: skip
    assert plan.register(YEAR[11])["calls"] > 0


@pytest.mark.parametrize(
    ("source", "received", "closed"),
    [
        ("web", 222, 222),
        ("hotline12345", 21062, 20658),
        ("grid", 74991, 74159),
        ("line", 2667, 2661),
    ],
)
def test_orders_of_the_year(plan, source, received, closed):
    months = [plan.orders(source, m) for m in YEAR]
    assert sum(m[0] for m in months) == received
    assert received - sum(m[1] for m in months) == closed


def test_places_incidents_video_and_key_register(plan):
    rows = [plan.places(m)[0] for m in YEAR[:10]]
    assert [sum(r[i] for r in rows) for i in range(6)] == [26042, 3946, 2103, 2415, 1442, 6347]
    rows = [list(plan.incidents(m).values()) for m in YEAR[:11]]
    assert [sum(r[i] for r in rows) for i in range(4)] == [6, 286, 23, 402]
    assert [sum(plan.video(m)[i] for m in YEAR) for i in (0, 1)] == [2974, 2475]
    counts, rectified = plan.key_register(2025)
    assert (list(counts.values()), rectified) == ([3, 18, 11, 13], 16)


@pytest.mark.parametrize("scale", [0.02, 0.3, 14.0])
def test_other_scales_stay_proportional_and_keep_something_of_everything(scale):
    plan = Plan(scale, 1)
    months = [plan.register(m) for m in YEAR[:11]]
    totals = {k: sum(m[k] for m in months) for k in months[0]}
    assert totals["calls"] == pytest.approx(3081 * scale, abs=1)
    assert totals["paid_200"] + totals["paid_500"] + totals["not_eligible"] == pytest.approx(
        400 * scale, abs=1
    )
    assert min(totals.values()) > 0
    assert all(m["verified"] <= m["calls"] for m in months)
    assert min(plan.key_register(2025)[0].values()) > 0


def test_other_years_differ():
    plan = Plan(1.0, 7)
    counts = [
        sum(plan.orders("grid", Month(y, n))[0] for n in range(1, 13)) for y in (2024, 2025, 2026)
    ]
    assert len(set(counts)) == 3


@given(
    st.integers(0, 10_000),
    st.lists(st.floats(0.01, 100), min_size=1, max_size=20),
    st.integers(0, 3),
)
def test_a_split_keeps_its_sum_and_stays_near_its_share(total, weights, least):
    parts = split(total, weights, least)
    assert sum(parts) == total
    assert min(parts) >= (least if total >= least * len(weights) else 0)
    if least == 0:
        whole = sum(weights)
        assert all(abs(p - total * w / whole) < 1.0001 for p, w in zip(parts, weights, strict=True))
