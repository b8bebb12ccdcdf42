"""The review list: which records it asks about, what it shows of them, and its way back."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from riskpipe import reception
from riskpipe.cli.application import main
from riskpipe.intake.look import whole
from riskpipe.rules import Rules
from riskpipe.tables.register import Findings, Reviews, Tipoffs
from riskpipe.tables.shared import Run
from riskpipe.vocabulary import Kind
from riskpipe.walk.inspecting import desk_for
from riskpipe.walk.reviewing import Asked, listed
from riskpipe.walk.trouble import UseError
from tests.rows import rows, values
from tests.walking import office_at, walk

PICKED, SAMPLED = "归类复核单", "抽检"
DAY = dt.date(2026, 11, 5)


def tipoff(number, category="事故灾难", margin=0.5, **more):
    base = {"tipoff_no": number, "category": category, "front_runner": category, "margin": margin}
    base |= {"row_id": number, "runner_up": "非突发事件", "reported_at": "2026-10-08 09:00"}
    return base | {"category_basis": "规则"} | more


def finding(number, margin=0.5, **more):
    base = {"finding_no": number, "row_id": number, "category": "事故灾难", "margin": margin}
    base |= {"inspected_on": "2026-10-08", "category_basis": "规则", "item_no": 1}
    return base | more


def registered(folder: Path, tipoffs=(), findings=(), reviews=()):
    """An office whose register holds these rows, as if a run had just ended."""
    office = office_at(folder)
    for key, model, given in (
        ("register/tipoffs", Tipoffs, tipoffs),
        ("register/findings", Findings, findings),
        ("register/reviews", Reviews, reviews),
        ("calendar/run", Run, [{"as_of_on": "2026-11-03"}]),
    ):
        office.warehouse.write(key, rows(model, list(given)), "stamp")
    return office


def sheets_of(office, month="", limit=200, sample=0, seed=1):
    """Sheet → its rows by heading, of a list that is written and thrown away."""
    path = office.settings.warehouse / "list.xlsx"
    path.unlink(missing_ok=True)
    listed(office, Asked(month, limit, sample, seed), path)
    book = openpyxl.load_workbook(path)
    return {name: table(book[name]) for name in (PICKED, SAMPLED) if name in book.sheetnames}


def table(sheet):
    heads = [cell.value for cell in sheet[3]]
    return [
        dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True)
    ]


def numbers(given):
    return [row["编号"] for row in given]


def test_unclassified_first_then_the_least_margin_and_nothing_decided(tmp_path):
    office = registered(
        tmp_path,
        [
            tipoff("A", margin=0.3),
            tipoff("B", "未分类", 0.02, front_runner="事故灾难"),
            tipoff("C", margin=0.01, category_basis="复核"),
            tipoff("D", "未分类", 0.01, front_runner="社会安全事件"),
            tipoff("E", margin=0.02, category_basis="更正"),
        ],
        [finding("F", margin=0.1)],
    )
    assert numbers(sheets_of(office)[PICKED]) == ["D", "B", "F", "A"]
    assert numbers(sheets_of(office, limit=3)[PICKED]) == ["D", "B", "F"]


def test_of_records_judged_alike_three_come_in_their_turn(tmp_path):
    alike = [tipoff(f"A{n}", margin=0.1) for n in range(5)]
    office = registered(tmp_path, [*alike, tipoff("B", margin=0.2), tipoff("C", margin=0.1)])
    other = [tipoff("D", "自然灾害", 0.1)]
    assert numbers(sheets_of(office)[PICKED]) == ["A0", "A1", "A2", "B", "A3", "A4", "C"]
    office = registered(tmp_path, [*alike, *other])
    assert numbers(sheets_of(office)[PICKED]) == ["A0", "A1", "A2", "D", "A3", "A4"]


def test_a_month_is_the_statistical_month_of_the_record(tmp_path):
    office = registered(
        tmp_path,
        [
            tipoff("A", reported_at="2026-09-30 23:59"),
            tipoff("B", reported_at="2026-10-01 00:00"),
            tipoff("C", reported_at=None, received_on="2026-10-02"),
        ],
        [finding("F", inspected_on=None, received_on="2026-09-03")],
    )
    assert sorted(numbers(sheets_of(office, "2026-10")[PICKED])) == ["B", "C"]
    assert sorted(numbers(sheets_of(office, "2026-09")[PICKED])) == ["A", "F"]
    assert listed(office, Asked("2026-08", 9, 0, 1), None) is None
    with pytest.raises(UseError, match="2026-13"):
        listed(office, Asked("2026-13", 9, 0, 1), None)


def test_a_row_shows_both_sides_and_the_beginning_of_the_masked_text(tmp_path):
    text = "渠边护栏倒伏，" * 40
    office = registered(
        tmp_path,
        [
            tipoff(
                "A",
                "未分类",
                0.0123,
                front_runner="事故灾难",
                evidence="护栏+2.0",
                against="来源+1.9",
                title="护栏倒伏",
                content=text,
            )
        ],
        [
            finding("F", description="配电箱\n无门", item_no=1, row_id="f1"),
            finding("F", description="灭火器过期", item_no=2, row_id="f2", evidence="灭火器+3"),
        ],
    )
    first, second, third = sheets_of(office)[PICKED]
    assert first | {"规则版本": ""} == {
        "序号": 1,
        "报表": "举报登记",
        "编号": "A",
        "月份": "2026-10",
        "标题": "护栏倒伏",
        "摘要": text[:160] + "…",
        "系统类别": "未分类",
        "系统种类": None,
        "把握": 0.012,
        "依据": "事故灾难：护栏+2.0",
        "反面依据": "非突发事件：来源+1.9",
        **dict.fromkeys(["复核类别", "复核种类", "复核人", "复核日期", "复核说明"]),
        "抽取方式": "待复核",
        "规则版本": "",
    }
    assert len(first["规则版本"]) == 16
    assert [(row["编号"], row["摘要"]) for row in (second, third)] == [
        ("F#1", "配电箱 无门"),
        ("F#2", "灭火器过期"),
    ]


def test_the_sample_is_of_the_others_that_were_classified_and_the_same_for_its_seed(tmp_path):
    doubtful = [tipoff(f"D{n}", margin=0.01 + n / 1000) for n in range(3)]
    unclassified = [tipoff(f"U{n}", "未分类", 0.0) for n in range(9)]
    others = [tipoff(f"T{n:02}", margin=0.5 + n / 1000) for n in range(50)]
    office = registered(tmp_path, [*doubtful, *unclassified, *others])
    drawn = numbers(sheets_of(office, limit=6, sample=10)[SAMPLED])
    assert len(set(drawn)) == 10
    assert {number[0] for number in drawn} <= {"D", "T"}
    assert drawn == numbers(sheets_of(office, limit=6, sample=10)[SAMPLED])
    assert drawn != numbers(sheets_of(office, limit=6, sample=10, seed=2)[SAMPLED])
    fewer = registered(tmp_path, [row for row in others if row["tipoff_no"] not in drawn[:3]])
    kept = [number for number in drawn[3:] if number[0] == "T"]
    assert numbers(sheets_of(fewer, limit=1, sample=20)[SAMPLED])[: len(kept)] == kept


def test_the_sample_takes_all_when_few_are_left(tmp_path):
    office = registered(tmp_path, [tipoff(f"T{n}", margin=n / 10) for n in range(4)])
    sheets = sheets_of(office, limit=1, sample=9)
    assert sorted(numbers(sheets[SAMPLED])) == ["T1", "T2", "T3"]
    assert {row["抽取方式"] for row in sheets[SAMPLED]} == {"抽检"}


def test_the_same_register_gives_the_same_bytes_and_no_file_is_lost(tmp_path):
    office = registered(tmp_path, [tipoff("A"), tipoff("B")])
    asked, path = Asked("", 9, 1, 1), tmp_path / "单" / "复核.xlsx"
    assert listed(office, asked, path).is_new
    content = path.read_bytes()
    assert not listed(office, asked, path).is_new
    path.write_bytes(b"filled in")
    with pytest.raises(UseError, match="已有同名文件"):
        listed(office, asked, path)
    with pytest.raises(UseError, match="复核.xlsx"):
        listed(office, asked, tmp_path / "单")
    path.unlink()
    listed(office, asked, path)
    assert path.read_bytes() == content


def test_before_the_first_run_it_says_what_to_do(tmp_path):
    with pytest.raises(UseError, match="riskpipe run"):
        listed(office_at(tmp_path), Asked("", 9, 0, 1), None)


def test_nothing_typed_in_a_text_becomes_a_formula(tmp_path):
    office = registered(
        tmp_path, [tipoff("A", content='=HYPERLINK("http://x","y")', title="@SUM(1)")]
    )
    (row,) = sheets_of(office)[PICKED]
    assert (row["摘要"], row["标题"]) == ('=HYPERLINK("http://x","y")', "@SUM(1)")
    path = office.settings.warehouse / "list.xlsx"
    cells = [cell for line in openpyxl.load_workbook(path)[PICKED].iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def answer(path: Path, answers, sheet=PICKED) -> None:
    """Fill rows in as a person would: 编号 → (复核类别, 复核种类, 复核人, 复核日期, 复核说明)."""
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book[sheet][3]}
    names = ("复核类别", "复核种类", "复核人", "复核日期", "复核说明")
    for line in range(4, book[sheet].max_row + 1):
        said = answers.get(book[sheet].cell(line, heads["编号"]).value, ())
        for name, value in zip(names, said, strict=False):
            book[sheet].cell(line, heads[name]).value = value
    book.save(path)


def test_what_comes_back_is_read_without_a_word_changed(tmp_path):
    office = registered(
        tmp_path, [tipoff(f"JB-{n}", margin=n / 10, title="标题") for n in range(1, 9)]
    )
    path = tmp_path / "back.xlsx"
    listed(office, Asked("", 200, 0, 1), path)
    answer(
        path,
        {
            "JB-1": ("自然灾害", "地质", "周敬文", DAY),
            "JB-2": ("自然灾害", "火灾", "周敬文", DAY),
            "JB-3": ("事故灾难", None, None, DAY),
            "JB-4": ("事故灾难", None, "周敬文"),
            "JB-5": ("未分类", None, "周敬文", DAY),
            "JB-6": (None, None, "周敬文", DAY, "拿不准"),
            "JB-7": (None, "火灾", "周敬文", DAY),
        },
    )
    found = reception.inspect(path, desk_for(office))
    (sheet,) = [one for one in found["sheet_accounts"] if one["sheet"] == PICKED]
    assert (sheet["rows_accepted"], sheet["rows_rejected"], sheet["blanks"]) == (2, 4, 2)
    assert sheet["unread"] is None
    assert [(line["row_no"], line["heading"], line["rule"]) for line in found["rejected_rows"]] == [
        (6, "复核人", "missing"),
        (7, "复核日期", "missing"),
        (8, "复核类别", "bad_code"),
        (10, "复核类别", "missing"),
    ]
    assert [(line["row_no"], line["rule"], line["value"]) for line in found["rejected_cells"]] == [
        (5, "misplaced_kind", "火灾")
    ]


def test_what_was_said_arrives_with_what_the_system_had_said(tmp_path):
    text = {"description": "配电箱无门", "subcategory": "火灾", "margin": 0.25}
    office = registered(
        tmp_path, findings=[finding("YH-1", row_id=f"f{n}", item_no=n, **text) for n in (1, 2)]
    )
    path = tmp_path / "back.xlsx"
    listed(office, Asked("", 200, 0, 1), path)
    answer(path, {"YH-1#2": ("自然灾害", "气象", "周敬文", DAY, "找王小禾13900139123核实")})
    desk = desk_for(office)
    transcript = reception.transcribe(whole(path.read_bytes()), path.name, desk)
    (row,) = reception.receive(transcript, desk).tables[Kind.REVIEWS].to_pylist()
    assert "13900139123" not in row.pop("reason")
    place = ("row_id", "content_hash", "record_key", "row_hash", "rule_version")
    assert {name: value for name, value in row.items() if name not in place} == {
        "sheet": PICKED,
        "row_no": 5,
        "subject_table": "隐患排查台账",
        "subject_no": "YH-1#2",
        "drawn_as": "待复核",
        "system_category": "事故灾难",
        "system_subcategory": "火灾",
        "system_margin": 0.25,
        "category": "自然灾害",
        "subcategory": "气象",
        "reviewed_by": "周敬文",
        "reviewed_on": DAY,
    }


HEADINGS = "工单编号,工单标题,诉求内容,区交办时间,镇街,区交办主办单位"
COINED = "赫拉石墩"
"""A word no lexicon knows; the office's own rule makes it one of 公共卫生事件."""


