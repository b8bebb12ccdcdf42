"""What the edge costs against the bare read of the same workbook, in processor time.

The bare read is fastexcel to Arrow, all cells as text. Ours is the whole edge: the limited
child, headings, people taken out, screening, classifying, accounting; writing to disk is left
out on both sides.
"""

import datetime as dt
import gc
import io
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import xlsxwriter

from riskpipe.identity.keys import keys_of
from riskpipe.intake.look import whole
from riskpipe.intake.reading import read
from riskpipe.reception import (
    Desk,
    desk_of,
    landing,
    receive,
    receiving,
    shelf,
    transcribe,
    transcript,
)
from riskpipe.rules import Rules
from riskpipe.settings import Settings
from tests.benchmarks.measuring import Bill, Row, bill, cost, shares

HEADINGS = (
    "序号 隐患编号 检查日期 检查单位 检查人员 隐患来源 被检查单位（场所） 行业领域（场所类型） "
    "所属街道（乡镇） 所属社区（村）、网格 隐患部位 隐患描述 隐患等级 整改责任单位 整改责任人 "
    "整改措施 整改期限 整改状态 整改完成日期 备注"
).split()
LARGE_ROWS, SMALL_ROWS = 100_000, 1_700
EDGE = {
    "读文件、认表头": (transcript, "read"),
    "取出个人信息、遮蔽": (transcript, "take_out"),
    "保密库写": (landing.Vault, "seal"),
    "保密库读": (landing.Vault, "open"),
    "筛查": (receiving, "sift"),
    "归类": (receiving, "_judged"),
    "模型核验": (receiving, "settle"),
    "落地写盘": (shelf, "write_tables"),
}
"""The parts of the edge that are billed apart, as (owner, function)."""


def rows() -> Iterator[Row]:
    """One large workbook, and a month of small ones."""
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_at(Path(folder))
        large = [ledger(LARGE_ROWS, 1)]
        small = [ledger(SMALL_ROWS, seed) for seed in range(60)]
        for content in small[:2]:
            edge(content, desk)
        yield reading(large, desk)
        yield each_row(large, small, desk)
        yield against("工作簿→落地，10 万行×20 列 ÷ 裸读", large, desk)
        yield against("工作簿→落地，60 个×1700 行×20 列 ÷ 裸读", small, desk)


def desk_at(folder: Path) -> Desk:
    """A desk with the packaged rules and a key of its own."""
    settings = Settings(raw=folder, warehouse=folder / "w", key_file=folder / "key")
    return desk_of(settings, Rules(folder / "none"), keys_of(settings.key_file, folder / "v"))


def reading(contents: list[bytes], desk: Desk) -> Row:
    """Look, limited child, headings and accounting, nothing typed, against the bare read."""
    least = min(cost(lambda: [bare(content) for content in contents]) for _ in range(3))
    ours = min(cost(lambda: [read_only(content, desk) for content in contents]) for _ in range(3))
    where = f"裸读 {least:.2f} s，读认 {ours:.2f} s"
    return Row("看、读、认表头，10 万行×20 列 ÷ 裸读", ours / least, 1.6, None, True, where)


def each_row(large: list[bytes], small: list[bytes], desk: Desk) -> Row:
    """A row of a small workbook against a row of a large one, both through the whole edge."""
    costs = [
        _edge_cost(small, desk) / (SMALL_ROWS * len(small)),
        _edge_cost(large, desk) / (LARGE_ROWS * len(large)),
    ]
    where = f"小表每千行 {costs[0] * 1000:.3f} s，大表每千行 {costs[1] * 1000:.3f} s"
    return Row("每行：60 个小工作簿 ÷ 一个大工作簿", costs[0] / costs[1], 1.5, None, True, where)


def _edge_cost(contents: list[bytes], desk: Desk) -> float:
    return min(cost(lambda: [edge(content, desk) for content in contents]) for _ in range(3))


def against(work: str, contents: list[bytes], desk: Desk) -> Row:
    """The edge over these workbooks against the bare read of the same."""
    least = min(cost(lambda: [bare(content) for content in contents]) for _ in range(3))
    ours = min((_billed(contents, desk) for _ in range(3)), key=lambda spent: spent.total)
    where = f"裸读 {least:.2f} s；其中读取子进程 {ours.children:.2f} s；{shares(ours.seconds, 6)}"
    return Row(work, ours.total / least, 4.0, 2.5, True, where)


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


def read_only(content: bytes, desk: Desk) -> None:
    """A file looked at, read and laid out."""
    found = read(content, "台账.xlsx", desk.layouts, desk.rules, desk.limits)
    assert found.bodies


def edge(content: bytes, desk: Desk) -> None:
    """The whole edge, as a run does it."""
    landing = receive(transcribe(whole(content), "台账.xlsx", desk), desk)
    assert not landing.rejected_rows.num_rows


def _billed(contents: list[bytes], desk: Desk) -> Bill:
    gc.collect()
    with bill() as opened, opened.watching(EDGE), opened.stage("其他"):
        for content in contents:
            edge(content, desk)
    return opened
