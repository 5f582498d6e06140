"""When two claims report the same round, grant, loan or programme (DESIGN.md section 3)."""

from collections.abc import Iterator

from db.vocabulary import Stage
from pipeline.features import Features, Flow, Portion
from pipeline.signals import (
    KIN,
    NEVER,
    SAME,
    SIBLINGS,
    STRANGERS,
    Signal,
    are_apart,
    days_apart,
    days_words,
    figures_agree,
    is_slip,
    kinship,
    kinship_words,
    money_words,
    ratio,
    wording,
)


def funding_signals(left: Features, right: Features) -> Iterator[Signal]:
    """The same recipient and the same round; other figures for it are disagreement, not another event."""
    recipients, investors = kinship(left.other, right.other), kinship(left.acting, right.acting)
    if recipients == STRANGERS or (recipients is None and not investors):
        yield NEVER, "different recipients"
        return
    weights = {None: -0.5, SAME: 1.0, KIN: 0.3, SIBLINGS: -1.0}
    yield weights[recipients], lambda: kinship_words(recipients, "recipient", left, right)
    if Portion.TOTAL in (left.portion, right.portion):
        yield from _totals(left, right)
        return
    if left.series and right.series and left.series != right.series:
        yield NEVER, f"different rounds: {left.series} and {right.series}"
        return
    share = is_share_of(left, right) or is_share_of(right, left)
    yield from _sorts_of_money(left, right, share)
    yield from _rounds(left, right)
    yield from _investors(left, right, investors)
    yield from _days(left, right)
    yield from _money(left, right, investors, share)
    yield from wording(left, right)
    yield from _article(left, right, share and recipients is not None)


def is_share_of(small: Features, great: Features) -> bool:
    """Whether a claim gives a share of what the other gives whole.

    By its own words, as money spent out of a programme, or as one article's figure for fewer of the same investors.
    """
    if (
        small.figure is not None
        and great.figure is not None
        and (ratio(small, great) is None or _size(small) > _size(great))
    ):
        return False
    if small.portion is Portion.SHARE:
        return True
    if "spending" in small.marks and small.flow is Flow.PUBLIC and great.stage is not Stage.RUMOURED:
        return True
    some, more = small.acting, great.acting
    fewer = some.actors < more.actors or (some.groups <= more.actors and some.actors.isdisjoint(more.actors))
    return bool(some) and fewer and small.article_id == great.article_id and days_apart(small, great) == 0


def _size(claim: Features) -> int:
    return (claim.usd if claim.usd is not None else claim.figure) or 0


def _totals(left: Features, right: Features) -> Iterator[Signal]:
    """A total over several rounds is an event of its own, and another total is another."""
    if left.portion is not right.portion:
        yield NEVER, "only one is a total over several rounds"
        return
    yield (1.0 if days_apart(left, right) < 200 else -1.0), lambda: days_words(left, right)
    agree = figures_agree(left, right)
    yield (3.0 if agree else -3.0), lambda: f"totals {'agree' if agree else 'differ'}: {money_words(left, right)}"


def _is_listing(claim: Features) -> bool:
    return claim.flow is Flow.LISTING or "float" in claim.marks


def _sorts_of_money(left: Features, right: Features, share: bool) -> Iterator[Signal]:
    flows = {left.flow, right.flow}
    listings = _is_listing(left), _is_listing(right)
    hard = flows & {Flow.LISTING, Flow.DEBT, Flow.PURCHASE} and len(flows) == 2 and Flow.UNKNOWN not in flows
    if hard and not (share and Flow.PUBLIC in flows) and not (Flow.LISTING in flows and all(listings)):
        yield (-1.0 if share else -4.0), " and ".join(sorted(flows))
    elif any(listings) and not all(listings) and Flow.LISTING in flows:
        yield -2.0, "only one is a stock market listing"
    if flows == {Flow.LISTING}:
        apart = left.exchange and right.exchange and left.exchange != right.exchange
        yield (-4.0 if apart else 1.5), "listings on different exchanges" if apart else "both a stock market listing"


