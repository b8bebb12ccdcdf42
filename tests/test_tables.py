"""Every model can be read by people and machines alike: names, titles, personal marks."""

import re

import pytest

from riskpipe.tables import all_models, model_of
from riskpipe.tables.base import columns_of, key_of, name_of, schema_of, title_of

MODELS = all_models()
ids = [key_of(model) for model in MODELS]

PEOPLE = re.compile(r"(_by|_person|inspectors|contact_phone)$")


def test_one_word_names_are_unique():
    names = [name_of(model) for model in MODELS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("model", MODELS, ids=ids)
def test_a_table_is_named_titled_and_its_columns_too(model):
    assert re.fullmatch(r"[a-z]+/[a-z_]+", key_of(model))
    assert re.search(r"[一-龥]", title_of(model))
    for column in columns_of(model):
        assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
        assert re.search(r"[一-龥]", column.title), column.name


@pytest.mark.parametrize("model", MODELS, ids=ids)
def test_names_tell_types(model):
    endings = {"_on": "date32[day]", "_at": "timestamp[us]", "_yuan": "decimal128(14, 2)"}
    for column in columns_of(model):
        for ending, arrow in endings.items():
            if column.name.endswith(ending):
                assert str(column.arrow) == arrow, column.name
        if column.name.startswith(("is_", "has_")):
            wanted = "string" if column.name == "is_work_accident" else "bool"
            assert str(column.arrow) == wanted, column.name


@pytest.mark.parametrize("model", MODELS, ids=ids)
def test_reporters_are_pseudonyms_and_no_column_holds_their_particulars(model):
    for column in columns_of(model):
        if column.personal == "reporter":
            assert column.name.endswith("_id"), column.name
        assert not re.search(r"reporter_(name|phone|id_no|address)|payee_(name|phone)", column.name)


def test_a_model_is_found_by_word_and_by_key():
    assert model_of("landed_tipoffs") is model_of("intake/landed_tipoffs")
    with pytest.raises(KeyError):
        model_of("nothing")


def test_types_survive_arrow():
    schema = schema_of(model_of("landed_payouts"))
    assert str(schema.field("approved_yuan").type) == "decimal128(14, 2)"
    assert not schema.field("payout_no").nullable
