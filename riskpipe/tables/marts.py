"""What the month's issue is computed from: counts by month, rates as numerator over denominator.

Register and rewards come in, one row per printed group goes out; the consultation only picks
and words. Every month column is the label of a statistical month (`days` decides which day
belongs to which), every rate is published with its numerator and denominator so that totals
are ratios of sums. Texts of tip-offs, names and pseudonyms do not belong here. Rule tables of
this stage (账龄段、口径、时限、指标对照) stand at the end.
"""

from typing import Any

from riskpipe import vocabulary as v
from riskpipe.tables.base import Day, Flag, Money, Number, Table, Text, Whole, column

SUBJECTS = ("举报", "隐患", "突发事件")
"""What is counted by category: three things that are never summed."""
FLAW_WEIGHTS = ("拒收", "清空", "提示")
"""What a flaw cost: the row, the cell, or nothing yet."""
COVERAGE_STATES = ("已报", "零报告", "迟报", "未报", "未到期")
UNKNOWN_STREET = "街道不明"
UNSPLIT = "未细分"


def _month(meaning: str) -> Any:
    return column("统计月份", meaning, nullable=False)


def _label(title: str, meaning: str) -> Any:
    return column(title, meaning, nullable=False)


def _count(title: str, meaning: str, unit: str) -> Any:
    return column(title, meaning, unit=unit, nullable=False)


def _sum(title: str, meaning: str) -> Any:
    return column(title, meaning, unit="元", nullable=False)


def _rate(title: str, meaning: str) -> Any:
    return column(title, meaning + "；分母为 0 时为空")


class Periods(Table, key="marts/periods"):
    """统计月份：从最早一件到数据截至日的每个统计月。"""

    month_on: Day = _label("统计月份", "统计月的标签（当月一日）")
    year_on: Day = _label("统计年度", "一月的标签")
    prior_month_on: Day = _label("上月", "环比所比的月份")
    prior_year_on: Day = _label("上年同月", "同比所比的月份")
    starts_on: Day = _label("统计期间起", "")
    ends_on: Day = _label("统计期间止", "")
    day_count: Whole = _count("天数", "闰年二月为 29", "天")
    year_day_count: Whole = _count("本年累计天数", "统计年起至本月止", "天")
    prior_year_day_count: Whole = _count("上年同月天数", "", "天")
    workday_count: Whole = _count("工作日", "已计调休", "天")
    is_complete: Flag = column("是否期满", "统计期间止不晚于数据截至日", nullable=False)
    has_prior_year: Flag = column(
        "是否有上年同期",
        "上年同月不早于最早一件来件所在月（没有来件的取最早一条记录），否则同比不可比",
        nullable=False,
    )


class Cases(Table, key="marts/cases"):
    """举报口径表：一件一行，各表共用的归期与判断只在此处作出一次。"""

    tipoff_no: Text = column("举报编号", "", nullable=False, unique=True)
    channel: Text = _label("举报渠道", "")
    street: Text = _label("所属街道（乡镇）", "未填为“街道不明”")
    grid: Text = column("网格", "三级网格编码或名称；没有的取所属社区（村）")
    category: Text = _label("突发事件类别", "未归类为“未分类”")
    subcategory: Text = _label("事件种类", "未细分者为“未细分”")
    first_assignee: Text = _label("首派单位", "未派发为“未派发”")
    received_on: Day = _label(
        "来件日期", "举报时间；没有的依次取市交办、区交办（派发）、受理、收到报送之日"
    )
    month_on: Day = _month("来件日期所属统计月")
    year_on: Day = _label("统计年度", "来件日期所属统计年")
    dispatched_on: Day = column("派发日期", "区交办；没有的取市交办")
    dispatched_month_on: Day = column("派发月份", "派发日期所属统计月")
    due_on: Day = column("办理期限", "登记的办理期限；没有的取市交办办结期限")
    due_month_on: Day = column("到期月份", "办理期限所属统计月")
    closed_on: Day = column("办结日期", "晚于数据截至日的不算办结")
    closed_month_on: Day = column("办结月份", "办结日期所属统计月")
    is_tipoff: Flag = column("是否计为举报", "并案和非隐患类诉求不计", nullable=False)
    is_accepted: Flag = column("是否受理", "受理情况为受理，或未填而已派发、已办结", nullable=False)
    is_verified: Flag = column("是否核查", "有核查结果", nullable=False)
    is_substantiated: Flag = column("是否属实", "属实、基本属实、部分属实", nullable=False)
    satisfaction: Text = column("回访评价", "办理记录最近一次回访；没有的取工单自带")
    solved: Text = column("回访结果", "最近一次回访：已解决、部分解决、未解决")


