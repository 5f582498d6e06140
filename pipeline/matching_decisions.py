"""When two claims report the same decision of an authority: an export control or a restriction on use."""

from collections.abc import Iterator

from db.vocabulary import Stage
from pipeline.features import Features
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
    kinship,
    kinship_words,
    one_article,
    wording,
)

_LATE_STAGES = (Stage.SUSPENDED, Stage.CANCELLED, Stage.DELIVERED)
_SORTS_OF_LIMIT = frozenset({"state use", "closure", "purchase", "privacy"})


def export_control_signals(left: Features, right: Features) -> Iterator[Signal]:
    """The same authority and the same decision; targets are the union of what the reports name."""
    level = kinship(left.acting, right.acting)
    if level == STRANGERS:
        yield NEVER, "different authorities"
        return
    yield from _authority(left, right, level, siblings=0.3)
    both_list = "listing" in left.marks and "listing" in right.marks
    targets = kinship(left.other, right.other)
    yield from _targets(left, right, targets, both_list)
    yield from _sorts_of_control(left, right)
    yield from _products(left, right)
    reply = left.article_id == right.article_id and left.asserts != right.asserts
    if not (reply or both_list or left.words & right.words or left.codes & right.codes):
        yield (-0.4 if targets == SAME else -0.8), "nothing in common in the wording"
    yield from _days(left, right)
    yield from wording(left, right)
    yield from one_article(left, right, told_apart=-1.0, replied_to=1.5)


def _targets(left: Features, right: Features, targets: int | None, both_list: bool) -> Iterator[Signal]:
    weights = {None: 0.0, SAME: 1.0, KIN: 0.7, SIBLINGS: 0.3, STRANGERS: 0.0 if both_list else -1.5}
    yield weights[targets], lambda: kinship_words(targets, "target", left, right)
    if both_list:
        near = days_apart(left, right) <= 10
        yield (1.0 if near else -3.0), "both a listing" if near else "listings at different times"
        return
    if bool(left.other) != bool(right.other):
        yield -0.5, "only one names targets"
    if are_apart(left.countries, right.countries) and (left.other or right.other):
        yield -2.0, "different countries"


def _sorts_of_control(left: Features, right: Features) -> Iterator[Signal]:
    if left.article_id == right.article_id and left.asserts != right.asserts:
        return
    for mark in ("listing", "bill", "guidance", "revenue share"):
        if (mark in left.marks) != (mark in right.marks):
            yield (-2.5 if mark == "revenue share" else -1.2), f"only one is a {mark}"


def _products(left: Features, right: Features) -> Iterator[Signal]:
    if left.acts and right.acts:
        same = not left.acts.isdisjoint(right.acts)
        yield (2.5 if same else -4.0), "same act" if same else "different acts"
    if are_apart(left.codes, right.codes):
        yield -2.0, f"different products: {', '.join(sorted(left.codes | right.codes)[:4])}"
    elif left.codes & right.codes and "licence" in left.marks & right.marks:
        yield 0.7, "both on licences for one product"


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
    yield from _authority(left, right, level, siblings=-0.7)
    yield (
        {None: 0.0, SAME: 1.0, KIN: 0.7, SIBLINGS: 0.3}[targets],
        lambda: kinship_words(targets, "target", left, right),
    )
    yield from _sorts_of_restriction(left, right)
    yield from _days(left, right)
    yield from wording(left, right)
    yield from one_article(left, right, told_apart=-1.0, replied_to=1.5)


def _sorts_of_restriction(left: Features, right: Features) -> Iterator[Signal]:
    for mark in ("bill", "guidance", "fine"):
        if (mark in left.marks) != (mark in right.marks):
            yield -1.0, f"only one is a {mark}"
    if are_apart(left.codes, right.codes):
        yield -1.5, f"different products: {', '.join(sorted(left.codes | right.codes)[:4])}"
    ours, theirs = left.marks & _SORTS_OF_LIMIT, right.marks & _SORTS_OF_LIMIT
    if are_apart(ours, theirs):
        yield -2.0, f"different sorts of limit: {', '.join(sorted(ours | theirs))}"
    elif ours and theirs:
        yield 0.5, f"same sort of limit: {', '.join(sorted(ours & theirs))}"


def _authority(left: Features, right: Features, level: int | None, siblings: float) -> Iterator[Signal]:
    """One agency decides on few things, a government as a whole on many: it takes more to be one decision of its."""
    far = days_apart(left, right) > 30
    agency = level == SAME and not left.acting.governments and not right.acting.governments
    weights = {None: 0.0, SAME: 1.6 if agency else 1.0, KIN: 0.3 if far else 0.7, SIBLINGS: siblings}
    yield weights[level], lambda: _authority_words(left, right, level)
    if level == SIBLINGS and left.acting.ministries and right.acting.ministries:
        yield -2.5, "different ministries"
    undone = not {left.stage, right.stage}.isdisjoint(_LATE_STAGES)
    if far and level == SAME and not agency and not undone and not left.codes & right.codes:
        yield -0.4, "one government at another time"


def _authority_words(left: Features, right: Features, level: int | None) -> str:
    return kinship_words(level, "authority", left, right) if level is None else _name_authorities(left, right, level)


def _name_authorities(left: Features, right: Features, level: int) -> str:
    shared = left.acting.actors & right.acting.actors
    parties = [party for claim in (left, right) for party in claim.claim.parties if party.role == "authorities"]
    names = sorted({party.name for party in parties if level != SAME or party.actor_id in shared})
    return f"{'same authority' if level == SAME else 'related authorities'}: {', '.join(names[:3])}"


def _days(left: Features, right: Features) -> Iterator[Signal]:
    """Suspending, lifting or disputing a decision is a stage of it that may come months later."""
    gap = days_apart(left, right)
    later = right if left.first <= right.first else left
    if later.stage in _LATE_STAGES or not later.asserts:
        gap //= 2
    if gap == 0 and (left.is_vague or right.is_vague):
        yield 0.2, lambda: days_words(left, right)
    else:
        steps = ((7, 2.0), (45, 0.7), (120, 0.0), (200, -0.7))
        far = -min(4.0, gap / 150)
        yield next((points for limit, points in steps if gap <= limit), far), lambda: days_words(left, right)
