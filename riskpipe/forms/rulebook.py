"""The 归类规则簿: the classifier's rules as a workbook an analyst edits in Excel or WPS.

Rows as they stand, with their origin, go in; the bytes of a workbook come out, the same for the
same: 说明, a sheet a rule file with drop-downs and free rows, 判定参数, 字典. Which columns there are is
classification/rulebook/book.toml; intake/rulebook.py reads the sheets back.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from riskpipe.classification.rulebook.book import KindName, RuleSheet
from riskpipe.classification.rulebook.decision import KEY, NOTE, TITLE, VALUE, Setting
from riskpipe.classification.rulebook.overlay import YES
from riskpipe.classification.rulebook.standing import OFF, RuleRow
from riskpipe.classification.rulerows import JUDGED
from riskpipe.forms import dictionary
from riskpipe.forms.dictionary import Placed
from riskpipe.forms.lists import ROOM, Offer, OfficeLists, closed, offers_of
from riskpipe.forms.rulesheet import HEAD_ROW, Desk, formats_of, list_name, printed, write_sheet
from riskpipe.forms.writing import CREATED, OPTIONS
from riskpipe.rules import Rules

WORDS = "forms/rulebook"
GUIDE = "说明"
LINE_HEIGHT = 18
GUIDE_WIDTHS = (14, 70, 22)
SETTING_WIDTHS = (26, 10, 80)
GROUP_WORDS = 5


@dataclass(frozen=True)
class Rulebook:
    """All that stands in the book."""

    sheets: tuple[RuleSheet, ...]
    rows: Mapping[str, Sequence[RuleRow]]
    settings: tuple[Setting, ...]
    kinds: tuple[KindName, ...]
    groups: Mapping[str, Sequence[str]]
    version: str


def rulebook_workbook(book: Rulebook, rules: Rules) -> bytes:
    """The workbook's bytes."""
    sink = io.BytesIO()
    out = xlsxwriter.Workbook(sink, OPTIONS)
    words = rules.document(WORDS)
    out.set_properties({"title": words["title"], "author": "", "created": CREATED})
    desk = Desk(words, formats_of(out), _titles(book), _lists(book, words, rules))
    _write_guide(out.add_worksheet(GUIDE), book, desk)
    for sheet in book.sheets:
        write_sheet(out.add_worksheet(sheet.title), sheet, book.rows[sheet.rule], desk)
    _write_settings(out.add_worksheet(TITLE), book, desk)
    lists = out.add_worksheet(dictionary.NAME)
    dictionary.write(lists, dict(desk.placed.items()), desk.formats)
    lists.write_string(1, 0, words["lists_note"], desk.formats["instruction"])
    out.close()
    return sink.getvalue()


def _titles(book: Rulebook) -> dict[str, str]:
    return {kind.kind: kind.title for kind in book.kinds}


def _lists(book: Rulebook, words: Mapping[str, Any], rules: Rules) -> dict[str, Placed]:
    """Every drop-down's list and where it stands on 字典, side by side."""
    titles = words["list_titles"]
    nobody = OfficeLists((), (), (), ())
    offers = {
        "switch": closed(titles["switch"], (YES,)),
        "categories": closed(titles["categories"], map(str, JUDGED)),
        "subcategories": offers_of(nobody, rules)["subcategories"],
        "kinds": _told((titles["kinds"], words["kind_meaning"]), _kind_rows(book.kinds), 0),
        "groups": _told((titles["groups"], words["group_example"]), _group_rows(book), ROOM),
    }
    for sheet in book.sheets:
        for column in sheet.columns:
            if column.choices:
                offers[list_name(column)] = closed(column.title, column.choices)
    placed, place = {}, 0
    for name, offer in offers.items():
        placed[name] = Placed(offer, place)
        place += len(offer.titles) + 1
    return placed


def _told(titles: tuple[str, str], rows: Sequence[tuple[str, str]], room: int) -> Offer:
    """A list with a note beside each word; with room, words may be written in."""
    return Offer(titles, tuple(rows), is_open=bool(room), is_cascade=False, room=room)


def _kind_rows(kinds: Sequence[KindName]) -> list[tuple[str, str]]:
    return [(kind.title, kind.meaning) for kind in kinds]


def _group_rows(book: Rulebook) -> list[tuple[str, str]]:
    return [(group, "、".join(words[:GROUP_WORDS])) for group, words in sorted(book.groups.items())]


def _write_guide(page: Worksheet, book: Rulebook, desk: Desk) -> None:
    words, formats = desk.words, desk.formats
    for place, width in enumerate(GUIDE_WIDTHS):
        page.set_column(place, place, width)
    page.write_string(0, 0, words["title"], formats["left_title"])
    page.set_row(0, 28)
    page.write_string(1, 0, words["version_label"], formats["head"])
    page.write_string(1, 1, book.version, formats["given"])
    page.write_string(1, 2, words["version_note"], formats["line"])
    page.set_row(1, 2 * LINE_HEIGHT)
    facts = {s.name.split(".")[-1]: s.value for s in book.settings if ".percent" not in s.name}
    facts["further"] = next((s.value for s in book.settings if s.name == "further.percent"), "")
    row = 2
    for number, line in enumerate(words["lines"], 1):
        row += 1
        said = f"{number}. {line.format_map(_Blank(facts))}"
        page.merge_range(row, 0, row, len(GUIDE_WIDTHS) - 1, said, formats["line"])
        page.set_row(row, _height(said, sum(GUIDE_WIDTHS)))
    row += 2
    for place, heading in enumerate(words["kinds_headings"]):
        page.write_string(row, place, heading, formats["head"])
    for kind in book.kinds:
        row += 1
        for place, text in enumerate((kind.title, kind.meaning, kind.kind)):
            page.write_string(row, place, text, formats["word"])
    printed(page, desk, 0)


class _Blank(dict[str, str]):
    """Facts of the lines; what the rules no longer have is shown as a dash, not an error."""

    def __missing__(self, key: str) -> str:
        return "—"


def _write_settings(page: Worksheet, book: Rulebook, desk: Desk) -> None:
    formats = desk.formats
    page.write_string(0, 0, TITLE, formats["left_title"])
    page.write_string(1, 0, desk.words["sheet_notes"][TITLE], formats["instruction"])
    page.set_row(0, 28)
    headings = (KEY, VALUE, NOTE)
    for place, (heading, width) in enumerate(zip(headings, SETTING_WIDTHS, strict=True)):
        page.set_column(place, place, width)
        page.write_string(HEAD_ROW, place, heading, formats["head"])
    for row, setting in enumerate(book.settings, HEAD_ROW + 1):
        page.write_string(row, 0, setting.name, formats["given"])
        page.write_number(row, 1, float(setting.value), formats[f"number {OFF}"])
        page.write_string(row, 2, setting.note, formats["word"])
        page.set_row(row, _height(setting.note, SETTING_WIDTHS[2]))
    page.freeze_panes(HEAD_ROW + 1, 1)
    printed(page, desk, HEAD_ROW)


def _height(text: str, width: int) -> int:
    """Points a wrapped text needs in a cell `width` characters wide; Chinese ones count two."""
    length = sum(1 if character.isascii() else 2 for character in text)
    return LINE_HEIGHT * (1 + length // width)
