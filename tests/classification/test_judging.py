"""What the packaged rules answer: each category, each trap between them, each disguise."""

import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskpipe.classification import Classifier
from riskpipe.classification import classifier as module
from riskpipe.classification.classifier import SCHEMA
from riskpipe.tables.base import schema_of
from riskpipe.tables.delivered import LandedTipoffs

PLAIN = [
    ("昨夜暴雨，城东下穿隧道内涝严重，几辆车被淹", "自然灾害", "水旱"),
    ("水库大坝有渗漏，坝脚被人挖土", "自然灾害", "水旱"),
    ("屋后边坡出现裂缝，下大雨时有滑坡的可能", "自然灾害", "地质"),
    ("台风刮倒了一棵大树，压在电线上", "自然灾害", "气象"),
    ("山上的松树成片感染松材线虫", "自然灾害", "生物"),
    ("三号楼消防通道被私家车长期占用，消防车进不去", "事故灾难", "火灾"),
    ("楼道里电动自行车飞线充电", "事故灾难", "火灾"),
    ("电梯经常困人，已经超期未检", "事故灾难", "公共设施和设备事故"),
    ("餐馆后厨液化气瓶挨着明火，有燃气泄漏的味道", "事故灾难", "公共设施和设备事故"),
    ("人行道上井盖缺失，有老人跌落", "事故灾难", "公共设施和设备事故"),
    ("工地脚手架没有防护网，工人不系安全带", "事故灾难", "工矿商贸等企业安全事故"),
    ("渣土车超载闯红灯，昨天又出了车祸", "事故灾难", "交通运输事故"),
    ("化工厂夜里偷排废水到河里", "事故灾难", "环境污染和生态破坏"),
    ("学校食堂吃出变质的肉，多名学生腹泻", "公共卫生事件", None),
    ("菜市场旁一家黑诊所无证行医", "公共卫生事件", "传染病疫情"),
    ("养殖户把死猪扔进水渠", "公共卫生事件", "动物疫情"),
    ("自来水发黄有异味，全村人都不敢喝", "公共卫生事件", "食品安全和职业危害"),
    ("有公司以高额返利为名非法集资，老年人血本无归", "社会安全事件", "经济安全"),
    ("麻将馆里聚众赌博", "社会安全事件", "其他"),
    ("出租车司机准备罢运", "社会安全事件", "群体性事件"),
    ("有人在网上倒卖个人信息", "社会安全事件", "网络与信息安全"),
    ("物业费涨价，小区绿化没人管", "非突发事件", None),
    ("请问公租房怎么申请，需要什么材料", "非突发事件", None),
    ("楼上装修噪音扰民，影响休息", "非突发事件", None),
    ("公司拖欠工资两个月，社保也没交", "非突发事件", None),
    ("培训机构关门，学费不退款", "非突发事件", None),
    ("大家好", "非突发事件", None),
]

TRAPS = [
    ("林区松树林起火", "自然灾害", "森林草原火灾"),
    ("服装仓库起火", "事故灾难", "火灾"),
    ("在饭店吃饭后三人中毒", "公共卫生事件", "食品安全和职业危害"),
    ("工厂车间里三名工人中毒", "事故灾难", "工矿商贸等企业安全事故"),
    ("车间粉尘超标，几名工人查出尘肺病", "公共卫生事件", "食品安全和职业危害"),
    ("造纸厂废水直排，河里死鱼", "事故灾难", "环境污染和生态破坏"),
    ("暴雨后路面积水很深，家里进水", "自然灾害", "水旱"),
    ("自来水管爆裂，路面大量积水", "事故灾难", "公共设施和设备事故"),
    ("民工工资被拖欠", "非突发事件", None),
    ("几十名民工因欠薪聚集在项目部门口堵门拉横幅", "社会安全事件", "群体性事件"),
    ("附近没有发生火灾，想问一下物业费怎么算", "非突发事件", None),
    ("这家火锅店生意火爆，排队的人挡住了人行道", "非突发事件", None),
    ("餐馆油烟直排，熏得楼上睡不着", "非突发事件", None),
    ("信息爆炸的年代，办事效率要跟上", "非突发事件", None),
]

