"""Reporters leave the sheet; the same person keeps the same pseudonym."""

import hashlib
import hmac

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from riskpipe.identity.keys import Keys
from riskpipe.identity.masking import mask_known
from riskpipe.identity.personal import is_personal, known_in, known_of, take_out, title_of
from riskpipe.identity.pseudonyms import people, phone_of, pseudonym
from riskpipe.identity.vault import Sealed
from tests.identity.test_masking import spellings

KEYS = Keys(b"d" * 32, b"p" * 32, None)


def person(**said: str) -> str | None:
    return pseudonym("R", said, KEYS.pseudonym)


@given(spellings())
@settings(max_examples=300, deadline=None)
def test_one_person_however_the_phone_is_written(spelling):
    number, written = spelling
    if len(set(number[2:])) > 1:
        assert phone_of(written) == number
        assert person(phone=written) == person(phone=number, name="张三") is not None


def test_the_pseudonym_is_an_hmac_of_the_number():
    expected = hmac.new(b"p" * 32, b"phone:13800138000", hashlib.sha256).hexdigest()[:20]
    assert person(phone="+86 138-0013-8000") == "R" + expected


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0311-86540987", "031186540987"), ("(0311)8654 0987", "031186540987"),
        ("＋８６ ３１１ ８６５４０９８７", "031186540987"), ("0311-86540987转801", "031186540987"),
        ("86540987", "86540987"), ("13912340987/13800138000", "13912340987"), ("张三 13912340987", "13912340987"),
        ("无", None), ("00000000000", None), ("138****8000", None), ("", None),
    ],
)  # fmt: skip
def test_phones(written, digits):
    assert phone_of(written) == digits


def test_the_strongest_identifier_decides():
    by_paper = person(paper="13010219850304123x")
    assert person(phone="13800138000", paper="13010219850304123X") == person(phone="13800138000")
    assert person(phone="无", paper="１３０１０２ 19850304 123X", name="张三") == by_paper
    assert person(mail="A.B@Example.com ") == person(mail="a.b@example.com")
    assert person(account="6222 0212 3456 7890") == person(account="6222021234567890")
    assert person(name="张 三", home="幸福里 3号楼") == person(name="张三", home="幸福里3号楼")
    assert person(name="张三") is None
    assert person(name="匿名", home="幸福里3号楼") is None


def sheet() -> pa.Table:
    return pa.table(
        {
            "row_no": ["4", "5", "6"],
            "tipoff_no": ["JB-20261001-001", "JB-20261001-002", "13800138000"],
            "reporter_name": ["张三丰", "匿名", None],
            "reporter_phone": ["138 0013 8000", "无", "+8613800138000"],
            "reporter_address": ["幸福里3号楼501", None, None],
            "recording_no": ["REC-77", None, None],
            "address": ["幸福里3号楼501", "光明路", "光明路"],
            "content": ["张三丰称幸福里3号楼501楼道堵塞，张先生要求回复REC-77", "无人看管", None],
            "reported_at": ["2026-10-01 09:00"] * 3,
            "received_by": ["张三丰", "李四", "李四"],
        }
    )


def test_a_sheet_goes_on_without_its_reporters():
    taken = take_out(sheet(), KEYS)
    first = person(phone="13800138000")
    assert taken.table.to_pydict() == {
        "row_no": ["4", "5", "6"],
        "tipoff_no": ["JB-20261001-001", "JB-20261001-002", taken.table["tipoff_no"][2].as_py()],
        # The scene of the hazard stays, even where the reporter lives there.
        "address": ["幸福里3号楼501", "光明路", "光明路"],
        "content": ["〔姓名〕称〔住址〕楼道堵塞，〔姓名〕要求回复〔录音〕", "无人看管", None],
        "reported_at": ["2026-10-01 09:00"] * 3,
        "received_by": ["张三丰", "李四", "李四"],
        "reporter_id": [first, None, first],
    }
    assert taken.table["tipoff_no"][2].as_py().startswith("〔电话〕")


def test_what_was_taken_out_is_handed_to_the_vault():
    sealed = take_out(sheet(), KEYS).sealed
    assert [row.row_no for row in sealed] == ["4", "5", "6"]
    assert dict(sealed[0].values) == {
        "reporter_name": "张三丰",
        "reporter_phone": "138 0013 8000",
        "reporter_address": "幸福里3号楼501",
        "recording_no": "REC-77",
    }
    assert dict(sealed[0].numbers) == {"tipoff_no": "JB-20261001-001"}
    assert known_of(sealed[:1])["张三丰"] == "〔姓名〕"


@given(
    text=st.text("张三丰王老先生某女士0139876543128-转_ /幸福里", max_size=24),
    names=st.lists(st.text("张三丰王先生女士（）0139 ", max_size=6), max_size=4),
    phones=st.lists(st.text("0139876543128- 转", max_size=14), max_size=4),
    homes=st.lists(st.text("幸福里老王3 ", max_size=6), max_size=2),
)
@example(text="张三丰13987654312", names=["王（女士）"], phones=["+86 139 8765 4312"], homes=[])
@example(
    text="老王的举报",
    names=["王某某", "王三"],
    phones=["0311-87654312转12"],
    homes=[" 老王的举报 "],
)
def test_a_file_name_is_masked_as_if_every_person_had_been_spelled_out(text, names, phones, homes):
    columns = (("reporter_name", names), ("reporter_phone", phones), ("reporter_address", homes))
    sealed = [Sealed("", "", (), {}, {field: cell}) for field, cells in columns for cell in cells]
    assert mask_known(text, known_in(text, sealed)) == mask_known(text, known_of(sealed))


def test_payouts_get_a_payee():
    table = pa.table(
        {"payout_no": ["JL-1", "JL-2"], "tipoff_no": ["a", "b"], "claim_code": ["K 7", "无"]}
    )
    taken = take_out(table, KEYS)
    assert taken.table.column_names == ["payout_no", "tipoff_no", "payee_id"]
    assert taken.table["payee_id"].to_pylist() == [
        pseudonym("P", {"code": "k7"}, KEYS.pseudonym),
        None,
    ]


def test_corrections_of_a_person_are_hidden():
    table = pa.table(
        {
            "heading": ["举报人姓名", "办理期限"],
            "old_value": ["张三", "2026-10-01"],
            "new_value": [None, "2026-10-08"],
        }
    )
    taken = take_out(table, KEYS).table
    assert taken["old_value"].to_pylist() == ["〔已遮蔽〕", "2026-10-01"]
    assert taken["new_value"].to_pylist() == [None, "2026-10-08"]


def test_duty_phones_stay_and_sheets_without_people_pass():
    table = pa.table({"unit": ["红旗街道办事处"], "contact_phone": ["13800138000"]})
    taken = take_out(table, KEYS)
    assert taken.table.equals(table)
    assert taken.sealed == ()


def test_an_empty_sheet_passes():
    taken = take_out(sheet().slice(0, 0), KEYS)
    assert taken.table.num_rows == 0
    assert taken.table.schema.field("reporter_id").type == pa.string()


@given(st.sampled_from(["reporter_name", "payee_id_no", "claim_code", "content", "received_by"]))
def test_which_fields_are_personal(field):
    assert is_personal(field) == (field.startswith(("reporter", "payee", "claim")))


def test_every_personal_field_has_a_title_a_keeper_reads():
    rules = people()
    for field in (*rules["reporter"], *rules["payee"], rules["rules"]["claim_code"]):
        assert title_of(field) != field
