"""One way to fold Chinese text before it is compared: the same words, however typed.

Strings go in as Arrow arrays, strings of the same length come out: full-width forms narrowed
(NFKC), traditional script made simplified, zero-width and direction marks dropped, inline
pinyin notes such as 應(yīng) taken out, white space collapsed. Most texts need only a table
look-up per character, which numpy does for a whole block at once; the few with traditional
characters, ligatures or pinyin go through OpenCC together. No meaning is judged here and no
personal data is looked for.
"""

import re
import unicodedata
from functools import cache
from typing import Final

import numpy as np
import opencc
import pyarrow as pa
import pyarrow.compute as pc

BLOCK: Final = 4_096
"""Rows folded at a time: keeps the working arrays of a block inside the processor's cache."""

FENCE: Final = "\x1e"
"""Stands between rows of a block (ASCII record separator); control characters inside a row go."""

_TONES: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_NEUTRAL: Final = "de|le|zi|men|ne|ma|ba|me|zhe|tou"
_PINYIN_NOTE: Final = re.compile(
    rf"(?<=[\u3400-\u9fff])(?:[(?](?=[a-zü]*[{_TONES}])[a-zü{_TONES}]{{1,7}}\)|\((?:{_NEUTRAL})\))"
)
"""A syllable in brackets after a character; `?` stands where a copy lost the bracket."""

_MARKS: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff]"
)
_WRAP: Final = re.compile(r"(?<=[\u3400-\u9fff])\s*[\r\n]\s*(?=[\u3400-\u9fff])")
_SPACE: Final = re.compile(r"\s+")
_BESIDE_HAN: Final = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_ONLY_IN_PHRASES: Final = "著乾藉瞭徵覆甦麽夥"
"""Simplified differently inside certain phrases, so a look-up per character will not do."""

_PLAIN, _DROPPED, _WHITE, _BREAK, _HARD = range(5)


