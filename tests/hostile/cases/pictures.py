"""Pictures in sheets: counted, referenced by row, outside the size limits, never an error."""

import io
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.hostile.case import Case
from tests.hostile.page import Page, fate
from tests.hostile.records import FINDINGS
from tests.hostile.shelf import ledger, workbook_case
from tests.hostile.writing import Formula, parts_of, png, xlsx, zipped

THEME = "图片"
NAME = "隐患排查台账"
IDS = ("ID_5A1B2C3D4E5F60718293A4B5C6D7E8F9", "ID_0F1E2D3C4B5A69788796A5B4C3D2E1F0")
Places = tuple[tuple[int, int], ...]


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    small = png(40, 30, b"\x80\x20")
    page = _with_column(3)
    page.notice(2, "图片")
    page.notice(4, "图片")
    yield workbook_case(
        THEME, "两张浮动图片", page, finish=_floating(small, ((1, 17), (3, 17))), accounts={NAME: {"pictures": 2}}
    )  # fmt: skip
    page = _with_column(2)
    page.notice(2, "2 张图片")
    yield workbook_case(
        THEME, "一行两张图片", page, finish=_floating(small, ((1, 17), (1, 17))), accounts={NAME: {"pictures": 2}}
    )  # fmt: skip
    page = ledger(2)
    yield workbook_case(
        THEME, "图片在表格下方", page, finish=_floating(small, ((30, 2),)), accounts={NAME: {"pictures": 1}}
    )  # fmt: skip
    yield from _embedded()
    yield from _large(ledger(3))


def _with_column(count: int) -> Page:
    page = Page(headings=(*FINDINGS, "隐患图片"))
    page.head()
    return page.many(count)


def _floating(picture: bytes, places: Places) -> Callable[[Any, Mapping[str, Any]], None]:
    def finish(_book: Any, sheets: Mapping[str, Any]) -> None:
        for number, (row, column) in enumerate(places):
            sheets[NAME].insert_image(
                row, column, f"p{number}.png", {"image_data": io.BytesIO(picture)}
            )

    return finish


def _embedded() -> Iterator[Case]:
    """WPS keeps a picture in a cell as a function that no other program knows."""
    page = _with_column(0)
    for picture in IDS:
        row = page.take(
            隐患图片=Formula(f'=_xlfn.DISPIMG("{picture}",1)', f'=DISPIMG("{picture}",1)')
        )
        page.notice(row, "图片")
    page.take()
    accounts = {NAME: {"pictures": 2}}
    yield Case(
        "WPS嵌入图片",
        THEME,
        "台账.xlsx",
        lambda: _with_cell_images(page),
        fate(page, accounts=accounts),
    )
    remark = ledger(0)
    shown = f'=DISPIMG("{IDS[0]}",1)'
    row = remark.take(备注=Formula(f'=_xlfn.DISPIMG("{IDS[0]}",1)', shown))
    remark.notice(row, "图片")
    yield Case(
        "嵌入图片在备注列",
        THEME,
        "台账.xlsx",
        lambda: _with_cell_images(remark),
        fate(remark, accounts={NAME: {"pictures": 1}}),
    )
    lost = _with_column(0)
    row = lost.take(隐患图片=Formula(f'=DISPIMG("{IDS[0]}",1)', "#NAME?"))
    lost.notice(row, "图片")
    yield workbook_case(THEME, "嵌入图片只剩错误值", lost, accounts={NAME: {"pictures": 1}})


def _with_cell_images(page: Page) -> bytes:
    """The parts WPS adds: the list of cell pictures and the pictures."""
    parts = parts_of(xlsx(page))
    listed = "".join(
        f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{n}" name="{name}"/>'
        "</xdr:nvPicPr></xdr:pic></etc:cellImage>"
        for n, name in enumerate(IDS, 1)
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><etc:cellImages '
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData">'
    )
    pictures = {f"xl/media/image{n}.png": png(30, 20, b"\x40") for n in (1, 2)}
    return zipped(
        parts | {"xl/cellimages.xml": (head + listed + "</etc:cellImages>").encode()} | pictures
    )


def _large(page: Page) -> Iterator[Case]:
    def book() -> bytes:
        noise = random.Random(7).randbytes(1500 * 2400)  # does not deflate: 3.6 MB in the file
        return xlsx(page, finish=_floating(png(1500, 2400, noise), ((1, 17),)))

    told = fate(page, accounts={NAME: {"pictures": 1}})
    for name, limit in (("文件", "max_file_mb"), ("展开", "max_inflated_mb")):
        yield Case(f"大图片不计入{name}上限", THEME, "台账.xlsx", book, told, limits={limit: 1})
