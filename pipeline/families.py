"""Families of reprints in the database: found for new articles, kept the same whatever the order of loading.

An article belongs to the earliest head that it repeats itself; one that repeats no head is a head. So a chain of
copies never joins texts that are unlike: being like a copy is not enough.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, chunks, insert, table
from db.models import Reprint
from pipeline import reprint_pairs
from pipeline.reprints import is_reprint, shingles

_reprint = table(Reprint)
AT_ONCE = 200
"""Articles whose texts, with those of their heads, are held in memory together."""


def file_texts(
    connection: Connection, texts: Mapping[int, str], bands: Mapping[int, Sequence[int]] | None = None
) -> set[int]:
    """File new articles' texts (by article key), find what they repeat and make the families.

    Args:
        bands: what `bands_of` gives for each text, where that was worked out before.

    Returns the keys of all articles that have another head now.
    """
    return make_families(connection, reprint_pairs.file_pairs(connection, texts, bands))


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
    earlier = {key: {mate for mate in mates[key] if ranks[mate] < ranks[key]} for key in waiting}
    for some in chunks(sorted(waiting, key=lambda key: ranks[key]), AT_ONCE):
        texts = reprint_pairs.texts_of(connection, _to_be_read(some, earlier, heads))
        for key in some:
            heads[key] = _head(connection, key, {heads[mate] for mate in earlier[key]}, earlier[key], ranks, texts)
    moved = {key for key in waiting if heads[key] != before[key]}
    if moved:
        connection.execute(sa.delete(_reprint).where(among(connection, _reprint.c.article_pk, moved)))
        insert(connection, Reprint, ("article_pk", "of_pk"), sorted((k, heads[k]) for k in moved if heads[k] != k))
    return moved, {mate for key in moved for mate in mates[key] if ranks[mate] > ranks[key]}


def _to_be_read(some: Iterable[int], earlier: Mapping[int, Collection[int]], heads: Mapping[int, int]) -> set[int]:
    """The articles whose texts will most likely be compared: those of these that only copies of a head are paired
    with, and their heads. So they are read at once, not one by one."""
    asked: set[int] = set()
    for key in some:
        if earlier[key] and not any(heads[mate] == mate and not earlier.get(mate) for mate in earlier[key]):
            beyond = {far for mate in earlier[key] for far in earlier.get(mate, ())}
            asked |= {key, *(heads[mate] for mate in beyond.union(earlier[key]))}
    return asked


def _head(
    connection: Connection,
    key: int,
    heads: Collection[int],
    mates: Collection[int],
    ranks: Mapping[int, reprint_pairs.Rank],
    read: Mapping[int, str],
) -> int:
    """The earliest head that an article repeats: paired with it, or else head of one that it is paired with."""
    in_order = sorted(heads, key=lambda head: ranks[head])
    for head in in_order:
        if head in mates:
            return head
    if not in_order:
        return key
    missing = {key, *in_order} - read.keys()
    texts = {**read, **reprint_pairs.texts_of(connection, missing)} if missing else read
    own = shingles(texts[key])
    return next((head for head in in_order if is_reprint(own, shingles(texts[head]))), key)


def _stored_heads(connection: Connection, keys: Collection[int]) -> dict[int, int]:
    rows = connection.execute(
        sa.select(_reprint.c.article_pk, _reprint.c.of_pk).where(among(connection, _reprint.c.article_pk, keys))
    )
    return dict(rows.all())
