"""Looking someone up: who asked, who approved, why; written down before anything is shown.

In: what is looked up (a tip-off number, or a delivered file whose rejected values are to be
read) and a stated purpose. Out: the identity, and one more line in the register of look-ups
(查阅登记表), JSON lines chained by keyed hashes: a changed, removed or reordered line is found,
and without the key the chain cannot be made anew. The register holds no reporter's data but
the tip-off number. The clock is the caller's.
"""

import hmac
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

import pyarrow as pa
from filelock import FileLock

from riskpipe.identity.masking import mask_known, mask_one
from riskpipe.identity.personal import known_of
from riskpipe.identity.vault import Sealed, Vault
from riskpipe.machine import private_append, private_folder, private_write

REGISTER: Final = "access.jsonl"
HEAD: Final = "access.head"
START: Final = "0" * 64
FILE: Final = "文件 "
"""Before a file's hash where else a tip-off's number stands in the register."""


class AccessError(ValueError):
    """The look-up was not allowed; the message says what is missing."""


@dataclass(frozen=True)
class Asked:
    """One line of the register, without its hashes."""

    seq: int
    at: str
    tipoff_no: str
    by: str
    approved_by: str
    reason: str
    rows: int


@dataclass(frozen=True)
class Stated:
    """Who looks, who approved it, and why; as given, not yet checked."""

    by: str
    approved_by: str
    reason: str


HEADINGS: Final = {
    "seq": "序号",
    "at": "查阅时间",
    "tipoff_no": "举报编号",
    "by": "查阅人",
    "approved_by": "批准人",
    "reason": "查阅事由",
    "rows": "查得条数",
    "hash": "校验值",
}


def reveal(
    vault: Vault, tipoff_no: str, *, by: str, approved_by: str, reason: str, at: datetime
) -> tuple[Sealed, ...]:
    """The identity behind a tip-off, after the look-up stands in the register.

    Raises AccessError when someone or the reason is missing, when a person approves
    their own look-up, or when the register was tampered with. A look-up that finds
    nothing is written down too.
    """
    number, stated = tipoff_no.strip(), Stated(by, approved_by, reason)
    _check("举报编号", number, stated)
    with _locked(vault):
        found = vault.find(number)
        _enter(vault, Looked(number, len(found), found), stated, at)
    return found


@dataclass(frozen=True)
class Looked:
    """What is looked up: its name in the register, how many lines are shown, the people in it."""

    subject: str
    rows: int
    people: Sequence[Sealed]


def looked_at(content_hash: str, rows: int, people: Sequence[Sealed]) -> Looked:
    """Rejected values of a delivered file, named by its content: its name may tell a person."""
    return Looked(f"{FILE}{content_hash[:16]}" if content_hash else "", rows, people)


def enter(vault: Vault, looked: Looked, stated: Stated, at: datetime) -> None:
    """Put down a look-up whose lines are about to be shown.

    Raises AccessError as `reveal` does.
    """
    _check("文件", looked.subject, stated)
    private_folder(vault.folder)
    with _locked(vault):
        _enter(vault, looked, stated, at)


@contextmanager
def _locked(vault: Vault) -> Iterator[None]:
    """The register alone, and whole: nothing is added to one that was tampered with."""
    with FileLock(vault.folder / f"{REGISTER}.lock"):
        if problems := verify(vault):
            raise AccessError(f"查阅登记表校验不通过，暂停查阅：{problems[0]}请先报告保密负责人。")
        yield


def _enter(vault: Vault, looked: Looked, stated: Stated, at: datetime) -> None:
    lines = _lines(vault)
    told = mask_known(mask_one(stated.reason.strip()), known_of(looked.people))
    asked = Asked(
        len(lines) + 1,
        at.isoformat(" ", "seconds"),
        looked.subject,
        stated.by.strip(),
        stated.approved_by.strip(),
        told,
        looked.rows,
    )
    _append(vault, asked, _last_hash(lines))


