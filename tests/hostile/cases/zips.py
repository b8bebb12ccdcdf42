"""Archives: tables packed together, names in old encodings, and archives meant to harm.

A sheet of a member is named `member/sheet`, a text member by its file name alone.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.hostile.case import Case, refused
from tests.hostile.page import Page, fate
from tests.hostile.shelf import ledger
from tests.hostile.writing import OLDEST, png, text_of, xlsx, zipped

THEME = "压缩包"
UTF8_NAME = 0x800
LOCKED = 0x1


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield from _packed_tables()
    yield from _names()
    yield from _not_only_tables()
    yield from _meant_to_harm()


def _book(member: str, count: int) -> tuple[Page, bytes]:
    """A workbook as a member, and its page under the name it must have in the account."""
    page = ledger(count)
    return renamed(page, f"{member}/{page.name}"), xlsx(page)


def renamed(page: Page, name: str) -> Page:
    """The same page under another name."""
    return Page(
        name,
        rows=page.rows,
        good={(name, row) for _, row in page.good},
        bad={(name, row): why for (_, row), why in page.bad.items()},
    )


def _text(member: str, count: int) -> Page:
    page = Page(member)
    page.head()
    return page.many(count)


def _packed_tables() -> Iterator[Case]:
    one, book = _book("红旗街道.xlsx", 3)
    yield Case("一张表", THEME, "三月.zip", lambda: zipped({"红旗街道.xlsx": book}), fate(one))
    text = _text("临江街道.csv", 2)
    both = {"红旗街道.xlsx": book, "临江街道.csv": text_of(text.rows).encode("gb18030")}
    yield Case("工作簿和文本", THEME, "三月.zip", lambda: zipped(both), fate(one, text))
    deep, inner = _book("三月/红旗街道/台账.xlsx", 2)
    yield Case(
        "在文件夹里",
        THEME,
        "三月.zip",
        lambda: zipped({"三月/": b"", "三月/红旗街道/台账.xlsx": inner}),
        fate(deep),
    )
    yield Case("扩展名不是zip", THEME, "三月.xlsx", lambda: zipped(both), fate(one, text))
    many = [_text(f"第{n:02d}组.csv", 1) for n in range(1, 31)]
    yield Case(
        "三十个成员", THEME, "全区.zip",
        lambda: zipped({page.name: text_of(page.rows).encode() for page in many}), fate(*many),
    )  # fmt: skip


def _names() -> Iterator[Case]:
    page = _text("红旗街道三月台账.csv", 2)
    body = text_of(page.rows).encode()
    yield Case(
        "国标编码的成员名",
        THEME,
        "三月.zip",
        lambda: raw_zip([("红旗街道三月台账.csv".encode("gbk"), body, 0)]),
        fate(page),
    )
    yield Case(
        "utf8成员名",
        THEME,
        "三月.zip",
        lambda: raw_zip([("红旗街道三月台账.csv".encode(), body, UTF8_NAME)]),
        fate(page),
    )
    yield Case(
        "utf8成员名没有标记",
        THEME,
        "三月.zip",
        lambda: raw_zip([("红旗街道三月台账.csv".encode(), body, 0)]),
        fate(page),
    )


def _not_only_tables() -> Iterator[Case]:
    page, book = _book("台账.xlsx", 2)
    photo = png(60, 40, b"\x80")
    photos = {"台账.xlsx": book, "YH-0312-202603-0001-前-1.jpg": b"\xff\xd8\xff" + photo}
    yield Case("附现场照片", THEME, "三月.zip", lambda: zipped(photos), fate(page))
    litter = {
        "台账.xlsx": book,
        "__MACOSX/._台账.xlsx": b"\x00\x05\x16\x07" + bytes(100),
        ".DS_Store": b"\0\0\0\1Bud1",
        "Thumbs.db": bytes(60),
    }
    yield Case("附系统垃圾文件", THEME, "三月.zip", lambda: zipped(litter), fate(page))
    yield Case(
        "附锁文件",
        THEME,
        "三月.zip",
        lambda: zipped({"台账.xlsx": book, "~$台账.xlsx": b"\x03abc" + bytes(160)}),
        fate(page),
    )
    yield Case(
        "附一个损坏的表", THEME, "三月.zip", lambda: zipped({"台账.xlsx": book, "坏.xlsx": book[:900]}),
        fate(page, status="部分接收", says=("坏.xlsx",)),
    )  # fmt: skip
    yield Case(
        "附一份pdf", THEME, "三月.zip", lambda: zipped({"台账.xlsx": book, "文件.pdf": b"%PDF-1.7\n" + bytes(200)}),
        fate(page, status="部分接收", says=("文件.pdf",)),
    )  # fmt: skip
    yield Case(
        "只有照片", THEME, "照片.zip", lambda: zipped({"1.png": photo, "2.png": photo}),
        refused("拒收", {"archive", "not_a_table", "empty_archive"}, "表"),
    )  # fmt: skip
    yield Case(
        "空压缩包",
        THEME,
        "三月.zip",
        lambda: zipped({}),
        refused("拒收", {"archive", "empty_archive", "empty_file"}),
    )
    nested = zipped({"台账.xlsx": book})
    yield Case(
        "压缩包里套压缩包", THEME, "三月.zip", lambda: zipped({"台账.xlsx": book, "里层.zip": nested}),
        fate(page, status="部分接收", says=("里层.zip",)),
    )  # fmt: skip
    yield Case(
        "只有一个套着的压缩包",
        THEME,
        "三月.zip",
        lambda: zipped({"里层.zip": nested}),
        refused("拒收", {"archive", "nested_archive"}, "解压"),
    )


def _meant_to_harm() -> Iterator[Case]:
    page = ledger(2)
    book = xlsx(page)
    body = text_of(_text("台账.csv", 1).rows).encode()
    yield Case(
        "带密码",
        THEME,
        "三月.zip",
        lambda: raw_zip([(b"ledger.xlsx", book, LOCKED)]),
        refused("拒收", {"encrypted"}, "密码"),
    )
    for name, member in (
        ("成员名指向上级目录", b"../../../tmp/riskpipe-slip.csv"),
        ("成员名是绝对路径", b"/tmp/riskpipe-slip.csv"),
        ("成员名是盘符路径", b"C:\\Windows\\riskpipe-slip.csv"),
    ):  # fmt: skip
        yield Case(
            name,
            THEME,
            "三月.zip",
            _raw((member, body, 0)),
            refused("拒收", {"archive", "unsafe_name", "zip_slip"}),
        )
    yield Case(
        "两个成员同名",
        THEME,
        "三月.zip",
        lambda: raw_zip([(b"a.csv", body, 0), (b"a.csv", body, 0)]),
        refused("拒收", {"archive", "unsafe_name", "same_name", "duplicate_name"}),
    )
    yield Case(
        "炸弹成员",
        THEME,
        "三月.zip",
        lambda: bomb(b"ledger.csv", 3000),
        refused("拒收", {"bomb"}, "2000"),
    )
    yield Case(
        "炸弹谎报大小",
        THEME,
        "三月.zip",
        lambda: bomb(b"ledger.csv", 3000, stated=1000),
        refused("拒收|无法读取", {"bomb", "damaged"}),
        limits={"max_inflated_mb": 500},
    )
    yield Case(
        "炸弹装成工作簿",
        THEME,
        "台账.xlsx",
        lambda: bomb(b"xl/worksheets/sheet1.xml", 3000),
        refused("拒收", {"bomb"}, "2000"),
    )
    yield Case(
        "工作簿部件谎报大小",
        THEME,
        "台账.xlsx",
        _lying_book,
        refused("拒收|无法读取", {"bomb", "damaged"}),
        limits={"max_inflated_mb": 50},
    )
    yield Case(
        "一份数据冒充千个成员",
        THEME,
        "三月.zip",
        lambda: overlapping(2000, 40),
        refused("拒收|无法读取", {"bomb", "too_many_members", "too_many_files", "damaged"}),
    )
    yield Case(
        "五千个成员",
        THEME,
        "三月.zip",
        lambda: raw_zip([(f"{n}.csv".encode(), b"a,b\n1,2\n", 0) for n in range(5000)]),
        refused("拒收", {"bomb", "too_many_members", "too_many_files"}),
    )


def _raw(*members: tuple[bytes, bytes, int]) -> Callable[[], bytes]:
    return lambda: raw_zip(members)


def raw_zip(members: Sequence[tuple[bytes, bytes, int]]) -> bytes:
    """A stored zip of (name bytes, content, flags), as old packers write it."""
    return _laid_out([(name, content, len(content), flags, 0) for name, content, flags in members])


def bomb(name: bytes, megabytes: int, stated: int | None = None) -> bytes:
    """One member that inflates to so many megabytes of spaces, packed block by block."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * megabytes + packer.flush()
    return _laid_out([(name, packed, stated or megabytes * 2**20, 0, zipfile.ZIP_DEFLATED)])


