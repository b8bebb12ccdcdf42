"""The register: which delivered version counts, what is one hazard, where it stands.

Everything here is computed from landed rows as of one day. Current tables repeat the
delivered columns (current version, corrections applied) and add when the office first
received the record and from whom; the rest is joined, ordered and judged by rule rows.
Rule tables (`rules/...`) are CSV files beside the stage, typed here so SQL can join them.
"""

from riskpipe import vocabulary as v
from riskpipe.tables.base import Day, Flag, Model, Moment, Money, Number, Table, Text, Whole, column
from riskpipe.tables.delivered import (
    LandedCampaigns,
    LandedCorrections,
    LandedFindings,
    LandedGrids,
    LandedIncidents,
    LandedMajors,
    LandedMatters,
    LandedObligations,
    LandedPayouts,
    LandedProgress,
    LandedReviews,
    LandedTipoffs,
    LandedTotals,
    LandedUnits,
)

MEMBER_KINDS = ("tipoff", "finding")
EVENT_SOURCES = ("progress", "ledger", "register")
DIFFERENCES = ("不一致", "现行未填")
COPY_BASES = ("同编号", "同一隐患")
CATEGORY_BASES = ("规则", "复核", "更正")
AMENDMENT_SOURCES = ("更正", "复核")
SETTLEMENTS = ("更正单", "后报为准", "待说明")
"""DESIGN's written order: a correction, else the later delivered day, else a listed conflict."""
LEVEL_DIFFERENCES = ("填报偏高", "填报偏低", "数字不全", "没有分级标准")
"""A stated level against the computed one; nothing to compute by, or no scale in law."""
RISK_METHODS = ("LEC", "LS")
CRITERIA = ("死亡", "重伤", "受伤", "参与人数", "直接经济损失")


class Versions(Table, key="register/versions"):
    """每一落地行的版本：截至日前最近一次报送为准，旧版本全部保留。"""

    row_id: Text = column("行标识", "落地行", nullable=False, unique=True)
    kind: Text = column("报表", "落地表种类", codes=tuple(v.Kind), nullable=False)
    record_key: Text = column("业务键", "同键各行为同一记录的各版本", nullable=False)
    content_hash: Text = column("文件内容哈希", "", nullable=False)
    row_hash: Text = column("行内容哈希", "", nullable=False)
    delivered_on: Day = column("最近报送日", "该内容截至日前最近一次报送的日期", nullable=False)
    content_received_on: Day = column("内容首次收到日", "该内容第一次报送的日期", nullable=False)
    first_received_on: Day = column(
        "记录首次收到日", "该记录任一版本第一次报送的日期", nullable=False
    )
    sender: Text = column("报送单位", "最近一次报送的单位", nullable=False)
    version_count: Whole = column("版本数", "同一业务键的落地行数", nullable=False)
    is_current: Flag = column(
        "是否现行", "每一业务键至多一行为真；新报的一行少了的分项不再现行", nullable=False
    )
    is_conflict: Flag = column("是否冲突", "同日报送的同键他行内容不同", nullable=False)


class Disagreements(Table, key="register/disagreements"):
    """副本不一致：同一记录的现行版本与另一份，一个字段一种说法一行。"""

    disagreement_id: Text = column("标识", "", nullable=False, unique=True)
    kind: Text = column("报表", "", codes=tuple(v.Kind), nullable=False)
    record_key: Text = column("业务键", "现行版本的业务键", nullable=False)
    column_name: Text = column("字段", "compared.csv 所列", nullable=False)
    title: Text = column("项目", "表头", nullable=False)
    difference: Text = column("差异", "现行版本空白而另一份有值的为 现行未填", codes=DIFFERENCES)
    basis: Text = column(
        "何以同一", "同编号的两个版本；或两本台账、系统各编其号的同一隐患", codes=COPY_BASES
    )
    is_same_day: Flag = column("是否同日", "同日报送，或同一文件的两张表", nullable=False)
    settlement: Text = column(
        "以何为准", "更正单、后报者为准；都没有的待报送单位说明", codes=SETTLEMENTS
    )
    row_id: Text = column("行标识", "现行版本的落地行", nullable=False)
    delivered_on: Day = column("报送日期", "现行版本", nullable=False)
    sender: Text = column("报送单位", "现行版本", nullable=False)
    value: Text = column("现行内容", "文字照录；自由文字和人员只说不同，不照录")
    other_row_id: Text = column("另一行", "说法相同的几份取最近一份", nullable=False)
    other_delivered_on: Day = column("另一份报送日期", "", nullable=False)
    other_sender: Text = column("另一份报送单位", "", nullable=False)
    other_value: Text = column("另一份内容", "同上")


