"""A made-up twin of a real construction ledger: the same defects in the same numbers, all else invented.

What was measured on the real workbook stands in `MEASURED`; the rows are laid out by hand below
so that each figure can be counted on the fingers: 105 rows on 总表 (hazards 1-105), 30 on 2025
(hazards 89-118), hence 17 hazards on both sheets and 118 in all. Persons come from the made-up
city. What riskpipe must say of it is in test_twin.py.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import xlsxwriter

from riskpipe.demo.people import staff
from tests.hostile.writing import CREATED

MEASURED: dict[str, Any] = {
    "rows": (105, 30),
    "on_both": 17,
    "states": {
        "已整改": 112, "整改完成": 7, "已整改销号": 4, "现场处置": 3, "整改中": 3, "已销号": 3, "待整改": 1, None: 2,
    },
    "grades": {"3级": 58, 3: 64, "5级": 8, "4级": 3, "一般3级": 2},
    "complete": 126,
    "on_deadline": 110,
    "late": 4,
    "early": 12,
    "several": 22,
    "plain_type": 56,
    "broken_type": 16,
    "whole_type": 2,
    "stray_spaces": 7,
}  # fmt: skip
WHOLE, LATER = "总表", "2025"
FIRST_ON_BOTH, HAZARDS = 89, 118
HEADS = {
    WHOLE: (
        "序号", "检查时间", "检查单位", "检查人", "检查工点", "隐患问题描述", "隐患类型", "隐患等级",
        "整改要求（措施）", "整改期限", "建设", "设计", "施工", "监理", "整改责任人", "整改完成日期", "整改情况",
        "备注",
    ),
    LATER: (
        "序号", "检查日期", "检查单位", "检查人员", "检查工点", "隐患描述", "问题类别", "隐患级别", "整改措施",
        "整改时限", "建设", "设计", "施工", "监理", "责任人", "整改日期", "完成情况", "复查人",
    ),
}  # fmt: skip
UNITS, FIRST_UNIT, LAST_UNIT = "整改责任单位", 10, 13
LAST_EMPTY = 20  # column U

STATES = {
    (WHOLE, 5): "整改中", (WHOLE, 17): "整改中", (LATER, 20): "整改中", (WHOLE, 29): "待整改",
    (WHOLE, 41): None, (LATER, 22): None,
    **{(WHOLE, row): "现场处置" for row in (60, 61, 62)},
    **{(WHOLE, row): "已销号" for row in (63, 64, 65)},
    **{(WHOLE, row): "已整改销号" for row in (66, 100, 101, 102)},
    **{(WHOLE, row): "整改完成" for row in range(70, 77)},
}  # fmt: skip
"""Of 135 rows; all others say 已整改. Hazards 100-102 are signed off on 总表 alone."""
UNDONE = {
    (WHOLE, 5),
    (WHOLE, 17),
    (WHOLE, 29),
    (WHOLE, 41),
    (WHOLE, 53),
    (LATER, 20),
    (LATER, 22),
    (LATER, 24),
    (LATER, 26),
}
WORD_FOR_DATE = (LATER, 24)
GRADES = {
    **{(WHOLE, row): "5级" for row in (8, 16, 24, 32, 40, 48, 56, 64)},
    **{(WHOLE, row): "4级" for row in (10, 20, 30)},
    (WHOLE, 12): "一般3级", (LATER, 21): "一般3级",
}  # fmt: skip
LAST_AS_TEXT = 70
"""Down to this row of 总表 the third grade is written 3级, below it and on 2025 as the number 3."""
LATE = {(WHOLE, 2), (WHOLE, 34), (WHOLE, 77), (LATER, 19)}
EARLY = {
    *((WHOLE, row) for row in (3, 13, 23, 33, 43, 63, 73, 83)),
    *((LATER, row) for row in (23, 25, 27, 29)),
}
DOTTED_FOUND = {(LATER, row) for row in (2, 4, 6)}
DOTTED_DONE = {(LATER, row) for row in (8, 10, 12)}
DATE_FOR_PERSON = {(LATER, 18), (LATER, 28)}
POSTPONED = (LATER, 10)
"""Hazard 98: on 2025 its deadline and completion stand two days later than on 总表."""
SEVERAL = {
    **dict.fromkeys((4, 11, 18, 25, 35), 3), **dict.fromkeys((45, 55), 4),
    **dict.fromkeys((57, 67, 78, 79, 80, 81, 82, 84, 85, 90, 91, 107, 118), 2),
}  # fmt: skip
"""Hazards whose one cell holds several numbered problems; 90 and 91 stand on both sheets."""
TYPES = ("劳动安全", "劳动安全隐患", "作业人员安全", "临时用电", "高处作业", "机械设备")
FORMS = ("yyyy/m/d", 'm"月"d"日"', "yyyy-mm-dd", 'yyyy"年"m"月"d"日"')
FACES = ("松岭隧道进口", "松岭隧道出口", "白沙河特大桥", "混凝土拌和站", "钢筋加工场", "路基二工区")
PROBLEMS = (
    "拱架连接板螺栓未拧紧", "作业人员未系安全带", "配电箱未上锁", "氧气瓶与乙炔瓶间距不足", "临边防护栏杆缺失",
    "边坡排水沟淤堵", "运输车辆倒车无人指挥", "照明线路绝缘破损",
)  # fmt: skip
FOOTER = "填写要求：1.检查时间填年月日；2.一处隐患填一行；3.隐患等级暂按1，2，3级划分：1级重大、2级突出、3级一般"


@dataclass(frozen=True)
class Line:
    """One data row as it will be typed: sheet, number from 1, hazard, cells."""

    sheet: str
    number: int
    hazard: int
    cells: tuple[Any, ...]

    @property
    def row(self) -> int:
        """The number Excel shows: under five rows on 总表, under two on 2025."""
        return self.number + (5 if self.sheet == WHOLE else 2)


def lines() -> Iterator[Line]:
    """All 135 data rows."""
    for number in range(1, 106):
        yield _line(WHOLE, number, number)
    for number in range(1, 31):
        yield _line(LATER, number, FIRST_ON_BOTH - 1 + number)


def _line(sheet: str, number: int, hazard: int) -> Line:
    at = (sheet, number)
    found = date(2025, 2, 10) + timedelta(days=hazard)
    due = found + timedelta(days=3 + hazard % 5 + 2 * (at == POSTPONED))
    cells = (
        number, _dotted(found) if at in DOTTED_FOUND else found, "建设指挥部安质科", _inspectors(hazard),
        FACES[hazard % 6], _spaced(at, description(hazard)), _type(sheet, hazard), _grade(at), "立即整改并复验", due,
        *_units(hazard), found if at in DATE_FOR_PERSON else staff(hazard + 40), _done(at, due),
        STATES.get(at, "已整改"), staff(hazard + 90) if sheet == LATER else None,
    )  # fmt: skip
    return Line(sheet, number, hazard, cells)


def description(hazard: int) -> str:
    """What was found; the same on both sheets."""
    count = SEVERAL.get(hazard)
    where = f"{FACES[hazard % 6]}第{hazard}号处"
    if count is None:
        return f"{where}{PROBLEMS[hazard % 8]}"
    marks = ("一、", "二、", "三、", "四、") if hazard % 2 else ("1.", "2.", "3.", "4.")
    return "".join(f"{marks[n]}{where}{PROBLEMS[(hazard + n) % 8]}。" for n in range(count))


def _spaced(at: tuple[str, int], text: str) -> str:
    """Seven cells with blanks around them, one of them on 2025 for a hazard of both sheets."""
    return (
        f" {text} "
        if at in {(WHOLE, row) for row in (6, 14, 22, 36, 44, 92)} | {(LATER, 5)}
        else text
    )


def _dotted(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _done(at: tuple[str, int], due: date) -> Any:
    if at == WORD_FOR_DATE:
        return "已整改"
    if at in UNDONE:
        return None
    done = due + timedelta(days=(at in LATE) * 3 - (at in EARLY))
    return _dotted(done) if at in DOTTED_DONE else done


def _type(sheet: str, hazard: int) -> str:
    """56 rows say 一般, 16 have the break, 2 are whole; hazards of both sheets count twice."""
    if hazard <= 16:
        return "隧道开\n挖支护"
    if hazard <= 18:
        return "隧道开挖支护"
    return "一般" if hazard <= 74 else TYPES[(hazard + (sheet == LATER)) % 6]


def _grade(at: tuple[str, int]) -> Any:
    third = "3级" if at[0] == WHOLE and at[1] <= LAST_AS_TEXT else 3
    return GRADES.get(at, third)


def _inspectors(hazard: int) -> str:
    return (
        staff(hazard),
        f"{staff(hazard)}、{staff(hazard + 5)}",
        f"{staff(hazard)} {staff(hazard + 5)}",
        f"{staff(hazard)} 、{staff(hazard + 5)}",
    )[hazard % 4]


def _units(hazard: int) -> tuple[str | None, ...]:
    names = ("路桥建设公司", "勘察设计院", "第三工程项目部", "诚信监理站")
    return tuple(name if hazard % 4 == place else None for place, name in enumerate(names))


def write() -> bytes:
    """The twin workbook, the same bytes every time."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.set_properties({"created": CREATED})
    forms = [book.add_format({"num_format": form}) for form in FORMS]
    plain = book.add_format({"border": 1, "text_wrap": True})
    sheets = {name: book.add_worksheet(name) for name in (WHOLE, LATER)}
    _whole_head(sheets[WHOLE], plain)
    _later_head(sheets[LATER], plain)
    for line in lines():
        for column, value in enumerate(line.cells):
            _put(sheets[line.sheet], line.row - 1, column, value, forms, plain)
    for row in range(1, 110):
        for column in range(len(HEADS[WHOLE]), LAST_EMPTY + 1):
            sheets[WHOLE].write_blank(row, column, None, plain)
    sheets[WHOLE].merge_range(112, 0, 114, LAST_EMPTY, FOOTER, plain)
    book.close()
    return sink.getvalue()


