"""Where headings stand and how they are written."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.hostile.case import Case
from tests.hostile.page import Page, fate, unread
from tests.hostile.records import FINDINGS, finding
from tests.hostile.shelf import workbook_case
from tests.hostile.writing import Formula, merged, uncached, xlsx

THEME = "表头"
NAME = "隐患排查台账"


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    yield from _deep()
    yield from _written_otherwise()
    yield from _formulas()
    yield from _unknown_and_missing()


def _deep() -> Iterator[Case]:
    titled = Page()
    titled.aside("红旗街道隐患排查台账（2026年3月）")
    titled.aside("填报单位：红旗街道", None, None, None, None, "单位：处")
    titled.aside()
    titled.head()
    titled.many(3)
    yield workbook_case(THEME, "两行标题一行空", titled, finish=merged(NAME, "A1:Q1"))
    late = Page()
    for number in range(12):
        late.aside(f"{number + 1}．各单位请于每月五日前报送" if number % 3 else None)
    late.head()
    late.many(2)
    yield workbook_case(THEME, "表头在第十三行", late)
    for depth in range(2, 6):
        page, areas = _levels(depth)
        yield workbook_case(THEME, f"{depth}层合并表头", page, finish=merged(NAME, *areas))
    flat, _ = _levels(2)
    yield workbook_case(THEME, "两层表头没有合并", flat)
    units, areas = _four_units()
    yield workbook_case(THEME, "责任单位下分四列", units, finish=merged(NAME, *areas))
    right = Page()
    right.headings = FINDINGS
    right.aside(*[None] * 3, *FINDINGS)
    for number in (1, 2):
        right.aside(*[None] * 3, *finding(number).values())
        right.good.add((NAME, right.here))
    yield workbook_case(THEME, "表格从D列开始", right)
    trailing = Page()
    trailing.aside(*FINDINGS, None, None, None)
    trailing.many(2)
    yield workbook_case(THEME, "末尾三个空列", trailing, finish=_bordered(20))


def _levels(depth: int) -> tuple[Page, list[str]]:
    """Headings over so many rows: single ones merged downward, two groups merged across."""
    page = Page()
    groups = {
        "检查情况": ("检查日期", "检查单位", "检查人员"),
        "整改情况说明": ("整改期限", "整改状态", "整改完成日期"),
    }
    under = {child: parent for parent, children in groups.items() for child in children}
    areas = []
    rows: list[list[Any]] = [[None] * len(FINDINGS) for _ in range(depth)]
    for column, heading in enumerate(FINDINGS):
        letter = chr(ord("A") + column)
        if heading not in under:
            rows[0][column] = heading
            areas.append(f"{letter}1:{letter}{depth}")
            continue
        rows[depth - 1][column] = heading
        if heading == groups[under[heading]][0]:
            rows[0][column] = under[heading]
            areas.append(f"{letter}1:{chr(ord(letter) + 2)}{depth - 1}")
    for row in rows:
        page.aside(*row)
    page.many(3)
    return page, areas


def _four_units() -> tuple[Page, list[str]]:
    """整改责任单位 merged over 建设, 设计, 施工, 监理: what is filled is the unit."""
    page = Page(
        headings=("隐患编号", "检查日期", "隐患描述", "建设", "设计", "施工", "监理", "整改期限")
    )
    page.aside("隐患编号", "检查日期", "隐患描述", "整改责任单位", None, None, None, "整改期限")
    page.aside(None, None, None, "建设", "设计", "施工", "监理", None)
    page.becomes("responsible_unit", "中原路桥项目部", 施工="中原路桥项目部")
    page.becomes("responsible_unit", "诚信监理站", 监理="诚信监理站")
    return page, ["D1:G1", "A1:A2", "B1:B2", "C1:C2", "H1:H2"]


def _bordered(column: int) -> Callable[[Any, Any], None]:
    """Empty cells with a border far right, as a dragged format leaves them."""

    def finish(book: Any, sheets: Any) -> None:
        form = book.add_format({"border": 1})
        for sheet in sheets.values():
            for row in range(3):
                sheet.write_blank(row, column, None, form)

    return finish


def _written_otherwise() -> Iterator[Case]:
    spaced = {name: "　".join(name) if len(name) == 4 else name for name in FINDINGS}
    starred = {
        name: f"★{name}" if name in ("隐患编号", "检查日期", "隐患描述") else f"{name}（必填）"
        for name in FINDINGS
    }
    broken = {name: name[:2] + "\n" + name[2:] for name in FINDINGS}
    aliased = {
        "隐患编号": "编号",
        "检查日期": "检查时间",
        "隐患描述": "隐患问题描述",
        "整改措施": "整改要求（措施）",
        "整改期限": "限期整改日期",
    }
    traditional = {"隐患编号": "隱患編號", "检查日期": "檢查日期", "隐患描述": "隱患描述"}
    brackets = {"被检查单位（场所）": "被检查单位(场所)", "所属街道（乡镇）": "所属街道(乡镇)"}
    for name, spelling in (
        ("表头有全角空格", spaced), ("表头带星号和必填", starred), ("表头有换行", broken), ("表头用别名", aliased),
        ("表头用繁体", traditional), ("表头用半角括号", brackets),
    ):  # fmt: skip
        page = Page()
        page.aside(*(spelling.get(heading, heading) for heading in FINDINGS))
        page.many(2)
        yield workbook_case(THEME, name, page)
    order = list(reversed(FINDINGS))
    page = Page(headings=order)
    page.head()
    page.becomes("due_on", "2026-04-01", 整改期限="2026-04-01")
    yield workbook_case(THEME, "列的顺序相反", page)
    twice = Page(headings=(*FINDINGS, "备注"))
    twice.aside(*twice.headings)
    twice.many(2)
    yield workbook_case(THEME, "同一表头出现两次", twice)


def _formulas() -> Iterator[Case]:
    saved = Page()
    saved.aside(*(Formula(f'="{name[:1]}"&"{name[1:]}"', name) for name in FINDINGS))
    saved.many(2)
    yield workbook_case(THEME, "表头是公式有结果", saved)
    words = Page()
    words.aside(*(Formula(f'="{name[:1]}"&"{name[1:]}"', None) for name in FINDINGS))
    words.many(2)
    words.notice(None, "公式")
    yield Case(
        "表头是公式没有结果但写着字", THEME, "台账.xlsx", lambda: uncached(words), fate(words)
    )
    lost = Page()
    lost.aside(*(Formula("=封面!B7", None) if name == "隐患描述" else name for name in FINDINGS))
    for number in (1, 2):
        lost.aside(*finding(number).values())
    yield Case(
        "必填表头是公式没有结果", THEME, "台账.xlsx", lambda: uncached(lost),
        unread(lost, codes={"headings", "few_headings"}, says=("隐患描述",)),
    )  # fmt: skip
    spare = Page()
    spare.aside(*(Formula("=封面!B8", None) if name == "备注" else name for name in FINDINGS))
    spare.take(备注="已张贴告知书")
    spare.take(备注="已张贴告知书")
    spare.notice(None, "Q")
    yield Case("选填表头是公式没有结果", THEME, "台账.xlsx", lambda: uncached(spare), fate(spare))


def _unknown_and_missing() -> Iterator[Case]:
    more = Page(headings=(*FINDINGS, "包保领导", "天气"))
    more.head()
    for _ in range(2):
        more.take(包保领导="区领导", 天气="晴")
    accounts = {NAME: {"unread": "包保领导、天气"}}
    yield workbook_case(THEME, "两个不认识的表头", more, accounts=accounts)
    near = Page(headings=["整改期线" if heading == "整改期限" else heading for heading in FINDINGS])
    near.head()
    near.take(整改期线="2026-04-01")
    near.notice(None, "整改期限")
    yield workbook_case(THEME, "不认识的表头提示相近的", near)
    for name in ("隐患描述", "检查日期"):
        page = Page(headings=[heading for heading in FINDINGS if heading != name])
        page.head()
        for number in range(1, 4):
            page.aside(*(finding(number)[heading] for heading in page.headings))
        yield Case(
            f"缺少必填列{name}", THEME, "台账.xlsx", _writer(page),
            unread(page, codes={"headings", "few_headings"}, says=(name,)),
        )  # fmt: skip
    blank = Page()
    blank.aside(*(None if heading == "备注" else heading for heading in FINDINGS))
    blank.take(备注="现场已告知负责人")
    blank.take()
    blank.notice(None, "Q")
    yield workbook_case(THEME, "有数据的列没有表头", blank)
    names = Page("名单")
    for row in (["姓名", "班次"], ["甲", "早"], ["乙", "晚"]):
        names.aside(*row)
    yield Case(
        "完全不认识的表",
        THEME,
        "排班.xlsx",
        _writer(names),
        unread(names, codes={"no_headings"}, says=("表头",)),
    )
    bare = Page()
    for number in range(1, 4):
        bare.aside(*finding(number).values())
    yield Case(
        "没有表头只有数据",
        THEME,
        "台账.xlsx",
        _writer(bare),
        unread(bare, codes={"no_headings"}, says=("表头",)),
    )


def _writer(*pages: Page) -> Callable[[], bytes]:
    return lambda: xlsx(*pages)
