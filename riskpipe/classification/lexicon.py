"""The rule rows of the classifier, checked and laid out as flat arrays.

`Rules` goes in; a frozen `Lexicon` comes out: the automaton over all words, what each word
adds to which column (a category with one of its sub-categories), its role, and the labels
evidence is written with. A row that cannot be used is an error naming its id. No text is
judged here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import ahocorasick_rs
import numpy as np
import pyarrow as pa

from riskpipe.classification.rulerows import (
    GENERAL,
    JUDGED,
    POINT,
    LexiconError,
    column_of,
    pair_rows,
    points_of,
    word_rows,
)
from riskpipe.rules import Rules

CANCELLABLE: Final = ("hazard", "consequence")
PLACES: Final = ("title", "opening", "rest")
PLACE_TITLES: Final = ("标题或首句", "正文开头", "正文")
STANDINGS: Final = 2 * len(PLACES)
"""A word stands in one of the places, as the first of its group in the text or as a further
one (standing = place + 3): five words for one leaking roof tell one thing, not five."""


def rule_names() -> tuple[str, ...]:
    """The rule files whose merged content makes the classifier's version."""
    stage = "classification"
    return tuple(f"{stage}/{name}" for name in ("lexicon", "precedence", "priors", "decision"))


@dataclass(frozen=True)
class Precedence:
    """Words of two groups near each other move points: how the cross-category traps are told."""

    rule_id: str
    first: int
    second: int
    within: int
    source: int
    reason: str


@dataclass(frozen=True)
class Decision:
    """The few numbers of decision.toml."""

    percent: np.ndarray
    lead_chars: int
    opening_chars: int
    negation_chars: int
    thin: float
    stated_points: int


@dataclass(frozen=True)
class Sources:
    """Everything that can add points: lexicon rows, then precedence rows, then priors, stated.

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


@dataclass(frozen=True)
class Lexicon:
    """Words (a pattern each) and what they add, as arrays indexed by pattern or source."""

    words: tuple[str, ...]
    automaton: ahocorasick_rs.BytesAhoCorasick
    alphabet: np.ndarray
    is_figure: np.ndarray
    is_negation: np.ndarray
    is_cancellable: np.ndarray
    first_entry: np.ndarray
    entry_count: np.ndarray
    entries: np.ndarray
    in_group: np.ndarray
    precedence: tuple[Precedence, ...]
    priors: Mapping[str, int]
    sources: Sources
    decision: Decision
    version: str


def load_lexicon(rules: Rules) -> Lexicon:
    """Read, check and lay out the classifier's rules; LexiconError names the row at fault."""
    rows, pairs = word_rows(rules), pair_rows(rules)
    priors = rules.rows("classification/priors")
    decision = _decision(rules)
    words = tuple(sorted({row["word"] for row in rows}))
    number = {word: at for at, word in enumerate(words)}
    groups = sorted({row["group"] for row in rows if row["group"]})
    scoring = [at for at, row in enumerate(rows) if row["category"]]
    by_word: list[list[int]] = [[] for _ in words]
    for source, at in enumerate(scoring):
        by_word[number[rows[at]["word"]]].append(source)
    alphabet = _alphabet(words)
    return Lexicon(
        words=words,
        automaton=_automaton(words, alphabet),
        alphabet=alphabet,
        is_figure=_mark(words, (row["word"] for row in rows if row["kind"] == "figure")),
        is_negation=_mark(words, (row["word"] for row in rows if row["kind"] == "negation")),
        is_cancellable=_mark(words, (row["word"] for row in rows if row["kind"] in CANCELLABLE)),
        first_entry=np.cumsum([0, *(len(sources) for sources in by_word)])[:-1],
        entry_count=np.array([len(sources) for sources in by_word]),
        entries=np.array([source for sources in by_word for source in sources], dtype=np.int64),
        in_group=_membership(rows, number, groups),
        precedence=_precedence(pairs, groups, len(scoring)),
        priors={row["id"]: at for at, row in enumerate(priors)},
        sources=_sources([rows[at] for at in scoring], pairs, priors, decision),
        decision=decision,
        version=rules.version(rule_names()),
    )


