"""A zip of deliverable files: which of its members are deliveries, and under what names.

The members of a zip go in; out come the names of those to be received, those passed over and
why, or a Refusal of the whole. Nothing is written to a disk: a member's name is only a name.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from riskpipe.intake.grid import Refusal
from riskpipe.intake.natures import natures
from riskpipe.intake.zips import IS_LOCKED, IS_UTF8
from riskpipe.settings import IntakeLimits

MEGABYTE = 2**20
WORKBOOK_FOLDER = "xl/"


@dataclass(frozen=True)
class Member:
    """A file in an archive under its decoded name."""

    name: str
    info: zipfile.ZipInfo

    @property
    def is_safe(self) -> bool:
        """Whether the name stays inside the archive (no .., no root, no drive)."""
        parts = PurePosixPath(self.name).parts
        return bool(parts) and not {"..", "/"} & set(parts) and ":" not in parts[0]


def is_archive(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether a zip is no document that happens to be a zip: told by its members' names."""
    names = [info.filename for info in infos]
    return not is_workbook(names) and not any(
        part.told_by.search(name.encode()) for part in natures().parts for name in names
    )


def is_workbook(names: Sequence[str]) -> bool:
    """Whether a zip of these names is an Excel or WPS workbook."""
    return any(name.lower().startswith(WORKBOOK_FOLDER) for name in names)


def delivered(infos: Sequence[zipfile.ZipInfo], limits: IntakeLimits) -> tuple[Member, ...]:
    """The members to be received, in the archive's order. Raises Refusal of the whole archive."""
    found = tuple(member for member in _files(infos) if _aside(member) is None)
    if not found:
        raise Refusal("empty_archive", {})
    if len(found) > limits.max_members:
        raise Refusal("too_many_members", {"limit": limits.max_members})
    if all(member.info.flag_bits & IS_LOCKED for member in found):
        raise Refusal("encrypted", {})
    if sum(member.info.file_size for member in found) > limits.max_inflated_mb * MEGABYTE:
        raise Refusal("bomb", {"limit": limits.max_inflated_mb})
    return found


def passed_over(infos: Sequence[zipfile.ZipInfo]) -> list[tuple[str, str]]:
    """Members that are no deliveries (photos, lock files), by name, and why."""
    return [(member.name, why) for member in _files(infos) if (why := _aside(member)) is not None]


def only(infos: Sequence[zipfile.ZipInfo], name: str) -> Member:
    """The one member of a name, if it may be read. Raises Refusal."""
    found = [member for member in _files(infos) if member.name == name]
    if not found:
        raise Refusal("unfinished", {})  # the archive is not the one that was listed
    if len(found) > 1:
        raise Refusal("same_name", {})
    if not found[0].is_safe:
        raise Refusal("unsafe_name", {})
    if found[0].info.flag_bits & IS_LOCKED:
        raise Refusal("encrypted", {})
    return found[0]


def _files(infos: Sequence[zipfile.ZipInfo]) -> list[Member]:
    return [Member(_decoded(info), info) for info in infos if not info.is_dir()]


def _aside(member: Member) -> str | None:
    aside = natures().aside(member.name.split("/"))
    return aside.why if aside else None


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name: what the zip says is UTF-8, else UTF-8, else GB18030 (Windows packers), else cp437."""
    name = info.orig_filename
    if not info.flag_bits & IS_UTF8:
        written = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = written.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").replace("\0", "")
