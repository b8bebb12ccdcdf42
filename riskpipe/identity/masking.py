"""Free text loses what names its reporter: phones, names, papers, accounts, homes, plates.

In: texts of any column, file names, values shown in errors. Out: the same texts with fixed
tokens such as 〔电话〕. Cheap cues are searched in all texts by Arrow; only where one is
found does Python look closer, on shadows of the text: copies of the same length in which
full-width forms and Chinese numerals are plain digits, so that what is found in a shadow
stands at the same place in the text. The rules are data (masking.toml) and packaged only:
what protects a reporter is not an office's choice. Pseudonyms are not made here.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.rules import PACKAGE, Rules

RULES: Final = "identity/masking"
KEEP: Final = "keep"
PHONE: Final = "phone"
NAME: Final = "name"
SHORTEST_NAME: Final = 2
BLANKS: Final = 0xE000
"""First of the private-use characters that stand, one per token, for what is taken out."""

_NARROW: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0x3000: 0x20,
    **{0x1D7CE + n: 0x30 + n % 10 for n in range(50)},
    **{code: 0x31 + n for n, code in enumerate(range(0x2460, 0x2469))},
    **{code: 0x30 + n for n, code in enumerate(range(0x2080, 0x208A))},
}
_SPOKEN: Final = _NARROW | dict(
    zip(
        map(ord, "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两"),
        map(ord, "0001234567891" + "1234567892"),
        strict=True,
    )
)


@dataclass(frozen=True)
class Rule:
    """One thing to look for. `blank` stands in the shadow where it was found."""

    token: str
    cues: frozenset[str]
    blank: str
    reads_spoken: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Masking:
    """The compiled rules; `cue` is all of `cues` in one, RE2 for Arrow."""

    cue: str
    cues: Mapping[str, str]
    rules: tuple[Rule, ...]
    tokens: Mapping[str, str]
    blanks: Mapping[str, str]
    not_names: frozenset[str]
    surname: re.Pattern[str]
    version: str


def mask(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Mask every text; nulls and length stay. Masking twice changes nothing."""
    whole = as_array(texts)
    hits = pc.fill_null(pc.match_substring_regex(whole, masking().cue), False)
    looked_at = whole.filter(hits)
    if not len(looked_at):
        return whole
    masked = [
        _masked(text, rules)
        for text, rules in zip(looked_at.to_pylist(), _rules_for(looked_at), strict=True)
    ]
    return pc.replace_with_mask(whole, hits, pa.array(masked, pa.string()))


def mask_one(text: str) -> str:
    """Mask one text: a file name, a value in an error, a line of a log."""
    return _masked(text, masking().rules)


def mask_value(is_personal: bool, value: str | None) -> str | None:
    """What `rejected_cells` may show of a cell: nothing of a personal one, else it masked."""
    if value is None or not value.strip():
        return value
    return masking().tokens["value"] if is_personal else mask_one(value)


def mask_known(text: str, known: Mapping[str, str]) -> str:
    """Mask values known to be personal wherever they stand; `known` maps value to token.

    Longer values go first, so that a name inside an address does not spoil the address.
    """
    for value in sorted(known, key=lambda value: (-len(value), value)):
        if value in text:
            text = text.replace(value, known[value])
    return text


def phones_in(text: str) -> Iterator[str]:
    """Every phone number of a text, in narrow digits and with its separators, left to right."""
    plain, spoken = _shadows(text)
    for start, end, what in sorted(_found(plain, spoken, masking().rules)):
        if what == PHONE:
            yield spoken[start:end]


