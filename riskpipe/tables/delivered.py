"""What offices deliver: one model per delivered kind, after its reporter has been taken out.

The columns follow the reporting forms in their printed order; every heading an office may
write instead of the printed one is layout data (riskpipe/intake/layouts), not here. Each
model is landed once per delivered file (all versions stay) and read again, current version
only, under the same columns in the register. A column that the printed form requires is
still nullable here when older sheets and exports lack it: what a *sheet* must carry is the
layout's business, what a *row* must never break is this model's.
"""

from riskpipe import vocabulary as v
from riskpipe.tables.base import Day, Flag, Moment, Money, Number, Table, Text, Whole, column

REVIEWED_KINDS = (v.Kind.TIPOFFS, v.Kind.FINDINGS)
DRAWN_AS = ("待复核", "抽检")


class Landed(Table):
    """Where a row came from; the first columns of every delivered table."""

    row_id: Text = column(
        "行标识",
        "内容哈希、工作表、行号合成，一行多条的第 2 条起加 #分项，全库唯一",
        nullable=False,
        unique=True,
    )
    content_hash: Text = column("文件内容哈希", "所在文件的 SHA-256", nullable=False)
    sheet: Text = column("工作表", "Excel 工作表名；文本文件为空串", nullable=False)
    row_no: Whole = column("行号", "Excel 显示的行号", nullable=False)
    record_key: Text = column(
        "业务键", "来源自己的编号；没有编号时为识别性单元格归一后的哈希", nullable=False
    )
    row_hash: Text = column("行内容哈希", "除行号外的单元格归一后的哈希", nullable=False)


class Judged(Landed):
    """The classifier's answer, landed beside the text it read."""

    category: Text = column("突发事件类别", "归类结果（主类别）", codes=tuple(v.Category))
    subcategory: Text = column("事件种类", "主类别下的种类；未分类、非突发事件为空")
    front_runner: Text = column(
        "首选类别", "得分最高的类别；答“未分类”时也写明，供复核", codes=tuple(v.Category)
    )
    runner_up: Text = column("次选类别", "得分第二的类别", codes=tuple(v.Category))
    also: Text = column("兼及类别", "主类别之外也有相当依据的类别，以顿号相连，不计入分类统计")
    margin: Number = column("把握", "主次得分差占两者之和的比例，0 到 1")
    evidence: Text = column("归类依据", "支持首选类别的词与分值，“词+分值”以顿号相连")
    against: Text = column("反面依据", "支持次选类别的词与分值")
    rule_id: Text = column("归类规则", "对首选类别加分最多的规则编号")


class LandedTipoffs(Judged, key="intake/landed_tipoffs", kind=v.Kind.TIPOFFS):
    """举报登记：来自热线、网络、网格、扫码、视频等渠道的一次反映。"""

    tipoff_no: Text = column("举报编号", "登记编号或工单编号", nullable=False)
    reported_at: Moment = column("举报时间", "来电、留言、上报的时间")
    is_day_only: Flag = column("仅到日", "举报时间只有日期，没有时分", nullable=False)
    channel: Text = column("举报渠道", "反映进入的渠道", codes=v.CHANNELS, nullable=False)
    source_no: Text = column("来源单号", "转办、交办单位的单号")
    is_named: Flag = column("是否实名", "实名举报为真")
    reporter_id: Text = column("举报人代号", "带密钥的假名；身份在保密库", personal="reporter")
    reported_unit: Text = column("被举报单位（场所）", "没有单位的填“无”")
    street: Text = column("所属街道（乡镇）", "按表填写")
    community: Text = column("所属社区（村）", "按表填写")
    grid: Text = column("网格", "三级网格编码或名称")
    address: Text = column("详细地址", "事发地点，已遮蔽个人信息")
    title: Text = column("标题", "工单标题或留言主题，已遮蔽个人信息")
    content: Text = column("举报内容", "已遮蔽个人信息；不出登记表")
    matter: Text = column("举报事项类别", "按表填写", codes=v.MATTERS)
    category_stated: Text = column("填报类别", "报送单位自填的突发事件类别")
    trade: Text = column("行业领域", "按表填写", codes=v.TRADES)
    urgency: Text = column("紧急程度", "来源系统的紧急程度")
    acceptance: Text = column("受理情况", "受理、不予受理、移送、并案、待处理", codes=v.ACCEPTANCES)
    accepted_at: Moment = column("受理时间", "受理或不予受理、移送决定的时间")
    refusal_reason: Text = column("不予受理（移送）原因", "按码表", codes=v.REFUSALS)
    merged_into_no: Text = column("并入举报编号", "并案的主件")
    first_assignee: Text = column("首派单位", "首次派发的承办单位")
    dispatched_at: Moment = column("派发时间", "首派（区交办）时间")
    due_on: Day = column("办理期限", "区交办办结期限")
    city_dispatched_at: Moment = column("市交办时间", "市级热线交办的时间")
    city_due_on: Day = column("市交办办结期限", "市级热线的办结期限")
    verification: Text = column(
        "核查结果", "属实、基本属实、部分属实、不属实、无法核实", codes=v.VERIFICATIONS
    )
    verification_note: Text = column("核查情况摘要", "可送承办单位的中性表述")
    closed_at: Moment = column("办结时间", "办结或反馈的时间")
    satisfaction: Text = column("回访评价", "工单自带的满意度", codes=v.SATISFACTIONS)
    received_by: Text = column("受理人", "登记人姓名或工号", personal="staff")
    campaign: Text = column("专项行动", "报送信息所填")


