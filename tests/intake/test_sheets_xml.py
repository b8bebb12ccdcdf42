"""What writers of all kinds put into a sheet's XML: no row lost, traits seen, nothing invented."""

import io
import re

import pytest

from riskpipe.intake.grid import Merge, Refusal
from riskpipe.intake.workbook import grids
from riskpipe.settings import IntakeLimits
from tests.hostile.writing import png
from tests.intake.packing import SHEET, book, changed, parts_of, prefixed, without_places, zipped

LIMITS = IntakeLimits()
ROWS = [["编号", "数量", "内容"], ["A1", 2, "楼道堆物"], ["A2", 3.5, None], ["A3", None, "飞线"]]
TEXTS = [
    ["编号", "数量", "内容"],
    ["A1", "2", "楼道堆物"],
    ["A2", "3.5", None],
    ["A3", None, "飞线"],
]


def sheet_of(content, limits=LIMITS):
    (grid,) = grids(content, True, limits)
    return grid


def rows_of(grid):
    return [list(row.values()) for row in grid.cells.to_pylist()]


def code_of(content, limits=LIMITS):
    with pytest.raises(Refusal) as caught:
        grids(content, True, limits)
    return caught.value


def added(rows: str):
    return lambda part: part.replace(b"</sheetData>", rows.encode() + b"</sheetData>")


def inline(part: bytes) -> bytes:
    texts = iter(["编号", "数量", "内容", "A1", "楼道堆物", "A2", "A3", "飞线"])
    return re.sub(
        rb' t="s"><v>\d+</v>',
        lambda _: f' t="inlineStr"><is><t>{next(texts)}</t></is>'.encode(),
        part,
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda part: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:B2"/>', part),
        lambda part: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', part),
        lambda part: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="C4:D5"/>', part),
        lambda part: re.sub(rb'<dimension ref="[^"]*"/>', b"", part),
        prefixed,
        inline,
        lambda part: re.sub(rb'r="([A-Z]+\d+)"', rb"r='\1'", part),
        lambda part: re.sub(rb'<c r="([^"]*)" t="s"', rb'<c t="s" r="\1"', part),
        lambda part: part.replace(b"</row>", b"</row>\n     "),
        lambda part: part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        added('<row r="7"><c r="A7" s="0"/></row>' * 3),
    ],
    ids=[
        "dimension too small", "dimension too large", "dimension elsewhere", "no dimension",
        "prefix", "inline strings", "single quotes", "attributes turned",
        "white space", "strict", "empty formatted rows",
    ],
)  # fmt: skip
def test_no_row_is_lost_however_the_sheet_is_written(change):
    assert rows_of(sheet_of(changed(book(ROWS), change))) == TEXTS


def test_rows_and_cells_without_a_place_are_counted():
    full = [["编号", "数量"], ["A1", 2], ["A2", 3]]
    grid = sheet_of(changed(book(full), without_places))
    assert rows_of(grid) == [["编号", "数量"], ["A1", "2"], ["A2", "3"]]


def test_a_table_that_begins_elsewhere_keeps_its_rows_and_columns():
    grid = sheet_of(book(ROWS, at=(2, 3)))
    nothing = [None] * 6
    assert rows_of(grid) == [nothing, nothing, *([None] * 3 + row for row in TEXTS)]


def test_an_error_value_is_told_and_no_blank():
    wrong = changed(
        book(ROWS),
        lambda part: part.replace(
            b'<c r="B2"><v>2</v>', b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v>'
        ),
    )
    assert rows_of(sheet_of(wrong))[1] == ["A1", "#DIV/0!", "楼道堆物"]
    apart = changed(
        book(ROWS, at=(0, 2)),
        lambda part: part.replace(b'<c r="D2"><v>2</v>', b'<c r="D2" t="e"><v>#REF!</v>'),
    )
    assert rows_of(sheet_of(apart))[1] == [None, None, "A1", "#REF!", "楼道堆物"]


def test_escaped_letters_are_read_as_what_they_stand_for():
    content = book([["a_x000D_\nb", "_x4E2D_文", "x_x005F_y", "my_x"]])
    assert rows_of(sheet_of(content)) == [["a\r\nb", "中文", "x_y", "my_x"]]


@pytest.mark.parametrize(
    "row", ['<row hidden="1" r="2"', '<row r="2" hidden="true"', "<row r='2' ht=\"15\" hidden='1'"]
)
def test_hidden_rows_are_read_and_marked(row):
    grid = sheet_of(changed(book(ROWS), lambda part: part.replace(b'<row r="2"', row.encode())))
    assert grid.traits.hidden_rows == (2,)
    assert rows_of(grid) == TEXTS


