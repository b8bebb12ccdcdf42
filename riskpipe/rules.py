"""The one loader of the field's rules: packaged data, overlaid by the office's own.

Layouts, lexicon, deadlines, tariffs, metrics, holidays and code aliases are TOML and CSV
beside the stage that uses them (`riskpipe/<stage>/<name>.csv`). An office overlays any of
them with a file of the same path under `raw/rules/`: CSV rows replace packaged rows with
the same first column and are appended otherwise, an `is_off` of 是 takes a row out; TOML
tables merge key by key. Nothing is read at import. What was merged has a version: a hash
of content that every result carries.
"""

import csv
import hashlib
import io
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent


class RuleError(ValueError):
    """A rule file that cannot be read; the message names file and line, in Chinese."""


@dataclass(frozen=True)
class Rules:
    """The merged rule set. `office` is the office's `raw/rules` folder (may not exist).

    `given` holds what stands in place of whole files, by name: rows of a CSV or a TOML document.
    """

    office: Path
    given: Mapping[str, Any] = field(default_factory=dict)
    _seen: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        """Rows of the CSV `name` ("rewards/tariffs"), packaged then office's, as text."""
        return self.given[name] if name in self.given else self._once(name + ".csv", self._rows)

    def document(self, name: str) -> Mapping[str, Any]:
        """The TOML document `name` ("intake/layouts/tipoffs"), merged."""
        if name in self.given:
            return self.given[name]  # type: ignore[no-any-return]
        return self._once(name + ".toml", self._document)

    def documents(self, folder: str) -> dict[str, Mapping[str, Any]]:
        """Every TOML document of a folder by its stem, sorted by name."""
        stems = {
            path.stem for base in (PACKAGE, self.office) for path in (base / folder).glob("*.toml")
        }
        return {stem: self.document(f"{folder}/{stem}") for stem in sorted(stems)}

    def version(self, names: Iterable[str]) -> str:
        """Hash (16 hex digits) of the merged content of the named rules.

        A name ending in `/` stands for all TOML documents of that folder.
        """
        merged = {
            name: self.documents(name.rstrip("/"))
            if name.endswith("/")
            else self.rows(name)
            if self._has(name, ".csv")
            else self.document(name)
            for name in sorted(names)
        }
        text = json.dumps(merged, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def with_files(self, given: Mapping[str, Any]) -> "Rules":
        """The same rules but for whole files: to try a change that no file holds yet."""
        return Rules(self.office, {**self.given, **given}, self._seen)

    def _once(self, name: str, read: Any) -> Any:
        if name not in self._seen:
            self._seen[name] = read(name)
        return self._seen[name]

    def _has(self, name: str, ending: str) -> bool:
        return any((base / (name + ending)).exists() for base in (PACKAGE, self.office))

    def _layers(self, name: str) -> list[tuple[Path, str]]:
        found = [base / name for base in (PACKAGE, self.office) if (base / name).is_file()]
        if not found:
            raise RuleError(f"找不到规则文件 {name}：请检查安装或 raw/rules 目录。")
        return [(path, decode(path)) for path in found]

    def _rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        merged: dict[str, dict[str, str]] = {}
        for path, text in self._layers(name):
            for row in _csv_rows(path, text):
                key = next(iter(row.values()))
                if row.pop("is_off", "") in ("是", "1", "true"):
                    merged.pop(key, None)
                else:
                    merged[key] = row
        return tuple(merged.values())

    def _document(self, name: str) -> Mapping[str, Any]:
        merged: dict[str, Any] = {}
        for path, text in self._layers(name):
            try:
                _merge(merged, tomllib.loads(text))
            except tomllib.TOMLDecodeError as error:
                raise RuleError(f"规则文件 {path.name} 格式有误：{error}") from None
        return merged


def decode(path: Path) -> str:
    """Text of a rule file in the encodings offices save: BOM, else UTF-8, else GB18030."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise RuleError(f"规则文件 {path.name} 的编码无法识别：请另存为 UTF-8 的 CSV。")


def _csv_rows(path: Path, text: str) -> Iterable[dict[str, str]]:
    lines = (line for line in io.StringIO(text) if line.strip() and not line.startswith("#"))
    for row in csv.DictReader(lines):
        if None in row or None in row.values():
            raise RuleError(
                f"规则文件 {path.name} 有一行的列数与表头不符：{next(iter(row.values()))}"
            )
        yield {name: value.strip() for name, value in row.items()}


def _merge(into: dict[str, Any], new: Mapping[str, Any]) -> None:
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value
