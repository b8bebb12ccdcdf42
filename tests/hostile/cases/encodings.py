"""Text files: encodings in their stated order, and everything that goes wrong with text."""

from collections.abc import Iterator

from tests.hostile.case import Case, refused
from tests.hostile.page import Page, fate
from tests.hostile.shelf import TEXT, on_text, text_case
from tests.hostile.writing import text_of

THEME = "文本"
LONG = 1_000_000


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield from _read()
    yield from _line_ends()
    yield from _refused()
    yield from _long()
    yield from _ragged()
    yield from _cut()


def _read() -> Iterator[Case]:
    yield text_case(THEME, "utf8", on_text(3))
    yield text_case(THEME, "utf8带BOM", on_text(3), "utf-8-sig")
    yield text_case(THEME, "utf16", on_text(3), "utf-16")
    yield Case(
        "utf16大端",
        THEME,
        "台账.csv",
        lambda: b"\xfe\xff" + text_of(on_text(2).rows).encode("utf-16-be"),
        fate(on_text(2)),
    )
    yield text_case(THEME, "gb18030", on_text(3), "gb18030")
    rare = Page(TEXT)
    rare.head()
    rare.becomes("inspected_unit", "𠮷祥木器厂", **{"被检查单位（场所）": "𠮷祥木器厂"})
    yield text_case(THEME, "gb18030四字节字", rare, "gb18030")
    yield text_case(THEME, "gb18030制表符", on_text(3), "gb18030", "\t", file="导出.txt")
    euro = Page(TEXT)
    euro.head()
    euro.becomes("remark", "℃与㎡、①", 备注="℃与㎡、①")
    yield text_case(THEME, "gb18030特殊符号", euro, "gb18030")


def _line_ends() -> Iterator[Case]:
    yield text_case(THEME, "只有CR换行", on_text(3), ending="\r")
    yield text_case(THEME, "LF换行", on_text(3), ending="\n")
    yield Case(
        "末行没有换行",
        THEME,
        "台账.csv",
        lambda: text_of(on_text(2).rows).encode().rstrip(b"\r\n"),
        fate(on_text(2)),
    )
    yield Case("CR和LF混用", THEME, "台账.csv", _mixed_ends, fate(on_text(4)))
    inside = Page(TEXT)
    inside.head()
    inside.becomes(
        "description", "东侧通道堆物 西侧出口上锁", 隐患描述="东侧通道堆物\n西侧出口上锁"
    )
    inside.many(2)
    yield text_case(THEME, "引号内换行", inside)
    yield text_case(THEME, "引号内CRLF", _with_break("\r\n"))
    gaps = Page(TEXT)
    gaps.head()
    gaps.take()
    gaps.aside()
    gaps.aside(*[None] * 17)
    gaps.take()
    yield text_case(THEME, "中间有空行", gaps)
    quoted = Page(TEXT)
    quoted.head()
    quoted.becomes("remark", '标牌写着"严禁烟火"，已褪色', 备注='标牌写着"严禁烟火"，已褪色')
    yield text_case(THEME, "引号和逗号在格内", quoted)
    top = Page(TEXT)
    top.aside("sep=,")
    top.head()
    top.many(2)
    yield Case(
        "首行sep声明",
        THEME,
        "台账.csv",
        lambda: b"sep=,\r\n" + text_of(top.rows[1:]).encode(),
        fate(top),
    )


def _mixed_ends() -> bytes:
    lines = text_of(on_text(4).rows).split("\r\n")[:5]
    return (
        lines[0] + "\r\n" + lines[1] + "\n" + lines[2] + "\r\n" + lines[3] + "\n" + lines[4] + "\n"
    ).encode()


def _with_break(ending: str) -> Page:
    page = Page(TEXT)
    page.head()
    page.take(备注=f"第一行{ending}第二行")
    return page.many(2)


