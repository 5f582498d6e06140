"""When two claims report the same round, grant, loan or programme (DESIGN.md section 3)."""

from collections.abc import Iterator
from math import log

from db.vocabulary import Stage
from pipeline.features import Features, Flow, Portion
from pipeline.signals import (
    NEVER,
    SAME,
    STRANGERS,
    Signal,
    Term,
    are_apart,
    are_told_together,
    days,
    days_apart,
    kin_term,
    kinship,
    kinship_words,
    once,
    one_article,
    wording,
)
from pipeline.sums import MOST_TIMES, figures_agree, is_slip, money_words, ratio, size

_HARD = frozenset({Flow.LISTING, Flow.DEBT, Flow.PURCHASE})
"""Sorts of money that are never another sort."""


def funding_signals(left: Features, right: Features) -> Iterator[Signal]:
    """The same recipient and the same round; other figures for it are disagreement, not another event."""
    recipients, investors = kinship(left.other, right.other), kinship(left.acting, right.acting)
    if recipients == STRANGERS or (recipients is None and not investors):
        yield NEVER, "different recipients"
        return
    if (left.portion is Portion.TOTAL) != (right.portion is Portion.TOTAL):
        yield NEVER, "only one is a total over several rounds"
        return
    if left.series and right.series and left.series != right.series:
        yield NEVER, f"different rounds: {_series_words(left)} and {_series_words(right)}"
        return
    yield kin_term(recipients, "recipient"), lambda: kinship_words(recipients, "recipient", left, right)
    if recipients != SAME and _is_passed_on(left, right):
        yield once("giver of one is recipient of the other"), "money into a fund and money out of it"
    share = is_share_of(left, right) or is_share_of(right, left)
    yield from _investors(left, right, investors)
    yield from _sorts_of_money(left, right, share)
    yield from _rounds(left, right)
    yield from _sums(left, right, investors)
    yield from days(left, right)
    yield from wording(left, right)
    yield from _article(left, right, share)


def is_share_of(small: Features, great: Features) -> bool:
    """Whether a claim gives a share of what the other gives whole.

    By its own words, as money spent out of a programme, or as one article's figure for fewer of the same investors.
    """
    known = small.figure is not None and great.figure is not None
    if known and (ratio(small, great) is None or size(small) > size(great)):
        return False
    if small.portion is Portion.SHARE:
        return True
    if "spending" in small.marks and small.flow is Flow.PUBLIC and great.stage is not Stage.RUMOURED:
        return True
    some, more = small.acting, great.acting
    fewer = some.actors < more.actors or (some.groups <= more.actors and some.actors.isdisjoint(more.actors))
    return bool(some) and fewer and small.article_id == great.article_id and days_apart(small, great) == 0


def _is_passed_on(left: Features, right: Features) -> bool:
    """Whether one claim's recipient gives in the other: money into a fund is another act than money out of it."""
    return not (left.acting.actors.isdisjoint(right.other.actors) and left.other.actors.isdisjoint(right.acting.actors))


def _investors(left: Features, right: Features, investors: int | None) -> Iterator[Signal]:
    """Other investors speak against, unless they are only rumoured or reported to have stayed out."""
    ours, theirs = left.acting.actors, right.acting.actors
    open_list = not {left.stage, right.stage}.isdisjoint((Stage.CANCELLED, Stage.RUMOURED))
    if investors is None or (investors == STRANGERS and open_list):
        return
    if investors == SAME:
        name = "same investors" if ours == theirs else "some investors in common"
        within = ours < theirs or theirs < ours
        terms = once("investors of one among those of the other" if within else name)
    else:
        terms = once("different investors" if investors == STRANGERS else "related investors")
    if investors == STRANGERS and days_apart(left, right) > 45:
        terms = (*terms, ("different investors at another time", 1.0))
    yield terms, lambda: kinship_words(investors, "investor", left, right)


def _is_listing(claim: Features) -> bool:
    return claim.flow is Flow.LISTING or "float" in claim.marks


def _sorts_of_money(left: Features, right: Features, share: bool) -> Iterator[Signal]:
    flows = {left.flow, right.flow}
    if _is_listing(left) and _is_listing(right):
        far = once("listing at another time") if days_apart(left, right) > 120 else ()
        yield (("both a stock market listing", 1.0), *far), "both a stock market listing"
        if left.exchange and right.exchange and left.exchange != right.exchange:
            yield once("listings on different exchanges"), "listings on different exchanges"
    elif flows & _HARD and len(flows) == 2 and Flow.UNKNOWN not in flows:
        name = "another sort of money for a share" if share else "different sorts of money"
        yield once(name), " and ".join(sorted(flows))
    if Flow.LISTING in flows and ("float" in left.marks) != ("float" in right.marks):
        yield once("only one is a stock market listing"), "only one is plainly a stock market listing"
    ours, theirs = ((one.claim.instrument or "").casefold() for one in (left, right))
    if ours and theirs:
        yield once("one instrument" if ours == theirs else "different instruments"), _instrument_words(ours, theirs)


