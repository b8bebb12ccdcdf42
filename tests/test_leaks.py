"""The leak test is tested: what is planted in any container, in any disguise, is found."""

import base64
import bz2
import gzip
import hashlib
import json
import lzma
import pickle
import random
import shutil
import sqlite3
import zipfile
from pathlib import Path
from urllib.parse import quote

import duckdb
import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
import pytest

from tests.leaks import find_leaks

PHONE = "13912340987"
NAME = "尉迟青岚"
PLANTED = {
    "phone": [PHONE, "0311-86540987"],
    "name": [NAME],
    "id": ["13010219850304123X"],
    "account": ["6222021234567890987"],
    "mail": ["qinglan.yuchi@example.com"],
    "plate": ["冀A7K9Q2"],
    "address": ["梧桐里9号楼3单元702"],
}
TEXT = f"举报人{NAME}，电话{PHONE}"


def parquet(path: Path) -> None:
    table = pa.table({"a": ["x"] * 50 + [TEXT], "n": list(range(51))})
    pq.write_table(table, path, compression="zstd")


def parquet_number(path: Path) -> None:
    pq.write_table(pa.table({"a": pa.array([1, int(PHONE)], pa.int64())}), path)


def parquet_float(path: Path) -> None:
    pq.write_table(pa.table({"a": pa.array([1.5, float(PHONE)])}), path, compression="gzip")


def parquet_dictionary(path: Path) -> None:
    unused = pa.DictionaryArray.from_arrays(pa.array([0, 0], pa.int8()), pa.array(["x", TEXT]))
    with (
        pa.OSFile(str(path), "wb") as sink,
        pa.ipc.new_file(sink, pa.schema([("a", unused.type)])) as out,
    ):
        out.write_table(pa.table({"a": unused}))


def parquet_metadata(path: Path) -> None:
    field = pa.field("a", pa.string(), metadata={"note": TEXT})
    pq.write_table(pa.table({"a": ["x"]}, schema=pa.schema([field])), path)


def parquet_nested(path: Path) -> None:
    pq.write_table(pa.table({"a": [[{"b": TEXT}]]}), path, compression="zstd")


def parquet_pickle(path: Path) -> None:
    pq.write_table(pa.table({"a": [gzip.compress(pickle.dumps([TEXT]))]}), path)


def duckdb_table(path: Path) -> None:
    with duckdb.connect(str(path)) as database:
        database.execute(
            "CREATE SCHEMA s; CREATE TABLE s.t AS SELECT ? AS a FROM range(5000)", [TEXT]
        )


def duckdb_comment(path: Path) -> None:
    with duckdb.connect(str(path)) as database:
        database.execute(f"CREATE TABLE t (a INT); COMMENT ON COLUMN t.a IS '{TEXT}'")


def duckdb_wal(path: Path) -> None:
    live = path.with_name("live.db")
    with duckdb.connect(str(live)) as database:
        database.execute("CREATE TABLE t (a VARCHAR); CHECKPOINT; INSERT INTO t VALUES (?)", [TEXT])
        shutil.copy(live, path)
        shutil.copy(f"{live}.wal", f"{path}.wal")
    live.unlink()


def sqlite_table(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE event_logs (event TEXT)")
    database.execute("INSERT INTO event_logs VALUES (?)", [json.dumps({"m": json.dumps(TEXT)})])
    database.commit()
    database.close()


def sqlite_wal(path: Path) -> None:
    live = path.with_name("live.db")
    database = sqlite3.connect(live)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE t (a BLOB)")
    database.execute("INSERT INTO t VALUES (?)", [gzip.compress(TEXT.encode())])
    database.commit()
    shutil.copy(live, path)
    shutil.copy(f"{live}-wal", f"{path}-wal")
    database.close()
    live.unlink()


def xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["x", TEXT])
    book.save(path)


