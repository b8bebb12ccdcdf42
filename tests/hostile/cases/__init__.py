"""All cases, by theme. Nothing is written before a case is asked for its content."""

from tests.hostile.case import Case
from tests.hostile.cases import (
    amounts,
    codes,
    containers,
    dates,
    encodings,
    headings,
    limits,
    markup,
    paths,
    people,
    pictures,
    rows,
    several,
    tables,
    webpages,
    zips,
)

THEMES = (
    containers, webpages, paths, zips, limits, markup, encodings, headings, tables, rows, dates, amounts,
    codes, several, people, pictures,
)  # fmt: skip


def all_cases() -> dict[str, Case]:
    """Every case by its theme and name. Raises ValueError where two have one name."""
    found: dict[str, Case] = {}
    for theme in THEMES:
        for case in theme.cases():
            name = f"{case.theme}/{case.name}"
            if name in found:
                raise ValueError(f"two cases are called {name}")
            found[name] = case
    return found
