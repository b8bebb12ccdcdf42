"""The accounting of deliveries: what arrived, what became of every row, and why.

A delivery is one path; what was read from it belongs to its content, so two paths with equal
content share their sheets and rows. Counts are null where they cannot be known (a file that
could not be opened). Values in the lists of rejections are masked.
"""

from riskpipe import vocabulary as v
from riskpipe.tables.base import Day, Flag, Table, Text, Whole, column

DELIVERY_STATUSES = ("已接收", "部分接收", "拒收", "重复内容", "无法读取")
SHEET_STATUSES = ("已接收", "部分接收", "拒收", "附表", "空表")


class Deliveries(Table, key="intake/deliveries"):
    """报送台账：一个报送文件一行。"""

    delivery_id: Text = column("报送标识", "路径的哈希", nullable=False, unique=True)
    path: Text = column("文件", "相对报送目录的路径，已遮蔽个人信息", nullable=False)
    content_hash: Text = column("文件内容哈希", "SHA-256；打不开的文件为空")
    sender: Text = column("报送单位", "取自报送信息，其次文件夹", nullable=False)
    kinds: Text = column("报表", "文件中读出的报表，以顿号相连")
    stated_kind: Text = column("报表名称", "报送信息所填的表名")
    delivered_on: Day = column("报送日期", "所在日期文件夹；命令行检查时为空")
    status: Text = column("状态", "", codes=DELIVERY_STATUSES, nullable=False)
    reason: Text = column("原因代码", "拒收或部分接收的原因")
    message: Text = column("说明", "原因和下一步怎么做")
    size: Whole = column("大小", "", unit="字节")
    sheets: Whole = column("工作表数", "")
    rows_seen: Whole = column("总行数", "", unit="行")
    rows_accepted: Whole = column("接收行数", "", unit="行")
    rows_rejected: Whole = column("拒收行数", "", unit="行")
    rows_ignored: Whole = column("略过行数", "标题、表头、合计、说明、空行", unit="行")
    is_zero_report: Flag = column("零报告", "报送信息填“无（零报告）”", nullable=False)
    period_from_on: Day = column("统计期间起", "")
    period_to_on: Day = column("统计期间止", "")
    named_month_on: Day = column("文件名月份", "文件名中的统计月份，当月一日；没有的为空")
    nature: Text = column("报送性质", "", codes=v.DELIVERY_NATURES)
    stated_rows: Whole = column("填报条数", "报送信息自填，与实收核对", unit="条")
    sent_on: Day = column("报出日期", "")


class Sheets(Table, key="intake/sheets"):
    """工作表台账：每个内容的每张工作表一行。"""

    sheet_id: Text = column("工作表标识", "内容哈希与表序", nullable=False, unique=True)
    content_hash: Text = column("文件内容哈希", "", nullable=False)
    sheet_no: Whole = column("表序", "从 1 起", nullable=False)
    sheet: Text = column("工作表", "文本文件为空串", nullable=False)
    layout: Text = column("表头规则", "认出的表头规则名")
    kind: Text = column("报表", "读出的报表", codes=tuple(v.Kind))
    status: Text = column("状态", "", codes=SHEET_STATUSES, nullable=False)
    reason: Text = column("原因代码", "")
    message: Text = column("说明", "原因和下一步怎么做")
    heading_from: Whole = column("表头起行", "Excel 行号")
    heading_to: Whole = column("表头止行", "Excel 行号")
    unread: Text = column("未读列", "不认识的表头，以顿号相连；这些列没有入库")
    is_hidden: Flag = column("是否隐藏", "工作表在 Excel 中是隐藏的，照读", nullable=False)
    hidden_rows: Whole = column("隐藏行", "筛选或隐藏的行，照读", unit="行", nullable=False)
    pictures: Whole = column("图片", "浮动或嵌入的图片，只计数", unit="张", nullable=False)
    rows_seen: Whole = column("总行数", "", unit="行", nullable=False)
    rows_accepted: Whole = column("接收行数", "", unit="行", nullable=False)
    rows_rejected: Whole = column("拒收行数", "", unit="行", nullable=False)
    titles: Whole = column("标题行", "", unit="行", nullable=False)
    headings: Whole = column("表头行", "", unit="行", nullable=False)
    totals: Whole = column("合计行", "", unit="行", nullable=False)
    notes: Whole = column("说明行", "", unit="行", nullable=False)
    blanks: Whole = column("空行", "含只有预填编号的行", unit="行", nullable=False)


class Rejected(Table):
    """A row or cell not taken in: where it stands and why."""

    content_hash: Text = column("文件内容哈希", "", nullable=False)
    path: Text = column("文件", "相对报送目录的路径", nullable=False)
    sheet: Text = column("工作表", "", nullable=False)
    row_no: Whole = column("行号", "Excel 显示的行号", nullable=False)
    heading: Text = column("列", "表头原文；整行的问题为空")
    rule: Text = column("规则", "规则代码", nullable=False)
    reason: Text = column("原因", "", nullable=False)
    value: Text = column("原值", "已遮蔽个人信息")


class RejectedRows(Rejected, key="intake/rejected_rows"):
    """拒收行：一行可有几条原因。"""


class RejectedCells(Rejected, key="intake/rejected_cells"):
    """清空单元格：非必填列的值无法识别，行仍接收。"""


class Notices(Rejected, key="intake/notices"):
    """提示：行照收，但请看一眼（隐藏行、图片、合计不符等）。"""


class Returns(Table, key="intake/returns"):
    """待退回：有差错而尚未更正的报送文件，一个文件一行。"""

    delivery_id: Text = column("报送标识", "路径的哈希", nullable=False, unique=True)
    path: Text = column("文件", "相对报送目录的路径，已遮蔽个人信息", nullable=False)
    content_hash: Text = column("文件内容哈希", "SHA-256；打不开的文件为空")
    sender: Text = column("报送单位", "退给谁", nullable=False)
    delivered_on: Day = column("报送日期", "")
    kinds: Text = column("报表", "文件中读出的报表，以顿号相连")
    rejected_count: Whole = column("拒收行数", "打不开的文件为空", unit="行")
    emptied_count: Whole = column("清空单元格数", "", unit="格", nullable=False)
    refused_count: Whole = column("未读工作表数", "", unit="张", nullable=False)
    message: Text = column("说明", "原因和下一步怎么做")


class Held(Table, key="intake/held"):
    """未接收行的人员代号：拒收的行没有入库，改正后重报时个人信息列是空的，凭编号接上。"""

    content_hash: Text = column("文件内容哈希", "", nullable=False)
    delivered_on: Day = column("报送日期", "该内容最早的报送日期")
    sheet: Text = column("工作表", "", nullable=False)
    row_no: Whole = column("行号", "Excel 显示的行号", nullable=False)
    number_kind: Text = column("编号种类", "tipoff_no 举报编号，payout_no 奖励编号", nullable=False)
    subject_no: Text = column("业务编号", "", nullable=False)
    person_id: Text = column(
        "人员代号", "带密钥的假名；身份在保密库", nullable=False, personal="reporter"
    )