def _laid_out(members: Sequence[tuple[bytes, bytes, int, int, int]]) -> bytes:
    body, folder = io.BytesIO(), io.BytesIO()
    for name, packed, size, flags, method in members:
        at = body.tell()
        crc = zlib.crc32(packed) if method == 0 else 0
        facts = struct.pack(
            "<HHHHIIIHH", flags, method, 0, 0x21, crc, len(packed), size, len(name), 0
        )
        body.write(b"PK\x03\x04" + struct.pack("<H", 20) + facts + name + packed)
        folder.write(
            b"PK\x01\x02"
            + struct.pack("<HH", 20, 20)
            + facts
            + struct.pack("<HHHII", 0, 0, 0, 0, at)
            + name
        )
    return body.getvalue() + folder.getvalue() + _end(len(members), folder.tell(), body.tell())


def _end(count: int, size: int, at: int) -> bytes:
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, size, at, 0)


def overlapping(count: int, megabytes: int) -> bytes:
    """Many entries of the folder that all point at the same packed data."""
    one = bomb(b"a.csv", megabytes)
    at = one.index(b"PK\x01\x02")
    entry = one[at : at + 46 + 5]
    folder = entry * count
    return one[:at] + folder + _end(count, len(folder), at)


def _lying_book() -> bytes:
    """A workbook whose sheet inflates far beyond the size its folder states."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(ledger(1)))) as archive:
        parts: Mapping[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            tail = b" " * (80 * 2**20) if name.endswith("sheet1.xml") else b""
            out.writestr(zipfile.ZipInfo(name, OLDEST), content + tail, zipfile.ZIP_DEFLATED, 1)
    whole = sink.getvalue()
    real = len(parts["xl/worksheets/sheet1.xml"]) + 80 * 2**20
    return whole.replace(struct.pack("<I", real), struct.pack("<I", 4000))