class Discoveries(Table, key="marts/discoveries"):
    """隐患口径表：台账一条一行，各表共用的归期与判断只在此处作出一次。"""

    row_id: Text = column("行标识", "台账现行行", nullable=False, unique=True)
    finding_no: Text = _label("隐患编号", "")
    hazard_id: Text = column("隐患标识", "")
    sender: Text = _label("报送单位", "")
    street: Text = _label("所属街道（乡镇）", "未填为“街道不明”")
    grid: Text = column("社区（村）、网格", "")
    unit_name: Text = column("被检查单位（场所）", "")
    place_type: Text = _label("场所六类", "未填为“未分类型”")
    category: Text = _label("突发事件类别", "未归类为“未分类”")
    subcategory: Text = _label("事件种类", "未细分者为“未细分”")
    grade: Text = _label("隐患等级", "未填为“未定级”")
    found_on: Day = _label("发现日期", "检查日期；没有的取收到报送之日")
    month_on: Day = _month("发现日期所属统计月")
    year_on: Day = _label("统计年度", "发现日期所属统计年")
    due_on: Day = column("整改期限", "计批准的延期")
    rectified_on: Day = column(
        "整改完成日期", "责任单位申报；复查不合格后未再整改的为空；填报已整改而无日期的取发现日期"
    )
    is_rechecked: Flag = column("是否复查", "有复查日期", nullable=False)
    is_recheck_passed: Flag = column("是否复查合格", "最近一次复查合格", nullable=False)
    signed_off_on: Day = column("销号日期", "有凭据的销号才算；无日期的取复查或整改完成日期")
    is_overdue: Flag = column(
        "是否逾期", "未整改完成且期限早于数据截至日；到期当日不算", nullable=False
    )


class Monthly(Table, key="marts/monthly"):
    """分月统计明细：月份×对象×类别×种类×街道×渠道；五个数全为零的格不列。"""

    month_on: Day = _month("发生、举报或发现的月份")
    subject: Text = column(
        "对象", "举报、隐患、突发事件，三者不相加", codes=SUBJECTS, nullable=False
    )
    category: Text = _label("突发事件类别", "")
    subcategory: Text = _label("事件种类", "")
    street: Text = _label("所属街道（乡镇）", "突发事件含“区外”")
    channel: Text = _label("渠道", "举报为举报渠道，隐患为隐患来源，突发事件为“不分渠道”")
    count: Whole = _count("本月数", "", "件（处、起）")
    prior_month_count: Whole = _count("上月数", "环比的基数", "件（处、起）")
    prior_year_count: Whole = _count("上年同月数", "同比的基数", "件（处、起）")
    year_count: Whole = _count("本年累计", "统计年起至本月止", "件（处、起）")
    prior_year_year_count: Whole = _count("上年同期累计", "", "件（处、起）")
    three_year_count: Whole = _count("近三年同月合计", "均比的基数，前三年同月之和", "件（处、起）")


class Categories(Table, key="marts/categories"):
    """四类统计：月份×对象×类别×种类，格子齐全，没有发生写 0（区内）。"""

    month_on: Day = _month("")
    subject: Text = column("对象", "举报、隐患、突发事件", codes=SUBJECTS, nullable=False)
    category: Text = column("突发事件类别", "", codes=tuple(v.Category), nullable=False)
    subcategory: Text = _label("事件种类", "")
    category_order: Whole = column("类别次序", "", nullable=False)
    subcategory_order: Whole = column("种类次序", "", nullable=False)
    count: Whole = _count("本月数", "区外突发事件不计", "件（处、起）")
    prior_month_count: Whole = _count("上月数", "", "件（处、起）")
    prior_year_count: Whole = _count("上年同月数", "", "件（处、起）")
    year_count: Whole = _count("本年累计", "", "件（处、起）")
    prior_year_year_count: Whole = _count("上年同期累计", "", "件（处、起）")
    three_year_count: Whole = _count("近三年同月合计", "", "件（处、起）")
    day_count: Whole = _count("本月天数", "", "天")
    prior_year_day_count: Whole = _count("上年同月天数", "日均同比用", "天")
    code: Text = column("编码", "种类（未细分为大类）的官方编码，核实过的才有")


