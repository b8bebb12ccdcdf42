"""A rulebook as an analyst left it: read, checked whole, and what it would change.

A workbook and the office's rules go in; an `Edited` book comes out, or every fault of every row at
once. Nothing is written here. Reading cells is intake's, what rows mean classification/rulebook's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riskpipe.classification import Classifier
from riskpipe.classification.rulebook.book import RuleSheet, sheets_of
from riskpipe.classification.rulebook.decision import (
    KEY,
    TITLE,
    VALUE,
    bad_settings,
    document_of,
    settings_of,
)
from riskpipe.classification.rulebook.faults import Book, faults
from riskpipe.classification.rulebook.findings import Finding, found
from riskpipe.classification.rulebook.overlay import (
    SWITCH,
    Change,
    Written,
    bad_rows,
    changes_of,
    given_of,
    rows_of,
)
from riskpipe.classification.rulebook.standing import RuleRow, same, standing
from riskpipe.forms.rulebook import GUIDE, WORDS
from riskpipe.intake.rulebook import Page, pages_of
from riskpipe.rules import Rules
from riskpipe.walk.office import Office
from riskpipe.walk.trouble import UseError


class RulebookError(RuntimeError):
    """An edited book that cannot be used; every finding is in it, nothing was written."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"规则簿有 {len(findings)} 处问题，没有导入。")
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Edited:
    """A book as a person left it, beside the rules it is to change."""

    sheets: tuple[RuleSheet, ...]
    book: Book
    document: Mapping[str, Any]
    version: str
    """The version of the rules it was exported from."""
    changes: tuple[Change, ...]


def rules_of(office: Office) -> Rules:
    """The rules in force at the office."""
    return Rules(office.settings.rules_folder)


def edited(office: Office, path: Path) -> Edited:
    """Read an edited book. Raises RulebookError with all that is wrong, UseError for no file."""
    if not path.is_file():
        raise UseError(f"找不到文件 {path.name}：请核对路径。")
    rules = rules_of(office)
    sheets = sheets_of(rules)
    pages = pages_of(path, _headings(sheets, rules), rules, office.settings.limits)
    values = _settings(path.name, pages.get(TITLE))
    version = _version(pages.get(GUIDE), rules)
    read = {
        s.rule: list(_written(path.name, s, pages[s.title])) for s in sheets if s.title in pages
    }
    book = {
        sheet.rule: rows_of(sheet, read[sheet.rule], rules)
        if sheet.rule in read
        else standing(sheet, rules)
        for sheet in sheets
    }
    findings = [
        *_of_sheets(path.name, sheets, pages),
        *([] if version else [found("no_version", path.name)]),
        *_of_rows(sheets, pages, read, book, rules),
        *bad_settings(values, rules),
    ]
    if findings:
        raise RulebookError(findings)
    document = document_of({name: text for name, (_, text) in values.items()}, rules)
    return Edited(sheets, book, document, version, tuple(_changes(sheets, book, values, rules)))


def rules_in(office: Office, one: Edited) -> Rules:
    """The rule set an edited book would make. Raises LexiconError when it cannot be loaded."""
    changed = rules_of(office).with_files(given_of(one.sheets, one.book, one.document))
    Classifier.load(changed)
    return changed


def _of_sheets(
    file: str, sheets: Sequence[RuleSheet], pages: Mapping[str, Page]
) -> Iterator[Finding]:
    """Sheets and columns that are not there."""
    for sheet in sheets:
        if sheet.title not in pages:
            yield found("no_sheet", file, sheet=sheet.title)
            continue
        for title in _lacking(sheet, pages):
            yield found("no_column", file, sheet=sheet.title, heading=title)


def _of_rows(
    sheets: Sequence[RuleSheet],
    pages: Mapping[str, Page],
    read: Mapping[str, Sequence[Written]],
    book: Mapping[str, Sequence[RuleRow]],
    rules: Rules,
) -> Iterator[Finding]:
    """What is wrong with the rows of the sheets that have all their columns."""
    whole = [s for s in sheets if s.title in pages and not _lacking(s, pages)]
    for sheet in whole:
        yield from bad_rows(sheet, read[sheet.rule], book[sheet.rule])
    yield from faults(whole, book, rules)


def _lacking(sheet: RuleSheet, pages: Mapping[str, Page]) -> list[str]:
    needed = [SWITCH, *(column.title for column in sheet.columns)]
    return [title for title in needed if title not in pages[sheet.title].headings]


def _headings(sheets: Sequence[RuleSheet], rules: Rules) -> dict[str, list[str]]:
    label = rules.document(WORDS)["version_label"]
    own = {sheet.title: [SWITCH, *(c.title for c in sheet.columns)] for sheet in sheets}
    return {**own, TITLE: [KEY, VALUE], GUIDE: [label]}


def _written(file: str, sheet: RuleSheet, page: Page) -> Iterator[Written]:
    """Rows that say anything in a column that is read."""
    read = [SWITCH, *(column.title for column in sheet.columns)]
    for number, cells in page.rows:
        if any(cells.get(title) for title in read):
            yield Written(f"{file}“{sheet.title}”第 {number} 行", cells)


def _settings(file: str, page: Page | None) -> dict[str, tuple[str, str]]:
    """Place and value of each setting; a book without the sheet leaves them as they are."""
    if page is None:
        return {}
    return {
        cells[KEY]: (f"{file}“{TITLE}”第 {number} 行", cells.get(VALUE, ""))
        for number, cells in page.rows
        if cells.get(KEY)
    }


def _version(page: Page | None, rules: Rules) -> str:
    """The version stands beside its label, which is what the page was found by."""
    label = rules.document(WORDS)["version_label"]
    if page is None or label not in page.headings:
        return ""
    at = page.headings.index(label)
    return page.headings[at + 1] if at + 1 < len(page.headings) else ""


def _changes(
    sheets: Sequence[RuleSheet], book: Book, values: Mapping[str, tuple[str, str]], rules: Rules
) -> Iterator[Change]:
    for sheet in sheets:
        yield from changes_of(sheet, standing(sheet, rules), book[sheet.rule])
    for setting in settings_of(rules):
        text = values.get(setting.name, ("", setting.value))[1]
        if not same(text, setting.value):
            yield Change("修改", TITLE, setting.name, f"{setting.value}→{text}")
