"""The text of a delivered file by a fixed order of encodings, or the reason why it is none.

Bytes go in: a byte order mark decides, else strict UTF-8, else GB18030. Nothing is guessed, and
what decodes is not yet text: bytes of two encodings in one file, NUL bytes, and text that went
through a wrong encoding before it came here (mojibake) are refused with what to do, since no
screening could tell such words from real ones. A `Refusal` names lines, never their content.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.intake.grid import Refusal

MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\x84\x31\x95\x33": "gb18030",
}
BROKEN = ("\ufffd", "锟斤拷", "烫烫烫")
"""锟斤拷 is what UTF-8 replacement marks become when read as GBK, 烫烫烫 unset memory."""
PRIVATE = "[\ue000-\uf8ff]"

UTF8_RUN = (
    r"(?:^|[\x{00}-\x{7f}])"
    r"((?:[\x{e3}-\x{e9}][\x{80}-\x{bf}]{2}|\x{ef}[\x{bc}\x{bd}][\x{80}-\x{bf}]){4,})"
    r"(?:[\x{00}-\x{7f}]|$)"
)
"""Four or more Chinese characters in UTF-8 and nothing else up to the next ASCII byte (RE2, on
bytes). Six GBK characters would have to fall on these bytes by chance: one run in a thousand
million."""
UTF8_IN_GBK = ("锛", "銆")
"""How nearly every UTF-8 comma, colon and full stop begins when it was read as GBK."""
LATIN_RUN = "[\u0080-\u00ff\u0152-\u0192\u02c6-\u2122]{6,}"
"""Western letters and the signs of code page 1252, among them Chinese quotes and dashes too."""
WESTERN = b"\xc3"
"""What Western letters begin with in UTF-8, and Chinese characters never hold."""
FEWEST_DIFFERENT = 4
"""A run such as °°°°°° or ×××××× is somebody's drawing, not a lost encoding."""
HAN_RUN = re.compile("[\u3400-\u9fff\ue000-\uf8ff\uff01-\uff5e\u3000-\u303f€]{6,}")
WIDE = frozenset(map(chr, (*range(0x3000, 0x3040), *range(0x3400, 0xA000), *range(0xFF00, 0xFFF0))))
"""Chinese characters and their punctuation."""
SAMPLED = 65_536


def decoded(content: bytes) -> str:
    """The file's text. Raises Refusal (encoding, truncated, mixed, nul, mojibake)."""
    text = _by_mark(content)
    if text is None:
        text = _unmarked(content)
    elif "\x00" in text:
        raise Refusal("nul", {})
    if any(mark in text for mark in BROKEN) or _is_twice_coded(text):
        raise Refusal("mojibake", {})
    return text


def _by_mark(content: bytes) -> str | None:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            try:
                text = content.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise _undecodable(content, error) from None
            _refuse_latin(text)
            return text
    return None


def _unmarked(content: bytes) -> str:
    if b"\x00" in content:  # UTF-16 without a mark is full of them
        raise Refusal("nul", {})
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_cut_off(content, error):
            raise Refusal("truncated", {}) from None
        _refuse_mixed(content, error.start)
    else:
        if WESTERN in content:
            _refuse_latin(text)
        return text
    return _gb18030(content)


def _gb18030(content: bytes) -> str:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _undecodable(content, error) from None
    if _holds(text, PRIVATE):
        raise Refusal("mojibake", {})
    return text


def _undecodable(content: bytes, error: UnicodeDecodeError) -> Refusal:
    return Refusal("truncated" if _is_cut_off(content, error) else "encoding", {})


def _is_cut_off(content: bytes, error: UnicodeDecodeError) -> bool:
    """The only thing wrong is that the last character is not whole."""
    return error.end == len(content) and error.start > 0 and len(content) - error.start < 4


def _refuse_mixed(content: bytes, first_other: int) -> None:
    """Some lines are UTF-8 and some are not: whichever is chosen, the others become nonsense."""
    raw = pa.array([content], pa.large_binary())
    if pc.match_substring_regex(raw, UTF8_RUN)[0].as_py():
        first_utf8 = pc.find_substring_regex(raw, UTF8_RUN)[0].as_py() + 1
        lines = sorted({_line(content, first_utf8), _line(content, first_other)})
        raise Refusal("mixed", {"lines": "、".join(map(str, lines))})


def _line(content: bytes, at: int) -> int:
    before = content[:at]
    return (before.count(b"\n") or before.count(b"\r")) + 1


def _holds(text: str, pattern: str) -> bool:
    found = pc.match_substring_regex(pa.array([text], pa.large_string()), pattern)
    return bool(pc.any(found).as_py())


def _refuse_latin(text: str) -> None:
    """Chinese bytes that were read one by one as Western letters: Ã¦â€“â€¡, ÎÄ±¾."""
    runs = re.findall(LATIN_RUN, text) if _holds(text, LATIN_RUN) else ()
    if any(_is_lettered(run) and _was_chinese(run) for run in runs):
        raise Refusal("mojibake", {})


def _is_lettered(run: str) -> bool:
    letters = sum("\u00a0" <= character <= "\u00ff" for character in run)
    return 2 * letters >= len(run) and len(set(run)) >= FEWEST_DIFFERENT


def _was_chinese(run: str) -> bool:
    for western in ("latin-1", "cp1252"):
        try:
            raw = run.encode(western)
        except UnicodeEncodeError:
            continue
        for encoding in ("utf-8", "gb18030"):
            was = raw.decode(encoding, "ignore")
            han = sum("\u3400" <= character <= "\u9fff" for character in was)
            if han >= 2 and 2 * han >= len(was):
                return True
    return False


def _is_twice_coded(text: str) -> bool:
    """UTF-8 read as GBK and saved again: 鐏伀鍣. Its bytes as GBK are UTF-8 once more."""
    searched = text if any(mark in text for mark in UTF8_IN_GBK) else text[:SAMPLED]
    return any(_is_utf8_as_gbk(run) for run in HAN_RUN.findall(searched))


def _is_utf8_as_gbk(run: str) -> bool:
    """All of a run, but for a byte or two at its ends."""
    was = run.encode("gb18030", "ignore").decode("utf-8", "ignore")
    wide = sum(character in WIDE for character in was)
    return wide >= FEWEST_DIFFERENT and 3 * wide + 4 >= 2 * len(run)