class Vanished(Table, key="register/vanished"):
    """漏报记录：累计台账上次还有、以后各次都没有的记录，只列出，从不删除。"""

    kind: Text = column("报表", "", codes=tuple(v.Kind), nullable=False)
    record_key: Text = column("业务键", "", nullable=False)
    number: Text = column("编号", "隐患编号、举报编号等；没有编号的为业务键", nullable=False)
    sender: Text = column("报送单位", "累计报送该表的单位", nullable=False)
    layout: Text = column("表头规则", "", nullable=False)
    last_seen_on: Day = column("最后出现", "最后一次含该记录的报送日期", nullable=False)
    missing_since_on: Day = column("缺失起", "此后第一次累计报送而没有该记录的日期", nullable=False)
    rejected_count: Whole = column(
        "同次拒收行数",
        "缺失那次该表的拒收行；大于 0 的先看拒收清单，记录可能只是填错被拒",
        unit="行",
        nullable=False,
    )
    state: Text = column("状态", "登记中的现行状态，不因缺失而变")
    row_id: Text = column("行标识", "现行版本的落地行", nullable=False)


class Ledgers(Table, key="register/ledgers"):
    """台账原貌：一份隐患台账（内容）一行，两张表重复的行不去重。"""

    content_hash: Text = column("文件内容哈希", "", nullable=False, unique=True)
    sender: Text = column("报送单位", "第一次报送该内容的单位", nullable=False)
    path: Text = column("文件", "第一次报送的路径，已遮蔽个人信息", nullable=False)
    delivered_on: Day = column("报送日期", "第一次", nullable=False)
    line_count: Whole = column("接收行数", "一格多条的仍为一行", unit="行", nullable=False)
    record_count: Whole = column(
        "记录数", "同一隐患在几张表上的只算一次", unit="条", nullable=False
    )
    repeated_count: Whole = column("重复行数", "接收行数减记录数", unit="行", nullable=False)
    disagreement_count: Whole = column(
        "副本不一致", "本文件内各份副本说法不同的字段", unit="处", nullable=False
    )
    complete_count: Whole = column("两日齐全", "期限和完成日期都已填", unit="行", nullable=False)
    on_limit_count: Whole = column("恰在期限当日", "", unit="行", nullable=False)
    early_count: Whole = column("早于期限", "", unit="行", nullable=False)
    late_count: Whole = column("晚于期限", "", unit="行", nullable=False)
    on_limit_rate: Number = column(
        "恰在期限当日的比例", "过半即疑为照抄期限；没有两日齐全的行时为空"
    )


class Persons(Table, key="register/persons"):
    """现行行没有写明的举报人、领款人：一种报表一个业务键一行，只有代号。"""

    kind: Text = column("报表", "", codes=tuple(v.Kind), nullable=False)
    record_key: Text = column("业务键", "举报编号或奖励编号", nullable=False)
    person_id: Text = column(
        "人员代号", "带密钥的假名；身份在保密库", nullable=False, personal="reporter"
    )


class Received(Table):
    """What a current row adds to the delivered columns."""

    received_on: Day = column("收到日", "本单位第一次收到该记录的日期", nullable=False)
    sender: Text = column("报送单位", "现行版本的报送单位", nullable=False)


class Settled(Received):
    """What a current row adds where the classifier judged and a person may have decided."""

    category_basis: Text = column(
        "归类来源",
        "规则为系统所归；复核、更正为人的判定，见更正表",
        codes=CATEGORY_BASES,
        nullable=False,
    )


class Tipoffs(Settled, LandedTipoffs, key="register/tipoffs"):
    """举报登记现行表：一件举报（工单）一行。"""