class Funnel(Table, key="marts/funnel"):
    """举报受理、核查与奖励：来件月份×渠道，同一批来件此后的结果。"""

    month_on: Day = _month("来件的月份")
    channel: Text = _label("举报渠道", "")
    call_count: Whole = _count("来件数", "登记的全部来电、来件", "件")
    tipoff_count: Whole = _count("举报数", "并案和非隐患类诉求不计", "件")
    hazard_count: Whole = _count("隐患数", "以本批来件为最早举报的隐患", "处")
    accepted_count: Whole = _count("受理数", "", "件")
    verified_count: Whole = _count("核查数", "已有核查结果", "件")
    substantiated_count: Whole = _count("属实数", "属实、基本属实、部分属实", "件")
    rewarded_count: Whole = _count("已领取件数", "有已领取奖励的举报", "件")
    ineligible_count: Whole = _count(
        "属实未奖励件数", "属实而没有奖励记录，或只有不予奖励、审批未通过", "件"
    )
    due_yuan: Money = _sum("应奖金额", "单位填报")
    approved_yuan: Money = _sum("审批金额", "已批准的各状态")
    paid_yuan: Money = _sum("已领取金额", "状态为已领取的实发金额")
    lapsed_yuan: Money = _sum("放弃金额", "逾期放弃、主动放弃的审批金额")


class Completion(Table, key="marts/completion"):
    """办理情况：月份×渠道×口径，同一词的几种分母并列。"""

    month_on: Day = _month("按口径归期，见口径表")
    channel: Text = _label("举报渠道", "")
    basis: Text = _label("口径", "见 rules/bases：all、transferred、cohort、due、on_time")
    basis_title: Text = _label("口径名称", "")
    received_count: Whole = _count("来件数", "本月来件", "件")
    closed_count: Whole = _count("已办结数", "本月来件中至数据截至日已办结", "件")
    numerator_count: Whole = _count("分子", "", "件")
    denominator_count: Whole = _count("分母", "", "件")
    completion_rate: Number = _rate("比率", "分子除以分母，未取整")
    is_final: Flag = column("是否定数", "该口径的截止日不晚于数据截至日", nullable=False)


class Treatment(Table, key="marts/treatment"):
    """隐患排查治理：发现月份×报送单位×街道×类别×等级，同一批发现此后的结果。"""

    month_on: Day = _month("检查日期的月份")
    sender: Text = _label("报送单位", "")
    street: Text = _label("所属街道（乡镇）", "")
    category: Text = _label("突发事件类别", "")
    grade: Text = _label("隐患等级", "未定级为“未定级”")
    found_count: Whole = _count("排查隐患", "", "处")
    rectified_count: Whole = _count("整改完成", "责任单位申报完成，含已销号；复查不合格不计", "处")
    rechecked_count: Whole = _count("已复查", "", "处")
    recheck_passed_count: Whole = _count("复查合格", "", "处")
    signed_off_count: Whole = _count("销号", "有凭据的销号：复查合格，或当场整改", "处")
    open_count: Whole = _count("正在整改", "排查数减整改完成数", "处")
    unsigned_count: Whole = _count("整改完成未销号", "整改完成数减销号数", "处")
    overdue_count: Whole = _count("逾期未整改", "未整改完成且整改期限早于数据截至日", "处")
    late_count: Whole = _count("逾期整改", "整改完成日期晚于整改期限", "处")
    heaped_count: Whole = _count("完成日即期限", "整改完成日期恰为整改期限，过多则日期存疑", "处")


class Stocks(Table, key="marts/stocks"):
    """隐患存量：月份×街道×等级，期初、新增、整改、期末。"""

    month_on: Day = _month("")
    street: Text = _label("所属街道（乡镇）", "")
    grade: Text = _label("隐患等级", "")
    opening_count: Whole = _count("期初未整改", "上月末未整改完成", "处")
    found_count: Whole = _count("本月新增", "本月检查发现", "处")
    rectified_count: Whole = _count("本月整改", "本月整改完成，不论何月发现", "处")
    signed_off_count: Whole = _count("本月销号", "本月销号，不论何月发现", "处")
    closing_count: Whole = _count("期末未整改", "期初加新增减整改", "处")
    overdue_count: Whole = _count("期末逾期", "期末未整改且期限早于期末日", "处")


