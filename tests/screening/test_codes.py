"""Code lists: what is read as what is data, and data points only at real codes."""

import pytest

from riskpipe.screening.codes import form
from riskpipe.tables.base import columns_of
from riskpipe.tables.delivered import LandedFindings, LandedTipoffs
from riskpipe.tables.intake import Deliveries
from riskpipe.vocabulary import PLACE_TYPES, TRADES


def column(model, name):
    return next(c for c in columns_of(model) if c.name == name)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("已整改", "已整改待复查"),  # never 已销号: closed needs a passed re-inspection
        ("已整改销号", "已销号"),
        ("现场处置", "当场整改"),
        (" 整改 中 ", "整改中"),
        ("快了", None),
    ],
)
def test_states(codes, written, code):
    assert codes.code_of(column(LandedFindings, "state"), written) == code


@pytest.mark.parametrize("written", ["较大", "重点", "1级", "一般3级"])
def test_local_grades_are_no_grades(codes, written):
    assert codes.code_of(column(LandedFindings, "grade"), written) is None


def test_brackets_of_either_width(codes):
    channel = column(LandedTipoffs, "channel")
    assert codes.code_of(channel, "区(县)热线") == "区（县）热线"


def test_every_alias_leads_to_a_code_of_its_column(codes):
    from riskpipe.reception.desk import models_by_kind

    known: dict[str, set[str]] = {}
    for model in (*models_by_kind().values(), Deliveries):
        for c in columns_of(model):
            known.setdefault(c.name, set()).update(map(str, c.codes))
    for name, aliases in codes.aliases.items():
        allowed = known[name] or {"1", "2", "3"}
        assert set(aliases.values()) <= allowed, name


def test_no_alias_takes_a_code_from_itself(codes):
    from riskpipe.reception.desk import models_by_kind

    for model in models_by_kind().values():
        for c in columns_of(model):
            for code in c.codes:
                assert codes.code_of(c, str(code)) == code


def test_every_trade_rolls_up_to_a_place_type(codes):
    assert {codes.place_of(trade) for trade in TRADES} <= set(PLACE_TYPES)
    assert {codes.place_of(place) for place in PLACE_TYPES} == set(PLACE_TYPES)
    assert form("其它场所") in codes.places
