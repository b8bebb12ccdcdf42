"""Everything the truth claims to have planted stands in the files, where it says."""

import hashlib
import html
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from ahocorasick_rs import AhoCorasick

from riskpipe.demo.wording import load_wording
from riskpipe.vocabulary import SUBCATEGORIES
from tests.demo import counting
from tests.demo.conftest import build

FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@pytest.fixture(scope="module")
def everything(city) -> dict[Path, str]:
    """All text of every delivered file, by path."""
    return {path: _text(path) for path in sorted(city.raw.glob("2*/*/*.*"))}


def _text(path: Path) -> str:
    if path.suffix == ".csv":
        content = path.read_bytes()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("gb18030")
    with zipfile.ZipFile(path) as book:
        parts = [n for n in book.namelist() if n.startswith("xl/") and n.endswith(".xml")]
        xml = "\n".join(book.read(n).decode() for n in parts)
    return html.unescape(re.sub(r"<[^>]+>", "\n", xml))


def test_every_personal_value_stands_in_the_files(city, everything):
    whole = "\n".join(everything.values()).translate(FULL_WIDTH)
    whole += "\n".join(p.name for p in everything)
    folded = re.sub(r"[ -]", "", whole)
    rows = city.table("personal")
    values = sorted({r["value"] for r in rows})
    finder = AhoCorasick(values)
    found = {v for text in (whole, folded) for v in finder.find_matches_as_strings(text, True)}
    assert set(values) - found == set()
    assert {r["place"] for r in rows} == {"column", "text", "file"}
    kinds = {"name", "phone", "idno", "home", "account", "wechat", "email", "plate", "recording"}
    assert {r["kind"] for r in rows} == kinds


def test_every_number_is_unique_and_stands_in_the_files(city, everything):
    rows = city.table("numbers")
    numbers = [r["number"] for r in rows]
    assert len(numbers) == len(set(numbers))
    words = {
        w for text in everything.values() for w in re.findall(r"[A-Z]{2,3}-?[A-Z0-9-]{9,}", text)
    }
    assert set(numbers) <= words


def test_no_phone_is_part_of_a_number(city):
    shape = re.compile(r"(?=(1[3-9]\d00\d{6}))")
    phones = {r["value"] for r in city.table("personal") if r["kind"] == "phone"}
    assert phones
    assert all(re.fullmatch(r"1[3-9]\d00\d{6}", p) for p in phones)
    for row in city.table("numbers"):
        assert not shape.search(row["number"].replace("-", "")), row["number"]


def test_bad_cells_stand_where_the_truth_says(city):
    bad = city.truth["bad_cells"]
    assert 15 <= len(bad) <= 20
    for cell in bad:
        path = city.raw / cell["file"]
        if path.suffix == ".csv":
            encoding = "gb18030" if "12345" in path.name else "utf-8-sig"
            row = counting.csv_rows(path, encoding)[cell["row"] - 2]
            assert row[cell["column"]] == cell["value"]
            continue
        sheet = openpyxl.load_workbook(path)[cell["sheet"]]
        heads = {c.value: c.column for r in sheet.iter_rows(max_row=3) for c in r if c.value}
        value = sheet.cell(cell["row"], heads[cell["column"]]).value
        assert (value or "") == cell["value"]


def test_shared_hazards_have_several_tellers_in_other_words(city):
    groups = city.truth["hazards"]
    assert len(groups) > 20
    assert all(len(set(g)) == len(g) > 1 for g in groups.values())
    known = {r["number"] for r in city.table("numbers")}
    assert {n for g in groups.values() for n in g} <= known
    assert any(n.startswith("YH-") for g in groups.values() for n in g)


def test_faults_recurrences_and_duplicates_are_planted(city):
    truth = city.truth
    known = {r["number"] for r in city.table("numbers")}
    assert {m["number"] for m in truth["illegal_moves"]} <= known
    assert {m["kind"] for m in truth["illegal_moves"]} == {"隐患", "举报"}
    assert truth["recurrences"]
    assert {n for pair in truth["recurrences"] for n in pair} <= known
    assert truth["backdated"]
    assert truth["duplicate_payouts"]
    assert not set(truth["orphans"]) & known
    golden = [d for d in truth["duplicate_payouts"] if "JB-2025" in d["tipoff"]]
    assert all(d["tipoff"].startswith("JB-202512") for d in golden)


