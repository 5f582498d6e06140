"""Where the ids of claims that are removed lead from then on: kept apart from the exported state, for ever.

It depends on what a load began with and on what it brought, not on the order of its articles or the size of batches.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from rapidfuzz import fuzz
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Article, Claim, ClaimCountry, ClaimParty, LostClaim
from pipeline.outset import Outset, mates_now

_claim, _article, _country = table(Claim), table(Article), table(ClaimCountry)
_party, _lost = table(ClaimParty), table(LostClaim)


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of two claims of one article, an old one and one that may have taken its place.

    `anchored_id`: the event that it would anchor; `parties`: ids of actors in any role.
    """

    claim_id: str
    anchored_id: str
    article_id: str
    number: int
    kind: str
    evidence: str
    countries: frozenset[str]
    parties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Farewell:
    """A claim that is about to be removed. `mates`: the other claims of its event, the earliest published first."""

    told: Told
    mates: tuple[str, ...]


def farewells(connection: Connection, gone: Collection[int], outset: Outset | None = None) -> list[Farewell]:
    """What must be known of claims (by key) before they are removed.

    Args:
        outset: the events as they were when the load began, where an earlier batch may have changed them since.
    """
    leaving = _told(connection, among(connection, _claim.c.pk, gone))
    named = {one.claim_id for one in leaving}
    mates = outset.mates(named) if outset is not None and outset.is_kept else mates_now(connection, named)
    return [Farewell(one, mates.get(one.claim_id, ())) for one in leaving]


def leave_forwarding(connection: Connection, left: Sequence[Farewell], reason: str) -> None:
    """After claims were removed, and after what replaces them came in: say where their ids lead.

    To the claim that took their place in their own article; else to the first claim of their event that is there, or
    to what took the place of that one; else to the reason. A claim that came back under its id needs nothing.
    """
    named = {claim_id for one in left for claim_id in (one.told.claim_id, *one.mates)}
    there = set(connection.scalars(sa.select(_claim.c.claim_id).where(among(connection, _claim.c.claim_id, named))))
    lost = [one for one in left if one.told.claim_id not in there]
    instead = _replacements(connection, left, there)
    instead |= _replaced_before(connection, lost, there)
    leads_to = {one: one for one in there} | instead
    rows = [
        (one.told.claim_id, one.told.anchored_id, _first(leads_to, (one.told.claim_id, *one.mates)), reason)
        for one in lost
    ]
    ids = [one.told.claim_id for one in lost]
    connection.execute(sa.delete(_lost).where(among(connection, _lost.c.claim_id, ids)))
    insert(connection, LostClaim, ("claim_id", "anchored_id", "successor_id", "reason"), rows)


def let_in_again(connection: Connection, article_id: str, was: str, reason: str) -> None:
    """Give the claims of an article that is let in again another reason than `was`: they are found there no more."""
    of_article = _lost.c.claim_id.startswith(f"{article_id}#", autoescape=True)
    connection.execute(sa.update(_lost).where(of_article, _lost.c.reason == was).values(reason=reason))


def _first(leads_to: Mapping[str, str], claim_ids: Iterable[str]) -> str | None:
    return next((leads_to[one] for one in claim_ids if one in leads_to), None)


def _told(connection: Connection, chosen: sa.ColumnElement[bool]) -> list[Told]:
    rows = connection.execute(
        sa.select(
            _claim.c.pk, _claim.c.claim_id, _claim.c.anchored_id, _article.c.article_id, _claim.c.number,
            _claim.c.kind, _claim.c.evidence,
        )
        .join(_article, _article.c.pk == _claim.c.article_pk)
        .where(chosen)
        .order_by(_article.c.article_id, _claim.c.number)
    ).all()  # fmt: skip
    keys = [row.pk for row in rows]
    lands, parties = _by_claim(connection, _country.c.country, keys), _by_claim(connection, _party.c.actor_id, keys)
    return [Told(*row[1:], frozenset(lands[row.pk]), frozenset(parties[row.pk])) for row in rows]


def _by_claim(connection: Connection, column: "sa.Column[str]", keys: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    owner = column.table.c.claim_pk
    for key, value in connection.execute(sa.select(owner, column).where(among(connection, owner, keys))):
        found[key].add(value)
    return found


def _replacements(connection: Connection, left: Sequence[Farewell], there: Collection[str]) -> dict[str, str]:
    """The claim, new in its article, that took the place of each that is lost, where there is a fitting one."""
    lost = [one.told for one in left if one.told.claim_id not in there]
    old = {one.told.claim_id for one in left}
    fresh: dict[str, list[Told]] = defaultdict(list)
    for one in _told(connection, among(connection, _article.c.article_id, {told.article_id for told in lost})):
        if one.claim_id not in old:
            fresh[one.article_id].append(one)
    found = {}
    for told in lost:
        fitting = [one for one in fresh[told.article_id] if _fits(told, one)]
        if fitting:
            found[told.claim_id] = max(fitting, key=lambda one: _likeness(told, one)).claim_id
    return found


def _fits(lost: Told, new: Told) -> bool:
    is_about = lost.countries == new.countries or lost.countries & new.countries or lost.parties & new.parties
    return lost.kind == new.kind and bool(is_about)


def _likeness(lost: Told, new: Told) -> tuple[bool, int, float, int]:
    shared = len(lost.parties & new.parties)
    return lost.countries == new.countries, shared, fuzz.ratio(lost.evidence, new.evidence), -new.number


def _replaced_before(connection: Connection, lost: Sequence[Farewell], there: Collection[str]) -> dict[str, str]:
    """What took the place of mates in their own articles, in an earlier batch of the same load."""
    together = {claim_id: {one.told.claim_id, *one.mates} for one in lost for claim_id in one.mates}
    mates = together.keys() - {one.told.claim_id for one in lost} - set(there)
    rows = connection.execute(
        sa.select(_lost.c.claim_id, _lost.c.successor_id).where(
            among(connection, _lost.c.claim_id, mates), _lost.c.successor_id.is_not(None)
        )
    )
    return {
        claim_id: successor
        for claim_id, successor in rows
        if successor.rpartition("#")[0] == claim_id.rpartition("#")[0] and successor not in together[claim_id]
    }