def test_hidden_rows_without_a_number_are_counted():
    def change(part: bytes) -> bytes:
        return (
            without_places(part)
            .replace(b"<row", b"<row hidden='1'", 3)
            .replace(b"<row hidden='1'", b"<row", 1)
        )

    assert sheet_of(changed(book(ROWS), change)).traits.hidden_rows == (2, 3)


def test_hidden_sheets_are_read_and_marked():
    def finish(made, _sheet):
        for name, hide in (("乙", "hide"), ("丙", "very_hidden")):
            sheet = made.add_worksheet(name)
            sheet.write(0, 0, name)
            getattr(sheet, hide)()

    found = grids(book(ROWS, finish=finish), True, LIMITS)
    assert [(g.name, g.traits.is_hidden) for g in found] == [
        ("台账", False),
        ("乙", True),
        ("丙", True),
    ]
    assert rows_of(found[2]) == [["丙"]]


def test_names_of_sheets_with_marks_find_their_sheet():
    def finish(made, _sheet):
        made.add_worksheet("甲&乙<丙").write(0, 0, "a")

    part = "xl/worksheets/sheet2.xml"
    content = changed(
        book(ROWS, finish=finish),
        lambda p: p.replace(b'<row r="1"', b'<row r="1" hidden="1"'),
        part,
    )
    assert grids(content, True, LIMITS)[1].traits.hidden_rows == (1,)


def test_floating_pictures_are_counted_by_row_and_charts_are_not():
    photo = png(20, 20, b"\x80")

    def finish(made, sheet):
        for number, row in enumerate((1, 1, 30)):
            sheet.insert_image(row, 4, f"{number}.png", {"image_data": io.BytesIO(photo)})
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=台账!$B$2:$B$4"})
        sheet.insert_chart(3, 4, chart)

    assert sheet_of(book(ROWS, finish=finish)).traits.pictures == ((2, 2), (31, 1))


def test_pictures_without_their_media_are_still_counted():
    photo = png(20, 20, b"\x80")

    def finish(_made, sheet):
        sheet.insert_image(2, 4, "1.png", {"image_data": io.BytesIO(photo)})

    parts = parts_of(book(ROWS, finish=finish))
    slim = zipped({name: part for name, part in parts.items() if "/media/" not in name})
    grid = sheet_of(slim)
    assert grid.traits.pictures == ((3, 1),)
    assert rows_of(grid) == TEXTS


IMAGE = '_xlfn.DISPIMG("ID_0011223344556677",1)'


@pytest.mark.parametrize(
    "cell",
    [
        f'<c r="C3" t="str"><f>{IMAGE}</f><v>=DISPIMG("ID_0011223344556677",1)</v></c>',
        f'<c r="C3" t="e"><f>{IMAGE}</f><v>#NAME?</v></c>',
        f'<c r="C3"><f>{IMAGE.replace(chr(34), "&quot;")}</f></c>',
        '<c r="C3" t="e" vm="1"><v>#VALUE!</v></c>',
    ],
    ids=["wps", "wps opened elsewhere", "never calculated", "excel"],
)
def test_a_picture_in_a_cell_is_counted_and_the_cell_is_blank(cell):
    row = cell.encode()
    content = changed(
        book(ROWS),
        lambda part: part.replace(b'</c></row><row r="4"', b"</c>" + row + b'</row><row r="4"'),
    )
    grid = sheet_of(content)
    assert grid.traits.pictures == ((3, 1),)
    assert grid.traits.unvalued == ()
    assert rows_of(grid) == TEXTS


def test_a_picture_kept_as_mere_text_is_counted_too():
    grid = sheet_of(book([["图片"], ['=DISPIMG("ID_0011",1)'], ["见DISPIMG(说明"]]))
    assert grid.traits.pictures == ((2, 1),)
    assert rows_of(grid) == [["图片"], [None], ["见DISPIMG(说明"]]


@pytest.mark.parametrize(
    ("cell", "unvalued"),
    [
        (b"<f>B3&amp;1</f>", ((2, 2, "B3&1"),)),
        (b"<f>B3&amp;1</f><v></v>", ((2, 2, "B3&1"),)),
        (b"<f>B3&amp;1</f><v/>", ((2, 2, "B3&1"),)),
        (b'<f t="shared" si="0"/>', ((2, 2, ""),)),
        (b"<f>1+1</f><v>2</v>", ()),
    ],
)
def test_formulas_saved_without_a_result_are_told(cell, unvalued):
    content = changed(
        book(ROWS), lambda part: part.replace(b'<c r="B2"><v>2</v>', b'<c r="B2">' + cell)
    )
    assert sheet_of(content).traits.unvalued == unvalued
    bare = changed(content, without_places)
    assert sheet_of(bare).traits.unvalued == unvalued