def _put(sheet: Any, row: int, column: int, value: Any, forms: list[Any], plain: Any) -> None:
    match value:
        case None:
            sheet.write_blank(row, column, None, plain)
        case str():
            sheet.write_string(row, column, value, plain)
        case date():
            sheet.write_datetime(row, column, value, forms[row % 4])
        case _:
            sheet.write_number(row, column, value, plain)


def _whole_head(sheet: Any, plain: Any) -> None:
    """A merged title, headings merged over rows 2-5, the four units on row 4."""
    sheet.merge_range(0, 0, 0, LAST_EMPTY, "松岭铁路建设系统安全隐患库", plain)
    _head(sheet, HEADS[WHOLE], 1, 4, plain)
    for column in range(FIRST_UNIT, LAST_UNIT + 1):
        sheet.merge_range(3, column, 4, column, HEADS[WHOLE][column], plain)
    sheet.merge_range(1, FIRST_UNIT, 2, LAST_UNIT, UNITS, plain)


def _later_head(sheet: Any, plain: Any) -> None:
    """No title, headings over rows 1-2."""
    _head(sheet, HEADS[LATER], 0, 1, plain)
    for column in range(FIRST_UNIT, LAST_UNIT + 1):
        sheet.write_string(1, column, HEADS[LATER][column], plain)
    sheet.merge_range(0, FIRST_UNIT, 0, LAST_UNIT, UNITS, plain)


def _head(sheet: Any, heads: tuple[str, ...], first: int, last: int, plain: Any) -> None:
    for column, heading in enumerate(heads):
        if not FIRST_UNIT <= column <= LAST_UNIT:
            sheet.merge_range(first, column, last, column, heading, plain)
