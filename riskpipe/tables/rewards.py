"""Rewards: what the rule in force that day says is due, and what was really paid.

`claims` narrows the register to tip-offs a reward may be due for; `entitlements` applies
one dated tariff row to each; `settlements` lays the delivered payouts beside them. All
money is DECIMAL yuan; the arithmetic behind it is in whole 分.
"""

from riskpipe import vocabulary as v
from riskpipe.tables.base import Day, Flag, Model, Money, Table, Text, Whole, column

FORMULAS = ("share", "flat", "per_death", "none")


class Claims(Table, key="rewards/claims"):
    """可能应奖的举报：查证属实的，或已有奖励记录的，一件一行。"""

    tipoff_no: Text = column("举报编号", "", nullable=False, unique=True)
    row_id: Text = column("行标识", "", nullable=False)
    hazard_id: Text = column("隐患标识", "")
    channel: Text = column("举报渠道", "", codes=v.CHANNELS, nullable=False)
    matter: Text = column(
        "奖励事项类别", "奖励表所填；没有的由举报事项与隐患等级推定", codes=v.REWARD_MATTERS
    )
    rule_on: Day = column("适用日", "受理日，没有的为举报日；按此日选规则", nullable=False)
    is_named: Flag = column("是否实名", "")
    is_substantiated: Flag = column("是否属实", "属实、基本属实、部分属实", nullable=False)
    is_first: Flag = column("是否首位", "同一隐患最先受理的一件", nullable=False)
    is_joined: Flag = column("是否并案", "并案的从件", nullable=False)
    penalty_count: Whole = column("处罚件数", "按处罚决定书文号去重", unit="件", nullable=False)
    is_penalty_final: Flag = column("处罚已生效", "有处罚且全部已生效", nullable=False)
    penalty_yuan: Money = column("处罚金额", "已生效的合计", unit="元")
    death_count: Whole = column("核实瞒报死亡人数", "", unit="人")
    death_level: Text = column("瞒报事故级别", "", codes=v.INCIDENT_LEVELS)
    district: Text = column("行政区", "取自设置", nullable=False)


class Entitlements(Table, key="rewards/entitlements"):
    """应奖：一件举报一行，所用规则与逐步算法。"""

    tipoff_no: Text = column("举报编号", "", nullable=False, unique=True)
    hazard_id: Text = column("隐患标识", "")
    rule_id: Text = column("奖励规则", "tariffs.csv 的规则；无适用规则为空")
    matter: Text = column("奖励事项类别", "", codes=v.REWARD_MATTERS)
    rule_on: Day = column("适用日", "", nullable=False)
    base_yuan: Money = column("基数", "按处罚比例计奖的处罚金额", unit="元")
    due_yuan: Money = column("应奖金额", "未定为空；不应奖为 0", unit="元")
    cap_yuan: Money = column("上限", "规则的上限；无上限为空", unit="元")
    is_defined: Flag = column("是否可定", "基数已定、规则齐备", nullable=False)
    is_eligible: Flag = column("是否应奖", "", nullable=False)
    steps: Text = column("算法", "逐步说明，不含个人信息", nullable=False)


class Discrepancies(Table, key="rewards/discrepancies"):
    """奖励发放疑点：一笔奖励一条规则一行。"""

    discrepancy_id: Text = column("疑点标识", "", nullable=False, unique=True)
    payout_no: Text = column("奖励编号", "", nullable=False)
    tipoff_no: Text = column("举报编号", "", nullable=False)
    hazard_id: Text = column("隐患标识", "")
    rule_id: Text = column("规则", "audits.csv 的规则", nullable=False)
    rule_title: Text = column("规则名称", "", nullable=False)
    row_id: Text = column("行标识", "", nullable=False)
    other_payout_no: Text = column("另一笔", "与之重复的奖励编号")
    detail: Text = column("说明", "不含个人信息", nullable=False)


