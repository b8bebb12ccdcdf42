"""What LibreOffice makes of a form: it opens, keeps its validations, counts, cascades and hints."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from riskpipe import forms, reception
from riskpipe.forms.hints import hints_of
from riskpipe.identity.keys import Keys
from riskpipe.rules import Rules
from riskpipe.settings import Settings
from tests.forms.filling import KINDS, ROWS, RULES, fill, filled, make

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed"),
    pytest.mark.slow,
]


def through_libreoffice(paths: list[Path], folder: Path) -> dict[str, Path]:
    """Every workbook opened, recalculated and saved again by LibreOffice, by its stem."""
    profile = (folder / "profile").as_uri()
    out = folder / "out"
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={profile}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, *paths],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return {path.stem: out / path.name for path in paths}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("libreoffice")
    return through_libreoffice([filled(folder, kind) for kind in KINDS], folder)


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_keeps_every_list_and_limit(saved, tmp_path, kind):
    before = openpyxl.load_workbook(make(tmp_path, kind))
    after = openpyxl.load_workbook(saved[kind])
    assert after.sheetnames == before.sheetnames
    for sheet in forms.book_of(kind, RULES).sheets:
        kept = rules_by_column(after[sheet.name])
        for column, (type_, formula) in rules_by_column(before[sheet.name]).items():
            if type_ != "none":
                assert kept.get(column) == (type_, formula), column
        assert after[sheet.name].print_title_rows == "$3:$3"


def rules_by_column(sheet):
    """Column → (type, formula without the quotes LibreOffice leaves out)."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        for area in str(rule.sqref).split():
            letter = re.match("[A-Z]+", area)[0]
            found[letter] = (rule.type or "none", (rule.formula1 or "").replace("'", ""))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_saved_by_libreoffice_is_accepted_and_its_count_agrees(saved, tmp_path, kind):
    keys = Keys(data=b"d" * 32, pseudonym=b"p" * 32, former=None)
    desk = reception.desk_of(Settings(raw=tmp_path), Rules(tmp_path / "rules"), keys)
    found = reception.inspect(saved[kind], desk)
    assert (found["rejected_rows"], found["rejected_cells"]) == ([], [])
    assert (found["status"], found["message"]) == ("已接收", None)
    assert found["stated_rows"] == len(next(iter(ROWS[kind].values())))


def test_cascades_offer_the_words_of_the_row_only(tmp_path):
    wanted = {
        "findings": ("隐患排查台账", "所属街道（乡镇）", "所属社区（村）、网格", {
            "红旗街道": (2, "和平社区", "1号社区（村）"),
            "青禾街道": (3, "和平社区", "南山村"),
            "3号街道（筹）": (1, "新村", "新村"),
        }),
        "incidents": ("突发事件", "突发事件类别", "事件种类", {
            "事故灾难": (6, "工矿商贸等企业安全事故", "其他"),
            "社会安全事件": (7, "恐怖袭击", "其他"),
        }),
        "progress": ("办理记录", "办理环节", "办理结果", {
            "核查": (5, "属实", "无法核实"),
            "督办": (2, "已办结", "未办结"),
        }),
    }  # fmt: skip
    paths = []
    for kind, (name, parent, child, answers) in wanted.items():
        rows = [{parent: value} for value in answers]
        path = fill(make(tmp_path, kind), {name: rows}, {})
        book = openpyxl.load_workbook(path)
        formula = source(book[name], child)
        for number in range(len(answers)):
            own = shifted(formula, 4 + number)
            for place, text in enumerate(
                (f"ROWS({own})", f"INDEX({own},1)", f"INDEX({own},ROWS({own}))")
            ):
                cell = book[name].cell(4 + number, 40 + place)
                book[name][cell.coordinate] = ArrayFormula(cell.coordinate, f"={text}")
        book.save(path)
        paths.append(path)
    after = through_libreoffice(paths, tmp_path)
    for kind, (name, _, _, answers) in wanted.items():
        sheet = openpyxl.load_workbook(after[kind], data_only=True)[name]
        for number, answer in enumerate(answers.values()):
            assert tuple(sheet.cell(4 + number, 40 + place).value for place in range(3)) == answer


def source(sheet, heading):
    letter = next(cell.column_letter for cell in sheet[3] if cell.value == heading)
    return next(
        rule.formula1
        for rule in sheet.data_validations.dataValidation
        if str(rule.sqref).startswith(f"{letter}4:")
    )


def shifted(formula, row):
    """A formula written for row 4 as it holds in another row: only the parent's cell moves."""
    return re.sub(r"(?<![\$A-Z'!])(\$[A-Z]+)4\b", rf"\g<1>{row}", formula)


# Row → heading → what the hint of that cell says; every other cell of these rows says nothing.
FINDING_HINTS = (
    (
        {
            "检查日期": date(2026, 11, 5),
            "整改责任人": "王五禾",
            "整改期限": date(2026, 11, 4),
            "整改状态": "已销号",
            "整改完成日期": date(2026, 11, 4),
            "复查日期": date(2026, 11, 4),
            "复查人": "王五禾",
        },
        {
            "整改期限": "wrong",
            "整改完成日期": "wrong",
            "复查人": "wrong",
            "复查结果": "due",
            "销号日期": "due",
            **dict.fromkeys(
                (
                    "检查单位", "检查人员", "隐患来源", "被检查单位（场所）", "行业领域（场所类型）", "隐患部位",
                    "隐患描述", "隐患等级", "整改责任单位", "整改措施",
                ),
                "missing",
            ),
        },
    ),
    ({}, {}),
    (
        {**ROWS["findings"]["隐患排查台账"][0], "整改状态": "待整改"},
        {},
    ),
    (
        {**ROWS["findings"]["隐患排查台账"][0], "隐患编号": "YH-330199001-202611-0005"},
        {"隐患编号": "wrong"},
    ),
)  # fmt: skip


def test_hints_tell_what_a_row_lacks_or_contradicts(tmp_path):
    rows = [row for row, _ in FINDING_HINTS]
    path = fill(make(tmp_path, "findings"), {"隐患排查台账": rows}, {})
    book = openpyxl.load_workbook(path)
    sheet, form = book["隐患排查台账"], forms.book_of("findings", RULES).main
    for number in range(4, 4 + len(rows)):
        for place, column in enumerate(form.columns):
            for rank, (_, formula) in enumerate(hints_of(form, column, number, 203)):
                # COUNTIF looks at the whole column, so its first row must not move.
                sheet.cell(number, 50 + 3 * place + rank).value = formula.replace(
                    f"$B${number}:", "$B$4:"
                )
    book.save(path)
    after = through_libreoffice([path], tmp_path)["findings"]
    sheet = openpyxl.load_workbook(after, data_only=True)["隐患排查台账"]
    for number, (_, expected) in enumerate(FINDING_HINTS, 4):
        shown = {}
        for place, column in enumerate(form.columns):
            for rank, (name, _) in enumerate(hints_of(form, column, number, 203)):
                if sheet.cell(number, 50 + 3 * place + rank).value is True:
                    shown.setdefault(column.heading, name)
        assert shown == expected
