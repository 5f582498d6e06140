"""How the sums of money of two claims compare: whether they may be one, by how much they differ, and in words."""

from collections.abc import Iterator
from math import log

from db.values import Amount
from db.vocabulary import Bound
from pipeline.features import Features, Portion
from pipeline.signals import Signal, are_told_together, once

_MARKS = {Bound.AT_LEAST: "at least ", Bound.UP_TO: "up to ", Bound.ABOUT: "about "}
MOST_TIMES = 2.5
"""The logarithm beyond which a greater difference speaks no louder."""


def ratio(left: Features, right: Features) -> float | None:
    """The greater figure over the smaller one; None where one is missing or no rate is known."""
    if left.figure is None or right.figure is None:
        return None
    if left.currency == right.currency:
        small, great = sorted((left.figure, right.figure))
    elif left.usd is not None and right.usd is not None:
        small, great = sorted((left.usd, right.usd))
    else:
        return None
    return great / small if small else (1.0 if great == small else 1e9)


def figures_agree(left: Features, right: Features) -> bool:
    """Whether two figures may be one: within 5 % in one currency, 12 % across currencies (rates move)."""
    times = ratio(left, right)
    return times is not None and times <= (1.05 if left.currency == right.currency else 1.12)


def is_slip(times: float) -> bool:
    """Whether one figure is 10, 100 or 1,000 times the other: a slip in units, as sources make: the digits stay."""
    return any(abs(times / power - 1) < 0.03 for power in (10, 100, 1000))


def size(claim: Features) -> int:
    """A figure to compare with others, in USD where a rate is known; 0 where there is none."""
    return (claim.usd if claim.usd is not None else claim.figure) or 0


def money_words(left: Features, right: Features) -> str:
    """Two amounts in words: `2 billion EUR and about 2.3 billion USD`."""
    return " and ".join(_amount_words(claim.claim.amount) for claim in (left, right) if claim.claim.amount)


def _amount_words(amount: Amount) -> str:
    if amount.bound is Bound.RANGE and amount.low is not None and amount.high is not None:
        return f"{_figure_words(amount.low)} to {_figure_words(amount.high)} {amount.currency}"
    return f"{_MARKS.get(amount.bound, '')}{_figure_words(amount.figure)} {amount.currency}"


def _figure_words(figure: int) -> str:
    for size_of, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if figure >= size_of:
            return f"{figure / size_of:.4g} {word}"
    return str(figure)


def money(left: Features, right: Features) -> Iterator[Signal]:
    """The sums of a contract, a site or a partnership."""
    times = ratio(left, right)
    if (left.portion is Portion.TOTAL) != (right.portion is Portion.TOTAL) and times is not None:
        yield once("only one is a total"), "only one is a total over several deals"
    if times is None:
        return
    if figures_agree(left, right):
        twice = once("one figure twice in one article") if are_told_together(left, right) else ()
        yield (("amounts agree", 1.0), *twice), lambda: f"amounts agree: {money_words(left, right)}"
    elif is_slip(times) and not are_told_together(left, right):
        yield once("amounts a power of ten apart"), lambda: f"amounts a power of ten apart: {money_words(left, right)}"
    elif Portion.SHARE in (left.portion, right.portion):
        yield once("one amount is a part"), lambda: f"one amount is a part: {money_words(left, right)}"
    else:
        terms = (("amounts differ", 1.0), ("amounts differ: times", min(MOST_TIMES, log(times))))
        yield terms, lambda: f"amounts differ: {money_words(left, right)}"
