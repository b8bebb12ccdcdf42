"""What a file is, whatever its name: true tables under wrong names, and what is no table."""

import json
from collections.abc import Iterator
from typing import Any

from tests.hostile import biff
from tests.hostile.case import Case, refused
from tests.hostile.page import Page, fate
from tests.hostile.shelf import TEXT, ledger, on_text, text_case, workbook_case
from tests.hostile.writing import parts_of, png, text_of, xlsx, zipped

THEME = "容器"
NOT_A_TABLE = ("Excel",)


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield from _wrong_names()
    yield from _old_workbooks()
    yield from _json_lines()
    yield from _damaged()
    yield from _no_tables()


def _wrong_names() -> Iterator[Case]:
    yield workbook_case(THEME, "xlsx改名xls", ledger(3), file="台账.xls")
    yield workbook_case(THEME, "xlsx改名csv", ledger(3), file="台账.csv")
    yield workbook_case(THEME, "xlsx没有扩展名", ledger(2), file="台账")
    yield workbook_case(THEME, "xlsx大写扩展名", ledger(2), file="台账.XLSX")
    yield workbook_case(THEME, "xlsx改名et", ledger(2), file="台账.et")
    yield Case("xlsm带宏", THEME, "台账.xlsm", lambda: _with_macro(ledger(2)), fate(ledger(2)))
    yield text_case(THEME, "csv改名xlsx", on_text(3), file="台账.xlsx")
    yield text_case(THEME, "csv改名xls", on_text(3), encoding="gb18030", file="台账.xls")
    yield text_case(THEME, "制表符tsv", on_text(3), delimiter="\t", file="台账.tsv")
    yield text_case(THEME, "制表符改名xls", on_text(3), "gb18030", "\t", file="导出.xls")
    yield text_case(THEME, "竖线txt", on_text(2), delimiter="|", file="台账.txt")
    yield text_case(THEME, "分号csv", on_text(2), delimiter=";")
    yield text_case(THEME, "utf16制表符txt", on_text(2), "utf-16", "\t", file="Unicode文本.txt")


