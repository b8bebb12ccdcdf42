"""An issue's files: `issue.json`, `index.html`, the analyst's slots, the script all issues share.

Written by temporary name and rename, the same bytes for the same issue. Slot files are made
once and never overwritten: what the analyst wrote there is read into the issue before it is
rendered, so page, JSON, Word and Excel say the same.
"""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from riskpipe.consultation.issue import Chapter, Issue, Slot
from riskpipe.consultation.record import as_json
from riskpipe.consultation.rendering import library, page_alone, page_beside
from riskpipe.rules import decode
from riskpipe.warehouse import replacing

ALONE = "全部在一页.html"


def write_issue(issue: Issue, folder: Path) -> Issue:
    """Write the issue into its folder (`issues/2026-10`) and the script into `issues/assets`.

    Gives back the issue as written, the analyst's words included. Raises OSError when the
    disk is full or a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = with_slots(issue, _read_slots(issue, folder))
    name, script = library()
    shared = folder.parent / "assets" / name
    if not shared.exists() or shared.stat().st_size != len(script):
        _write(shared, script)
    _write(folder / "issue.json", as_json(written).encode())
    _write(folder / "index.html", page_beside(written, f"../assets/{name}").encode())
    return written


def write_alone(issue: Issue, folder: Path) -> Path:
    """Write the page with its script inside, one file to hand on; gives back its path."""
    _write(folder / ALONE, page_alone(issue).encode())
    return folder / ALONE


def with_slots(issue: Issue, texts: Mapping[str, tuple[str, ...]]) -> Issue:
    """The issue with the analyst's paragraphs in the slots that have some, by slot id."""
    return dataclasses.replace(
        issue, chapters=tuple(_chapter_with(chapter, texts) for chapter in issue.chapters)
    )


def slots_of(issue: Issue) -> tuple[Slot, ...]:
    """Every slot of the issue in printing order."""
    return tuple(b for chapter in issue.chapters for b in chapter.blocks if isinstance(b, Slot))


def _chapter_with(chapter: Chapter, texts: Mapping[str, tuple[str, ...]]) -> Chapter:
    blocks = tuple(
        dataclasses.replace(block, written=texts.get(block.id, ()))
        if isinstance(block, Slot)
        else block
        for block in chapter.blocks
    )
    return dataclasses.replace(chapter, blocks=blocks)


def _read_slots(issue: Issue, folder: Path) -> dict[str, tuple[str, ...]]:
    texts = {}
    for slot in slots_of(issue):
        path = folder / slot.file_name
        if not path.exists():
            _write(path, _blank(slot).encode("utf-8-sig"))
        lines = (line.strip() for line in decode(path).splitlines())
        texts[slot.id] = tuple(line for line in lines if line and not line.startswith("#"))
    return texts


def _blank(slot: Slot) -> str:
    """What a fresh slot file says: `#` lines are instructions and never print."""
    drafts = "".join(f"# 系统草拟：{paragraph.text}\r\n" for paragraph in slot.drafts)
    return (
        f"# {slot.prompt}\r\n"
        "# 以 # 开头的行不印出；在下面另起行填写，一段一行，填写后印出所填内容。\r\n"
        f"{drafts}"
    )


def _write(path: Path, content: bytes) -> None:
    with replacing(path) as temporary:
        temporary.write_bytes(content)
