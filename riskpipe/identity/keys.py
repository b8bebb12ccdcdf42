"""The two keys of an office: one seals the vault, the other makes pseudonyms.

In: the key file outside the repository, or the variable RISKPIPE_KEY with the same one
line. Out: `Keys`. The pseudonym key never changes (every landed pseudonym depends on it)
and lies wrapped under the data key, which `rotate` replaces by re-encryption. The vault
keeps the ids of both, so that another key is noticed before anything is written. Sealing
is not done here.
"""

import base64
import hashlib
import json
import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from riskpipe.machine import private_create, private_folder, private_write

VARIABLE = "RISKPIPE_KEY"
MARK = "riskpipe-key-1"
MARKER = "key_ids.json"
KEY_BYTES = 32
NONCE_BYTES = 12  # NIST SP 800-38D 8.2: 96 random bits a message

log = logging.getLogger("riskpipe.identity")

HEADER = """\
# riskpipe 密钥：保密库用它加密，举报人代号由它产生。
# 请另外备份并妥善保管。丢失后，保密库无法打开，举报人代号无法延续。
# 不要放进代码库，不要用邮件或聊天软件发送。
"""


class KeyFileError(RuntimeError):
    """The key cannot be used; the message says what to do, in Chinese."""


class KeyMissing(KeyFileError):  # noqa: N818 - a state of the key, as users meet it
    """A vault stands, its key does not."""


class KeyMismatch(KeyFileError):  # noqa: N818
    """The key at hand is not the one the vault was sealed with."""


@dataclass(frozen=True)
class Keys:
    """`data` seals the vault, `former` still opens it while a rotation is under way."""

    data: bytes = field(repr=False)
    pseudonym: bytes = field(repr=False)
    former: bytes | None = field(repr=False)

    @property
    def data_id(self) -> str:
        """12 hex digits that name the data key without telling it."""
        return key_id(self.data)

    @property
    def pseudonym_id(self) -> str:
        """12 hex digits that name the pseudonym key; part of every landing's fingerprint."""
        return key_id(self.pseudonym)


def key_id(key: bytes) -> str:
    """12 hex digits of a hash of the key: 256 random bits cannot be found back from it."""
    return hashlib.sha256(b"riskpipe key id\x00" + key).hexdigest()[:12]


def keys_of(key_file: Path, vault: Path) -> Keys:
    """The office's keys, made on the first run, checked against the vault that stands.

    RISKPIPE_KEY goes before `key_file`. Raises KeyMissing when the vault stands without a
    key, KeyMismatch when it was sealed with another, KeyFileError when a key is unreadable.
    """
    line = os.environ.get(VARIABLE, "").strip() or _line_of(key_file)
    if not line:
        if _is_sealed(vault):
            raise KeyMissing(
                f"找不到密钥，而保密库已经存在：{vault}。请把备份的密钥文件放回 {key_file}，"
                f"或在环境变量 {VARIABLE} 中给出；不要新建密钥。"
            )
        line = _make(key_file)
    keys = _read(line)
    _check(keys, vault)
    return keys


def rotate(key_file: Path, vault: Path) -> Keys:
    """Put a new data key in force, the old one kept beside it until the vault is re-sealed.

    The caller re-seals (`Vault.reseal`) and then calls `finish_rotation`; broken off half
    way, both keys stand in the file and rotation can simply be run again.
    """
    if os.environ.get(VARIABLE):
        raise KeyFileError(
            f"密钥来自环境变量 {VARIABLE}，无法自动更换：请先改用密钥文件 {key_file}。"
        )
    keys = keys_of(key_file, vault)
    if keys.former is None:
        keys = Keys(secrets.token_bytes(KEY_BYTES), keys.pseudonym, keys.data)
        private_write(key_file, _file_text(keys))
    return keys


def finish_rotation(key_file: Path, vault: Path, keys: Keys) -> Keys:
    """Drop the former data key once every file of the vault is sealed with the new one."""
    new = Keys(keys.data, keys.pseudonym, None)
    private_write(vault / MARKER, _marker_text(new))
    private_write(key_file, _file_text(new))
    return new


def _make(key_file: Path) -> str:
    keys = Keys(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES), None)
    if private_create(key_file, _file_text(keys)):
        log.warning(
            "已新建密钥文件 %s（仅本人可读）。请立即另存备份：丢失后保密库无法打开。", key_file
        )
    return _line_of(key_file)


def _line_of(key_file: Path) -> str:
    try:
        lines = key_file.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(
            f"密钥文件 {key_file} 无法读取（{type(error).__name__}）：请检查权限，或放回备份。"
        ) from None
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(found) != 1:
        raise KeyFileError(f"密钥文件 {key_file} 内容不完整：请放回备份的密钥文件。")
    return found[0]


def _read(line: str) -> Keys:
    # Nothing of the line may reach the message: it is the secret itself.
    try:
        mark, data, wrapped, *former = line.split(":")
        keys = Keys(
            data=_decoded(data),
            pseudonym=_unwrap(_decoded(data), base64.b64decode(wrapped, validate=True)),
            former=_decoded(former[0]) if former else None,
        )
    except (ValueError, InvalidTag):
        mark = ""
    if mark != MARK:
        raise KeyFileError("密钥内容已损坏或被改动：请放回备份的密钥文件。") from None
    return keys


def _decoded(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError
    return key


def _wrap(data: bytes, pseudonym: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(data).encrypt(nonce, pseudonym, MARK.encode())


def _unwrap(data: bytes, wrapped: bytes) -> bytes:
    return AESGCM(data).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], MARK.encode())


def _file_text(keys: Keys) -> bytes:
    parts = [keys.data, _wrap(keys.data, keys.pseudonym)] + [k for k in (keys.former,) if k]
    line = ":".join([MARK, *(base64.b64encode(part).decode() for part in parts)])
    return f"{HEADER}{line}\n".encode()


def _marker_text(keys: Keys) -> bytes:
    ids = {"data_key": keys.data_id, "pseudonym_key": keys.pseudonym_id}
    return (json.dumps(ids, sort_keys=True) + "\n").encode()


def _is_sealed(vault: Path) -> bool:
    return (vault / MARKER).exists() or any(vault.glob("*.sealed"))


def _check(keys: Keys, vault: Path) -> None:
    marker = vault / MARKER
    if not marker.exists():
        if _is_sealed(vault):
            raise KeyMismatch(
                f"保密库缺少密钥标识 {marker}，无法确认密钥是否相符：请从备份恢复保密库。"
            )
        private_folder(vault)
        private_create(marker, _marker_text(keys))
    known = _marker_of(marker)
    of_data = {keys.data_id} | ({key_id(keys.former)} if keys.former else set())
    if known.get("pseudonym_key") != keys.pseudonym_id or known.get("data_key") not in of_data:
        raise KeyMismatch(
            f"密钥与保密库不符：{vault} 是用另一把密钥封存的。请放回原来的密钥文件；"
            "确要用新密钥，请另设一个仓库目录。"
        )


def _marker_of(marker: Path) -> Mapping[str, str]:
    try:
        known = json.loads(marker.read_text("utf-8"))
    except ValueError:
        known = None
    if not isinstance(known, dict):
        raise KeyMismatch(f"保密库的密钥标识 {marker} 已损坏：请从备份恢复保密库。")
    return known
