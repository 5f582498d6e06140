"""When two claims report the same contract, building project or partnership (DESIGN.md section 3)."""

from collections.abc import Iterator

from pipeline.features import Features, Portion
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
    one_article,
    ratio,
    shared_names,
    wording,
)


def contract_signals(left: Features, right: Features) -> Iterator[Signal]:
    """Same supplier group, same buyer (an agency is its government for the same thing), same country and thing."""
    if are_apart(left.countries, right.countries):
        yield NEVER, "different countries"
        return
    supplier, buyer = kinship(left.acting, right.acting), kinship(left.other, right.other)
    if supplier == STRANGERS and not (buyer and days_apart(left, right) <= 10):
        yield NEVER, "different suppliers"
        return
    weights = {None: 0.2, SAME: 1.2, KIN: 1.0, SIBLINGS: 0.5, STRANGERS: -2.5}
    yield weights[supplier], lambda: kinship_words(supplier, "supplier", left, right)
    yield from _buyers(left, right, buyer)
    if (left.portion is Portion.TOTAL) != (right.portion is Portion.TOTAL):
        yield -2.0, "only one is a total over several deals"
    yield from _days(left, right)
    yield from _money(left, right)
    yield from wording(left, right)
    yield from one_article(left, right, told_apart=-1.0, replied_to=1.5)


def _buyers(left: Features, right: Features, buyer: int | None) -> Iterator[Signal]:
    one_state = not left.other.bodies.isdisjoint(right.other.bodies)
    weights = {None: 0.0, SAME: 1.0, KIN: 0.6, SIBLINGS: 0.3, STRANGERS: -0.3 if one_state else -1.5}
    yield weights[buyer], lambda: kinship_words(buyer, "buyer", left, right)
    told_together = left.article_id == right.article_id and left.asserts and right.asserts
    if told_together and left.acting.actors != right.acting.actors:
        yield -1.5, "other suppliers in one article"


def infrastructure_signals(left: Features, right: Features) -> Iterator[Signal]:
    """The same site or project, whatever phase."""
    if are_apart(left.countries, right.countries):
        yield NEVER, "different countries"
        return
    level = _site_kinship(left, right)
    names = shared_names(left, right) | (left.codes & right.codes)
    if not level and not names:
        yield NEVER, "no party in common"
        return
    yield from _site_parties(left, right, level)
    if names:
        yield 0.5 + 0.5 * min(2, len(names)), "same names: " + ", ".join(sorted(names)[:3])
    elif not left.words & right.words:
        yield -0.5, "nothing in common in the wording"
    if are_apart(left.numbers, right.numbers):
        yield -0.5, "different numbers"
    yield _site_days(days_apart(left, right)), lambda: days_words(left, right)
    yield from _money(left, right)
    yield from wording(left, right)
    yield from one_article(left, right, told_apart=-1.0, replied_to=1.5)


def _site_kinship(left: Features, right: Features) -> int:
    """Builders and hosts compared crosswise: sources differ on who hosts and who builds."""
    pairs = ((one, two) for one in (left.acting, left.other) for two in (right.acting, right.other))
    return max(kinship(one, two) or STRANGERS for one, two in pairs)


def _site_parties(left: Features, right: Features, level: int) -> Iterator[Signal]:
    common = left.everyone & right.everyone
    names = sorted({party.name for party in left.claim.parties if party.actor_id in common})
    words = f"same parties: {', '.join(names[:3])}" if common else "related parties" if level else "no party in common"
    yield {SAME: 1.6, KIN: 1.3, SIBLINGS: 1.0, STRANGERS: -0.5}[level], words
    if len(common) > 1:
        yield 1.2, f"{len(common)} parties in common"
    elif left.everyone_groups - right.everyone_groups and right.everyone_groups - left.everyone_groups:
        yield -1.4, "each names other partners"


def _site_days(gap: int) -> float:
    steps = ((31, 1.0), (120, 0.5), (400, 0.0), (800, -0.7))
    return next((points for limit, points in steps if gap <= limit), -1.5)


def partnership_signals(left: Features, right: Features) -> Iterator[Signal]:
    """The same core partners and the same agreement."""
    common = left.everyone & right.everyone
    if not common and not kinship(left.acting, right.acting):
        yield NEVER, "different partners"
        return
    names = sorted({party.name for party in left.claim.parties if party.actor_id in common})
    yield min(2.5, 1.25 * len(common)), f"same partners: {', '.join(names[:3])}" if names else "related partners"
    if len(common) < 2 and left.everyone - right.everyone and right.everyone - left.everyone:
        yield -1.0, "each names other partners"
        if left.countries - right.countries and right.countries - left.countries:
            yield -2.0, "each names other countries"
    yield from _days(left, right)
    yield from _money(left, right)
    yield from wording(left, right)
    yield from one_article(left, right, told_apart=-1.0, replied_to=1.5)


def _days(left: Features, right: Features) -> Iterator[Signal]:
    gap = days_apart(left, right)
    if gap == 0 and (left.is_vague or right.is_vague):
        yield 0.6, lambda: days_words(left, right)
    else:
        steps = ((10, 1.5), (62, 0.7), (200, -0.5))
        far = -min(3.0, gap / 250)
        yield next((points for limit, points in steps if gap <= limit), far), lambda: days_words(left, right)


def _money(left: Features, right: Features) -> Iterator[Signal]:
    times = ratio(left, right)
    if times is None:
        return
    if figures_agree(left, right):
        yield 3.0, lambda: f"amounts agree: {money_words(left, right)}"
    elif is_slip(times):
        yield 0.5, lambda: f"amounts differ by a power of ten: {money_words(left, right)}"
    elif Portion.SHARE in (left.portion, right.portion):
        yield -0.3, lambda: f"one amount is a part: {money_words(left, right)}"
    else:
        yield (-1.0 if times < 1.5 else -2.5), lambda: f"amounts differ: {money_words(left, right)}"
