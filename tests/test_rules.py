"""The one rule loader: overlays, encodings, versions, and errors that say where."""

import pytest

from riskpipe.rules import RuleError, Rules

HEADER = "id,from_on,to_on,is_workday,name,is_off\n"


@pytest.fixture
def office(tmp_path):
    (tmp_path / "calendar").mkdir()
    return tmp_path


def overlay(office, text, encoding="utf-8"):
    (office / "calendar" / "holidays.csv").write_bytes(text.encode(encoding))
    return {row["id"]: row for row in Rules(office).rows("calendar/holidays")}


def test_an_office_row_replaces_the_packaged_row_of_the_same_id(office):
    rows = overlay(office, HEADER + "2025-01-01,2025-01-01,2025-01-02,否,元旦（本地）,\n")
    assert rows["2025-01-01"]["name"] == "元旦（本地）"
    assert rows["2026-01-01"]["name"] == "元旦"


def test_is_off_takes_a_packaged_row_out(office):
    rows = overlay(office, HEADER + "2025-01-01,2025-01-01,2025-01-01,否,元旦,是\n")
    assert "2025-01-01" not in rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_office_files_are_read_in_the_encodings_offices_save(office, encoding):
    rows = overlay(office, HEADER + "x,2025-01-01,2025-01-01,否,龘日,\r\n", encoding)
    assert rows["x"]["name"] == "龘日"


def test_a_ragged_row_is_refused_with_its_file_and_first_cell(office):
    with pytest.raises(RuleError, match="holidays.csv.*2025-01-01"):
        overlay(office, HEADER + "2025-01-01,2025-01-01\n")


def test_the_version_changes_with_content_and_not_with_line_ends(office):
    plain = Rules(office).version(["calendar/holidays"])
    overlay(office, "id,from_on,to_on,is_workday,name\nx,2025-01-01,2025-01-01,否,甲\n")
    unix = Rules(office).version(["calendar/holidays"])
    overlay(office, "id,from_on,to_on,is_workday,name\r\nx,2025-01-01,2025-01-01,否,甲\r\n")
    windows = Rules(office).version(["calendar/holidays"])
    assert plain != unix
    assert unix == windows


def test_a_broken_toml_is_named(office):
    (office / "thing.toml").write_text("a = [", "utf-8")
    with pytest.raises(RuleError, match="thing.toml"):
        Rules(office).document("thing")


def test_a_missing_rule_says_what_to_look_at(office):
    with pytest.raises(RuleError, match="raw/rules"):
        Rules(office).rows("no/such")
