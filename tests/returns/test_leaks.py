"""Nobody's data comes back: planted wherever a workbook has room for it, and the copy decoded."""

import base64
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.forms import filling
from tests.intake.builders import LEDGER, TIPOFFS, csv_file, finding, workbook
from tests.leaks import find_leaks
from tests.returns.conftest import TERMS

NAME, PHONE, PAPER, HOME = "欧阳慕禾", "13911112222", "330199198001013333", "青岚路88号2单元301"
PLANTED = {"name": [NAME], "phone": [PHONE], "id": [PAPER], "address": [HOME]}
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def tipoff(number, **changed):
    row = {
        "举报编号": f"JB-20260105-{number:03d}",
        "举报时间": "2026-01-05 08:30",
        "举报渠道": "12350电话",
        "举报内容": f"{number}号楼楼道堆放杂物",
        "举报人姓名": NAME,
        "联系电话": int(PHONE),
    }
    return [*(row | changed).values()]


def told(path):
    """What a finding list says of the copy and of nothing else."""
    return find_leaks([path.parent], PLANTED)


def test_reporters_are_in_no_column_text_or_hidden_corner(tmp_path, send_back):
    rows = [
        tipoff(1, 举报内容=f"我叫{NAME}，电话{PHONE}，住{HOME}，楼道堆放杂物"),
        tipoff(2, 举报时间="去年", 举报内容=f"楼道堆物，{NAME}反映"),
        tipoff(3, 举报人姓名=None, 联系电话=None),
    ]
    heads = [*TIPOFFS, "证件号码", "联系地址", "经办备忘"]
    rows = [[*row, PAPER, HOME, f"{NAME}要求回电"] for row in rows]
    path = workbook(
        tmp_path / f"举报{NAME}.xlsx",
        {
            "举报登记": [[f"举报人{NAME}来电登记"], heads, *rows, [f"说明：{NAME}另行告知"]],
            "填表说明": [[f"有问题找{NAME} {PHONE}"]],
            f"{NAME}专页": [["随便什么", "姓名", "手机"], ["x", NAME, PHONE], ["y", NAME, PHONE]],
        },
    )
    book = openpyxl.load_workbook(path)
    sheet = book["举报登记"]
    book.properties.creator = book.properties.title = book.properties.keywords = NAME
    sheet["D3"].comment = Comment(f"{NAME} {PHONE}", NAME)
    sheet["E3"].comment = Comment("核对过", NAME)
    sheet.oddHeader.center.text = f"经办{NAME}"
    sheet.oddFooter.left.text = PHONE
    sheet["C4"].number_format = f'"{NAME}"@'
    sheet["C3"].font = Font(name=NAME)
    sheet["B3"].hyperlink = f"mailto:{PHONE}@example.invalid"
    book.defined_names["甲"] = DefinedName("甲", attr_text=f'"{NAME}"')
    book.defined_names[NAME] = DefinedName(NAME, attr_text="举报登记!$A$1:$A$3")
    pick = DataValidation("list", formula1=f'"{NAME},无"', prompt=f"问{NAME}", error=PHONE)
    pick.add("C3:C9")
    sheet.add_data_validation(pick)
    shown = DataValidation("list", formula1='"是,否"', prompt=f"问{NAME}", error=PHONE)
    shown.add("D3:D9")
    sheet.add_data_validation(shown)
    sheet.auto_filter.ref = "A2:I5"
    sheet.auto_filter.add_filter_column(4, [NAME])
    sheet.protection.set_password("1234")
    book[f"{NAME}专页"].sheet_state = "hidden"
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.png", PNG)
        archive.writestr("docProps/custom.xml", f"<x>{NAME}</x>")
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", f"<r>{PHONE}</r>")
    out = send_back(path)
    out = out.rename(out.with_name("copy.xlsx"))
    assert told(out) == []
    back = openpyxl.load_workbook(out)
    assert back["举报登记"]["A3"].value == "JB-20260105-001"
    assert back["举报登记"]["E2"].value == "举报人姓名"
    assert "原件留存，不必重填" in back["举报登记"]["E2"].comment.text
    assert back["举报登记"]["D3"].value.endswith("楼道堆放杂物")
    assert [one.prompt for one in back["举报登记"].data_validations.dataValidation] == [
        "问〔姓名〕"
    ]


def test_the_search_would_have_found_them(tmp_path):
    path = workbook(
        tmp_path / "a" / "b.xlsx" if (tmp_path / "a").mkdir() else tmp_path / "a/b.xlsx",
        {"举报登记": [TIPOFFS, tipoff(1, 举报内容=f"住{HOME}，证件{PAPER}")]},
    )
    assert {what.split()[0] for _, what in told(path)} == set(PLANTED)


