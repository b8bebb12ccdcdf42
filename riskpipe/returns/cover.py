"""The cover of a return sheet, 退回说明: what was received, what became of it, what to do.

The account of one file goes in, lines come out; every word is data (returns.toml).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from riskpipe.reception.receiving import Landing
from riskpipe.returns.plan import Line
from riskpipe.returns.telling import Teller


@dataclass(frozen=True)
class Origin:
    """Where a file came from; `file` is its masked name."""

    file: str
    sender: str
    delivered_on: date | None


@dataclass(frozen=True)
class Said:
    """What the cover says beside the counts: the office, the file's verdict, remarks on the copy."""

    office: str
    kinds: str
    status: str
    message: str
    remarks: tuple[str, ...]


def cover_of(
    origin: Origin, landing: Landing, said: Said, words: Mapping[str, Any], teller: Teller
) -> tuple[Line, ...]:
    """The lines of the cover, from top to bottom, nothing in them that may not be told."""
    lines = _lines(origin, landing, said, words)
    return tuple(Line(line.style, tuple(teller.texts(line.texts))) for line in lines)


def _lines(
    origin: Origin, landing: Landing, said: Said, words: Mapping[str, Any]
) -> Iterator[Line]:
    yield Line("title", (words["title"],))
    wrong = _wrong(landing)
    lead = words["lead"] if wrong else words["nothing_read"]
    yield Line("text", (lead.format(office=said.office, wrong="、".join(wrong)),))
    for remark in said.remarks:
        yield Line("text", (remark,))
    yield from _facts(origin, said, words["facts"])
    if said.message and not landing.sheets.num_rows:
        yield Line("warning", (said.message,))
    sheets = landing.sheets.to_pylist()
    if sheets:
        yield Line("head", (words["counts_title"],))
        yield Line("columns", tuple(words["counts"]))
        yield from _counts(landing, sheets, words)
    refused = [sheet for sheet in sheets if sheet["message"]]
    if refused:
        yield Line("head", (words["refused_title"],))
        for sheet in refused:
            yield Line("warning", (f"“{sheet['sheet']}”：{sheet['message']}",))
    yield Line("head", (words["steps_title"],))
    yield from _steps(said.office, _todo(sheets, words))
    yield Line("deadline", (words["deadline"],))


def _wrong(landing: Landing) -> list[str]:
    """How much is wrong, in words: 3 行拒收、1 个单元格清空."""
    refused = sum(1 for sheet in landing.sheets.to_pylist() if sheet["reason"])
    rows = len(set(_places(landing.rejected_rows)))
    counts = (
        (f"{refused} 张工作表没有读入", refused),
        (f"{rows} 行没有接收", rows),
        (f"{landing.rejected_cells.num_rows} 个单元格没有读出", landing.rejected_cells.num_rows),
    )
    return [text for text, count in counts if count]


def _places(lines: Any) -> list[tuple[str, int]]:
    return [(line["sheet"], line["row_no"]) for line in lines.to_pylist()]


def _facts(origin: Origin, said: Said, titles: Mapping[str, str]) -> Iterator[Line]:
    facts = {
        "sender": origin.sender,
        "file": origin.file,
        "delivered_on": str(origin.delivered_on or ""),
        "kinds": said.kinds,
        "status": said.status,
    }
    for name, title in titles.items():
        if facts[name]:
            yield Line("item", (title, facts[name]))


def _counts(
    landing: Landing, sheets: Sequence[Mapping[str, Any]], words: Mapping[str, Any]
) -> Iterator[Line]:
    """A row per sheet; the tables of one sheet are counted together."""
    emptied = Counter(landing.rejected_cells["sheet"].to_pylist())
    for name in dict.fromkeys(sheet["sheet"] for sheet in sheets):
        tables = [sheet for sheet in sheets if sheet["sheet"] == name]
        seen, accepted, rejected = (
            sum(table[f"rows_{n}"] for table in tables) for n in ("seen", "accepted", "rejected")
        )
        counts = (seen, accepted, rejected, seen - accepted - rejected, emptied[name])
        statuses = "、".join(dict.fromkeys(table["status"] for table in tables))
        yield Line("row", (name or words["text_sheet"], *map(str, counts), statuses))


def _todo(sheets: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> list[str]:
    """Steps for what was read, and for what was not: there only the original can be corrected."""
    is_read = any(sheet["layout"] for sheet in sheets)
    is_refused = not sheets or any(sheet["reason"] for sheet in sheets)
    return [*(words["steps"] if is_read else ()), *(words["steps_unread"] if is_refused else ())]


def _steps(office: str, steps: Sequence[str]) -> Iterator[Line]:
    for number, step in enumerate(steps, 1):
        yield Line("step", (f"{number}. {step.format(office=office)}",))
