"""The committed data dictionary is the one the models give."""

from riskpipe.dictionary import PAGE, dictionary


def test_the_page_is_up_to_date():
    assert PAGE.read_text("utf-8") == dictionary(), "run: python -m riskpipe.dictionary"


def test_a_column_shows_its_codes_and_whom_it_names():
    page = dictionary()
    assert "| `grade` | 隐患等级 | 文字 |  |  | 一般、重大；取值：一般、重大 |  |" in page
    assert "举报人代号" in page