class Findings(Settled, LandedFindings, key="register/findings"):
    """隐患排查台账现行表：一处隐患一行。"""


class Majors(Received, LandedMajors, key="register/majors"):
    """重大事故隐患清单现行表：一处重大隐患一行。"""


class Progress(Received, LandedProgress, key="register/progress"):
    """办理记录现行表：一步一行。"""


class Payouts(Received, LandedPayouts, key="register/payouts"):
    """奖励发放现行表：一笔奖励一行。"""


class Incidents(Received, LandedIncidents, key="register/incidents"):
    """突发事件现行表：一起事件一行，终报、续报、首报依次为准。"""

    report_count: Whole = column("报告次数", "截至日收到的首报、续报、终报行数", nullable=False)
    level_computed: Text = column(
        "推算级别", "按伤亡、损失、人数和 levels 推算；法规未定级的为空", codes=v.INCIDENT_LEVELS
    )
    is_outside: Flag = column("是否区外", "发生在区外，另行统计", nullable=False)
    level_id: Text = column("分级规则", "levels.csv 中定出推算级别的一行")
    restated_until_on: Day = column(
        "伤亡补报截止日", "此日以前伤亡人数仍可变；法规只对事故规定，其余为空"
    )


class Totals(Received, LandedTotals, key="register/totals"):
    """月度统计数现行表：一月一指标一分类一行。"""


class Matters(Received, LandedMatters, key="register/matters"):
    """督办事项现行表：一事项一行。"""


class Corrections(Received, LandedCorrections, key="register/corrections"):
    """更正单现行表：一处更正一行。"""


class Reviews(Received, LandedReviews, key="register/reviews"):
    """归类复核单现行表：一人一日对一条记录的判定一行。"""


class Grids(Received, LandedGrids, key="register/grids"):
    """三级网格现行表：一个网格一行。"""


class Units(Received, LandedUnits, key="register/units"):
    """单位名录现行表：一个单位一行。"""


class Obligations(Received, LandedObligations, key="register/obligations"):
    """应报表现行表：一个单位一种报表一行。"""


class Campaigns(Received, LandedCampaigns, key="register/campaigns"):
    """专项行动现行表：一次专项行动一行。"""


class Amendments(Table, key="register/amendments"):
    """更正：更正单一行一条，归类复核单一行两条，读成类型值；无效的列明原因，不生效。"""

    amendment_id: Text = column("更正标识", "落地行与字段", nullable=False, unique=True)
    row_id: Text = column("行标识", "更正单、归类复核单的落地行", nullable=False)
    source: Text = column("来源", "更正单还是归类复核单", codes=AMENDMENT_SOURCES, nullable=False)
    kind: Text = column("报表", "被更正的报表；表名不识的为空", codes=tuple(v.Kind))
    subject_no: Text = column("业务编号", "", nullable=False)
    heading: Text = column("更正项目", "表头原文", nullable=False)
    column_name: Text = column("字段", "被更正的字段；不能更正的为空")
    old_text: Text = column("原内容", "更正单所填；复核的为当时的系统类别、系统种类")
    new_text: Text = column("更正文字", "文字字段的新值")
    new_day: Day = column("更正日", "日期字段的新值")
    new_moment: Moment = column("更正时间", "时间字段的新值")
    new_whole: Whole = column("更正整数", "整数字段的新值")
    new_money: Money = column("更正金额", "金额字段的新值", unit="元")
    new_number: Number = column("更正数值", "数值字段的新值")
    is_applied: Flag = column("是否生效", "有效且为同一字段最后一次更正", nullable=False)
    problem: Text = column("无效原因", "有效的为空")
    amended_by: Text = column("更正人", "更正人、复核人", personal="staff")
    amended_on: Day = column("更正日期", "更正日期、复核日期；先后以此为准")
    received_on: Day = column("收到日", "", nullable=False)
    sender: Text = column("报送单位", "", nullable=False)


