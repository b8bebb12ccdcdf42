"""What an issue says: its headings, its zeros, its computed features, its numbers' papers."""

import datetime as dt

import pytest

from riskpipe.consultation import compute_issue, write_issue
from riskpipe.consultation.issue import Chart, Paragraph, Slot, numbers_of
from riskpipe.tables import marts as m
from tests.consultation import city
from tests.rows import rows


def texts_of(issue, chapter_id):
    chapter = next(c for c in issue.chapters if c.id == chapter_id)
    return [block.text for block in chapter.blocks if isinstance(block, Paragraph)]


def annex(issue, number):
    return next(t for t in issue.annexes if t.id == f"annex-{number}")


def test_headings_as_an_office_prints_them(issue):
    assert [chapter.title for chapter in issue.chapters] == [
        "一、总体情况",
        "二、突发事件情况",
        "三、举报受理、核查与奖励情况",
        "四、隐患排查治理情况",
        "五、主要特点和存在问题",
        "六、典型案例",
        "七、形势研判与风险提示",
        "八、工作建议",
        "九、督办事项及上期议定事项落实情况",
        "十、数据说明",
    ]
    assert [table.title.split("　")[0] for table in issue.annexes] == [
        f"附表{n}" for n in range(1, 11)
    ]
    assert issue.masthead.title == "青岚区突发事件定期会商分析报告"
    assert issue.masthead.number == "〔2026〕第10期（总第35期）"
    assert len(issue.summary.highlights) == 5
    assert len(issue.summary.sentences) == 3


def test_every_number_has_its_papers(issue):
    known = {metric.id for metric in issue.metrics}
    for number in numbers_of(issue):
        assert number.metric in known
        assert number.basis
        assert number.as_of == city.AS_OF
        assert number.text


def test_totals_that_do_not_add_up_are_told_where_there_are_any(issue):
    assert "合计与明细不符" not in "".join(texts_of(issue, "notes"))
    flaw = {"month_on": dt.date(2026, 11, 1), "weight": "提示", "rule": "total_mismatch"}
    flaws = [
        flaw | {"sender": "甲街道", "line_count": 2},
        flaw | {"sender": "乙街道", "line_count": 1},
    ]
    other = flaw | {"rule": "pictures", "sender": "甲街道", "line_count": 9}
    marts = city.marts() | {"flaws": rows(m.Flaws, [*flaws, other])}
    told = compute_issue(marts, city.run(), city.settings(), city.rules())
    assert "；合计与明细不符3处。" in "".join(texts_of(told, "notes"))


def charts_of(issue):
    return [b for chapter in issue.chapters for b in chapter.blocks if isinstance(b, Chart)]


def test_definitions_printed_are_those_used(issue):
    used = {number.metric for number in numbers_of(issue)}
    used |= {metric for chart in charts_of(issue) for metric in chart.metrics}
    assert {metric.id for metric in issue.metrics} == used
    assert len(annex(issue, 10).rows) == len(used)


def test_nothing_happened_is_written():
    marts = {**city.marts(), "categories": _quiet(city.marts()["categories"])}
    issue = compute_issue(marts, city.run(), city.settings(), city.rules())
    natural = texts_of(issue, "incidents")[0]
    assert natural.startswith("自然灾害。本月未发生，上年同期3起；1—10月累计")
    assert "本月未发生突发事件" in issue.summary.sentences[0].text


def _quiet(categories):
    """The same table with no incident in the month and three natural ones a year ago."""
    kept = [
        {**row, "count": 0} if row["month_on"] == city.MONTH else row
        for row in categories.to_pylist()
        if row["subject"] != "突发事件" or row["month_on"] != dt.date(2025, 10, 1)
    ]
    year_ago = {
        **next(row for row in kept if row["category"] == "自然灾害"),
        "subject": "突发事件",
        "month_on": dt.date(2025, 10, 1),
        "count": 3,
    }
    return rows(m.Categories, [*kept, year_ago])


def test_no_data_at_all_still_makes_an_issue():
    issue = compute_issue({}, city.run(), city.settings(), city.rules())
    assert texts_of(issue, "incidents")[:4] == [
        f"{category}。本月未发生，无上年同期数据；1—10月累计0起，无上年同期数据。"
        for category in ("自然灾害", "事故灾难", "公共卫生事件", "社会安全事件")
    ]
    assert "本月各渠道未收到来件。" in "".join(texts_of(issue, "tipoffs"))
    assert annex(issue, 6).note.text == "无逾期未办结。"


def test_first_year_is_compared_with_nothing():
    marts = {
        **city.marts(),
        "periods": rows(m.Periods, [{"month_on": dt.date(2026, 3, 1)}, {"month_on": city.MONTH}]),
        "indicators": rows(m.Indicators, []),
    }
    issue = compute_issue(marts, city.run(), city.settings(), city.rules())
    assert "无上年同期数据" in issue.summary.sentences[0].text
    assert "同比" not in "".join(texts_of(issue, "overview"))
    assert "环比" in "".join(texts_of(issue, "overview"))


