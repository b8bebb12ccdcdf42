"""The computed issue: every number, sentence, table and chart of one month, as plain values.

What the chapters made stands here in printing order; page, Word brief and Excel annex render
it and compute nothing (law 8). A number carries its metric, numerator, denominator, basis
and as-of day (law 7); sentences are made of words and numbers, never of formatted text, so
that what is read can be traced. No mart is read and nothing is formatted here.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Number:
    """One printed number. `text` is what stands on paper, unit apart; None never prints as 0."""

    metric: str
    value: int | Decimal | None
    text: str
    unit: str
    basis: str
    scope: tuple[str, ...]
    numerator: int | Decimal | None
    denominator: int | Decimal | None
    as_of: date


Part = str | Number


@dataclass(frozen=True)
class Sentence:
    """Words and numbers in reading order."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The sentence as read."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


Cell = str | Number


@dataclass(frozen=True)
class Column:
    """One heading of a printed table; `kind` says what its cells hold and how they sit.

    text (left), count, money and days (right), rate (with numerator/denominator under it),
    change (signed per cent), state (a reporting state, coloured), long (a wide text).
    """

    title: str
    unit: str
    kind: str


@dataclass(frozen=True)
class Table:
    """A printed table; `note` stands under it. A row whose first cell is 合计 prints strong."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Sentence


@dataclass(frozen=True)
class Series:
    """One run of values of a chart, as long as the chart's labels."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Chart:
    """A figure as data: labels × series, how it is drawn, the sentence that reads it."""

    id: str
    title: str
    kind: str
    unit: str
    label_title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    finding: Sentence
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A second-level heading inside a chapter, `（一）本月`."""

    title: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` (`一是`, `自然灾害。`) prints strong before it."""

    lead: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The paragraph as read."""
        return self.lead + "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class Slot:
    """A place for the analyst's own words, kept as a text file beside the issue.

    Until it is written, `drafts` (made from the numbers) print as a draft, or 待补充.
    """

    id: str
    file_name: str
    prompt: str
    drafts: tuple[Paragraph, ...]
    written: tuple[str, ...]


Block = Heading | Paragraph | Chart | Table | Slot


@dataclass(frozen=True)
class Chapter:
    """A first-level heading (`一、总体情况`) and what stands under it."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Highlight:
    """One of the five figures of the first screen."""

    label: str
    number: Number
    note: Sentence


@dataclass(frozen=True)
class Summary:
    """领导摘要: five figures and three sentences."""

    highlights: tuple[Highlight, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Masthead:
    """报头: everything printed above the red line, and the dates that bound the issue."""

    title: str
    number: str
    office: str
    district: str
    month: str
    period: str
    cut_off: str
    edition: str
    is_draft: bool


@dataclass(frozen=True)
class Metric:
    """A definition as printed in 附表10."""

    id: str
    title: str
    unit: str
    numerator: str
    denominator: str
    basis: str
    source: str
    note: str


@dataclass(frozen=True)
class Issue:
    """One month's 会商分析报告, complete."""

    month_on: date
    as_of: date
    masthead: Masthead
    summary: Summary
    chapters: tuple[Chapter, ...]
    annexes: tuple[Table, ...]
    metrics: tuple[Metric, ...]


def numbers_of(issue: Issue) -> Iterator[Number]:
    """Every number of the issue in printing order; its place in this row is its id."""
    yield from _walk((issue.summary, issue.chapters, issue.annexes))


def number_ids(issue: Issue) -> dict[int, str]:
    """Printed id (`n1`, `n2` …) by the identity of the Number object."""
    ids: dict[int, str] = {}
    for number in numbers_of(issue):
        ids.setdefault(id(number), f"n{len(ids) + 1}")
    return ids


def _walk(value: Any) -> Iterator[Number]:
    if isinstance(value, Number):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _walk(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _walk(item)


def say(*parts: Part | Iterable[Part]) -> Sentence:
    """A sentence from words, numbers and runs of both (`compare` gives a run)."""
    flat: list[Part] = []
    for part in parts:
        flat.extend([part] if isinstance(part, str | Number) else part)
    return Sentence(tuple(part for part in flat if part != ""))


def words(*parts: Part) -> list[Part]:
    """A run of words and numbers, to be joined into a sentence later."""
    return list(parts)


def paragraph(*sentences: Sentence) -> Paragraph:
    """A paragraph without a lead."""
    return Paragraph("", sentences)