def _refused() -> Iterator[Case]:
    rows = on_text(4).rows
    good = text_of(rows)
    lines = good.encode().split(b"\r\n")
    mixed = b"\r\n".join([*lines[:3], *(line.decode().encode("gb18030") for line in lines[3:])])
    yield Case(
        "utf8和gbk混在一起",
        THEME,
        "台账.csv",
        lambda: mixed,
        refused("拒收", {"encoding", "mojibake", "mixed"}, "编码"),
    )
    back = b"\r\n".join([*(line.decode().encode("gb18030") for line in lines[:3]), *lines[3:]])
    yield Case(
        "gbk后接utf8",
        THEME,
        "台账.csv",
        lambda: back,
        refused("拒收", {"encoding", "mojibake", "mixed"}),
    )
    yield Case(
        "夹有零字节",
        THEME,
        "台账.csv",
        lambda: good.encode().replace("红".encode(), b"\0", 1),
        refused("拒收", {"mojibake", "nul"}),
    )
    yield Case(
        "锟斤拷",
        THEME,
        "台账.csv",
        lambda: good.replace("通道", "锟斤拷").encode(),
        refused("拒收", {"mojibake"}, "乱码"),
    )
    yield Case(
        "替换符",
        THEME,
        "台账.csv",
        lambda: good.replace("通道", "\ufffd\ufffd").encode(),
        refused("拒收", {"mojibake"}, "乱码"),
    )
    yield Case(
        "国标存成西欧文",
        THEME,
        "台账.csv",
        lambda: good.encode("gb18030").decode("latin-1").encode(),
        refused("拒收", {"mojibake", "encoding"}, "乱码"),
    )
    yield Case(
        "utf8存成西欧文",
        THEME,
        "台账.csv",
        lambda: good.encode().decode("latin-1").encode(),
        refused("拒收", {"mojibake", "encoding"}, "乱码"),
    )
    yield Case(
        "utf8当国标转存",
        THEME,
        "台账.csv",
        lambda: good.encode().decode("gb18030", "replace").encode(),
        refused("拒收", {"mojibake", "encoding"}, "乱码"),
    )
    yield Case(
        "日文编码",
        THEME,
        "台账.csv",
        lambda: ("検査日,場所\r\n" + "火災の危険,あいうえお\r\n" * 5).encode("shift-jis"),
        refused("拒收", {"encoding", "mojibake", "no_headings"}),
    )
    half = good.encode("gb18030")
    yield Case(
        "末尾半个汉字",
        THEME,
        "台账.csv",
        lambda: half[: half.rindex("整改".encode("gb18030")) + 1],
        refused("拒收", {"encoding", "truncated", "unfinished"}),
    )
    yield Case(
        "utf16缺BOM",
        THEME,
        "台账.csv",
        lambda: good.encode("utf-16-le"),
        refused("拒收", {"encoding", "mojibake", "nul"}),
    )
    yield Case(
        "引号不成对",
        THEME,
        "台账.csv",
        lambda: good.replace("配电箱箱门", '"配电箱箱门', 1).encode(),
        refused("拒收", {"quotes"}, "引号"),
    )
    many = text_of(on_text(300).rows)
    first, last = many.index("YH-0312-202603-0005"), many.index(",", many.index("-0290"))
    eaten = many[:first] + '"' + many[first:last] + '"' + many[last:]
    yield Case(
        "一个引号吞掉几百行",
        THEME,
        "台账.csv",
        eaten.encode,
        refused("拒收", {"quotes"}, "引号"),
    )


def _long() -> Iterator[Case]:
    long = Page(TEXT)
    long.head()
    long.take()
    long.reject("隐患描述", 隐患描述="长" * LONG)
    long.take()
    yield text_case(THEME, "必填格有一百万字", long)
    spare = Page(TEXT)
    spare.head()
    spare.take()
    spare.empty("备注", 备注="长" * LONG)
    spare.take()
    yield text_case(THEME, "选填格有一百万字", spare)


def _ragged() -> Iterator[Case]:
    """Rows shorter or longer than the headings that are whole all the same."""
    short = Page(TEXT)
    short.head()
    short.take()
    short.take()
    short.rows[-1] = short.rows[-1][:15]
    short.many(1)
    yield text_case(THEME, "行尾少空列", short)
    wide = Page(TEXT)
    wide.head()
    wide.take()
    wide.take()
    wide.rows[-1] += ["", ""]
    wide.many(1)
    yield text_case(THEME, "行尾多空列", wide)
    apart = on_text(1)
    apart.aside("注：以下为二季度新增")
    apart.many(1)
    yield Case(
        "单格的附注后接着数据", THEME, "台账.csv", lambda: _bare(apart).encode(), fate(apart)
    )
    fitting = on_text(2)
    fitting.aside("合计", "2处")
    fitting.many(2)
    bare = [row[:16] if len(row) > 2 and row[16:] == [None] else row for row in fitting.rows]
    yield Case(
        "两格的合计后接着省略空列的数据",
        THEME,
        "台账.csv",
        lambda: text_of(bare).encode(),
        fate(fitting),
    )


def _cut() -> Iterator[Case]:
    """A bare comma or line break inside a cell: which cells are displaced cannot be told."""
    spilled = Page(TEXT)
    spilled.head()
    spilled.take()
    spilled.refuse(*_spilled_row())
    spilled.take()
    cut = on_text(2)
    cut.refuse(
        "3",
        "YH-0312-202603-0003",
        "2026-03-05",
        "区应急管理局",
        "王建国",
        "东升木业有限公司",
        "红旗街道",
        "厂房北侧",
        "通道堆物",
    )
    cut.refuse("门已锁", *on_text(1).rows[1][9:])
    cut.many(1)
    yield Case(
        "没有引号的换行把一行切成两行", THEME, "台账.csv", lambda: _bare(cut).encode(), fate(cut)
    )
    yield Case(
        "格内逗号没有引号", THEME, "台账.csv", lambda: _bare(spilled).encode(), fate(spilled)
    )


def _spilled_row() -> list[object]:
    """A description with a bare comma: every later value stands one column too far right."""
    page = on_text(1)
    row = list(page.rows[1])
    return [*row[:8], "通道堆物", "门已锁", *row[9:]]


def _bare(page: Page) -> str:
    return "".join(",".join(str(cell or "") for cell in row) + "\r\n" for row in page.rows)
