"""How alike two claims are in one respect: parties, days, money, words, article. Shared by the rules of all kinds.

A signal is a pair: points for (above 0) or against (below 0) one event, on the scale of log-odds, and plain words.
"""

from collections.abc import Callable, Iterator

from pipeline.features import Features, Side

Words = str | Callable[[], str]
"""Words, or what makes them: most pairs are told apart, and nobody reads why."""
Signal = tuple[float, Words]

NEVER = -100.0
"""Points that no other signal can outweigh."""

STRANGERS, SIBLINGS, KIN, SAME = range(4)


def kinship(left: Side, right: Side) -> int | None:
    """How the parties of one role are related: the best pair counts. None where a side names nobody.

    SAME actor; KIN: owner and owned, or an agency and its country's government; SIBLINGS in one group; STRANGERS.
    """
    if not left.actors or not right.actors:
        return None
    if not left.actors.isdisjoint(right.actors):
        return SAME
    owned = not left.actors.isdisjoint(right.groups) or not left.groups.isdisjoint(right.actors)
    if owned or not left.governments.isdisjoint(right.bodies) or not left.bodies.isdisjoint(right.governments):
        return KIN
    return STRANGERS if left.groups.isdisjoint(right.groups) else SIBLINGS


def kinship_words(level: int | None, role: str, left: Features, right: Features) -> str:
    """A degree of kinship in words: `same recipient: Zhipu AI`, `different suppliers`, `related buyers: ...`."""
    if level is None:
        return f"{role} not named on one side"
    if level == STRANGERS:
        return f"different {role}s"
    if level == SAME:
        shared = left.everyone & right.everyone
        names = sorted(
            {party.name for party in left.claim.parties if party.actor_id in shared and party.role == f"{role}s"}
        )
        return f"same {role}: {', '.join(names[:3])}"
    names = sorted({p.name for one in (left, right) for p in one.claim.parties if p.role == f"{role}s"})
    return f"related {role}s: {', '.join(names[:4])}"


def days_apart(left: Features, right: Features) -> int:
    """Days between two acts: 0 where their periods meet, else between the middles of the periods.

    The middles, since the last day of one month and the first of the next are not known to be a day apart.
    """
    if left.first <= right.last and right.first <= left.last:
        return 0
    return abs(left.first + left.last - right.first - right.last) // 2


def days_words(left: Features, right: Features) -> str:
    """The distance in time in words."""
    gap = days_apart(left, right)
    if gap:
        return f"{gap} day{'s' if gap > 1 else ''} apart"
    return (
        "dates that can agree"
        if left.first != right.first or left.last != right.last
        else f"same date: {left.claim.date}"
    )


def are_apart(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether both sets say something and share nothing."""
    return bool(left and right) and left.isdisjoint(right)


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
    """Whether one figure is 10, 100 or 1,000 times the other: a slip in units, as sources make."""
    return any(abs(times / power - 1) < 0.05 for power in (10, 100, 1000))


def money_words(left: Features, right: Features) -> str:
    """Two figures in words: `2 billion EUR and 2.3 billion USD`."""
    return " and ".join(_figure_words(claim) for claim in (left, right))


def _figure_words(claim: Features) -> str:
    figure = claim.figure or 0
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if figure >= size:
            return f"{figure / size:.4g} {word} {claim.currency}"
    return f"{figure} {claim.currency}"


def wording(left: Features, right: Features) -> Iterator[Signal]:
    """Shared names and codes weigh more than shared words; a shared number (chips, entities) counts too."""
    words, codes = left.words & right.words, left.codes & right.codes
    if words or codes:
        names = shared_names(left, right)
        points = 0.5 * min(3, len(words)) + 0.7 * min(2, len(names)) + 1.0 * bool(codes)
        yield points, lambda: "same words: " + ", ".join([*sorted(codes), *sorted(words)][:4])
    numbers = left.numbers & right.numbers
    if numbers:
        yield 1.0, lambda: "same number: " + ", ".join(sorted(numbers)[:3])


def shared_names(left: Features, right: Features) -> frozenset[str]:
    """Names that one claim writes as a name and the other uses too."""
    return (left.names & right.words) | (left.words & right.names)


def one_article(left: Features, right: Features, *, told_apart: float, replied_to: float) -> Iterator[Signal]:
    """One article tells its acts apart, unless one claim is the denial or dispute of the other."""
    if left.article_id != right.article_id:
        return
    if left.asserts and right.asserts:
        yield told_apart, "told apart in one article"
    else:
        yield replied_to, "one article on the act and the reply to it"
