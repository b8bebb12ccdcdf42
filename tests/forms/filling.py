"""Forms made and filled in as an office would: rows by heading, written with openpyxl.

The rows satisfy every ★ and every ▲ of HEADERS; people, firms and phones are invented.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from riskpipe import forms
from riskpipe.rules import Rules

RULES = Rules(Path("no-office-rules"))
KINDS = ("tipoffs", "findings", "progress", "payouts", "incidents", "totals", "supervised")
OFFICE = forms.OfficeLists(
    streets=(("红旗街道", "330199001"), ("青禾街道", "330199002"), ("3号街道（筹）", "330199003")),
    communities=(
        ("红旗街道", "和平社区"),
        ("红旗街道", "1号社区（村）"),
        ("青禾街道", "和平社区"),
        ("青禾街道", "东-西村"),
        ("青禾街道", "南山村"),
        ("3号街道（筹）", "新村"),
    ),
    units=("红旗街道", "红旗街道办事处", "区应急管理局", "区消防救援大队", "区住建局"),
    campaigns=("安全生产治本攻坚三年行动",),
)
NO_LISTS = forms.OfficeLists((), (), (), ())
NOVEMBER = forms.Filling(
    sender="红旗街道",
    street="红旗街道",
    street_code="330199001",
    month=date(2026, 11, 1),
    period=(date(2026, 11, 1), date(2026, 11, 30)),
    rows=200,
)
BLANK = forms.Filling(sender="", street="", street_code="", month=None, period=None, rows=200)
INFORMATION = {
    "报送性质": "首次报送",
    "本期有无数据": "有",
    "专项行动": "安全生产治本攻坚三年行动",
    "数据来源": "值班信息",
    "填报人": "张三禾",
    "联系电话": "0571-88000001",
    "审核人（单位负责人）": "李四禾",
    "报出日期": date(2026, 12, 3),
    "情况说明": "",
}
Row = Mapping[str, Any]


def make(
    folder: Path,
    kind: str,
    filling: forms.Filling = NOVEMBER,
    office: forms.OfficeLists = OFFICE,
) -> Path:
    """An empty form on disk."""
    path = folder / f"{kind}.xlsx"
    path.write_bytes(forms.workbook(forms.book_of(kind, RULES), filling, office, RULES))
    return path


def fill(path: Path, tables: Mapping[str, Sequence[Row]], information: Row) -> Path:
    """Write rows under their headings from row 4 on, and the answers into 报送信息."""
    book = openpyxl.load_workbook(path)
    items = {row[0].value: row[1] for row in book["报送信息"].iter_rows(min_row=2)}
    for item, answer in information.items():
        items[item].value = answer or None
    for name, rows in tables.items():
        sheet = book[name]
        places = {cell.value: cell.column for cell in sheet[3]}
        for number, row in enumerate(rows, 4):
            for heading, value in row.items():
                sheet.cell(number, places[heading]).value = value
    book.save(path)
    return path


def filled(folder: Path, kind: str) -> Path:
    """A form with every ★ and ▲ filled in."""
    return fill(make(folder, kind), ROWS[kind], INFORMATION)


def _at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute)


def _on(day: int) -> date:
    return date(2026, 11, day)


def _without(row: Row, *headings: str) -> Row:
    return {heading: value for heading, value in row.items() if heading not in headings}


_TIPOFF: Row = {
    "举报编号": "JB-20261105-001", "举报时间": _at(5), "举报渠道": "12350电话", "是否实名": "是",
    "被举报单位（场所）": "青禾木制品加工厂", "所属街道（乡镇）": "红旗街道", "所属社区（村）": "1号社区（村）",
    "详细地址": "青岚路12号3号楼一层", "举报内容": "车间木粉尘堆积，除尘设备停用",
    "举报事项类别": "生产安全事故隐患", "突发事件类别": "事故灾难", "行业领域": "工贸",
    "受理情况": "受理", "受理时间": _at(5, 10), "首派单位": "红旗街道办事处", "派发时间": _at(5, 11),
    "办理期限": _on(20), "核查结果": "属实", "核查情况摘要": "除尘设备停用属实",
    "办结时间": _at(18, 16, 20), "受理人": "工号017",
}  # fmt: skip
_UNASSIGNED = _without(
    _TIPOFF, "首派单位", "派发时间", "办理期限", "核查结果", "核查情况摘要", "办结时间"
)
_TIPOFFS = [
    _TIPOFF,
    {**_UNASSIGNED,
     "举报编号": "JB-20261106-001", "举报渠道": "12345热线转办", "来源单号": "0012026110517", "是否实名": "否",
     "受理情况": "移送（转办）", "不予受理（移送）原因": "不属本部门职责"},
    {**_UNASSIGNED,
     "举报编号": "JB-20261107-001", "受理情况": "并案", "并入举报编号": "JB-20261105-001"},
    {**_without(_UNASSIGNED, "受理时间"),
     "举报编号": "JB-20261108-001", "被举报单位（场所）": "无", "受理情况": "待处理"},
]  # fmt: skip
_REPORTERS = [
    {"举报编号": "JB-20261105-001", "举报人姓名": "吴青禾", "联系电话": "057100000017", "证件类型": "其他",
     "证件号码": "X0000017", "联系地址": "青岚路1号", "举报人类别": "社会公众", "答复方式": "电话", "备注": "晚间联系"},
    {"举报编号": "JB-20261106-001", "领奖代码": "青017", "答复方式": "不需答复"},
]  # fmt: skip
_FINDING: Row = {
    "检查日期": _on(5), "检查单位": "红旗街道应急办", "检查人员": "张三禾、李四禾", "隐患来源": "执法检查",
    "被检查单位（场所）": "青禾木制品加工厂", "行业领域（场所类型）": "工贸", "所属社区（村）、网格": "和平社区",
    "隐患部位": "一层喷漆房", "隐患描述": "喷漆房未安装防爆灯具", "突发事件类别": "事故灾难", "隐患等级": "一般",
    "整改责任单位": "青禾木制品加工厂", "整改责任人": "王五禾", "整改措施": "更换防爆灯具", "整改期限": _on(12),
    "整改状态": "整改中",
}  # fmt: skip
_FINDINGS = [
    _FINDING,
    {**_FINDING, "整改状态": "当场整改", "整改期限": _on(5), "整改完成日期": _on(5)},
    {**_FINDING, "整改状态": "复查不合格", "整改完成日期": _on(9), "复查日期": _on(10),
     "复查人": "张三禾", "复查结果": "不合格"},
    {**_FINDING, "隐患等级": "重大", "整改状态": "已销号", "整改完成日期": _on(9), "复查日期": _on(10),
     "复查人": "张三禾", "复查结果": "合格", "销号日期": _on(11), "备注": "已约谈"},
]  # fmt: skip
_MAJORS = [
    {"隐患编号": "YH-330199001-202611-0004", "单位名称": "青禾木制品加工厂", "隐患名称": "除尘系统停用",
     "判定标准及条款": "判定标准第十一条", "发现日期": _on(5), "整改措施": "停产整改", "整改资金（万元）": 3.5,
     "整改责任人": "王五禾", "整改时限": _on(12), "应急预案（防范措施）": "专人值守", "监管责任部门": "区应急管理局",
     "监管责任人": "李四禾", "执法文书名称及文号": "责令限期整改指令书（应急责改〔2026〕17号）",
     "停产停业情况": "局部停产",
     "挂牌督办级别": "县（区）", "挂牌文号及日期": "安委办〔2026〕9号 2026-11-08", "批准延期至": _on(20),
     "验收（复查）日期": _on(18), "验收意见文书文号": "应急复查〔2026〕8号", "摘牌（销号）日期": _on(19),
     "备注": "已约谈"},
]  # fmt: skip
_STEP: Row = {
    "业务类型": "举报", "业务编号": "JB-20261105-001", "办理环节": "签收", "办理时间": _at(5, 11, 30),
    "办理单位": "红旗街道办事处", "经办人": "李四禾", "办理情况": "已签收",
}  # fmt: skip
_STEPS = [
    _STEP,
    {**_STEP, "业务类型": "工单", "办理环节": "改派", "办理层级": "区（县）", "接收单位": "区住建局"},
    {**_STEP, "办理环节": "核查", "办理结果": "基本属实", "办理时间": _on(7)},
    {**_STEP, "办理环节": "责令限期整改", "新办理期限": _on(20), "文书名称及文号": "责改〔2026〕17号"},
    {**_STEP, "办理环节": "延期批复", "办理结果": "同意", "新办理期限": _on(28), "延期（挂账）原因": "设备定制"},
    {**_STEP, "办理环节": "行政处罚", "处罚决定书文号": "应急罚〔2026〕5号", "处罚金额（元）": 0, "处罚效力": "已生效"},
    {**_STEP, "办理环节": "复查", "办理结果": "合格", "文书名称及文号": "复查〔2026〕8号",
     "附件（照片）编号": "JB-20261105-001-后-1.jpg"},
    {**_STEP, "办理环节": "回访", "办理结果": "已解决", "回访评价": "满意", "备注": "电话回访"},
]  # fmt: skip
_PAYOUT: Row = {
    "奖励编号": "JL-2026-0017", "举报编号": "JB-20261105-001", "领奖代码": "青017", "奖励事项类别": "一般事故隐患",
    "奖励依据": "举报奖励办法第六条", "核查结果": "属实", "应奖金额（元）": 200, "审批金额（元）": 200.0,
    "审批表编号": "SP-2026-017", "审批人": "赵六禾", "审批日期": _on(20), "资金来源": "2026年安全生产专项",
    "经办人": "钱七禾", "复核人": "孙八禾", "发放状态": "已审批",
}  # fmt: skip
_PAYOUTS = [
    _PAYOUT,
    {**_PAYOUT, "奖励编号": "JL-2026-0018", "奖励事项类别": "重大事故隐患", "处罚决定书文号": "应急罚〔2026〕5号",
     "处罚金额（元）": 20000, "应奖金额（元）": 3000, "审批金额（元）": 3000, "发放状态": "已领取", "通知日期": _on(21),
     "领取截止日期": date(2027, 1, 20), "发放方式": "银行转账", "实发金额（元）": 3000, "发放日期": _on(28),
     "支付凭证号": "00031", "备注": "无"},
]  # fmt: skip
_PAYEES = [
    {"奖励编号": "JL-2026-0018", "领款人姓名": "吴青禾", "证件号码": "X0000017", "联系电话": "057100000017",
     "开户银行": "青岚银行", "银行账号": "6200000000000000017", "是否代领": "是", "代领人姓名": "周青禾",
     "授权委托书编号": "委-2026-02", "领款签字日期": _on(28)},
]  # fmt: skip
_INCIDENT: Row = {
    "事件编号": "SJ-20261105-01", "信息类型": "首报（初报）", "事件名称": "11·5青岚路厂房火灾",
    "突发事件类别": "事故灾难", "事件种类": "火灾", "发生时间": _at(5, 14, 5), "接报时间": _at(5, 14, 20),
    "报送单位": "区消防救援大队", "所属街道（乡镇）": "红旗街道", "详细地点": "青岚路12号",
    "涉事单位": "青禾木制品加工厂",
    "是否生产经营性事故": "待认定", "事件级别": "未达一般级", "死亡（人）": 0, "失踪（人）": 0, "重伤（人）": 0,
    "轻伤（人）": 2, "受影响（参与）人数": 40, "直接经济损失（万元）": 12.5, "同意报送时间": _at(5, 14, 32),
    "上报时间": _at(5, 14, 50), "处置情况": "消防到场扑灭", "处置状态": "处置中", "备注": "原因调查中",
}  # fmt: skip
_INCIDENTS = [
    _INCIDENT,
    {**_INCIDENT, "信息类型": "终报（核报）", "接报时间": _at(6, 8), "处置状态": "处置结束"},
    {**_without(_INCIDENT, "是否生产经营性事故", "事件级别", "同意报送时间", "上报时间"),
     "事件编号": "SJ-20261109-01", "突发事件类别": "社会安全事件", "事件种类": "群体性事件",
     "所属街道（乡镇）": "区外"},
]  # fmt: skip
_TOTALS = [
    {"统计月份": date(2026, 11, 1), "指标": "119接警", "分类": "合计", "计量单位": "起", "本月数": 521,
     "本年累计": 5680,
     "上年同月": 0, "上年同期累计": 5512, "数据来源": "消防", "备注": "含虚警"},
    {"统计月份": "2026-11", "指标": "12350来电数", "分类": "红旗街道", "计量单位": "件", "本月数": 31, "本年累计": 300,
     "数据来源": "值班信息"},
]  # fmt: skip
_MATTERS = [
    {"督办编号": "DB-202611-01", "事项来源": "领导批示", "来源文号（期号）": "督〔2026〕17号",
     "批示领导职务": "分管副区长",
     "交办日期": _on(3), "督办事项": "青岚路厂房粉尘隐患整改", "责任单位": "红旗街道办事处",
     "配合单位": "区应急管理局、区住建局", "完成时限": _on(30), "办理情况": "已恢复除尘系统", "反馈日期": _on(25),
     "状态": "已反馈", "关联编号": "JB-20261105-001"},
    {"督办编号": "DB-202611-02", "事项来源": "逾期催办", "交办日期": _on(4), "督办事项": "楼道堆物清理",
     "责任单位": "区住建局", "完成时限": _on(20), "状态": "待签收"},
]  # fmt: skip
ROWS: Mapping[str, Mapping[str, Sequence[Row]]] = {
    "tipoffs": {"举报登记": _TIPOFFS, "举报人信息（保密）": _REPORTERS},
    "findings": {"隐患排查台账": _FINDINGS, "重大事故隐患清单": _MAJORS},
    "progress": {"办理记录": _STEPS},
    "payouts": {"奖励发放": _PAYOUTS, "领款人信息（保密）": _PAYEES},
    "incidents": {"突发事件": _INCIDENTS},
    "totals": {"月度统计数": _TOTALS},
    "supervised": {"督办事项": _MATTERS},
}