class Members(Table, key="register/members"):
    """隐患来源：每件隐患类举报、每条台账隐患一行，只留归并所需的列。"""

    row_id: Text = column("行标识", "来源现行行", nullable=False, unique=True)
    member_kind: Text = column(
        "来源种类", "tipoff 举报、finding 台账", codes=MEMBER_KINDS, nullable=False
    )
    member_no: Text = column(
        "来源编号", "举报编号；台账为隐患编号，一格多条的加 #分项", nullable=False
    )
    seen_at: Moment = column(
        "先后时间", "举报按受理时间，没有的按举报时间；台账按检查日期", nullable=False
    )
    street: Text = column("街道（乡镇）", "")
    category: Text = column("突发事件类别", "", codes=tuple(v.Category))
    subcategory: Text = column("事件种类", "")
    unit_name: Text = column("单位（场所）", "")
    address: Text = column("地址（部位）", "")
    origin: Text = column("隐患来源", "台账才有", codes=v.ORIGINS)
    merged_no: Text = column("并入编号", "举报的并入举报编号")
    source_no: Text = column("来源单号", "举报的来源单号")
    cited_no: Text = column("对应举报编号", "台账引用的举报编号")
    numbering: Text = column("编号来源", "台账的表头规则与报送单位，同一来源的编号互不相同")
    inspected_on: Day = column("检查日期", "台账才有")
    description: Text = column("隐患描述", "台账才有，已遮蔽个人信息")
    received_on: Day = column("收到日", "", nullable=False)


class Links(Table, key="register/links"):
    """隐患与来源的对应：每件隐患类举报、每条台账隐患恰有一行。"""

    hazard_id: Text = column("隐患标识", "首个来源的编号，T- 举报、F- 台账", nullable=False)
    member_kind: Text = column(
        "来源种类", "tipoff 举报、finding 台账", codes=MEMBER_KINDS, nullable=False
    )
    member_no: Text = column(
        "来源编号", "举报编号；台账为隐患编号，一格多条的加 #分项", nullable=False
    )
    row_id: Text = column("行标识", "来源现行行", nullable=False, unique=True)
    rule_id: Text = column("归并规则", "joins.csv 的规则；首个来源为 seed", nullable=False)
    evidence: Text = column("归并依据", "所依据的编号或键，不含个人信息")
    is_copy: Flag = column(
        "是否另本", "同一隐患在另一台账（系统）另编的号，不另计数", nullable=False
    )


class Hazards(Table, key="register/hazards"):
    """隐患：一处隐患一行，多件举报、一条台账及其另本归于一处。"""

    hazard_id: Text = column("隐患标识", "", nullable=False, unique=True)
    first_seen_on: Day = column("首次发现日", "最早的举报或检查日期", nullable=False)
    first_received_on: Day = column("首次收到日", "任一来源首次报到本单位的日期", nullable=False)
    street: Text = column("街道（乡镇）", "")
    unit_name: Text = column("单位（场所）", "台账优先，否则首件举报")
    place: Text = column("部位（地址）", "台账优先，否则首件举报")
    trade: Text = column("行业领域", "", codes=v.TRADES)
    place_type: Text = column("场所六类", "", codes=v.PLACE_TYPES)
    category: Text = column("突发事件类别", "主类别", codes=tuple(v.Category))
    subcategory: Text = column("事件种类", "")
    margin: Number = column("把握", "归类把握")
    grade: Text = column("隐患等级", "台账所定；只有举报的为空", codes=v.GRADES)
    origin: Text = column("隐患来源", "台账所填；只有举报的为 群众举报", codes=v.ORIGINS)
    tipoff_count: Whole = column("举报件数", "", unit="件", nullable=False)
    call_count: Whole = column(
        "反映次数", "举报件数含并案、重复的每一次", unit="次", nullable=False
    )
    finding_count: Whole = column(
        "台账条数", "同一隐患在几本台账（系统）中各有一条的都算在内", unit="条", nullable=False
    )
    first_tipoff_no: Text = column("首件举报编号", "按受理时间，不按导入次序")
    finding_no: Text = column("隐患编号", "台账编号")
    state: Text = column("状态", "lifecycle.csv 的状态", nullable=False)
    rectified_on: Day = column("整改完成日", "责任单位申报，最近一次")
    rechecked_on: Day = column("复查日", "最近一次复查")
    signed_off_on: Day = column("销号日", "最近一次销号记录，不论有无复查")
    is_closed: Flag = column("是否销号", "有合格复查（或规则许可的凭据）的销号", nullable=False)
    is_open: Flag = column("是否在办", "未销号且仍属隐患", nullable=False)
    due_on: Day = column("整改期限", "计批准的延期")


