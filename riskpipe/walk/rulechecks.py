"""What the classifier's rules do to the office's own records: check them, compare two rule sets.

The register's current tip-offs and findings (texts masked, as landed) go in with the prior of the
sheet each came from; findings about rules, or what moves between two rule sets, come out. Nothing
is written, and the register is not touched.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.calendar import month_of
from riskpipe.classification import Classifier
from riskpipe.classification.rulebook.book import sheets_of
from riskpipe.classification.rulebook.clashes import clashes
from riskpipe.classification.rulebook.comparing import Comparison, compared
from riskpipe.classification.rulebook.effects import (
    MOST_TOLD,
    candidates,
    counted,
    told_flips,
    told_unheard,
    turning,
    unheard,
    without,
)
from riskpipe.classification.rulebook.faults import Book, faults
from riskpipe.classification.rulebook.findings import Finding, errors_first, found
from riskpipe.classification.rulebook.records import RECORDS, folded
from riskpipe.classification.rulebook.standing import packaged, standing
from riskpipe.intake.layout import layouts_of
from riskpipe.rules import RuleError, Rules
from riskpipe.vocabulary import KIND_TITLES, Kind
from riskpipe.walk.office import Office
from riskpipe.walk.progress import tell, told
from riskpipe.walk.ruleediting import edited, rules_in, rules_of
from riskpipe.walk.trouble import UseError
from riskpipe.walk.undecided import BY_RULE, TOLD

PACKAGED_NAMES = frozenset({"内置", "packaged"})
CURRENT_NAMES = frozenset({"现用", "current"})
BOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".et"})
SHEETS = ("content_hash", "sheet", "kind", "layout", "heading_to")


def checked(office: Office, share: float, is_full: bool) -> tuple[Finding, ...]:
    """All that is wrong with the rules in force, errors first.

    `share` (0 to 1) is how many of its records a word may turn alone; `is_full` tells every unseen
    word. Without a register only the rules themselves are looked at.
    """
    rules = rules_of(office)
    sheets = sheets_of(rules)
    book: Book = {sheet.rule: standing(sheet, rules) for sheet in sheets}
    broken = list(faults(sheets, book, rules))
    if broken:
        return errors_first(broken)
    try:
        classifier = Classifier.load(rules)
    except RuleError as error:
        return (found("unusable", "", said=str(error).rstrip("。")),)
    findings = list(clashes(sheets, book, rules))
    records = folded(records_of(office)) if has_register(office) else RECORDS.empty_table()
    if records.num_rows:
        findings += _on_texts(classifier, rules, book, records, share=share, is_full=is_full)
    return errors_first(findings)


def difference(office: Office, old: str, new: str) -> Comparison:
    """Judge the register under two rule sets: folders, exported books, 内置 or 现用.

    Raises UseError without a register or for a name that is none of these.
    """
    before, after = (Classifier.load(named(office, name)) for name in (old, new))
    if not has_register(office):
        raise UseError(
            f"{office.settings.warehouse} 里还没有登记，没有可比的件：请先运行 riskpipe run。"
        )
    tell("按两套规则重新归类", 0, 1)
    comparison = compared(before, after, folded(records_of(office)))
    tell("按两套规则重新归类", 1, 1)
    return comparison


def named(office: Office, name: str) -> Rules:
    """The rule set a person names. Raises UseError, RulebookError, RuleError."""
    path = Path(name)
    if name in PACKAGED_NAMES:
        return packaged()
    if name in CURRENT_NAMES:
        return rules_of(office)
    if path.is_dir():
        if not (path / "classification").is_dir():
            raise UseError(
                f"{path.name} 里没有 classification 文件夹：请给规则目录（如 raw/rules）。"
            )
        return Rules(path)
    if path.suffix.lower() in BOOK_ENDINGS:
        return rules_in(office, edited(office, path))
    raise UseError(
        f"“{path.name}”不是规则目录，也不是导出的规则簿：可写 内置、现用、目录或 .xlsx。"
    )


def has_register(office: Office) -> bool:
    """Are there tip-offs and findings to try rules on?"""
    return all(office.warehouse.table_path(f"register/{kind}").exists() for kind in TOLD)


def records_of(office: Office) -> pa.Table:
    """Every current tip-off and finding as it was judged, in `RECORDS`."""
    sheets = office.warehouse.read("intake/sheets").select(SHEETS).to_pylist()
    priors = {layout.name: layout.prior for layout in layouts_of(rules_of(office)).layouts}
    return pa.concat_tables(_of_kind(office, kind, _tables(sheets, kind), priors) for kind in TOLD)


def _on_texts(
    classifier: Classifier,
    rules: Rules,
    book: Book,
    records: pa.Table,
    *,
    share: float,
    is_full: bool,
) -> Iterator[Finding]:
    tell("逐词估算", 0, 1)
    counts = counted(classifier, records)
    tell("逐词估算", 1, 1)
    words = candidates(counts, classifier, share)
    tried = told("逐词试算", words[:MOST_TOLD])
    flips = [without(word, classifier, rules, records) for word in tried]
    yield from told_flips(turning(flips, share), book)
    if len(words) > MOST_TOLD:
        yield found("more_flips", "", count=len(words) - MOST_TOLD)
    yield from told_unheard(
        unheard(counts, classifier, book, records), book, records.num_rows, is_full
    )


def _of_kind(
    office: Office,
    kind: Kind,
    tables: Mapping[tuple[str, str], list[tuple[int, str]]],
    priors: Mapping[str, str],
) -> pa.Table:
    rows, told = office.warehouse.read(f"register/{kind}"), TOLD[kind]
    if "category_basis" not in rows.column_names:
        raise UseError("登记是旧版程序生成的：请先运行 riskpipe run。")
    places = zip(*(rows[n].to_pylist() for n in ("content_hash", "sheet", "row_no")), strict=True)
    months = _months(rows, told.days, office.settings.month_closes_on)
    return pa.table(
        [
            pa.repeat(KIND_TITLES[kind], rows.num_rows),
            pa.array(_told_numbers(rows, rows[told.number].to_pylist()), pa.string()),
            pa.array(months, pa.string()),
            rows[told.title] if told.title else pa.nulls(rows.num_rows, pa.string()),
            rows[told.text],
            rows["category_stated"],
            pa.array([priors[_layout(tables, *place)] for place in places], pa.string()),
            pc.not_equal(rows["category_basis"], BY_RULE),
        ],
        schema=RECORDS,
    )


def _told_numbers(rows: pa.Table, numbers: list[str]) -> list[str]:
    """A record's number as members tell it: of several findings in a row with #分项."""
    if "item_no" not in rows.column_names:
        return numbers
    items = zip(numbers, rows["item_no"].to_pylist(), strict=True)
    return [number if item == 1 else f"{number}#{item}" for number, item in items]


def _tables(
    sheets: list[dict[str, object]], kind: Kind
) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """By file and sheet the tables of a kind on it: (last heading row, layout), top to bottom."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for sheet in sheets:
        if sheet["kind"] == kind and sheet["layout"]:
            place = (str(sheet["content_hash"]), str(sheet["sheet"]))
            heading = sheet["heading_to"]
            last = heading if isinstance(heading, int) else 0
            found.setdefault(place, []).append((last, str(sheet["layout"])))
    return {place: sorted(tables) for place, tables in found.items()}


def _layout(
    tables: Mapping[tuple[str, str], list[tuple[int, str]]], content: str, sheet: str, row: int
) -> str:
    """The layout of the table a row stands in: the last whose headings are above it."""
    above = [layout for last, layout in tables[content, sheet] if last < row]
    return above[-1] if above else tables[content, sheet][0][1]


def _months(rows: pa.Table, names: Sequence[str], closes_on: int) -> list[str]:
    """The statistical month of each record, by the first of its days that is known."""
    columns = [rows[name].to_pylist() for name in names]
    days = (next(day for day in some if day) for some in zip(*columns, strict=True))
    return [f"{month_of(_day(day), closes_on):%Y-%m}" for day in days]


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when