def delivered(folder: Path) -> None:
    path = folder / "raw/2026-11-02/区热线/12345转办_2026-10.csv"
    path.parent.mkdir(parents=True)
    lines = [f"GD-{n},路口,路口有{COINED}，我叫王小禾，电话13900139123,2026-10-0{n} 09:00,红旗街道,区城管局"
             for n in (1, 2, 3)]  # fmt: skip
    path.write_text("\n".join([HEADINGS, *lines]) + "\n", "utf-8-sig")


def overlay(folder: Path) -> None:
    """The office teaches the word."""
    header = Rules(Path("nowhere")).rows("classification/lexicon")[0]
    said = {
        "id": "ZZ1",
        "word": COINED,
        "category": "公共卫生事件",
        "weight": "9",
        "kind": "hazard",
    }
    row = dict.fromkeys(header, "") | said
    path = folder / "raw/rules/classification/lexicon.csv"
    path.parent.mkdir(parents=True)
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", "utf-8")


def test_a_filled_list_decides_and_outlives_a_change_of_rules(tmp_path):
    delivered(tmp_path)
    office = office_at(tmp_path)
    walk(office)
    columns = ("tipoff_no", "category", "category_basis")
    assert {row[1:] for row in values(office.warehouse.read("register/tipoffs"), *columns)} == {
        ("非突发事件", "规则")
    }
    back = tmp_path / "raw/2026-11-06/区应急管理局/归类复核单.xlsx"
    listed(office, Asked("", 200, 0, 1), back)
    shown = str([c.value for s in openpyxl.load_workbook(back) for line in s for c in line])
    assert COINED in shown
    assert "13900139123" not in shown
    assert "王小禾" not in shown
    answer(
        back,
        {"GD-1": ("事故灾难", "火灾", "周敬文", DAY), "GD-2": ("非突发事件", None, "周敬文", DAY)},
    )
    walk(office)
    assert values(office.warehouse.read("register/tipoffs"), *columns) == [
        ("GD-1", "事故灾难", "复核"),
        ("GD-2", "非突发事件", "复核"),
        ("GD-3", "非突发事件", "规则"),
    ]
    overlay(tmp_path)
    office = office_at(tmp_path)
    walk(office)
    assert values(office.warehouse.read("register/tipoffs"), *columns) == [
        ("GD-1", "事故灾难", "复核"),
        ("GD-2", "非突发事件", "复核"),
        ("GD-3", "公共卫生事件", "规则"),
    ]
    old = values(office.warehouse.read("register/amendments"), "column_name", "old_text")
    assert [text for name, text in old if name == "category"] == ["非突发事件", "非突发事件"]


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RISKPIPE_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("RISKPIPE_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("RISKPIPE_KEY_FILE", str(tmp_path / "riskpipe.key"))
    return tmp_path


def test_the_command_writes_under_the_register_s_day_and_tells_the_next_step(at_home, capsys):
    registered(at_home, [tipoff("A", "未分类", 0.0), tipoff("B")])
    assert main(["review", "--limit", "1", "--sample", "5"]) == 0
    said = capsys.readouterr().out
    assert "尚未复核 2 条，其中未分类 1 条；列出 1 条，抽检 1 条" in said
    assert "内部使用，不得外传" in said
    assert (at_home / "归类复核单_2026-11-03.xlsx").exists()
    assert main(["review", "--month", "2026-10", "--limit", "1"]) == 0
    assert (at_home / "归类复核单_2026-10.xlsx").exists()


def test_the_command_tells_how_often_the_office_agreed(at_home, capsys):
    def came_back(number, system, category, drawn_as):
        row = {"subject_no": number, "system_category": system, "category": category}
        return row | {"drawn_as": drawn_as, "row_id": number, "record_key": number}

    registered(at_home)
    assert main(["review"]) == 0
    assert main(["review", "--result"]) == 0
    said = capsys.readouterr().out
    assert "没有需要复核的记录" in said
    assert "还没有收回的归类复核单" in said
    sample = [came_back(f"S{n}", "事故灾难", "事故灾难", "抽检") for n in range(19)]
    sample += [came_back("S19", "事故灾难", "非突发事件", "抽检")]
    doubtful = [came_back("D1", "未分类", "事故灾难", "待复核")]
    registered(at_home, reviews=[*sample, *doubtful])
    assert main(["review", "--result"]) == 0
    said = capsys.readouterr().out
    assert "系统归为未分类：复核 1 条\n" in said
    assert "系统归为事故灾难：复核 20 条，一致 19 条" in said
    assert "抽检 20 条，归错 1 条，差错率 5.0%（95% 的把握在 0.9% 到 23.6% 之间）" in said
