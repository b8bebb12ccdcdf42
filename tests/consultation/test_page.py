"""The page prints the issue and nothing else: same numbers, right words, no way out."""

import json
import re
from pathlib import Path

import pytest

from riskpipe.consultation import compute_issue, write_alone, write_issue
from tests.consultation import city
from tests.consultation.reading import Page

SLOT = "六、典型案例.txt"


@pytest.fixture(scope="module")
def html(folder):
    return (folder / "index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


@pytest.fixture(scope="module")
def record(folder):
    return json.loads((folder / "issue.json").read_text("utf-8"))


def test_numbers_on_the_page_are_those_of_the_issue(page, record):
    printed = {}
    for number_id, text in page.numbers:
        assert printed.setdefault(number_id, text) == text
    assert printed == {n: number["text"] for n, number in record["numbers"].items()}


def test_every_sentence_is_on_the_page(page, record):
    def sentences(value):
        if isinstance(value, dict):
            if set(value) == {"text", "parts"}:
                yield value["text"]
            for inner in value.values():
                yield from sentences(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from sentences(inner)

    told = list(sentences([record["summary"], record["chapters"], record["annexes"]]))
    assert len(told) > 80
    for text in told:
        assert text in page.text


def test_figures_hold_the_numbers_of_their_tables(html, record):
    held = json.loads(re.search(r'id="figures">(.*?)</script>', html, re.DOTALL).group(1))
    charts = [b for c in record["chapters"] for b in c["blocks"] if b["is"] == "chart"]
    assert list(held["figures"]) == [f"plot-{chart['id']}" for chart in charts]
    for chart in charts:
        drawn = held["figures"][f"plot-{chart['id']}"]["data"]
        wanted = [_values(series, record) for series in chart["series"]]
        if chart["kind"] == "heat":
            assert [list(column) for column in zip(*drawn[0]["z"], strict=True)] == wanted
        else:
            across = [
                trace["x"] if trace.get("orientation") == "h" or trace.get("xaxis") == "x2"
                else trace["y"]
                for trace in drawn
            ]  # fmt: skip
            assert across == wanted


def _values(series, record):
    found = []
    for cell in series["values"]:
        value = None if cell is None else record["numbers"][cell["number"]]["value"]
        found.append(float(value) if isinstance(value, str) else value)
    return found


def test_plotly_may_not_call_out(html):
    held = json.loads(re.search(r'id="figures">(.*?)</script>', html, re.DOTALL).group(1))
    assert held["config"]["showSendToCloud"] is False
    assert held["config"]["displaylogo"] is False
    assert held["config"]["locale"] == "zh-CN"
    assert "Zoom" in held["config"]["locales"]["zh-CN"]["dictionary"]


FORBIDDEN = {
    "公共卫生 without 事件": r"公共卫生(?!事件|服务)",
    "社会安全 without 事件": r"社会安全(?!事件)",
    "spun words": r"平安事件",
    "sales talk": r"漏斗|转化率",
    "a government's word": r"预警",
    "infinity": r"[∞]|inf|nan|NaN|None",
    "statisticians' words": r"Kaplan|Wilson|负二项|FDR|XmR|p 值",
    "a vague rate": r"实时办结率|(?<!整改)完成率",
    "a wrong scale": r"较大隐患",
    "a vague count": r"\d个(?!百分点|月)",
    "one number for the hurt": r"伤亡\d",
    "vague time": r"目前|近期",
}


@pytest.mark.parametrize("name", sorted(FORBIDDEN))
def test_words(page, record, name):
    said = page.text + json.dumps(record, ensure_ascii=False).replace("null", "")
    found = re.search(FORBIDDEN[name], said)
    assert not found, said[max(0, found.start() - 20) : found.end() + 20]


def test_points_are_not_per_cent(page):
    assert not re.search(r"(提高|下降)[\d.]+%个?百分点", page.text)


def test_the_page_asks_nothing_of_anyone(html, page):
    assert [a for a in page.addresses if re.match(r"(?i)[a-z]+:|//", a)] == []
    assert "default-src &#39;none&#39;" in html
    assert "script-src &#39;self&#39; &#39;sha256-" in html
    assert len([t for t in page.tags if t == "script"]) == 3
    assert not re.search(r"\son[a-z]+\s*=", html.split("<script", 1)[0])


def test_weight(folder):
    assert (folder / "index.html").stat().st_size <= 400 * 1024
    assert len(list((folder.parent / "assets").glob("plotly-*.min.js"))) == 1


def test_a_script_in_a_name_is_only_text(tmp_path):
    evil = '<script>alert("1")</script>街道'
    marts = city.marts(1, (evil, *city.STREETS[1:]))
    issue = compute_issue(marts, city.run(), city.settings(office_name=f"{evil}&局"), city.rules())
    write_issue(issue, tmp_path / "2026-10")
    html = (tmp_path / "2026-10" / "index.html").read_text("utf-8")
    assert "<script>alert" not in html
    assert html.count("<script") == 3
    assert f"{evil}&局编印" in Page(html).text


def test_same_issue_same_bytes(tmp_path):
    for name in "ab":
        issue = compute_issue(city.marts(), city.run(), city.settings(), city.rules())
        write_issue(issue, tmp_path / name / "2026-10")
    for file in ("issue.json", "index.html"):
        first, second = (tmp_path / name / "2026-10" / file for name in "ab")
        assert first.read_bytes() == second.read_bytes()


def test_order_of_rows_changes_nothing(issue):
    shuffled = {
        name: table.take(list(range(table.num_rows))[::-1]) for name, table in city.marts().items()
    }
    again = compute_issue(shuffled, city.run(), city.settings(), city.rules())
    assert again == issue


def test_an_analyst_s_words_are_kept_and_printed(issue, tmp_path):
    folder = tmp_path / "2026-10"
    write_issue(issue, folder)
    slot = folder / SLOT
    assert "待补充" in Page((folder / "index.html").read_text("utf-8")).text
    slot.write_bytes(
        "# 提示\r\n9月30日某仓库起火，无人员死亡。\r\n教训是通道被占。\r\n".encode("gb18030")
    )
    kept = slot.read_bytes()
    written = write_issue(issue, folder)
    assert slot.read_bytes() == kept
    text = Page((folder / "index.html").read_text("utf-8")).text
    assert "9月30日某仓库起火，无人员死亡。" in text
    assert "待补充" not in text
    assert "# 提示" not in text
    assert "教训是通道被占。" in (folder / "issue.json").read_text("utf-8")
    assert written != issue


def test_one_file_to_hand_on(issue, tmp_path):
    alone = write_alone(issue, tmp_path)
    page = Page(alone.read_text("utf-8"))
    assert not [a for a in page.addresses if not a.startswith("#")]
    assert Path(alone).name == "全部在一页.html"
