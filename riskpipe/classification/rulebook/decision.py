"""The few numbers of decision.toml as rows of the book, and back as the office's own file.

A setting is `table.key`, its number, and what the comment above it says. Only numbers that stand
there already can be changed; what each means is decided in the code that uses it.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from riskpipe.classification.rulebook.book import DECISION
from riskpipe.classification.rulebook.findings import Finding, found
from riskpipe.classification.rulebook.standing import packaged, same
from riskpipe.rules import PACKAGE, Rules, decode

TITLE = "判定参数"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
"""Comments are for the office where they are Chinese, for developers where they are not."""
KEY, VALUE, NOTE = "参数", "数值", "说明"


@dataclass(frozen=True)
class Setting:
    """One number: its dotted name, its value as written, what it is for."""

    name: str
    value: str
    note: str


def settings_of(rules: Rules) -> tuple[Setting, ...]:
    """Every number in the order of the packaged file."""
    values = _flat(rules.document(DECISION))
    notes = _notes()
    return tuple(
        Setting(name, str(values[name]), notes.get(name, ""))
        for name in _flat(packaged().document(DECISION))
    )


def document_of(values: Mapping[str, str], rules: Rules) -> dict[str, Any]:
    """The document with these values in it, whole numbers where they were whole."""
    document = {name: dict(table) for name, table in rules.document(DECISION).items()}
    for name, text in values.items():
        table, key = name.split(".")
        document[table][key] = _typed(text, document[table][key])
    return document


def bad_settings(places: Mapping[str, tuple[str, str]], rules: Rules) -> Iterator[Finding]:
    """What is wrong with values by setting: `places` holds (place, value as written)."""
    known = _flat(rules.document(DECISION))
    for name, (place, text) in places.items():
        if name not in known:
            yield found("not_listed", place, heading=KEY, said=name, listed="、".join(known))
            continue
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            yield found("no_number", place, heading=VALUE, said=text)
        elif isinstance(known[name], int) and (value != int(value) or value < 0):
            yield found("no_whole", place, heading=VALUE, said=text)


def overlay_of(document: Mapping[str, Any]) -> str:
    """The office's decision.toml: only numbers that differ from the packaged; "" when none does."""
    shipped, wanted = _flat(packaged().document(DECISION)), _flat(document)
    changed = {
        name: value for name, value in wanted.items() if not same(str(value), str(shipped[name]))
    }
    lines: list[str] = []
    for table in dict.fromkeys(name.split(".")[0] for name in changed):
        lines.append(f"[{table}]")
        lines += [
            f"{name.split('.')[1]} = {value}"
            for name, value in changed.items()
            if name.split(".")[0] == table
        ]
    return "".join(f"{line}\n" for line in lines)


def _flat(document: Mapping[str, Any]) -> dict[str, int | float]:
    return {
        f"{table}.{key}": value
        for table, values in document.items()
        for key, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _typed(text: str, before: Any) -> int | float:
    return int(float(text)) if isinstance(before, int) else float(text)


def _notes() -> dict[str, str]:
    """The comment above each number of the packaged file, else the one before it in its table."""
    notes: dict[str, str] = {}
    table, note, was_comment = "", "", False
    for line in decode(PACKAGE / f"{DECISION}.toml").splitlines():
        text = line.strip()
        is_comment = text.startswith("#") and bool(CHINESE.search(text))
        if is_comment:
            note = (note if was_comment else "") + text.lstrip("# ")
        elif text.startswith("["):
            table, note = text.strip("[]"), note if was_comment else ""
        elif "=" in text:
            notes[f"{table}.{text.split('=')[0].strip()}"] = note
        was_comment = is_comment
    return notes
