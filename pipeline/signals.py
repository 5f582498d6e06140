"""How alike two claims are in one respect: parties, days, words, article. Shared by the rules of all kinds of act.

A signal is a pair: terms, whose points stand in weights.csv, and plain words for people.
"""

from collections.abc import Callable, Iterator
from functools import cache

from db.vocabulary import Stage
from pipeline.features import Features, Side

Words = str | Callable[[], str]
"""Words, or what makes them: most pairs are told apart, and nobody reads why."""
Term = tuple[str, float]
"""A row of weights.csv, and how often or how much it applies (1 as a rule)."""
Signal = tuple[tuple[Term, ...], Words]

NEVER: tuple[Term, ...] = (("never", 1.0),)
"""Weighs more than all that can speak for a pair."""

STRANGERS, SIBLINGS, KIN, SAME = range(4)
_DEGREES = {None: "unnamed", STRANGERS: "different", SIBLINGS: "sister", KIN: "related", SAME: "same"}
_UNDONE = (Stage.SUSPENDED, Stage.CANCELLED)
_UNDONE_OR_DONE = (*_UNDONE, Stage.DELIVERED)
_STRETCHES = (
    (3, ()),
    (14, (("4 to 14 days apart", 1.0),)),
    (45, (("15 to 45 days apart", 1.0),)),
    (120, (("46 to 120 days apart", 1.0),)),
    (300, (("121 to 300 days apart", 1.0),)),
    (600, (("301 to 600 days apart", 1.0),)),
)
_NOTHING_IN_COMMON = (("nothing in common in the wording", 1.0),)
_NOTHING_IN_REPLY = (*_NOTHING_IN_COMMON, ("reply in words of its own", 1.0))
_LONG_AGO = 75
"""Days between an act and its report, from which on one month reported twice is hardly chance."""


@cache
def once(name: str) -> tuple[Term, ...]:
    """The terms of a signal that has just one."""
    return ((name, 1.0),)


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


@cache
def kin_term(level: int | None, role: str) -> tuple[Term, ...]:
    """The terms for a degree of kinship: `same recipient`, `sister supplier`, `unnamed target`."""
    return once(f"{_DEGREES[level]} {role}")


def kinship_words(level: int | None, role: str, left: Features, right: Features) -> str:
    """A degree of kinship in words: `same recipient: Zhipu AI`, `different suppliers`, `related buyers: ...`."""
    if level is None:
        return f"{role} not named on one side"
    plural = "authorities" if role == "authority" else f"{role}s"
    if level == STRANGERS:
        return f"different {plural}"
    if level == SAME:
        shared = left.everyone & right.everyone
        names = sorted({p.name for p in left.claim.parties if p.actor_id in shared and p.role == plural})
        return f"same {role}: {', '.join(names[:3])}"
    names = sorted({p.name for one in (left, right) for p in one.claim.parties if p.role == plural})
    return f"related {plural}: {', '.join(names[:4])}"


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
        return f"dates {gap} day{'s' if gap > 1 else ''} apart"
    same = left.claim.date == right.claim.date
    return f"same date: {left.claim.date}" if same else "dates that can agree"


def days(left: Features, right: Features) -> Iterator[Signal]:
    """The distance in time; a rumour may come long before the act, and its end or delivery long after."""
    gap = days_apart(left, right)
    vague = gap == 0 and (left.is_vague or right.is_vague)
    terms = once("vague dates that can agree") if vague else _stretch(gap)
    if gap == 0 and left.claim.date == right.claim.date:
        terms = (*terms, *_one_date(left, right))
    yield terms, lambda: days_words(left, right)
    if gap > 14:
        early, late = (left, right) if left.first <= right.first else (right, left)
        if early.stage is Stage.RUMOURED and late.stage is not Stage.RUMOURED:
            yield once("rumoured before"), "rumoured before"
        if late.stage in _UNDONE_OR_DONE:
            yield once("later stage of it"), lambda: f"a later stage of it: {late.stage}"
    if (left.stage in _UNDONE) != (right.stage in _UNDONE):
        yield once("an act and its undoing"), "one report says that it was suspended or cancelled"


def _stretch(gap: int) -> tuple[Term, ...]:
    return next((terms for limit, terms in _STRETCHES if gap <= limit), once("over 600 days apart"))


def _one_date(left: Features, right: Features) -> tuple[Term, ...]:
    if left.first == left.last:
        return once("one exact day")
    far = min(left.published - left.first, right.published - right.first) > _LONG_AGO
    return once("one month long past") if far and not left.is_vague else ()


def are_apart(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether both sets say something and share nothing."""
    return bool(left and right) and left.isdisjoint(right)


def wording(left: Features, right: Features) -> Iterator[Signal]:
    """Words, names, product codes and plain numbers (chips, entities) that the two share or not."""
    words, codes = left.words & right.words, left.codes & right.codes
    if words or codes:
        yield _shared_terms(left, right), lambda: "same words: " + ", ".join([*sorted(codes), *sorted(words)][:4])
    else:
        replies = left.asserts != right.asserts
        yield (_NOTHING_IN_REPLY if replies else _NOTHING_IN_COMMON), "nothing in common in the wording"
    if are_apart(left.codes, right.codes):
        yield once("different codes"), lambda: f"different products: {_some(left.codes | right.codes)}"
    elif bool(left.codes) != bool(right.codes):
        yield once("only one names a product"), lambda: f"only one names a product: {_some(left.codes | right.codes)}"
    if left.names and right.names:
        unshared = min(len(left.names - right.vocabulary), len(right.names - left.vocabulary))
        if unshared:
            yield (("names of its own", min(3.0, unshared)),), "each has names that the other lacks"
    numbers = left.numbers & right.numbers
    if numbers:
        yield once("shared number"), lambda: f"same number: {_some(numbers)}"
    elif left.numbers and right.numbers:
        yield once("different numbers"), "different numbers"


def _shared_terms(left: Features, right: Features) -> tuple[Term, ...]:
    words, names = left.words & right.words, shared_names(left, right)
    terms: tuple[Term, ...] = (("shared word", min(4.0, len(words))),) if words else ()
    if names:
        terms = (*terms, ("shared name", min(3.0, len(names))))
    return terms if left.codes.isdisjoint(right.codes) else (*terms, ("shared code", 1.0))


def _some(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)[:4])


def shared_names(left: Features, right: Features) -> frozenset[str]:
    """Names that one claim writes as a name and the other uses too."""
    return (left.names & right.words) | (left.words & right.names)


def one_article(left: Features, right: Features) -> Iterator[Signal]:
    """One article tells its acts apart, unless one claim is the denial or dispute of the other."""
    if left.article_id != right.article_id:
        return
    if left.asserts and right.asserts:
        yield once("told apart in one article"), "told apart in one article"
    elif left.asserts != right.asserts:
        yield once("act and reply in one article"), "one article on the act and the reply to it"
    else:
        yield once("two replies in one article"), "two replies in one article"


def are_told_together(left: Features, right: Features) -> bool:
    """Whether one article states both as facts."""
    return left.article_id == right.article_id and left.asserts and right.asserts
