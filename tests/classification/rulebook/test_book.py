"""The book's data against the rule files: no column without a heading, no kind without a name."""

from riskpipe.classification import rule_names
from riskpipe.classification.rulebook.book import BOOK, DECISION, KIND_NAMES
from riskpipe.classification.rulebook.clashes import clashes
from riskpipe.classification.rulebook.decision import document_of, overlay_of, settings_of
from riskpipe.classification.rulebook.faults import faults
from riskpipe.classification.rulebook.standing import packaged, standing
from riskpipe.classification.rulerows import AFFECTED, BOUNDS, KINDS, SIDES

BESIDE = {"classification/learned"}
"""Written by the program, not by an analyst."""


def test_every_rule_file_of_the_classifier_is_in_the_book(sheets):
    told = {sheet.rule for sheet in sheets} | {DECISION} | BESIDE
    assert told >= set(rule_names())


def test_every_column_has_a_chinese_heading(sheets):
    said = {
        (sheet["rule"], column["name"])
        for sheet in packaged().document(BOOK)["sheets"]
        for column in sheet["columns"]
    }
    assert said == {(sheet.rule, column.name) for sheet in sheets for column in sheet.columns}


def test_every_kind_has_a_chinese_name_of_its_own():
    rows = packaged().rows(KIND_NAMES)
    assert {row["kind"] for row in rows} >= set(KINDS)
    assert len({row["title"] for row in rows}) == len(rows)


def test_choices_are_those_the_classifier_takes(sheets):
    columns = {c.name: set(c.choices) for sheet in sheets for c in sheet.columns if c.choices}
    assert columns == {"side": set(SIDES), "bound": set(BOUNDS), "affects": set(AFFECTED)}


def test_the_packaged_rules_have_no_fault_and_none_stands_in_another_s_way(sheets):
    book = {sheet.rule: standing(sheet, packaged()) for sheet in sheets}
    assert not [str(one) for one in faults(sheets, book, packaged())]
    assert not [str(one) for one in clashes(sheets, book, packaged()) if one.is_error]


def test_every_decision_number_says_what_it_is_for():
    assert all(setting.note for setting in settings_of(packaged()))


def test_only_changed_numbers_go_into_the_offices_file():
    assert overlay_of(document_of({}, packaged())) == ""
    changed = document_of({"margin.thin": "0.07", "further.percent": "60.0"}, packaged())
    assert overlay_of(changed) == "[further]\npercent = 60\n[margin]\nthin = 0.07\n"
