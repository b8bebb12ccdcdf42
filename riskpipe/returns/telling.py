"""What may be told of a text that goes back to its sender: masked, and without the file's people.

A text goes in and comes out with tokens in place of what names a reporter: what the masking
rules find, and every spelling of a person the file's own personal cells name. A text
that is nothing but a printed heading or a code of ours stays as it is. Which cells come back at all is
withholding.py's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import ahocorasick_rs
import pyarrow as pa

from riskpipe.identity.masking import as_array, mask
from riskpipe.identity.personal import known_of
from riskpipe.identity.vault import Sealed
from riskpipe.intake.layout import Layouts, plain
from riskpipe.rules import Rules
from riskpipe.tables import all_models
from riskpipe.tables.base import columns_of


@dataclass(frozen=True)
class Teller:
    """`known` maps spellings of the file's persons to tokens, `own` are plain words of ours."""

    known: Mapping[str, str]
    own: frozenset[str]

    def __call__(self, text: str) -> str:
        """One text as it may be told."""
        return self.texts([text])[0]

    def texts(self, texts: Sequence[str]) -> list[str]:
        """Many texts as they may be told, in their order."""
        distinct = list(dict.fromkeys(texts))
        masked = mask(pa.array(distinct, pa.string())).to_pylist()
        told = {
            text: text if plain(text) in self.own else self._without_known(shown)
            for text, shown in zip(distinct, masked, strict=True)
        }
        return [told[text] for text in texts]

    def column(self, cells: pa.Array | pa.ChunkedArray) -> pa.Array:
        """A column of cells as it may be told; nulls stay."""
        coded = as_array(cells).dictionary_encode()
        told = pa.array(self.texts(coded.dictionary.to_pylist()), pa.string())
        return told.take(coded.indices)

    def names_somebody(self, text: str) -> bool:
        """Whether a text holds a spelling of a person of the file."""
        return self._without_known(text) != text

    def _without_known(self, text: str) -> str:
        """Longest spellings first, as `mask_known` goes, but for thousands of them at once."""
        if self._search is None:
            return text
        pieces, at = [], 0
        for index, start, end in self._search.find_matches_as_indexes(text):
            pieces += [text[at:start], self.known[self._spellings[index]]]
            at = end
        return "".join([*pieces, text[at:]])

    @cached_property
    def _spellings(self) -> tuple[str, ...]:
        return tuple(self.known)

    @cached_property
    def _search(self) -> ahocorasick_rs.AhoCorasick | None:
        if not self.known:
            return None
        kind = ahocorasick_rs.MatchKind.LeftmostLongest
        return ahocorasick_rs.AhoCorasick(self._spellings, matchkind=kind)


def teller_of(sealed: Sequence[Sealed], layouts: Layouts, rules: Rules) -> Teller:
    """The teller for a file whose personal cells were sealed as `sealed`."""
    return Teller(known_of(sealed), own_words(layouts, rules))


def own_words(layouts: Layouts, rules: Rules) -> frozenset[str]:
    """Printed headings, names of sheets and codes in plain form: they stand on a sheet and name nobody."""
    codes = (row["code"] for row in rules.rows("screening/codes"))
    lists = (
        code for model in all_models() for column in columns_of(model) for code in column.codes
    )
    sheets = {name for layout in layouts.layouts for name in (*layout.sheets, plain(layout.title))}
    beside = layouts.aside_sheets | layouts.facts_sheets
    return (
        frozenset(layouts.by_heading) | sheets | beside | {plain(str(c)) for c in (*codes, *lists)}
    )
