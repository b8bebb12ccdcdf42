"""Whether a learned list may be used: enough rows, and proof that it beats the rules.

Counts and the comparison on rows it was not trained on go in; one line a condition comes out, each
with what was asked, what was found and whether it is met. A list that fails one is not used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from riskpipe.classification.learning.scores import NONE, Comparison
from riskpipe.classification.learning.terms import Terms
from riskpipe.classification.rulerows import JUDGED


@dataclass(frozen=True)
class Condition:
    """One thing that is asked; `found` is a Chinese sentence that says how it stands."""

    name: str
    found: str
    is_met: bool


def enough(label: np.ndarray, terms: Terms) -> tuple[Condition, ...]:
    """Are there rows enough to test anything? Of 非突发事件 too: most messages are none.

    Without confirmed 非突发事件 nobody could see a list raise false alarms, so it is asked for even
    when it does not occur.
    """
    counts = np.bincount(label, minlength=len(JUDGED))
    occurring = [at for at in range(len(JUDGED)) if counts[at] or at == NONE]
    total = _reached("已确认的条数", len(label), terms.rows)
    each = (_reached(str(JUDGED[at]), int(counts[at]), terms.each) for at in occurring)
    kinds = int((counts[:NONE] > 0).sum())
    any_of_four = _reached("四类突发事件中已有确认的类别数", kinds, 1)
    return (total, *each, any_of_four)


def proven(compared: Comparison, words: int, terms: Terms) -> tuple[Condition, ...]:
    """Does the list beat the rules where it was not trained?"""
    low, high = compared.gain_interval.low, compared.gain_interval.high
    before, after = compared.rules.false_alarms, compared.blend.false_alarms
    return (
        Condition("学到的词", f"词表 {words} 行", words > 0),
        Condition(
            "胜过规则",
            f"宏平均 F1 由 {compared.rules.macro_f1:.3f} 到 {compared.blend.macro_f1:.3f}"
            f"（{compared.gain:+.3f}，{terms.interval:g}% 区间 {low:+.3f} 至 {high:+.3f}），"
            "区间下限须大于 0",
            low > 0,
        ),
        Condition(
            "误报不增",
            f"非突发事件判为四类的比例由 {before:.3f} 到 {after:.3f}，不得上升",
            after <= before,
        ),
        Condition(
            "不改坏有把握的",
            f"规则把握不低于 {terms.sure:g} 的行，改对 {compared.sure_mended} 条、"
            f"改错 {compared.sure_spoiled} 条，改错的不得多于改对的",
            compared.sure_spoiled <= compared.sure_mended,
        ),
    )


def is_open(conditions: Sequence[Condition]) -> bool:
    """All conditions are met."""
    return all(condition.is_met for condition in conditions)


def _reached(name: str, found: int, asked: int) -> Condition:
    lack = f"，还差 {asked - found}" if found < asked else ""
    return Condition(name, f"{found}，至少 {asked}{lack}", found >= asked)
