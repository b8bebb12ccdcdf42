"""Sound records of the delivered kinds, invented and the same for the same number.

A number goes in, a record comes out as a dict from the printed heading to its cell. Names of
firms, streets and staff come from the generators of the made-up city.
"""

from datetime import date, timedelta
from typing import Any

from riskpipe.demo.people import Person, staff

STREETS = ("红旗街道", "临江街道", "青石街道", "云台镇")
FIRMS = ("宏远纸箱厂", "九州旅社", "福满楼餐厅", "东升木业有限公司", "安泰仓储有限公司")
SPOTS = ("一层东侧楼梯间", "厂房北侧配电间", "后厨燃气阀门处", "地下车库入口", "二层疏散通道")
FLAWS = (
    "疏散通道堆放纸箱，占用通道约2米",
    "配电箱箱门缺失，电线裸露",
    "灭火器压力不足，未及时更换",
    "应急照明灯损坏不亮",
    "临时用电线路私拉乱接",
)
CURES = (
    "立即清理并张贴警示标识",
    "更换配电箱并由电工验收",
    "更换灭火器",
    "更换灯具",
    "拆除重新敷设线路",
)
FINDINGS = (
    "序号", "隐患编号", "检查日期", "检查单位", "检查人员", "被检查单位（场所）", "所属街道（乡镇）", "隐患部位",
    "隐患描述", "隐患等级", "整改责任单位", "整改责任人", "整改措施", "整改期限", "整改状态", "整改完成日期", "备注",
)  # fmt: skip
TIPOFFS = (
    "序号", "举报编号", "举报时间", "举报渠道", "是否实名", "被举报单位（场所）", "所属街道（乡镇）", "详细地址",
    "举报内容", "举报事项类别", "受理情况", "受理时间", "首派单位", "受理人", "举报人姓名", "联系电话",
)  # fmt: skip
PROGRESS = (
    "序号", "业务类型", "业务编号", "办理环节", "办理时间", "办理单位", "经办人", "办理情况", "处罚决定书文号",
    "处罚金额（元）", "处罚效力", "备注",
)  # fmt: skip
MAJORS = (
    "序号", "隐患编号", "单位名称", "隐患名称", "判定标准及条款", "发现日期", "整改措施", "整改资金（万元）",
    "整改责任人", "整改时限", "监管责任部门", "停产停业情况", "挂牌督办级别",
)  # fmt: skip


def finding(number: int) -> dict[str, Any]:
    """A sound row of 隐患排查台账."""
    day = date(2026, 3, 2) + timedelta(days=number % 25)
    return dict(
        zip(
            FINDINGS,
            (
                number, f"YH-0312-202603-{number:04d}", day.isoformat(), "区应急管理局",
                f"{staff(number)}、{staff(number + 7)}", FIRMS[number % 5], STREETS[number % 4], SPOTS[number % 5],
                FLAWS[number % 5], "一般", FIRMS[number % 5], staff(number + 31), CURES[number % 5],
                (day + timedelta(days=10)).isoformat(), "整改中", None, None,
            ),
            strict=True,
        )
    )  # fmt: skip


def tipoff(number: int) -> dict[str, Any]:
    """A sound row of 举报登记 with its reporter in it."""
    day, person = date(2026, 3, 2) + timedelta(days=number % 25), Person(700 + number)
    return dict(
        zip(
            TIPOFFS,
            (
                number, f"JB-202603{2 + number % 25:02d}-{number:03d}", f"{day} 09:{number % 60:02d}", "12350电话",
                "是", FIRMS[number % 5], STREETS[number % 4], f"建设路{number}号", FLAWS[number % 5] + "，无人管理",
                "生产安全事故隐患", "受理", f"{day} 15:30", "区应急管理局", staff(number), person.name, person.phone,
            ),
            strict=True,
        )
    )  # fmt: skip


def step(number: int) -> dict[str, Any]:
    """A sound row of 办理记录: a penalty."""
    day = date(2026, 3, 2) + timedelta(days=number % 25)
    return dict(
        zip(
            PROGRESS,
            (
                number, "隐患", f"YH-0312-202603-{number:04d}", "行政处罚", f"{day} 10:20", "区应急管理局",
                staff(number), "依法处罚并责令改正", f"红应急罚〔2026〕{number}号", "2000", "已生效", None,
            ),
            strict=True,
        )
    )  # fmt: skip


def major(number: int) -> dict[str, Any]:
    """A sound row of 重大事故隐患清单."""
    day = date(2026, 3, 2) + timedelta(days=number % 25)
    return dict(
        zip(
            MAJORS,
            (
                number, f"YH-0312-202603-{number:04d}", FIRMS[number % 5], "粉尘清扫制度未落实",
                "工贸企业重大事故隐患判定标准第十一条", day.isoformat(), "停产清扫", "3.5", staff(number),
                (day + timedelta(days=60)).isoformat(), "区应急管理局", "局部停产", "未挂牌",
            ),
            strict=True,
        )
    )  # fmt: skip
