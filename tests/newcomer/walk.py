"""The walk: a form is filled in with three mistakes, checked, returned, corrected, sent again, run.

Everything goes through the program's own commands and LibreOffice; nothing is called inside.
The town whose reference sheets the form draws on is the tests' small made-up one.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from tests.town import deliver, plain, riskpipe

STREET = "红旗街道"
MAIN = "隐患排查台账"
TYPING = Path(__file__).with_name("typing_in.py")
SYSTEM_PYTHON = "/usr/bin/python3"
"""LibreOffice's uno module belongs to the system's Python."""

INFORMATION = {
    "报送性质": "首次报送",
    "本期有无数据": "有",
    "填报人": "冯晓禾",
    "联系电话": "0571-88000012",
    "审核人（单位负责人）": "严立冬",
    "报出日期": "2026-12-03",
}
ROWS = [
    {
        "检查日期": f"2026-11-{day:02d}",
        "检查单位": "红旗街道应急办",
        "检查人员": "冯晓禾、邹小满",
        "隐患来源": "日常检查",
        "被检查单位（场所）": unit,
        "行业领域（场所类型）": trade,
        "所属街道（乡镇）": STREET,
        "隐患部位": place,
        "隐患描述": what,
        "隐患等级": "一般",
        "整改责任单位": unit,
        "整改责任人": "华知秋",
        "整改措施": "限期整改到位",
        "整改期限": f"2026-11-{day + 10}",
        "整改状态": "整改中",
    }
    for day, unit, trade, place, what in [
        (3, "禾木家具加工厂", "工贸", "禾木路8号喷漆车间", "喷漆房未设防爆排风机"),
        (4, "小满幼儿园", "学校、幼儿园及培训机构", "小满巷2号厨房", "燃气报警器断电停用"),
        (5, "立冬火锅店", "餐饮", "立冬街15号后厨", "液化气瓶与灶台同室存放"),
        (6, "谷雨小区", "居民住宅及自建房", "谷雨里3号楼一层门厅", "电动自行车飞线充电"),
        (9, "白露宾馆", "文化旅游、宾馆民宿、休闲娱乐", "白露路1号三楼", "疏散通道堆放布草车"),
    ]
]
MISTAKES = {(2, "检查日期"): "2026-11-31", (3, "隐患等级"): "较大", (4, "整改期限"): "立即整改"}
"""(row of ROWS from 1, heading) → what was typed instead: an impossible day, a grade of another
scale, words in a date column."""
RIGHT = {(2, "检查日期"): "2026-11-04", (3, "隐患等级"): "一般", (4, "整改期限"): "2026-11-16"}


@dataclass(frozen=True)
class Walked:
    """What the walk left: files by step, and what each command printed."""

    folder: Path
    form: Path
    filled: Path
    returned: Path
    corrected: Path
    said: dict[str, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)


def walked(folder: Path) -> Walked:
    """Walk it all in a folder of its own."""
    deliver(folder, 2)
    files = Walked(
        folder,
        folder / f"{STREET}_{MAIN}_2026-11.xlsx",
        folder / "filled" / f"{STREET}_{MAIN}_2026-11.xlsx",
        folder / "returned",
        folder / "corrected" / f"{STREET}_{MAIN}_2026-11.xlsx",
    )
    command(files, "first run", "run")
    command(files, "template", "template", "findings", "--street", STREET, "--month", "2026-11",
            "--out", str(folder))  # fmt: skip
    files.filled.parent.mkdir()
    typed(files.form, files.filled, first_typing(files.form))
    command(files, "check", "check", str(files.filled))
    receive(files, "receive", files.filled, "2026-12-03")
    command(files, "run", "run")
    command(files, "list", "return", "--from", STREET)
    command(files, "return", "return", "--from", STREET, "--out", str(files.returned))
    files.corrected.parent.mkdir()
    back = returned_file(files)
    typed(back, files.corrected, corrections(back))
    command(files, "check again", "check", str(files.corrected))
    receive(files, "receive again", files.corrected, "2026-12-07")
    command(files, "run again", "run")
    command(files, "list again", "return", "--from", STREET)
    return files


def command(files: Walked, step: str, *words: str) -> None:
    """Run a command of the program and keep what it said."""
    ran = riskpipe(files.folder, *words)
    files.said[step], files.codes[step] = plain(ran), ran.returncode


def receive(files: Walked, step: str, path: Path, day: str) -> None:
    """File a workbook as delivered on a day."""
    command(files, step, "receive", str(path), "--from", STREET, "--on", day)


def returned_file(files: Walked) -> Path:
    """The one sheet that was written for the form."""
    return next(files.returned.rglob(f"*{MAIN}_2026-11.xlsx"))


def typed(opened: Path, saved: Path, cells: Mapping[str, Mapping[str, str]]) -> None:
    """Type into a workbook with LibreOffice and save it elsewhere."""
    in_office({"open": str(opened), "save": str(saved), "cells": cells})


def in_office(order: Mapping[str, object]) -> None:
    """Let LibreOffice carry out one order of typing_in.py."""
    place = Path(str(order.get("save") or order["print"])).with_suffix(".json")
    place.write_text(json.dumps(order, ensure_ascii=False), "utf-8")
    subprocess.run([SYSTEM_PYTHON, str(TYPING), str(place)], check=True, capture_output=True)
    place.unlink()


def first_typing(form: Path) -> dict[str, dict[str, str]]:
    """What the street types: five findings, three cells of them wrong."""
    wanted = {
        (number, heading): MISTAKES.get((number, heading), text)
        for number, row in enumerate(ROWS, 1)
        for heading, text in row.items()
    }
    return {MAIN: _placed(form, wanted), "报送信息": _information(form)}


def corrections(returned: Path) -> dict[str, dict[str, str]]:
    """What the street types into its returned sheet: the red cells, nothing else."""
    return {MAIN: _placed(returned, RIGHT), "报送信息": {}}


def _placed(book: Path, wanted: Mapping[tuple[int, str], str]) -> dict[str, str]:
    """Texts by cell: a heading's column, data from row 4 on."""
    sheet = openpyxl.load_workbook(book)[MAIN]
    letters = {cell.value: cell.column_letter for cell in sheet[3]}
    return {f"{letters[heading]}{number + 3}": text for (number, heading), text in wanted.items()}


def _information(book: Path) -> dict[str, str]:
    sheet = openpyxl.load_workbook(book)["报送信息"]
    places = {row[0].value: row[1].coordinate for row in sheet.iter_rows()}
    return {places[item]: text for item, text in INFORMATION.items()}


def can_walk() -> bool:
    """Whether LibreOffice and its Python bridge are here."""
    if not shutil.which("soffice") or not Path(SYSTEM_PYTHON).exists():
        return False
    tried = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], check=False, capture_output=True)
    return tried.returncode == 0