def test_rows_of_nothing_but_formulas_without_a_result_are_not_lost():
    last = '<row r="5"><c r="A5"><f>B2</f></c><c r="D5"><f>B3</f><v></v></c></row>'
    grid = sheet_of(changed(book(ROWS), added(last)))
    assert rows_of(grid) == [*([*row, None] for row in TEXTS), [None] * 4]
    assert grid.traits.unvalued == ((5, 1, "B2"), (5, 4, "B3"))
    alone = changed(book([[1]]), lambda part: part.replace(b"<v>1</v>", b"<f>B2</f>"))
    assert rows_of(sheet_of(alone)) == [[None]]


def test_a_formula_whose_result_is_an_empty_text_has_one():
    content = changed(
        book(ROWS),
        lambda part: part.replace(
            b'<c r="B2"><v>2</v>', b'<c r="B2" t="str"><f>IF(1,"",2)</f><v></v>'
        ),
    )
    assert sheet_of(content).traits.unvalued == ()


def test_merges_are_read_with_prefix_and_without():
    def finish(_made, sheet):
        sheet.merge_range(5, 0, 6, 1, "合")

    content = book(ROWS, finish=finish)
    for made in (content, changed(content, prefixed)):
        assert sheet_of(made).merges == (Merge(6, 7, 1, 2),)


@pytest.mark.parametrize("place", ["XFD1048576", "XFD5", "ZZZ9", "SS5"])
def test_a_stray_cell_beyond_the_columns_is_refused_by_name(place):
    row = re.sub(r"\D", "", place)
    stray = f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'
    refusal = code_of(changed(book(ROWS), added(stray)))
    assert (refusal.code, refusal.facts["cell"]) == ("far_cell", place)
    quoted = stray.replace('"', "'")
    assert code_of(changed(book(ROWS), added(quoted))).code == "far_cell"


def test_formatting_alone_reaches_as_far_as_it_likes():
    phantom = "".join(
        f'<row r="{row}" s="1"><c r="A{row}" s="0"/><c r="XFD{row}" s="0"></c></row>'
        for row in range(10, 64_010)
    )
    assert rows_of(sheet_of(changed(book(ROWS), added(phantom)))) == TEXTS


def test_a_word_in_the_last_row_costs_little_and_stays_where_it_is():
    stray = '<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>误填</t></is></c></row>'
    small = IntakeLimits(child_memory_mb=250)  # the reader alone would take 800
    many = changed(book([*ROWS, ["z"] * 40]), added(stray.replace("B1048576", "AB1048576")))
    assert code_of(many, IntakeLimits()).code == "too_large"
    grid = sheet_of(changed(book(ROWS), added(stray)), small)
    assert grid.cells.num_rows == 1_048_576
    assert rows_of_slice(grid, 1_048_575) == [None, "误填", None]
    assert [rows_of_slice(grid, at) for at in range(4)] == TEXTS
    assert grid.cells.column(1).null_count == 1_048_576 - 4


def rows_of_slice(grid, at):
    return list(grid.cells.slice(at, 1).to_pylist()[0].values())


def test_too_many_sheets_rows_or_cells_are_refused_with_the_limit():
    def finish(made, _sheet):
        made.add_worksheet("乙")

    for content, limits, code, limit in (
        (book(ROWS, finish=finish), IntakeLimits(max_sheets=1), "too_many_sheets", 1),
        (book(ROWS), IntakeLimits(max_rows=3), "too_many_rows", 3),
        (book(ROWS), IntakeLimits(max_columns=2), "too_many_columns", 2),
        (book(ROWS), IntakeLimits(max_cells=100), "too_large", 100),
    ):
        refusal = code_of(content, limits)
        assert (refusal.code, refusal.facts["limit"]) == (code, limit)
    assert rows_of(sheet_of(book(ROWS), IntakeLimits(max_rows=4, max_columns=3))) == TEXTS


DECLARED = b'<!DOCTYPE a [<!ENTITY x "y">]>'


@pytest.mark.parametrize(
    "part",
    [
        SHEET,
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    ],
)
def test_a_declaration_in_any_part_is_refused(part):
    def declared(xml: bytes) -> bytes:
        return re.sub(rb"^(<\?xml[^>]*\?>)", rb"\1<!-- " + b"x" * 5000 + rb" -->" + DECLARED, xml)

    assert code_of(changed(book(ROWS), declared, part)).code == "dtd"


def test_a_declaration_in_two_byte_letters_is_refused():
    def wide(xml: bytes) -> bytes:
        return xml.replace(b"?>", b"?>" + DECLARED, 1).decode().encode("utf-16")

    assert code_of(changed(book(ROWS), wide)).code == "dtd"


def test_a_word_like_a_declaration_in_a_cell_is_only_text():
    assert rows_of(sheet_of(book([["<!DOCTYPE a>"]]))) == [["<!DOCTYPE a>"]]
