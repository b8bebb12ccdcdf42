"""Forms: the fill-in workbooks an office hands out, made from the table models and the layouts.

columns.py says what stands in each column of a sheet, books.py which sheets make a workbook,
lists.py what its drop-downs offer; writing.py puts it on paper: guide.py, information.py,
table.py with hints.py, dictionary.py. Office lists and the sender come in as values; where they
are read from, and where the file goes, is the walk's business. Nothing is read back here: that
a filled form is understood is intake's, and a test holds the two together.
"""

from riskpipe.forms.books import Book, UnknownFormError, book_names, book_of
from riskpipe.forms.lists import OfficeLists
from riskpipe.forms.materials import Filling
from riskpipe.forms.writing import workbook

__all__ = [
    "Book",
    "Filling",
    "OfficeLists",
    "UnknownFormError",
    "book_names",
    "book_of",
    "workbook",
]