def test_the_outbreak_stands_out(city):
    outbreak = city.truth["outbreak"]
    rows = [
        r for r in city.table("numbers")
        if r["street"] == outbreak["street"] and r["subcategory"] == outbreak["subcategory"]
        and r["source"] != "premises"
    ]  # fmt: skip
    by_month = {}
    for r in rows:
        label = f"{r['happened_at']:%Y-%m}"
        by_month[label] = by_month.get(label, 0) + 1
    now = by_month.pop(outbreak["month"])
    assert now >= 2 * max(by_month.values())


def test_files_with_a_story(city):
    stories = {f["story"]: f for f in city.truth["files"]}
    twin = stories["identical"]
    hashes = {
        hashlib.sha256((city.raw / twin[k]).read_bytes()).hexdigest() for k in ("file", "same_as")
    }
    assert len(hashes) == 1
    missing = stories["missing"]
    pattern = f"*/{missing['sender']}/隐患排查台账_{missing['month']}.xlsx"
    assert not list(city.raw.glob(pattern))
    zero = stories["zero_report"]
    [path] = city.raw.glob(f"*/{zero['sender']}/隐患排查台账_{zero['month']}.xlsx")
    sheet = openpyxl.load_workbook(path)["报送信息"]
    said = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert said["本期有无数据"] == "无（零报告）"
    assert counting.form_rows(path, "隐患排查台账") == []
    assert re.search(r"1\d{10}", Path(stories["named_file"]["file"]).name)


def test_heaping_streets_finish_on_the_deadline(city):
    on_time = {}
    for path in counting.delivered(city.raw, "隐患排查台账_2025-12.xlsx"):
        rows = [r for r in counting.form_rows(path, "隐患排查台账") if r.get("整改完成日期")]
        rows = [r for r in rows if r["整改期限"] != r["检查日期"]]
        if rows:
            same = sum(r["整改完成日期"] == r["整改期限"] for r in rows)
            on_time[path.parts[-2]] = same / len(rows)
    heaping = {s for s in on_time if on_time[s] > 0.6}
    assert heaping == set(city.truth["heaping_streets"])


def test_every_subcategory_has_texts_in_both_voices():
    wording = load_wording()
    for category, subcategories in SUBCATEGORIES.items():
        for subcategory in subcategories:
            concepts = wording.of_subcategory[(category, subcategory)]
            assert all(c.formal and c.spoken and c.formal != c.spoken for c in concepts)
    assert len({c.formal for c in wording.concepts}) == len(wording.concepts)


def test_same_seed_same_bytes_and_another_seed_another_city(tmp_path):
    first, again, other = (
        build(tmp_path / name, scale=0.02, months=2, seed=seed)
        for name, seed in (("a", 3), ("b", 3), ("c", 4))
    )
    assert _hashes(first.raw.parent) == _hashes(again.raw.parent)
    assert _hashes(first.raw.parent) != _hashes(other.raw.parent)


def test_a_month_does_not_depend_on_how_many_are_asked_for(city, tmp_path):
    short = build(tmp_path, scale=0.02, months=5, seed=7)
    long_hashes, short_hashes = _hashes(city.raw), _hashes(short.raw)
    # These cite rows of the months before, which the short window does not hold.
    citing = ("办理记录", "奖励发放", "隐患排查台账")
    new = [
        p for p in short_hashes if p.startswith("2026-11") and not any(word in p for word in citing)
    ]
    assert len(new) > 10
    assert {p: short_hashes[p] for p in new} == {p: long_hashes[p] for p in new}
    numbers = {r["number"] for r in city.table("numbers")}
    assert {r["number"] for r in short.table("numbers")} <= numbers


def _hashes(root: Path) -> dict[str, str]:
    return {
        p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(root.rglob("*.*"))
    }