def _decision(rules: Rules) -> Decision:
    said = rules.document("classification/decision")
    places = np.array([said["place_percent"][place] for place in PLACES], dtype=np.int64)
    return Decision(
        percent=np.concatenate((places, places * said["further"]["percent"] // 100)),
        lead_chars=said["reach"]["lead_chars"],
        opening_chars=said["reach"]["opening_chars"],
        negation_chars=said["reach"]["negation_chars"],
        thin=said["margin"]["thin"],
        stated_points=round(said["stated"]["points"] * POINT),
    )


def _alphabet(words: Iterable[str]) -> np.ndarray:
    """A two-byte code for every character some word uses, one shared code for all others.

    First bytes lie below 128 and second bytes above, so a match cannot begin in the middle
    of a character, and a byte offset halved is the character's position.
    """
    characters = sorted({character for word in words for character in word})
    if len(characters) >= 127 * 128:
        raise LexiconError("词表用字过多，请分拆词表。")
    codes = np.full(0x10000, 0x8000, dtype="<u2")
    for at, character in enumerate(characters):
        codes[min(ord(character), 0xFFFF)] = (0x80 + at % 128) << 8 | 1 + at // 128
    return codes


def encoded(text: str, alphabet: np.ndarray) -> np.ndarray:
    """The two-byte codes of a text; its raw bytes are what the automaton reads."""
    letters = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    return alphabet[np.minimum(letters, 0xFFFF)]


def _automaton(words: Sequence[str], alphabet: np.ndarray) -> ahocorasick_rs.BytesAhoCorasick:
    # A full table is fastest while it fits the processor's cache, which a few thousand words do.
    small = len(words) <= 1_000
    made = ahocorasick_rs.Implementation
    return ahocorasick_rs.BytesAhoCorasick(
        [encoded(word, alphabet).tobytes() for word in words],
        implementation=made.DFA if small else made.ContiguousNFA,
    )


def _mark(words: Sequence[str], chosen: Iterable[str]) -> np.ndarray:
    wanted = set(chosen)
    return np.array([word in wanted for word in words])


def _membership(
    rows: Sequence[Mapping[str, str]], number: Mapping[str, int], groups: Sequence[str]
) -> np.ndarray:
    """Group by pattern: is the word in the group?"""
    members = np.zeros((len(groups), len(number)), dtype=bool)
    for row in rows:
        if row["group"]:
            members[groups.index(row["group"]), number[row["word"]]] = True
    return members


def _precedence(
    pairs: Sequence[Mapping[str, str]], groups: Sequence[str], first_source: int
) -> tuple[Precedence, ...]:
    for row in pairs:
        for name in (row["first"], row["second"]):
            if name not in groups:
                raise LexiconError(
                    f"先后规则 precedence.csv 编号 {row['id']}：词表里没有词组“{name}”。"
                )
    return tuple(
        Precedence(
            rule_id=row["id"],
            first=groups.index(row["first"]),
            second=groups.index(row["second"]),
            within=int(row["within"]),
            source=first_source + at,
            reason=row["reason"],
        )
        for at, row in enumerate(pairs)
    )


def _sources(
    words: Sequence[Mapping[str, str]],
    pairs: Sequence[Mapping[str, str]],
    priors: Sequence[Mapping[str, str]],
    decision: Decision,
) -> Sources:
    plain = [
        (row["id"], row["word"], column_of("", row), points_of("", row["weight"])) for row in words
    ]
    plain += [
        (row["id"], f"规则{row['id']}", column_of("", row), points_of("", row["weight"]))
        for row in pairs
    ]
    priors_at = len(plain)
    plain += [
        (
            f"prior/{row['id']}",
            "来源",
            GENERAL + at,
            points_of(f"priors.csv {row['id']}", row[name]),
        )
        for row in priors
        for at, name in enumerate(JUDGED)
    ]
    stated_at = len(plain)
    plain += [
        ("stated", "填报类别", GENERAL + at, decision.stated_points) for at in range(len(JUDGED))
    ]
    ids, names, columns, points = zip(*plain, strict=True)
    labels = [
        f"{name}{value * percent / (100 * POINT):+.1f}"
        for name, value in zip(names, points, strict=True)
        for percent in decision.percent
    ]
    groups = [(row["category"], row["group"]) if row["group"] else None for row in words]
    known = {group: at for at, group in enumerate(sorted({group for group in groups if group}))}
    numbers = [known[group] if group else -1 for group in groups]
    return Sources(
        group=np.array(numbers + [-1] * (len(plain) - len(words)), dtype=np.int64),
        ids=ids,
        ids_array=pa.array(ids, pa.string()),
        names=names,
        column=np.array(columns, dtype=np.int64),
        points=np.array(points, dtype=np.int64),
        label=pa.array(labels, pa.string()),
        priors_at=priors_at,
        stated_at=stated_at,
    )
