"""Which reports are one hazard: officers' word first, then direct matches, never chains."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from riskpipe.tables.register import Findings, Members, Tipoffs
from tests.rows import rows, values
from tests.setlogic import made


def tip(number, day, **more):
    base = {
        "row_id": f"row {number}",
        "member_kind": "tipoff",
        "member_no": number,
        "seen_at": f"{day} 08:00",
        "street": "红旗街道",
        "category": "事故灾难",
        "subcategory": "火灾",
    }
    return base | more


def finding(number, day, **more):
    return tip(number, day, member_kind="finding") | more


def linked(*members):
    table = made("register/links", {"members": rows(Members, members)}, "2025-12-31")
    return {
        number: (hazard, rule)
        for hazard, number, rule in values(table, "hazard_id", "member_no", "rule_id")
    }


def test_unlike_reports_are_hazards_of_their_own():
    assert linked(tip("A", "2025-03-01"), tip("B", "2025-03-02"), finding("Y", "2025-03-03")) == {
        "A": ("T-A", "seed"),
        "B": ("T-B", "seed"),
        "Y": ("F-Y", "seed"),
    }


def test_one_unit_on_one_street_about_one_thing_is_one_hazard():
    assert linked(
        tip("A", "2025-03-01", unit_name="宏达 商厦"),
        tip("B", "2025-03-31", unit_name="宏达商厦。"),
        tip("C", "2025-03-31", unit_name="宏达商厦", subcategory="交通运输事故"),
        tip("D", "2025-03-31", unit_name="宏达商厦", street="东湖街道"),
    ) == {
        "A": ("T-A", "seed"),
        "B": ("T-A", "unit"),
        "C": ("T-C", "seed"),
        "D": ("T-D", "seed"),
    }


def test_past_the_window_it_is_a_new_hazard_and_takes_later_ones():
    same = {"unit_name": "宏达商厦"}
    assert linked(
        tip("A", "2025-03-01", **same),
        tip("B", "2025-03-25", **same),
        tip("C", "2025-04-10", **same),
        tip("D", "2025-04-20", **same),
    ) == {
        "A": ("T-A", "seed"),
        "B": ("T-A", "unit"),
        "C": ("T-C", "seed"),
        "D": ("T-C", "unit"),
    }


def test_a_member_does_not_chain_two_hazards():
    # B shares its unit with A and its address with C; C does not match A itself.
    assert linked(
        tip("A", "2025-03-01", unit_name="宏达商厦"),
        tip("B", "2025-03-02", unit_name="宏达商厦", address="解放路88号"),
        tip("C", "2025-03-03", address="解放路88号"),
    ) == {"A": ("T-A", "seed"), "B": ("T-A", "unit"), "C": ("T-C", "seed")}


def test_an_address_must_name_a_house():
    assert linked(
        tip("A", "2025-03-01", address="解放路口附近一带"),
        tip("B", "2025-03-02", address="解放路口附近一带"),
        tip("C", "2025-03-01", address="解放路88号院内"),
        tip("D", "2025-03-02", address="解放路８８号院内"),
    ) == {
        "A": ("T-A", "seed"),
        "B": ("T-B", "seed"),
        "C": ("T-C", "seed"),
        "D": ("T-C", "address"),
    }


def test_no_unit_is_no_unit_in_common():
    assert linked(
        tip("A", "2025-03-01", unit_name="无"), tip("B", "2025-03-02", unit_name="无")
    ) == {
        "A": ("T-A", "seed"),
        "B": ("T-B", "seed"),
    }


def test_officers_word_joins_whatever_the_texts_say_and_follows_its_leader():
    assert linked(
        tip("A", "2025-03-01"),
        tip("B", "2025-05-01", merged_no="A"),
        tip("C", "2025-06-01", merged_no="B"),
        tip("D", "2025-06-02", source_no="A"),
        tip("E", "2025-06-03", merged_no="missing"),
    ) == {
        "A": ("T-A", "seed"),
        "B": ("T-A", "merged"),
        "C": ("T-A", "merged"),
        "D": ("T-A", "source"),
        "E": ("T-E", "seed"),
    }


def test_two_tip_offs_merged_into_each_other_are_one_hazard_led_by_the_first():
    assert linked(tip("A", "2025-03-02", merged_no="B"), tip("B", "2025-03-01", merged_no="A")) == {
        "A": ("T-B", "merged"),
        "B": ("T-B", "seed"),
    }


def test_a_hazard_takes_one_finding_the_next_stands_alone():
    assert linked(
        tip("A", "2025-03-01"),
        finding("Y1", "2025-03-05", cited_no="A"),
        finding("Y2", "2025-03-04", cited_no="A"),
        finding("Y3", "2025-03-06", cited_no="missing"),
    ) == {
        "A": ("T-A", "seed"),
        "Y1": ("F-Y1", "seed"),
        "Y2": ("T-A", "cited"),
        "Y3": ("F-Y3", "seed"),
    }


def test_a_finding_that_answers_a_tip_off_joins_it_others_do_not():
    place = {"unit_name": "宏达商厦"}
    assert linked(
        tip("A", "2025-03-01", **place),
        finding("Y1", "2025-03-20", origin="日常检查", **place),
        finding("Y2", "2025-04-20", origin="群众举报", **place),
        finding("Y3", "2025-06-20", origin="群众举报", **place),
    ) == {
        "A": ("T-A", "seed"),
        "Y1": ("F-Y1", "seed"),
        "Y2": ("T-A", "reported"),
        "Y3": ("F-Y3", "seed"),
    }


def test_evidence_names_the_report_it_was_compared_with():
    table = made(
        "register/links",
        {
            "members": rows(
                Members,
                [
                    tip("A", "2025-03-01", unit_name="宏达商厦"),
                    tip("B", "2025-03-06", unit_name="宏达商厦"),
                ],
            )
        },
        "2025-12-31",
    )
    assert values(table, "member_no", "evidence") == [
        ("A", None),
        ("B", "同单位、同街道、同种类：A，相隔5天"),
    ]


MEMBER = st.fixed_dictionaries(
    {
        "day": st.dates(dt.date(2025, 1, 1), dt.date(2025, 6, 30)),
        "kind": st.sampled_from(["tipoff", "tipoff", "finding"]),
        "unit": st.sampled_from([None, "甲商厦有限公司", "乙工厂有限公司"]),
        "address": st.sampled_from([None, "解放路88号院内", "解放路99号院内"]),
        "refers": st.sampled_from([None, "0", "1", "2"]),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(MEMBER, max_size=9), st.randoms())
def test_every_member_once_its_hazard_led_by_a_member_in_any_order(drawn, random):
    members = [
        tip(
            str(n),
            row["day"].isoformat(),
            member_kind=row["kind"],
            unit_name=row["unit"],
            address=row["address"],
            origin="群众举报" if row["kind"] == "finding" else None,
            **{"cited_no" if row["kind"] == "finding" else "merged_no": row["refers"]},
        )
        for n, row in enumerate(drawn)
    ]
    found = linked(*members)
    assert sorted(found) == sorted(m["member_no"] for m in members)
    prefix = {
        m["member_no"]: ("F-" if m["member_kind"] == "finding" else "T-") + m["member_no"]
        for m in members
    }
    for hazard, _ in found.values():
        assert any(prefix[n] == hazard == found[n][0] and found[n][1] == "seed" for n in prefix)
    for hazard in {hazard for hazard, _ in found.values()}:
        assert (
            sum(
                m["member_kind"] == "finding" for m in members if found[m["member_no"]][0] == hazard
            )
            <= 1
        )
    random.shuffle(members)
    assert linked(*members) == found


def test_members_are_the_hazard_like_tip_offs_and_all_findings():
    tipoffs = rows(
        Tipoffs,
        [
            {
                "row_id": "1",
                "tipoff_no": "A",
                "category": "事故灾难",
                "reported_at": "2025-03-01 08:00",
            },
            {
                "row_id": "2",
                "tipoff_no": "B",
                "category": "非突发事件",
                "matter": "生产安全事故隐患",
            },
            {"row_id": "3", "tipoff_no": "C", "category": "未分类", "matter": "非隐患类诉求"},
            {
                "row_id": "4",
                "tipoff_no": "D",
                "category": "未分类",
                "matter": "其他公共安全隐患",
                "reported_at": "2025-03-01 08:00",
                "accepted_at": "2025-03-02 09:00",
            },
        ],
    )
    findings = rows(
        Findings,
        [
            {
                "row_id": "5",
                "finding_no": "Y",
                "inspected_on": "2025-03-03",
                "category": "非突发事件",
            },
            {"row_id": "6", "finding_no": "Y", "item_no": 2, "inspected_on": "2025-03-03"},
        ],
    )
    table = made("register/members", {"tipoffs": tipoffs, "findings": findings}, "2025-12-31")
    assert values(table, "member_kind", "member_no", "seen_at") == [
        ("tipoff", "A", dt.datetime(2025, 3, 1, 8)),
        ("tipoff", "D", dt.datetime(2025, 3, 2, 9)),
        ("finding", "Y", dt.datetime(2025, 3, 3)),
        ("finding", "Y#2", dt.datetime(2025, 3, 3)),
    ]
