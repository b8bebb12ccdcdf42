"""What stands in a form: HEADERS' columns in HEADERS' order, known to the models and to intake."""

import pytest

from riskpipe import forms
from riskpipe import vocabulary as v
from riskpipe.forms.columns import Mark, Type, model_of_kind
from riskpipe.forms.lists import offers_of
from riskpipe.forms.table import given
from riskpipe.intake.layout import layouts_of, plain
from riskpipe.rules import RuleError, Rules
from riskpipe.tables.base import columns_of
from tests.forms.filling import BLANK, KINDS, NO_LISTS, NOVEMBER, OFFICE, RULES

# Typed by hand from HEADERS §1-§6.
PRINTED = {
    "举报登记": (
        "○序号 ★举报编号 ★举报时间 ★举报渠道 ▲来源单号 ★是否实名 ★被举报单位（场所） ★所属街道（乡镇） ○所属社区（村） "
        "★详细地址 ★举报内容 ★举报事项类别 ○突发事件类别 ○行业领域 ★受理情况 ▲受理时间 ▲不予受理（移送）原因 "
        "▲并入举报编号 ▲首派单位 ▲派发时间 ▲办理期限 ▲核查结果 ▲核查情况摘要 ▲办结时间 ★受理人"
    ),
    "举报人信息（保密）": (
        "★举报编号 ▲举报人姓名 ▲联系电话 ○证件类型 ○证件号码 ○联系地址 ○举报人类别 ▲领奖代码 ★答复方式 ○备注"
    ),
    "隐患排查台账": (
        "○序号 ★隐患编号 ★检查日期 ★检查单位 ★检查人员 ★隐患来源 ★被检查单位（场所） ★行业领域（场所类型） "
        "★所属街道（乡镇） ○所属社区（村）、网格 ★隐患部位 ★隐患描述 ○突发事件类别 ★隐患等级 ★整改责任单位 "
        "★整改责任人 ★整改措施 ★整改期限 ★整改状态 ▲整改完成日期 ▲复查日期 ▲复查人 ▲复查结果 ▲销号日期 ○备注"
    ),
    "重大事故隐患清单": (
        "○序号 ★隐患编号 ★单位名称 ★隐患名称 ★判定标准及条款 ★发现日期 ★整改措施 ★整改资金（万元） ★整改责任人 "
        "★整改时限 ★应急预案（防范措施） ★监管责任部门 ★监管责任人 ★执法文书名称及文号 ★停产停业情况 "
        "★挂牌督办级别 ▲挂牌文号及日期 ○批准延期至 ▲验收（复查）日期 ▲验收意见文书文号 ▲摘牌（销号）日期 ○备注"
    ),
    "办理记录": (
        "○序号 ★业务类型 ★业务编号 ★办理环节 ★办理时间 ★办理单位 ★经办人 ▲办理层级 ▲接收单位 ▲办理结果 ★办理情况 "
        "▲新办理期限 ▲延期（挂账）原因 ▲文书名称及文号 ▲处罚决定书文号 ▲处罚金额（元） ▲处罚效力 ▲回访评价 "
        "○附件（照片）编号 ○备注"
    ),
    "奖励发放": (
        "○序号 ★奖励编号 ★举报编号 ★领奖代码 ★奖励事项类别 ★奖励依据 ★核查结果 ▲处罚决定书文号 ▲处罚金额（元） "
        "★应奖金额（元） ★审批金额（元） ★审批表编号 ★审批人 ★审批日期 ▲通知日期 ▲领取截止日期 ▲发放方式 "
        "▲实发金额（元） ▲发放日期 ▲支付凭证号 ★资金来源 ★经办人 ★复核人 ★发放状态 ○备注"
    ),
    "领款人信息（保密）": (
        "★奖励编号 ★领款人姓名 ★证件号码 ○联系电话 ▲开户银行 ▲银行账号 ★是否代领 ▲代领人姓名 ▲授权委托书编号 "
        "★领款签字日期"
    ),
    "突发事件": (
        "○序号 ★事件编号 ★信息类型 ★事件名称 ★突发事件类别 ★事件种类 ★发生时间 ★接报时间 ★报送单位 "
        "★所属街道（乡镇） ★详细地点 ○涉事单位 ▲是否生产经营性事故 ▲事件级别 ★死亡（人） ★失踪（人） ★重伤（人） "
        "★轻伤（人） ○受影响（参与）人数 ○直接经济损失（万元） ▲同意报送时间 ▲上报时间 ★处置情况 ★处置状态 ○备注"
    ),
    "月度统计数": (
        "○序号 ★统计月份 ★指标 ★分类 ★计量单位 ★本月数 ★本年累计 ○上年同月 ○上年同期累计 ★数据来源 ○备注"
    ),
    "督办事项": (
        "○序号 ★督办编号 ★事项来源 ▲来源文号（期号） ○批示领导职务 ★交办日期 ★督办事项 ★责任单位 ○配合单位 "
        "★完成时限 ▲办理情况 ▲反馈日期 ★状态 ○关联编号"
    ),
}  # fmt: skip
BOOKS = [forms.book_of(kind, RULES) for kind in KINDS]
SHEETS = [sheet for book in BOOKS for sheet in book.sheets]
BY_NAME = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


