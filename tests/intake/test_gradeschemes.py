"""Local grades enter by the office's chosen map alone; the same word means two things elsewhere."""

import pytest

from riskpipe.intake.layout import layouts_of
from riskpipe.intake.reading import read
from riskpipe.rules import RuleError, Rules
from tests.intake.builders import LEDGER, finding, workbook


@pytest.fixture
def graded(tmp_path, limits):
    """Grades of a street's ledger as read under an office's rules: (grade, what was written)."""

    def read_grades(overlay, *written):
        for name, text in overlay.items():
            place = tmp_path / "rules" / "intake" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        rules = Rules(tmp_path / "rules")
        rows = [finding(n, 隐患等级=word) for n, word in enumerate(written, 1)]
        path = workbook(tmp_path / "a.xlsx", {"隐患排查台账": [LEDGER, *rows]})
        fields = (
            read(path.read_bytes(), path.name, layouts_of(rules), rules, limits).bodies[0].fields
        )
        stated = (
            fields["grade_stated"] if "grade_stated" in fields.column_names else fields["grade"]
        )
        return list(zip(fields["grade"].to_pylist(), stated.to_pylist(), strict=True))

    return read_grades


LOCAL = ("一般", "较大", "重点", "二级", "重大")


def test_without_a_choice_every_word_stays_as_written(graded):
    assert graded({}, *LOCAL) == [(word, word) for word in LOCAL]


@pytest.mark.parametrize(
    ("scheme", "mapped"),
    [("larger", {"较大": "一般"}), ("focus", {"重点": "一般"}), ("town", {"二级": "重大"})],
)
def test_a_chosen_map_reads_its_own_words_and_no_other(graded, scheme, mapped):
    overlay = {"sheets.toml": f'grade_scheme = "{scheme}"\n'}
    assert graded(overlay, *LOCAL) == [(mapped.get(word, word), word) for word in LOCAL]


def test_a_sources_own_choice_goes_before_the_offices(graded):
    overlay = {
        "sheets.toml": 'grade_scheme = "town"\n',
        "layouts/findings_ledger.toml": 'grade_scheme = "larger"\n',
    }
    assert graded(overlay, "较大", "二级") == [("一般", "较大"), ("二级", "二级")]


def test_an_office_writes_a_map_of_its_own(graded):
    overlay = {
        "sheets.toml": 'grade_scheme = "本区"\n',
        "gradeschemes.csv": "key,scheme,written,grade,source,note\n"
        "本区/A类,本区,A类,重大,本区隐患分级办法,\n本区/B类,本区,B类,一般,本区隐患分级办法,\n",
    }
    assert graded(overlay, "A类", "b类", "C类") == [
        ("重大", "A类"),
        ("一般", "b类"),
        ("C类", "C类"),
    ]


def test_a_scheme_that_does_not_exist_is_refused_with_those_that_do(graded):
    with pytest.raises(RuleError, match=r"没有名为“三级”.*construction、focus、larger、town"):
        graded({"sheets.toml": 'grade_scheme = "三级"\n'}, "一般")


def test_every_map_leads_to_the_two_grades_of_the_law_and_says_whence(rules):
    rows = rules.rows("intake/gradeschemes")
    assert {row["grade"] for row in rows} == {"一般", "重大"}
    assert all(row["source"] and row["key"] == f"{row['scheme']}/{row['written']}" for row in rows)


def test_a_construction_ledger_reads_its_own_footer(layouts):
    works = next(layout for layout in layouts.layouts if layout.name == "findings_works")
    assert works.repairs["grade"]["3级"] == "一般"
    assert "2级" not in works.repairs["grade"]  # 突出 is neither grade of the law
