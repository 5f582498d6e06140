"""Pairs of claims compared, and those that match, or nearly, kept: at every moment all pairs of neighbours, no others.

Which pairs are compared depends on the claims alone, and what a comparison says on its two claims alone.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, chunks, insert, rows_of, table
from db.models import ClaimMatch
from pipeline.desk import CHUNK, Desk
from pipeline.matching import Match, compare
from pipeline.neighbours import Pair, file_claims, neighbours, take_out

BORDER = 0.5
"""The score above which two claims match."""
NEAR = 0.1
"""The score above which two claims that do not match are kept as a near miss, for a person to look at."""

TOO_LITTLE = "too little in common to be sure"
"""Against a near miss that nothing else speaks against."""

_match = table(ClaimMatch)
_COLUMNS = ("left_pk", "right_pk", "score", "reasons", "against")


def match_again(desk: Desk, keys: Collection[int]) -> set[int]:
    """File claims anew and compare each with its neighbours; returns the other claims whose links changed."""
    connection = desk.connection
    linked = matched_with(connection, keys)
    for column in (_match.c.left_pk, _match.c.right_pk):
        connection.execute(sa.delete(_match).where(among(connection, column, keys)))
    closing = take_out(connection, keys)
    linked |= compare_pairs(desk, closing)
    desk.claims(keys)
    parted = file_claims(connection, {key: desk.features(key) for key in keys})
    linked |= _drop(connection, parted)
    return linked | compare_pairs(desk, neighbours(connection, keys))


def part_with(desk: Desk, keys: Collection[int]) -> set[int]:
    """Before claims are removed: compare those that become neighbours by that; returns all whose links change."""
    return matched_with(desk.connection, keys) | compare_pairs(desk, take_out(desk.connection, keys))


def matched_with(connection: Connection, keys: Collection[int]) -> set[int]:
    """Claims that match one of these."""
    linked: set[int] = set()
    for ours, theirs in ((_match.c.left_pk, _match.c.right_pk), (_match.c.right_pk, _match.c.left_pk)):
        rows = sa.select(theirs).where(among(connection, ours, keys), _match.c.score > BORDER)
        linked.update(connection.scalars(rows))
    return linked


def compare_pairs(desk: Desk, pairs: Collection[Pair]) -> set[int]:
    """Compare pairs that were not compared yet, keep what matches or nearly does; returns the claims that match."""
    linked: set[int] = set()
    for some in chunks(sorted(set(pairs) - _stored(desk.connection, pairs)), 10 * CHUNK):
        desk.claims({key for pair in some for key in pair})
        found = list(_compared(desk, some))
        rows = ((*pair, m.score, "\n".join(m.reasons), "\n".join(m.against)) for pair, m in found)
        insert(desk.connection, ClaimMatch, _COLUMNS, rows)
        linked |= {key for pair, match in found if match.same for key in pair}
        desk.clear_if_full()
    return linked


def _compared(desk: Desk, pairs: Iterable[Pair]) -> Iterator[tuple[Pair, Match]]:
    for pair in pairs:
        left, right = desk.features(pair[0]), desk.features(pair[1])
        match = compare(left, right, words_above=NEAR)
        if match.score > NEAR:
            yield pair, match if match.same or match.against else replace(match, against=(TOO_LITTLE,))


def _drop(connection: Connection, parted: Collection[Pair]) -> set[int]:
    """Forget comparisons of pairs that are neighbours in no block any more; returns the claims that matched."""
    stored = _stored(connection, parted)
    gone = stored - neighbours(connection, {left for left, _ in stored}) if stored else set()
    linked: set[int] = set()
    for some in chunks(sorted(gone), 10 * CHUNK):
        asked = rows_of(connection, ("one", "two"), some)
        pair = sa.tuple_(_match.c.left_pk, _match.c.right_pk).in_(sa.select(asked.c.one, asked.c.two))
        for ends in connection.execute(
            sa.select(_match.c.left_pk, _match.c.right_pk).where(pair, _match.c.score > BORDER)
        ):
            linked.update(ends)
        connection.execute(sa.delete(_match).where(pair))
    return linked


def _stored(connection: Connection, pairs: Collection[Pair]) -> set[Pair]:
    found: set[Pair] = set()
    for some in chunks(list(pairs), 10 * CHUNK):
        asked = rows_of(connection, ("one", "two"), some)
        there = sa.and_(_match.c.left_pk == asked.c.one, _match.c.right_pk == asked.c.two)
        rows = connection.execute(sa.select(_match.c.left_pk, _match.c.right_pk).select_from(asked).join(_match, there))
        found.update((left, right) for left, right in rows.all())
    return found
