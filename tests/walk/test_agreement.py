"""How often the office agreed: what is counted, what is extrapolated, and the interval."""

import datetime as dt

import pytest

from riskpipe.walk.agreement import Rate, Tally, agreement_in, wilson

# Newcombe, R. G. (1998), Statistics in Medicine 17:857-872, table I, method 3.
PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("hits", "count", "low", "high"), PUBLISHED)
def test_the_interval_is_the_published_one(hits, count, low, high):
    assert wilson(hits, count) == pytest.approx((low, high), abs=0.00005)


def review(number, system, category, **more):
    base = {"subject_table": "举报登记", "subject_no": number, "row_id": number}
    base |= {"reviewed_on": dt.date(2026, 11, 5), "received_on": dt.date(2026, 11, 6)}
    base |= {"system_category": system, "category": category, "drawn_as": "抽检"}
    return base | more


def test_only_the_sample_gives_a_rate():
    found = agreement_in(
        [
            review("1", "事故灾难", "事故灾难"),
            review("2", "自然灾害", "事故灾难"),
            review("3", "未分类", "事故灾难", drawn_as="待复核"),
            review("4", "事故灾难", "非突发事件", drawn_as=None),
        ]
    )
    assert found.sampled == (Tally("自然灾害", 1, 0), Tally("事故灾难", 1, 1))
    assert found.chosen == (Tally("事故灾难", 1, 0), Tally("未分类", 1, 0))
    assert found.rate == Rate(1, 2, *wilson(1, 2))


def test_of_several_reviews_of_a_record_the_last_day_counts():
    later = review("1", "事故灾难", "事故灾难", reviewed_on=dt.date(2026, 11, 9), row_id="a")
    found = agreement_in([later, review("1", "事故灾难", "非突发事件", row_id="b")])
    assert found.sampled == (Tally("事故灾难", 1, 1),)


def test_without_a_comparable_review_there_is_nothing_to_tell():
    found = agreement_in([review("1", None, "事故灾难")])
    assert (found.chosen, found.sampled, found.rate) == ((), (), None)
