"""Where the ids of claims that are removed lead from then on: kept apart from the exported state, for ever."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Article, Claim, ClaimCountry, EventClaim, LostClaim

_claim, _article, _country = table(Claim), table(Article), table(ClaimCountry)
_event_claim, _lost = table(EventClaim), table(LostClaim)


@dataclass(frozen=True, slots=True)
class Farewell:
    """A claim that is about to be removed. `mates`: the other claims of its event, the earliest published first."""

    claim_id: str
    anchored_id: str
    likeness: tuple[str, str, frozenset[str]]
    mates: tuple[str, ...]


def farewells(connection: Connection, gone: Collection[int]) -> list[Farewell]:
    """What must be known of claims (by key) before they are removed."""
    mates = _mates(connection, gone)
    return [
        Farewell(claim_id, anchored_id, likeness, tuple(mates[key]))
        for key, claim_id, anchored_id, likeness in _described(connection, among(connection, _claim.c.pk, gone))
    ]


def leave_forwarding(connection: Connection, left: Sequence[Farewell], reason: str) -> None:
    """After claims were removed, and after what replaces them came in: say where their ids lead.

    To the first claim of their event that is there; else to the claim of the same article, kind and countries that
    took their place; else to the reason. A claim that came back under its id needs nothing.
    """
    named = {claim_id for one in left for claim_id in (one.claim_id, *one.mates)}
    there = set(connection.scalars(sa.select(_claim.c.claim_id).where(among(connection, _claim.c.claim_id, named))))
    lost = [one for one in left if one.claim_id not in there]
    instead = _replacements(connection, lost)
    rows = [
        (one.claim_id, one.anchored_id, next(filter(there.__contains__, one.mates), instead.get(one.likeness)), reason)
        for one in lost
    ]
    connection.execute(sa.delete(_lost).where(among(connection, _lost.c.claim_id, [one.claim_id for one in lost])))
    insert(connection, LostClaim, ("claim_id", "anchored_id", "successor_id", "reason"), rows)


Described = tuple[int, str, str, tuple[str, str, frozenset[str]]]


def _described(connection: Connection, chosen: sa.ColumnElement[bool]) -> list[Described]:
    """Key, claim id, the id of the event it would anchor, and (article id, kind, countries), by place."""
    rows = connection.execute(
        sa.select(_claim.c.pk, _claim.c.claim_id, _claim.c.anchored_id, _article.c.article_id, _claim.c.kind)
        .join(_article, _article.c.pk == _claim.c.article_pk)
        .where(chosen)
        .order_by(_claim.c.article_pk, _claim.c.number)
    ).all()
    lands: dict[int, set[str]] = defaultdict(set)
    keys = [row.pk for row in rows]
    for key, country in connection.execute(
        sa.select(_country.c.claim_pk, _country.c.country).where(among(connection, _country.c.claim_pk, keys))
    ):
        lands[key].add(country)
    return [
        (row.pk, row.claim_id, row.anchored_id, (row.article_id, row.kind, frozenset(lands[row.pk]))) for row in rows
    ]


def _mates(connection: Connection, gone: Collection[int]) -> Mapping[int, list[str]]:
    mates, other = _event_claim.alias("mates"), _claim.alias("other")
    rows = connection.execute(
        sa.select(_event_claim.c.claim_pk, other.c.claim_id)
        .join(mates, mates.c.event_id == _event_claim.c.event_id)
        .join(other, other.c.pk == mates.c.claim_pk)
        .join(_article, _article.c.pk == other.c.article_pk)
        .where(among(connection, _event_claim.c.claim_pk, gone), other.c.pk != _event_claim.c.claim_pk)
        .order_by(_article.c.published_first, other.c.claim_id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for key, claim_id in rows:
        found[key].append(claim_id)
    return found


def _replacements(connection: Connection, lost: Iterable[Farewell]) -> dict[tuple[str, str, frozenset[str]], str]:
    articles = {one.likeness[0] for one in lost}
    described = _described(connection, among(connection, _article.c.article_id, articles))
    return {likeness: claim_id for _, claim_id, _, likeness in reversed(described)}
