"""The whole workbook as bytes, the same bytes for the same book, lists and filling.

填表说明 · 报送信息 · main sheet · attached sheets · 字典, in this order and nothing else.
"""

import io
from datetime import datetime

import xlsxwriter

from riskpipe.forms import dictionary, guide, information, table
from riskpipe.forms.books import Book
from riskpipe.forms.lists import OfficeLists, offers_of
from riskpipe.forms.materials import Filling, Materials
from riskpipe.forms.rowheights import growing
from riskpipe.forms.styles import formats_of
from riskpipe.rules import Rules

GUIDE = "forms/guide"
# Nothing typed turns into a formula or a link; a small workbook needs no temporary files.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# A clock in the file would make two runs differ.
CREATED = datetime(2026, 1, 1)


def workbook(book: Book, filling: Filling, office: OfficeLists, rules: Rules) -> bytes:
    """The .xlsx of a book, ready to be handed out. Raises RuleError for data that do not fit."""
    sink = io.BytesIO()
    words = rules.document(GUIDE)
    info = information.information_of(book, rules)
    placed = dictionary.lay_out(book, info.items, offers_of(office, rules))
    out = xlsxwriter.Workbook(sink, OPTIONS)
    out.set_properties({"title": book.title, "author": "", "created": CREATED})
    materials = Materials(filling, placed, words, formats_of(out))
    page = out.add_worksheet
    guide.write(page(guide.NAME), book, info.version, materials)
    information.write(page(information.NAME), book, info, materials)
    for sheet in book.sheets:
        table.write(page(sheet.name), sheet, materials)
    dictionary.write(page(dictionary.NAME), placed, materials.formats)
    out.close()
    return growing(sink.getvalue())
