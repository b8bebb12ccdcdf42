"""The known headings that an unknown one most resembles.

A heading and a layout go in, up to three of the layout's printed headings come out, best first.
It only suggests: what a heading means is decided by the office, in the 表头对应表 (mapping.py).
"""

from rapidfuzz import fuzz

from riskpipe.intake.layout import Layout, plain

FLOOR = 60.0
"""Below it two short Chinese headings share no more than a word like 日期 by chance."""
CONTAINED = 70.0
"""What a heading scores at least that holds a known one, or lies in it: 检查日期 in 首次检查日期."""
SHORTEST_CONTAINED = 2
MOST = 3


def nearest(heading: str, layout: Layout) -> tuple[str, ...]:
    """Printed headings of the layout like this one; "整改/责任人" counts whole and by its child."""
    spelled = {plain(heading.replace("/", "")), plain(heading.rsplit("/", 1)[-1])} - {""}
    scored = []
    for place, aliases in enumerate((*layout.headings.values(), *layout.personal.values())):
        score = max((_likeness(one, plain(two)) for one in spelled for two in aliases), default=0.0)
        if score >= FLOOR:
            scored.append((-score, place, aliases[0]))
    return tuple(printed for _, _, printed in sorted(scored)[:MOST])


def _likeness(one: str, two: str) -> float:
    ratio = fuzz.ratio(one, two)
    short, long = sorted((one, two), key=len)
    if len(short) >= SHORTEST_CONTAINED and short in long:
        return max(ratio, CONTAINED)
    return ratio
