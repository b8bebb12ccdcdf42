"""Settings of intake that a file runs into: the refusal names the limit."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.hostile.case import Case, refused
from tests.hostile.page import Page, fate
from tests.hostile.shelf import ledger, on_text
from tests.hostile.writing import sheet_patched, text_of, xlsx

THEME = "上限"


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield Case(
        "文件超过上限", THEME, "台账.csv", lambda: text_of(on_text(1).rows).encode() + b"\r\n" * 2**20,
        refused("拒收", {"too_big"}, "1"), limits={"max_file_mb": 1},
    )  # fmt: skip
    yield Case(
        "展开超过上限", THEME, "台账.xlsx", lambda: sheet_patched(xlsx(ledger(2)), _padded),
        refused("拒收", {"bomb"}, "2"), limits={"max_inflated_mb": 2},
    )  # fmt: skip
    yield Case(
        "行数超过上限", THEME, "台账.xlsx", lambda: xlsx(ledger(300)),
        refused("拒收", {"too_many_cells", "far_cell", "too_many_rows"}, "100"), limits={"max_rows": 100},
    )  # fmt: skip
    yield Case(
        "文本行数超过上限", THEME, "台账.csv", lambda: text_of(on_text(300).rows).encode(),
        refused("拒收", {"too_many_cells", "too_many_rows"}, "100"), limits={"max_rows": 100},
    )  # fmt: skip
    wide = [f"列{n}" for n in range(900)]
    yield Case(
        "列数超过上限", THEME, "台账.csv", lambda: text_of([wide, wide]).encode(),
        refused("拒收", {"too_many_cells", "far_cell", "too_many_columns"}, "512"),
    )  # fmt: skip
    yield Case(
        "内存超过上限", THEME, "台账.xlsx", lambda: sheet_patched(xlsx(ledger(1)), _crowded),
        refused("拒收", {"child_memory"}, "40"), limits={"child_memory_mb": 40},
    )  # fmt: skip
    yield from _far_cells()
    yield from _dimensions()


def _padded(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b"</sheetData>" + b" " * 3 * 2**20)


def _crowded(part: bytes) -> bytes:
    """200,000 rows of seventeen numbers more: a hundred megabytes as any reader holds them."""
    rows = b"".join(
        b'<row r="%d">%b</row>' % (n, b"<c><v>1</v></c>" * 17) for n in range(3, 200_000)
    )
    return part.replace(b"</sheetData>", rows + b"</sheetData>")


def _cell(place: str, value: str) -> Callable[[bytes], bytes]:
    row = "".join(filter(str.isdigit, place))
    added = (
        f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{value}</t></is></c></row></sheetData>'
    )
    return lambda part: part.replace(b"</sheetData>", added.encode())


def _far_cells() -> Iterator[Case]:
    for place in ("XFD1048576", "XFD3", "ZZZ9"):
        told = refused("拒收", {"far_cell"}, "Ctrl+End")
        yield Case(f"远处单元格{place}", THEME, "台账.xlsx", _stray(place), told)
    # Column P is 整改完成日期, which the stray word is no date for; D is a text.
    for place, row, besides in (
        ("P60000", 60_000, {"整改完成日期"}),
        ("D1048576", 1_048_576, set()),
    ):
        stray = ledger(2)
        stray.bad[stray.name, row] = frozenset({"隐患编号", "检查日期", "隐患描述", *besides})
        yield Case(f"远处一个误填的字{place}", THEME, "台账.xlsx", _stray(place), fate(stray))

    def formatted(book: Any, sheets: Mapping[str, Any]) -> None:
        form = book.add_format({"border": 1})
        for sheet in sheets.values():
            sheet.write_blank(1_048_575, 0, None, form)

    page = ledger(3)
    yield Case(
        "最后一行只有边框", THEME, "台账.xlsx", lambda: xlsx(page, finish=formatted), fate(page)
    )


def _stray(place: str) -> Callable[[], bytes]:
    return lambda: sheet_patched(xlsx(ledger(2)), _cell(place, "误填"))


def _dimensions() -> Iterator[Case]:
    page = ledger(4)
    for name, said in (
        ("太小", b'<dimension ref="A1:B2"/>'),
        ("只有A1", b'<dimension ref="A1"/>'),
        ("太大", b'<dimension ref="A1:XFD1048576"/>'),
        ("没有", b""),
        ("从后面开始", b'<dimension ref="C4:D5"/>'),
    ):
        yield Case(f"范围标记{name}", THEME, "台账.xlsx", _dimensioned(page, said), fate(page))
    nonsense = _dimensioned(page, b'<dimension ref="???"/>')  # Excel too calls such a file damaged
    yield Case(
        "范围标记不成文",
        THEME,
        "台账.xlsx",
        nonsense,
        refused("无法读取", {"damaged", "damaged_sheet"}),
    )


def _dimensioned(page: Page, said: bytes) -> Callable[[], bytes]:
    return lambda: sheet_patched(
        xlsx(page), lambda part: re.sub(rb'<dimension ref="[^"]*"/>', said, part)
    )
