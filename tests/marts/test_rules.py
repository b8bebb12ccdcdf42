"""This stage's rule rows: they hold together, and say the vocabulary's words."""

from itertools import pairwise

from riskpipe import vocabulary as v
from riskpipe.tables import marts
from tests.marts.drawing import said
from tests.setlogic import packaged, rules_of


def test_age_bands_leave_no_gap_and_no_overlap():
    bands = said(rules_of(marts.Bands), "band_order", "from_days", "to_days")
    assert bands[0][1] == 0
    assert bands[-1][2] is None
    for this, following in pairwise(bands):
        assert following[0] == this[0] + 1
        assert following[1] == this[2] + 1


def test_the_bases_are_those_the_mart_knows():
    names = [basis for (basis,) in said(rules_of(marts.Bases), "basis")]
    assert names == ["all", "transferred", "cohort", "due", "on_time"]


def test_every_delivered_kind_can_be_owed_by_its_printed_name():
    known = dict(said(rules_of(marts.Kinds), "owed_kind", "kind"))
    assert {title: known.get(title) for title in v.KIND_TITLES.values()} == {
        title: kind.value for kind, title in v.KIND_TITLES.items()
    }


def test_every_rule_row_names_its_source_or_is_a_list_of_names():
    for name in ("bases", "limits"):
        assert all(row["source"] for row in packaged().rows(f"marts/{name}"))
