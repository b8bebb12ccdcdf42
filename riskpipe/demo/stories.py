"""Single files with a story: a correction form, a review of categories, a file sent twice, a name in a file's name.

All lie in the last two months, so that any window of two months holds them; each is entered
into the truth with what it is.
"""

import shutil

from riskpipe.demo.findings import MISSING, ZERO_REPORT, Finding, findings_of
from riskpipe.demo.ledgers import is_old
from riskpipe.demo.months import LAST_MONTH, Month
from riskpipe.demo.people import Person, staff
from riskpipe.demo.register12350 import calls_of
from riskpipe.demo.tellings import draw, record
from riskpipe.demo.town import Town, write_csv
from riskpipe.demo.workbook import Row, write_plain
from riskpipe.demo.workorders import HOTLINE_HEADINGS, SUPPLEMENT, hotline_row

CORRECTION_HEADINGS = (
    "序号", "表名", "业务编号", "更正项目", "原内容", "更正内容", "更正原因", "更正人", "更正日期",
)  # fmt: skip
REVIEW_HEADINGS = (
    "序号", "报表", "编号", "抽取方式", "复核类别", "复核种类", "复核人", "复核日期", "复核说明",
)  # fmt: skip
REVIEWED = 5
NAMED_REPORTER = Person(4_000_123)
SUPPLEMENTED = 3


def write_stories(town: Town, month: Month) -> None:
    """The files of the month that tell a story."""
    if month == LAST_MONTH.plus(-1):
        _twice(town, month)
        town.book.files.append(_story(town, "missing", MISSING[1], month))
    if month == LAST_MONTH:
        _named_file(town, month)
        _corrections(town, month)
        _reviews(town, month)
        town.book.files.append(_story(town, "zero_report", ZERO_REPORT[1], month))


def _story(town: Town, story: str, street: int, month: Month) -> dict[str, str]:
    return {"story": story, "sender": town.geography.streets[street], "month": month.label}


def _twice(town: Town, month: Month) -> None:
    first = town.path(month.day_after(2), "区联动中心热线", f"区热线_{month.label}.csv")
    again = town.path(month.day_after(8), "区联动中心热线", f"区热线（重发）_{month.label}.csv")
    shutil.copyfile(first, again)
    town.book.files.append(
        {
            "story": "identical",
            "file": again.relative_to(town.raw).as_posix(),
            "same_as": first.relative_to(town.raw).as_posix(),
        }
    )


def _named_file(town: Town, month: Month) -> None:
    """A supplementary export whose file name carries a reporter's name and phone."""
    sent = month.day_after(5)
    file = f"12345补报_{NAMED_REPORTER.name}{NAMED_REPORTER.phone}_{month.label}.csv"
    path = town.path(sent, "区12345分平台", file)
    found = draw(town, SUPPLEMENT, month, SUPPLEMENTED, 0)
    for n, telling in enumerate(found, 1):
        telling.number = f"DH{month.compact}98{n:04d}"
        telling.reporter = NAMED_REPORTER
        telling.closed = None
    rows = [hotline_row(town, t, t.at) for t in found]
    write_csv(path, "gb18030", HOTLINE_HEADINGS, rows)
    record(town, "hotline12345", found)
    for kind in ("name", "phone"):
        value = getattr(NAMED_REPORTER, kind)
        town.book.personal(value, kind, "file", found[0].number, file)
        town.book.personal(value, kind, "column", found[0].number, file)
    town.book.files.append(
        {
            "story": "named_file",
            "file": path.relative_to(town.raw).as_posix(),
            "rows": str(len(found)),
        }
    )


def _corrections(town: Town, month: Month) -> None:
    sent = month.day_after(9)
    calls = calls_of(town, month.plus(-1))
    found = [f for f in findings_of(town, month.plus(-1)) if _is_plain(f, month)][:3]
    lines: list[tuple[str, str, str, str, str, str]] = [
        ("举报登记", calls[0].told.number, "详细地址", calls[0].told.spot.address,
         calls[0].told.spot.address + "二层", "现场核实后更正"),
        ("举报登记", calls[-1].told.number, "举报事项类别", "", "其他公共安全隐患", "登记时选错"),
    ]  # fmt: skip
    headings = ("隐患等级", "整改责任人", "整改期限")
    for heading, f in zip(headings, found, strict=False):
        old = {"隐患等级": f.grade, "整改责任人": f.responsible, "整改期限": f.due.isoformat()}[
            heading
        ]
        new = {"隐患等级": "重大" if f.grade == "一般" else "一般", "整改责任人": staff(271),
               "整改期限": f"{f.due.year + 1}-01-31"}[heading]  # fmt: skip
        lines.append(("隐患排查台账", f.number, heading, old, new, "街道来函更正"))
    rows = [(n, *line, staff(5), sent) for n, line in enumerate(lines, 1)]
    path = town.path(sent, "区应急管理局", f"更正单_{month.label}.xlsx")
    write_plain(path, "更正单", CORRECTION_HEADINGS, rows)
    town.book.files.append(
        {
            "story": "corrections",
            "file": path.relative_to(town.raw).as_posix(),
            "rows": str(len(rows)),
        }
    )


def _reviews(town: Town, month: Month) -> None:
    """The office read a few calls and says what they are about; the last one it left open."""
    sent = month.day_after(9)
    told = [call.told for call in calls_of(town, month.plus(-1))][-REVIEWED:]
    said = [(t.number, "待复核", t.concept.category, t.concept.subcategory) for t in told]
    rows: list[Row] = [
        (n, "举报登记", *line, staff(5), sent, "听了录音") for n, line in enumerate(said[:-1], 1)
    ]
    rows.append((len(said), "举报登记", said[-1][0], "待复核", "", "", "", "", ""))
    path = town.path(sent, "区应急管理局", f"归类复核单_{month.label}.xlsx")
    write_plain(path, "归类复核单", REVIEW_HEADINGS, rows)
    town.book.files.append(
        {
            "story": "reviews",
            "file": path.relative_to(town.raw).as_posix(),
            "rows": str(len(said) - 1),
        }
    )


def _is_plain(finding: Finding, month: Month) -> bool:
    return (
        not finding.illegal and not is_old(finding.street, month) and finding.street != MISSING[1]
    )
