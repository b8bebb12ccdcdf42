"""Web pages under a workbook's name, as the exports of web systems come, and pages that are no table."""

from collections.abc import Iterator
from html import escape
from typing import Any

from tests.hostile.case import Case, refused
from tests.hostile.page import Page, fate
from tests.hostile.shelf import TEXT, on_text

THEME = "网页"
LOGIN = (
    "<!DOCTYPE html><html><head><title>login</title></head><body><form>请登录</form></body></html>"
)


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    page = on_text(3)
    plain = _table(page.rows)
    yield Case("html改名xls", THEME, "导出.xls", lambda: _page(plain, "utf-8"), fate(page))
    yield Case("html国标编码", THEME, "导出.xls", lambda: _page(plain, "gb2312"), fate(page))
    yield Case(
        "html大写标签", THEME, "导出.xls", lambda: _page(_shouted(plain), "utf-8"), fate(page)
    )
    yield Case("html带命名空间", THEME, "导出.xls", lambda: _office_page(plain), fate(page))
    title = Page(TEXT)
    title.aside("隐患排查台账")
    title.head()
    title.many(2)
    spanned = _table(title.rows).replace("<td>隐患排查台账", '<td colspan="17">隐患排查台账', 1)
    yield Case("html标题跨列", THEME, "导出.xls", lambda: _page(spanned, "utf-8"), fate(title))
    quoted = Page(TEXT)
    quoted.head()
    quoted.becomes("description", "通道宽度<1.2米 & 堆物", 隐患描述="通道宽度<1.2米 & 堆物")
    yield Case(
        "html转义字符", THEME, "导出.xls", lambda: _page(_table(quoted.rows), "utf-8"), fate(quoted)
    )
    yield Case(
        "登录页存成xls", THEME, "导出.xls", LOGIN.encode, refused("拒收", {"not_a_table"}, "Excel")
    )
    yield Case(
        "xml文件", THEME, "数据.xml", lambda: b'<?xml version="1.0"?><root><a>1</a></root>',
        refused("拒收", {"not_a_table"}, "Excel"),
    )  # fmt: skip


def _table(rows: list[list[Any]]) -> str:
    lines = (
        "<tr>"
        + "".join(f"<td>{escape(str(cell or ''), quote=False)}</td>" for cell in row)
        + "</tr>\n"
        for row in rows
    )
    return '<table border="1">\n' + "".join(lines) + "</table>"


def _page(table: str, encoding: str) -> bytes:
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body>'
    return (head + table + "</body></html>").encode(encoding)


def _shouted(table: str) -> str:
    for name in ("table", "tr", "td"):
        table = table.replace(f"<{name}", f"<{name.upper()}").replace(
            f"</{name}>", f"</{name.upper()}>"
        )
    return table


def _office_page(table: str) -> bytes:
    head = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">\n<head><meta charset="utf-8">'
        "<!--[if gte mso 9]><xml><x:ExcelWorkbook/></xml><![endif]-->"
        "<style>td{mso-number-format:'\\@';}</style></head><body>"
    )
    return (head + table + "</body></html>").encode()
