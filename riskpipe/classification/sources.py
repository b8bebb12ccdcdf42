"""All that can add points, laid out behind one another, with the words evidence is written in.

Checked rule rows go in (lexicon, precedence, priors, learned words); flat arrays by source come out:
which column a source adds to, how many points, what it is called at every standing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from riskpipe.classification.decision import Decision
from riskpipe.classification.learned import Learned
from riskpipe.classification.rulerows import GENERAL, JUDGED, POINT, column_of, points_of

Told = tuple[str, str, int, int]
"""A source: its id, what evidence calls it, the column it adds to, its points in hundredths."""


@dataclass(frozen=True)
class Sources:
    """All that can add points: lexicon rows, precedence rows, priors, stated, learned words.

    `label` holds an evidence string for each standing of each source; `group` numbers the
    word groups of each category, -1 for sources that belong to none.
    """

    ids: tuple[str, ...]
    ids_array: pa.Array
    names: tuple[str, ...]
    column: np.ndarray
    points: np.ndarray
    group: np.ndarray
    label: pa.Array
    priors_at: int
    stated_at: int
    learned_at: int


def sources_of(
    words: Sequence[Mapping[str, str]],
    pairs: Sequence[Mapping[str, str]],
    priors: Sequence[Mapping[str, str]],
    decision: Decision,
    learned: Learned,
) -> Sources:
    """Lay the sources out: words first, so that a word's number is its source's."""
    parts = (
        [_word(row) for row in words],
        [_pair(row, decision) for row in pairs],
        [_prior(row, at, name) for row in priors for at, name in enumerate(JUDGED)],
        [_stated(at, decision) for at in range(len(JUDGED))],
        _learned(learned),
    )
    ids, names, columns, points = zip(*(told for part in parts for told in part), strict=True)
    ends = np.cumsum([len(part) for part in parts]).tolist()
    return Sources(
        ids=ids,
        ids_array=pa.array(ids, pa.string()),
        names=names,
        column=np.array(columns, dtype=np.int64),
        points=np.array(points, dtype=np.int64),
        group=np.array(_groups(words) + [-1] * (len(ids) - len(words)), dtype=np.int64),
        label=_labels(names, points, decision),
        priors_at=ends[1],
        stated_at=ends[2],
        learned_at=ends[3],
    )


def _word(row: Mapping[str, str]) -> Told:
    return row["id"], row["word"], column_of("", row), points_of("", row["weight"])


def _pair(row: Mapping[str, str], decision: Decision) -> Told:
    points = points_of("", row["weight"]) * decision.pair_percent // 100
    return row["id"], f"规则{row['id']}", column_of("", row), points


def _prior(row: Mapping[str, str], category: int, name: str) -> Told:
    points = points_of(f"priors.csv {row['id']}", row[name])
    return f"prior/{row['id']}", "来源", GENERAL + category, points


def _stated(category: int, decision: Decision) -> Told:
    return "stated", "填报类别", GENERAL + category, decision.stated_points


def _learned(learned: Learned) -> list[Told]:
    columns, points = (GENERAL + learned.category).tolist(), learned.points.tolist()
    return list(zip(learned.ids, learned.names, columns, points, strict=True))


def _groups(words: Sequence[Mapping[str, str]]) -> list[int]:
    """The number of each word's main group within its category, -1 for none."""
    groups = [(row["category"], row["group"].split()[0]) if row["group"] else None for row in words]
    known = {group: at for at, group in enumerate(sorted({group for group in groups if group}))}
    return [known[group] if group else -1 for group in groups]


def _labels(names: Sequence[str], points: Sequence[int], decision: Decision) -> pa.Array:
    labels = [
        f"{name}{value * percent / (100 * POINT):+.1f}"
        for name, value in zip(names, points, strict=True)
        for percent in decision.percent
    ]
    return pa.array(labels, pa.string())