class Events(Table, key="register/events"):
    """事项经过：一步一行，来自办理记录、台账日期和登记表时间。"""

    event_id: Text = column("经过标识", "", nullable=False, unique=True)
    subject_kind: Text = column(
        "业务类型", "举报、隐患、工单等", codes=v.SUBJECT_KINDS, nullable=False
    )
    subject_no: Text = column("业务编号", "", nullable=False)
    hazard_id: Text = column("隐患标识", "不属隐患的为空")
    step: Text = column("环节", "办理环节，及 举报、受理、不予受理、发现、市交办", nullable=False)
    happened_at: Moment = column("发生时间", "", nullable=False)
    is_day_only: Flag = column("仅到日", "", nullable=False)
    received_on: Day = column("收到日", "这一步第一次报到本单位的日期", nullable=False)
    unit: Text = column("办理单位", "")
    to_unit: Text = column("接收单位", "")
    handled_by: Text = column("经办人", "复查人、经办人", personal="staff")
    level: Text = column("办理层级", "", codes=v.UNIT_LEVELS)
    outcome: Text = column("结果", "")
    due_on: Day = column("期限", "这一步定下的期限")
    penalty_yuan: Money = column("处罚金额", "", unit="元")
    penalty_no: Text = column("处罚决定书文号", "")
    penalty_force: Text = column("处罚效力", "", codes=v.PENALTY_FORCES)
    satisfaction: Text = column("回访评价", "", codes=v.SATISFACTIONS)
    evidence_ref: Text = column("附件编号", "")
    row_id: Text = column("行标识", "所据现行行", nullable=False)
    source: Text = column(
        "出处",
        "progress 办理记录、ledger 台账、register 登记表",
        codes=EVENT_SOURCES,
        nullable=False,
    )


class States(Table, key="register/states"):
    """办理事实：一处隐患一行，整改、复查、销号及其凭据，截至日的状态。"""

    hazard_id: Text = column("隐患标识", "", nullable=False, unique=True)
    finding_no: Text = column("隐患编号", "有台账的才有")
    row_id: Text = column("行标识", "台账现行行，没有的为首件举报", nullable=False)
    street: Text = column("街道（乡镇）", "")
    origin: Text = column("隐患来源", "", codes=v.ORIGINS)
    state_stated: Text = column("填报状态", "台账所填", codes=v.FINDING_STATES)
    inspected_on: Day = column("检查日期", "台账所填")
    rectified_on: Day = column("整改完成日", "最近一次，不晚于截至日")
    rechecked_on: Day = column("复查日", "最近一次，不晚于截至日")
    recheck_result: Text = column("复查结果", "最近一次", codes=v.RECHECK_RESULTS)
    is_own_recheck: Flag = column("自复查", "复查人就是整改责任人", nullable=False)
    is_recheck_named: Flag = column("有复查人", "最近一次复查记有复查人", nullable=False)
    signed_off_on: Day = column("销号日", "最近一次销号记录，不晚于截至日")
    due_on: Day = column("整改期限", "计批准的延期")
    proof_id: Text = column("销号凭据", "proofs.csv 的规则；没有凭据为空")
    state: Text = column("状态", "lifecycle.csv 的状态", nullable=False)