def fold(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Fold every text; nulls stay null, the length stays.

    A line break between two Chinese characters vanishes (sheets wrap words), every other run
    of white space becomes one space, ends are trimmed. Folding twice changes nothing
    (but for 薴, whose simplified form is in turn the traditional form of another character).
    """
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    whole = whole.cast(pa.string())
    if not len(whole):
        return whole
    blocks = [_fold_block(whole.slice(at, BLOCK)) for at in range(0, len(whole), BLOCK)]
    return pa.concat_arrays(blocks)


def fold_one(text: str) -> str:
    """Fold a single text, by the same rules in the plain order they are stated."""
    text = unicodedata.normalize("NFKC", _MARKS.sub("", text.replace(FENCE, "")))
    text = _PINYIN_NOTE.sub("", _MARKS.sub("", text))
    return _SPACE.sub(" ", _WRAP.sub("", _simplifier().convert(text))).strip()


def squeeze(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Fold code values and headings: besides `fold`, no space stays beside a Chinese character.

    Works on distinct values only, so a column of a million codes costs its code list.
    """
    whole = pa.chunked_array([texts]) if isinstance(texts, pa.Array) else texts
    coded = whole.cast(pa.string()).combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    values = pa.array([squeeze_one(value) for value in coded.dictionary.to_pylist()], pa.string())
    return values.take(coded.indices)


def squeeze_one(text: str) -> str:
    """Squeeze a single code value or heading."""
    return _BESIDE_HAN.sub("", fold_one(text))


def key_form(text: str) -> str:
    """The form in which identifying cells are compared: folded, lower case, letters and digits."""
    return _NOT_WORD.sub("", fold_one(text)).lower()


def _fold_block(block: pa.Array) -> pa.Array:
    """One block: look-ups for all rows, the long way for rows that hold a hard character."""
    codes, starts = _laid_out(block)
    kind_of, becomes = _tables()
    inside = np.minimum(codes, 0xFFFF)
    kinds = kind_of[inside]
    hard_rows = _rows_with(kinds == _HARD, starts) | _rows_with(_pinyin_at(codes), starts)
    kept = _kept(codes, kinds, starts)
    folded = _as_array(becomes[inside[kept]], len(starts))
    if hard_rows.any():
        folded = _replaced(folded, block, np.flatnonzero(hard_rows))
    return pc.if_else(pc.is_valid(block), folded, pa.scalar(None, pa.string()))


def _laid_out(block: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Code points of the rows behind one another, each row after a fence, and the fences."""
    filled = pc.fill_null(block, "")
    joined = _join(filled)
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    starts = np.flatnonzero(codes == ord(FENCE))
    if len(starts) != len(block):
        joined = _join(pc.replace_substring(filled, FENCE, ""))
        codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
        starts = np.flatnonzero(codes == ord(FENCE))
    return codes, starts


def _join(filled: pa.Array) -> str:
    rows = pa.ListArray.from_arrays(pa.array([0, len(filled)], pa.int32()), filled)
    return FENCE + pc.binary_join(rows, FENCE)[0].as_py()


def _rows_with(marked: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Which rows hold a marked character."""
    rows = np.zeros(len(starts), dtype=bool)
    found = np.flatnonzero(marked)
    if len(found):
        rows[np.searchsorted(starts, found, side="right") - 1] = True
    return rows


def _pinyin_at(codes: np.ndarray) -> np.ndarray:
    """Where a bracket opens (or was lost) between a Chinese character and a small letter."""
    opened = (codes == 0x28) | (codes == 0xFF08) | (codes == 0x3F) | (codes == 0xFF1F)
    found = np.flatnonzero(opened[1:-1]) + 1
    marked = np.zeros(len(codes), dtype=bool)
    before, after = codes[found - 1], codes[found + 1]
    han = (before >= 0x3400) & (before <= 0x9FFF)
    small = ((after >= 0x61) & (after <= 0x7A)) | ((after >= 0xDF) & (after <= 0x1FF))
    marked[found[han & (small | (after >= 0xFF41) & (after <= 0xFF5A))]] = True
    return marked


def _kept(codes: np.ndarray, kinds: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Which characters stay: no marks, of each run of white space at most its first."""
    kept = kinds != _DROPPED
    white = (kinds == _WHITE) | (kinds == _BREAK)
    if not white.any():
        return kept
    # Dropped marks may stand between blanks: look at what is left, then at its runs.
    left = np.flatnonzero(kept)
    blank = np.concatenate(([False], white[left], [False]))
    edges = np.flatnonzero(blank[1:] != blank[:-1])
    first, after = edges[0::2], edges[1::2]
    kept[left[white[left]]] = False
    breaks = np.concatenate(([0], np.cumsum(kinds[left] == _BREAK)))
    before = codes[left[first - 1]]
    behind = codes[left[np.minimum(after, len(left) - 1)]]
    at_end = (before == ord(FENCE)) | (behind == ord(FENCE)) | (after == len(left))
    wraps = (breaks[after] > breaks[first]) & _is_han(before) & _is_han(behind)
    kept[left[first[~(at_end | wraps)]]] = True
    kept[starts] = True
    return kept


def _is_han(codes: np.ndarray) -> np.ndarray:
    return (codes >= 0x3400) & (codes <= 0x9FFF)


def _as_array(codes: np.ndarray, rows: int) -> pa.Array:
    """The kept characters, a fence before each row, as an Arrow array built from its buffers."""
    content = codes.astype("<u4", copy=False).tobytes().decode("utf-32-le").encode()
    fences = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord(FENCE))
    offsets = np.append(fences, len(content)) - np.arange(rows + 1)
    offsets[-1] = len(content) - rows
    return pa.StringArray.from_buffers(
        rows,
        pa.py_buffer(offsets.astype(np.int32).tobytes()),
        pa.py_buffer(content.replace(FENCE.encode(), b"")),
    )


def _replaced(folded: pa.Array, block: pa.Array, rows: np.ndarray) -> pa.Array:
    """Rows with hard characters, folded the long way in one go."""
    raw = pc.fill_null(block.take(pa.array(rows)), "").to_pylist()
    long_way = pa.array(_fold_together(raw), pa.string())
    mask = np.zeros(len(folded), dtype=bool)
    mask[rows] = True
    return pc.replace_with_mask(folded, pa.array(mask), long_way)


def _fold_together(raw: list[str]) -> list[str]:
    """`fold_one` over many texts with one OpenCC call: its cost is mostly per call."""
    cleaned = [
        _PINYIN_NOTE.sub("", _MARKS.sub("", unicodedata.normalize("NFKC", _MARKS.sub("", text))))
        for text in (text.replace(FENCE, "") for text in raw)
    ]
    simple = _simplifier().convert(FENCE.join(cleaned)).split(FENCE)
    return [_SPACE.sub(" ", _WRAP.sub("", text)).strip() for text in simple]


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _tables() -> tuple[np.ndarray, np.ndarray]:
    """For each of the first 65,536 code points: what kind it is, and what it becomes.

    Code points beyond them (rare characters, emoji) share the last entry, a hard one.
    """
    kinds = np.full(0x10000, _PLAIN, dtype=np.uint8)
    becomes = np.arange(0x10000, dtype=np.uint32)
    for code in (*range(0xD800), *range(0xE000, 0x10000)):
        kinds[code], becomes[code] = _kind(chr(code))
    traditional = [chr(code) for start, end in _HAN_RANGES for code in range(start, end)]
    simple = _simplifier().convert("\n".join(traditional)).split("\n")
    kinds[[ord(was) for was, now in zip(traditional, simple, strict=True) if was != now]] = _HARD
    kinds[[ord(character) for character in _ONLY_IN_PHRASES]] = _HARD
    kinds[0xFFFF] = _HARD
    return kinds, becomes


_HAN_RANGES: Final = ((0x3400, 0xA000),)


def _kind(character: str) -> tuple[int, int]:
    if character == FENCE:
        return _PLAIN, ord(FENCE)
    if _MARKS.match(character):
        return _DROPPED, ord(character)
    if character.isspace():
        return (_BREAK if character in "\r\n" else _WHITE), 0x20
    form = unicodedata.normalize("NFKC", character)
    if len(form) != 1 or unicodedata.combining(character) or _composes(character):
        return _HARD, ord(character)
    if _MARKS.match(form) or form.isspace() or _narrows_han(character, form):
        return _HARD, ord(character)
    return _PLAIN, ord(form)


def _narrows_han(character: str, form: str) -> bool:
    """A compatibility form of a Chinese character: its plain form may be traditional."""
    return form != character and "\u3400" <= form <= "\u9fff"


def _composes(character: str) -> bool:
    """Hangul letters join with their neighbours under NFKC; nothing else single does."""
    return "\u1100" <= character <= "\u11ff" or "\u3130" <= character <= "\u318f"
