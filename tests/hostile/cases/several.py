"""Rows that hold more than one thing: split where the numbering is beyond doubt, else flagged."""

from collections.abc import Iterator

from tests.hostile.case import Case
from tests.hostile.page import Page
from tests.hostile.shelf import TEXT, ledger, text_case, workbook_case

THEME = "一格多条"
SPLIT = {
    "中文数字": (2, "一、灭火器压力不足。二、疏散通道堆放纸箱。"),
    "数字加点": (3, "1.灭火器压力不足。2.疏散通道堆放纸箱。3.应急灯损坏不亮。"),
    "数字顿号换行": (2, "1、灭火器压力不足\n2、疏散通道堆放纸箱"),
    "括号数字": (2, "（1）灭火器压力不足；（2）疏散通道堆放纸箱"),
    "半角括号": (2, "(1)灭火器压力不足;(2)疏散通道堆放纸箱"),
    "右半括号": (2, "1)灭火器压力不足 2)疏散通道堆放纸箱"),
    "圈数字": (3, "①灭火器压力不足②疏散通道堆放纸箱③应急灯损坏不亮"),
    "全角数字": (2, "１．灭火器压力不足２．疏散通道堆放纸箱"),
    "前面有引言": (2, "现场检查发现：1.灭火器压力不足；2.疏散通道堆放纸箱"),
    "十一条": (
        11,
        "".join(f"{n}.第{'一二三四五六七八九十甲'[n - 1]}处配电箱箱门缺失。" for n in range(1, 12)),
    ),
}
DOUBTFUL = {
    "跳号": "1.灭火器压力不足。3.疏散通道堆放纸箱。",
    "重号": "1.灭火器压力不足。1.疏散通道堆放纸箱。2.应急灯损坏。",
    "从二开始": "2.灭火器压力不足。3.疏散通道堆放纸箱。",
    "两种编号混用": "1.灭火器压力不足。二、疏散通道堆放纸箱。",
}
PLAIN = {
    "小数": "通道宽度仅1.2米，低于2.0米的要求",
    "楼号": "一、二号楼之间消防车道被占用",
    "层数": "1、2、3层应急照明灯损坏不亮",
    "日期": "2026.3.5检查时灭火器已过期",
    "规范条款": "不符合GB 50016第5.5.18条，疏散门净宽不足",
    "只有一条": "1.灭火器压力不足",
    "网址和版本": "监控系统V2.1.3未升级",
}


def cases() -> Iterator[Case]:
    """All cases of this theme."""
    for name, (count, text) in SPLIT.items():
        page = ledger(1)
        page.split(count, 隐患描述=text)
        page.take()
        yield workbook_case(THEME, f"分成几条：{name}", page)
    for name, text in DOUBTFUL.items():
        page = ledger(1)
        page.notice(page.take(隐患描述=text), "条")
        page.take()
        yield workbook_case(THEME, f"分不清只提示：{name}", page)
    for name, text in PLAIN.items():
        page = ledger(0)
        page.becomes("description", text, 隐患描述=text)
        yield workbook_case(THEME, f"只是一条：{name}", page, quiet=True)
    page = ledger(1)
    page.reject("检查日期", 检查日期="830日", 隐患描述=SPLIT["数字加点"][1])
    page.split(3, 隐患描述=SPLIT["数字加点"][1], 备注="三处")
    yield workbook_case(THEME, "多条的行被拒收仍算一行", page)
    page = Page(TEXT)
    page.head()
    page.split(2, 隐患描述=SPLIT["数字顿号换行"][1])
    page.take()
    yield text_case(THEME, "文本里一格多条", page)
