"""What single words do to texts: words that decide too much alone, words that never decide.

A classifier and folded records go in, findings come out. Taking a word away is first reckoned for
all words at once, by subtracting its points from every record it stands in and deciding again;
what that leaves out (a precedence rule that falls away, a shorter word that comes to light, the
discount of further words of a group) is made good by judging the records again without the word,
for the words that are told. So every figure told is exact, and only which words are told at the
edge of the limit is reckoned.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick_rs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.classification.classifier import Classifier
from riskpipe.classification.rulebook.book import LEXICON, PRECEDENCE
from riskpipe.classification.rulebook.faults import Book, scores
from riskpipe.classification.rulebook.findings import Finding, found
from riskpipe.classification.rulebook.records import judged, scores_of, weighed
from riskpipe.classification.rulebook.standing import RuleRow
from riskpipe.classification.rulerows import COLUMN_CATEGORY
from riskpipe.classification.scoring import decided
from riskpipe.rules import Rules
from riskpipe.text import FENCE, fold_one

FEWEST_FLIPS = 5
MOST_TOLD = 40
"""Words judged again one by one; each costs as much as loading the rules."""
EXAMPLES = 12


@dataclass(frozen=True)
class Counts:
    """By pattern of the lexicon: records it counts in, and of these how many it alone turns."""

    rows: np.ndarray
    flips: np.ndarray


@dataclass(frozen=True)
class Unheard:
    """Words without effect on the records: not in any, or in so many but never counted."""

    heard: tuple[str, ...]
    """Beside them: words that did count."""
    unseen: tuple[str, ...]
    passed_over: Mapping[str, int]


@dataclass(frozen=True)
class Flip:
    """A word taken away: records it stands in, records whose answer changes, from what to what."""

    word: str
    rows: int
    moves: Mapping[tuple[str, str], int]

    @property
    def flips(self) -> int:
        """How many answers change."""
        return sum(self.moves.values())


def counted(classifier: Classifier, records: pa.Table) -> Counts:
    """Reckon every word's absence at once."""
    lexicon = classifier.lexicon
    of_source = _pattern_of_source(classifier)
    rows, flips = (np.zeros(len(lexicon.words), dtype=np.int64) for _ in range(2))
    for block in weighed(classifier, records):
        pattern = of_source[block.added.source]
        mine = np.flatnonzero(pattern >= 0)
        key = block.added.row[mine] * len(lexicon.words) + pattern[mine]
        distinct, where = np.unique(key, return_inverse=True)
        at, word = distinct // len(lexicon.words), distinct % len(lexicon.words)
        base = scores_of(classifier, block)
        without = base[at]
        category = COLUMN_CATEGORY[lexicon.sources.column[block.added.source[mine]]]
        np.subtract.at(without, (where, category), block.added.points[mine])
        thin = lexicon.decision.thin
        turned = decided(without, thin) != decided(base, thin)[at]
        rows += np.bincount(word, minlength=len(rows))
        flips += np.bincount(word[turned], minlength=len(flips))
    return Counts(rows, flips)


def candidates(counts: Counts, classifier: Classifier, share: float) -> list[str]:
    """Words reckoned to turn more than `share` (0 to 1) of their records, most turned first."""
    enough = (counts.flips >= FEWEST_FLIPS) & (counts.flips > share * counts.rows)
    order = np.argsort(-counts.flips, kind="stable")
    return [classifier.lexicon.words[at] for at in order if enough[at]]


def turning(flips: Iterable[Flip], share: float) -> list[Flip]:
    """Of words judged again, those that do turn more than `share`, most turned first."""
    kept = (one for one in flips if one.flips >= FEWEST_FLIPS and one.flips > share * one.rows)
    return sorted(kept, key=lambda one: (-one.flips, one.word))


def without(word: str, classifier: Classifier, rules: Rules, records: pa.Table) -> Flip:
    """Judge the records that hold a word once with and once without it in the lexicon."""
    poorer = Classifier.load(rules.with_files(_lacking(word, rules)))
    some = records.filter(_holding(word, records))
    old, new = (judged(one, some)["category"].to_pylist() for one in (classifier, poorer))
    moves = Counter(pair for pair in zip(old, new, strict=True) if pair[0] != pair[1])
    return Flip(word, some.num_rows, moves)


