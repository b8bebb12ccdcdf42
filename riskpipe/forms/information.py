"""Sheet 报送信息: who sends what for which period, in two columns 项目 and 内容.

`forms/information.toml` and the words intake knows the items by go in as `Column`s, the sheet
is written with what is known filled in and what must not change locked. Who reads it back is
intake's facts.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from riskpipe.forms.books import Book
from riskpipe.forms.columns import Column, Mark, column_of
from riskpipe.forms.dictionary import key_of
from riskpipe.forms.materials import Filling, Materials
from riskpipe.forms.table import A4, FIRST_ROW
from riskpipe.forms.validations import validation
from riskpipe.rules import Rules
from riskpipe.tables.base import columns_of
from riskpipe.tables.intake import Deliveries

NAME = "报送信息"
DATA = "forms/information"
COUNTED_ROWS = 5000
"""How far down the count of filled rows looks: rows may be added under the numbered ones."""


@dataclass(frozen=True)
class Information:
    """The items in printed order, those that are locked, and the version stamp."""

    items: tuple[Column, ...]
    locked: frozenset[str]
    version: str


def information_of(book: Book, rules: Rules) -> Information:
    """The items of a workbook; some are required of some workbooks only."""
    document = rules.document(DATA)
    known = rules.document("intake/sheets")["facts"]
    columns = {c.name: c for c in columns_of(Deliveries)}
    items = []
    for name, facts in document["items"].items():
        heading = facts.get("heading") or known[name][0]
        # 有/无 is asked in words; the ledger keeps it as a flag.
        item = column_of(name, facts, heading, None if "choices" in facts else columns.get(name))
        is_required = book.name in facts.get("required_in", ())
        items.append(replace(item, mark=Mark.ALWAYS) if is_required else item)
    locked = {name for name, facts in document["items"].items() if facts.get("is_locked")}
    return Information(tuple(items), frozenset(locked), document["template_version"])


def write(page: Worksheet, book: Book, information: Information, materials: Materials) -> None:
    """Write the sheet and lock what the form itself fills in."""
    formats = materials.formats
    page.write_string(0, 0, "项目", formats["head"])
    page.write_string(0, 1, "内容", formats["head"])
    values = _known(book, materials.filling, information)
    for row, item in enumerate(information.items, 1):
        page.write_string(row, 0, item.heading, formats[f"item {item.mark}"])
        is_locked = item.name in information.locked
        look = formats["given"] if is_locked else formats[f"answer {item.type}"]
        _write(page, row, values.get(item.name), look)
        if not is_locked:
            options = validation(item, materials.placed.get(key_of(item)), "")
            page.data_validation(row, 1, row, 1, options)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 44)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.protect("", {"format_columns": True})


def _known(
    book: Book, filling: Filling, information: Information
) -> Mapping[str, str | date | None]:
    first, last = filling.period or (None, None)
    column = xl_col_to_name(book.main.place_of(book.main.counted))
    cells = f"'{book.title}'!${column}${FIRST_ROW + 1}:${column}${COUNTED_ROWS}"
    return {
        "sending_unit": filling.sender,
        "kind": book.title,
        "period_from_on": first,
        "period_to_on": last,
        "stated_rows": f"=COUNTA({cells})",
        "template_version": information.version,
    }


def _write(page: Worksheet, row: int, value: str | date | None, look: Format) -> None:
    if not value:
        page.write_blank(row, 1, None, look)
    elif isinstance(value, date):
        page.write_datetime(row, 1, value, look)
    elif value.startswith("="):
        page.write_formula(row, 1, value, look, 0)
    else:
        page.write_string(row, 1, value, look)
