"""Merging two events and taking one apart, by a person: written as judgements on claims, which survive rebuilds."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from db.bulk import among, table
from db.models import Claim, Event, EventClaim, Judgement
from db.vocabulary import Verdict
from pipeline.decisions import moment_after
from pipeline.errors import InputError
from pipeline.judgements import JudgementNote, Subject
from pipeline.judging import Outcome, decision, events_now, moment_now, outcome, refuse_vain, settle, turn

_claim, _event, _event_claim, _judgement = table(Claim), table(Event), table(EventClaim), table(Judgement)

Pair = tuple[str, str]
HELD = " (keeps the event whole)"
"""Behind the reason of a `same` that only holds together what the rules had joined."""


@dataclass(frozen=True, slots=True)
class _By:
    """Who decides, why and when: one moment for all that is decided in one go."""

    who: str
    why: str
    when: str

    def say(self, pairs: Iterable[Pair], verdict: Verdict, more: str = "") -> list[JudgementNote]:
        """The same judgement on each of these pairs."""
        distinct = {(min(pair), max(pair)): None for pair in pairs}
        return [
            decision(Subject.CLAIM, left, right, verdict, self.who, self.why + more, self.when)
            for left, right in distinct
        ]


def merge(
    engine: Engine,
    event_id: str,
    other_id: str,
    who: str,
    why: str,
    *,
    link: Pair | None = None,
    keep: bool = True,
) -> Outcome:
    """Make two events one. `keep` False: a trial that says what would come of it and changes nothing.

    A `same` on one claim of each (`link`, else their anchors), on so many further ones that no single article can take
    the link away when it is withdrawn, and on each pair across them that was called different.

    Raises:
        InputError: one of them is not there, they are one already, or they are of two kinds of act.
    """
    with turn(engine, keep=keep) as connection:
        ours, theirs = _claims_of(connection, event_id), _claims_of(connection, other_id)
        if event_id == other_id:
            raise InputError("the two are one event already")
        if _kind(connection, event_id) != _kind(connection, other_id):
            raise InputError("the two events are of different kinds of act: an event is of one kind")
        before = events_now(connection, (event_id, other_id))
        first = _across(link, ours) if link else (ours[0], theirs[0])
        links = lasting(first, ours, theirs, _article_of(connection, [*ours, *theirs]))
        by = _By(who, why, moment_after(connection, Subject.CLAIM, [*ours, *theirs], moment_now()))
        notes = by.say([*links, *_judged_across(connection, ours, theirs, Verdict.DIFFERENT)], Verdict.SAME)
        settle(connection, notes)
        refuse_vain(connection, notes)
        return outcome(connection, notes, before)


def split(engine: Engine, event_id: str, leaving: Collection[str], who: str, why: str, *, keep: bool = True) -> Outcome:
    """Take claims out of an event as one event of their own. `keep` False: a trial that changes nothing.

    A `same` on each claim that leaves and the first of them, a `different` on that one and each that stays and on each
    pair across that was called the same, and a `same` on what stays where it would otherwise fall apart.

    Raises:
        InputError: no event of this id, none of its claims leaves, or none stays.
    """
    with turn(engine, keep=keep) as connection:
        claims = _claims_of(connection, event_id)
        out = [claim_id for claim_id in claims if claim_id in set(leaving)]
        stay = [claim_id for claim_id in claims if claim_id not in set(leaving)]
        if not out or not stay:
            raise InputError("choose at least one claim that leaves and leave at least one that stays")
        apart = [*((out[0], claim_id) for claim_id in stay), *_judged_across(connection, out, stay, Verdict.SAME)]
        before = events_now(connection, (event_id,))
        by = _By(who, why, moment_after(connection, Subject.CLAIM, claims, moment_now()))
        notes = by.say(apart, Verdict.DIFFERENT) + by.say(((out[0], one) for one in out[1:]), Verdict.SAME)
        settle(connection, notes)
        notes += _hold_together(connection, stay, by)
        refuse_vain(connection, notes)
        return outcome(connection, notes, before)


def lasting(first: Pair, ours: Collection[str], theirs: Collection[str], article_of: Mapping[str, int]) -> list[Pair]:
    """`first` (one claim of ours, one of theirs) and so many pairs more that one is left whichever article goes.

    `article_of`: the article of each claim. A further pair keeps off both articles of the first where it can, so that
    one is mostly enough; none is added where one side is in that article alone, and goes with it.
    """
    links = [first]
    both = {article_of[claim_id] for claim_id in first}
    for gone in sorted(both):
        if any(gone not in (article_of[left], article_of[right]) for left, right in links):
            continue
        left, right = (_staying(claims, gone, both, article_of) for claims in (ours, theirs))
        if left is not None and right is not None:
            links.append((left, right))
    return links


def _staying(claims: Collection[str], gone: int, shunned: Collection[int], article_of: Mapping[str, int]) -> str | None:
    """The first claim that is in other articles than `gone`, best in none of those shunned either."""
    stay = [claim_id for claim_id in claims if article_of[claim_id] != gone]
    return min(stay, key=lambda claim_id: article_of[claim_id] in shunned, default=None)


def _across(link: Pair, ours: Collection[str]) -> Pair:
    """The pair with the claim of ours first."""
    left, right = link
    return (left, right) if left in ours else (right, left)


def _article_of(connection: Connection, claims: Collection[str]) -> dict[str, int]:
    rows = sa.select(_claim.c.claim_id, _claim.c.article_pk).where(among(connection, _claim.c.claim_id, claims))
    return dict(connection.execute(rows).all())


def _claims_of(connection: Connection, event_id: str) -> list[str]:
    """The claims of an event, its anchor first, the others by id."""
    rows = connection.execute(
        sa.select(_claim.c.claim_id)
        .select_from(_event_claim)
        .join(_claim, _claim.c.pk == _event_claim.c.claim_pk)
        .join(_event, _event.c.event_id == _event_claim.c.event_id)
        .where(_event_claim.c.event_id == event_id)
        .order_by(_claim.c.pk != _event.c.anchor_pk, _claim.c.claim_id)
    )
    claims = [str(claim_id) for (claim_id,) in rows]
    if not claims:
        raise InputError(f"there is no event {event_id!r} any more: open it again")
    return claims


def _kind(connection: Connection, event_id: str) -> str | None:
    return connection.scalar(sa.select(_event.c.kind).where(_event.c.event_id == event_id))


def _judged_across(
    connection: Connection, ours: Collection[str], theirs: Collection[str], verdict: Verdict
) -> list[Pair]:
    """The pairs of one claim of each group on which this verdict is in force."""
    held = sa.select(_judgement.c.left_id, _judgement.c.right_id).where(
        _judgement.c.subject == Subject.CLAIM.value, _judgement.c.in_force, _judgement.c.verdict == verdict.value
    )
    both = [
        held.where(among(connection, _judgement.c.left_id, left), among(connection, _judgement.c.right_id, right))
        for left, right in ((ours, theirs), (theirs, ours))
    ]
    return sorted((str(left), str(right)) for left, right in connection.execute(sa.union(*both)))


def _hold_together(connection: Connection, claims: list[str], by: _By) -> list[JudgementNote]:
    """Call claims that are not in the first one's event the same as it, until all are that can be.

    What a person takes out may have held the others together.
    """
    notes: list[JudgementNote] = []
    left = set(claims[1:])
    while off := sorted(left & _elsewhere(connection, claims)):
        said = by.say(((claims[0], claim_id) for claim_id in off), Verdict.SAME, HELD)
        settle(connection, said)
        notes += said
        left -= set(off)
    return notes


def _elsewhere(connection: Connection, claims: list[str]) -> set[str]:
    """Those of these claims that are in another event than the first of them."""
    rows = connection.execute(
        sa.select(_claim.c.claim_id, _event_claim.c.event_id)
        .join(_event_claim, _event_claim.c.claim_pk == _claim.c.pk)
        .where(among(connection, _claim.c.claim_id, claims))
    )
    event_of = dict(rows.all())
    return {claim_id for claim_id, event_id in event_of.items() if event_id != event_of[claims[0]]}
