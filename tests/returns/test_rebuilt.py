"""Files that are no .xlsx, or too odd to copy, come back rebuilt: same rows, same marks, all text."""

import json
from dataclasses import replace

import openpyxl
import pytest

from riskpipe import reception
from riskpipe.returns.appearance import FILLS
from riskpipe.returns.plan import Tone
from tests.hostile.biff import workbook as old_workbook
from tests.intake.builders import LEDGER, csv_file, finding, workbook
from tests.returns.conftest import TERMS

RED = f"FF{FILLS[Tone.WRONG]}"


def coloured(sheet):
    return {c.coordinate for row in sheet.iter_rows() for c in row if c.fill.fgColor.rgb == RED}


def cover(path):
    sheet = openpyxl.load_workbook(path)["退回说明"]
    return "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)


def text(row):
    return ["" if cell is None else str(cell) for cell in row]


def rows():
    return [
        finding(1),
        finding(2, 隐患描述=None),
        finding(3, 整改期限="立即"),
        finding(4, 备注="=1+1"),
    ]


@pytest.mark.parametrize("ending", ["csv", "xls", "html.xls"])
def test_rows_keep_their_numbers_and_marks_their_places(tmp_path, send_back, desk, ending):
    path = tmp_path / f"a.{ending}"
    if ending == "csv":
        csv_file(path, [LEDGER, *map(text, rows())], "gb18030")
    elif ending == "xls":
        path.write_bytes(old_workbook({"隐患排查台账": [LEDGER, *rows()]}, [], locked=False))
    else:
        cells = [[f"<td>{cell}</td>" for cell in text(row)] for row in [LEDGER, *rows()]]
        body = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
        path.write_text(f"<meta charset=utf-8><table>{body}</table>", "utf-8")
    out = send_back(path)
    sheet = openpyxl.load_workbook(out).worksheets[1]
    assert sheet.title.startswith("隐患排查台账") or ending != "csv"
    assert coloured(sheet) == {"D3", "F4"}
    assert [cell.value for cell in sheet[1]] == [*LEDGER, "退回原因"]
    assert [cell.value for cell in sheet[2]][:3] == ["1", "YH-01-202601-0001", "2026-01-05"]
    assert (sheet["H5"].value, sheet["H5"].data_type, sheet["H5"].quotePrefix) == (
        "=1+1",
        "s",
        True,
    )
    assert "“隐患描述”" in sheet["D3"].comment.text
    assert "行号不变" in cover(out)
    found = reception.inspect(out, desk)
    assert (found["rows_accepted"], found["rows_rejected"]) == (3, 1)
    assert {line["heading"] for line in found["rejected_cells"]} == {"整改期限"}


def test_json_lines_get_their_keys_as_headings(tmp_path, send_back, desk):
    path = tmp_path / "a.jsonl"
    lines = [json.dumps(dict(zip(LEDGER, row, strict=True)), ensure_ascii=False) for row in rows()]
    path.write_text("\n".join(lines), "utf-8")
    out = send_back(path)
    sheet = openpyxl.load_workbook(out).worksheets[1]
    assert coloured(sheet) == {"D3", "F4"}
    assert sheet["I1"].value == "退回原因"
    assert "行号比原件大 1" in cover(out)
    assert reception.inspect(out, desk)["rows_accepted"] == 3


def test_merged_headings_are_merged_again(tmp_path, send_back, desk):
    parents = [*LEDGER[:6], "整改", None]
    children = [None] * 6 + ["整改状态", "备注"]
    merges = [*((0, 1, column, column) for column in range(6)), (0, 0, 6, 7)]
    content = old_workbook(
        {"隐患排查台账": [parents, children, finding(1), finding(2, 隐患描述=None)]},
        merges,
        locked=False,
    )
    (tmp_path / "a.xls").write_bytes(content)
    out = send_back(tmp_path / "a.xls")
    sheet = openpyxl.load_workbook(out)["隐患排查台账"]
    assert [sheet["G1"].value, sheet["G2"].value] == ["整改", "整改状态"]
    assert reception.inspect(out, desk)["rows_accepted"] == 1


def test_serials_of_the_1904_calendar_stay_what_they_are(tmp_path, send_back, desk):
    path = workbook(
        tmp_path / "a.xlsx",
        {"台账": [LEDGER, finding(1, 检查日期=44565), finding(2, 隐患描述=None)]},
    )
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path)
    for terms in (TERMS, replace(TERMS, most_cells=1)):
        again = reception.transcribe(
            reception.ledger.take(send_back(path, terms), desk.limits), "b.xlsx", desk
        )
        assert {body.epoch_1904 for body in again.bodies} == {True}


def test_a_file_nobody_could_read_comes_back_as_a_cover(tmp_path, send_back):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 ...")
    out = send_back(path)
    assert openpyxl.load_workbook(out).sheetnames == ["退回说明"]
    assert "没有读入" in cover(out)
    assert "PDF" in cover(out)
    assert "在你单位的原件上改正" in cover(out)


def test_a_refused_sheet_has_its_headings_red_and_its_reason_on_the_cover(tmp_path, send_back):
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "隐患排查台账": [LEDGER, finding(1)],
            "甲表": [["某某表"], ["天气", "温度", "湿度"], ["晴", "3", "40"]],
        },
    )
    out = send_back(path)
    book = openpyxl.load_workbook(out)
    red = f"00{FILLS[Tone.WRONG]}"
    marked = {
        c.coordinate for row in book["甲表"].iter_rows() for c in row if c.fill.fgColor.rgb == red
    }
    assert marked == {"A2", "B2", "C2"}
    assert "这张表没有读入" in book["甲表"]["A2"].comment.text
    assert "“甲表”：" in cover(out)


def test_a_very_long_sheet_comes_back_with_its_bad_rows_only(tmp_path, send_back, desk):
    bad = {7, 30}
    some = [finding(n, 隐患描述=None if n in bad else "楼道堆放纸箱") for n in range(1, 41)]
    csv_file(tmp_path / "a.csv", [LEDGER, *map(text, some)])
    out = send_back(tmp_path / "a.csv", replace(TERMS, most_rows=10))
    sheet = openpyxl.load_workbook(out).worksheets[1]
    assert [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)] == ["序号", "7", "30"]
    assert coloured(sheet) == {"D2", "D3"}
    assert "只带回表头和有问题的行（共 2 行）" in cover(out)
    less = send_back(tmp_path / "a.csv", replace(TERMS, most_rows=1))
    assert openpyxl.load_workbook(less).worksheets[1].max_row == 2
    assert "前 1 行" in cover(less)


def test_the_cover_counts_every_row(tmp_path, send_back):
    path = workbook(
        tmp_path / "a.xlsx",
        {"隐患排查台账": [["台账"], LEDGER, *rows(), [], ["合计", "4"]]},
    )
    sheet = openpyxl.load_workbook(send_back(path))["退回说明"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (counts,) = [row for row in table if row[0] == "隐患排查台账" and row[1] == "8"]
    # 8 rows: title, headings, blank, total; four records, one of them rejected; two cells empty:
    # the date that is a word, and the formula openpyxl wrote without its result.
    assert counts[:6] == ["隐患排查台账", "8", "3", "1", "4", "2"]


def test_rebuilding_is_the_same_every_time(tmp_path, send_back):
    path = csv_file(tmp_path / "a.csv", [LEDGER, *map(text, rows())])
    assert send_back(path).read_bytes() == send_back(path).read_bytes()