def verify(vault: Vault) -> list[str]:
    """What is wrong with the register, in Chinese; nothing when it is whole.

    Every byte counts: each line must be exactly what its hash was made of, follow the line
    before, and the last one must be the one last written.
    """
    problems, previous = [], START
    lines = _lines(vault)
    for number, line in enumerate(lines, 1):
        body = _body(line)
        if body is None or line != _line(vault, body, previous) or body["seq"] != number:
            problems.append(f"第{number}条被改动、删除或调换。")
            break
        previous = _hash_of(line)
    if not problems and not _is_head(vault, lines):
        problems.append("末尾的记录被删除，或末尾校验值被改动。")
    return problems


def register_table(vault: Vault) -> pa.Table:
    """查阅登记表 as a table of text under its Chinese headings, oldest first."""
    rows = [json.loads(line) for line in _lines(vault)]
    return pa.table(
        {
            title: pa.array([str(row[name]) for row in rows], pa.string())
            for name, title in HEADINGS.items()
        }
    )


def register_text(vault: Vault) -> str:
    """查阅登记表 as it is printed."""
    table = register_table(vault)
    lines = ["\t".join(table.column_names)]
    lines += ["\t".join(row.values()) for row in table.to_pylist()]
    return "查阅登记表\n" + "\n".join(lines) + "\n"


def _check(what: str, subject: str, stated: Stated) -> None:
    missing = [
        title
        for title, given in (
            (what, subject),
            ("查阅人（--by）", stated.by.strip()),
            ("批准人（--approved-by）", stated.approved_by.strip()),
            ("查阅事由（--reason）", stated.reason.strip()),
        )
        if not given
    ]
    if missing:
        raise AccessError(f"查阅举报人身份须写明：{'、'.join(missing)}。")
    if _same_person(stated.by, stated.approved_by):
        raise AccessError("查阅人与批准人不能是同一人：请由另一名负责人批准。")


def _same_person(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def _append(vault: Vault, asked: Asked, previous: str) -> None:
    line = _line(vault, asdict(asked), previous)
    private_append(vault.folder / REGISTER, (line + "\n").encode())
    head = f"{asked.seq} {_sign(vault, f'head {asked.seq} {_hash_of(line)}')}\n"
    private_write(vault.folder / HEAD, head.encode())


def _line(vault: Vault, body: dict[str, object], previous: str) -> str:
    content = dict(body) | {"previous": previous}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return json.dumps(content | {"hash": _sign(vault, text)}, ensure_ascii=False, sort_keys=True)


def _sign(vault: Vault, text: str) -> str:
    # From the pseudonym key: the data key rotates, the register stays.
    key = hmac.digest(vault.keys.pseudonym, b"riskpipe access register", "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()


def _lines(vault: Vault) -> list[str]:
    path = vault.folder / REGISTER
    if not path.exists():
        return []
    # A last line without its end is kept as an empty one more: verify finds it.
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    return text.removesuffix("\n").split("\n") + ([] if text.endswith("\n") else [""])


def _body(line: str) -> dict[str, object] | None:
    try:
        row = json.loads(line)
        return {name: row[name] for name in Asked.__dataclass_fields__}
    except (ValueError, KeyError, TypeError):
        return None


def _hash_of(line: str) -> str:
    return str(json.loads(line)["hash"])


def _last_hash(lines: list[str]) -> str:
    return _hash_of(lines[-1]) if lines else START


def _is_head(vault: Vault, lines: list[str]) -> bool:
    """The head names the last line, or the one before it when a power cut came between."""
    path = vault.folder / HEAD
    if not path.exists():
        return len(lines) <= 1
    for last in range(len(lines), max(len(lines) - 2, 0), -1):
        expected = f"{last} {_sign(vault, f'head {last} {_hash_of(lines[last - 1])}')}\n"
        if path.read_bytes() == expected.encode():
            return True
    return False