@pytest.mark.parametrize("kind", ["tipoffs", "payouts"])
def test_the_secret_sheets_of_a_form_come_back_blank_below_their_headings(
    tmp_path, send_back, kind
):
    path = filling.filled(tmp_path, kind)
    book = openpyxl.load_workbook(path)
    main, secret = book.worksheets[2], book.worksheets[3]
    written = [[cell.value for cell in row] for row in secret.iter_rows(min_row=4, max_row=9)]
    assert any(any(row) for row in written)
    main["B4"].value = None
    book.save(path)
    back = openpyxl.load_workbook(send_back(path))[secret.title]
    assert [cell.value for cell in back[3]] == [cell.value for cell in secret[3]]
    assert not any(cell.value for row in back.iter_rows(min_row=4) for cell in row)


def test_a_row_without_its_number_asks_for_its_person_again(tmp_path, send_back):
    path = workbook(
        tmp_path / "a.xlsx", {"举报登记": [TIPOFFS, tipoff(1), tipoff(2, 举报编号=None)]}
    )
    sheet = openpyxl.load_workbook(send_back(path))["举报登记"]
    assert "对照原件补填编号" in sheet["E3"].comment.text
    assert sheet["E2"].comment is None


def test_a_refused_sheet_asks_for_the_original(tmp_path, send_back):
    path = workbook(
        tmp_path / "a.xlsx",
        {"登记": [["来电时刻", "诉求人姓名", "咋回事"], ["昨天", NAME, f"{NAME}说堵了"]]},
    )
    out = send_back(path)
    assert told(out) == []
    back = openpyxl.load_workbook(out)
    assert "个人信息没有留存" in back["登记"]["B1"].comment.text
    cover = "\n".join(str(c.value) for row in back["退回说明"].iter_rows() for c in row if c.value)
    assert "请不要用本文件代替原件" in cover


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_rebuilt_files_tell_nobody_either(tmp_path, send_back, ending):
    rows = [tipoff(1, 举报内容=f"{NAME}反映楼道堆物，电话{PHONE}"), tipoff(2, 举报时间="去年")]
    rows = [[str(cell) for cell in row] for row in rows]
    path = tmp_path / f"a.{ending}"
    if ending == "csv":
        csv_file(path, [TIPOFFS, *rows])
    else:
        import json

        lines = [
            json.dumps(dict(zip(TIPOFFS, row, strict=True)), ensure_ascii=False) for row in rows
        ]
        path.write_text("\n".join(lines), "utf-8")
    out = send_back(path)
    assert told(out) == []
    sheet = openpyxl.load_workbook(out).worksheets[1]
    assert sheet["A2"].value == "JB-20260105-001"


def test_a_name_in_a_column_of_a_ledger_nobody_knows_is_masked(tmp_path, send_back):
    heads = [*LEDGER, "反映人", "其他情况"]
    rows = [[*finding(1, 隐患描述=None), NAME, f"联系电话{PHONE}"]]
    out = send_back(workbook(tmp_path / "a.xlsx", {"台账": [heads, *rows]}))
    assert told(out) == []
    sheet = openpyxl.load_workbook(out)["台账"]
    assert (sheet["I2"].value, sheet["J2"].value) == (None, "联系电话〔电话〕")


def test_the_senders_own_people_on_its_information_sheet_come_back(tmp_path, send_back):
    path = filling.filled(tmp_path, "findings")
    book = openpyxl.load_workbook(path)
    book["隐患排查台账"]["L4"] = None
    for row in book["报送信息"].iter_rows():
        if row[0].value == "联系电话":
            row[1].value = "13700001111"
    book.save(path)
    back = openpyxl.load_workbook(send_back(path))["报送信息"]
    items = {row[0].value: row[1].value for row in back.iter_rows()}
    assert (items["填报人"], items["联系电话"]) == ("张三禾", "13700001111")


def test_a_copy_that_is_too_large_is_rebuilt_and_tells_as_little(tmp_path, send_back):
    from dataclasses import replace

    path = workbook(
        tmp_path / "a.xlsx", {"举报登记": [TIPOFFS, tipoff(1), tipoff(2, 举报时间="去年")]}
    )
    out = send_back(path, replace(TERMS, most_cells=5))
    assert told(out) == []
    back = openpyxl.load_workbook(out)
    cover = "\n".join(str(c.value) for row in back["退回说明"].iter_rows() for c in row if c.value)
    assert "原件较大或格式特殊" in cover
