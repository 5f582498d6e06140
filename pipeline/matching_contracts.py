"""When two claims report the same contract, building project or partnership (DESIGN.md section 3)."""

from collections.abc import Iterator

from pipeline.features import Features
from pipeline.signals import (
    KIN,
    NEVER,
    SAME,
    SIBLINGS,
    STRANGERS,
    Signal,
    are_apart,
    are_told_together,
    days,
    days_apart,
    kin_term,
    kinship,
    kinship_words,
    once,
    one_article,
    shared_names,
    wording,
)
from pipeline.sums import money


def contract_signals(left: Features, right: Features) -> Iterator[Signal]:
    """Same supplier group, same buyer (an agency is its government for the same thing), same country and thing."""
    if are_apart(left.countries, right.countries):
        yield NEVER, "different countries"
        return
    supplier, buyer = kinship(left.acting, right.acting), kinship(left.other, right.other)
    if supplier == STRANGERS and not (buyer and days_apart(left, right) <= 10):
        yield NEVER, "different suppliers"
        return
    yield kin_term(supplier, "supplier"), lambda: kinship_words(supplier, "supplier", left, right)
    one_state = buyer == STRANGERS and not left.other.bodies.isdisjoint(right.other.bodies)
    terms = (*kin_term(buyer, "buyer"), *(once("bodies of one state") if one_state else ()))
    yield terms, lambda: kinship_words(buyer, "buyer", left, right)
    if are_told_together(left, right) and left.acting.actors != right.acting.actors:
        yield once("other suppliers in one article"), "other suppliers in one article"
    if ("renewal" in left.marks) != ("renewal" in right.marks):
        yield once("only one is a renewal or extension"), "only one is a renewal or extension"
    yield from money(left, right)
    yield from days(left, right)
    yield from wording(left, right)
    yield from one_article(left, right)


def infrastructure_signals(left: Features, right: Features) -> Iterator[Signal]:
    """The same site or project, whatever phase."""
    if are_apart(left.countries, right.countries):
        yield NEVER, "different countries"
        return
    level = _site_kinship(left, right)
    named = bool(shared_names(left, right)) or not left.codes.isdisjoint(right.codes)
    if not level and not named:
        yield NEVER, "no party in common"
        return
    yield kin_term(level, "party"), lambda: _site_words(level, left, right)
    if not named:
        yield once("no name of a site in common"), "no name of a site in common"
    yield from _parties(left, right, "further party in common")
    yield from _extent(left, right)
    yield from money(left, right)
    yield from days(left, right)
    yield from wording(left, right)
    yield from one_article(left, right)


def _extent(left: Features, right: Features) -> Iterator[Signal]:
    """A site's electric power, of which a first phase has less; a goal for years ahead is not one site."""
    if left.capacities & right.capacities:
        yield once("same capacity"), "same capacity in megawatts"
    elif left.capacities and right.capacities and left.portion is right.portion:
        yield once("different capacities"), "different capacities in megawatts"
    if "goal" in left.marks ^ right.marks:
        yield once("only one is a goal"), "only one is a goal for years ahead"


def _site_kinship(left: Features, right: Features) -> int:
    """Builders and hosts compared crosswise: sources differ on who hosts and who builds."""
    pairs = ((one, two) for one in (left.acting, left.other) for two in (right.acting, right.other))
    return max(kinship(one, two) or STRANGERS for one, two in pairs)


def _site_words(level: int, left: Features, right: Features) -> str:
    common = _common_names(left, right)
    if common:
        return f"same parties: {', '.join(common[:3])}"
    return "related parties" if level in (SAME, KIN, SIBLINGS) else "no party in common"


def _common_names(left: Features, right: Features) -> list[str]:
    common = left.everyone & right.everyone
    return sorted({party.name for party in left.claim.parties if party.actor_id in common})


def _parties(left: Features, right: Features, term: str) -> Iterator[Signal]:
    common = left.everyone & right.everyone
    if common:
        yield (
            ((term, min(3.0, len(common))),),
            lambda: f"{len(common)} part{'ies' if len(common) > 1 else 'y'} in common",
        )
    if left.everyone == right.everyone:
        yield once("exactly the same parties"), "exactly the same parties"
    elif left.everyone_groups - right.everyone_groups and right.everyone_groups - left.everyone_groups:
        yield once("each names other parties"), "each names other parties"
    else:
        yield once("only one names a further party"), "only one names a further party"


def partnership_signals(left: Features, right: Features) -> Iterator[Signal]:
    """The same core partners and the same agreement."""
    common = left.everyone & right.everyone
    if not common and not kinship(left.acting, right.acting):
        yield NEVER, "different partners"
        return
    if common:
        terms = (("partner in common", min(3.0, len(common))),)
        yield terms, lambda: f"same partners: {', '.join(_common_names(left, right)[:3])}"
    if left.everyone == right.everyone:
        yield once("exactly the same parties"), "exactly the same parties"
    elif len(common) < 2 and left.everyone - right.everyone and right.everyone - left.everyone:
        yield once("each names other parties"), "each names other partners"
    programmes = left.programmes & right.programmes
    if programmes:
        yield once("same programme"), lambda: f"same programme: {', '.join(sorted(programmes))}"
    if left.countries - right.countries and right.countries - left.countries:
        yield once("each names other countries"), "each names other countries"
    yield from money(left, right)
    yield from days(left, right)
    yield from wording(left, right)
    yield from one_article(left, right)
