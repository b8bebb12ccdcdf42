"""Cases of the two common makes: a workbook of pages, a text file of one page."""

from typing import Any

from tests.hostile.case import Case
from tests.hostile.page import Page, fate
from tests.hostile.writing import Finish, text_of, xlsx

TEXT = ""
"""The sheet name of a text file."""


def on_text(count: int) -> Page:
    """A page of a text file: headings and sound records."""
    page = Page(TEXT)
    page.head()
    return page.many(count)


def ledger(count: int) -> Page:
    """A page of a workbook: headings and sound records."""
    page = Page()
    page.head()
    return page.many(count)


def workbook_case(
    theme: str, name: str, *pages: Page, finish: Finish | None = None, file: str = "", **more: Any
) -> Case:
    """A workbook and what its pages say must become of it."""
    expected = fate(*pages, **more)
    return Case(name, theme, file or f"{name}.xlsx", lambda: xlsx(*pages, finish=finish), expected)


def text_case(
    theme: str,
    name: str,
    page: Page,
    encoding: str = "utf-8",
    delimiter: str = ",",
    ending: str = "\r\n",
    file: str = "",
    **more: Any,
) -> Case:
    """A delimited file and what its page says must become of it."""
    return Case(
        name,
        theme,
        file or f"{name}.csv",
        lambda: text_of(page.rows, delimiter, ending).encode(encoding),
        fate(page, **more),
    )
