"""The vault: who reported and who was paid, one sealed file per delivered content.

In: the rows that personal.py took out of a file. Out: `<content hash>.sealed`, AES-GCM over
compressed JSON, bound to the content it belongs to, written before its landing. What has
expired is remembered, so that reading an old file again does not bring it back. Who may
look is not decided here (access.py).
"""

import json
import secrets
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from riskpipe.identity.keys import NONCE_BYTES, Keys, finish_rotation, key_id, rotate
from riskpipe.machine import private_write

MAGIC: Final = b"RPV1"
ID_BYTES: Final = 12
EXPIRED: Final = "expired"
"""Name under which the tombstones are sealed."""
COMPRESSION: Final = 1
"""zlib's quickest: persons hardly repeat, so trying harder buys little room."""


class VaultError(RuntimeError):
    """A sealed file cannot be opened; the message says which, never what is in it."""


@dataclass(frozen=True)
class Sealed:
    """What was taken out of one row: `values` by field name, `numbers` to find it again."""

    sheet: str
    row_no: str
    pseudonyms: tuple[str, ...]
    numbers: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True)
class Vault:
    """The folder of sealed files and the keys that open it."""

    folder: Path
    keys: Keys

    def seal(self, content_hash: str, rows: Sequence[Sealed]) -> tuple[Sealed, ...]:
        """Seal the rows of a delivered content, but for what has expired; what `open` would give.

        A file that already holds the same rows is left alone. Raises OSError on a full
        disk; the landing must then not be written.
        """
        expired = self.expired()
        kept = tuple(row for row in rows if not _is_expired(row, expired))
        if not self._is_same(content_hash, kept):
            # Not asdict: copying every row deeply would cost more than the rest of sealing.
            self._write(content_hash, [vars(row) for row in kept])
        return kept

    def open(self, content_hash: str) -> tuple[Sealed, ...]:
        """The sealed rows of a content; none when nothing was sealed for it."""
        if not self._path(content_hash).exists():
            return ()
        return tuple(
            Sealed(**row | {"pseudonyms": tuple(row["pseudonyms"])})
            for row in self._read(content_hash)
        )

    def find(self, number: str) -> tuple[Sealed, ...]:
        """Every sealed row of a business number (举报编号, 奖励编号), in a fixed order."""
        return tuple(
            row
            for content_hash in self.contents()
            for row in self.open(content_hash)
            if number in row.numbers.values()
        )

    def contents(self) -> list[str]:
        """Hashes of the contents that have a sealed file, sorted."""
        names = sorted(path.stem for path in self.folder.glob("*.sealed"))
        return [name for name in names if name != EXPIRED]

    def expired(self) -> frozenset[str]:
        """Pseudonyms and business numbers whose identities were destroyed."""
        return frozenset(self._read(EXPIRED)) if self._path(EXPIRED).exists() else frozenset()

    def expire(self, marks: Iterable[str]) -> int:
        """Destroy the identities of these pseudonyms or numbers, for good; how many rows went.

        The tombstones are written first: broken off half way, the next call finishes.
        """
        gone = self.expired() | frozenset(marks)
        self._write(EXPIRED, sorted(gone))
        return sum(self._destroy(content_hash, gone) for content_hash in self.contents())

    def reseal(self) -> None:
        """Seal with the present data key what the former one still holds."""
        for content_hash in [*self.contents(), EXPIRED]:
            path = self._path(content_hash)
            if path.exists() and _sealed_by(path.read_bytes()) != self.keys.data_id:
                self._write(content_hash, self._read(content_hash))

    def _destroy(self, content_hash: str, gone: frozenset[str]) -> int:
        rows = self.open(content_hash)
        kept = [vars(row) for row in rows if not _is_expired(row, gone)]
        if len(kept) < len(rows):
            self._write(content_hash, kept)
        return len(rows) - len(kept)

    def _is_same(self, content_hash: str, rows: Sequence[Sealed]) -> bool:
        path = self._path(content_hash)
        return path.exists() and list(self.open(content_hash)) == list(rows)

    def _path(self, content_hash: str) -> Path:
        return self.folder / f"{content_hash}.sealed"

    def _write(self, content_hash: str, content: Any) -> None:
        text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        nonce = secrets.token_bytes(NONCE_BYTES)
        head = MAGIC + self.keys.data_id.encode()
        secret = AESGCM(self.keys.data).encrypt(
            nonce, zlib.compress(text, COMPRESSION), head + content_hash.encode()
        )
        private_write(self._path(content_hash), head + nonce + secret)

    def _read(self, content_hash: str) -> Any:
        sealed = self._path(content_hash).read_bytes()
        head, rest = sealed[: len(MAGIC) + ID_BYTES], sealed[len(MAGIC) + ID_BYTES :]
        known = {key_id(key): key for key in (self.keys.data, self.keys.former) if key}
        try:
            text = AESGCM(known[_sealed_by(sealed)]).decrypt(
                rest[:NONCE_BYTES], rest[NONCE_BYTES:], head + content_hash.encode()
            )
        except (KeyError, ValueError, InvalidTag):
            raise VaultError(
                f"保密库文件 {self._path(content_hash).name} 无法打开（已损坏或密钥不符）："
                "请从备份恢复该文件，或放回原来的密钥。"
            ) from None
        return json.loads(zlib.decompress(text))


def rotate_data_key(key_file: Path, folder: Path) -> Keys:
    """Replace the data key and re-seal the whole vault; can be run again after a breakdown."""
    keys = rotate(key_file, folder)
    Vault(folder, keys).reseal()
    return finish_rotation(key_file, folder, keys)


def _sealed_by(sealed: bytes) -> str:
    return sealed[len(MAGIC) : len(MAGIC) + ID_BYTES].decode("ascii", "replace")


def _is_expired(row: Sealed, expired: frozenset[str]) -> bool:
    return not expired.isdisjoint((*row.pseudonyms, *row.numbers.values()))
