"""Incidents whose stated level is not the computed one: counted, listed, both levels printed."""

from riskpipe.consultation import compute_issue
from riskpipe.consultation.issue import Paragraph, Table
from riskpipe.tables import marts as m
from tests.consultation import city
from tests.rows import rows

HIGH = {
    "month_on": city.MONTH,
    "incident_no": "SJ-20261001-01",
    "category": "事故灾难",
    "subcategory": "交通运输事故",
    "happened_on": "2026-10-01",
    "level_stated": "重大",
    "level_computed": "较大",
    "difference": "填报偏高",
    "criterion": "死亡",
    "figure": "5",
    "threshold": "3",
    "unknown": "直接经济损失",
    "source": "国务院令第493号第三条第一款第三项",
    "restated_until_on": "2026-10-08",
}
LOSS = HIGH | {
    "incident_no": "SJ-20261002-01",
    "difference": "填报偏低",
    "criterion": "直接经济损失",
    "figure": "49999999.99",
    "threshold": "10000000",
    "unknown": None,
}
BARE = HIGH | {
    "incident_no": "SJ-20261003-01",
    "category": "社会安全事件",
    "subcategory": None,
    "level_computed": None,
    "difference": "没有分级标准",
    "criterion": None,
    "figure": None,
    "threshold": None,
    "unknown": None,
    "source": "突发事件应对法第三条",
    "restated_until_on": None,
}


def chapter(*listed):
    marts = city.marts() | {"mislevellist": rows(m.MislevelList, list(listed))}
    issue = compute_issue(marts, city.run(), city.settings(), city.rules())
    return next(c for c in issue.chapters if c.id == "incidents")


def table_of(found):
    return next((b for b in found.blocks if isinstance(b, Table) and b.id == "mislevels"), None)


def text_of(found):
    return "".join(block.text for block in found.blocks if isinstance(block, Paragraph))


def test_where_all_agree_nothing_is_listed_and_nought_is_said():
    found = chapter()
    assert table_of(found) is None
    assert "推算的级别不一致的0起" in text_of(found)


def test_mismatches_come_first_with_their_number_bound_and_clause():
    found = chapter(BARE, HIGH, LOSS)
    assert "推算的级别不一致的2起" in text_of(found)
    assert table_of(found).rows == (
        ("SJ-20261001-01", "交通运输事故", "2026-10-01", "重大", "较大", "填报偏高",
         "死亡5人（3人以上）", "直接经济损失", "国务院令第493号第三条第一款第三项", "2026-10-08"),
        ("SJ-20261002-01", "交通运输事故", "2026-10-01", "重大", "较大", "填报偏低",
         "直接经济损失4999.999999万元（1000万元以上）", "—", "国务院令第493号第三条第一款第三项", "2026-10-08"),
        ("SJ-20261003-01", "社会安全事件", "2026-10-01", "重大", "—", "没有分级标准",
         "—", "—", "突发事件应对法第三条", "—"),
    )  # fmt: skip
    assert "列入3起" in table_of(found).note.text


def test_another_months_rows_stay_in_that_month():
    assert table_of(chapter(HIGH | {"month_on": city.shifted(city.MONTH, -1)})) is None
