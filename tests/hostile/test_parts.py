"""Any workbook put together from parts offices use: every row has one fate, no sound row is lost."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.case import Case
from tests.hostile.comparing import broken_laws
from tests.hostile.observing import observe
from tests.hostile.page import Page, fate
from tests.hostile.records import FINDINGS
from tests.hostile.writing import merged, text_of, xlsx

SHORT = ("隐患编号", "检查日期", "隐患描述", "整改期限", "整改状态")
NOTES = (
    "注：本表一式两份",
    "说明：数据截至月底",
    "填表人：",
    "填写要求：1.逐条填写；2.不得空项",
    "第1页 共2页",
    "以下空白",
)
TITLES = (
    "红旗街道2026年3月隐患排查台账",
    "填报单位：红旗街道",
    "（单位：处）",
    "二、临江街道",
    "附件1",
)
BAD_DAYS = (
    "830日",
    "2026-02-30",
    "立即整改",
    "民国115年3月5日",
    "2569-03-05",
    "3月5日",
    "",
    "待定",
)
GOOD_DAYS = (
    "2026.3.5",
    "20260305",
    "2026年3月5日前",
    "２０２６－０３－０５",
    "46086",
    "2026/3/5 9:05",
)
PARTS = (
    "good", "good", "good", "spelled", "bad", "emptied", "several", "total", "note", "blank", "numbered", "heading",
    "second table", "titled table",
)  # fmt: skip


def _add(page: Page, part: str, pick: int) -> None:
    """One part at the end of the page; `pick` chooses among its spellings."""
    match part:
        case "good":
            page.take()
        case "spelled":
            page.becomes("inspected_on", "2026-03-05", 检查日期=GOOD_DAYS[pick % len(GOOD_DAYS)])
        case "bad":
            page.reject("检查日期", 检查日期=BAD_DAYS[pick % len(BAD_DAYS)])
        case "emptied":
            page.empty("整改状态", 整改状态=("差不多了", "50%", "√")[pick % 3])
        case "several":
            page.split(2, 隐患描述="1.灭火器压力不足。2.疏散通道堆放纸箱。")
        case "total":
            page.aside(("合计", "小计", "总 计")[pick % 3], str(pick % 9))
        case "note":
            page.aside(NOTES[pick % len(NOTES)])
        case "blank":
            page.aside(*(("",), (" ", "　"), ())[pick % 3])
        case "numbered":
            page.aside(*_numbered(page, pick))
        case "heading":
            page.aside(*page.headings)
        case "second table":
            page.headings = (FINDINGS, SHORT)[pick % 2]
            page.aside()
            page.head()
        case "titled table":
            page.headings = (FINDINGS, SHORT)[pick % 2]
            page.aside()
            page.aside(TITLES[pick % len(TITLES)])
            page.head()


def _numbered(page: Page, pick: int) -> list[Any]:
    """A row printed in advance with nothing but its numbers."""
    given = {"序号": pick, "隐患编号": f"YH-0312-202603-{9000 + pick:04d}"}
    return [given.get(heading) for heading in page.headings]


def _written(titles: list[int], parts: list[tuple[str, int]], is_deep: bool) -> Page:
    page = Page()
    for pick in titles:
        page.aside(TITLES[pick % len(TITLES)])
    if is_deep:
        page.aside(*FINDINGS[:13], "整改", None, None, *FINDINGS[16:])
        page.aside(*[None] * 13, *FINDINGS[13:16], None)
    else:
        page.head()
    for part, pick in parts:
        _add(page, part, pick)
    return page


PICK = st.integers(0, 50)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(PICK, max_size=3),
    st.lists(st.tuples(st.sampled_from(PARTS), PICK), min_size=1, max_size=14),
    st.booleans(),
)
def test_every_row_has_one_fate_and_no_sound_row_is_lost(
    titles: list[int], parts: list[tuple[str, int]], is_deep: bool
) -> None:
    page = _written(titles, parts, is_deep)
    top = len(titles) + 1
    finish = merged(page.name, f"N{top}:P{top}") if is_deep else None
    case = Case("parts", "parts", "台账.xlsx", lambda: xlsx(page, finish=finish), fate(page))
    seen = observe(case)
    assert list(broken_laws(seen)) == []
    assert page.good <= seen.accepted.keys(), page.rows
    assert page.bad.keys() <= seen.rejected.keys(), page.rows
    account = seen.accounts[page.name]
    filled = [
        n for n, row in enumerate(page.rows, 1) if any(cell not in (None, "") for cell in row)
    ]
    assert filled[-1] <= account["rows_seen"] <= len(page.rows)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(PARTS), PICK), min_size=1, max_size=8), st.integers(1, 3))
def test_every_sheet_of_a_workbook_keeps_its_own_account(
    parts: list[tuple[str, int]], count: int
) -> None:
    pages = []
    for number in range(count):
        page = _written([number], parts[number:], is_deep=False)
        pages.append(_renamed(page, f"{number + 1}月"))
    case = Case("sheets", "parts", "台账.xlsx", lambda: xlsx(*pages), fate(*pages))
    seen = observe(case)
    assert list(broken_laws(seen)) == []
    assert frozenset().union(*(page.good for page in pages)) <= seen.accepted.keys()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.sampled_from(PARTS), PICK), min_size=1, max_size=10),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "gb18030")),
    st.sampled_from((",", "\t", ";", "|")),
    st.sampled_from(("\r\n", "\n", "\r")),
)
def test_the_same_parts_as_text_lose_no_row_either(
    parts: list[tuple[str, int]], encoding: str, delimiter: str, ending: str
) -> None:
    page = _renamed(_written([], parts, is_deep=False), "")
    content = text_of(page.rows, delimiter, ending).encode(encoding)
    seen = observe(Case("text", "parts", "台账.csv", lambda: content, fate(page)))
    assert list(broken_laws(seen)) == []
    assert page.good <= seen.accepted.keys()
    assert seen.accounts[""]["rows_seen"] == len(page.rows)


def _renamed(page: Page, name: str) -> Page:
    return Page(name, rows=page.rows, good={(name, row) for _, row in page.good})