class Clocks(Table, key="register/clocks"):
    """期限：一件事的一个时钟一行。"""

    clock_id: Text = column("时钟标识", "", nullable=False, unique=True)
    subject_kind: Text = column("业务类型", "", nullable=False)
    subject_no: Text = column("业务编号", "", nullable=False)
    hazard_id: Text = column("隐患标识", "")
    clock: Text = column(
        "时钟", "办理期限、市交办期限、核查期限、整改期限、复查期限等", nullable=False
    )
    rule_id: Text = column(
        "期限规则", "deadlines.csv 的规则；表上自带期限的为 stated", nullable=False
    )
    street: Text = column("街道（乡镇）", "")
    unit: Text = column("承办单位", "")
    channel: Text = column("举报渠道", "举报才有", codes=v.CHANNELS)
    grade: Text = column("隐患等级", "台账才有", codes=v.GRADES)
    starts_on: Day = column("起算日", "", nullable=False)
    due_on: Day = column("到期日", "", nullable=False)
    stopped_on: Day = column("停止日", "办结、整改、核查等完成日；未完成为空")
    is_provisional: Flag = column("暂定", "到期日依未公布的放假安排，不计逾期", nullable=False)
    is_due: Flag = column("已到期", "到期日不晚于截至日", nullable=False)
    is_overdue: Flag = column("逾期", "未完成且过期，或迟于到期日完成", nullable=False)
    is_open: Flag = column("未完成", "截至日仍未完成", nullable=False)
    overdue_days: Whole = column(
        "逾期天数", "未逾期为 0；30 分钟时钟不计天数", unit="天", nullable=False
    )
    is_due_soon: Flag = column("临期", "未完成且数日内到期", nullable=False)
    is_on_time: Flag = column("按期", "完成且不迟于到期日", nullable=False)
    used_minutes: Whole = column("用时", "以分钟计的时钟才有", unit="分钟")


class Violations(Table, key="register/violations"):
    """违规与矛盾：一处一行，只列出，从不修补。"""

    violation_id: Text = column("违规标识", "", nullable=False, unique=True)
    rule_id: Text = column("规则", "breaches.csv 的规则", nullable=False)
    rule_title: Text = column("规则名称", "", nullable=False)
    subject_kind: Text = column("业务类型", "", nullable=False)
    subject_no: Text = column("业务编号", "", nullable=False)
    hazard_id: Text = column("隐患标识", "")
    street: Text = column("街道（乡镇）", "")
    sender: Text = column("报送单位", "")
    row_id: Text = column("行标识", "违规所在行", nullable=False)
    other_row_id: Text = column("另一行", "与之矛盾的行")
    detail: Text = column("说明", "不含个人信息", nullable=False)


class Mislevels(Table, key="register/mislevels"):
    """填报级别与推算级别不一致：一起事件一行，列明定级的标准和条款，只列出，不修改。"""

    incident_no: Text = column("事件编号", "", nullable=False, unique=True)
    category: Text = column("突发事件类别", "", codes=v.FOUR_CATEGORIES, nullable=False)
    subcategory: Text = column("事件种类", "")
    happened_at: Moment = column("发生时间", "", nullable=False)
    is_outside: Flag = column("是否区外", "", nullable=False)
    level_stated: Text = column("填报级别", "", codes=v.INCIDENT_LEVELS, nullable=False)
    level_computed: Text = column("推算级别", "没有可据以推算的为空", codes=v.INCIDENT_LEVELS)
    difference: Text = column("差异", "", codes=LEVEL_DIFFERENCES, nullable=False)
    criterion: Text = column("定级标准", "达到推算级别的标准，几项都达到的取第一项", codes=CRITERIA)
    figure: Money = column("数值", "该标准的实有数", unit="人（元）")
    threshold: Money = column("界限", "该级别的下限，含本数", unit="人（元）")
    unknown: Text = column("没有填的数字", "补报后推算级别可能升高，以顿号相连")
    source: Text = column("依据", "分级标准及条款")
    restated_until_on: Day = column("伤亡补报截止日", "此日以前伤亡人数仍可变")
    report_kind: Text = column("信息类型", "所依据的报告", codes=v.REPORT_KINDS, nullable=False)
    row_id: Text = column("行标识", "所依据的报告所在行", nullable=False)
    sender: Text = column("报送单位", "", nullable=False)


