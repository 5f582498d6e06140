"""When two claims report the same decision of an authority: an export control or a restriction on use."""

from collections.abc import Iterator

from pipeline.features import Features
from pipeline.phrases import share_an_act
from pipeline.signals import (
    NEVER,
    SAME,
    SIBLINGS,
    STRANGERS,
    Signal,
    Term,
    are_apart,
    days,
    days_apart,
    kin_term,
    kinship,
    kinship_words,
    once,
    one_article,
    wording,
)

_SORTS_OF_LIMIT = frozenset({"state use", "closure", "purchase", "privacy"})
_SORTS_OF_STATEMENT = {
    "listing": "only one is a listing",
    "bill": "only one is a bill",
    "guidance": "only one is guidance",
    "fine": "only one is a fine",
    "revenue share": "only one is a revenue share",
}
_DECIDE_OFTEN = frozenset({"US", "CN"})
"""States whose export controls on AI change every few weeks: two reports near in time may be of two decisions."""


def export_control_signals(left: Features, right: Features) -> Iterator[Signal]:
    """The same authority and the same decision; targets are the union of what the reports name."""
    level = kinship(left.acting, right.acting)
    if level == STRANGERS:
        yield NEVER, "different authorities"
        return
    targets = kinship(left.other, right.other)
    yield from _authority(left, right, level)
    if _states(left) & _states(right) & _DECIDE_OFTEN:
        yield once("authority that decides often"), "an authority that decides often"
    if are_apart(left.countries, right.countries) and (left.other or right.other):
        yield once("different countries"), "different countries"
    yield from _listings(left, right, targets)
    yield from _decision(left, right, targets)


def restriction_signals(left: Features, right: Features) -> Iterator[Signal]:
    """The same authority, the same target and the same decision."""
    targets, level = kinship(left.other, right.other), kinship(left.acting, right.acting)
    for apart, what in (
        (targets == STRANGERS, "targets"),
        (are_apart(left.countries, right.countries), "countries"),
        (level == STRANGERS, "authorities"),
    ):
        if apart:
            yield NEVER, f"different {what}"
            return
    yield from _authority(left, right, level)
    ours, theirs = left.marks & _SORTS_OF_LIMIT, right.marks & _SORTS_OF_LIMIT
    if are_apart(ours, theirs):
        yield once("different sorts of limit"), f"different sorts of limit: {', '.join(sorted(ours | theirs))}"
    elif ours and theirs:
        yield once("same sort of limit"), f"same sort of limit: {', '.join(sorted(ours & theirs))}"
    yield from _listings(left, right, targets)
    yield from _decision(left, right, targets)


def _decision(left: Features, right: Features, targets: int | None) -> Iterator[Signal]:
    """What both kinds of decision are told by."""
    yield from _targets(left, right, targets)
    for mark, words in _SORTS_OF_STATEMENT.items():
        if (mark in left.marks) != (mark in right.marks):
            yield once(words), words
    yield from _course(left, right)
    if left.acts and right.acts:
        same = share_an_act(left.acts, right.acts)
        yield once("same act" if same else "different acts"), "same act" if same else "different acts"
    if left.codes & right.codes and "licence" in left.marks & right.marks:
        yield once("licences for one product"), "both on licences for one product"
    yield from days(left, right)
    yield from wording(left, right)
    yield from one_article(left, right)


def _course(left: Features, right: Features) -> Iterator[Signal]:
    """A rule's entry into force comes long after it; bills of one time are often one bill in other words."""
    gap = days_apart(left, right)
    if gap > 14 and "in force" in left.marks | right.marks and not left.vocabulary.isdisjoint(right.vocabulary):
        yield once("rule and its entry into force"), "one report is on its entry into force"
    if gap <= 31 and "bill" in left.marks & right.marks:
        yield once("bills of one time"), "bills of one time"


def _targets(left: Features, right: Features, targets: int | None) -> Iterator[Signal]:
    terms: tuple[Term, ...] = kin_term(targets, "target")
    if left.asserts != right.asserts and targets == SAME and days_apart(left, right) <= 60:
        terms = (*terms, ("reply about the same target", 1.0))
    yield terms, lambda: kinship_words(targets, "target", left, right)
    if bool(left.other) != bool(right.other):
        yield once("only one names targets"), "only one names targets"
    if left.everyone == right.everyone:
        yield once("exactly the same parties"), "exactly the same parties"


def _listings(left: Features, right: Features, targets: int | None) -> Iterator[Signal]:
    """A list of names has many targets, of which each report gives some; another list is another decision."""
    if "listing" not in left.marks & right.marks:
        return
    if days_apart(left, right) > 10:
        yield (("both a listing", 1.0), ("listings at different times", 1.0)), "listings at different times"
    else:
        yield once("both a listing"), "both a listing"
    if targets == STRANGERS:
        yield once("other targets of a listing"), "a list has many targets"


def _authority(left: Features, right: Features, level: int | None) -> Iterator[Signal]:
    """One agency decides on few things, a government as a whole on many: it takes more to be one decision of its."""
    agency = level == SAME and not left.acting.governments and not right.acting.governments
    terms = once("same agency") if agency else kin_term(level, "authority")
    if level == SAME and not agency and days_apart(left, right) > 30:
        terms = (*terms, ("government at another time", 1.0))
    yield terms, lambda: _authority_words(left, right, level)
    if level == SIBLINGS and left.acting.ministries and right.acting.ministries:
        yield once("different ministries"), "different ministries"


def _authority_words(left: Features, right: Features, level: int | None) -> str:
    return kinship_words(level, "authority", left, right)


def _states(claim: Features) -> frozenset[str]:
    return claim.acting.bodies
