"""The closed lists of the field, in the Chinese words offices write.

Read this first. Every value a coded column may hold stands here once, under the list's
number in the reporting forms (C1 .. C19); nothing else in the code enumerates them. What
may *change* in an office (other spellings that are read too, roll-ups, deadlines, tariffs,
layouts) is data beside its stage, not here. Codes are the Chinese words themselves; the
ASCII slugs of the four categories are for file names, prediction files and Dagster.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Kind(StrEnum):
    """A delivered kind: what one row of a delivered sheet tells of."""

    TIPOFFS = "tipoffs"
    FINDINGS = "findings"
    MAJORS = "majors"
    PROGRESS = "progress"
    PAYOUTS = "payouts"
    INCIDENTS = "incidents"
    TOTALS = "totals"
    MATTERS = "matters"
    CORRECTIONS = "corrections"
    REVIEWS = "reviews"
    GRIDS = "grids"
    UNITS = "units"
    OBLIGATIONS = "obligations"
    CAMPAIGNS = "campaigns"


KIND_TITLES: Final = MappingProxyType(
    {
        Kind.TIPOFFS: "举报登记",
        Kind.FINDINGS: "隐患排查台账",
        Kind.MAJORS: "重大事故隐患清单",
        Kind.PROGRESS: "办理记录",
        Kind.PAYOUTS: "奖励发放",
        Kind.INCIDENTS: "突发事件",
        Kind.TOTALS: "月度统计数",
        Kind.MATTERS: "督办事项",
        Kind.CORRECTIONS: "更正单",
        Kind.REVIEWS: "归类复核单",
        Kind.GRIDS: "三级网格表",
        Kind.UNITS: "单位名录",
        Kind.OBLIGATIONS: "应报表",
        Kind.CAMPAIGNS: "专项行动表",
    }
)
"""Sheet names exactly as an office prints them."""


class Category(StrEnum):
    """C3, the four event categories of 突发事件应对法 art. 2 and the two answers beside them."""

    NATURAL = "自然灾害"
    ACCIDENT = "事故灾难"
    HEALTH = "公共卫生事件"
    SOCIAL = "社会安全事件"
    NONE = "非突发事件"
    UNCLASSIFIED = "未分类"


FOUR_CATEGORIES: Final = (Category.NATURAL, Category.ACCIDENT, Category.HEALTH, Category.SOCIAL)
"""Always in this order, always by their full names."""

CATEGORY_SLUGS: Final = MappingProxyType(
    {
        Category.NATURAL: "natural",
        Category.ACCIDENT: "accident",
        Category.HEALTH: "public_health",
        Category.SOCIAL: "social_security",
        Category.NONE: "none",
        Category.UNCLASSIFIED: "unclassified",
    }
)

SUBCATEGORIES: Final = MappingProxyType(
    {
        Category.NATURAL: ("水旱", "气象", "地震", "地质", "海洋", "生物", "森林草原火灾", "其他"),
        Category.ACCIDENT: (
            "工矿商贸等企业安全事故",
            "交通运输事故",
            "火灾",
            "公共设施和设备事故",
            "环境污染和生态破坏",
            "其他",
        ),
        Category.HEALTH: (
            "传染病疫情",
            "群体性不明原因疾病",
            "食品安全和职业危害",
            "动物疫情",
            "其他",
        ),
        Category.SOCIAL: (
            "恐怖袭击",
            "经济安全",
            "涉外",
            "群体性事件",
            "民族宗教",
            "网络与信息安全",
            "其他",
        ),
    }
)
"""C18: the 2006 plan's list with the 2025 plan's additions; 火灾 split off as monthlies do."""

CHANNELS: Final = (
    "12350电话",
    "12345热线转办",
    "区（县）热线",
    "网站及网络平台",
    "微信（公众号、小程序）",
    "来信",
    "来访",
    "网格上报",
    "扫码上报",
    "视频巡查",
    "媒体舆情",
    "上级交办",
    "部门移送",
    "其他",
)
"""C1 举报渠道."""

MATTERS: Final = (
    "生产安全事故隐患",
    "安全生产违法行为",
    "瞒报谎报生产安全事故",
    "其他公共安全隐患",
    "非隐患类诉求",
)
"""C2 举报事项类别; the first three make the national count."""

TRADES: Final = (
    "矿山",
    "危险化学品",
    "烟花爆竹",
    "工贸",
    "商贸仓储物流",
    "医疗、养老、文体、宗教、政务等公共服务",
    "建筑施工",
    "文化旅游、宾馆民宿、休闲娱乐",
    "交通运输及寄递",
    "学校、幼儿园及培训机构",
    "餐饮",
    "居民住宅及自建房",
    "“三合一”及小场所",
    "城镇燃气",
    "电梯等特种设备",
    "市政公用设施",
    "电动自行车",
    "水利及河道",
    "林区",
    "地质灾害点",
    "农渔业",
    "其他",
)
"""C4 行业领域（场所类型）; the roll-up to six place types is data (rulebook/places.csv)."""

PLACE_TYPES: Final = (
    "工矿商贸企业",
    "公共服务场所",
    "建筑施工企业",
    "交通运输企业、学校和幼儿园、饮食服务",
    "旅游休闲服务场所",
    "其它场所",
)
"""The six place types of the grid reports."""

ACCEPTANCES: Final = ("受理", "不予受理", "移送（转办）", "并案", "待处理")
"""C5 受理情况."""

REFUSALS: Final = (
    "同一事项已受理再次举报",
    "无明确举报对象或事项、事实不清",
    "咨询、建议、信息公开、行政复议等非举报事项",
    "已由法院、仲裁等机关处理",
    "不属本部门职责",
    "不属本辖区",
    "其他",
)
"""C6 不予受理（移送）原因."""

VERIFICATIONS: Final = ("属实", "基本属实", "部分属实", "不属实", "无法核实")
"""C7 核查结果."""

SUBSTANTIATED: Final = ("属实", "基本属实", "部分属实")
"""Which results 属实件数 counts unless the metric says otherwise."""

ORIGINS: Final = (
    "日常检查",
    "专项检查",
    "执法检查",
    "专家（第三方）检查",
    "企业自查",
    "网格巡查",
    "群众举报",
    "上级督查交办",
    "部门移送",
    "其他",
)
"""C9 隐患来源."""

GRADES: Final = ("一般", "重大")
"""C10 隐患等级; local schemes enter only through an explicit map."""

FINDING_STATES: Final = (
    "待整改",
    "整改中",
    "当场整改",
    "已整改待复查",
    "复查不合格",
    "已销号",
    "挂账",
    "已移送",
)
"""C11 整改状态."""

SUPERVISION_LEVELS: Final = ("国家", "省", "市", "县（区）", "未挂牌")
"""C12 挂牌督办级别."""

STEPS: Final = (
    "签收",
    "派发",
    "改派",
    "退单",
    "移送",
    "核查",
    "责令立即整改",
    "责令限期整改",
    "停产停业整顿",
    "行政处罚",
    "延期申请",
    "延期批复",
    "整改完成",
    "复查",
    "销号",
    "答复反馈",
    "回访",
    "举报人异议",
    "举报结论复查",
    "催办",
    "督办",
    "挂牌督办",
    "摘牌",
    "挂账",
    "办结",
    "归档",
)
"""C13 办理环节. 复查 is of a rectification; 举报结论复查 is asked by the reporter."""

OUTCOMES: Final = MappingProxyType(
    {
        "核查": VERIFICATIONS,
        "复查": ("合格", "不合格"),
        "延期批复": ("同意", "不同意"),
        "退单": ("同意退回", "不同意"),
        "举报结论复查": ("维持", "变更"),
        "回访": ("已解决", "部分解决", "未解决"),
        "督办": ("已办结", "未办结"),
    }
)
"""C14 办理结果, by step."""

RECHECK_RESULTS: Final = ("合格", "不合格")

SATISFACTIONS: Final = ("满意", "基本满意", "不满意", "未评价", "未接通", "拒访")
"""C15 回访评价."""

EFFECTIVE_CALLBACKS: Final = ("满意", "基本满意", "不满意")
"""有效回访: the denominator of 满意率."""

REWARD_MATTERS: Final = (
    "重大事故隐患",
    "一般事故隐患",
    "安全生产违法行为",
    "瞒报谎报生产安全事故",
    "其他",
)
"""C16 奖励事项类别."""

PAYOUT_STATES: Final = (
    "待审批",
    "审批未通过",
    "已审批",
    "已通知",
    "已领取",
    "逾期放弃",
    "主动放弃",
    "不予奖励",
    "支付退回",
    "已追回",
)
"""C17 发放状态."""

INCIDENT_LEVELS: Final = ("特别重大", "重大", "较大", "一般", "未达一般级")
"""C19 事件级别, worst first."""

RISK_LEVELS: Final = ("重大", "较大", "一般", "低")
"""风险等级 of 双重预防, worst first: neither a hazard's grade (C10) nor an incident's level (C19)."""

RISK_COLOURS: Final = ("红", "橙", "黄", "蓝")
"""风险颜色, worst first; which band prints in which colour is data (register/riskbands.csv)."""

REPORT_KINDS: Final = ("首报（初报）", "续报", "终报（核报）")
INCIDENT_STATES: Final = ("处置中", "处置结束", "善后中", "评估完成")
WORK_ACCIDENT: Final = ("是", "否", "待认定")
SUBJECT_KINDS: Final = ("举报", "隐患", "工单", "突发事件", "督办事项")
UNIT_LEVELS: Final = ("市", "区（县）", "街道（乡镇）", "社区（村）")
PENALTY_FORCES: Final = ("未生效", "已生效", "复议诉讼中", "已撤销")
PAY_WAYS: Final = ("银行转账", "现金", "其他")
SHUTDOWNS: Final = ("全部停产", "局部停产", "未停产")
MATTER_SOURCES: Final = ("领导批示", "会商议定", "挂牌督办", "上级交办", "逾期催办")
MATTER_STATES: Final = ("待签收", "办理中", "已反馈", "已办结", "逾期")
DELIVERY_NATURES: Final = ("首次报送", "补报", "更正重报", "累计重报")
DATA_SOURCES: Final = (
    "应急直报系统",
    "灾情管理系统",
    "公安",
    "消防",
    "交警",
    "卫健",
    "气象",
    "值班信息",
    "其他",
)

OUTSIDE: Final = "区外"
"""所属街道 of an incident outside the district, counted apart."""

UNKNOWN_SENDER: Final = "报送单位不明"