class Risks(Table, key="register/risks"):
    """风险评价：填有 L、E、C、S、风险值、等级或颜色的台账隐患一行，推算与填报并列。"""

    row_id: Text = column("行标识", "台账现行行", nullable=False, unique=True)
    finding_no: Text = column("隐患编号", "", nullable=False)
    item_no: Whole = column("分项", "", nullable=False)
    street: Text = column("所属街道（乡镇）", "")
    sender: Text = column("报送单位", "", nullable=False)
    method: Text = column(
        "评价方法", "填有 E 或 C 的为 LEC，否则填有 S 的为 LS", codes=RISK_METHODS
    )
    likelihood: Number = column("可能性（L）", "")
    exposure: Number = column("暴露频繁程度（E）", "")
    consequence: Number = column("后果（C）", "")
    severity: Number = column("严重性（S）", "")
    risk_value: Number = column("推算风险值", "D=L×E×C 或 R=L×S；因数不全的为空")
    risk_value_stated: Number = column("填报风险值", "")
    band_id: Text = column("划段规则", "riskbands.csv 的一行")
    risk_level: Text = column("推算风险等级", "", codes=v.RISK_LEVELS)
    risk_level_stated: Text = column("填报风险等级", "", codes=v.RISK_LEVELS)
    risk_colour: Text = column("推算风险颜色", "", codes=v.RISK_COLOURS)
    risk_colour_stated: Text = column("填报风险颜色", "", codes=v.RISK_COLOURS)
    difference: Text = column("不符之处", "填报与推算不符的项目，以顿号相连；都符为空")


class RiskBands(Table, key="rules/riskbands"):
    """风险值划段：一种方法的一段一行，归哪一级、哪一色。"""

    band_id: Text = column("规则", "", nullable=False, unique=True)
    method: Text = column("评价方法", "", codes=RISK_METHODS, nullable=False)
    title: Text = column("含义", "", nullable=False)
    min_value: Money = column("下限", "", nullable=False)
    is_min_included: Flag = column("含下限", "", nullable=False)
    risk_level: Text = column("风险等级", "", codes=v.RISK_LEVELS, nullable=False)
    risk_colour: Text = column("风险颜色", "", codes=v.RISK_COLOURS, nullable=False)
    source: Text = column("依据", "", nullable=False)
    mark: Text = column("核实", "V 见于公开文本，M 凭记忆待核", nullable=False)


class Levels(Table, key="rules/levels"):
    """突发事件分级标准：一个级别一个尺度一行。"""

    level_id: Text = column("规则", "", nullable=False, unique=True)
    category: Text = column("突发事件类别", "", codes=v.FOUR_CATEGORIES, nullable=False)
    subcategory: Text = column("事件种类", "空为该类全部")
    level: Text = column("级别", "", codes=v.INCIDENT_LEVELS, nullable=False)
    level_rank: Whole = column("次序", "1 最高", nullable=False)
    min_deaths: Whole = column("死亡下限", "含本数；空为不论", unit="人")
    min_serious: Whole = column("重伤下限", "含本数", unit="人")
    min_injuries: Whole = column("受伤下限", "重伤加轻伤，含本数", unit="人")
    min_people: Whole = column("参与人数下限", "含本数", unit="人")
    min_loss_yuan: Money = column("直接经济损失下限", "含本数", unit="元")
    valid_from_on: Day = column("施行日", "", nullable=False)
    valid_to_on: Day = column("废止日", "仍有效为空")
    source: Text = column("依据", "", nullable=False)
    mark: Text = column("核实", "V 见于公开文本，M 凭记忆待核", nullable=False)


class Restatements(Table, key="rules/restatements"):
    """伤亡人数补报期：一类（种类）事故一行。"""

    restatement_id: Text = column("规则", "", nullable=False, unique=True)
    category: Text = column("突发事件类别", "", codes=v.FOUR_CATEGORIES, nullable=False)
    subcategory: Text = column("事件种类", "空为该类其他各种类")
    days: Whole = column("天数", "自发生之日起", unit="天", nullable=False)
    source: Text = column("依据", "", nullable=False)
    mark: Text = column("核实", "V 见于公开文本，M 凭记忆待核", nullable=False)


