"""The one taxonomy file: the vocabulary's words, in printed order, no code claimed verified."""

import datetime as dt

import pyarrow as pa

from riskpipe import vocabulary as v
from riskpipe.rules import Rules
from riskpipe.tables import model_of
from riskpipe.tables.base import schema_of
from riskpipe.tables.classification import Taxonomy
from riskpipe.tables.marts import UNSPLIT
from riskpipe.walk.ruletables import rule_table
from tests.marts.drawing import said
from tests.rows import rows
from tests.setlogic import made, packaged, rules_of

PLAN_2006, PLAN_2025 = dt.date(2006, 1, 8), dt.date(2025, 2, 25)


def test_the_taxonomy_is_the_vocabulary_in_its_order_each_cell_once():
    expected = [
        (category.value, sub, place, sub_place)
        for place, category in enumerate(v.Category, 1)
        for sub_place, sub in enumerate((*v.SUBCATEGORIES.get(category, ()), UNSPLIT), 1)
    ]
    names = ("category", "subcategory", "category_order", "subcategory_order")
    assert said(rules_of(Taxonomy), *names) == expected


def test_slugs_are_unique_and_those_of_whole_categories_are_the_prediction_files():
    table = rules_of(Taxonomy).to_pylist()
    slugs = [row["slug"] for row in table]
    assert len(set(slugs)) == len(slugs)
    assert {r["category"]: r["slug"] for r in table if r["subcategory"] == UNSPLIT} == {
        category.value: slug for category, slug in v.CATEGORY_SLUGS.items()
    }


def test_no_code_is_claimed_verified():
    assert {row["is_verified"] for row in packaged().rows("classification/taxonomy")} == {"否"}


def test_what_the_plan_of_2025_added_is_valid_from_that_plan():
    added = {
        row["subcategory"]
        for row in rules_of(Taxonomy).to_pylist()
        if row["valid_from_on"] == PLAN_2025
    }
    assert added == {"民族宗教", "网络与信息安全"}
    assert {r["valid_from_on"] for r in rules_of(Taxonomy).to_pylist()} == {PLAN_2006, PLAN_2025}


HEAD = (
    "slug,category,subcategory,category_order,subcategory_order,code,is_verified,"
    "valid_from_on,valid_to_on,source,mark,note\n"
)


def cells(taxonomy: pa.Table) -> list:
    """The codes that the printed grid of one month carries, and how many cells it has."""
    periods = rows(model_of("periods"), [{"month_on": "2025-10-01"}])
    given = {
        "taxonomy": taxonomy,
        "periods": periods,
        "monthly": schema_of(model_of("monthly")).empty_table(),
    }
    table = made("marts/categories", given, "2025-11-05")
    return [row for row in table.to_pylist() if row["subject"] == "隐患"]


def test_a_code_from_memory_is_printed_nowhere():
    assert {row["code"] for row in cells(rules_of(Taxonomy))} == {None}


def test_an_official_table_pasted_by_an_office_brings_its_codes(tmp_path):
    folder = tmp_path / "classification"
    folder.mkdir()
    folder.joinpath("taxonomy.csv").write_text(
        HEAD + "natural_water,自然灾害,水旱,1,1,11111,是,2018-07-01,,GB/T 35561—2017,V,\n"
        # under a name of its own: the cell is still printed once, with the verified code
        "官方气象,自然灾害,气象,1,2,22222,是,2018-07-01,,GB/T 35561—2017,V,\n",
        encoding="gb18030",
    )
    own = rule_table(Rules(tmp_path).rows("classification/taxonomy"), Taxonomy, "taxonomy")
    found = cells(own)
    assert len(found) == len(cells(rules_of(Taxonomy)))
    coded = {row["subcategory"]: row["code"] for row in found if row["code"]}
    assert coded == {"水旱": "11111", "气象": "22222"}
