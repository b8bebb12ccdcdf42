"""The two small tables every SQL step may join: the run's dates and the calendar."""

from riskpipe.tables.base import Day, Flag, Table, Text, Whole, column


class Run(Table, key="calendar/run"):
    """本次运行：数据截至日与统计期间，一行。"""

    as_of_on: Day = column("数据截至日", "当日24时以前收到的报送", nullable=False)
    month_on: Day = column("统计月份", "统计月的标签（当月一日）", nullable=False)
    month_starts_on: Day = column("统计期间起", "", nullable=False)
    month_ends_on: Day = column("统计期间止", "", nullable=False)
    year_on: Day = column("统计年度", "统计年的标签（一月一日）", nullable=False)
    year_starts_on: Day = column("年度统计期间起", "", nullable=False)
    due_soon_days: Whole = column("临期天数", "", unit="天", nullable=False)
    minimum_base: Whole = column("最小基数", "小于此数不算百分比", nullable=False)
    district: Text = column("行政区", "取自设置", nullable=False)


class Days(Table, key="calendar/days"):
    """日历：一日一行，含工作日序号与所属统计月。"""

    day_on: Day = column("日期", "", nullable=False, unique=True)
    month_on: Day = column("统计月份", "该日所属统计月的标签", nullable=False)
    year_on: Day = column("统计年度", "该日所属统计年的标签", nullable=False)
    is_workday: Flag = column("是否工作日", "已计调休", nullable=False)
    workday_no: Whole = column(
        "工作日序号", "截至该日累计的工作日数，相减即工作日间隔", nullable=False
    )
    is_provisional: Flag = column("暂定", "该年节假日安排通知尚未录入", nullable=False)
