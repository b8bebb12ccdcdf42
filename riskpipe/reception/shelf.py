"""Sets of files in the landing: Parquets, and the JSON that vouches for them.

A set's JSON is written last, carries the stamp of what made it and the sizes of its Parquets; a
set without it, or with one that a crash left broken, does not count. What the files hold is not
known here.
"""

import json
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from riskpipe.warehouse import stamped

PARQUET_END = b"PAR1"


def head_of(path: Path, stamp: str) -> dict[str, Any] | None:
    """The JSON of a stored set when it carries the stamp and its Parquets stand whole."""
    try:
        head = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(head, dict) or head.get("stamp") != stamp:
        return None
    sizes = head["sizes"].items()
    return head if all(_is_whole(path.parent / name, size) for name, size in sizes) else None


def _is_whole(path: Path, size: int) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-len(PARQUET_END), os.SEEK_END)
            return file.read() == PARQUET_END and file.tell() == size
    except OSError:
        return False


def clear(folder: Path, head: str, names: Sequence[str]) -> None:
    """Take the head away before its set changes, and tables the set no longer has."""
    for name in (head, *names):
        (folder / name).unlink(missing_ok=True)


def write_tables(folder: Path, tables: Mapping[str, pa.Table], stamp: str) -> dict[str, int]:
    """Write Parquets by temporary name and rename; their sizes by file name.

    Each carries the stamp: what is gathered from them must notice that they were made anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        draft = _draft(path)
        marked = table.replace_schema_metadata(stamped(table.schema, stamp).metadata)
        pq.write_table(marked, draft, compression="zstd")
        sizes[path.name] = draft.stat().st_size
        draft.replace(path)
    return sizes


def _draft(path: Path) -> Path:
    """A name of its own for every writer: equal contents may land side by side."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")


def write_json(path: Path, content: Any) -> None:
    """Write a JSON by temporary name and rename."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path)
    draft.write_text(text, "utf-8")
    draft.replace(path)


def table_of(folder: Path, name: str, schema: pa.Schema) -> pa.Table:
    """A Parquet of a set; no rows when the set has none of that name."""
    path = folder / f"{name}.parquet"
    return pq.read_table(path, schema=schema) if path.exists() else schema.empty_table()