def xlsx_number(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([int(PHONE)])
    book.active["A2"] = NAME
    book.save(path)


def zip_in_zip(path: Path) -> None:
    inner = path.with_name("inner.zip")
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>举报人</w:t><w:t>{TEXT[3:]}</w:t>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(inner, "a.docx")
    inner.unlink()


def zip_member_name(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{TEXT}.txt", "x")


WRITERS = [
    parquet, parquet_number, parquet_float, parquet_dictionary, parquet_metadata, parquet_nested,
    parquet_pickle, duckdb_table, duckdb_comment, duckdb_wal, sqlite_table, sqlite_wal, xlsx,
    xlsx_number, zip_in_zip, zip_member_name,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_found_in_every_container(write, tmp_path):
    write(tmp_path / "made.bin")
    assert f"phone {PHONE}" in told(tmp_path)


BYTES = {
    "utf-8": TEXT.encode(),
    "utf-8 with a bad byte": b"\xff " + TEXT.encode() + b" plain text around it" * 5,
    "utf-16": TEXT.encode("utf-16"),
    "utf-16-le without mark": TEXT.encode("utf-16-le"),
    "gb18030": ("编号,内容\r\n1," + TEXT).encode("gb18030"),
    "gzip": gzip.compress(TEXT.encode()),
    "bz2": bz2.compress(TEXT.encode()),
    "xz": lzma.compress(TEXT.encode()),
    "pickle": pickle.dumps({"row": [TEXT]}),
    "json escapes": json.dumps({"m": json.dumps(TEXT)}).encode(),
    "html entities": "".join(f"&#{ord(character)};" for character in TEXT).encode(),
    "split by tags": f"<b>{TEXT[:8]}</b><i>{TEXT[8:]}</i>".encode(),
    "url": f"http://x/?q={quote(TEXT)}".encode(),
    "base64 inside": b'{"bdata":"' + base64.b64encode(f"xx{TEXT}xx".encode()) + b'"}',
    "int64 array": np.array([5, int(PHONE)]).tobytes() + NAME.encode(),
    "int64 array in base64": base64.b64encode(np.array([5, int(PHONE)]).tobytes())
    + f" {NAME}".encode(),
}


@pytest.mark.parametrize("how", BYTES, ids=str)
def test_found_in_every_encoding(how, tmp_path):
    (tmp_path / "a.bin").write_bytes(BYTES[how])
    assert f"phone {PHONE}" in told(tmp_path)
    assert f"name {NAME}" in told(tmp_path)


@pytest.mark.parametrize(
    "spelling",
    [
        "139 1234 0987", "139-1234-0987", "+86 139 1234 0987", "(139)1234-0987", "１３９１２３４０９８７",
        "1 3 9 1 2 3 4 0 9 8 7", "一三九一二三四零九八七", "8613912340987", "013912340987",
        "139\u200b1234\u200b0987", "2026-10-01 139.1234.0987",
    ],
)  # fmt: skip
def test_phones_are_found_however_written(spelling, tmp_path):
    (tmp_path / "a.log").write_text(f"回电{spelling}。", "utf-8")
    assert told(tmp_path) == {f"phone {PHONE}"}


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
@pytest.mark.parametrize("wrap", ["hex", "HEX", "base64", "bytes"])
def test_unsalted_digests_are_found(kind, name, wrap, tmp_path):
    value = PLANTED[kind][0]
    digest = hashlib.new(name, value.encode()).digest()
    content = {
        "hex": digest.hex().encode(),
        "HEX": digest.hex().upper().encode(),
        "base64": base64.b64encode(digest),
        "bytes": b"x" + digest + b"y",
    }[wrap]
    (tmp_path / "a.json").write_bytes(b'{"id":"' + content + b'"}')
    assert any(f"{kind} {value} ({name})" in what for what in told(tmp_path))


@pytest.mark.parametrize("kind", PLANTED)
def test_every_kind_is_found(kind, tmp_path):
    for number, value in enumerate(PLANTED[kind]):
        (tmp_path / f"{number}.txt").write_text(f"见{value}。", "utf-8")
    assert {f"{kind} {value}" for value in PLANTED[kind]} <= told(tmp_path)


def test_file_and_folder_names_are_read(tmp_path):
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / f"{PHONE}.txt").write_text("x", "utf-8")
    assert {f"phone {PHONE}", f"name {NAME}"} <= told(tmp_path)


def test_a_damaged_container_is_no_clean_bill(tmp_path):
    parquet(tmp_path / "a.parquet")
    content = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(content[: len(content) // 2])
    assert any("cannot be opened" in what for what in told(tmp_path))


def test_nothing_is_found_where_nothing_is(tmp_path):
    words = (
        "JB-20261001-001 YH-130102001-202610-0001 2026-10-01 09:30 罚款13912.34元 第098号 尉迟先生"
    )
    (tmp_path / "a.txt").write_text(words * 100, "utf-8")
    (tmp_path / "b.bin").write_bytes(random.Random(1).randbytes(500_000))
    pq.write_table(
        pa.table({"a": [words] * 100, "n": list(range(13912340000, 13912340100))}),
        tmp_path / "c.parquet",
    )
    assert told(tmp_path) == set()


def test_an_excluded_folder_is_left_out(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(TEXT, "utf-8")
    assert find_leaks([tmp_path], PLANTED) != []
    assert find_leaks([tmp_path], PLANTED, [tmp_path / "raw"]) == []


def test_raw_search_misses_what_decoding_finds(tmp_path):
    """5,000 phones in a compressed Parquet: bytes show a few, the decoder all of them."""
    draw = random.Random(7)
    phones = sorted({f"13{draw.randrange(10**9):09d}" for _ in range(5000)})
    texts = [f"居民来电反映楼道堆放杂物，回电{phone}，请核查处理并答复。" for phone in phones]
    path = tmp_path / "mart.parquet"
    pq.write_table(pa.table({"content": texts}), path, compression="zstd")
    content = path.read_bytes()
    in_bytes = [phone for phone in phones if phone.encode() in content]
    decoded = {what for _, what in find_leaks([tmp_path], {"phone": phones}) if "raw" not in what}
    assert len(in_bytes) < 50
    assert decoded == {f"phone {phone}" for phone in phones}


def told(folder: Path) -> set[str]:
    return {
        what.removesuffix(" (raw bytes)").removesuffix(" (in base64)")
        for _, what in find_leaks([folder], PLANTED)
    }
