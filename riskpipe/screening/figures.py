"""Small numbers in Chinese figures: 一 … 九十九. Text in, a number out; 0 for what is none."""

DIGITS = "〇一二三四五六七八九"


def small(word: str) -> int:
    """The number from 1 to 99 that a word spells, 0 where it spells none."""
    tens, ten, ones = word.rpartition("十")
    if any(len(part) > 1 or (part and part not in DIGITS[1:]) for part in (tens, ones)):
        return 0
    count = DIGITS.index(ones) if ones else 0
    if not ten:
        return count
    return 10 * (DIGITS.index(tens) if tens else 1) + count
