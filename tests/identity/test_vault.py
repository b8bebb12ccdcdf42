"""Keys, the vault and the register of look-ups."""

import logging
import os
import stat
from datetime import datetime

import pytest

from riskpipe.identity.access import AccessError, register_table, register_text, reveal, verify
from riskpipe.identity.keys import MARKER, VARIABLE, KeyFileError, KeyMismatch, KeyMissing, keys_of
from riskpipe.identity.vault import Sealed, Vault, VaultError, rotate_data_key

CONTENT = "ab" * 32
ROW = Sealed(
    "举报登记",
    "4",
    ("R1",),
    {"tipoff_no": "JB-1"},
    {"reporter_name": "尉迟青岚", "reporter_phone": "13912340987"},
)
OTHER = Sealed("举报登记", "5", ("R2",), {"tipoff_no": "JB-2"}, {"reporter_name": "令狐远"})
AT = datetime(2026, 11, 3, 9, 0)


@pytest.fixture(autouse=True)
def no_variable(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def places(tmp_path):
    return tmp_path / "safe" / "riskpipe.key", tmp_path / "vault"


@pytest.fixture
def vault(places):
    sealed = Vault(places[1], keys_of(*places))
    assert sealed.seal(CONTENT, [ROW, OTHER]) == (ROW, OTHER)
    return sealed


def test_a_first_run_makes_a_private_key_and_says_so(places, caplog):
    with caplog.at_level(logging.WARNING):
        keys = keys_of(*places)
    assert stat.S_IMODE(places[0].stat().st_mode) == 0o600
    assert "备份" in caplog.text
    assert keys_of(*places) == keys
    assert keys.data.hex() not in repr(keys)
    assert repr(keys.pseudonym) not in repr(keys)


def test_two_warehouses_of_one_key_make_the_same_pseudonyms(places, tmp_path):
    assert keys_of(*places).pseudonym == keys_of(places[0], tmp_path / "other").pseudonym


def test_the_variable_goes_before_the_file(places, tmp_path, monkeypatch):
    keys = keys_of(*places)
    line = places[0].read_text("utf-8").splitlines()[-1]
    monkeypatch.setenv(VARIABLE, line)
    assert keys_of(tmp_path / "none.key", tmp_path / "other") == keys
    assert not (tmp_path / "none.key").exists()


def test_a_vault_without_its_key_stops_the_run(places, vault):
    places[0].unlink()
    with pytest.raises(KeyMissing, match="备份"):
        keys_of(*places)
    assert not places[0].exists()


def test_another_key_stops_the_run(places, vault, tmp_path):
    keys_of(tmp_path / "other.key", tmp_path / "other")
    with pytest.raises(KeyMismatch, match="另一把密钥"):
        keys_of(tmp_path / "other.key", places[1])
    (places[1] / MARKER).unlink()
    with pytest.raises(KeyMismatch, match="恢复"):
        keys_of(*places)


@pytest.mark.parametrize("damage", ["", "x:y:z", "riskpipe-key-1:AAAA:BBBB", "a\nb", "\xff"])
def test_a_damaged_key_is_refused_and_not_told(places, damage):
    keys_of(*places)
    places[0].write_bytes(damage.encode("latin-1") or b"riskpipe-key-1:")
    with pytest.raises(KeyFileError) as caught:
        keys_of(*places)
    assert "AAAA" not in str(caught.value)
    assert "密钥" in str(caught.value)


def test_what_is_sealed_comes_back_and_tells_nothing_on_disk(vault):
    assert vault.open(CONTENT) == (ROW, OTHER)
    assert vault.open("cd" * 32) == ()
    assert vault.find("JB-2") == (OTHER,)
    path = vault.folder / f"{CONTENT}.sealed"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "尉迟".encode() not in path.read_bytes()
    assert b"13912340987" not in path.read_bytes()


def test_sealing_the_same_again_writes_nothing(vault):
    path = vault.folder / f"{CONTENT}.sealed"
    before = path.read_bytes()
    vault.seal(CONTENT, [ROW, OTHER])
    assert path.read_bytes() == before
    vault.seal(CONTENT, [OTHER])
    assert vault.open(CONTENT) == (OTHER,)


def test_a_changed_byte_or_a_swapped_file_is_refused(vault):
    vault.seal("cd" * 32, [OTHER])
    path = vault.folder / f"{CONTENT}.sealed"
    content = path.read_bytes()
    (vault.folder / f"{'cd' * 32}.sealed").write_bytes(content)
    with pytest.raises(VaultError):
        vault.open("cd" * 32)
    for at in range(0, len(content), 7):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(VaultError):
            vault.open(CONTENT)


def test_a_full_disk_leaves_the_old_file(vault, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        vault.seal(CONTENT, [OTHER])
    assert vault.open(CONTENT) == (ROW, OTHER)
    assert not list(vault.folder.glob("*.tmp"))
    assert not list(vault.folder.glob(".*.tmp"))


@pytest.mark.parametrize("mark", ["JB-1", "R1"])
def test_what_expired_does_not_come_back(vault, mark):
    assert vault.expire([mark]) == 1
    assert vault.seal(CONTENT, [ROW, OTHER]) == (OTHER,)
    assert vault.open(CONTENT) == (OTHER,)
    assert vault.expired() == {mark}


def test_rotation_reseals_and_keeps_pseudonyms(places, vault):
    vault.expire(["JB-9"])
    before = (vault.folder / f"{CONTENT}.sealed").read_bytes()
    rotate_data_key(*places)
    keys = keys_of(*places)
    assert keys.pseudonym == vault.keys.pseudonym
    assert keys.data != vault.keys.data
    assert keys.former is None
    assert Vault(places[1], keys).open(CONTENT) == (ROW, OTHER)
    assert (vault.folder / f"{CONTENT}.sealed").read_bytes() != before
    with pytest.raises(VaultError):
        vault.open(CONTENT)


def test_a_rotation_broken_off_can_be_finished(places, vault, monkeypatch):
    monkeypatch.setattr(Vault, "reseal", lambda _vault: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rotate_data_key(*places)
    monkeypatch.undo()
    assert Vault(places[1], keys_of(*places)).open(CONTENT) == (ROW, OTHER)
    rotate_data_key(*places)
    assert Vault(places[1], keys_of(*places)).open(CONTENT) == (ROW, OTHER)


def look(vault, **changed):
    asked = {"by": "甲某", "approved_by": "乙某", "reason": "核对领奖人", "at": AT} | changed
    return reveal(vault, asked.pop("tipoff_no", "JB-1"), **asked)


def test_a_look_up_is_written_down(vault):
    assert look(vault) == (ROW,)
    assert look(vault, tipoff_no="JB-404", reason="电话13912340987的尉迟青岚来问") == ()
    look(vault, reason="尉迟青岚13912340987领奖")
    assert verify(vault) == []
    table = register_table(vault)
    assert table["举报编号"].to_pylist() == ["JB-1", "JB-404", "JB-1"]
    assert table["查得条数"].to_pylist() == ["1", "0", "1"]
    assert table["查阅事由"].to_pylist()[2] == "〔姓名〕〔电话〕领奖"
    assert "13912340987" not in (vault.folder / "access.jsonl").read_text("utf-8")
    assert register_text(vault).startswith("查阅登记表\n序号")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"by": " "}, "查阅人"),
        ({"approved_by": ""}, "批准人"),
        ({"reason": ""}, "事由"),
        ({"tipoff_no": ""}, "举报编号"),
        ({"approved_by": "甲 某"}, "同一人"),
    ],
)
def test_a_look_up_without_a_second_person_is_refused(vault, changed, message):
    with pytest.raises(AccessError, match=message):
        look(vault, **changed)
    assert not (vault.folder / "access.jsonl").exists()


def test_any_changed_byte_of_the_register_is_found(vault):
    for _ in range(3):
        look(vault)
    path = vault.folder / "access.jsonl"
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert verify(vault), at
    lines = whole.splitlines(keepends=True)
    for rest in (
        lines[:2],
        lines[1:],
        [lines[1], lines[0], lines[2]],
        [lines[0], lines[2]],
        [],
        [whole[:-1]],
    ):
        path.write_bytes(b"".join(rest))
        assert verify(vault), rest
    with pytest.raises(AccessError, match="校验不通过"):
        look(vault)
    path.write_bytes(whole)
    assert verify(vault) == []
