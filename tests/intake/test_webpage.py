"""Web pages under an Excel name: their tables become grids, their tricks do not."""

import pytest

from riskpipe.intake.grid import Merge, Refusal
from riskpipe.intake.workbook import page_grids
from riskpipe.settings import IntakeLimits

LIMITS = IntakeLimits()


def rows_of(grid):
    return [list(row.values()) for row in grid.cells.to_pylist()]


def tables(page: str | bytes, limits=LIMITS):
    content = page if isinstance(page, bytes) else page.encode()
    return page_grids(content, limits)


def refused(page: str | bytes, limits=LIMITS) -> str:
    with pytest.raises(Refusal) as caught:
        tables(page, limits)
    return caught.value.code


def test_a_plain_table_is_read_cell_by_cell():
    (grid,) = tables(
        "<html><table><tr><th>编号</th><th> 描述 </th></tr>"
        "<tr><td>007</td><td>通道&lt;1.2&nbsp;米 &amp; 堆物<br>\n  第二行</td></tr>"
        "<tr><td></td><td>=1+1</td></tr></table></html>"
    )
    assert grid.name == ""
    assert rows_of(grid) == [
        ["编号", "描述"],
        ["007", "通道<1.2 米 & 堆物\n第二行"],
        [None, "=1+1"],
    ]


def test_tags_left_open_end_where_browsers_end_them():
    (grid,) = tables("<TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d")
    assert rows_of(grid) == [["a", "b"], ["c", "d"]]


def test_spans_become_merges_and_push_other_cells_aside():
    (grid,) = tables(
        "<table><tr><td colspan=3>台账</td></tr>"
        "<tr><td rowspan='2'>甲</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    )
    assert rows_of(grid) == [["台账", None, None], ["甲", "1", "2"], [None, "3", "4"]]
    assert grid.merges == (Merge(1, 1, 1, 3), Merge(2, 3, 1, 1))


def test_several_tables_are_several_sheets_and_a_frame_around_them_is_none():
    found = tables(
        "<table><tr><td>"
        "<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"
        "</td></tr><tr><td>"
        "<table><tr><td>c</td><td>d</td></tr><tr><td>3</td><td>4</td></tr></table>"
        "</td></tr></table>"
    )
    assert [(grid.name, rows_of(grid)) for grid in found] == [
        ("表1", [["a", "b"], ["1", "2"]]),
        ("表2", [["c", "d"], ["3", "4"]]),
    ]


def test_a_small_table_in_a_cell_is_part_of_its_text():
    (grid,) = tables(
        "<table><tr><td>编号</td><td>内容</td></tr><tr><td>1</td><td>见"
        "<table><tr><td>楼道</td></tr><tr><td>堆物</td></tr></table></td></tr></table>"
    )
    assert rows_of(grid) == [["编号", "内容"], ["1", "见\n楼道\n堆物"]]


def test_scripts_styles_and_comments_are_no_text():
    (grid,) = tables(
        "<style>td{a:b}</style><!--[if gte mso 9]><xml><td>x</td></xml><![endif]-->"
        "<table><script>document.write('<tr><td>偷</td></tr>')</script>"
        "<tr><td>a<script>1</script></td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    assert rows_of(grid) == [["a", "b"], ["1", "2"]]


def test_rows_not_shown_and_pictures_are_marked():
    (grid,) = tables(
        "<table><tr><td>a</td><td>b</td></tr>"
        "<tr style='height:1px; display: none'><td>1</td><td><img src='file:///etc/x'></td></tr></table>"
    )
    assert grid.traits.hidden_rows == (2,)
    assert grid.traits.pictures == ((2, 1),)


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("said", ["utf-8", "gb2312", ""])
def test_the_bytes_decide_the_encoding_not_the_page(written, said):
    head = f"<meta charset='{said}'>" if said else ""
    page = f"<html>{head}<table><tr><td>红旗街道，隐患排查</td></tr><tr><td>楼道堆放杂物</td></tr></table>"
    assert rows_of(tables(page.encode(written))[0]) == [["红旗街道，隐患排查"], ["楼道堆放杂物"]]


def test_a_character_set_that_bytes_do_not_tell_is_believed_or_refused():
    page = "<meta charset='big5'><table><tr><td>隱患</td><td>b</td></tr></table>"
    assert rows_of(tables(page.encode("big5"))[0]) == [["隱患", "b"]]
    assert refused(page.replace("big5", "no-such-set").encode("big5")) == "encoding"


def test_spans_cannot_starve_the_reader():
    wide = "<table><tr><td colspan='9999999'>a</td></tr></table>"
    assert refused(wide) == "too_many_columns"
    (deep,) = tables("<table><tr><td rowspan='9999999'>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
                     IntakeLimits(max_rows=50))  # fmt: skip
    assert rows_of(deep) == [["a", "b"], [None, "c"]]
    many = "<table>" + "<tr><td>1</td></tr>" * 30 + "</table>"
    assert refused(many, IntakeLimits(max_rows=20)) == "too_many_rows"
    assert refused(many, IntakeLimits(max_cells=20)) == "too_large"
    assert refused("<table><tr><td>1</table>" * 9, IntakeLimits(max_sheets=8)) == "too_many_sheets"


def test_deep_nesting_neither_hangs_nor_crashes():
    (grid,) = tables("<table><tr><td>x" * 3000)
    assert "x" in rows_of(grid)[0][0]


def test_what_follows_a_bad_page_is_read(tmp_path):
    assert refused("<table><tr><td colspan=600>", IntakeLimits()) == "too_many_columns"
    assert rows_of(tables("<table><tr><td>a</td></tr></table>")[0]) == [["a"]]
