"""Lands real files for tests of the register: paths by day and sender in, landed tables out."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from riskpipe import reception
from riskpipe.identity.keys import Keys
from riskpipe.identity.vault import Vault
from riskpipe.reception.desk import models_by_kind
from riskpipe.rules import Rules
from riskpipe.settings import Settings
from riskpipe.tables.base import name_of, schema_of
from riskpipe.warehouse import Warehouse

KEYS = Keys(data=b"d" * 32, pseudonym=b"p" * 32, former=None)


@dataclass(frozen=True)
class Landed:
    """Delivered tables by name, and the lines of emptied cells."""

    tables: Mapping[str, pa.Table]
    cells: Sequence[Mapping[str, Any]]
    vault: Vault


def landed_from(files: Mapping[tuple[str, str], Sequence[Path]], folder: Path) -> Landed:
    """Copy files under raw/<day>/<sender>, land them all, join what landed by table."""
    raw, warehouse = folder / "raw", Warehouse(folder / "warehouse")
    for (day, sender), paths in files.items():
        place = raw / day / sender
        place.mkdir(parents=True, exist_ok=True)
        for path in paths:
            shutil.copy(path, place / path.name)
    desk = reception.desk_of(Settings(raw=raw), Rules(raw / "rules"), KEYS)
    vault = Vault(warehouse.vault, KEYS)
    known = [reception.land(d, desk, warehouse, vault) for d in reception.deliveries(raw)]
    contents = list(dict.fromkeys(one.content_hash for one in known))
    tables = {"deliveries": reception.deliveries_table(known)}
    tables["sheets"] = pa.concat_tables([reception.sheets(warehouse, c) for c in contents])
    for model in models_by_kind().values():
        parts = [
            reception.landed_table(warehouse, content, model)
            for content in contents
            if (
                warehouse.landing / content / f"{name_of(model).removeprefix('landed_')}.parquet"
            ).exists()
        ]
        tables[name_of(model)] = pa.concat_tables([schema_of(model).empty_table(), *parts])
    cells = [
        row
        for content in contents
        for row in reception.rejected_cells(warehouse, content).to_pylist()
    ]
    return Landed(tables, cells, vault)
