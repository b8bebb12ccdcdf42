"""What was planted, written outside raw: the answers later tests and measurements compare with.

`numbers.parquet` has one row per number (tip-off, order, finding, incident); `personal.parquet`
every personal value with where it stands; `truth.json` the rest: groups of numbers that tell
of one hazard, recurrences, back-dated rows, the outbreak, illegal moves, duplicate payouts, bad
cells, files with a story, and the expected golden figures. Rows are flushed month by month.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

NUMBERS = pa.schema(
    [
        ("number", pa.string()),
        ("source", pa.string()),
        ("category", pa.string()),
        ("subcategory", pa.string()),
        ("concept", pa.int64()),
        ("happened_at", pa.timestamp("us")),
        ("street", pa.string()),
        ("community", pa.string()),
        ("unit", pa.string()),
        ("address", pa.string()),
        ("hazard", pa.string()),
    ]
)
"""`hazard` is empty unless several numbers tell of it; `concept` is the kind of matter."""

PERSONAL = pa.schema(
    [
        ("value", pa.string()),
        ("kind", pa.string()),
        ("place", pa.string()),
        ("number", pa.string()),
        ("file", pa.string()),
    ]
)
"""`kind`: name phone idno home account wechat email plate recording; `place`: column text file."""


@dataclass(frozen=True)
class Truth:
    """The planted truth as truth.json holds it (the two Parquet files lie beside it)."""

    scale: float
    seed: int
    months: list[str]
    hazards: dict[str, list[str]]
    same_caller: list[list[str]]
    recurrences: list[list[str]]
    backdated: list[dict[str, str]]
    outbreak: dict[str, Any]
    illegal_moves: list[dict[str, str]]
    orphans: list[str]
    duplicate_payouts: list[dict[str, Any]]
    bad_cells: list[dict[str, Any]]
    files: list[dict[str, str]]
    heaping_streets: list[str]
    expected: dict[str, Any]


@dataclass
class TruthBook:
    """Collects the truth while months are written; `close` makes the files."""

    folder: Path
    hazards: dict[str, list[str]] = field(default_factory=dict)
    recurrences: list[list[str]] = field(default_factory=list)
    backdated: list[dict[str, str]] = field(default_factory=list)
    outbreak: dict[str, Any] = field(default_factory=dict)
    illegal_moves: list[dict[str, str]] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    duplicate_payouts: list[dict[str, Any]] = field(default_factory=list)
    bad_cells: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)
    payees: dict[str, list[str]] = field(default_factory=dict)
    """Call → payouts delivered as paid, for finding what was paid twice."""
    _rows: dict[str, list[tuple[Any, ...]]] = field(
        default_factory=lambda: {"numbers": [], "personal": []}
    )
    _callers: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _writers: dict[str, pq.ParquetWriter] = field(default_factory=dict)

    def number(self, row: tuple[Any, ...]) -> None:
        """One number with the columns of NUMBERS; joins its hazard's group."""
        self._rows["numbers"].append(row)
        if row[-1]:
            self.hazards.setdefault(row[-1], []).append(row[0])

    def caller(self, hazard: str, person: int, number: str) -> None:
        """Who told of a shared hazard: the same person twice is planted too."""
        self._callers.setdefault((hazard, person), []).append(number)

    def personal(self, value: str, kind: str, place: str, number: str, file: str) -> None:
        """A personal value; each (value, place) is kept once a month."""
        if value and (value, place) not in self._seen:
            self._seen.add((value, place))
            self._rows["personal"].append((value, kind, place, number, file))

    def flush(self) -> None:
        """Write what has gathered to the two Parquet files, and forget it."""
        self._seen.clear()
        for name, schema in (("numbers", NUMBERS), ("personal", PERSONAL)):
            writer = self._writers.get(name)
            if writer is None:
                self.folder.mkdir(parents=True, exist_ok=True)
                writer = pq.ParquetWriter(self.folder / f"{name}.parquet", schema)
                self._writers[name] = writer
            rows, self._rows[name] = self._rows[name], []
            if rows:
                columns = zip(*rows, strict=True)
                writer.write_table(
                    pa.Table.from_arrays(
                        [pa.array(c, t.type) for c, t in zip(columns, schema, strict=True)],
                        schema=schema,
                    )
                )

    def close(
        self,
        *,
        scale: float,
        seed: int,
        months: list[str],
        heaping: list[str],
        expected: dict[str, Any],
    ) -> Truth:
        """Flush, write truth.json and hand the truth back."""
        self.flush()
        for writer in self._writers.values():
            writer.close()
        truth = Truth(
            scale=scale,
            seed=seed,
            months=months,
            hazards={k: sorted(v) for k, v in sorted(self.hazards.items()) if len(v) > 1},
            same_caller=sorted(v for v in self._callers.values() if len(v) > 1),
            recurrences=self.recurrences,
            backdated=self.backdated,
            outbreak=self.outbreak,
            illegal_moves=self.illegal_moves,
            orphans=self.orphans,
            duplicate_payouts=self.duplicate_payouts,
            bad_cells=self.bad_cells,
            files=self.files,
            heaping_streets=heaping,
            expected=expected,
        )
        text = json.dumps(asdict(truth), ensure_ascii=False, indent=1, default=str)
        (self.folder / "truth.json").write_text(text, encoding="utf-8")
        return truth
