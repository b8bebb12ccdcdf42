"""The files every arm of the month benchmark reads: ledgers as workbooks, work orders as CSV.

Made up from a seed: 60 street ledgers of 20 columns, and 12345 work orders in GB18030.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import xlsxwriter

STREETS = [f"{name}街道" for name in "东湖 西岭 南桥 北苑 中和 新华 长青 永安 红星 胜利".split()]
ROADS = ["滨河路", "解放路", "建设大道", "人民路", "工业园一路", "春晖巷", "学府街", "码头路"]
UNITS = ["恒达五金厂", "福满楼餐馆", "阳光幼儿园", "宏远仓储", "金鼎商厦", "惠民超市", "万家修理部"]
PROBLEMS = [
    "消防通道被杂物堵塞，灭火器过期",
    "电动车楼道内飞线充电",
    "燃气软管老化，未装报警器",
    "脚手架连墙件缺失，作业人员未系安全带",
    "电梯困人，维保超期",
    "危化品混放，没有通风",
    "后厨卫生差，食材过期，有人吃了拉肚子",
    "河堤塌陷，下雨就积水内涝",
    "山坡落石，边坡开裂有滑坡危险",
    "工人聚集讨要拖欠的工资，扬言上访",
    "井盖破损，路面塌陷",
    "夜间施工噪声大，影响休息",
    "咨询社保转移需要哪些材料",
    "物业费乱涨价，业主不同意",
]
LEDGER = (
    "序号 隐患编号 检查日期 检查单位 检查人员 隐患来源 被检查单位（场所） 行业领域（场所类型） 所属街道（乡镇） "
    "隐患部位 隐患描述 隐患等级 整改责任单位 整改责任人 整改措施 整改期限 整改状态 整改完成日期 复查日期 备注"
).split()
ORDERS = (
    "工单编号 工单标题 诉求内容 诉求类型 诉求渠道 诉求归口 紧急程度 工单状态 求助人员 求助号码 性别 事件发生地 "
    "诉求详细地址 区交办时间 区交办办结期限 市交办时间 市交办办结期限 市交办主办单位 市交办协办单位 是否疑难 "
    "是否协办 办结时间 满意度 录音编号"
).split()
MONTH = date(2026, 10, 1)


def ledger_rows(count: int, number: int, seed: int) -> Iterator[list[object]]:
    """Rows of one street's ledger, as a street types them."""
    dice = np.random.default_rng([seed, number])
    street = STREETS[number % len(STREETS)]
    for n in range(count):
        a, b, c, d = (int(x) for x in dice.integers(0, 10_000, 4))
        found = MONTH + timedelta(days=a % 28)
        done = found + timedelta(days=b % 12)
        unit = UNITS[c % len(UNITS)] + f"{d % 90 + 1}分店"
        yield [
            n + 1,
            f"YH-{number:02}-202610-{n:05}",
            found.isoformat(),
            street + "应急办",
            "周一鸣、陈二安",
            "日常检查",
            unit,
            "工贸",
            street,
            f"{ROADS[a % len(ROADS)]}{b % 300}号{c % 9 + 1}层",
            f"{unit}{PROBLEMS[d % 9]}",
            "一般",
            unit,
            "赵三立",
            "立即清理并安排专人检查",
            (found + timedelta(days=10)).isoformat(),
            "已整改待复查" if d % 3 else "整改中",
            done.isoformat() if d % 3 else "",
            "",
            "",
        ]


def write_ledger(path: Path, count: int, number: int, seed: int) -> None:
    """One workbook: title, instruction, headings in row 3, data from row 4."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("隐患排查台账")
    sheet.write(0, 0, "隐患排查台账")
    sheet.write(1, 0, "一处隐患一行")
    sheet.write_row(2, 0, LEDGER)
    for n, row in enumerate(ledger_rows(count, number, seed)):
        sheet.write_row(3 + n, 0, row)
    book.close()


def order_lines(count: int, seed: int) -> Iterator[str]:
    """Lines of the district's 12345 export."""
    dice = np.random.default_rng([seed, 12345])
    draws = dice.integers(0, 100_000, (count, 4)).tolist()
    for n, (a, b, c, d) in enumerate(draws):
        at = datetime(2026, 10, 1) + timedelta(minutes=a % 44_000)
        street = STREETS[b % len(STREETS)]
        place = f"{street}{ROADS[c % len(ROADS)]}{d % 400}号"
        text = f"市民反映{place}{UNITS[a % len(UNITS)]}{PROBLEMS[b % len(PROBLEMS)]}，请尽快处理。"
        closed = at + timedelta(hours=d % 300)
        yield ",".join(
            [
                f"DH202610{n:06}",
                PROBLEMS[b % len(PROBLEMS)].replace("，", " "),
                text,
                "投诉",
                "电话",
                "城市管理",
                "一般",
                "已办结" if d % 20 else "办理中",
                "周某某",
                f"139{d % 10_000:04}{c % 10_000:04}",
                "女",
                place,
                place,
                f"{at:%Y-%m-%d %H:%M:%S}",
                f"{at + timedelta(days=10):%Y-%m-%d}",
                f"{at:%Y-%m-%d %H:%M:%S}",
                f"{at + timedelta(days=12):%Y-%m-%d}",
                "区城管局",
                "",
                "否",
                "否",
                f"{closed:%Y-%m-%d %H:%M:%S}" if d % 20 else "",
                "满意",
                f"LY{n:08}",
            ]
        )


def write_orders(path: Path, count: int, seed: int) -> None:
    """The export as delivered: GB18030, CRLF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="gb18030", newline="") as file:
        file.write(",".join(ORDERS) + "\r\n")
        file.writelines(line + "\r\n" for line in order_lines(count, seed))


def write_month(raw: Path, books: int, rows: int, orders: int, seed: int) -> None:
    """A month's deliveries in dated folders."""
    day = raw / "2026-11-02"
    for number in range(books):
        write_ledger(day / f"街道{number:02}" / "隐患排查台账_2026-10.xlsx", rows, number, seed)
    write_orders(day / "区12345分平台" / "12345转办_2026-10.csv", orders, seed)
