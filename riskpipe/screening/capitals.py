"""Amounts in 大写 figures, as vouchers write them: 壹万伍仟元整, 壹佰贰拾元伍角.

Text without its currency sign goes in, yuan come out, or None. Only the figures of 《支付结算
办法》附一 count, and only in the one way that writes the amount: what is read is written
again and must come out the same, so that 壹仟伍 (1,005 or 1,500?) is nobody's amount. Everyday
figures (一万五, 两百) are not read.
"""

import re
from decimal import Decimal

import cn2an

DIGITS = "零壹贰叁肆伍陆柒捌玖"
WRITTEN = re.compile(
    rf"(?P<yuan>[{DIGITS}拾佰仟万亿]+)[元圆](?:整|正|零?(?:(?P<jiao>[{DIGITS}])角)?(?:(?P<fen>[{DIGITS}])分)?(?:整|正)?)"
)
OPTIONAL_ZERO = re.compile(r"(?<=[万亿])零(?=[壹贰叁肆伍陆柒捌玖]仟)")
LEADING_TEN = re.compile("^拾")


def yuan_of(text: str) -> Decimal | None:
    """Yuan of an amount in 大写; None where it is none, or not the only way to write it."""
    found = WRITTEN.fullmatch(text)
    if not found:
        return None
    whole = _integer(found["yuan"])
    if whole is None:
        return None
    jiao, fen = (DIGITS.index(found[name]) if found[name] else 0 for name in ("jiao", "fen"))
    return Decimal(whole) + Decimal(10 * jiao + fen).scaleb(-2)


def _integer(figures: str) -> int | None:
    written = _normal(figures)
    try:
        value = int(cn2an.cn2an(written, "strict"))
    except ValueError:
        return None
    return value if _normal(cn2an.an2cn(value, "up")) == written else None


def _normal(figures: str) -> str:
    """The 零 behind 万 that the rule leaves to the writer taken out, the 壹 before 拾 put in."""
    return LEADING_TEN.sub("壹拾", OPTIONAL_ZERO.sub("", figures))
