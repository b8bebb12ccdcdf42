"""What the edge costs against the bare read of the same workbook, in processor time.

`ratios()` gives (name, ratio, target, stretch). The bare read is fastexcel to Arrow, all
cells as text. Ours is the whole edge: the limited child's own work (measured in this process,
since a fork's time is not billed to it), headings, people taken out, screening, classifying,
accounting; writing to disk is left out on both sides.
"""

import datetime as dt
import gc
import io
import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import fastexcel
import xlsxwriter

from riskpipe.identity.keys import keys_of
from riskpipe.intake import cells
from riskpipe.reception import Desk, desk_of, receive, transcribe
from riskpipe.rules import Rules
from riskpipe.settings import Settings

HEADINGS = (
    "序号 隐患编号 检查日期 检查单位 检查人员 隐患来源 被检查单位（场所） 行业领域（场所类型） "
    "所属街道（乡镇） 所属社区（村）、网格 隐患部位 隐患描述 隐患等级 整改责任单位 整改责任人 "
    "整改措施 整改期限 整改状态 整改完成日期 备注"
).split()
ORDER = {"zip": True, "max_rows": 2_000_000, "max_columns": 512, "max_inflated": 2**32}


def ratios() -> list[tuple[str, float, float, float]]:
    """(name, ratio, target, stretch) for one large workbook and for a month of small ones."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            raw=Path(folder), warehouse=Path(folder) / "w", key_file=Path(folder) / "key"
        )
        desk = desk_of(
            settings, Rules(Path(folder) / "none"), keys_of(settings.key_file, Path(folder) / "v")
        )
        large = ledger(100_000, 1)
        small = [ledger(1_700, seed) for seed in range(60)]
        for content in small[:2]:
            edge(content, desk)
        return [
            ("工作簿→落地，10万行×20列", _ratio([large], desk), 4.0, 2.5),
            ("工作簿→落地，60个×1700行×20列", _ratio(small, desk), 4.0, 2.5),
        ]


def ledger(rows: int, seed: int) -> bytes:
    """A made-up ledger as a street would send it: dates, codes, free text, some phones."""
    dice = random.Random(seed)
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    sheet = book.add_worksheet("隐患排查台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADINGS)
    for number in range(1, rows + 1):
        found = dt.datetime(2025, 1, 1) + dt.timedelta(days=dice.randrange(300))
        for column, value in enumerate(_row(number, found, dice)):
            if isinstance(value, dt.datetime):
                sheet.write_datetime(number, column, value, day)
            elif value is not None:
                sheet.write(number, column, value)
    book.close()
    return sink.getvalue()


def _row(number: int, found: dt.datetime, dice: random.Random) -> list[object]:
    unit = f"青岚区样例{dice.choice('甲乙丙丁戊')}{dice.randrange(400)}号商铺"
    what = dice.choice(
        ["楼道堆放杂物", "电动自行车飞线充电", "灭火器失效", "应急照明损坏", "燃气软管老化"]
    )
    text = f"{dice.randrange(1, 30)}号楼{dice.randrange(1, 20)}层{what}，已要求整改第{number}次"
    if number % 200 == 0:
        text += f"，联系电话1380013{number % 10000:04d}"
    return [
        number, f"YH-130102001-202501-{number:06d}", found, "红旗街道", dice.choice(["张某一", "李某二"]),
        "日常检查", unit, dice.choice(["工贸", "餐饮", "居民住宅及自建房"]), "红旗街道",
        f"社区{dice.randrange(20)}", f"{dice.randrange(1, 9)}单元", text, "一般", unit,
        dice.choice(["王某三", "赵某四"]), "限期清理并恢复原状", found + dt.timedelta(days=7),
        dice.choice(["整改中", "已销号", "已整改"]), found + dt.timedelta(days=5), None,
    ]  # fmt: skip


def bare(content: bytes) -> None:
    """The bare read."""
    fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string").to_arrow()


def edge(content: bytes, desk: Desk) -> None:
    """The whole edge, as a run does it; the child's work is not in this process."""
    landing = receive(transcribe(content, "台账.xlsx", desk), desk)
    assert not landing.rejected_rows.num_rows


def in_child(content: bytes) -> None:
    """What the limited child does, here."""
    cells.read([bytearray(json.dumps(ORDER).encode()), bytearray(content)])


def _ratio(contents: list[bytes], desk: Desk) -> float:
    least = min(_seconds(lambda: [bare(content) for content in contents]) for _ in range(3))
    ours = min(
        _seconds(lambda: [edge(content, desk) for content in contents])
        + _seconds(lambda: [in_child(content) for content in contents])
        for _ in range(3)
    )
    return ours / least


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    for name, ratio, target, stretch in ratios():
        print(f"{name}: {ratio:.2f} (≤ {target}, stretch {stretch})")
