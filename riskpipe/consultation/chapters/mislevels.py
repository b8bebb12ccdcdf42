"""The list under 二: incidents whose stated level is not what their numbers and the law give.

Rows of the mart `mislevellist` come in, one table goes out, or none where all agree. Both
levels are printed with the number that decided and its clause; neither is called right.
"""

from decimal import Decimal

from riskpipe.consultation.desk import WAN, Desk, Row
from riskpipe.consultation.issue import Cell, Column, Table, say

MISSTATED = ("填报偏高", "填报偏低")
"""What counts as a mismatch; the other rows say why there is nothing to compare with."""
YUAN = "直接经济损失"


def misstated(desk: Desk) -> int:
    """How many incidents of the month are stated above or below what their numbers give."""
    return sum(row["difference"] in MISSTATED for row in _rows(desk))


def mislevels(desk: Desk) -> tuple[Table, ...]:
    """The month's list, mismatches first; nothing where there is nothing to list."""
    rows = sorted(_rows(desk), key=lambda row: row["difference"] not in MISSTATED)
    if not rows:
        return ()
    shown = rows[: int(desk.limits["list_rows"])]
    month = desk.period.month
    rest = (
        f"，此处列前{len(shown)}起，其余见数据仓 marts.mislevellist" if rows[len(shown) :] else ""
    )
    table = Table(
        "mislevels",
        "级别不一致的突发事件",
        (
            Column("事件编号", "", "text"),
            Column("种类", "", "text"),
            Column("发生日期", "", "text"),
            Column("填报级别", "", "text"),
            Column("推算级别", "", "text"),
            Column("差异", "", "text"),
            Column("定级的数字", "", "text"),
            Column("没有填的数字", "", "text"),
            Column("依据", "", "long"),
            Column("伤亡可补报至", "", "text"),
        ),
        tuple(_cells(row) for row in shown),
        say(
            f"{month}列入", desk.count("mislevel_row_count", len(rows), month), f"起{rest}。",
            "两个级别并列，不改填报数：请报送单位核对，填错的用更正单更正；没有填的数字补报后推算级别可能升高。",
        ),
    )  # fmt: skip
    return (table,)


def _rows(desk: Desk) -> list[Row]:
    return desk.rows("mislevellist", month_on=desk.period.month_on)


def _cells(row: Row) -> tuple[Cell, ...]:
    return (
        row["incident_no"],
        row["subcategory"] or row["category"],
        row["happened_on"].isoformat(),
        row["level_stated"],
        row["level_computed"] or "—",
        row["difference"],
        _decided(row),
        row["unknown"] or "—",
        row["source"] or "—",
        row["restated_until_on"].isoformat() if row["restated_until_on"] else "—",
    )


def _decided(row: Row) -> str:
    """`死亡5人（3人以上）`: the criterion, its number and the bound it reached."""
    criterion = row["criterion"]
    if criterion is None:
        return "—"
    figure, bound = _told(criterion, row["figure"]), _told(criterion, row["threshold"])
    return f"{criterion}{figure}" + (f"（{bound}以上）" if row["threshold"] else "")


def _told(criterion: str, number: Decimal) -> str:
    """Exactly as given: 49999999.99元 is 4999.999999万元, never 5000."""
    if criterion == YUAN:
        return f"{(number / WAN).normalize():f}万元"
    return f"{int(number)}人"