def _with_macro(page: Page) -> bytes:
    parts = parts_of(xlsx(page))
    kinds = parts["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    project = biff.compound({"PROJECT": b'ID="{0}"\r\n' * 400})
    return zipped(parts | {"[Content_Types].xml": kinds, "xl/vbaProject.bin": project})


def _old_workbooks() -> Iterator[Case]:
    page = ledger(3)
    made = {page.name: page.rows}
    yield Case(
        "xls旧格式", THEME, "台账.xls", lambda: biff.workbook(made, [], locked=False), fate(page)
    )
    yield Case(
        "xls改名xlsx", THEME, "台账.xlsx", lambda: biff.workbook(made, [], locked=False), fate(page)
    )
    yield Case(
        "WPS的et", THEME, "台账.et", lambda: biff.workbook(made, [], locked=False), fate(page)
    )
    two = Page("二月")
    two.head()
    two.many(2)
    both = {page.name: page.rows, two.name: two.rows}
    yield Case(
        "xls两张表",
        THEME,
        "两张.xls",
        lambda: biff.workbook(both, [], locked=False),
        fate(page, two),
    )
    yield Case("xls标题合并", THEME, "标题.xls", _old_with_title, fate(_titled()))
    yield Case(
        "xls打开密码", THEME, "台账.xls", lambda: biff.workbook(made, [], locked=True),
        refused("拒收", {"encrypted"}, "密码"),
    )  # fmt: skip
    yield Case(
        "xlsx打开密码", THEME, "台账.xlsx", _encrypted, refused("拒收", {"encrypted"}, "密码")
    )
    yield Case(
        "doc旧文档", THEME, "情况报告.doc", lambda: biff.compound({"WordDocument": b"\xec\xa5" * 3000}),
        refused("拒收", {"not_a_table"}, *NOT_A_TABLE),
    )  # fmt: skip
    yield Case(
        "doc改名xls", THEME, "台账.xls", lambda: biff.compound({"WordDocument": b"\xec\xa5" * 3000}),
        refused("拒收", {"not_a_table"}, *NOT_A_TABLE),
    )  # fmt: skip
    yield Case(
        "xls只剩一半", THEME, "台账.xls", lambda: biff.workbook(made, [], locked=False)[:3000],
        refused("无法读取", {"damaged", "truncated", "unfinished"}, "重"),
    )  # fmt: skip


def _titled() -> Page:
    page = Page()
    page.aside("红旗街道2026年3月隐患排查台账")
    page.head()
    return page.many(2)


def _old_with_title() -> bytes:
    return biff.workbook({"隐患排查台账": _titled().rows}, [(0, 0, 0, 9)], locked=False)


def _encrypted() -> bytes:
    """An encrypted xlsx is a compound file of two streams; what is in them does not matter."""
    return biff.compound(
        {"EncryptionInfo": b"\x04\x00\x04\x00" * 500, "EncryptedPackage": b"\x5a" * 9000}
    )


def _json_lines() -> Iterator[Case]:
    page = on_text(3)
    yield Case("jsonl", THEME, "台账.jsonl", lambda: _lines(page).encode(), _shifted(page))
    broken = _shifted(page)
    broken_at = {(TEXT, 4): frozenset[str]()}
    yield Case(
        "jsonl有坏行", THEME, "台账.jsonl", ((_lines(page) + '{"隐患编号": "YH-1", \n').encode),
        fate(_moved(page), bad=broken_at, status="部分接收"),
    )  # fmt: skip
    yield Case(
        "jsonl带BOM", THEME, "台账.jsonl", lambda: b"\xef\xbb\xbf" + _lines(page).encode(), broken
    )


def _lines(page: Page) -> str:
    records = (dict(zip(page.rows[0], row, strict=True)) for row in page.rows[1:])
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _moved(page: Page) -> Page:
    """The same records where no heading row stands above them."""
    return Page(TEXT, rows=page.rows[1:], good={(TEXT, row - 1) for _, row in page.good})


def _shifted(page: Page) -> Any:
    return fate(_moved(page))


def _damaged() -> Iterator[Case]:
    half = {"damaged", "truncated", "unfinished"}
    whole = xlsx(ledger(40))
    yield Case("空文件", THEME, "台账.xlsx", lambda: b"", refused("拒收", {"empty_file"}, "空"))
    yield Case(
        "只有空白",
        THEME,
        "台账.csv",
        lambda: b" \r\n\t\r\n  \r\n",
        refused("拒收", {"empty_file"}, "空"),
    )
    yield Case(
        "只有BOM",
        THEME,
        "台账.csv",
        lambda: b"\xef\xbb\xbf",
        refused("拒收", {"empty_file", "empty_workbook"}),
    )
    yield Case(
        "全是零字节",
        THEME,
        "台账.xlsx",
        lambda: b"\0" * 8192,
        refused("拒收", {"empty_file", "mojibake", "nul"}),
    )
    yield Case(
        "xlsx只剩一半",
        THEME,
        "台账.xlsx",
        lambda: whole[: len(whole) // 2],
        refused("无法读取", half, "重"),
    )
    yield Case(
        "xlsx缺最后一百字节",
        THEME,
        "台账.xlsx",
        lambda: whole[:-100],
        refused("无法读取", half, "重"),
    )
    yield Case(
        "xlsx后半未写入", THEME, "台账.xlsx",
        lambda: whole[: len(whole) // 2] + b"\0" * (len(whole) - len(whole) // 2),
        refused("无法读取", half, "重"),
    )  # fmt: skip
    yield Case("只有PK两个字母", THEME, "台账.xlsx", lambda: b"PK", refused("无法读取", half))
    yield Case(
        "工作表部件损坏",
        THEME,
        "台账.xlsx",
        lambda: _cut_sheet(whole),
        refused("无法读取", {"damaged", "damaged_sheet"}),
    )
    yield Case(
        "缺工作表部件",
        THEME,
        "台账.xlsx",
        lambda: _without_sheet(whole),
        refused("无法读取", {"damaged", "damaged_sheet"}),
    )
    yield Case(
        "校验和不符",
        THEME,
        "台账.xlsx",
        lambda: _flipped(whole),
        refused("无法读取", {"damaged", "damaged_sheet"}),
    )


def _cut_sheet(whole: bytes) -> bytes:
    parts = parts_of(whole)
    sheet = parts["xl/worksheets/sheet1.xml"]
    return zipped(parts | {"xl/worksheets/sheet1.xml": sheet[: len(sheet) * 2 // 3]})


def _without_sheet(whole: bytes) -> bytes:
    parts = parts_of(whole)
    del parts["xl/worksheets/sheet1.xml"]
    return zipped(parts)


def _flipped(whole: bytes) -> bytes:
    """One bit of the packed sheet turned over, as a bad stick does."""
    at = whole.index(b"xl/worksheets/sheet1.xml") + 400
    return whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]


def _no_tables() -> Iterator[Case]:
    picture = png(40, 30, b"\x80")
    for name, file, content in (
        ("pdf", "扫描件.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"),
        ("pdf改名xlsx", "台账.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"),
        ("png图片", "现场.png", picture),
        ("jpg改名xlsx", "台账.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 400),
        ("tiff扫描件", "扫描.tif", b"II*\x00\x08\x00\x00\x00" + bytes(range(200))),
        ("大端tiff扫描件", "扫描.tiff", b"MM\x00*\x00\x00\x00\x08" + bytes(range(200))),
        ("bmp图片", "扫描.bmp", b"BM\x36\x10\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00" + bytes(range(200))),
        ("rar压缩包", "三月.rar", b"Rar!\x1a\x07\x01\x00" + bytes(range(200))),
        ("7z压缩包", "三月.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(range(200))),
        ("gzip压缩包", "三月.gz", b"\x1f\x8b\x08\x00" + bytes(range(200))),
        ("rtf文档", "说明.rtf", b"{\\rtf1\\ansi hello}"),
        ("docx文档", "情况.docx", _office("word/document.xml")),
        ("docx改名xlsx", "台账.xlsx", _office("word/document.xml")),
        ("pptx演示", "汇报.pptx", _office("ppt/presentation.xml")),
        ("ofd版式文件", "文件.ofd", zipped({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b"<a/>"})),
        ("odt文档", "文件.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "a.xml": b"<a/>"})),
        ("可执行文件", "台账.xlsx", b"MZ\x90\x00" + bytes(range(256)) * 4),
    ):  # fmt: skip
        yield Case(
            name,
            THEME,
            file,
            _just(content),
            refused("拒收", {"not_a_table", "archive"}, *NOT_A_TABLE),
        )
    yield Case(
        "普通文本", THEME, "说明.txt", "本月无隐患，特此说明。\n红旗街道\n".encode,
        refused("拒收", {"no_headings"}, "表头"),
    )  # fmt: skip
    yield Case(
        "逗号很多的文章", THEME, "总结.txt",
        lambda: text_of([["一是加强领导", "二是落实责任", "三是强化督导"]] * 5).encode(),
        refused("拒收", {"no_headings"}, "表头"),
    )  # fmt: skip


def _office(part: str) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<R/>", part: b"<a/>"})


def _just(content: bytes) -> Any:
    return lambda: content