def test_every_sheet_of_headers_is_there_and_none_else():
    assert [sheet.name for sheet in SHEETS] == list(PRINTED)


@BY_NAME
def test_headings_and_marks_are_those_of_headers_in_its_order(sheet):
    assert [f"{c.mark}{c.heading}" for c in sheet.columns] == PRINTED[sheet.name].split()


@BY_NAME
def test_intake_knows_every_heading_of_the_sheet_under_its_layout(sheet):
    layouts = layouts_of(RULES)
    ours = {
        place
        for place, layout in enumerate(layouts.layouts)
        if layout.kind is sheet.kind and plain(sheet.name) in layout.sheets
    }
    for column in sheet.columns:
        fields = {field for place, field in layouts.owners(column.heading) if place in ours}
        read_aside = not fields - {""}
        assert fields, column.heading
        assert read_aside or column.name in fields, column.heading


@BY_NAME
def test_type_and_codes_are_the_models(sheet):
    model = {c.name: c for c in columns_of(model_of_kind(sheet.kind))}
    for column in sheet.columns:
        if column.name in model and model[column.name].codes and not column.offered:
            assert column.choices == tuple(map(str, model[column.name].codes))
        if column.name.endswith("_at"):
            assert column.type is Type.MOMENT
        if column.name.endswith("_on") and column.name != "month_on":
            assert column.type is Type.DAY
        if column.name.endswith("_yuan"):
            assert column.type is Type.MONEY


@BY_NAME
def test_a_condition_names_words_that_can_be_chosen(sheet):
    offers = offers_of(OFFICE, RULES)
    for column in sheet.columns:
        if column.condition and column.condition.values:
            other = sheet.columns[sheet.place_of(column.condition.field)]
            offered = offers[other.offered].rows if other.offered else ()
            known = {*other.choices, *(row[0] for row in offered)}
            assert set(column.condition.values) <= known, column.heading


def test_an_outcome_is_asked_of_exactly_the_steps_that_have_one():
    progress = forms.book_of("progress", RULES).main
    outcome = progress.columns[progress.place_of("outcome")]
    assert set(outcome.condition.values) == set(v.OUTCOMES)


@BY_NAME
def test_every_column_is_explained_or_plain_and_has_an_example(sheet):
    for column in sheet.columns:
        assert column.example, column.heading
        if column.mark is Mark.WHEN:
            assert column.condition.said


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        *((kind, book.title) for kind, book in zip(KINDS, BOOKS, strict=True)),
        *((book.title, book.title) for book in BOOKS),
        ("matters", "督办事项"),
        ("重大事故隐患清单", "隐患排查台账"),
    ],
)
def test_a_workbook_is_found_by_its_kind_or_its_chinese_name(asked, title):
    assert forms.book_of(asked, RULES).title == title


def test_an_unknown_workbook_is_told_with_those_there_are():
    with pytest.raises(forms.UnknownFormError) as error:
        forms.book_of("周报", RULES)
    for title in (book.title for book in BOOKS):
        assert title in str(error.value)


def test_numbers_are_printed_only_where_the_rule_allows_and_all_of_it_is_known():
    findings, tipoffs = forms.book_of("findings", RULES), forms.book_of("tipoffs", RULES)
    assert given(findings.main, NOVEMBER, 7) == {
        "seq": 7,
        "finding_no": "YH-330199001-202611-0007",
        "street": "红旗街道",
    }
    assert given(findings.main, BLANK, 7) == {"seq": 7}
    assert given(tipoffs.main, NOVEMBER, 7) == {"seq": 7}
    assert given(tipoffs.attached[0], NOVEMBER, 7) == {}


def test_indicators_that_are_counted_too_are_among_those_offered():
    offered = {row[0] for row in offers_of(NO_LISTS, RULES)["indicators"].rows}
    assert {row["indicator"] for row in RULES.rows("marts/counted")} <= offered


def test_an_office_changes_one_fact_of_one_column(tmp_path):
    own = tmp_path / "forms/sheets/findings.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[columns.place]\nnote = "写到楼层"\n', "utf-8")
    sheet = forms.book_of("findings", Rules(tmp_path)).main
    assert sheet.columns[sheet.place_of("place")].note == "写到楼层"
    assert [c.heading for c in sheet.columns] == [
        word[1:] for word in PRINTED["隐患排查台账"].split()
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        '[columns.place]\nmark = "！"\n',
        '[columns.nosuch]\nmark = "○"\n',
        '[columns.place]\nnot_before = "nosuch"\n',
        '[columns.place]\nwhen = { nosuch = ["*"] }\n',
        'layout = "nosuch"\n',
    ],
)
def test_wrong_data_name_their_file(tmp_path, wrong):
    own = tmp_path / "forms/sheets/findings.toml"
    own.parent.mkdir(parents=True)
    own.write_text(wrong, "utf-8")
    with pytest.raises(RuleError, match=r"填报表 findings\.toml"):
        forms.book_of("findings", Rules(tmp_path))