class Ageing(Table, key="marts/ageing"):
    """未销号隐患账龄：账龄段×街道×等级，截至数据截至日，格子齐全。"""

    band: Text = _label("账龄段", "见 rules/bands")
    band_order: Whole = column("次序", "", nullable=False)
    street: Text = _label("所属街道（乡镇）", "")
    grade: Text = _label("隐患等级", "")
    open_count: Whole = _count("未销号", "", "处")
    overdue_count: Whole = _count("其中逾期", "期限早于数据截至日；到期当日不算逾期", "处")
    oldest_days: Whole = column("最长天数", "首次发现至数据截至日；没有未销号的为空", unit="天")


class Overdue(Table, key="marts/overdue"):
    """逾期未办结清单：一个逾期时钟一行，供附表。"""

    clock_id: Text = column("时钟编号", "", nullable=False, unique=True)
    clock: Text = _label("期限名称", "")
    subject_kind: Text = _label("业务类型", "")
    subject_no: Text = _label("业务编号", "")
    hazard_id: Text = column("隐患标识", "")
    street: Text = _label("所属街道（乡镇）", "")
    unit: Text = column("承办（责任）单位", "")
    unit_name: Text = column("被检查（举报）单位", "")
    category: Text = column("突发事件类别", "")
    grade: Text = column("隐患等级", "")
    starts_on: Day = column("起算日期", "")
    due_on: Day = column("期限", "")
    overdue_days: Whole = _count("逾期天数", "到期次日为第 1 天", "天")
    is_provisional: Flag = column("暂定", "所涉年份节假日安排尚未录入", nullable=False)


class Timeliness(Table, key="marts/timeliness"):
    """按期办结：到期月份×期限名称×街道×单位。"""

    month_on: Day = _month("期限所属月份")
    clock: Text = _label("期限名称", "")
    street: Text = _label("所属街道（乡镇）", "")
    unit: Text = _label("承办（责任）单位", "未填为“单位不明”")
    due_count: Whole = _count("到期数", "期限不晚于数据截至日", "件")
    on_time_count: Whole = _count("按期数", "", "件")
    late_count: Whole = _count("逾期办结数", "", "件")
    overdue_count: Whole = _count("逾期未办结数", "", "件")
    on_time_rate: Number = _rate("按期办结率", "按期数除以到期数")


class Places(Table, key="marts/places"):
    """存在隐患的单位（场所）：月份×报送单位×场所六类×街道。"""

    month_on: Day = _month("检查日期的月份")
    sender: Text = _label("报送单位", "")
    place_type: Text = _label("场所六类", "未填为“未分类型”")
    street: Text = _label("所属街道（乡镇）", "")
    place_count: Whole = _count("本月家数", "街道与名称相同为一家，月内不重复计", "家")
    first_time_count: Whole = _count("本年首次", "统计年内首次出现；逐月相加即本年累计家数", "家")
    hazard_count: Whole = _count("隐患数", "", "处")


class GridRollup(Table, key="marts/gridrollup"):
    """三级网格汇总：月份×网格，本级直接数与含下级的合计数。"""

    month_on: Day = _month("来件或检查的月份")
    grid_no: Text = _label("网格编码", "")
    grid_name: Text = column("网格名称", "")
    grid_level: Whole = column("网格级别", "1 区、2 街道、3 社区网格", nullable=False)
    parent_no: Text = column("上级网格编码", "")
    street: Text = column("所属街道（乡镇）", "")
    own_count: Whole = _count("本级数", "举报与隐患的记录数之和，只看工作量，不作风险数", "条")
    total_count: Whole = _count("合计数", "含下级", "条")
    tipoff_own_count: Whole = _count("举报（本级）", "只能定位到本级的来件", "件")
    finding_own_count: Whole = _count("隐患（本级）", "只能定位到本级的隐患", "处")
    tipoff_count: Whole = _count("举报（合计）", "含下级", "件")
    finding_count: Whole = _count("隐患（合计）", "含下级", "处")