class Deadlines(Table, key="rules/deadlines"):
    """期限规则：表上没有期限时用；一条一行，有起止日期。"""

    deadline_id: Text = column("规则", "", nullable=False, unique=True)
    clock: Text = column("时钟", "", nullable=False)
    channel: Text = column("举报渠道", "空为不论", codes=v.CHANNELS)
    grade: Text = column("隐患等级", "空为不论", codes=v.GRADES)
    amount: Whole = column("数量", "", nullable=False)
    unit: Text = column("单位", "", codes=("日", "工作日", "分钟"), nullable=False)
    valid_from_on: Day = column("施行日", "", nullable=False)
    valid_to_on: Day = column("废止日", "仍有效为空")
    source: Text = column("依据", "", nullable=False)
    mark: Text = column("核实", "", nullable=False)


class Joins(Table, key="rules/joins"):
    """归并规则：什么样的两条反映算同一处隐患。"""

    rule_id: Text = column("规则", "", nullable=False, unique=True)
    title: Text = column("名称", "", nullable=False)
    window_days: Whole = column("时限", "与首个来源相隔不超过的天数；空为不限", unit="天")
    min_letters: Whole = column("最少字数", "所比文字归一后的最少字数；空为不限", unit="字")
    source: Text = column("依据", "", nullable=False)


class Lifecycle(Table, key="rules/lifecycle"):
    """隐患状态：每个状态是否在办、是否销号，销号须有何凭据。"""

    state: Text = column("状态", "", nullable=False, unique=True)
    is_open: Flag = column("是否在办", "", nullable=False)
    is_closed: Flag = column("是否销号", "", nullable=False)
    meaning: Text = column("含义", "", nullable=False)
    source: Text = column("依据", "", nullable=False)


class Proofs(Table, key="rules/proofs"):
    """销号凭据：哪种情形下一条销号算数。"""

    proof_id: Text = column("规则", "", nullable=False, unique=True)
    origin: Text = column("隐患来源", "空为不论", codes=v.ORIGINS)
    state_stated: Text = column("填报状态", "空为不论", codes=v.FINDING_STATES)
    needs_recheck: Flag = column("须合格复查", "", nullable=False)
    needs_other_person: Flag = column("复查人须另有其人", "", nullable=False)
    needs_sign_off: Flag = column("须有销号日期", "", nullable=False)
    title: Text = column("凭据", "", nullable=False)
    source: Text = column("依据", "", nullable=False)


class Compared(Table, key="rules/compared"):
    """副本比对项目：哪些字段在副本之间比对，何时比对，能否照录。"""

    compared_id: Text = column("规则", "", nullable=False, unique=True)
    kind: Text = column("报表", "", codes=tuple(v.Kind), nullable=False)
    column_name: Text = column("字段", "", nullable=False)
    title: Text = column("项目", "", nullable=False)
    is_once: Flag = column(
        "是否一次定下", "是：以后各次报送也不应变；否：随办理变化，只比同日的副本", nullable=False
    )
    is_shown: Flag = column("是否照录", "否：只说不同，不录内容", nullable=False)
    source: Text = column("依据", "", nullable=False)


class Breaches(Table, key="rules/breaches"):
    """违规规则：一条一行，名称、怎么办、依据。"""

    rule_id: Text = column("规则", "", nullable=False, unique=True)
    title: Text = column("名称", "", nullable=False)
    remedy: Text = column("怎么办", "", nullable=False)
    limit_days: Whole = column("天数", "补录判定所用", unit="天")
    source: Text = column("依据", "", nullable=False)


CURRENT_MODELS: tuple[Model, ...] = (
    Tipoffs,
    Findings,
    Majors,
    Progress,
    Payouts,
    Incidents,
    Totals,
    Matters,
    Corrections,
    Reviews,
    Grids,
    Units,
    Obligations,
    Campaigns,
)

RULE_MODELS: tuple[Model, ...] = (
    Levels,
    Restatements,
    RiskBands,
    Deadlines,
    Joins,
    Lifecycle,
    Proofs,
    Compared,
    Breaches,
)

MODELS: tuple[Model, ...] = (
    Versions,
    Persons,
    Vanished,
    *CURRENT_MODELS,
    Amendments,
    Members,
    Links,
    Disagreements,
    Ledgers,
    Events,
    States,
    Hazards,
    Clocks,
    Violations,
    Mislevels,
    Risks,
)
