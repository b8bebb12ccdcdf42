"""Which sheets make a fill-in workbook, and the names by which it may be asked for.

`forms/books.toml` and the rules behind it go in, a `Book` comes out. Nothing is written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from riskpipe.forms.columns import Sheet, sheet_of
from riskpipe.intake.layout import Layouts, layouts_of
from riskpipe.rules import Rules

BOOKS = "forms/books"


class UnknownFormError(ValueError):
    """No workbook of that name; the message lists those there are, in Chinese."""


@dataclass(frozen=True)
class Book:
    """One workbook: its main sheet and those attached to it."""

    name: str
    main: Sheet
    attached: tuple[Sheet, ...]

    @property
    def title(self) -> str:
        """What the office calls it: the name of its main sheet."""
        return self.main.name

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Its tables, left to right."""
        return (self.main, *self.attached)


def book_names(rules: Rules) -> Mapping[str, str]:
    """Word for the command line → Chinese title, in the order of the forms."""
    layouts = layouts_of(rules)
    return {
        name: sheet_of(facts["sheet"], rules, layouts).name
        for name, facts in rules.document(BOOKS).items()
    }


def book_of(asked: str, rules: Rules) -> Book:
    """The workbook of that kind, Chinese name or other known word. Raises UnknownFormError."""
    layouts = layouts_of(rules)
    for name, facts in rules.document(BOOKS).items():
        book = _book(name, facts, rules, layouts)
        if asked in (name, book.title, *facts["names"]):
            return book
    known = "、".join(f"{name}（{title}）" for name, title in book_names(rules).items())
    raise UnknownFormError(f"没有填报工作簿“{asked[:20]}”：可用的有 {known}。")


def _book(name: str, facts: Mapping[str, Any], rules: Rules, layouts: Layouts) -> Book:
    main, *attached = (
        sheet_of(sheet, rules, layouts) for sheet in (facts["sheet"], *facts["attached"])
    )
    return Book(name, main, tuple(attached))