class Dispatches(Table, key="marts/dispatches"):
    """首派与办理：来件月份×渠道×首派单位。"""

    month_on: Day = _month("来件的月份")
    channel: Text = _label("举报渠道", "")
    first_assignee: Text = _label("首派单位", "")
    dispatched_count: Whole = _count("派发数", "", "件")
    closed_count: Whole = _count("办结数", "至数据截至日", "件")
    due_count: Whole = _count("到期数", "有期限且不晚于数据截至日", "件")
    on_time_count: Whole = _count("按期办结数", "到期件中办结日期不晚于期限", "件")
    reassigned_count: Whole = _count("改派件数", "有改派记录", "件")
    returned_count: Whole = _count("退单件数", "有退单记录", "件")


class RewardSums(Table, key="marts/rewardsums"):
    """奖励发放：审批月份×奖励事项×状态。"""

    month_on: Day = _month("审批日期的月份；没有的取收到报送之日")
    reward_matter: Text = _label("奖励事项类别", "未填为“未填事项”")
    state: Text = _label("发放状态", "")
    payout_count: Whole = _count("笔数", "", "笔")
    due_yuan: Money = _sum("应奖金额", "单位填报")
    due_computed_yuan: Money = _sum("应奖金额（复核）", "按当日办法复算；无法确定的不计")
    approved_yuan: Money = _sum("审批金额", "")
    paid_yuan: Money = _sum("实发金额", "")
    lapsed_yuan: Money = _sum("放弃金额", "逾期放弃、主动放弃的审批金额")


class IncidentCounts(Table, key="marts/incidentcounts"):
    """突发事件：发生月份×类别×种类×填报级别×推算级别×区内外。"""

    month_on: Day = _month("发生时间的月份")
    category: Text = _label("突发事件类别", "")
    subcategory: Text = _label("事件种类", "")
    level_stated: Text = _label("填报级别", "终报所填；未填为“未定级”")
    level_computed: Text = _label("推算级别", "按伤亡和损失；法律不分级的为“未定级”")
    is_outside: Flag = column("是否区外", "区外另计", nullable=False)
    incident_count: Whole = _count("起数", "", "起")
    deaths: Whole = _count("死亡", "", "人")
    missing: Whole = _count("失踪", "", "人")
    serious_injuries: Whole = _count("重伤", "", "人")
    minor_injuries: Whole = _count("轻伤", "", "人")
    direct_loss_yuan: Money = _sum("直接经济损失", "未填按 0 计")
    loss_known_count: Whole = _count("已填损失起数", "", "起")
    received_on_time_count: Whole = _count("按时接报", "发生至接报不超过时限", "起")
    reported_up_count: Whole = _count("紧急上报", "有上报时间", "起")
    reported_up_on_time_count: Whole = _count("按时上报", "同意报送至上报不超过时限", "起")


class Callbacks(Table, key="marts/callbacks"):
    """回访：来件月份×渠道，每件取最近一次回访。"""

    month_on: Day = _month("来件的月份")
    channel: Text = _label("举报渠道", "")
    callback_count: Whole = _count("回访数", "有回访评价", "件")
    effective_count: Whole = _count("有效回访", "满意、基本满意、不满意", "件")
    satisfied_count: Whole = _count("满意", "有效回访中满意、基本满意", "件")
    outcome_count: Whole = _count("有结果回访", "回访结果已填", "件")
    solved_count: Whole = _count("已解决", "回访结果为已解决", "件")
    satisfied_rate: Number = _rate("满意率", "满意除以有效回访")


class Indicators(Table, key="marts/indicators"):
    """指标对照：月份×指标×分类，填报数与明细计数并列，不相加。"""

    month_on: Day = _month("")
    indicator: Text = _label("指标", "")
    breakdown: Text = _label("分类", "四类、渠道、街道或合计")
    unit: Text = column("计量单位", "")
    stated_month: Number = column("填报本月数", "")
    stated_year: Number = column("填报本年累计", "")
    stated_prior_year_month: Number = column("填报上年同月", "")
    stated_prior_year_year: Number = column("填报上年同期累计", "")
    counted_month: Whole = column("明细本月数", "由明细计数；没有明细的指标为空")
    counted_year: Whole = column("明细本年累计", "")
    difference: Number = column("差", "填报本月数减明细本月数；只有一方时为空")