def _instrument_words(ours: str, theirs: str) -> str:
    return f"both called {ours}" if ours == theirs else f"called {ours} and {theirs}"


def _series_words(claim: Features) -> str:
    return "seed" if claim.series in ("seed", "angel") else f"series {(claim.series or '').upper()}"


def _rounds(left: Features, right: Features) -> Iterator[Signal]:
    if left.series and right.series:
        yield once("same series"), f"both {_series_words(left)}"
    if are_apart(left.budget_years, right.budget_years):
        yield once("different budget years"), "different budget years"
    elif bool(left.budget_years) != bool(right.budget_years):
        yield once("only one names a budget year"), "only one names a budget year"
    if left.valuation and right.valuation and Stage.RUMOURED not in (left.stage, right.stage):
        same = max(left.valuation, right.valuation) <= 1.06 * min(left.valuation, right.valuation)
        words = "same valuation" if same else "different valuations"
        yield once(words), words
    if "further" in left.marks ^ right.marks:
        yield once("only one is further money"), "only one is further money"
        first, further = (right, left) if "further" in left.marks else (left, right)
        if "first" in first.marks and "further" in further.marks:
            yield once("first and further money"), "first and further money"


def _sums(left: Features, right: Features, investors: int | None) -> Iterator[Signal]:
    portions = {left.portion, right.portion}
    if portions == {Portion.TOTAL}:
        yield once("both totals"), "both totals over several rounds"
    times = ratio(left, right)
    if times is None:
        return
    if figures_agree(left, right):
        far = once("agreeing amounts at another time") if days_apart(left, right) > 90 else ()
        twice = once("one figure twice in one article") if are_told_together(left, right) else ()
        yield (("amounts agree", 1.0), *far, *twice), lambda: f"amounts agree: {money_words(left, right)}"
    elif is_slip(times) and not are_told_together(left, right):
        yield once("amounts a power of ten apart"), lambda: f"amounts a power of ten apart: {money_words(left, right)}"
    elif Portion.SHARE in portions:
        yield once(_share_term(left, right)), lambda: f"one amount is a share: {money_words(left, right)}"
    else:
        yield _disagreement(left, right, investors, times), lambda: f"amounts differ: {money_words(left, right)}"


def _share_term(left: Features, right: Features) -> str:
    if left.portion is right.portion:
        return "both amounts are shares"
    share, whole = (left, right) if left.portion is Portion.SHARE else (right, left)
    return "the share is the larger amount" if size(share) > size(whole) else "one amount is a share"


def _disagreement(left: Features, right: Features, investors: int | None, times: float) -> tuple[Term, ...]:
    """Differing figures mean less in rumours and disputes, and more between other investors or in one article."""
    if left.portion is Portion.TOTAL:
        return once("totals differ")
    rumour = Stage.RUMOURED in (left.stage, right.stage)
    found = [("whole amounts differ", 1.0), ("whole amounts differ: times", min(MOST_TIMES, log(times)))]
    for holds, why in (
        (rumour, "a rumour"),
        (not (left.asserts and right.asserts), "a dispute"),
        (are_told_together(left, right), "in one article"),
        (investors == STRANGERS and not rumour, "different investors"),
    ):
        if holds:
            found.append((f"whole amounts differ: {why}", 1.0))
    return tuple(found)


def _article(left: Features, right: Features, share: bool) -> Iterator[Signal]:
    yield from one_article(left, right)
    if share:
        together = left.article_id == right.article_id
        terms = once("share and whole")
        yield (*terms, *(once("share and whole in one article") if together else ())), "one is a share of the other"
    if not are_told_together(left, right):
        return
    if not share and left.portion is right.portion is Portion.WHOLE:
        yield once("two whole sums in one article"), "two whole sums in one article"
    one_giver = bool(left.acting) and left.acting.actors == right.acting.actors and left.portion is right.portion
    if one_giver and ratio(left, right) is not None and not figures_agree(left, right):
        yield once("two sums of one giver in one article"), "two sums of one giver in one article"
