"""A made-up office whose callers have words of their own that no packaged rule knows.

Seeded; every name and sentence is invented. Of a tenth of the wordings one hazard is told twice.
"""

import random
from datetime import date, timedelta

import pyarrow as pa

from riskpipe.classification.learning import RECORDS

PLACES = ("南桥", "柳湾", "铁佛寺", "东坡头", "新河", "石榴园", "官渡", "八里铺", "青杨", "北仓")
WHEN = ("昨天晚上", "今天早上", "这几天", "上周末", "每到下班", "从月初起", "刚才", "最近")
ASKS = ("请派人看看", "希望处理", "盼复", "麻烦尽快来人", "请有关部门管一管", "大家都很担心")

LOCAL = {
    "自然灾害": ("路口成了闷涵，车都趴在里头", "闷涵又满了，行人绕着走", "一场急雨就出闷涵"),
    "事故灾难": ("车棚里全是火笼子", "有人在楼下摆了几排火笼子", "火笼子夜里还亮着没人收"),
    "公共卫生事件": ("水龙头出来串味水", "家家都接到串味水", "串味水喝了肚子不舒服"),
    "社会安全事件": ("有人拉老人入滚钱会", "滚钱会的头家跑了", "滚钱会又在茶馆开场"),
    "非突发事件": ("对门天天敲铁皮，睡不好", "敲铁皮的又来了", "楼上敲铁皮到半夜"),
}
"""What people here say, and what the office has decided it is."""

PLAIN = {
    "自然灾害": ("暴雨后隧道内涝严重，车辆被淹", "后山边坡裂缝，怕滑坡"),
    "事故灾难": ("消防通道被占用，消防车进不去", "餐馆燃气泄漏有异味"),
    "公共卫生事件": ("学校食堂吃坏了肚子，多名学生腹泻", "黑诊所无证行医"),
    "社会安全事件": ("公司高额返利非法集资", "麻将馆聚众赌博"),
    "非突发事件": ("物业费涨价没人管", "请问公租房怎么申请", "公交车班次太少"),
}
"""What the packaged rules judge by themselves."""


def told(seed: int, phrase: str) -> str:
    """One telling of a phrase, hardly ever twice the same."""
    draw = random.Random(f"{seed} {phrase}")
    parts = [draw.choice(WHEN), draw.choice(PLACES), phrase, draw.choice(ASKS)]
    return f"{parts[0]}{parts[1]}{draw.choice('一二三四五六七八九')}组{parts[2]}，{parts[3]}"


def records(rows: int, local: float, seed: int) -> pa.Table:
    """So many reviewed records, categories in turn, a share of them told in local words."""
    draw, made = random.Random(seed), []
    for number in range(rows):
        category = list(LOCAL)[number % len(LOCAL)]
        phrases = LOCAL if draw.random() < local else PLAIN
        text = told(seed * 100_000 + number, draw.choice(phrases[category]))
        hazard = f"T-{number - 5 if number % 10 == 5 else number}"
        made.append(record(f"R{number:05d}", text, category) | {"hazard_id": hazard})
        made[-1]["received_on"] = date(2026, 1, 5) + timedelta(days=number % 200)
    return pa.Table.from_pylist(made, RECORDS)


def record(row_id: str, text: str, category: str) -> dict[str, object]:
    """A tip-off somebody reviewed."""
    return {
        "row_id": row_id,
        "title": None,
        "text": text,
        "prior": "tipoffs",
        "category": category,
        "category_basis": "复核",
        "category_stated": None,
        "verification": None,
        "hazard_id": None,
        "received_on": date(2026, 1, 5),
    }