class Settlements(Table, key="rewards/settlements"):
    """奖励核对：一笔奖励一行，填报、复算、审批、实发并列。"""

    payout_no: Text = column("奖励编号", "", nullable=False, unique=True)
    tipoff_no: Text = column("举报编号", "", nullable=False)
    hazard_id: Text = column("隐患标识", "")
    reward_matter: Text = column("奖励事项类别", "", codes=v.REWARD_MATTERS)
    channel: Text = column("举报渠道", "", codes=v.CHANNELS)
    state: Text = column("发放状态", "", codes=v.PAYOUT_STATES)
    is_living: Flag = column("有效", "未被否决、放弃、退回、追回", nullable=False)
    rule_id: Text = column("奖励规则", "")
    due_stated_yuan: Money = column("填报应奖", "", unit="元")
    due_computed_yuan: Money = column("复算应奖", "未定为空", unit="元")
    approved_yuan: Money = column("审批金额", "", unit="元")
    paid_yuan: Money = column("实发金额", "", unit="元")
    lapsed_yuan: Money = column(
        "放弃金额", "逾期放弃、主动放弃的审批金额，其余为 0", unit="元", nullable=False
    )
    difference_yuan: Money = column("差额", "填报应奖减复算应奖；任一未定为空", unit="元")
    approved_on: Day = column("审批日期", "")
    notified_on: Day = column("通知日期", "")
    claim_by_on: Day = column("领取截止日期", "")
    paid_on: Day = column("发放日期", "")
    received_on: Day = column("收到日", "", nullable=False)
    finding_count: Whole = column("疑点数", "", nullable=False)
    finding: Text = column("疑点", "名称各以分号结尾，按规则次序；没有为空")


class Tariffs(Table, key="rules/tariffs"):
    """奖励标准：一地一事项一期间一行。"""

    tariff_id: Text = column("规则", "", nullable=False, unique=True)
    jurisdiction: Text = column("适用地", "全国或行政区名", nullable=False)
    matter: Text = column("奖励事项类别", "", codes=v.REWARD_MATTERS, nullable=False)
    formula: Text = column(
        "算法", "share 按处罚比例、flat 定额、per_death 按瞒报死亡", codes=FORMULAS, nullable=False
    )
    share_percent: Whole = column("比例", "", unit="%")
    flat_yuan: Money = column("定额", "", unit="元")
    floor_yuan: Money = column("下限", "", unit="元")
    cap_yuan: Money = column("上限", "空为不设上限", unit="元")
    death_normal_yuan: Money = column("一般事故每人", "", unit="元")
    death_larger_yuan: Money = column("较大事故每人", "", unit="元")
    death_major_yuan: Money = column("重大事故每人", "", unit="元")
    death_worst_yuan: Money = column("特别重大事故每人", "", unit="元")
    pays_anonymous: Flag = column("匿名可奖", "", nullable=False)
    valid_from_on: Day = column("施行日", "", nullable=False)
    valid_to_on: Day = column("废止日", "仍有效为空")
    source: Text = column("依据", "", nullable=False)
    mark: Text = column("核实", "V 见于公开文本，M 凭记忆待核，D 演示用虚构", nullable=False)


class Audits(Table, key="rules/audits"):
    """奖励核对规则：一条一行。"""

    rule_id: Text = column("规则", "", nullable=False, unique=True)
    title: Text = column("名称", "", nullable=False)
    remedy: Text = column("怎么办", "", nullable=False)
    source: Text = column("依据", "", nullable=False)


class Rewardable(Table, key="rules/rewardable"):
    """哪些渠道的举报可奖：履职上报不属举报。"""

    channel: Text = column("举报渠道", "", codes=v.CHANNELS, nullable=False, unique=True)
    is_rewardable: Flag = column("是否可奖", "", nullable=False)
    source: Text = column("依据", "", nullable=False)


RULE_MODELS: tuple[Model, ...] = (Tariffs, Audits, Rewardable)
MODELS: tuple[Model, ...] = (Claims, Entitlements, Discrepancies, Settlements)