class Quality(Table, key="marts/quality"):
    """数据质量：报送月份×报送单位×表。"""

    month_on: Day = _month("报送日期的月份")
    sender: Text = _label("报送单位", "")
    kind: Text = _label("表名", "种类代号；认不出的为“未识别”，填表说明等为“附表”")
    file_count: Whole = _count("文件数", "", "个")
    refused_count: Whole = _count("拒收文件数", "整份不能读取", "个")
    seen_count: Whole = _count("行数", "", "行")
    accepted_count: Whole = _count("接收", "", "行")
    rejected_count: Whole = _count("退回", "", "行")
    ignored_count: Whole = _count("略去", "标题、表头、合计、说明、空行", "行")
    rejected_cell_count: Whole = _count("置空单元格", "", "格")
    top_rule: Text = column("最多的原因", "退回和置空中次数最多的规则")
    top_reason: Text = column("原因说明", "")
    top_rule_count: Whole = column("次数", "", unit="次")
    accepted_rate: Number = _rate("接收率", "接收除以接收加退回")


class Flaws(Table, key="marts/flaws"):
    """数据质量问题：报送月份×报送单位×表×轻重×规则。"""

    month_on: Day = _month("报送日期的月份")
    sender: Text = _label("报送单位", "")
    kind: Text = _label("表名", "种类代号；认不出的为“未识别”")
    weight: Text = column("轻重", "", codes=FLAW_WEIGHTS, nullable=False)
    rule: Text = _label("规则", "规则代码")
    reason: Text = _label("原因说明", "其中一条的原因")
    line_count: Whole = _count("处数", "", "处")
    file_count: Whole = _count("文件数", "", "个")


class Coverage(Table, key="marts/coverage"):
    """报送情况：统计月份×单位×应报表。"""

    month_on: Day = _month("应报的统计月份")
    unit: Text = _label("报送单位", "")
    owed_kind: Text = _label("报表名称", "")
    status: Text = column("报送情况", "", codes=COVERAGE_STATES, nullable=False)
    due_on: Day = _label("应报日期", "次月截止日；当日报出不算迟")
    received_on: Day = column("收到日期", "首次收到")
    is_zero_report: Flag = column("是否零报告", "无数据而明确报零", nullable=False)
    late_days: Whole = _count("迟报天数", "未迟为 0", "天")
    accepted_count: Whole = _count("接收行数", "", "行")


class Heaping(Table, key="marts/heaping"):
    """完成日期扎堆：表×报送单位，现行记录中完成日期恰为期限当日的有多少。"""

    kind: Text = _label("表名", "种类代号")
    sender: Text = _label("报送单位", "现行版本的报送单位")
    record_count: Whole = _count("记录数", "现行记录", "条")
    complete_count: Whole = _count("两日齐全", "期限和完成日期都已填", "条")
    on_limit_count: Whole = _count("恰在期限当日", "", "条")
    early_count: Whole = _count("早于期限", "", "条")
    late_count: Whole = _count("晚于期限", "", "条")
    on_limit_rate: Number = _rate(
        "恰在期限当日的比例", "过半即疑为照抄期限，据此算出的按期率不说明问题"
    )


class MislevelList(Table, key="marts/mislevellist"):
    """级别不一致清单：区内突发事件填报级别与推算级别不同的，一起一行，供第二章。"""

    month_on: Day = _month("发生时间的月份")
    incident_no: Text = column("事件编号", "", nullable=False, unique=True)
    category: Text = _label("突发事件类别", "")
    subcategory: Text = column("事件种类", "")
    happened_on: Day = column("发生日期", "", nullable=False)
    level_stated: Text = _label("填报级别", "")
    level_computed: Text = column("推算级别", "没有可据以推算的为空")
    difference: Text = _label("差异", "填报偏高、填报偏低、数字不全、没有分级标准")
    criterion: Text = column("定级标准", "")
    figure: Money = column("数值", "该标准的实有数", unit="人（元）")
    threshold: Money = column("界限", "该级别的下限，含本数", unit="人（元）")
    unknown: Text = column("没有填的数字", "")
    source: Text = column("依据", "")
    restated_until_on: Day = column("伤亡补报截止日", "")


