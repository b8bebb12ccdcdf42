"""How marks, the cover and the added column look; the two writers share it.

Colours are told apart from any the sender may have used: an earlier return sheet's are taken off
again by them.
"""

from collections.abc import Mapping

from riskpipe.returns.plan import Line, Tone

FILLS: Mapping[Tone, str] = {Tone.WRONG: "FF8F8F", Tone.LOOK: "FFE58F"}
HEADING_FILL = "C00000"
HEADING_FONT = "FFFFFF"
REASON_FONT = "C00000"
FONT = "宋体"
TITLE_FONT = "黑体"
SIZE = 10
TITLE_SIZE = 18
HEAD_FILL = "DDEBF7"
LINE = "A6A6A6"
REASON_WIDTH = 48
COVER_WIDTHS = (24, 11, 11, 11, 11, 13, 19)
"""Of the cover's columns; together one A4 page across in landscape."""
LETTERS_A_LINE = 64
"""Chinese characters in a line across the cover."""
LINE_HEIGHT = 15
MOST_COMMENTS = 2000
"""Comments on one sheet; office programs crawl with more. The added column says it all anyway."""
COMMENT_WIDTH = 320
COMMENT_LINE = 18
LIVE = ("=", "+", "-", "@", "\t", "\r")
"""What begins so is kept as text: an office program would take it for a formula when edited."""


def lines_of(text: str, letters: int) -> int:
    """How many lines a text takes in a column that holds so many Chinese characters a line."""
    return sum(max(1, -(-width(line) // (2 * letters))) for line in text.split("\n"))


def comment_height(text: str) -> int:
    """Points a comment's box needs."""
    return 30 + COMMENT_LINE * lines_of(text, 18)


def reason_height(text: str) -> int:
    """Points a row needs for its reasons; not every office program lets rows grow by themselves."""
    return LINE_HEIGHT * lines_of(text, REASON_WIDTH // 2 - 2)


def cover_height(line: Line) -> int:
    """Points a line of the cover needs: merged cells do not grow by themselves."""
    if line.style == "title":
        return 36
    room = LETTERS_A_LINE - (12 if line.style == "item" else 0)
    lines = max(lines_of(text, room) for text in line.texts) if line.style != "row" else 1
    return LINE_HEIGHT * lines + (14 if line.style in ("head", "deadline") else 7)


def width(text: str) -> int:
    """In half-width columns."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
