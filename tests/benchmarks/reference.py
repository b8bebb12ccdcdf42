"""The plain reference: the same month done as a good pandas user would, nothing slowed down.

read_excel with openpyxl, read_csv, a lazy pandera schema per file, `str` methods for masking
and a keyword pattern per category, drop_duplicates for the latest version, groupby for the
figures, Parquet out. It keeps no evidence, no lineage and no vault, which is in its favour.
"""

from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from tests.benchmarks.files import LEDGER

PHONE = r"1[3-9]\d{9}"

FINDING = pa.DataFrameSchema(
    {
        "隐患编号": pa.Column(str, nullable=False),
        "检查日期": pa.Column("datetime64[us]", nullable=False),
        "隐患描述": pa.Column(str, nullable=False),
        "隐患等级": pa.Column(str, pa.Check.isin(["一般", "重大"])),
        "整改期限": pa.Column("datetime64[us]", nullable=True),
        "整改状态": pa.Column(str, pa.Check.isin(["待整改", "整改中", "已整改待复查", "已销号"])),
        "整改完成日期": pa.Column("datetime64[us]", nullable=True),
    },
    strict=False,
)
ORDER = pa.DataFrameSchema(
    {
        "工单编号": pa.Column(str, nullable=False),
        "诉求内容": pa.Column(str, nullable=False),
        "区交办时间": pa.Column("datetime64[us]", nullable=True),
        "办结时间": pa.Column("datetime64[us]", nullable=True),
    },
    strict=False,
)
DATES = {"检查日期", "整改期限", "整改完成日期", "复查日期"}
TIMES = ["区交办时间", "区交办办结期限", "市交办时间", "市交办办结期限", "办结时间"]


def month(raw: Path, out: Path, words: dict[str, list[str]]) -> tuple[int, int]:
    """Do the month; returns accepted findings and accepted work orders."""
    out.mkdir(parents=True, exist_ok=True)
    findings = pd.concat([ledger(path, words) for path in sorted(raw.glob("*/*/*.xlsx"))])
    orders = pd.concat([export(path, words) for path in sorted(raw.glob("*/*/*.csv"))])
    findings = findings.drop_duplicates("隐患编号", keep="last")
    orders = orders.drop_duplicates("工单编号", keep="last")
    figures(findings, orders, out)
    findings.to_parquet(out / "findings.parquet")
    orders.to_parquet(out / "orders.parquet")
    return len(findings), len(orders)


def ledger(path: Path, words: dict[str, list[str]]) -> pd.DataFrame:
    """One workbook: read, type, validate, mask, classify."""
    frame = pd.read_excel(path, header=2, engine="openpyxl", dtype=str, usecols=LEDGER)
    for column in DATES:
        frame[column] = pd.to_datetime(frame[column], errors="coerce").astype("datetime64[us]")
    frame = valid(frame, FINDING)
    for column in ("隐患描述", "隐患部位", "整改措施"):
        frame[column] = masked(frame[column])
    return frame.assign(category=classified(frame["隐患描述"], words))


def export(path: Path, words: dict[str, list[str]]) -> pd.DataFrame:
    """One CSV export: the same."""
    frame = pd.read_csv(path, encoding="gb18030", dtype=str)
    for column in TIMES:
        frame[column] = pd.to_datetime(frame[column], errors="coerce").astype("datetime64[us]")
    frame = valid(frame, ORDER).drop(columns=["求助人员", "求助号码", "录音编号"])
    for column in ("工单标题", "诉求内容", "诉求详细地址"):
        frame[column] = masked(frame[column])
    return frame.assign(category=classified(frame["工单标题"] + frame["诉求内容"], words))


def valid(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Rows that pass the schema; the failing ones are dropped by index."""
    try:
        return schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return frame.drop(index=errors.failure_cases["index"].dropna().unique())


def masked(texts: pd.Series) -> pd.Series:
    """Free text without mobile numbers."""
    return texts.str.replace(PHONE, "〔电话〕", regex=True)


def classified(texts: pd.Series, words: dict[str, list[str]]) -> pd.Series:
    """The category whose words are counted most often."""
    counts = pd.DataFrame(
        {category: texts.str.count("|".join(found)) for category, found in words.items()}
    )
    return counts.idxmax(axis=1).where(counts.max(axis=1) > 0, "未分类")


def figures(findings: pd.DataFrame, orders: pd.DataFrame, out: Path) -> None:
    """The month's counts and rates."""
    as_of = pd.Timestamp("2026-11-02")
    found = findings.assign(
        month=findings["检查日期"].dt.to_period("M").astype(str),
        is_late=findings["整改完成日期"].isna() & (findings["整改期限"] < as_of),
        is_done=findings["整改完成日期"].notna(),
    )
    received = orders.assign(
        month=orders["区交办时间"].dt.to_period("M").astype(str),
        street=orders["事件发生地"].str.extract(r"^(.+?街道)", expand=False),
        is_closed=orders["办结时间"].notna(),
        is_on_time=orders["办结时间"] <= orders["区交办办结期限"],
    )
    for name, frame, keys, sums in (
        (
            "treatment",
            found,
            ["month", "所属街道（乡镇）", "category", "隐患等级"],
            ["is_late", "is_done"],
        ),
        ("completion", received, ["month", "诉求渠道", "category"], ["is_closed", "is_on_time"]),
        ("streets", received, ["month", "street", "category"], ["is_closed", "is_on_time"]),
    ):
        grouped = frame.groupby(keys, dropna=False)
        table = grouped[sums].sum().assign(count=grouped.size())
        table.reset_index().to_parquet(out / f"{name}.parquet")
