"""Families of reprints in the database: found for new articles, kept the same whatever the order of loading.

An article belongs to the earliest head that it repeats itself; one that repeats no head is a head. So a chain of
copies never joins texts that are unlike: being like a copy is not enough.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Reprint
from pipeline import reprint_pairs
from pipeline.reprints import is_reprint, shingles

_reprint = table(Reprint)


def file_texts(connection: Connection, texts: Mapping[int, str]) -> set[int]:
    """File new articles' texts (by article key), find what they repeat and make the families.

    Returns the keys of all articles that have another head now.
    """
    return make_families(connection, reprint_pairs.file_pairs(connection, texts))


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the removal of articles touches: those near them, and what they kept apart."""

    near: frozenset[int]
    departure: reprint_pairs.Departure


def before_removal(connection: Connection, keys: Collection[int]) -> Leaving:
    """What `after_removal` must be told; for use before these articles are removed."""
    mates = {mate for some in reprint_pairs.mates_of(connection, keys).values() for mate in some}
    members = connection.scalars(sa.select(_reprint.c.article_pk).where(among(connection, _reprint.c.of_pk, keys)))
    near = (mates | set(members)) - set(keys)
    return Leaving(frozenset(near), reprint_pairs.before_removal(connection, keys))


def after_removal(connection: Connection, leaving: Leaving) -> set[int]:
    """Make the families again of which articles were removed; returns all articles whose family may have changed."""
    touched = leaving.near | reprint_pairs.after_removal(connection, leaving.departure)
    # Who lost its head has become one by the removal itself: those that repeat it must hear of it too.
    beside = {mate for some in reprint_pairs.mates_of(connection, touched).values() for mate in some}
    return {*touched, *make_families(connection, touched | beside)}


def make_families(connection: Connection, touched: Collection[int]) -> set[int]:
    """Work out the heads of these articles again, and of all that hangs on them; returns those that have another head.

    The earliest of a family (ties by article id) is its head; all others are reprints of it.
    """
    changed, waiting = set[int](), set(touched)
    while waiting:
        moved, waiting = _settle(connection, waiting)
        changed |= moved
    return changed


def _settle(connection: Connection, waiting: Collection[int]) -> tuple[set[int], set[int]]:
    """One round: find these articles' heads; returns those that moved, and the later ones that must hear of it."""
    mates = reprint_pairs.mates_of(connection, waiting)
    near = {*waiting, *(mate for some in mates.values() for mate in some)}
    heads = {key: key for key in near} | _stored_heads(connection, near)
    ranks = reprint_pairs.ranks_of(connection, near | set(heads.values()))
    before = {key: heads[key] for key in waiting}
    for key in sorted(waiting, key=lambda key: ranks[key]):
        earlier = [mate for mate in mates[key] if ranks[mate] < ranks[key]]
        heads[key] = _head(connection, key, {heads[mate] for mate in earlier}, set(earlier), ranks)
    moved = {key for key in waiting if heads[key] != before[key]}
    if moved:
        connection.execute(sa.delete(_reprint).where(among(connection, _reprint.c.article_pk, moved)))
        insert(connection, Reprint, ("article_pk", "of_pk"), sorted((k, heads[k]) for k in moved if heads[k] != k))
    return moved, {mate for key in moved for mate in mates[key] if ranks[mate] > ranks[key]}


def _head(
    connection: Connection,
    key: int,
    heads: Collection[int],
    mates: Collection[int],
    ranks: Mapping[int, reprint_pairs.Rank],
) -> int:
    """The earliest head that an article repeats: paired with it, or else head of one that it is paired with."""
    in_order = sorted(heads, key=lambda head: ranks[head])
    for head in in_order:
        if head in mates:
            return head
    if not in_order:
        return key
    texts = reprint_pairs.texts_of(connection, [key, *in_order])
    own = shingles(texts[key])
    return next((head for head in in_order if is_reprint(own, shingles(texts[head]))), key)


def _stored_heads(connection: Connection, keys: Collection[int]) -> dict[int, int]:
    rows = connection.execute(
        sa.select(_reprint.c.article_pk, _reprint.c.of_pk).where(among(connection, _reprint.c.article_pk, keys))
    )
    return dict(rows.all())