def test_a_chart_of_a_month_without_numbers_still_prints_its_definitions(tmp_path):
    # A first month: tip-offs came, none in this month, so its charts draw nothing.
    periods = rows(m.Periods, [{"month_on": city.MONTH}])
    for marts in ({}, {"periods": periods}, city.marts() | {"funnel": rows(m.Funnel, [])}):
        issue = compute_issue(marts, city.run(), city.settings(), city.rules())
        known = {metric.id for metric in issue.metrics}
        assert charts_of(issue)
        assert {metric for chart in charts_of(issue) for metric in chart.metrics} <= known
        write_issue(issue, tmp_path / str(len(marts)))


def test_a_clear_rise_is_listed_and_a_small_one_is_not():
    def made(now, base, last):
        row = {
            "month_on": city.MONTH,
            "subject": "举报",
            "category": "事故灾难",
            "subcategory": "火灾",
            "count": now,
            "prior_year_count": base,
            "prior_month_count": last,
        }
        marts = {**city.marts(), "categories": rows(m.Categories, [row])}
        issue = compute_issue(marts, city.run(), city.settings(), city.rules())
        return [text for text in texts_of(issue, "features") if "上升较明显" in text]

    assert made(190, 60, 70)[0].endswith(
        "火灾类举报上升较明显，本月190件，同比上升216.7%（上年同期60件）。"
    )
    assert made(12, 4, 4) == []  # a base under five: counts only
    assert made(66, 60, 60) == []  # within chance
    assert made(190, 60, 200) == []  # fell since last month


def test_streets_stand_in_office_order_without_rank(issue):
    names = [row[0] for row in annex(issue, 4).rows]
    assert names == ["合计", *city.STREETS]


def test_completion_stands_in_every_basis(issue):
    told = "".join(texts_of(issue, "tipoffs"))
    for title in city.BASES.values():
        assert title in told
    chapter = next(c for c in issue.chapters if c.id == "tipoffs")
    table = next(b for b in chapter.blocks if getattr(b, "id", "") == "bases")
    for row in table.rows:
        assert row[3].numerator == row[1].value
        assert row[3].denominator == row[2].value


def test_stated_totals_stand_beside_counts_and_are_never_added(issue):
    assert (
        "另据月度统计数（填报）：群众报警117832起，同比下降14.5%（上年同期137816起）。"
        in texts_of(issue, "overview")
    )
    beside = "突发事件起数填报130，明细136，不一致，请填报单位核对"
    assert any(beside in text for text in texts_of(issue, "notes"))


def test_a_leap_february_says_so():
    february = dt.date(2024, 2, 1)
    period = {"month_on": february, "day_count": 29, "prior_year_day_count": 28}
    issue = compute_issue(
        {"periods": rows(m.Periods, [period])},
        city.run(february, dt.date(2024, 3, 5)),
        city.settings(),
        city.rules(),
    )
    told = "".join(texts_of(issue, "notes"))
    assert "本月29天，上年同月28天，同比未按日均折算。" in told
    assert "1月、2月的同比宜合并来看" in told


def test_totals_are_sums_of_their_rows(issue):
    body = annex(issue, 4).rows
    for at in (1, 2, 3, 5, 8):
        assert body[0][at].value == sum(row[at].value for row in body[1:])
    counts = annex(issue, 1).rows
    groups = [
        row for row in counts if row[0] in {"自然灾害", "事故灾难", "公共卫生事件", "社会安全事件"}
    ]
    assert counts[0][1].value == sum(row[1].value for row in groups)


def test_long_lists_say_how_many_there_are(issue):
    overdue = annex(issue, 6)
    assert len(overdue.rows) == 100
    assert "逾期未办结共130项，此处列前100项" in overdue.note.text


def test_charts_are_as_long_as_their_labels(issue):
    charts = [b for c in issue.chapters for b in c.blocks if isinstance(b, Chart)]
    assert len(charts) == 8
    for chart in charts:
        assert chart.finding.text.endswith("。")
        for series in chart.series:
            assert len(series.values) == len(chart.labels)


def test_typical_cases_wait_for_the_analyst(issue):
    slots = {b.id: b for c in issue.chapters for b in c.blocks if isinstance(b, Slot)}
    assert set(slots) == {"cases", "outlook", "advice"}
    assert slots["cases"].drafts == ()
    assert slots["outlook"].drafts
    assert slots["advice"].drafts


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_something_to_watch(month):
    assert city.rules().document("consultation/outlook")["months"][str(month)]["watch"]