DISGUISED = [
    ("三號樓消防通道被堵塞，存在火災隱患", "三号楼消防通道被堵塞，存在火灾隐患"),
    ("消(xiāo)防(fáng)通(tōng)道(dào)被堵塞(sè)", "消防通道被堵塞"),
    ("ｐ２ｐ平台跑路，　非法集资", "p2p平台跑路, 非法集资"),
    ("燃\u200b气泄\u202e漏", "燃气泄漏"),
    ("化工厂偷排废\n水", "化工厂偷排废水"),
]

SPUN = [
    ("社會平安事件：多人聚眾鬧事", "社会安全事件"),
    ("消防平安隐患：灭火器过期", "事故灾难"),
    ("食品平安问题：食堂饭菜变质", "公共卫生事件"),
]


@pytest.mark.parametrize(("text", "category", "subcategory"), [*PLAIN, *TRAPS])
def test_each_category_and_each_trap(classifier, ask, text, category, subcategory):
    told = ask(classifier, text)
    assert told["category"] == category, told
    if subcategory:
        assert told["subcategory"] == subcategory, told


@pytest.mark.parametrize(("disguised", "plain"), DISGUISED)
def test_script_width_pinyin_and_marks_change_nothing(classifier, ask, disguised, plain):
    assert ask(classifier, disguised) == ask(classifier, plain)


@pytest.mark.parametrize(("text", "category"), SPUN)
def test_spun_words_do_not_hide_the_matter(classifier, ask, text, category):
    assert ask(classifier, text)["category"] == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("灭火器压力不足，消火栓被杂物遮挡", "事故灾难"),
        ("配电箱未上锁", "事故灾难"),
        ("资料不全", "事故灾难"),
        ("厂区后山边坡有滑坡迹象", "自然灾害"),
        ("食堂从业人员无健康证，食品过期", "公共卫生事件"),
    ],
)
def test_a_ledger_is_of_accident_hazards_unless_it_says_otherwise(classifier, ask, text, category):
    assert ask(classifier, text, prior="findings")["category"] == category


def test_answers_have_the_columns_of_the_landed_model(classifier):
    landed = schema_of(LandedTipoffs)
    assert [landed.field(name).type for name in SCHEMA.names] == SCHEMA.types
    assert classifier.judge(None, pa.array(["起火"]), "tipoffs").schema == SCHEMA


def test_nulls_blanks_and_no_rows(classifier):
    told = classifier.judge(
        pa.array([None, "起火", ""], pa.string()),
        pa.chunked_array([[None], ["", None]], pa.string()),
        "tipoffs",
    )
    assert told["category"].to_pylist() == ["非突发事件", "事故灾难", "非突发事件"]
    assert classifier.judge(None, pa.array([], pa.string()), "tipoffs").num_rows == 0
    assert classifier.judge(None, pa.chunked_array([], pa.string()), "tipoffs").num_rows == 0


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_an_answer_does_not_depend_on_its_company(classifier, data):
    pool = [text for text, *_ in (*PLAIN, *TRAPS, *DISGUISED)]
    texts = data.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=20))
    titles = data.draw(
        st.lists(st.sampled_from([None, "", *pool[:5]]), min_size=len(texts), max_size=len(texts))
    )
    together = _judge(classifier, titles, texts)
    alone = [
        _judge(classifier, [title], [text])[0] for title, text in zip(titles, texts, strict=True)
    ]
    assert together == alone


def test_block_size_and_order_change_nothing(classifier, monkeypatch):
    draw = random.Random(3)
    pool = [text for text, *_ in (*PLAIN, *TRAPS)]
    texts = ["，".join(draw.sample(pool, 3)) + str(number) for number in range(90)]
    expected = dict(zip(texts, _judge(classifier, None, texts), strict=True))
    draw.shuffle(texts)
    monkeypatch.setattr(module, "BLOCK", 7)
    assert dict(zip(texts, _judge(classifier, None, texts), strict=True)) == expected


def _judge(judge: Classifier, titles: list | None, texts: list) -> list[dict]:
    column = None if titles is None else pa.array(titles, pa.string())
    return judge.judge(column, pa.array(texts, pa.string()), "tipoffs").to_pylist()
