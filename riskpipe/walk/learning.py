"""Trains the office's learned words on its register, and switches them on and off.

The register's tip-offs and findings go in, with the hazard each belongs to and the source its sheet
came from; a lesson comes out, and where its gate is open learned.csv and its card under the office's
own rules. What counts as confirmed, how words are learned and when they may be used is
classification's. The day on the card is the register's as-of date: the same register teaches the
same list on any day.
"""

import csv
import io
import re
import secrets
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from riskpipe.classification import Classifier
from riskpipe.classification.learned import NAME
from riskpipe.classification.learning import (
    FIELDS,
    RECORDS,
    Lesson,
    Withheld,
    as_markdown,
    examples_of,
    is_installed,
    learn,
    terms_of,
)
from riskpipe.intake.layout import layouts_of
from riskpipe.rules import Rules
from riskpipe.tables.base import Model, columns_of, key_of
from riskpipe.tables.intake import Sheets
from riskpipe.tables.register import Findings, Links, Tipoffs
from riskpipe.walk.office import Office
from riskpipe.walk.progress import told
from riskpipe.walk.trouble import UseError

LEARNED, CARD = f"{NAME}.csv", f"{NAME}.md"
TOLD: Final = ((Tipoffs, "title", "content"), (Findings, None, "description"))
"""The tables that are judged, and where their title and text stand."""

PLACES: Final = ("street", "community")
HEAD = (
    "# 由 riskpipe learn 学得，说明见 learned.md；停用请运行 riskpipe learn --off，不要手工增行。\n"
)
_NAME: Final = re.compile(r"[\u3400-\u9fff]{2,4}")


def lesson_of(office: Office) -> Lesson:
    """Train on what the register holds. Raises UseError without scikit-learn or a register."""
    if not is_installed():
        raise UseError(
            "没有安装学习所需的 scikit-learn：请先运行 pip install 'riskpipe[learn]'。"
            "已启用的学习词表不受影响，归类不需要它。"
        )
    day = _as_of(office)
    rules = Rules(office.settings.rules_folder)
    terms = terms_of(rules)
    classifier = Classifier.load(rules.with_files({NAME: ()}))
    examples = examples_of(records_of(office, rules), terms.most_rows)
    return learn(
        examples,
        classifier,
        _withheld(office),
        terms,
        day=day,
        telling=lambda folds: told("交叉检验", folds),
    )


def switch_on(office: Office, lesson: Lesson) -> Path:
    """Write the list and its card among the office's rules; the list's path."""
    return _written(office.settings.rules_folder, lesson)


def lay_out(office: Office, lesson: Lesson, folder: Path) -> Path:
    """Write the office's rules with the new list into a folder of its own, to compare with.

    Raises UseError when the folder holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UseError(f"{folder} 已有内容：请另给一个空目录。")
    if office.settings.rules_folder.is_dir():
        shutil.copytree(office.settings.rules_folder, folder, dirs_exist_ok=True)
    return _written(folder, lesson)


def switch_off(office: Office) -> bool:
    """Take the list and its card away; whether there was one."""
    paths = [office.settings.rules_folder / name for name in (LEARNED, CARD)]
    there = [path for path in paths if path.exists()]
    for path in there:
        path.unlink()
    return bool(there)


def is_on(office: Office) -> bool:
    """Does the office use a learned list?"""
    return (office.settings.rules_folder / LEARNED).exists()


def records_of(office: Office, rules: Rules) -> pa.Table:
    """Every tip-off and finding of the register, in the columns of RECORDS."""
    priors = _priors(office, rules)
    links = pq.read_table(_path(office, Links), columns=["row_id", "hazard_id"])
    parts = [_records(office, model, title, text) for model, title, text in TOLD]
    table = pa.concat_tables(parts)
    place = pc.binary_join_element_wise(table["content_hash"], table["sheet"], "\n")
    linked = pc.index_in(table["row_id"], value_set=links["row_id"].combine_chunks())
    return (
        table.append_column("prior", _looked_up(place, priors))
        .append_column("hazard_id", links["hazard_id"].take(linked))
        .select(RECORDS.names)
        .cast(RECORDS)
    )


def _records(office: Office, model: Model, title: str | None, text: str) -> pa.Table:
    names = ("row_id", "category", "category_basis", "category_stated", "received_on")
    verified = ["verification"] if model is Tipoffs else []
    columns = [*names, "content_hash", "sheet", text, *([title] if title else []), *verified]
    table = pq.read_table(_path(office, model), columns=columns)
    nothing = pa.nulls(table.num_rows, pa.string())
    plain = {name: table[name] for name in (*names, "content_hash", "sheet")}
    return pa.table(
        plain
        | {
            "title": table[title] if title else nothing,
            "text": table[text],
            "verification": table["verification"] if verified else nothing,
        }
    )


def _priors(office: Office, rules: Rules) -> dict[str, str]:
    """The row of priors.csv for every sheet, by content and sheet name."""
    by_layout = {layout.name: layout.prior for layout in layouts_of(rules).layouts}
    sheets = pq.read_table(_path(office, Sheets), columns=["content_hash", "sheet", "layout"])
    return {
        f"{row['content_hash']}\n{row['sheet']}": by_layout[row["layout"]]
        for row in sheets.to_pylist()
        if row["layout"] in by_layout
    }


def _looked_up(places: pa.ChunkedArray, priors: dict[str, str]) -> pa.ChunkedArray:
    at = pc.index_in(places, value_set=pa.array(list(priors), pa.string()))
    found = pa.chunked_array([pa.array(list(priors.values()), pa.string())]).take(at)
    # A layout that was renamed since: its rows are judged as those of a hotline.
    return pc.fill_null(found, "tipoffs")


def _withheld(office: Office) -> Withheld:
    """Names of streets, communities and persons on duty that the register knows."""
    places: set[str] = set()
    persons: set[str] = set()
    for model, _, _ in TOLD:
        columns = columns_of(model)
        places |= set(_values(office, model, [c.name for c in columns if c.name in PLACES]))
        staff = _values(office, model, [c.name for c in columns if c.personal == "staff"])
        persons |= {name for value in staff for name in _NAME.findall(value)}
    return Withheld(frozenset(places), frozenset(persons))


def _values(office: Office, model: Model, names: list[str]) -> Iterator[str]:
    table = pq.read_table(_path(office, model), columns=names)
    for name in names:
        yield from (value for value in pc.unique(table[name]).to_pylist() if value)


def _as_of(office: Office) -> date:
    path = office.warehouse.table_path("calendar/run")
    if not path.exists():
        raise UseError(
            f"{office.settings.warehouse} 里还没有登记：请先运行 riskpipe run，"
            "再用 riskpipe review 复核一批归类。"
        )
    return pq.read_table(path, columns=["as_of_on"])["as_of_on"][0].as_py()


def _path(office: Office, model: Model) -> Path:
    path = office.warehouse.table_path(key_of(model))
    if not path.exists():
        raise UseError(f"表 {key_of(model)} 尚未生成：请先运行 riskpipe run。")
    return path


def _written(folder: Path, lesson: Lesson) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lesson.rows)
    # The card first: a list that is on always has one.
    _put(folder / CARD, as_markdown(lesson.card))
    _put(folder / LEARNED, HEAD + text.getvalue())
    return folder / LEARNED


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    unfinished.write_text(text, "utf-8", newline="\n")
    unfinished.replace(path)