class LandedFindings(Judged, key="intake/landed_findings", kind=v.Kind.FINDINGS):
    """隐患排查台账：检查、自查、巡查发现的一处隐患。"""

    finding_no: Text = column("隐患编号", "同一隐患逐月沿用", nullable=False)
    inspected_on: Day = column("检查日期", "发现的日期")
    inspecting_unit: Text = column("检查单位", "")
    inspectors: Text = column("检查人员", "多人以顿号相连", personal="staff")
    origin: Text = column("隐患来源", "按码表", codes=v.ORIGINS)
    inspected_unit: Text = column("被检查单位（场所）", "公共场所填设施或点位名称")
    trade: Text = column("行业领域（场所类型）", "按码表", codes=v.TRADES)
    place_type: Text = column(
        "场所六类", "网格报表所用的六类场所，由填报或行业归并", codes=v.PLACE_TYPES
    )
    street: Text = column("所属街道（乡镇）", "")
    grid: Text = column("所属社区（村）、网格", "")
    place: Text = column("隐患部位", "地址及具体部位")
    description: Text = column("隐患描述", "已遮蔽个人信息", nullable=False)
    item_no: Whole = column("分项", "一格多条时的第几条，其余为 1", nullable=False)
    category_stated: Text = column("填报类别", "报送单位自填的类别")
    grade: Text = column("隐患等级", "一般、重大", codes=v.GRADES)
    grade_stated: Text = column("填报等级", "原文")
    likelihood: Number = column("可能性（L）", "风险评价，LEC 或 LS 取值表内的数")
    exposure: Number = column("暴露频繁程度（E）", "LEC 取值表内的数")
    consequence: Number = column("后果（C）", "LEC 取值表内的数")
    severity: Number = column("严重性（S）", "LS 矩阵，1 至 5")
    risk_value_stated: Number = column("填报风险值", "D 或 R，与推算的并列")
    risk_level_stated: Text = column("填报风险等级", "不是隐患等级", codes=v.RISK_LEVELS)
    risk_colour_stated: Text = column("填报风险颜色", "", codes=v.RISK_COLOURS)
    responsible_unit: Text = column("整改责任单位", "")
    responsible_person: Text = column("整改责任人", "履职人员", personal="staff")
    measures: Text = column("整改措施", "")
    due_on: Day = column("整改期限", "")
    state: Text = column("整改状态", "按码表", codes=v.FINDING_STATES)
    rectified_on: Day = column("整改完成日期", "责任单位申报的完成日期")
    rechecked_on: Day = column("复查日期", "")
    rechecked_by: Text = column("复查人", "", personal="staff")
    recheck_result: Text = column("复查结果", "合格、不合格", codes=v.RECHECK_RESULTS)
    signed_off_on: Day = column("销号日期", "")
    cited_tipoff_no: Text = column("对应举报编号", "群众举报来源的举报编号")
    remark: Text = column("备注", "已遮蔽个人信息")
    campaign: Text = column("专项行动", "报送信息所填")


