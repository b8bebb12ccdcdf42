"""The register finds what the made-up city planted, and accuses nobody of what it did not."""

import json
from collections import defaultdict
from itertools import combinations

import pytest

from tests.rows import values

RULE_OF = {
    "销号无复查": "signoff-no-recheck",
    "复查早于整改完成": "order-recheck",
    "复查人即整改责任人": "self-recheck",
    "复查不合格仍销号": "signoff-no-recheck",
    "整改完成早于检查日期": "order-rectified",
    "销号早于复查": "order-signoff",
    "未核查即办结": "closed-unverified",
}


@pytest.fixture(scope="module")
def truth(city_folder):
    return json.loads((city_folder / "truth" / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def listed(city):
    found = defaultdict(set)
    for number, rule in values(city.own.read("register/violations"), "subject_no", "rule_id"):
        found[number].add(rule)
    return found


def test_every_illegal_move_is_listed_by_its_rule(truth, listed):
    moves = {(move["number"], RULE_OF[move["what"]]) for move in truth["illegal_moves"]}
    assert len(moves) >= 20
    assert {(number, rule) for number, rule in moves if rule not in listed[number]} == set()


def test_nobody_else_is_listed_for_an_illegal_move(truth, listed):
    planted = {move["number"] for move in truth["illegal_moves"]}
    wrong = {number for number, rules in listed.items() if rules & set(RULE_OF.values())}
    assert wrong - planted == set()


def test_numbers_nobody_registered_are_listed(truth, listed):
    found = {number for number, rules in listed.items() if "orphan-progress" in rules}
    assert found == set(truth["orphans"])


def test_back_dated_findings_are_listed_unless_they_came_with_a_senders_first_delivery(
    truth, listed, city
):
    first = {
        sender: min(day for kind, who, day in rows if (kind, who) == ("findings", sender))
        for rows in [
            values(city.own.read("register/versions"), "kind", "sender", "content_received_on")
        ]
        for sender in {who for kind, who, _ in rows if kind == "findings"}
    }
    came = {
        number: (sender, day)
        for number, sender, day in values(
            city.own.read("register/findings"), "finding_no", "sender", "received_on"
        )
    }
    late = [
        row["number"]
        for row in truth["backdated"]
        if row["number"] in came and came[row["number"]][1] > first[came[row["number"]][0]]
    ]
    assert late
    assert [number for number in late if "backdated" not in listed[number]] == []


def test_every_duplicate_payout_is_listed_on_one_of_the_pair(truth, city):
    doubts = values(city.own.read("rewards/discrepancies"), "rule_id", "payout_no")
    found = {payout for rule, payout in doubts if rule == "duplicate"}
    planted = [{row["payout"], *row["also_paid"]} for row in truth["duplicate_payouts"]]
    assert planted
    assert [pair for pair in planted if not pair & found] == []


def test_reports_of_one_hazard_meet_and_others_do_not(truth, city):
    links = dict(values(city.own.read("register/links"), "member_no", "hazard_id"))
    hazard_of = {
        number: hazard for hazard, numbers in truth["hazards"].items() for number in numbers
    }
    pairs = [
        (one, other)
        for numbers in truth["hazards"].values()
        for one, other in combinations(sorted(set(numbers) & set(links)), 2)
    ]
    met = sum(links[one] == links[other] for one, other in pairs)
    groups = defaultdict(list)
    for number, hazard in links.items():
        groups[hazard].append(number)
    joined = [pair for numbers in groups.values() for pair in combinations(numbers, 2)]
    right = sum(hazard_of.get(one, one) == hazard_of.get(other, other) for one, other in joined)
    assert met >= 0.8 * len(pairs)
    assert right >= 0.95 * len(joined)


def test_every_landed_row_is_one_version_and_every_member_has_one_link(city):
    versions = values(city.own.read("register/versions"), "kind", "row_id")
    assert len(set(versions)) == len(versions)
    for kind in {kind for kind, _ in versions}:
        landed = set(values(city.shared.read(f"intake/landed_{kind}"), "row_id"))
        assert landed == {(row_id,) for other, row_id in versions if other == kind}
    members = values(city.own.read("register/members"), "row_id")
    links = values(city.own.read("register/links"), "row_id")
    assert sorted(members) == sorted(links)


def test_nothing_is_closed_without_proof(city):
    hazards = values(
        city.own.read("register/hazards"), "hazard_id", "is_closed", "is_open", "state"
    )
    proofs = dict(values(city.own.read("register/states"), "hazard_id", "proof_id"))
    assert [
        hazard for hazard, closed, _, _ in hazards if closed != (proofs[hazard] is not None)
    ] == []
    assert [hazard for hazard, closed, still_open, _ in hazards if closed and still_open] == []
