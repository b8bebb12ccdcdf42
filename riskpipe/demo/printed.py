"""The forms as they are printed: headings and marks of a sheet, taken from riskpipe.forms.

The senders of the made-up city fill in the same forms an office hands out. Its exports and
hand-made sheets have headings of their own, which stand with their sources.
"""

from functools import cache

from riskpipe.demo.plan import packaged_rules
from riskpipe.forms.books import Book, book_of
from riskpipe.forms.columns import Sheet
from riskpipe.forms.information import Information, information_of


@cache
def book(name: str) -> Book:
    """The workbook of a kind or of an attached sheet's Chinese name."""
    return book_of(name, packaged_rules())


@cache
def sheet(name: str) -> Sheet:
    """The main sheet of a workbook by its kind (`findings`)."""
    return book(name).main


@cache
def headings(name: str) -> tuple[str, ...]:
    """The headings of a workbook's main sheet, left to right."""
    return tuple(column.heading for column in sheet(name).columns)


@cache
def information(name: str) -> Information:
    """The items of sheet 报送信息."""
    return information_of(book(name), packaged_rules())


@cache
def words() -> dict[str, str]:
    """Instruction and signature line."""
    return dict(packaged_rules().document("forms/guide"))