class LandedMajors(Landed, key="intake/landed_majors", kind=v.Kind.MAJORS):
    """重大事故隐患清单：一患一档。"""

    finding_no: Text = column("隐患编号", "与台账同号", nullable=False)
    unit_name: Text = column("单位名称", "")
    hazard_name: Text = column("隐患名称", "")
    standard: Text = column("判定标准及条款", "")
    found_on: Day = column("发现日期", "")
    measures: Text = column("整改措施", "五落实之一")
    funds_yuan: Money = column("整改资金", "五落实之一，表上以万元计", unit="元")
    responsible_person: Text = column("整改责任人", "五落实之一", personal="staff")
    due_on: Day = column("整改时限", "五落实之一")
    emergency_plan: Text = column("应急预案（防范措施）", "五落实之一")
    regulator: Text = column("监管责任部门", "")
    regulator_person: Text = column("监管责任人", "", personal="staff")
    document_no: Text = column("执法文书名称及文号", "")
    shutdown: Text = column("停产停业情况", "", codes=v.SHUTDOWNS)
    supervision: Text = column("挂牌督办级别", "", codes=v.SUPERVISION_LEVELS)
    supervision_no: Text = column("挂牌文号及日期", "")
    extended_to_on: Day = column("批准延期至", "")
    rechecked_on: Day = column("验收（复查）日期", "")
    recheck_no: Text = column("验收意见文书文号", "")
    delisted_on: Day = column("摘牌（销号）日期", "")
    remark: Text = column("备注", "")


class LandedProgress(Landed, key="intake/landed_progress", kind=v.Kind.PROGRESS):
    """办理记录：一步一行，含复查、回访。"""

    subject_kind: Text = column("业务类型", "", codes=v.SUBJECT_KINDS)
    subject_no: Text = column("业务编号", "必须在各自登记中存在，否则为孤儿记录", nullable=False)
    step: Text = column("办理环节", "按码表", codes=v.STEPS, nullable=False)
    happened_at: Moment = column("办理时间", "", nullable=False)
    is_day_only: Flag = column("仅到日", "办理时间只有日期", nullable=False)
    unit: Text = column("办理单位", "")
    handled_by: Text = column("经办人", "", personal="staff")
    level: Text = column("办理层级", "工单的两个时钟以此分开", codes=v.UNIT_LEVELS)
    to_unit: Text = column("接收单位", "派发、改派、退单、移送的去向")
    outcome: Text = column("办理结果", "按环节的码表")
    note: Text = column("办理情况", "已遮蔽个人信息")
    due_on: Day = column("新办理期限", "")
    reason: Text = column("延期（挂账）原因", "")
    document_no: Text = column("文书名称及文号", "")
    penalty_no: Text = column("处罚决定书文号", "")
    penalty_yuan: Money = column("处罚金额", "0 为警告", unit="元")
    penalty_force: Text = column("处罚效力", "", codes=v.PENALTY_FORCES)
    satisfaction: Text = column("回访评价", "", codes=v.SATISFACTIONS)
    evidence_ref: Text = column("附件（照片）编号", "")
    remark: Text = column("备注", "已遮蔽个人信息")


class LandedPayouts(Landed, key="intake/landed_payouts", kind=v.Kind.PAYOUTS):
    """奖励发放：一笔奖励。"""

    payout_no: Text = column("奖励编号", "", nullable=False)
    tipoff_no: Text = column("举报编号", "", nullable=False)
    payee_id: Text = column("领款人代号", "领奖代码或领款人的带密钥假名", personal="reporter")
    reward_matter: Text = column("奖励事项类别", "", codes=v.REWARD_MATTERS)
    rule_ref: Text = column("奖励依据", "办法名称、文号、条款")
    verification: Text = column("核查结果", "", codes=v.VERIFICATIONS)
    penalty_no: Text = column("处罚决定书文号", "")
    penalty_yuan: Money = column("处罚金额", "", unit="元")
    due_yuan: Money = column("应奖金额", "单位自算，另行复核", unit="元")
    approved_yuan: Money = column("审批金额", "", unit="元")
    approval_no: Text = column("审批表编号", "")
    approved_by: Text = column("审批人", "", personal="staff")
    approved_on: Day = column("审批日期", "")
    notified_on: Day = column("通知日期", "")
    claim_by_on: Day = column("领取截止日期", "")
    paid_by: Text = column("发放方式", "", codes=v.PAY_WAYS)
    paid_yuan: Money = column("实发金额", "", unit="元")
    paid_on: Day = column("发放日期", "")
    voucher_no: Text = column("支付凭证号", "")
    fund: Text = column("资金来源", "")
    handled_by: Text = column("经办人", "", personal="staff")
    checked_by: Text = column("复核人", "", personal="staff")
    state: Text = column("发放状态", "", codes=v.PAYOUT_STATES)
    remark: Text = column("备注", "已遮蔽个人信息")


