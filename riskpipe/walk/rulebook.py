"""The classifier's rules out to an analyst and back: export and import.

An office goes in and a workbook comes out; an edited workbook goes in and becomes the office's
overlay files below raw/rules, only where it differs from the packaged rules. Nothing is written
unless every row can be used, and what is replaced is kept. Reading and checking the edited book is
ruleediting.py, what rules do to records rulechecks.py.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from riskpipe.classification import Classifier
from riskpipe.classification.rulebook.book import (
    DECISION,
    LEXICON,
    RuleSheet,
    kind_names,
    sheets_of,
)
from riskpipe.classification.rulebook.decision import overlay_of, settings_of
from riskpipe.classification.rulebook.faults import groups_of
from riskpipe.classification.rulebook.findings import found
from riskpipe.classification.rulebook.overlay import (
    Change,
    csv_of,
    lineage_of,
    overlay_rows,
    version_of,
)
from riskpipe.classification.rulebook.standing import standing
from riskpipe.forms.rulebook import Rulebook, rulebook_workbook
from riskpipe.rules import decode
from riskpipe.walk.office import Office
from riskpipe.walk.ruleediting import RulebookError, edited, rules_in, rules_of
from riskpipe.warehouse import replacing

BACKUPS = "备份"
ENCODINGS = {".csv": "utf-8-sig", ".toml": "utf-8"}
"""Excel and WPS read a CSV as Chinese only with a mark; TOML may not have one."""


@dataclass(frozen=True)
class Imported:
    """What an import did: changes row by row, files written, kept or taken away."""

    changes: tuple[Change, ...]
    files: tuple[Path, ...]
    backups: tuple[Path, ...]


def export(office: Office) -> bytes:
    """The rulebook of the office's rules as they stand. Raises LexiconError when they cannot be used."""
    rules = rules_of(office)
    Classifier.load(rules)
    sheets = sheets_of(rules)
    rows = {sheet.rule: standing(sheet, rules) for sheet in sheets}
    return rulebook_workbook(
        Rulebook(
            sheets,
            rows,
            settings_of(rules),
            kind_names(rules),
            groups_of(rows[LEXICON]),
            version_of(sheets, rules),
        ),
        rules,
    )


def import_book(office: Office, path: Path, on: date) -> Imported:
    """Write what an edited book changes as the office's overlay; `on` names the backup folder.

    Raises RulebookError, and then nothing was written.
    """
    one = edited(office, path)
    if not one.changes:
        return Imported((), (), ())
    rules, becomes = rules_of(office), version_of(one.sheets, rules_in(office, one))
    current = version_of(one.sheets, rules)
    is_continued = (one.version, current) in _lineages(office, one.sheets)
    if one.version != current and not is_continued:
        raise RulebookError([found("stale", path.name, said=one.version, current=current)])
    texts = {f"{DECISION}.toml": overlay_of(one.document)}
    for sheet in one.sheets:
        rows = overlay_rows(sheet, one.book[sheet.rule])
        texts[f"{sheet.rule}.csv"] = csv_of(rows, one.version, becomes) if rows else ""
    return _put(office.settings.rules_folder, texts, one.changes, on)


def _lineages(office: Office, sheets: Sequence[RuleSheet]) -> set[tuple[str, str]]:
    """What the office's own files say they were imported from: the same book may come again."""
    paths = [office.settings.rules_folder / f"{sheet.rule}.csv" for sheet in sheets]
    told = (lineage_of(decode(path)) for path in paths if path.is_file())
    return {one for one in told if one}


def _put(folder: Path, texts: Mapping[str, str], changes: tuple[Change, ...], on: date) -> Imported:
    """Keep what is there, then write what is new and take away what says nothing any more.

    All drafts are written before the first is renamed, so a full disk changes nothing.
    """
    new = {folder / name: text for name, text in texts.items() if _differs(folder / name, text)}
    backups = tuple(_kept(path, on) for path in new if path.is_file())
    with ExitStack() as drafts:
        for path, text in new.items():
            if text:
                draft = drafts.enter_context(replacing(path))
                draft.write_text(text, ENCODINGS[path.suffix])
    for path, text in new.items():
        if not text:
            path.unlink()
    return Imported(changes, tuple(new), backups)


def _differs(path: Path, text: str) -> bool:
    return decode(path) != text if path.is_file() else bool(text)


def _kept(path: Path, on: date) -> Path:
    """A copy under 备份/<day>/; what was kept there before stays."""
    folder = path.parent / BACKUPS / f"{on:%Y-%m-%d}"
    folder.mkdir(parents=True, exist_ok=True)
    kept, number = folder / path.name, 1
    while kept.exists():
        number += 1
        kept = folder / f"{path.stem}({number}){path.suffix}"
    kept.write_bytes(path.read_bytes())
    return kept