def _rounds(left: Features, right: Features) -> Iterator[Signal]:
    if left.series and right.series:
        yield 2.0, "both seed" if left.series == "seed" else f"both series {left.series.upper()}"
    if are_apart(left.budget_years, right.budget_years):
        yield -4.0, "different budget years"
    elif bool(left.budget_years) != bool(right.budget_years):
        yield -0.7, "only one names a budget year"
    if left.valuation and right.valuation:
        same = max(left.valuation, right.valuation) <= 1.06 * min(left.valuation, right.valuation)
        yield (1.5 if same else -1.0), "same valuation" if same else "different valuations"
    if "further" in left.marks ^ right.marks:
        yield -0.7, "only one is further money"
        if "first" in left.marks ^ right.marks:
            yield -2.5, "first and further money"


def _investors(left: Features, right: Features, investors: int | None) -> Iterator[Signal]:
    """Other investors speak against, unless one of them is only reported to have stayed out."""
    if investors is None:
        return
    stayed_out = Stage.CANCELLED in (left.stage, right.stage)
    weights = {SAME: 1.0, KIN: 0.6, SIBLINGS: 0.3, STRANGERS: 0.0 if stayed_out else -0.8}
    yield weights[investors], lambda: kinship_words(investors, "investor", left, right)
    settled = Stage.RUMOURED not in (left.stage, right.stage) and not stayed_out
    if investors == STRANGERS and settled and days_apart(left, right) > 45:
        yield -1.7, "other investors at another time"


def _days(left: Features, right: Features) -> Iterator[Signal]:
    """Programmes and listings run for long, a rumour precedes and a dispute follows: their time runs slower."""
    gap = days_apart(left, right)
    early = left if left.first <= right.first else right
    slow = left.flow is right.flow and left.flow in (Flow.PUBLIC, Flow.LISTING)
    if slow or early.stage is Stage.RUMOURED or not (left.asserts and right.asserts):
        gap = min(gap, 45 + max(0, gap - 45) // 2)
    if gap == 0 and (left.is_vague or right.is_vague):
        together = abs(left.published - right.published) <= 14
        yield (
            (1.1 if together else 0.3),
            lambda: days_words(left, right) + (", published within days" if together else ""),
        )
    else:
        steps = ((5, 2.0), (45, 1.3), (120, 0.0))
        far = -min(4.0, gap / 120)
        yield next((points for limit, points in steps if gap <= limit), far), lambda: days_words(left, right)


def _money(left: Features, right: Features, investors: int | None, share: bool) -> Iterator[Signal]:
    times = ratio(left, right)
    if times is None:
        return
    if figures_agree(left, right):
        points = 2.5 if left.currency == right.currency else 2.2
        # A round sum comes up again in later years by chance.
        yield (
            points - (1.0 if days_apart(left, right) > 90 else 0.0),
            lambda: f"amounts agree: {money_words(left, right)}",
        )
    elif share:
        near = investors in (SAME, KIN) or left.article_id == right.article_id
        yield (-0.1 if near else -0.4), lambda: f"one amount is a share: {money_words(left, right)}"
    elif is_slip(times):
        yield 0.5, lambda: f"amounts differ by a power of ten: {money_words(left, right)}"
    else:
        yield _disagreement(left, right, investors, times), lambda: f"amounts differ: {money_words(left, right)}"


def _disagreement(left: Features, right: Features, investors: int | None, times: float) -> float:
    """Points for differing figures: less where the same investors are named, for rumours, disputes and listings."""
    points = -0.5 if times < 1.3 else -2.0 if times < 3 else -3.0
    points *= {None: 0.75, STRANGERS: 1.2}.get(investors, 0.5)
    disputed = not (left.asserts and right.asserts)
    listing = left.flow is right.flow is Flow.LISTING
    return points / 2 if disputed or listing or Stage.RUMOURED in (left.stage, right.stage) else points


def _article(left: Features, right: Features, share: bool) -> Iterator[Signal]:
    if left.article_id != right.article_id:
        return
    if left.asserts != right.asserts:
        yield 1.0, "one article on the money and the reply to it"
    elif share:
        yield 1.5, "one article gives the whole and the share"
    elif left.asserts:
        rumour = (left.stage is Stage.RUMOURED) != (right.stage is Stage.RUMOURED)
        yield (-0.5 if rumour else -1.0), "told apart in one article"