class MajorList(Table, key="marts/majorlist"):
    """重大事故隐患清单：一处一行，五落实是否齐全，供附表。"""

    finding_no: Text = column("隐患编号", "", nullable=False, unique=True)
    unit_name: Text = column("单位名称", "")
    hazard_name: Text = column("隐患名称", "")
    street: Text = _label("所属街道（乡镇）", "取自台账")
    standard: Text = column("判定标准及条款", "")
    found_on: Day = column("发现日期", "")
    due_on: Day = column("整改时限", "批准延期的取延期日")
    regulator: Text = column("监管责任部门", "")
    supervision: Text = column("挂牌督办级别", "")
    supervision_no: Text = column("挂牌文号及日期", "")
    shutdown: Text = column("停产停业情况", "")
    has_measures: Flag = column("措施落实", "五落实之一", nullable=False)
    has_funds: Flag = column("资金落实", "五落实之一；填 0 视为已填", nullable=False)
    has_person: Flag = column("责任落实", "五落实之一", nullable=False)
    has_due: Flag = column("时限落实", "五落实之一", nullable=False)
    has_plan: Flag = column("预案落实", "五落实之一", nullable=False)
    secured_count: Whole = _count("落实项数", "五项中已填的项数", "项")
    state: Text = _label("整改状态", "取自台账；台账没有的为“台账无此号”")
    delisted_on: Day = column("摘牌（销号）日期", "")
    is_open: Flag = column("是否在册", "未摘牌且台账未销号", nullable=False)
    open_days: Whole = column("在册天数", "发现至数据截至日；已摘牌的为空", unit="天")
    is_overdue: Flag = column("是否逾期", "在册、未整改完成且时限早于数据截至日", nullable=False)


class MatterList(Table, key="marts/matterlist"):
    """督办事项清单：一项一行，供附表。"""

    matter_no: Text = column("督办编号", "", nullable=False, unique=True)
    matter_source: Text = column("事项来源", "")
    source_ref: Text = column("来源文号（期号）", "")
    matter: Text = column("督办事项", "")
    responsible_unit: Text = column("责任单位", "")
    assigned_on: Day = column("交办日期", "")
    month_on: Day = column("交办月份", "交办日期所属统计月")
    due_on: Day = column("完成时限", "")
    answered_on: Day = column("反馈日期", "")
    state: Text = column("状态", "")
    is_open: Flag = column("是否未结", "状态不是已办结", nullable=False)
    is_overdue: Flag = column("是否逾期", "未结且时限早于数据截至日", nullable=False)
    overdue_days: Whole = _count("逾期天数", "未逾期为 0", "天")


class ViolationCounts(Table, key="marts/violationcounts"):
    """违规情形：规则×街道。"""

    rule_id: Text = _label("规则", "")
    rule_title: Text = _label("情形", "")
    street: Text = _label("所属街道（乡镇）", "")
    violation_count: Whole = _count("条数", "", "条")


class Bands(Table, key="rules/bands"):
    """账龄段：天数的上下限，两端都含。"""

    band: Text = column("账龄段", "", nullable=False, unique=True)
    band_order: Whole = column("次序", "", nullable=False)
    from_days: Whole = column("起", "", unit="天", nullable=False)
    to_days: Whole = column("止", "最后一段为空", unit="天")


class Bases(Table, key="rules/bases"):
    """办结率口径：分子、分母、归期与截止。"""

    basis: Text = column("口径", "", nullable=False, unique=True)
    basis_title: Text = _label("口径名称", "")
    numerator: Text = _label("分子", "")
    denominator: Text = _label("分母", "")
    cutoff_days: Whole = column("截止天数", "统计期间止之后的天数；空为数据截至日", unit="天")


class Kinds(Table, key="rules/kinds"):
    """应报表名称：应报表上怎样写，读成哪一种表。"""

    owed_kind: Text = column("报表名称", "应报表所写", nullable=False, unique=True)
    kind: Text = column("种类", "", codes=tuple(v.Kind), nullable=False)


class Limits(Table, key="rules/limits"):
    """时限：紧急信息报告的分钟数。"""

    limit_id: Text = column("时限", "", nullable=False, unique=True)
    title: Text = _label("名称", "")
    minutes: Whole = column("分钟", "", unit="分钟", nullable=False)


class Counted(Table, key="rules/counted"):
    """指标对照：哪些填报指标可由明细计数，按什么分类。"""

    indicator: Text = column("指标", "与月度统计数所写一致", nullable=False, unique=True)
    subject: Text = column("对象", "", codes=SUBJECTS, nullable=False)
    channel: Text = column("渠道", "只计此渠道；空为全部")
    is_inside_only: Flag = column("只计区内", "区外突发事件不计", nullable=False)