class LandedIncidents(Landed, key="intake/landed_incidents", kind=v.Kind.INCIDENTS):
    """突发事件：一次报告一行，终报为准；与隐患永不相加。"""

    incident_no: Text = column("事件编号", "首报、续报、终报同号", nullable=False)
    report_kind: Text = column("信息类型", "", codes=v.REPORT_KINDS, nullable=False)
    title: Text = column("事件名称", "")
    category: Text = column("突发事件类别", "", codes=v.FOUR_CATEGORIES, nullable=False)
    subcategory: Text = column("事件种类", "按类别的码表")
    happened_at: Moment = column("发生时间", "", nullable=False)
    received_at: Moment = column("接报时间", "")
    reporting_unit: Text = column("报送单位", "")
    street: Text = column("所属街道（乡镇）", "区外另计")
    address: Text = column("详细地点", "")
    unit_name: Text = column("涉事单位", "")
    is_work_accident: Text = column("是否生产经营性事故", "", codes=v.WORK_ACCIDENT)
    level_stated: Text = column("填报级别", "与推算级别并列", codes=v.INCIDENT_LEVELS)
    deaths: Whole = column("死亡", "", unit="人")
    missing: Whole = column("失踪", "", unit="人")
    serious_injuries: Whole = column("重伤", "含急性工业中毒（国务院令第493号第三条）", unit="人")
    minor_injuries: Whole = column("轻伤", "", unit="人")
    people_affected: Whole = column("受影响（参与）人数", "", unit="人")
    direct_loss_yuan: Money = column("直接经济损失", "表上以万元计", unit="元")
    consented_at: Moment = column("同意报送时间", "第二个 30 分钟由此起算")
    reported_up_at: Moment = column("上报时间", "")
    handling: Text = column("处置情况", "已遮蔽个人信息")
    state: Text = column("处置状态", "", codes=v.INCIDENT_STATES)
    remark: Text = column("备注", "")


class LandedTotals(Landed, key="intake/landed_totals", kind=v.Kind.TOTALS):
    """月度统计数：只以总数存在的指标和历史公布数。"""

    month_on: Day = column("统计月份", "当月一日", nullable=False)
    indicator: Text = column("指标", "指标名称", nullable=False)
    breakdown: Text = column("分类", "四类、渠道、街道或合计", nullable=False)
    unit: Text = column("计量单位", "")
    month_value: Number = column("本月数", "", nullable=False)
    year_value: Number = column("本年累计", "")
    prior_month_value: Number = column("上年同月", "")
    prior_year_value: Number = column("上年同期累计", "")
    source: Text = column("数据来源", "")
    remark: Text = column("备注", "")


class LandedMatters(Landed, key="intake/landed_matters", kind=v.Kind.MATTERS):
    """督办事项。"""

    matter_no: Text = column("督办编号", "", nullable=False)
    matter_source: Text = column("事项来源", "", codes=v.MATTER_SOURCES)
    source_ref: Text = column("来源文号（期号）", "")
    leader_post: Text = column("批示领导职务", "")
    assigned_on: Day = column("交办日期", "")
    matter: Text = column("督办事项", "")
    responsible_unit: Text = column("责任单位", "")
    assisting_units: Text = column("配合单位", "")
    due_on: Day = column("完成时限", "")
    handling: Text = column("办理情况", "")
    answered_on: Day = column("反馈日期", "")
    state: Text = column("状态", "", codes=v.MATTER_STATES)
    related_no: Text = column("关联编号", "")


