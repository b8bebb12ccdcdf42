"""The rows of a rule file as they stand: packaged and office's side by side, each with its origin.

Packaged rules and the merged ones go in; every row comes out once, in the packaged order and then
the office's own, those that are switched off too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from riskpipe.classification.rulebook.book import RuleSheet
from riskpipe.rules import PACKAGE, Rules

PACKAGED, CHANGED, ADDED, OFF = "内置", "本单位改", "本单位加", "已停用"
ORIGINS = (PACKAGED, CHANGED, ADDED, OFF)


@dataclass(frozen=True)
class RuleRow:
    """One row: where it stands (for messages), its cells by column name, whether it is off."""

    place: str
    cells: Mapping[str, str]
    is_off: bool
    origin: str


def packaged() -> Rules:
    """The rules as they come with the program, nothing of any office."""
    return Rules(PACKAGE)


def standing(sheet: RuleSheet, rules: Rules) -> tuple[RuleRow, ...]:
    """Every row of a rule file with its origin; a packaged row that is gone is off."""
    shipped = {row[sheet.key]: row for row in packaged().rows(sheet.rule)}
    merged = {row[sheet.key]: row for row in rules.rows(sheet.rule)}
    rows = [
        _row(sheet, merged.get(key, row), _origin(row, merged.get(key)))
        for key, row in shipped.items()
    ]
    return tuple(
        rows + [_row(sheet, row, ADDED) for key, row in merged.items() if key not in shipped]
    )


def same(one: str, other: str) -> bool:
    """Do two cells say the same? `2` and `2.0` do."""
    if one == other:
        return True
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def same_row(one: Mapping[str, str], other: Mapping[str, str], names: Sequence[str]) -> bool:
    """Do two rows say the same in these columns?"""
    return all(same(one.get(name, ""), other.get(name, "")) for name in names)


def _origin(shipped: Mapping[str, str], merged: Mapping[str, str] | None) -> str:
    if merged is None:
        return OFF
    return PACKAGED if same_row(shipped, merged, list(shipped)) else CHANGED


def _row(sheet: RuleSheet, cells: Mapping[str, str], origin: str) -> RuleRow:
    own = f"（{origin}）" if origin in {CHANGED, ADDED} else ""
    place = f"{sheet.title} {sheet.file} 编号 {cells[sheet.key]}{own}"
    return RuleRow(place, cells, origin == OFF, origin)
