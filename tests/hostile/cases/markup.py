"""The XML inside workbooks: what may hurt a reader, and what odd but honest writers produce."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.hostile.case import Case, refused
from tests.hostile.page import Page, fate
from tests.hostile.shelf import ledger
from tests.hostile.writing import book_of, parts_of, patched, sheet_patched, xlsx, zipped

THEME = "内部标记"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "哈">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
Change = Callable[[bytes], bytes]


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield from _declarations()
    yield from _odd_writers()
    yield from _odd_values()
    yield from _broken()


def _declared(declaration: str) -> Change:
    return lambda part: re.sub(
        rb"^(<\?xml[^>]*\?>)?\s*",
        rb"\1" + declaration.encode().replace(b"\\", rb"\\"),
        part,
        count=1,
    )


def _declarations() -> Iterator[Case]:
    parts = {
        "工作表": "xl__worksheets__sheet1_xml", "共享字符串": "xl__sharedStrings_xml", "工作簿": "xl__workbook_xml",
        "样式": "xl__styles_xml", "关系": "xl___rels__workbook_xml_rels", "内容类型": "[Content_Types]_xml",
    }  # fmt: skip
    for name, key in parts.items():
        yield Case(
            f"实体炸弹在{name}",
            THEME,
            "台账.xlsx",
            _changed({key: _declared(LAUGHS)}),
            refused("拒收", {"dtd"}, "DTD"),
        )
    yield Case(
        "外部实体在工作表",
        THEME,
        "台账.xlsx",
        _changed({"xl__worksheets__sheet1_xml": _declared(OUTSIDE)}),
        refused("拒收", {"dtd"}, "DTD"),
    )
    late = _declared("<!--" + "填" * 3000 + "-->" + LAUGHS)
    yield Case(
        "声明藏在长注释后",
        THEME,
        "台账.xlsx",
        _changed({"xl__sharedStrings_xml": late}),
        refused("拒收", {"dtd"}, "DTD"),
    )
    wide = _changed({"xl__sharedStrings_xml": lambda part: _utf16(_declared(LAUGHS)(part))})
    yield Case(
        "声明用双字节编码藏起",
        THEME,
        "台账.xlsx",
        wide,
        refused("拒收|无法读取", {"dtd", "damaged", "damaged_sheet"}),
    )


def _utf16(part: bytes) -> bytes:
    return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def _changed(changes: Mapping[str, Change]) -> Callable[[], bytes]:
    return lambda: patched(xlsx(ledger(2)), **changes)


def _odd_writers() -> Iterator[Case]:
    page = ledger(3)
    made: dict[str, Change] = {
        "行列没有坐标": lambda part: re.sub(rb'(<row|<c) r="[^"]*"', rb"\1", part),
        "行没有坐标": lambda part: re.sub(rb'<row r="[^"]*"', b"<row", part),
        "带命名空间前缀": _prefixed,
        "行尾有很多空格": lambda part: part.replace(b"</row>", b"</row>\n      "),
        "单引号属性": lambda part: re.sub(rb'r="([A-Z]+\d+)"', rb"r='\1'", part),
        "属性顺序不同": lambda part: re.sub(rb'<c r="([^"]*)" t="s"', rb'<c t="s" r="\1"', part),
        "坐标小写": lambda part: re.sub(
            rb'<c r="([A-Z]+)(\d+)"', lambda m: b'<c r="' + m[1].lower() + m[2] + b'"', part
        ),
        "空行标签": lambda part: part.replace(
            b"</sheetData>", b'<row r="6"/><row r="7"></row></sheetData>'
        ),
    }
    for name, change in made.items():
        yield Case(name, THEME, "台账.xlsx", _sheet_changed(page, change), fate(page))
    yield Case("文字写在单元格里", THEME, "台账.xlsx", lambda: _inline(page), fate(page))
    yield Case("严格格式", THEME, "台账.xlsx", lambda: _strict(page), fate(page))
    yield Case("部件名大写", THEME, "台账.xlsx", lambda: _shouted_part(page), fate(page))
    yield Case("部件路径是绝对的", THEME, "台账.xlsx", lambda: _absolute(page), fate(page))
    chart = {page.name: page.rows}

    def with_chart(book: Any, sheets: Mapping[str, Any]) -> None:
        drawn = book.add_chart({"type": "column"})
        drawn.add_series({"values": f"='{page.name}'!$A$2:$A$4"})
        book.add_chartsheet("图表").set_chart(drawn)
        sheets[page.name].write_comment("A2", "请核对")

    yield Case(
        "附图表工作表和批注",
        THEME,
        "台账.xlsx",
        lambda: book_of(chart, with_chart, False),
        fate(page),
    )


def _sheet_changed(page: Page, change: Change) -> Callable[[], bytes]:
    return lambda: sheet_patched(xlsx(page), change)


def _prefixed(part: bytes) -> bytes:
    named = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part)
    return named.replace(b"xmlns=", b"xmlns:x=", 1)


def _inline(page: Page) -> bytes:
    """No shared strings: every text in its cell, as streaming exporters write."""
    parts = parts_of(xlsx(page))
    texts = re.findall(rb"<si><t[^>]*>(.*?)</t></si>", parts["xl/sharedStrings.xml"], re.DOTALL)
    sheet = re.sub(
        rb'<c r="([^"]*)"([^>]*) t="s"><v>(\d+)</v>',
        lambda m: (
            b'<c r="'
            + m[1]
            + b'"'
            + m[2]
            + b' t="inlineStr"><is><t>'
            + texts[int(m[3])]
            + b"</t></is>"
        ),
        parts["xl/worksheets/sheet1.xml"],
    )
    return zipped(parts | {"xl/worksheets/sheet1.xml": sheet})


def _strict(page: Page) -> bytes:
    """The ISO strict variant that Excel offers under “另存为”."""
    old = b"http://schemas.openxmlformats.org/"
    new = b"http://purl.oclc.org/ooxml/"
    return zipped({
        name: part.replace(old + b"spreadsheetml/2006/main", new + b"spreadsheetml/main")
        .replace(old + b"officeDocument/2006/relationships", new + b"officeDocument/relationships")
        for name, part in parts_of(xlsx(page)).items()
    })  # fmt: skip


def _shouted_part(page: Page) -> bytes:
    parts = parts_of(xlsx(page))
    parts["xl/worksheets/Sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", b"worksheets/Sheet1.xml")
    return zipped(parts)


def _absolute(page: Page) -> bytes:
    parts = parts_of(xlsx(page))
    name = "xl/_rels/workbook.xml.rels"
    return zipped(parts | {name: re.sub(rb'Target="', b'Target="/xl/', parts[name])})


def _odd_values() -> Iterator[Case]:
    page = ledger(0)
    page.becomes("description", "隧道开 挖支护", 隐患描述="隧道开_x000D_\n挖支护")
    yield Case("转义的回车", THEME, "台账.xlsx", lambda: xlsx(page), fate(page))
    rich = ledger(0)
    rich.becomes("description", "通道堆物严重", 隐患描述="RICH")
    runs = "<si><r><t>通道</t></r><r><rPr><b/></rPr><t>堆物严重</t></r></si>".encode()
    yield Case(
        "一格里有几种字体", THEME, "台账.xlsx", lambda: _string_replaced(rich, runs), fate(rich)
    )
    sound = ledger(0)
    sound.becomes("description", "通道", 隐患描述="RICH")
    spoken = "<si><t>通道</t><rPh sb='0' eb='2'><t>トンネル</t></rPh><phoneticPr fontId='1'/></si>".encode()
    yield Case(
        "带注音的文字", THEME, "台账.xlsx", lambda: _string_replaced(sound, spoken), fate(sound)
    )
    kept = ledger(0)
    kept.becomes("remark", "TRUE", 备注=True)
    yield Case("逻辑值单元格", THEME, "台账.xlsx", lambda: xlsx(kept), fate(kept, values={}))


def _string_replaced(page: Page, item: bytes) -> bytes:
    return patched(
        xlsx(page), xl__sharedStrings_xml=lambda part: part.replace(b"<si><t>RICH</t></si>", item)
    )


def _broken() -> Iterator[Case]:
    beyond = _changed(
        {"xl__worksheets__sheet1_xml": lambda part: part.replace(b"<v>3</v>", b"<v>99999</v>", 1)}
    )
    yield Case(
        "共享字符串越界",
        THEME,
        "台账.xlsx",
        beyond,
        refused("无法读取", {"damaged", "damaged_sheet"}),
    )
    deep = _changed(
        {
            "xl__workbook_xml": lambda part: part.replace(
                b"</workbook>", b"<a>" * 50_000 + b"</a>" * 50_000 + b"</workbook>"
            )
        }
    )
    page = ledger(2)
    yield Case("五万层嵌套", THEME, "台账.xlsx", deep, fate(page))
    same = _changed({"xl__workbook_xml": lambda part: re.sub(rb"<sheet .*?/>", b"", part)})
    yield Case(
        "没有工作表清单",
        THEME,
        "台账.xlsx",
        same,
        refused("拒收|无法读取", {"damaged", "damaged_sheet", "empty_workbook"}),
    )
    yield Case(
        "工作簿里什么也没有",
        THEME,
        "台账.xlsx",
        lambda: xlsx(Page()),
        refused("拒收", {"empty_workbook"}, "零报告"),
    )
    huge = _changed(
        {
            "xl__worksheets__sheet1_xml": lambda part: re.sub(
                rb"<mergeCells.*?</mergeCells>|(?=<pageMargins)", _many_merges(), part, count=1
            )
        }
    )
    yield Case("五万个合并区域", THEME, "台账.xlsx", huge, fate(page))


def _many_merges() -> bytes:
    areas = b"".join(b'<mergeCell ref="A%d:Q%d"/>' % (row, row) for row in range(10, 50_010))
    return b'<mergeCells count="50000">' + areas + b"</mergeCells>"