class LandedCorrections(Landed, key="intake/landed_corrections", kind=v.Kind.CORRECTIONS):
    """更正单：对一条记录一个字段的明确更正，优先于任何重报。"""

    subject_table: Text = column("表名", "被更正的表，如 隐患排查台账", nullable=False)
    subject_no: Text = column("业务编号", "", nullable=False)
    heading: Text = column("更正项目", "表头原文", nullable=False)
    old_value: Text = column("原内容", "")
    new_value: Text = column("更正内容", "")
    reason: Text = column("更正原因", "")
    corrected_by: Text = column("更正人", "", personal="staff")
    corrected_on: Day = column("更正日期", "")


class LandedReviews(Landed, key="intake/landed_reviews", kind=v.Kind.REVIEWS):
    """归类复核单：人对一条记录归类的判定，优先于规则，规则改了也不变。"""

    subject_table: Text = column(
        "报表",
        "被复核的报表",
        codes=tuple(v.KIND_TITLES[kind] for kind in REVIEWED_KINDS),
        nullable=False,
    )
    subject_no: Text = column(
        "编号", "举报编号或隐患编号；一格多条的加 #分项，只改这一条", nullable=False
    )
    drawn_as: Text = column(
        "抽取方式", "待复核为挑出的，抽检为随机抽的；只有抽检可推算差错率", codes=DRAWN_AS
    )
    system_category: Text = column(
        "系统类别", "列入复核单时系统所归的类别", codes=tuple(v.Category)
    )
    system_subcategory: Text = column("系统种类", "列入复核单时系统所归的种类")
    system_margin: Number = column("把握", "列入复核单时的把握")
    rule_version: Text = column("规则版本", "列入复核单时的规则版本")
    category: Text = column(
        "复核类别",
        "复核人的判定；未分类不是判定",
        codes=(*v.FOUR_CATEGORIES, v.Category.NONE),
        nullable=False,
    )
    subcategory: Text = column(
        "复核种类",
        "须属于复核类别，否则清空",
        codes=tuple(dict.fromkeys(name for names in v.SUBCATEGORIES.values() for name in names)),
    )
    reviewed_by: Text = column("复核人", "", nullable=False, personal="staff")
    reviewed_on: Day = column("复核日期", "", nullable=False)
    reason: Text = column("复核说明", "已遮蔽个人信息")


class LandedGrids(Landed, key="intake/landed_grids", kind=v.Kind.GRIDS):
    """三级网格表。"""

    grid_no: Text = column("网格编码", "", nullable=False)
    grid_name: Text = column("网格名称", "")
    grid_level: Whole = column("网格级别", "1 区、2 街道、3 社区网格", nullable=False)
    parent_no: Text = column("上级网格编码", "一级网格为空")
    street: Text = column("所属街道（乡镇）", "")
    community: Text = column("所属社区（村）", "")
    valid_from_on: Day = column("启用日期", "")
    valid_to_on: Day = column("停用日期", "仍在用为空")


class LandedUnits(Landed, key="intake/landed_units", kind=v.Kind.UNITS):
    """单位名录：承办单位与报送单位。"""

    unit: Text = column("单位名称", "", nullable=False)
    unit_kind: Text = column("单位类别", "街道（乡镇）、部门、热线、平台等")
    street: Text = column("所属街道（乡镇）", "街道单位才有")
    office_order: Whole = column("排序", "报表上的次序")
    contact_phone: Text = column("联系电话", "只在发给该单位的清单上出现", personal="staff")


class LandedObligations(Landed, key="intake/landed_obligations", kind=v.Kind.OBLIGATIONS):
    """应报表：哪个单位哪种表每月何时前应报。"""

    unit: Text = column("报送单位", "", nullable=False)
    owed_kind: Text = column("报表名称", "中文表名", nullable=False)
    due_day: Whole = column("每月截止日", "次月几日前报出", nullable=False)
    valid_from_on: Day = column("起始日期", "")
    valid_to_on: Day = column("终止日期", "")


class LandedCampaigns(Landed, key="intake/landed_campaigns", kind=v.Kind.CAMPAIGNS):
    """专项行动表。"""

    campaign: Text = column("专项行动", "", nullable=False)
    starts_on: Day = column("开始日期", "")
    ends_on: Day = column("结束日期", "")
    remark: Text = column("备注", "")
