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

from riskpipe.classification.alphabet import alphabet_of, automaton_of, encoded
from riskpipe.classification.decision import Decision, Scope, decision_of, scopes_of
from riskpipe.classification.learned import NAME as LEARNED
from riskpipe.classification.learned import Learned, load_learned
from riskpipe.classification.pairing import Pairs, Precedence, pairs_of
from riskpipe.classification.rulerows import (
    CUES,
    DANGERS,
    FIGURE,
    LexiconError,
    pair_rows,
    scope_rows,
    word_rows,
)
from riskpipe.classification.sources import Sources, sources_of
from riskpipe.rules import Rules

STOPS: Final = (",;。!?", ";。!?")
"""What ends a clause and what ends a sentence in folded text, in the order of BOUNDS."""


def rule_names() -> tuple[str, ...]:
    """The rule files whose merged content makes the classifier's version."""
    stage = "classification"
    names = ("lexicon", "precedence", "scopes", "priors", "decision")
    return (*(f"{stage}/{name}" for name in names), LEARNED)


@dataclass(frozen=True)
class Lexicon:
    """Words (a pattern each) and what they add, as arrays indexed by pattern or source."""

    words: tuple[str, ...]
    automaton: ahocorasick_rs.BytesAhoCorasick
    alphabet: np.ndarray
    stop: np.ndarray
    is_mute: np.ndarray
    is_danger: np.ndarray
    cue: np.ndarray
    scopes: tuple[Scope, ...]
    first_entry: np.ndarray
    entry_count: np.ndarray
    entries: np.ndarray
    pairs: Pairs
    precedence: tuple[Precedence, ...]
    priors: Mapping[str, int]
    sources: Sources
    learned: Learned
    decision: Decision
    version: str

    def labels_of(self, source: np.ndarray, standing: np.ndarray) -> pa.Array:
        """The evidence string of each source at its standing."""
        return self.sources.label.take(pa.array(source * len(self.decision.percent) + standing))


def load_lexicon(rules: Rules) -> Lexicon:
    """Read, check and lay out the classifier's rules; LexiconError names the row at fault."""
    rows, pairs = word_rows(rules), pair_rows(rules)
    priors = rules.rows("classification/priors")
    learned = load_learned(rules)
    scopes = scopes_of(scope_rows(rules))
    decision = decision_of(rules, scopes)
    words = tuple(sorted({row["word"] for row in rows}))
    number = {word: at for at, word in enumerate(words)}
    groups = sorted({group for row in rows for group in row["group"].split()})
    scoring = [at for at, row in enumerate(rows) if row["category"] and float(row["weight"])]
    by_word: list[list[int]] = [[] for _ in words]
    for source, at in enumerate(scoring):
        by_word[number[rows[at]["word"]]].append(source)
    precedence = _precedence(pairs, groups, len(scoring))
    alphabet = _alphabet(words)
    return Lexicon(
        words=words,
        automaton=automaton_of(words, alphabet),
        alphabet=alphabet,
        stop=_stops(alphabet),
        is_danger=_mark(words, (row["word"] for row in rows if row["kind"] in DANGERS)),
        cue=_cues(rows, number, scopes),
        scopes=scopes,
        first_entry=np.cumsum([0, *(len(sources) for sources in by_word)])[:-1],
        entry_count=np.array([len(sources) for sources in by_word]),
        entries=np.array([source for sources in by_word for source in sources], dtype=np.int64),
        is_mute=_mute(rows, number, scoring),
        pairs=pairs_of(_membership(rows, number, groups), precedence),
        precedence=precedence,
        priors={row["id"]: at for at, row in enumerate(priors)},
        sources=sources_of([rows[at] for at in scoring], pairs, priors, decision, learned),
        learned=learned,
        decision=decision,
        version=rules.version(rule_names()),
    )


def _cues(
    rows: Iterable[Mapping[str, str]], number: Mapping[str, int], scopes: Sequence[Scope]
) -> np.ndarray:
    """Which scope each word is a cue of, -1 for none (cues without a row in scopes.csv do nothing)."""
    of_kind = {scope.kind: at for at, scope in enumerate(scopes)}
    cue = np.full(len(number), -1)
    for row in rows:
        if row["kind"] in CUES:
            cue[number[row["word"]]] = of_kind.get(row["kind"], len(scopes))
    return cue


def _stops(alphabet: np.ndarray) -> np.ndarray:
    """By character code, how strong a stop the character is: 0 none, 1 of a clause, 2 a sentence."""
    strength = np.zeros(0x10000, dtype=np.uint8)
    for at, stops in enumerate(STOPS, start=1):
        strength[encoded(stops, alphabet)] = at
    return strength


def _alphabet(words: Iterable[str]) -> np.ndarray:
    try:
        return alphabet_of((*words, *STOPS))
    except OverflowError:
        raise LexiconError("词表用字过多，请分拆词表。") from None


def _mark(words: Sequence[str], chosen: Iterable[str]) -> np.ndarray:
    wanted = set(chosen)
    return np.array([word in wanted for word in words])


def _mute(
    rows: Sequence[Mapping[str, str]], number: Mapping[str, int], scoring: Sequence[int]
) -> np.ndarray:
    """Words that tell nothing by themselves: figures of speech, and cues that are nothing else."""
    mute = np.ones(len(number), dtype=bool)
    speaking = [row for row in rows if row["group"]] + [rows[at] for at in scoring]
    mute[[number[row["word"]] for row in speaking]] = False
    mute[[number[row["word"]] for row in rows if row["kind"] == FIGURE]] = True
    return mute


def _membership(
    rows: Sequence[Mapping[str, str]], number: Mapping[str, int], groups: Sequence[str]
) -> np.ndarray:
    """Group by pattern: is the word in the group?"""
    members = np.zeros((len(groups), len(number)), dtype=bool)
    for row in rows:
        for group in row["group"].split():
            members[groups.index(group), number[row["word"]]] = True
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
