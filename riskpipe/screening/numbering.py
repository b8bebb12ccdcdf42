"""Several numbered problems in one cell: 1.…2.…, 一、…二、…, ①…②….

A text goes in; its items come out where the numbering is beyond doubt: one style, from one
without a gap, every item with something to say. The outermost style divides, numbers inside an
item stay in it. What stands before the first item (3号楼：) is put before each of them: it says
where or what of, and an item without it could be read of another place. Markers that make no
such list leave the text whole and unclear; a text without a list is simply whole. The styles
are data (numbering.toml).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from riskpipe.rules import Rules
from riskpipe.screening.figures import DIGITS, small

NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
ENCLOSED = {
    chr(first + n): n + 1
    for first, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10))
    for n in range(count)
}
"""①, ⑴, ⒈ and ㈠ and their followers."""
FIGURES = {
    "arabic": "(?P<n>[0-9]{1,2})",
    "chinese": f"(?P<n>[{DIGITS[1:]}十]{{1,3}})",
    "circled": f"(?P<n>[{''.join(ENCLOSED)}])",
}
EDGE = " \t\r\n\u3000；;，,、"
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Style:
    """One way to number. `is_bare` needs no stop before it, `before_digit` may have one behind."""

    pattern: re.Pattern[str]
    is_bare: bool
    before_digit: bool


@dataclass(frozen=True)
class Numbering:
    """The rules of numbering.toml, compiled. `near` (RE2) finds any marker in a raw text."""

    styles: tuple[Style, ...]
    columns: Mapping[str, str]
    least_letters: int
    most_items: int
    stops: str
    ends: str
    not_behind: tuple[str, ...]
    not_before: re.Pattern[str]
    near: str


@dataclass(frozen=True)
class Items:
    """The findings of a text, the whole text alone where it is one or where that is unclear."""

    texts: tuple[str, ...]
    is_unclear: bool


@dataclass(frozen=True)
class _Marker:
    """A number that could open an item. A firm one opens a line or follows a stop.

    It is not sure where a figure follows a point: 3.1楼 is the first floor of item 3, or 3.1.
    """

    number: int
    start: int
    end: int
    is_firm: bool
    is_sure: bool


def numbering_of(rules: Rules) -> Numbering:
    """The ways to number in force."""
    found = rules.document("screening/numbering")
    next_number = "|".join(map(re.escape, found["not_before"]))
    return Numbering(
        styles=tuple(map(_style, found["style"])),
        columns=dict(found["columns"]),
        least_letters=found["least_letters"],
        most_items=found["most_items"],
        stops=found["stops"],
        ends=found["ends"],
        not_behind=tuple(found["not_behind"]),
        not_before=re.compile(rf"(?P<n>[0-9]{{1,2}}|[{DIGITS[1:]}十]{{1,3}})(?:{next_number})"),
        near="|".join(_widened(_pattern(style)) for style in found["style"]),
    )


def _pattern(style: Mapping[str, Any]) -> str:
    return style["before"] + FIGURES[style["numbers"]] + style["behind"]


def _style(style: Mapping[str, Any]) -> Style:
    return Style(re.compile(_pattern(style)), style["bare"], style["before_digit"])


def _widened(pattern: str) -> str:
    """The pattern for a text whose figures and brackets may still be full-width."""
    for narrow, wide in ((r"\(", "[(（]"), (r"\)", "[)）]"), (r"\.", "[.．]"), ("0-9", "0-9０-９")):
        pattern = pattern.replace(narrow, wide)
    return pattern.replace("(?P<n>", "(?:")


def items_of(text: str, numbering: Numbering) -> Items:
    """The numbered items of a text, in order."""
    shadow = text.translate(NARROW)
    found = [[*_markers(shadow, style, numbering)] for style in numbering.styles]
    if any(map(_is_tempting, found)):
        return Items((text,), is_unclear=True)
    by_style = [[marker for marker in markers if marker.is_sure] for markers in found]
    lists = [place for place, markers in enumerate(by_style) if _opens_list(markers)]
    if lists:
        outer = min(lists, key=lambda place: by_style[place][0].start)
        inner = [markers for place, markers in enumerate(by_style) if place != outer]
        items = _divided(text, by_style[outer], inner, numbering)
        return Items(items or (text,), is_unclear=not items)
    firm = [marker for markers in by_style for marker in markers if marker.is_firm]
    return Items((text,), len(firm) > 1 and any(marker.number > 1 for marker in firm))


def _markers(shadow: str, style: Style, numbering: Numbering) -> Iterator[_Marker]:
    for match in style.pattern.finditer(shadow):
        before, after = shadow[: match.start()], shadow[match.end() :]
        line = before.rpartition("\n")[2].rstrip()
        is_firm = not line or before[-1].isspace() or before[-1] in numbering.stops
        is_bare = style.is_bare and LETTER.match(before[-1:]) and not before[-1].isascii()
        number = _number(match["n"])
        if not number or not (is_firm or is_bare) or line.endswith(numbering.not_behind):
            continue
        is_sure = style.before_digit or not after[:1].isdigit()
        if not is_sure and line and line[-1] not in numbering.ends:
            continue
        coming = numbering.not_before.match(after)
        if not (coming and _number(coming["n"]) == number + 1):
            yield _Marker(number, match.start(), match.end(), is_firm, is_sure)


def _is_tempting(markers: Sequence[_Marker]) -> bool:
    """Whether a list would go on with markers that are not sure."""
    run: list[_Marker] = []
    for marker in markers:
        if marker.number == len(run) + 1:
            run.append(marker)
    return len(run) > 1 and not all(marker.is_sure for marker in run)


def _number(figure: str) -> int:
    return int(figure) if figure.isascii() else ENCLOSED.get(figure) or small(figure)


def _opens_list(markers: Sequence[_Marker]) -> bool:
    return len(markers) > 1 and markers[0].is_firm and markers[0].number == 1


def _divided(
    text: str, markers: Sequence[_Marker], inner: Sequence[Sequence[_Marker]], numbering: Numbering
) -> tuple[str, ...]:
    """The items with what stands before the first of them; none where the list is in doubt."""
    numbers = [marker.number for marker in markers]
    if numbers != [*range(1, len(markers) + 1)] or len(markers) > numbering.most_items:
        return ()
    if not all(_is_nested(others, markers) for others in inner):
        return ()
    ends = [*(marker.start for marker in markers[1:]), len(text)]
    items = [text[marker.end : end].strip(EDGE) for marker, end in zip(markers, ends, strict=True)]
    if any(len(LETTER.findall(item)) < numbering.least_letters for item in items):
        return ()
    lead = text[: markers[0].start].strip(EDGE)
    return tuple(lead + item for item in items)


def _is_nested(others: Sequence[_Marker], markers: Sequence[_Marker]) -> bool:
    """Whether another style's markers only number inside single items: 1, 2 … anew in each."""
    starts = [marker.start for marker in markers]
    inside: dict[int, list[int]] = {}
    for other in others:
        if other.is_firm:
            place = sum(start <= other.start for start in starts)
            inside.setdefault(place, []).append(other.number)
    return all(numbers == [*range(1, len(numbers) + 1)] for numbers in inside.values())