def as_array(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One contiguous string array."""
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    return whole.cast(pa.string())


@cache
def masking() -> Masking:
    """The packaged rules, compiled once, on first use."""
    # The package stands in for the office's folder: nothing overlays these rules.
    rules = Rules(PACKAGE).document(RULES)
    tokens = dict(rules["tokens"])
    blanks = {name: chr(BLANKS + n) for n, name in enumerate([*tokens, KEEP])}
    parts = _parts(rules, blanks)
    cues = {name: _filled(cue, parts) for name, cue in rules["cues"].items()}
    names = rules["names"]
    return Masking(
        cue="(?i)" + "|".join(cues.values()),
        cues=cues,
        rules=tuple(
            Rule(
                token=rule["token"],
                cues=frozenset(rule["cues"]),
                blank=blanks[rule["token"]],
                reads_spoken=rule["reads"] == "spoken",
                pattern=re.compile(_filled(rule["pattern"], parts)),
            )
            for rule in rules["rule"]
        ),
        tokens=tokens,
        blanks=blanks,
        not_names=frozenset(names["not_names"]),
        surname=re.compile(f"(?:{names['double']}|.)"),
        version=_version(rules),
    )


def _parts(rules: Mapping[str, Any], blanks: Mapping[str, str]) -> dict[str, str]:
    names = rules["names"]
    letters = names["sure"] + names["more"]
    no_name = "|".join(sorted(map(re.escape, names["not_names"]), key=len, reverse=True))
    return dict(rules["parts"]) | {
        "surname": f"(?!{no_name})(?:{names['double']}|[{letters}])",
        "certain": f"(?!{no_name})(?:{names['double']}|[{names['sure']}])",
        "family": f"(?:{names['double']}|[{names['sure']}])",
        "phone_blank": blanks["phone"],
        "name_blank": blanks["name"],
        "wide_han": r"[\x{3400}-\x{9fff}]",
    }


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Put the named parts in; parts may name parts. `(?P<it>…)` names a group, not a part."""
    while (full := re.sub(r"(?<!\(\?P)<(\w+)>", lambda m: parts[m[1]], pattern)) != pattern:
        pattern = full
    return pattern


def _version(rules: Mapping[str, Any]) -> str:
    text = json.dumps(rules, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _rules_for(texts: pa.Array) -> Iterator[tuple[Rule, ...]]:
    """For each text the rules of which it holds a cue."""
    found = {
        name: pc.match_substring_regex(texts, f"(?i){cue}").to_pylist()
        for name, cue in masking().cues.items()
    }
    for held in zip(*found.values(), strict=True):
        names = frozenset(name for name, is_held in zip(found, held, strict=True) if is_held)
        yield _ruled(names)


@cache
def _ruled(names: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in masking().rules if rule.cues & names)


def _masked(text: str, rules: tuple[Rule, ...]) -> str:
    plain, spoken = _shadows(text)
    found = _found(plain, spoken, rules)
    return _written(text, _with_repeats(text, found), masking().tokens)


def _with_repeats(text: str, found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """What was found, and every name that a cue gave away wherever the text says it again."""
    taken = list(found)
    names = {text[start:end] for start, end, token in found if token == NAME}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for match in re.finditer(re.escape(name), text) if len(name) >= SHORTEST_NAME else ():
            at, behind = match.span()
            if all(behind <= start or end <= at for start, end, _ in taken):
                taken.append((at, behind, NAME))
    return taken


def _shadows(text: str) -> tuple[str, str]:
    """The text as it is searched, tokens of an earlier masking blanked."""
    if "〔" in text:
        for name, token in masking().tokens.items():
            text = text.replace(token, masking().blanks[name] * len(token))
    return text.translate(_NARROW), text.translate(_SPOKEN)


def _found(plain: str, spoken: str, rules: tuple[Rule, ...]) -> list[tuple[int, int, str]]:
    """Where (start, end) which token goes; the rules run until a round finds nothing.

    What was found is blanked in both shadows, as a token of an earlier masking is: so a
    second masking sees what the last round saw, and changes nothing.
    """
    found: list[tuple[int, int, str]] = []
    before = -1
    while len(found) > before:
        before = len(found)
        for rule in rules:
            searched = spoken if rule.reads_spoken else plain
            for start, end in [_span(match) for match in rule.pattern.finditer(searched)]:
                blank = rule.blank * (end - start)
                plain = plain[:start] + blank + plain[end:]
                spoken = spoken[:start] + blank + spoken[end:]
                found.append((start, end, rule.token))
    return found


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The named group that took part, else the whole match."""
    return match.span(match.lastgroup) if match.lastgroup else match.span()


def _written(text: str, found: Sequence[tuple[int, int, str]], tokens: Mapping[str, str]) -> str:
    pieces, at = [], 0
    for start, end, token in sorted(found):
        if token != KEEP:
            pieces += [text[at:start], tokens[token]]
            at = end
    return "".join([*pieces, text[at:]])


def name_forms(name: str) -> Iterator[str]:
    """How a known person is also spoken of in the same row: 王先生, 王某, 老王."""
    match = masking().surname.match(name)
    if match and len(name) - match.end() in (1, 2):
        family = match.group()
        yield from (family + after for after in ("先生", "女士", "小姐", "某某", "某", "师傅"))
        yield from (before + family for before in ("老", "小"))