def unheard(counts: Counts, classifier: Classifier, book: Book, records: pa.Table) -> Unheard:
    """Words that never counted: those that do not occur, and those that occur and are passed over."""
    words = classifier.lexicon.words
    speaking = {fold_one(row.cells["word"]) for row in book[LEXICON] if _speaks(row)}
    silent = [word for at, word in enumerate(words) if word in speaking and not counts.rows[at]]
    seen = _occurrences(silent, records)
    return Unheard(
        heard=tuple(word for at, word in enumerate(words) if counts.rows[at]),
        unseen=tuple(word for word in silent if word not in seen),
        passed_over={word: seen[word] for word in silent if word in seen},
    )


def told_flips(flips: Iterable[Flip], book: Book) -> Iterator[Finding]:
    """Flips as findings, at the row of the word."""
    places = _places(book)
    for flip in flips:
        moves = "、".join(
            f"{was}→{becomes} {count}"
            for (was, becomes), count in sorted(flip.moves.items(), key=lambda one: -one[1])
        )
        share = f"{100 * flip.flips / flip.rows:.0f}%"
        yield found(
            "flips",
            places.get(flip.word, ""),
            said=flip.word,
            rows=flip.rows,
            flips=flip.flips,
            share=share,
            moves=moves,
        )


def told_unheard(unheard: Unheard, book: Book, rows: int, is_full: bool) -> Iterator[Finding]:
    """Passed-over words one by one; unseen ones together, or one by one where all are wanted."""
    places, heard = _places(book), set(unheard.heard)
    for word, count in unheard.passed_over.items():
        longer = [one for one in places if word in one and one != word]
        if longer:
            other = min(longer, key=lambda one: (one not in heard, len(one), one))
            yield found("swallowed", places[word], said=word, rows=count, other=other)
        else:
            yield found("muted", places[word], said=word, rows=count)
    if is_full:
        for word in unheard.unseen:
            yield found("unseen_one", places[word], said=word, rows=rows)
    elif unheard.unseen:
        said = "、".join(unheard.unseen[:EXAMPLES])
        yield found("unseen", "", count=len(unheard.unseen), rows=rows, said=said)


def _pattern_of_source(classifier: Classifier) -> np.ndarray:
    """Which word each source of points is, -1 for precedence rows, priors and the rest."""
    lexicon = classifier.lexicon
    pattern = np.full(len(lexicon.sources.column), -1, dtype=np.int64)
    pattern[lexicon.entries] = np.repeat(np.arange(len(lexicon.words)), lexicon.entry_count)
    return pattern


def _lacking(word: str, rules: Rules) -> dict[str, tuple[Mapping[str, str], ...]]:
    """The rule rows without a word, and without precedence rows that no word is left for."""
    words = tuple(row for row in rules.rows(LEXICON) if fold_one(row["word"]) != word)
    groups = {group for row in words for group in row["group"].split()}
    pairs = rules.rows(PRECEDENCE)
    kept = tuple(row for row in pairs if {row["first"], row["second"]} <= groups)
    return {LEXICON: words, PRECEDENCE: kept}


def _holding(word: str, records: pa.Table) -> pa.ChunkedArray:
    return pc.or_(
        pc.match_substring(records["title"], word), pc.match_substring(records["text"], word)
    )


def _occurrences(words: Sequence[str], records: pa.Table) -> dict[str, int]:
    """In how many records each word occurs, inside longer words too; only those that do."""
    if not words:
        return {}
    automaton = ahocorasick_rs.AhoCorasick(list(words))
    seen: Counter[int] = Counter()
    for title, text in zip(*(records[name].to_pylist() for name in ("title", "text")), strict=True):
        hits = automaton.find_matches_as_indexes(f"{title}{FENCE}{text}", overlapping=True)
        seen.update({hit[0] for hit in hits})
    return {words[at]: seen[at] for at in sorted(seen)}


def _places(book: Book) -> dict[str, str]:
    """Where each word stands that is on, the first of equals."""
    places: dict[str, str] = {}
    for row in book[LEXICON]:
        if not row.is_off:
            places.setdefault(fold_one(row.cells["word"]), row.place)
    return places


def _speaks(row: RuleRow) -> bool:
    return not row.is_off and scores(row.cells)
